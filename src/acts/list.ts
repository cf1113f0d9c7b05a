/** Every act there is, by its name. API, commands and commit take the list as an argument. */

import { correctRequest } from './access/by-hand/correct-request.ts';
import { remindDeciders } from './access/by-hand/remind-deciders.ts';
import { decideOnPage } from './access/decide-on-page.ts';
import { decideRequest } from './access/decide-request.ts';
import { requestAccess } from './access/request-access.ts';
import { runAccessRequest } from './access/run-access-request.ts';
import { undoDecision } from './access/undo-decision.ts';
import { verifyRequest } from './access/verify-request.ts';
import type { AnyAct, AnyMailAct } from './act.ts';
import { gatherRecipients, sendAnnouncement, takeBackAddress } from './announcements/send-announcement.ts';
import { planSupportEnds, startSupportEnd } from './announcements/support-ends.ts';
import {
  cancelAnnouncement,
  pauseAnnouncement,
  resumeAnnouncement,
  startAnnouncement,
} from './announcements/turn-announcement.ts';
import { writeAnnouncement } from './announcements/write-announcement.ts';
import { escalateCase } from './cases/agreeing/escalate-case.ts';
import { leaveCase } from './cases/agreeing/leave-case.ts';
import { setSeverity } from './cases/agreeing/set-severity.ts';
import { caseStatus } from './cases/case-status.ts';
import { endWait } from './cases/clock/end-wait.ts';
import { takeOverCases } from './cases/clock/take-over-cases.ts';
import { waitForCustomer } from './cases/clock/wait-for-customer.ts';
import { closeCase } from './cases/close-case.ts';
import { giveSatisfaction } from './cases/closing/give-satisfaction.ts';
import { solveCase } from './cases/closing/solve-case.ts';
import { linkCase } from './cases/joining/link-case.ts';
import { mergeCase } from './cases/joining/merge-case.ts';
import { splitCase } from './cases/joining/split-case.ts';
import { unmergeCase } from './cases/joining/unmerge-case.ts';
import { listCases } from './cases/list-cases.ts';
import { openCase } from './cases/opening/open-case.ts';
import { ownCase } from './cases/own-case.ts';
import { reopenCase } from './cases/reopen-case.ts';
import { runCaseTimers } from './cases/timers/run-case-timers.ts';
import { addParticipant } from './cases/working/add-participant.ts';
import { assignCase } from './cases/working/assign-case.ts';
import { giveBackCase } from './cases/working/give-back-case.ts';
import { outOfScope } from './cases/working/out-of-scope.ts';
import { setKind } from './cases/working/set-kind.ts';
import { takeCase } from './cases/working/take-case.ts';
import { writeOnCase } from './cases/working/write-on-case.ts';
import { addContact } from './contacts/add-contact.ts';
import { changeContact } from './contacts/change-contact.ts';
import { changeContacts } from './contacts/change-contacts.ts';
import { confirmContacts } from './contacts/confirm-contacts.ts';
import { erasePerson } from './contacts/erase-person.ts';
import { listContacts } from './contacts/list-contacts.ts';
import { removeContact } from './contacts/remove-contact.ts';
import { setDocuments } from './contacts/set-documents.ts';
import { setPrivilege } from './contacts/set-privilege.ts';
import { setRole } from './contacts/set-role.ts';
import { markLetter, unmarkLetter } from './letters/mark-letter.ts';
import { sendLetterAgain } from './letters/send-again.ts';
import { releaseLetter, suppressLetter } from './letters/waiting-letter.ts';
import { answerMail } from './mail/answer-mail.ts';
import { blockSender, unblockSender } from './mail/block-sender.ts';
import { careDone } from './mail/care-done.ts';
import { expireHeld } from './mail/expire-held.ts';
import { givePin } from './mail/give-pin.ts';
import { holdAgain } from './mail/hold-again.ts';
import { refuseMail } from './mail/refuse-mail.ts';
import { releaseMail } from './mail/release-mail.ts';
import { renewLapsed } from './mail/renew-lapsed.ts';
import { replayMail } from './mail/replay-mail.ts';
import { issuePin } from './pins/issue-pin.ts';
import { issuePrivilegedPin } from './pins/issue-privileged-pin.ts';
import { revokePrivilegedPin } from './pins/revoke-privileged-pin.ts';
import { tellPin } from './pins/tell-pin.ts';
import { useCode } from './pins/use-code.ts';
import { usePrivilegedPin } from './pins/use-privileged-pin.ts';
import { fetchAgain } from './queues/fetch-again.ts';
import { retryLetters, retryMails } from './queues/retry.ts';
import { importRegistry } from './registry/import-registry.ts';
import { listLicences } from './registry/list-licences.ts';
import { putSite } from './registry/put-site.ts';
import { registerLicence } from './registry/register-licence.ts';
import { requestUpgrade } from './registry/request-upgrade.ts';
import { sendProofs } from './registry/send-proofs.ts';
import { tellDocuments } from './registry/tell-documents.ts';
import {
  editRenewal,
  holdRenewal,
  quoteRenewal,
  releaseRenewal,
  sendRenewal,
  skipRenewal,
} from './renewals/by-hand.ts';
import { pauseRenewals, resumeRenewals } from './renewals/pause-renewals.ts';
import { planRenewals } from './renewals/plan-renewals.ts';
import { runRenewal } from './renewals/run-renewal.ts';
import { tellRenewals } from './renewals/tell-renewals.ts';
import { answerAttestation } from './schedule/answer-attestation.ts';
import { askAboutContact } from './schedule/ask-about-contact.ts';
import { listUnanswered } from './schedule/list-unanswered.ts';
import { remindAttestation } from './schedule/remind-attestation.ts';
import { runSchedule } from './schedule/run-schedule.ts';
import { startSchedule } from './schedule/start-schedule.ts';
import { stopSchedule } from './schedule/stop-schedule.ts';
import { welcomeSite } from './schedule/welcome-site.ts';
import { tellHelp } from './self-service/tell-help.ts';
import { answerSenderQuestion } from './senders/answer-sender-question.ts';
import { endSessions } from './sign-in/end-sessions.ts';
import { removePasskey } from './sign-in/remove-passkey.ts';
import { addStaff } from './staff/add-staff.ts';
import { removeStaff } from './staff/remove-staff.ts';
import { setSubscription } from './subscriptions/set-subscription.ts';
import { addLanguage, removeLanguage } from './templates/languages.ts';
import { putTemplate } from './templates/put-template.ts';
import { restoreTemplate } from './templates/restore-template.ts';
import { addWebhook, changeWebhook } from './webhooks/add-webhook.ts';
import { resendWebhook, resendWebhookSince, testWebhook } from './webhooks/send-again.ts';
import {
  removeWebhook,
  rotateWebhookSecret,
  showWebhookSecret,
  switchWebhookOff,
  switchWebhookOn,
} from './webhooks/turn-webhook.ts';

export const actsByName = {
  'solve-case': solveCase,
  'close-case': closeCase,
  'open-case': openCase,
  'give-satisfaction': giveSatisfaction,
  'take-case': takeCase,
  'give-back-case': giveBackCase,
  'assign-case': assignCase,
  'write-on-case': writeOnCase,
  'set-kind': setKind,
  'out-of-scope': outOfScope,
  'set-severity': setSeverity,
  'escalate-case': escalateCase,
  'leave-case': leaveCase,
  'add-participant': addParticipant,
  'merge-case': mergeCase,
  'unmerge-case': unmergeCase,
  'split-case': splitCase,
  'link-case': linkCase,
  'wait-for-customer': waitForCustomer,
  'end-wait': endWait,
  'reopen-case': reopenCase,
  'list-cases': listCases,
  'case-status': caseStatus,
  'take-over-cases': takeOverCases,
  'run-case-timers': runCaseTimers,
  'release-letter': releaseLetter,
  'suppress-letter': suppressLetter,
  'send-letter-again': sendLetterAgain,
  'mark-letter': markLetter,
  'unmark-letter': unmarkLetter,
  'release-mail': releaseMail,
  'refuse-mail': refuseMail,
  'hold-again': holdAgain,
  'answer-mail': answerMail,
  'care-done': careDone,
  'replay-mail': replayMail,
  'block-sender': blockSender,
  'unblock-sender': unblockSender,
  'answer-sender-question': answerSenderQuestion,
  'expire-held': expireHeld,
  'renew-lapsed': renewLapsed,
  'decide-on-page': decideOnPage,
  'request-access': requestAccess,
  'decide-request': decideRequest,
  'undo-decision': undoDecision,
  'remind-deciders': remindDeciders,
  'correct-request': correctRequest,
  'run-access-request': runAccessRequest,
  'issue-pin': issuePin,
  'tell-pin': tellPin,
  'issue-privileged-pin': issuePrivilegedPin,
  'use-privileged-pin': usePrivilegedPin,
  'revoke-privileged-pin': revokePrivilegedPin,
  'add-staff': addStaff,
  'remove-staff': removeStaff,
  'end-sessions': endSessions,
  'remove-passkey': removePasskey,
  'add-contact': addContact,
  'remove-contact': removeContact,
  'set-role': setRole,
  'set-documents': setDocuments,
  'set-privilege': setPrivilege,
  'change-contact': changeContact,
  'change-contacts': changeContacts,
  'list-contacts': listContacts,
  'erase-person': erasePerson,
  'set-subscription': setSubscription,
  'write-announcement': writeAnnouncement,
  'start-announcement': startAnnouncement,
  'pause-announcement': pauseAnnouncement,
  'resume-announcement': resumeAnnouncement,
  'cancel-announcement': cancelAnnouncement,
  'gather-recipients': gatherRecipients,
  'send-announcement': sendAnnouncement,
  'take-back-address': takeBackAddress,
  'plan-support-ends': planSupportEnds,
  'start-support-end': startSupportEnd,
  'start-schedule': startSchedule,
  'stop-schedule': stopSchedule,
  'run-schedule': runSchedule,
  'welcome-site': welcomeSite,
  'ask-about-contact': askAboutContact,
  'list-unanswered': listUnanswered,
  'answer-attestation': answerAttestation,
  'remind-attestation': remindAttestation,
  'plan-renewals': planRenewals,
  'run-renewal': runRenewal,
  'hold-renewal': holdRenewal,
  'release-renewal': releaseRenewal,
  'skip-renewal': skipRenewal,
  'edit-renewal': editRenewal,
  'quote-renewal': quoteRenewal,
  'send-renewal': sendRenewal,
  'pause-renewals': pauseRenewals,
  'resume-renewals': resumeRenewals,
  'tell-renewals': tellRenewals,
  'confirm-contacts': confirmContacts,
  'put-site': putSite,
  'import-registry': importRegistry,
  'list-licences': listLicences,
  'register-licence': registerLicence,
  'tell-documents': tellDocuments,
  'send-proofs': sendProofs,
  'request-upgrade': requestUpgrade,
  'tell-help': tellHelp,
  'retry-mails': retryMails,
  'retry-letters': retryLetters,
  'fetch-again': fetchAgain,
  'put-template': putTemplate,
  'restore-template': restoreTemplate,
  'add-language': addLanguage,
  'remove-language': removeLanguage,
  'add-webhook': addWebhook,
  'change-webhook': changeWebhook,
  'switch-webhook-off': switchWebhookOff,
  'switch-webhook-on': switchWebhookOn,
  'rotate-webhook-secret': rotateWebhookSecret,
  'show-webhook-secret': showWebhookSecret,
  'test-webhook': testWebhook,
  'resend-webhook': resendWebhook,
  'resend-webhook-since': resendWebhookSince,
  'remove-webhook': removeWebhook,
} as const satisfies Readonly<Record<string, AnyAct>>;
export type ActName = keyof typeof actsByName;
export type InputOf<Name extends ActName> = Parameters<(typeof actsByName)[Name]['judge']>[0];

export const acts: readonly AnyAct[] = Object.values(actsByName);

/** Those that only a mail asks for. No call, no command and no commit has them in its list. */
export const mailActs: readonly AnyMailAct[] = [givePin, ownCase, useCode, verifyRequest];
