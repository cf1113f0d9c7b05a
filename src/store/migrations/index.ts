import type { Migration } from 'kysely/migration';
import { makeFunctions } from '../functions.ts';
import * as theHouse from './0001-the-house.ts';
import * as theWayOut from './0002-the-way-out.ts';
import * as decisionsInOneStatement from './0003-decisions-in-one-statement.ts';
import * as mailboxGrants from './0006-mailbox-grants.ts';
import * as confirmations from './0007-confirmations.ts';
import * as heldMail from './0009-held-mail.ts';
import * as pinTries from './0010-pin-tries.ts';
import * as mailsInOneStatement from './0011-mails-in-one-statement.ts';
import * as privilegedPins from './0012-privileged-pins.ts';
import * as privilegedTries from './0013-privileged-tries.ts';
import * as renewedContracts from './0015-renewed-contracts.ts';
import * as otherAddresses from './0018-other-addresses.ts';
import * as underCoveredOnceADay from './0020-under-covered-once-a-day.ts';
import * as alerts from './0023-alerts.ts';
import * as reasonCodes from './0024-reason-codes.ts';
import * as hoursOfSites from './0026-hours-of-sites.ts';
import * as caseTimers from './0027-case-timers.ts';
import * as casesBehind from './0030-cases-behind.ts';
import * as workingCases from './0032-working-cases.ts';
import * as staffAnswers from './0034-staff-answers.ts';
import * as closing from './0036-closing.ts';
import * as peopleOnCases from './0038-people-on-cases.ts';
import * as peopleOfSites from './0040-people-of-sites.ts';
import * as addedByMail from './0041-added-by-mail.ts';
import * as clocksWithoutARating from './0042-clocks-without-a-rating.ts';
import * as accessRequests from './0046-access-requests.ts';
import * as contactsConfirmed from './0047-contacts-confirmed.ts';
import * as schedules from './0050-schedules.ts';
import * as proofsDue from './0054-proofs-due.ts';
import * as registrations from './0056-registrations.ts';
import * as serviceTags from './0057-service-tags.ts';
import * as subscriptions from './0058-subscriptions.ts';
import * as announcements from './0059-announcements.ts';
import * as renewals from './0061-renewals.ts';
import * as retention from './0064-retention.ts';
import * as lettersThatComeBack from './0068-letters-that-come-back.ts';
import * as byIndex from './0069-by-index.ts';
import * as signIn from './0070-sign-in.ts';
import * as bulkRuns from './0072-bulk-runs.ts';
import * as heldLists from './0074-held-lists.ts';
import * as lettersAndAudit from './0078-letters-and-audit.ts';
import * as representatives from './0079-representatives.ts';
import * as supportEnds from './0080-support-ends.ts';
import * as traffic from './0081-traffic.ts';
import * as workers from './0082-workers.ts';
import * as newestLetters from './0083-newest-letters.ts';
import * as caseLists from './0084-case-lists.ts';
import * as caseSearch from './0085-case-search.ts';
import * as workOnACase from './0086-work-on-a-case.ts';
import * as sitesByName from './0088-sites-by-name.ts';
import * as listsOfTheSchedule from './0089-lists-of-the-schedule.ts';
import * as webhooks from './0090-webhooks.ts';
import * as templates from './0091-templates.ts';
import * as reports from './0092-reports.ts';
import * as reportWeeks from './0093-report-weeks.ts';
import * as oneRange from './0094-one-range.ts';
import * as represented from './0095-represented.ts';
import * as reportRollups from './0096-report-rollups.ts';

/** Numbered and forward only: a migration that has run anywhere is never changed, a mistake is mended by the next one. */
export const migrations: Record<string, Migration> = {
  '0001-the-house': theHouse,
  '0002-the-way-out': theWayOut,
  '0003-decisions-in-one-statement': decisionsInOneStatement,
  '0006-mailbox-grants': mailboxGrants,
  '0007-confirmations': confirmations,
  '0009-held-mail': heldMail,
  '0010-pin-tries': pinTries,
  '0011-mails-in-one-statement': mailsInOneStatement,
  '0012-privileged-pins': privilegedPins,
  '0013-privileged-tries': privilegedTries,
  '0015-renewed-contracts': renewedContracts,
  '0018-other-addresses': otherAddresses,
  '0020-under-covered-once-a-day': underCoveredOnceADay,
  '0023-alerts': alerts,
  '0024-reason-codes': reasonCodes,
  '0025-functions': makeFunctions(25),
  '0026-hours-of-sites': hoursOfSites,
  '0027-case-timers': caseTimers,
  '0028-functions': makeFunctions(28),
  '0030-cases-behind': casesBehind,
  '0032-working-cases': workingCases,
  '0034-staff-answers': staffAnswers,
  '0036-closing': closing,
  '0038-people-on-cases': peopleOnCases,
  '0040-people-of-sites': peopleOfSites,
  '0041-added-by-mail': addedByMail,
  '0042-clocks-without-a-rating': clocksWithoutARating,
  '0046-access-requests': accessRequests,
  '0047-contacts-confirmed': contactsConfirmed,
  '0050-schedules': schedules,
  '0054-proofs-due': proofsDue,
  '0056-registrations': registrations,
  '0057-service-tags': serviceTags,
  '0058-subscriptions': subscriptions,
  '0059-announcements': announcements,
  '0061-renewals': renewals,
  '0064-retention': retention,
  '0065-functions': makeFunctions(65),
  '0068-letters-that-come-back': lettersThatComeBack,
  '0069-by-index': byIndex,
  '0070-sign-in': signIn,
  '0072-bulk-runs': bulkRuns,
  '0074-held-lists': heldLists,
  '0078-letters-and-audit': lettersAndAudit,
  '0079-representatives': representatives,
  '0080-support-ends': supportEnds,
  '0081-traffic': traffic,
  '0082-workers': workers,
  '0083-newest-letters': newestLetters,
  '0084-case-lists': caseLists,
  '0085-case-search': caseSearch,
  '0086-work-on-a-case': workOnACase,
  '0088-sites-by-name': sitesByName,
  '0089-lists-of-the-schedule': listsOfTheSchedule,
  '0090-functions': makeFunctions(90),
  '0090-webhooks': webhooks,
  '0091-templates': templates,
  '0092-reports': reports,
  '0093-report-weeks': reportWeeks,
  '0094-one-range': oneRange,
  '0095-represented': represented,
  '0096-report-rollups': reportRollups,
};
