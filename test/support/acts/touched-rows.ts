/**
 * Which rows a commit has touched, and whether its changes speak of each of them. Audit and events are made of the changes, so that
 * they agree with the preview whatever a writer does; only the rows say what was done.
 */
import type { Change } from '../../../src/changes/change.ts';

// biome-ignore lint/suspicious/noExplicitAny: rows of any table
type Sql = (text: string) => Promise<any[]>;
type Rows = ReadonlyMap<string, ReadonlySet<string>>;
type Touched = { readonly table: string; readonly row: Readonly<Record<string, unknown>> };

/**
 * By what a row of each table is known, and which fields of a change name it; `wrote` are the letters. A table that is not here is one
 * that no act may touch.
 */
const namedBy: Readonly<Record<string, Readonly<Record<string, readonly string[]>>>> = {
  access_request_steps: { request_id: ['request'] },
  access_requests: { id: ['request'] },
  announcement_recipients: { announcement_id: ['announcement'] },
  announcements: { id: ['announcement'] },
  blocked_senders: { key: ['key'] },
  care_clocks: { mail_id: ['mail'] },
  case_events: { case_id: ['id', 'caseId'] },
  case_leavers: { address: ['address'] },
  case_messages: { letter_id: ['wrote'], case_id: ['id'] },
  case_participants: { address: ['address'] },
  cases: { id: ['id', 'caseId'] },
  confirmation_codes: { letter_id: ['letter', 'wrote'] },
  contact_addresses: { address: ['address', 'newAddress'] },
  contacts: { site_id: ['site'] },
  decisions: { mail_id: ['mail'] },
  letters: { id: ['id', 'wrote'] },
  mails: { id: ['mail'] },
  pins: { site_id: ['siteId'] },
  privileged_pins: { case_id: ['caseId'] },
  renewal_answers: { step_id: ['renewal'] },
  renewal_letters: { step_id: ['renewal'] },
  renewal_quotes: { step_id: ['renewal'] },
  renewal_sites: { site_id: ['site'] },
  renewal_steps: { id: ['renewal'], site_id: ['site'] },
  schedule_turns: { site_id: ['site'] },
  schedules: { kind: ['name'] },
  sites: { id: ['site'] },
  subscriptions: { contact_id: ['contact'] },
  satisfaction_answers: { letter_id: ['letter'] },
  sender_questions: { address: ['address'] },
  staff: { email: ['email'] },
  staff_passkeys: { id: ['passkey'] },
  staff_sessions: { id: ['session'] },
  webhook_endpoints: { id: ['webhook'] },
  webhook_secrets: { endpoint_id: ['webhook'] },
};

/** A site is written whole: what belongs to it has rows of a new id afterwards; who is on record no more takes part in no case. */
const ofSite = [
  ...['sites', 'pins', 'contacts', 'contact_addresses', 'licences', 'plans', 'case_participants', 'renewal_sites'],
];

/** Which rows these touch is found as they are written; some touch none at all. */
const free: Readonly<Partial<Record<Change['kind'], readonly string[]>>> = {
  // The row of a new case, and whoever called.
  'announcement-written': ['announcements'],
  'support-ends-planned': ['announcements'],
  'recipients-taken-back': ['announcement_recipients'],
  'case-entered': ['cases', 'case_messages', 'case_participants'],
  // Told by an event and a letter.
  'others-told': [],
  'plan-given': [],
  'staff-told': [],
  'template-put': ['template_versions'],
  'template-restored': ['template_versions'],
  'language-added': ['template_languages'],
  'language-removed': ['template_languages'],
  'case-merged': ['cases', 'case_events', 'case_participants'],
  'case-offered': [],
  'cases-taken-over': ['cases'],
  // Whatever is theirs goes to the primary.
  'contact-removed': ['contacts', 'contact_addresses', 'case_participants', 'cases', 'letters'],
  'contact-details-set': ['contacts', 'contact_addresses', 'case_participants', 'cases'],
  'contacts-confirmed': ['sites'],
  // Asked once more they are asked about already, and a site may have no turn.
  'attestation-asked': ['contacts', 'schedule_turns'],
  // What is to be looked through, and what of it cannot wait.
  'person-erased': ['erasures', 'letters', 'cases', 'case_participants'],
  'clock-breached': [],
  'clock-paused': [],
  'clock-resumed': [],
  'clock-warned': [],
  'case-split': ['cases', 'case_events', 'case_messages', 'case_participants', 'mails'],
  'case-unmerged': ['cases', 'case_events', 'case_participants'],
  'licence-registered': ['licences'],
  'mail-answered': [],
  'mails-put-back': ['mails'],
  'mails-refused': ['mails', 'decisions'],
  'mails-retried': ['mails'],
  'letters-retried': ['letters'],
  'fetch-again-asked': ['mailbox_refetches'],
  'nobody-reached': [],
  'products-changed': ['products', 'product_versions'],
  'proofs-due': ['proofs_due'],
  'proofs-sent': ['proofs_due'],
  'questions-lapsed': ['sender_questions'],
  'scope-told': [],
  'split-told': [],
  'case-linked': ['case_events'],
  'sender-admitted': [],
  'sender-registered': ofSite,
  // Its event alone says it.
  'solution-reminded': [],
  'wait-reminded': [],
  'site-changed': ofSite,
  'renewal-stopped': ['renewal_steps', 'letters'],
  // Letters that have not left are held back, and their steps planned again.
  'renewals-paused': ['schedules', 'renewal_steps', 'letters'],
  'renewals-resumed': ['schedules'],
  'renewals-told': ['schedules'],
  // Sites are planned anew.
  'schedule-started': ['schedules', 'renewal_sites'],
  'schedule-stopped': ['schedules', 'schedule_turns', 'renewal_steps', 'letters', 'announcements'],
  // Cases of theirs are looked at.
  'staff-removed': ['staff', 'cases', 'staff_sessions', 'staff_passkeys'],
  'unanswered-listed': ['schedule_turns'],
  'welcome-due': ['schedule_turns'],
  'timer-set': [],
  'request-timer-set': [],
  'update-owed': [],
  'upgrade-requested': [],
  // What is on its way to other programs is not looked at here; who was shown a secret says the audit.
  'webhook-tested': [],
  'webhook-resent': [],
  'webhook-secret-shown': [],
};

/** What a table holds, as an expression over its rows `t`, of every table but these: asked in one statement. */
export async function ofEveryTable<T = string>(
  sql: Sql,
  expression: string,
  but: readonly string[],
): Promise<{ readonly name: string; readonly is: T }[]> {
  tables ??= (await sql("select relname as name from pg_stat_user_tables where schemaname = 'public' order by 1")).map(
    ({ name }) => name,
  );
  const asked = tables.filter((name) => !but.includes(name));
  return sql(
    asked.map((name) => `select '${name}' as name, (select ${expression} from ${name} t) as is`).join(' union all '),
  );
}
/** Every test runs on the same tables. */
let tables: readonly string[] | null = null;

/** Without what is raised by having been looked at, and what is on its way to a queue or to other programs. */
export async function everyRow(sql: Sql): Promise<Rows> {
  const row = "coalesce(array_agg((to_jsonb(t) - 'version_no' - 'fence' - 'timer_at' - 'people_version')::text), '{}')";
  const found = await ofEveryTable<string[]>(sql, row, [
    ...['outbox', 'audit', 'letter_values', 'webhook_events', 'webhook_deliveries', 'case_search'],
  ]);
  return new Map(found.map(({ name, is }) => [name, new Set(is)]));
}

/** New, gone, or otherwise than before: as it was and as it is. */
const touched = (before: Rows, after: Rows): readonly Touched[] =>
  [...after].flatMap(([table, now]) =>
    [...now.symmetricDifference(before.get(table) ?? new Set<string>())].map((text) => ({
      table,
      row: JSON.parse(text),
    })),
  );

function isNamed({ table, row }: Touched, change: Change | null, wrote: readonly string[]): boolean {
  if (change && free[change.kind]?.includes(table)) return true;
  const fields = change as Readonly<Record<string, unknown>> | null;
  return Object.entries(namedBy[table] ?? {}).some(([column, names]) =>
    names.some((name) => (name === 'wrote' ? wrote : [`${fields?.[name]}`]).includes(`${row[column]}`)),
  );
}

/**
 * Rows that no change speaks of, and changes that have touched none: both empty where what was listed is what was done. An event is made
 * of the change and shows nothing.
 */
export function notAsListed(
  before: Rows,
  after: Rows,
  { made, wrote }: { readonly made: readonly Change[]; readonly wrote: readonly string[] },
): { readonly rows: readonly Touched[]; readonly changes: readonly Change['kind'][] } {
  const all = touched(before, after);
  return {
    rows: all.filter((one) => ![null, ...made].some((change) => isNamed(one, change, wrote))),
    changes: made
      .filter(
        (change) =>
          !(change.kind in free) && !all.some((one) => one.table !== 'case_events' && isNamed(one, change, [])),
      )
      .map((change) => change.kind),
  };
}
