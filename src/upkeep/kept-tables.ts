/**
 * Every table of the database, what keeps its rows and why (POLICY §11.5): kinds of `retention.ts`, or a reason for which they stay. A
 * test reads the migrations beside it, so that a new table says it, too.
 */
import type { RetentionKind } from './retention.ts';

type Kept = {
  readonly goes: readonly RetentionKind[];
  readonly stays?: string;
  /** Why nobody who is erased is looked for there; left out, a part of `store/upkeep/erasure/parts.ts` does. */
  readonly nobody?: string;
};

const asLong = (what: string): Kept => ({ goes: [], stays: `as long as ${what}` });
const nobody = (reason: string, kept: Kept): Kept => ({ ...kept, nobody: reason });
const idsOnly = (kept: Kept): Kept => nobody('holds ids, times and codes', kept);
const ofSite = nobody('is of the organisation', asLong('the site is in the registry'));
const ofPerson = nobody('goes with the act', asLong('the person is on record'));
const ours = nobody('is of this Postern and its people', asLong('this Postern'));

export const keptTables: Readonly<Record<string, Kept>> = {
  mails: {
    goes: ['mails', 'mails-without-case', 'addresses-of-mails'],
    stays: 'its line: the same bytes are known again, and no mail becomes two cases (I1, I2)',
  },
  mail_bytes: nobody('is sealed with its mail', { goes: ['mails', 'mails-without-case'] }),
  arrivals: idsOnly(asLong('the line of the mail: by which way it came, so that no UID is taken twice (I1, I6)')),
  content_first_seen: { goes: ['fingerprints'] },
  decisions: { goes: ['decisions'] },
  letters: {
    goes: ['letters', 'letters-without-case', 'addresses-of-letters'],
    stays: 'its line: no letter is written twice (I3, I4)',
  },
  cases: { goes: ['case-texts'], stays: 'its line: a number is given once' },
  case_messages: { goes: ['case-texts'], stays: 'its line, without text' },
  case_participants: { goes: ['case-texts'] },
  case_leavers: { goes: ['case-texts'] },
  case_events: asLong('the line of the case; people stand there by id'),
  case_search: nobody('is read anew from its case when somebody is erased', { goes: ['case-texts'] }),
  case_search_mark: idsOnly(asLong('this Postern: how far cases were read for the search')),
  // What was looked for may be somebody's address.
  saved_views: asLong('this Postern: lists that our people keep'),
  drafts: { goes: ['case-texts'], stays: 'until it goes out, or is thrown away' },
  draft_files: nobody('is what our own people send', { goes: ['case-texts'], stays: 'as long as its draft' }),
  case_presence: nobody('names our own people only', { goes: [], stays: 'an hour after it was last said' }),
  canned_answers: nobody('is of this Postern and its people', asLong('somebody of ours keeps it')),
  satisfaction_answers: idsOnly(asLong('the line of the case: a number from 1 to 5')),
  staff_answers: { goes: ['staff-answers'] },
  care_clocks: nobody('names our own people only', { goes: ['care-clocks'] }),
  access_requests: { goes: ['access-requests'] },
  access_request_steps: { goes: ['access-requests'] },
  held_trials: nobody('holds ids, times and names of outcomes', asLong('the mail is held')),
  sender_questions: { goes: ['sender-questions'] },
  sender_question_mails: idsOnly({ goes: ['sender-questions'] }),
  sender_question_letters: { goes: ['sender-questions'] },
  blocked_senders: { goes: ['blocks'] },
  confirmation_codes: idsOnly({ goes: ['codes'] }),
  privileged_pins: { goes: ['privileged-pins'] },
  privileged_tries: idsOnly({ goes: ['privileged-tries'] }),
  pin_tries: { goes: ['pin-tries'] },
  pin_locks: { goes: ['pin-locks'] },
  audit: nobody('people stand there by id, and it is never changed', { goes: ['audit'] }),
  sites: ofSite,
  pins: ofSite,
  contacts: ofPerson,
  contact_addresses: ofPerson,
  subscriptions: ofPerson,
  licences: ofSite,
  plans: ofSite,
  schedule_turns: ofSite,
  renewal_sites: ofSite,
  // What the team has written for a letter may name somebody.
  renewal_steps: asLong('the site is in the registry'),
  renewal_letters: idsOnly(asLong('the step of the renewal')),
  renewal_quotes: nobody('is an offer to the organisation', asLong('the step of the renewal')),
  renewal_answers: idsOnly(asLong('the step of the renewal')),
  proofs_due: idsOnly(asLong('the proof is still to go out')),
  products: ours,
  product_versions: ours,
  staff: ours,
  staff_sessions: nobody('is of our own people', { goes: ['sessions'] }),
  staff_passkeys: nobody('is of our own people', asLong('somebody is one of ours and has not removed it')),
  sign_in_attempts: nobody('is of our own people, and of nobody without an address', { goes: ['sign-ins'] }),
  bulk_runs: nobody('names our own people only', { goes: ['bulk-runs'] }),
  bulk_items: { goes: ['bulk-runs'] },
  sign_in_counts: idsOnly({ goes: ['sign-in-counts'] }),
  schedules: ours,
  webhook_endpoints: nobody('is of this Postern and its people', asLong('somebody wants it')),
  webhook_secrets: nobody('is of this Postern and its people', asLong('it signs')),
  webhook_events: idsOnly({ goes: ['webhook-events'] }),
  webhook_deliveries: idsOnly({ goes: ['webhook-events'] }),
  webhook_attempts: idsOnly({ goes: ['webhook-events'] }),
  announcements: ours,
  announcement_recipients: {
    goes: ['announcement-recipients'],
    stays: 'as long as it is under way: whoever has it has it once',
  },
  // How far a mailbox was read (I6).
  mailboxes: ours,
  mailbox_failures: idsOnly(asLong('the mail cannot be fetched')),
  mailbox_grants: nobody('is of this Postern', asLong('the mailbox is connected')),
  channels: asLong('this Postern: whether letters go'),
  letter_rates: nobody('holds domains and counts', asLong('the minute; the row is written again')),
  outbox: idsOnly(asLong('the job is on its way to its queue')),
  alerts: { goes: [], stays: '90 days after the trouble is over (`watch-alerts`)' },
  alert_posts: { goes: [], stays: 'as long as its alert' },
  // When somebody was erased, by number; no name and no address once it is done.
  erasures: nobody('says whom to look for until all is looked through', asLong('this Postern')),
  retention_runs: ours,
  traffic_hours: nobody('holds counts', { goes: [], stays: '400 days (`traffic`)' }),
  traffic_mark: idsOnly(asLong('this Postern: how far the audit was counted')),
  report_mark: idsOnly(asLong('this Postern: how far the audit was counted')),
  report_cases: nobody('names our own people only', asLong('the line of the case')),
  report_case_days: nobody('names our own people only', asLong('this Postern: reports of years')),
  report_case_weeks: nobody('names our own people only', asLong('this Postern: reports of years')),
  report_site_months: nobody('holds counts', asLong('this Postern: reports of years')),
  report_held_days: nobody('holds counts', asLong('this Postern: reports of years')),
  report_question_days: nobody('holds counts', asLong('this Postern: reports of years')),
  mailbox_days: nobody('holds counts', { goes: [], stays: '400 days (`traffic`)' }),
  mailbox_refetches: nobody('names our own people only', { goes: [], stays: '400 days (`traffic`)' }),
  template_versions: ours,
  template_languages: ours,
  letter_values: { goes: [], stays: '90 days, of each kind ten at the most (`letter-values`)' },
  workers: nobody('names machines', { goes: [], stays: 'a day after the process was last heard of' }),
  clock_runs: asLong('this Postern: when each job of the clock ran'),
};
