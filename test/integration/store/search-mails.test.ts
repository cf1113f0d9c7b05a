/** The search over all mails: compared with a search in memory, and looked at how it is planned once there are many. */
import { sql } from 'kysely';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { silentLog } from '../../../src/foundation/log.ts';
import { type MailFilter, mailSearch } from '../../../src/intake/search/mail-search.ts';
import { type Database, openDatabase } from '../../../src/store/database.ts';
import { relatedMails } from '../../../src/store/mail/related-mails.ts';
import { lookedAtMost, type MailsAsked, searchMails, searchStatement } from '../../../src/store/mail/search-mails.ts';
import { freshDatabase } from '../../support/servers/postgres.ts';

const mailCount = 60_000;
const at = { now: '2026-05-13T10:00:00Z', zone: 'UTC' };

let database: Database;
let drop: () => Promise<void>;
const ask = <T>(statement: ReturnType<typeof sql<T>>) => database.ask(async (db) => (await statement.execute(db)).rows);

/** Mails of 600 senders over five months, one a few minutes after the other; some are held, some were read late. */
const fill = sql`
  insert into sites (number, name, country, timezone, language)
  select (1000000 + n)::text, 'Site ' || n, 'GB', 'Europe/London', 'en' from generate_series(1, 200) n`;
const fillMore = [
  sql`
    insert into contacts (site_id, name, role, types, position)
    select s.id, 'Contact ' || s.id, 'primary', '{primary}', 1 from sites s`,
  sql`
    insert into contact_addresses (site_id, contact_id, address, main)
    select c.site_id, c.id, 'sender' || c.site_id || '@host' || c.site_id % 20 || '.example', true from contacts c`,
  sql`
    insert into cases (number, site_id, title, severity, kind, status, opened_at, contact_address, language)
    select (100000 + n)::text, 1 + n % 200, 'Case ' || n, 3, 'incident', 'open', now(), 'x@x.example', 'en'
    from generate_series(1, 12000) n`,
  sql`
    insert into mails (
      arrived_at, stored_at, door, door_name, sha256, size, state, message_id, from_address, subject, to_addresses,
      facts, outcome, reason, case_id)
    select
      timestamptz '2026-01-01' + n * interval '3 minutes' - case when n % 997 = 0 then interval '30 days' else interval '0' end,
      timestamptz '2026-01-01' + n * interval '3 minutes' + interval '1 second',
      'imap', 'support', sha256(n::text::bytea), 1000, 'decided', '<m' || n || '@host.example>',
      'sender' || n % 600 || '@host' || n % 20 || '.example',
      'Problem ' || n || case when n % 5000 = 0 then ' with the Große lease' else '' end,
      case when n % 900 = 0 then '{security@desk.example}' else '{support@desk.example}' end::text[],
      jsonb_build_object('from', jsonb_build_object('name', 'Sender'), 'grade', 'verified', 'text', repeat('words of it ', 60)),
      case when n % 50 = 0 then 'held-unknown' when n % 3 = 0 then 'case-updated' else 'case-opened' end,
      'because', case when n % 50 <> 0 then (select id from cases where number = (100000 + 1 + n % 12000)::text) end
    from generate_series(1, ${mailCount}) n`,
  sql`update mails set state = 'dead', outcome = null, case_id = null where id % 20000 = 7`,
  sql`analyze`,
];

beforeAll(async () => {
  const fresh = await freshDatabase();
  drop = fresh.drop;
  database = openDatabase(fresh.url, silentLog, 4);
  for (const statement of [fill, ...fillMore]) await ask(statement);
}, 120_000);
afterAll(async () => {
  await database.close();
  await drop();
});

type Known = {
  id: string;
  at: number;
  from: string;
  to: string[];
  subject: string;
  state: string;
  outcome: string | null;
  messageId: string;
  case: string | null;
  site: string | null;
};
let known: readonly Known[] | null = null;
const all = async (): Promise<readonly Known[]> => {
  known ??= await ask(sql<Known>`
    select m.id::text, extract(epoch from m.arrived_at)::float8 * 1000 as at, m.from_address as "from", m.to_addresses as "to",
      m.subject, m.state, m.outcome, m.message_id as "messageId", c.number as "case", s.number as site
    from mails m left join cases c on c.id = m.case_id left join sites s on s.id = c.site_id
    order by m.id desc`);
  return known;
};
const contactOf = (site: string) => {
  const n = Number(site) - 1_000_000;
  return `sender${n}@host${n % 20}.example`;
};

function holds(mail: Known, filter: MailFilter): boolean {
  switch (filter.kind) {
    case 'from':
      return mail.from === filter.address;
    case 'from-part':
      return mail.from.includes(filter.part);
    case 'to':
      return mail.to.some((one) => one.includes(filter.part));
    case 'message-id':
      return mail.messageId === filter.messageId;
    case 'address-or-message-id':
      return mail.from === filter.address || mail.messageId === `<${filter.address}>`;
    case 'case':
      return mail.case === filter.number;
    case 'mail':
      return mail.id === filter.id;
    case 'site':
      return mail.site === filter.number || mail.from === contactOf(filter.number);
    case 'outcome':
      return mail.outcome === filter.outcome;
    case 'state':
      return mail.state === filter.state;
    case 'held':
      return mail.outcome?.startsWith('held-') ?? false;
    case 'since':
      return mail.at >= Date.parse(filter.at);
    case 'until':
      return mail.at < Date.parse(filter.at);
    case 'words':
      return (
        mail.subject.toLowerCase().includes(filter.text.toLowerCase()) || mail.from.includes(filter.text.toLowerCase())
      );
    default:
      return filter satisfies never;
  }
}

const searches = [
  '',
  'from:sender7@host7.example',
  'sender7@host7.example',
  'from:@host7.example',
  'to:security',
  'message-id:m4711@host.example',
  'case:100042',
  'site:1000007',
  'outcome:held-unknown',
  'is:held since:2026-04-01',
  'is:dead',
  'state:decided case-opened',
  'mail:4711',
  '"große lease"',
  'GROẞE',
  'problem 4711',
  'from:sender7@host7.example since:2026-03-01',
  'site:1000007 lease',
  'since:2026-04-20',
  'until:2026-01-03',
  'since:2026-02-01 until:2026-02-02',
  'outcome:case-opened until:2026-01-10 from:@host3',
];

describe('the search over all mails', () => {
  it.each(searches)('finds for %j what a search in memory finds, page by page', async (said) => {
    const { filters } = mailSearch(said, at);
    // What was read late is found by `until` no more than two days behind.
    const late = filters.some(({ kind }) => kind === 'until');
    const right = (await all())
      .filter((mail) => filters.every((one) => holds(mail, one)) && !(late && Number(mail.id) % 997 === 0))
      .map(({ id }) => id);
    const wanted = right.slice(0, 120);
    const found: string[] = [];
    let beside: MailsAsked['beside'] = null;
    for (let pages = 0; pages < 12 && found.length < wanted.length; pages += 1) {
      const page = await searchMails(database, { filters, beside, limit: 50 });
      found.push(...page.items.map(({ id }) => id).filter((id) => !(late && Number(id) % 997 === 0)));
      const last = page.items.at(-1);
      const looked = page.looked !== null && !page.looked.whole && !page.more ? page.looked.to : null;
      const next: string | null = looked ?? (page.more ? (last?.id ?? null) : null);
      if (next === null) break;
      beside = { than: 'older', id: next };
    }
    const byArrival = filters.some(({ kind }) => kind === 'from');
    if (byArrival) expect(new Set(found.slice(0, 100))).toEqual(new Set(right.slice(0, 100)));
    else expect(found.slice(0, wanted.length)).toEqual(wanted);
  });

  it('goes back to newer ones by the same key', async () => {
    const filters: MailFilter[] = [{ kind: 'held' }];
    const first = await searchMails(database, { filters, beside: null, limit: 20 });
    const second = await searchMails(database, {
      filters,
      beside: { than: 'older', id: first.items.at(-1)?.id ?? '' },
      limit: 20,
    });
    const back = await searchMails(database, {
      filters,
      beside: { than: 'newer', id: second.items[0]?.id ?? '' },
      limit: 20,
    });
    expect(back.items).toEqual(first.items);
    expect(back.more).toBe(false);
  });

  it('says how far it has looked where it could not look through all', async () => {
    const { filters } = mailSearch('"no such words"', at);
    const { items, looked } = await searchMails(database, { filters, beside: null, limit: 50 });
    expect(items).toEqual([]);
    expect(looked).toMatchObject({ count: lookedAtMost, whole: false });
    const rest = await searchMails(database, { filters, beside: { than: 'older', id: '500' }, limit: 50 });
    expect(rest.looked?.whole).toBe(true);
  });
});

type Plan = { 'Node Type': string; 'Relation Name'?: string; Plans?: Plan[] };
const scans = (plan: Plan): string[] => [
  ...(plan['Node Type'] === 'Seq Scan' ? [plan['Relation Name'] ?? ''] : []),
  ...(plan.Plans ?? []).flatMap(scans),
];

describe('how it is planned', () => {
  it.each(searches)('%j goes through no table from end to end', async (said) => {
    const { statement } = searchStatement({ filters: mailSearch(said, at).filters, beside: null, limit: 50 });
    const [plan] = await ask(sql<{ 'QUERY PLAN': { Plan: Plan }[] }>`explain (format json) ${statement}`);
    const read = plan?.['QUERY PLAN'].flatMap((one) => scans(one.Plan)) ?? ['nothing'];
    expect(read.filter((name) => name === 'mails' || name === 'cases')).toEqual([]);
  });
});

it('finds the mails around one by indexes', async () => {
  const related = await relatedMails(database, { id: '30007', answers: ['<m29000@host.example>'] });
  expect(related.find(({ id }) => id === '29000')?.relation).toBe('answers');
  expect(related.filter(({ relation }) => relation === 'sender')).toHaveLength(10);
  expect(related.filter(({ relation }) => relation === 'case').length).toBeGreaterThan(2);
});
