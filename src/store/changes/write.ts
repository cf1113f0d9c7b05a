/** Changes that have a statement of their own: the row, its event on the case, its audit row, from one list. */
import { sql } from 'kysely';
import { auditOf, type ChangeOf, eventsOf, type OwnChange } from '../../changes/change.ts';
import { peopleSeen } from '../../changes/contacts/contacts.ts';
import { toldOfChanges } from '../../changes/webhooks/told.ts';
import { writeAudit } from '../audit.ts';
import type { Tx } from '../database.ts';
import type { WrittenLetter } from '../letters/letters.ts';
import { writeProductsChanged, writeSitesChanged } from '../registry/write-registry.ts';
import { tellWebhooks } from '../webhooks/tell.ts';
import { writeAccessRequested, writeRequestStepped, writeRequestTimerSet } from './access.ts';
import {
  writeAnnouncementStarted,
  writeAnnouncementTurned,
  writeAnnouncementWritten,
  writeRecipientsGathered,
  writeRecipientsTakenBack,
  writeRecipientsWritten,
} from './announcements/announcements.ts';
import { writeSupportEndsPlanned } from './announcements/support-ends.ts';
import { writeCareClockStarted, writeCareClockStopped } from './care.ts';
import { writeCaseClosed, writeCaseReopened } from './case.ts';
import {
  writeCaseEscalated,
  writeParticipantLeft,
  writeParticipantNamed,
  writeProposalEnded,
  writeSeverityProposed,
} from './cases/agreeing.ts';
import { writeCallAdded, writeCaseEntered } from './cases/calls.ts';
import { writeClockMet, writeClockPaused, writeClockRerated, writeClockResumed } from './cases/clock-events.ts';
import { writeSatisfactionGiven, writeSolutionAnswered, writeSolutionProposed } from './cases/closing.ts';
import { writeCaseMerged, writeCaseSplit, writeCaseUnmerged } from './cases/joining.ts';
import { writeStaffAnswered, writeStaffAnswerSettled } from './cases/staff-mail.ts';
import { writeCasesTakenOver } from './cases/taking-over.ts';
import { writeEventAlone, writeKindSet, writeMessageWritten, writeOwnerSet } from './cases/work.ts';
import { writeSeveritySet, writeTimerSet } from './clock.ts';
import { writeCodeAsked, writeCodeUsed, writeCodeWrong } from './code.ts';
import {
  takePeople,
  writeContactAdded,
  writeContactDetailsSet,
  writeContactRemoved,
  writeContactsConfirmed,
  writeDocumentsSet,
  writePrivilegeSet,
  writeRoleSet,
} from './contacts/contacts.ts';
import { writePersonErased } from './contacts/erase.ts';
import {
  writeContactHardToReach,
  writeLetterReturned,
  writeSubscriptionUnreachable,
} from './contacts/letters-returned.ts';
import { writeSubscriptionReachable, writeSubscriptionSet } from './contacts/subscriptions.ts';
import {
  writeLetterMarked,
  writeLetterReleased,
  writeLetterSentAgain,
  writeLetterSuppressed,
  writeLetterUnmarked,
} from './letter.ts';
import {
  putBackMails,
  putBackWaiting,
  refuseMails,
  refuseWaiting,
  writeMailAnswered,
  writeMailHeldAgain,
  writeMailSettled,
  writeMailTakenOff,
} from './mail.ts';
import { writePinIssued, writePinTried } from './pin.ts';
import {
  writePrivilegedPinIssued,
  writePrivilegedPinRevoked,
  writePrivilegedPinTried,
  writePrivilegedPinUsed,
} from './privileged-pin.ts';
import { writeFetchAgainAsked, writeLettersRetried, writeMailsRetried } from './queues/retried.ts';
import { writeLicenceRegistered, writeProofsDue, writeProofsSent } from './registry.ts';
import {
  writeRenewalAnswered,
  writeRenewalHandled,
  writeRenewalMissed,
  writeRenewalQuoted,
  writeRenewalSent,
  writeRenewalSettled,
  writeRenewalsPaused,
  writeRenewalsTold,
} from './schedule/renewals.ts';
import { writeRenewalsPlanned } from './schedule/renewals-planned.ts';
import { writeRenewalStopped } from './schedule/renewals-stopped.ts';
import {
  writeAttestationAnswered,
  writeAttestationAsked,
  writeContactAskedAbout,
  writeContactReachable,
  writeScheduleStarted,
  writeScheduleStopped,
  writeTurnTaken,
  writeUnansweredListed,
  writeWelcomeDue,
} from './schedule/turns.ts';
import {
  writeQuestionAsked,
  writeQuestionSettled,
  writeQuestionsLapsed,
  writeSenderAdmitted,
  writeSenderBlocked,
  writeSenderRegistered,
  writeSenderUnblocked,
} from './sender.ts';
import { writePasskeyAdded, writePasskeyRemoved, writeSessionEnded, writeSessionStarted } from './sign-in.ts';
import { writeStaffAdded, writeStaffRemoved } from './staff.ts';
import {
  writeLanguageAdded,
  writeLanguageRemoved,
  writeTemplatePut,
  writeTemplateRestored,
} from './templates/templates.ts';
import {
  writeWebhookAdded,
  writeWebhookChanged,
  writeWebhookRemoved,
  writeWebhookResent,
  writeWebhookSecretRotated,
  writeWebhookSecretShown,
  writeWebhookSwitched,
  writeWebhookTested,
} from './webhooks/webhooks.ts';

/** Nothing: as it was handed in. Else with what only its writing could know; null where nothing has become otherwise. */
// biome-ignore lint/suspicious/noConfusingVoidType: most writers answer nothing
type Writer<C> = (tx: Tx, change: C, letters: readonly WrittenLetter[]) => Promise<C | null | void>;
/** One statement for as many as an act has. */
type Together<C> = { readonly all: (tx: Tx, changes: readonly C[]) => Promise<void> };

/** What goes by the batched statement of the mails has its rows in batched.ts. */
const writers = {
  'access-requested': writeAccessRequested,
  'request-stepped': writeRequestStepped,
  'request-timer-set': writeRequestTimerSet,
  'care-clock-started': writeCareClockStarted,
  'care-clock-stopped': writeCareClockStopped,
  'case-closed': writeCaseClosed,
  'cases-taken-over': writeCasesTakenOver,
  'clock-breached': writeEventAlone,
  'clock-met': writeClockMet,
  'clock-paused': writeClockPaused,
  'clock-rated': writeClockRerated,
  'clock-re-rated': writeClockRerated,
  'clock-resumed': writeClockResumed,
  'clock-warned': writeEventAlone,
  'nobody-reached': writeEventAlone,
  'update-owed': writeEventAlone,
  'case-reopened': writeCaseReopened,
  'letter-released': writeLetterReleased,
  'letter-suppressed': writeLetterSuppressed,
  'letter-sent-again': writeLetterSentAgain,
  'letter-marked': writeLetterMarked,
  'letter-unmarked': writeLetterUnmarked,
  'mail-answered': writeMailAnswered,
  'mail-held-again': writeMailHeldAgain,
  'mail-refused': { all: refuseMails },
  'mail-released': { all: putBackMails },
  'mail-renewed': { all: putBackMails },
  'mail-replayed': { all: putBackMails },
  'mail-settled': writeMailSettled,
  'mail-taken-off': writeMailTakenOff,
  'mails-put-back': putBackWaiting,
  'mails-retried': writeMailsRetried,
  'letters-retried': writeLettersRetried,
  'fetch-again-asked': writeFetchAgainAsked,
  'mails-refused': refuseWaiting,
  'question-asked': writeQuestionAsked,
  'question-settled': writeQuestionSettled,
  'questions-lapsed': writeQuestionsLapsed,
  'sender-admitted': writeSenderAdmitted,
  'sender-blocked': writeSenderBlocked,
  'sender-registered': writeSenderRegistered,
  'sender-unblocked': writeSenderUnblocked,
  'pin-issued': writePinIssued,
  'pin-tried': writePinTried,
  'privileged-pin-issued': writePrivilegedPinIssued,
  'privileged-pin-used': writePrivilegedPinUsed,
  'privileged-pin-revoked': writePrivilegedPinRevoked,
  'privileged-pin-tried': writePrivilegedPinTried,
  'code-asked': writeCodeAsked,
  'code-used': writeCodeUsed,
  'code-wrong': writeCodeWrong,
  'letter-returned': writeLetterReturned,
  'contact-doubtful': writeContactHardToReach,
  'contact-unreachable': writeContactHardToReach,
  'subscription-unreachable': writeSubscriptionUnreachable,
  'subscription-reachable': writeSubscriptionReachable,
  'announcement-written': writeAnnouncementWritten,
  'announcement-started': writeAnnouncementStarted,
  'announcement-turned': writeAnnouncementTurned,
  'support-ends-planned': writeSupportEndsPlanned,
  'recipients-gathered': writeRecipientsGathered,
  'recipients-written': writeRecipientsWritten,
  'recipients-taken-back': writeRecipientsTakenBack,
  'schedule-started': writeScheduleStarted,
  'schedule-stopped': writeScheduleStopped,
  'turn-taken': writeTurnTaken,
  'attestation-asked': writeAttestationAsked,
  'attestation-answered': writeAttestationAnswered,
  'contact-reachable': writeContactReachable,
  'unanswered-listed': writeUnansweredListed,
  'contact-asked-about': writeContactAskedAbout,
  'welcome-due': writeWelcomeDue,
  'renewals-planned': writeRenewalsPlanned,
  'renewal-sent': writeRenewalSent,
  'renewal-missed': writeRenewalMissed,
  'renewal-stopped': writeRenewalStopped,
  'renewal-settled': writeRenewalSettled,
  'renewal-handled': writeRenewalHandled,
  'renewal-quoted': writeRenewalQuoted,
  'renewal-answered': writeRenewalAnswered,
  'renewals-paused': writeRenewalsPaused,
  'renewals-resumed': writeRenewalsPaused,
  'renewals-told': writeRenewalsTold,
  'contact-added': writeContactAdded,
  'contact-removed': writeContactRemoved,
  'role-set': writeRoleSet,
  'privilege-set': writePrivilegeSet,
  'contact-details-set': writeContactDetailsSet,
  'documents-set': writeDocumentsSet,
  'contacts-confirmed': writeContactsConfirmed,
  'person-erased': writePersonErased,
  'subscription-set': writeSubscriptionSet,
  'owner-told': async () => {},
  'staff-answered': writeStaffAnswered,
  'staff-answer-settled': writeStaffAnswerSettled,
  'staff-added': writeStaffAdded,
  'staff-removed': writeStaffRemoved,
  'session-started': writeSessionStarted,
  'session-ended': writeSessionEnded,
  // What waits has a row of its own; their audit rows alone say it.
  'sign-in-failed': async () => {},
  'sign-in-link-made': async () => {},
  'passkey-added': writePasskeyAdded,
  'passkey-removed': writePasskeyRemoved,
  'template-put': writeTemplatePut,
  'template-restored': writeTemplateRestored,
  'language-added': writeLanguageAdded,
  'language-removed': writeLanguageRemoved,
  'case-entered': writeCaseEntered,
  'call-added': writeCallAdded,
  'case-escalated': writeCaseEscalated,
  'participant-left': writeParticipantLeft,
  'participant-named': writeParticipantNamed,
  'plan-given': writeEventAlone,
  'proposal-ended': writeProposalEnded,
  'severity-proposed': writeSeverityProposed,
  'staff-told': writeEventAlone,
  'case-linked': writeEventAlone,
  'case-merged': writeCaseMerged,
  'case-unmerged': writeCaseUnmerged,
  'case-split': writeCaseSplit,
  'split-told': writeEventAlone,
  'owner-set': writeOwnerSet,
  'case-offered': writeEventAlone,
  'message-written': writeMessageWritten,
  'kind-set': writeKindSet,
  'scope-told': writeEventAlone,
  'severity-set': writeSeveritySet,
  'timer-set': writeTimerSet,
  'solution-proposed': writeSolutionProposed,
  'solution-answered': writeSolutionAnswered,
  'solution-reminded': writeEventAlone,
  'others-told': writeEventAlone,
  'wait-reminded': writeEventAlone,
  'satisfaction-given': writeSatisfactionGiven,
  // Its audit row alone says it.
  'upgrade-requested': async () => {},
  'licence-registered': writeLicenceRegistered,
  'proofs-due': { all: writeProofsDue },
  'proofs-sent': writeProofsSent,
  'products-changed': writeProductsChanged,
  'site-changed': { all: writeSitesChanged },
  'webhook-added': writeWebhookAdded,
  'webhook-changed': writeWebhookChanged,
  'webhook-switched': writeWebhookSwitched,
  'webhook-secret-rotated': writeWebhookSecretRotated,
  'webhook-secret-shown': writeWebhookSecretShown,
  'webhook-removed': writeWebhookRemoved,
  'webhook-tested': writeWebhookTested,
  'webhook-resent': writeWebhookResent,
} as const satisfies { [kind in OwnChange['kind']]: Writer<ChangeOf<kind>> | Together<ChangeOf<kind>> };

/** So many are written by one statement. */
const mostAtOnce = 500;

/** In their order; neighbours of one kind may be written by one statement. */
function runsOf(changes: readonly OwnChange[]): [OwnChange, ...OwnChange[]][] {
  const runs: [OwnChange, ...OwnChange[]][] = [];
  for (const change of changes) {
    const last = runs.at(-1);
    if (last?.[0].kind === change.kind && last.length < mostAtOnce) last.push(change);
    else runs.push([change]);
  }
  return runs;
}

async function writeRows(
  tx: Tx,
  run: readonly [OwnChange, ...OwnChange[]],
  letters: readonly WrittenLetter[],
): Promise<OwnChange[]> {
  const write = writers[run[0].kind] as Writer<OwnChange> | Together<OwnChange>;
  if (typeof write !== 'function') {
    await write.all(tx, run);
    return [...run];
  }
  const done: OwnChange[] = [];
  for (const change of run) {
    const written = await write(tx, change, letters);
    if (written !== null) done.push(written ?? change);
  }
  return done;
}

/** Hears how many of which changes are written. */
export type Wrote = (written: number, of: readonly OwnChange[]) => void;

/**
 * Answers with the changes as they were written. `letters` are those of the same act, which are written already.
 */
export async function writeChanges(
  tx: Tx,
  own: readonly OwnChange[],
  letters: readonly WrittenLetter[] = [],
  wrote: Wrote = () => {},
): Promise<OwnChange[]> {
  await takePeople(tx, peopleSeen(own));
  const done: OwnChange[] = [];
  let written = 0;
  for (const run of runsOf(own)) {
    wrote(written, own);
    done.push(...(await writeRows(tx, run, letters)));
    written += run.length;
  }
  wrote(written, own);
  for (const change of done)
    for (const { caseId, at, kind, mail, detail } of eventsOf(change))
      await sql`
        insert into case_events (case_id, at, kind, mail_id, detail)
        values (
          ${caseId}::bigint,
          ${at}::timestamptz,
          ${kind},
          ${mail}::bigint,
          ${JSON.stringify(detail)}::jsonb)`.execute(tx);
  const audit = done.flatMap((change) => auditOf(change) ?? []);
  for (let at = 0; at < audit.length; at += mostAtOnce) await writeAudit(tx, audit.slice(at, at + mostAtOnce));
  const told = toldOfChanges(done);
  for (let at = 0; at < told.length; at += mostAtOnce) await tellWebhooks(tx, told.slice(at, at + mostAtOnce));
  return done;
}
