/**
 * Every table of the database, what keeps its rows and why (POLICY §11.5): kinds of `retention.ts`, or a reason for which they stay. A
 * test reads the database beside it, so that a new table says it, too.
 */
import type { RetentionKind } from './retention.ts';

type Kept = { readonly goes: readonly RetentionKind[]; readonly stays?: string };

const asLong = (what: string): Kept => ({ goes: [], stays: `as long as ${what}` });
const ofSite = asLong('the site is in the registry');

export const keptTables: Readonly<Record<string, Kept>> = {
  mails: {
    goes: ['mails', 'mails-without-case', 'addresses-of-mails'],
    stays: 'its line: the same bytes are known again, and no mail becomes two cases (I1, I2)',
  },
  mail_bytes: { goes: ['mails', 'mails-without-case'] },
  arrivals: asLong('the line of the mail: by which way it came, so that no UID is taken twice (I1, I6)'),
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
  satisfaction_answers: asLong('the line of the case: a number from 1 to 5'),
  staff_answers: { goes: ['staff-answers'] },
  care_clocks: { goes: ['care-clocks'] },
  access_requests: { goes: ['access-requests'] },
  access_request_steps: { goes: ['access-requests'] },
  sender_questions: { goes: ['sender-questions'] },
  sender_question_mails: { goes: ['sender-questions'] },
  sender_question_letters: { goes: ['sender-questions'] },
  blocked_senders: { goes: ['blocks'] },
  confirmation_codes: { goes: ['codes'] },
  privileged_pins: { goes: ['privileged-pins'] },
  privileged_tries: { goes: ['privileged-tries'] },
  pin_tries: { goes: ['pin-tries'] },
  pin_locks: { goes: ['pin-locks'] },
  audit: { goes: ['audit'] },
  sites: ofSite,
  pins: ofSite,
  contacts: asLong('the person is on record, or until they are erased'),
  contact_addresses: asLong('the person is on record, or until they are erased'),
  licences: ofSite,
  plans: ofSite,
  schedule_turns: ofSite,
  proofs_due: asLong('the proof is still to go out'),
  products: asLong('the registry'),
  product_versions: asLong('the registry'),
  staff: asLong('they are our people'),
  schedules: asLong('this Postern: what was started'),
  mailboxes: asLong('this Postern: how far a mailbox was read (I6)'),
  mailbox_failures: asLong('the mail cannot be fetched'),
  mailbox_grants: asLong('the mailbox is connected'),
  channels: asLong('this Postern: whether letters go'),
  letter_rates: asLong('the minute; the row is written again'),
  outbox: asLong('the job is on its way to its queue'),
  alerts: { goes: [], stays: '90 days after the trouble is over (`watch-alerts`)' },
  alert_posts: { goes: [], stays: 'as long as its alert' },
  erasures: asLong('this Postern: when somebody was erased, by number; no name and no address once it is done'),
  retention_runs: asLong('this Postern: when each kind was looked at'),
  clock_runs: asLong('this Postern: when each job of the clock ran'),
  kysely_migration: asLong('this Postern: the version of the database'),
  kysely_migration_lock: asLong('this Postern: one migrates at a time'),
};
