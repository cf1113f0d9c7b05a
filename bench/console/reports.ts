/**
 * `node bench/console/reports.ts [--rounds N] [--mails N]`: the reports of a desk of three years. Of a million mails they ask for nothing but their sums;
 * so the store has what these are counted from: 200,000 cases with their clocks, held mails, letters that ask, and the audit of them.
 */
import { parseArgs } from 'node:util';
import pg from 'pg';
import { round } from '../lib/numbers.ts';
import { openBench } from '../lib/world.ts';
import { countUp } from './count-up.ts';
import { openDesk } from './desk.ts';
import { timeOf } from './measures.ts';
import type { Asked } from './pages.ts';
import { type Scale, scaleOf } from './rows.ts';

const { values: given } = parseArgs({
  options: { rounds: { type: 'string', default: '40' }, mails: { type: 'string' } },
});
const scale = scaleOf(given.mails);
const say = (line: string) => void process.stderr.write(`  ${line}\n`);

const asked: readonly Asked[] = [
  { what: 'first answers, 13 weeks', path: '/reports' },
  { what: 'first answers, three years', path: '/reports?from={years}' },
  { what: 'by severity, three years', path: '/reports?from={years}&by=severity' },
  { what: 'by plan, three years', path: '/reports?from={years}&by=plan' },
  { what: 'by engineer, three years', path: '/reports?from={years}&by=engineer' },
  { what: 'by site, three years', path: '/reports?from={years}&by=site' },
  { what: 'by site, severity 1 alone', path: '/reports?from={years}&by=site&severity=1' },
  { what: 'of one site, three years', path: '/reports?from={years}&site={site}' },
  { what: 'by site, as CSV', path: '/reports/cases.csv?from={years}&by=site' },
  { what: 'held mail, three years', path: '/reports/held?from={years}' },
  { what: 'asked again, three years', path: '/reports/questions?from={years}' },
  { what: 'satisfaction, three years', path: '/reports/satisfaction?from={years}' },
  { what: 'satisfaction by site, three years', path: '/reports/satisfaction?from={years}&by=site' },
];

/** As often as not the answer came in time; one case in three was told how it was. */
function rowsOf({ cases, sites, mails }: Scale): string[] {
  const [held, letters] = [Math.round(mails * 0.03), Math.round(mails * 0.1)];
  const rating = `jsonb_build_object('severity', 3, 'plan', (array['standard', 'standard', '24x7', 'premier'])[1 + i % 4], 'target', jsonb_build_object('minutes', 240),
        'counts', 'business', 'hours', '{"days": [1, 2, 3, 4, 5], "from": "09:00", "to": "17:00"}'::jsonb, 'timezone', 'Europe/London', 'country', 'GB')`;
  return [
    `insert into sites (number, name, country, timezone, language)
      select (3000000 + i)::text, 'Works ' || i, 'GB', 'Europe/London', 'en' from generate_series(1, ${sites}) i`,
    `create temp table own as select id, row_number() over (order by id) - 1 as n from sites where number > '3000000'`,
    `insert into cases (number, site_id, title, severity, kind, status, opened_at, response_met_at, contact_address, language, owner)
      select (100000 + i)::text, o.id, 'It stops', 1 + (hashint4(i) & 3), 'incident', 'open', t.at,
        case when i % 20 > 0 then t.at + make_interval(mins => 20 + (hashint4(i * 7) & 1023)) end, 'ada@customer.example', 'en',
        case when i % 9 > 0 then 'engineer' || (1 + (hashint4(i * 3) & 15)) || '@desk.example' end
      from generate_series(1, ${cases}) i
      join own o on o.n = (hashint4(i * 5) & 1023)
      cross join lateral (select now() - interval '1090 days' * (1 - i::float / ${cases}) as at) t`,
    `insert into case_events (case_id, at, kind, detail)
      select c.id, c.opened_at, 'clock-started', jsonb_build_object('rating', ${rating}) from cases c cross join lateral (select c.id::int as i) x`,
    `insert into case_events (case_id, at, kind) select id, response_met_at, 'clock-met' from cases where response_met_at is not null`,
    `insert into letters (id, created_at, idempotency_key, template, priority, language, to_address, stranger, rate_key, matter, subject, message_id, envelope_from, raw, state, give_up_at, asks, sent_at)
      select i, now() - interval '1090 days' * (1 - i::float / ${letters}), 'k' || i, 'pin-needed', 0, 'en', 'ada' || (i / 3) || '@customer.example', false, 'x', 'm', 's', '<' || i || '@x>', 's@x', 'x', 'sent', now(),
        jsonb_build_object('kind', (array['missing-pin', 'solved', 'confirm', 'satisfaction'])[1 + (i / 3) % 4], 'mail', (i / 2)::text), now()
      from generate_series(1, ${letters}) i`,
    `insert into satisfaction_answers (case_id, letter_id, score, at)
      select id, 1 + id % ${letters}, 1 + (hashint8(id) & 3), opened_at + interval '3 days' from cases where id % 3 = 0`,
    `insert into mails (id, arrived_at, door, door_name, sha256, size, state, outcome, reason_code)
      select i, now() - interval '1090 days' * (1 - i::float / ${held}), 'imap', 'inbox', sha256(i::text::bytea), 1, 'decided',
        (array['held-unknown', 'held-unregistered', 'held-pin-needed', 'held-stranger-on-case'])[1 + i % 4], case when i % 8 = 0 then 'spam' end
      from generate_series(1, ${held}) i`,
    `insert into audit (at, actor, action, subject_kind, subject_id, detail)
      select at, 'bench', action, kind, subject, detail from (
        select opened_at as at, 'case-opened' as action, 'case' as kind, number as subject, '{}'::jsonb as detail from cases
        union all select response_met_at, 'case-answered', 'case', number, '{}' from cases where response_met_at is not null
        union all select created_at, 'letter-queued', 'letter', id::text, '{}' from letters
        union all select arrived_at, 'mail-decided', 'mail', id::text, jsonb_build_object('outcome', outcome) from mails
      ) all_of_it order by at`,
    'analyze',
  ];
}

const bench = await openBench();
try {
  const database = await bench.databases.fresh();
  const client = new pg.Client({ connectionString: database.url });
  await client.connect();
  try {
    await client.query('set session_replication_role = replica');
    for (const statement of rowsOf(scale)) await client.query(statement);
  } finally {
    await client.end();
  }
  await countUp(database.url, say);
  const desk = await openDesk(bench, { queues: 'redis', way: 'lmtp', database });
  try {
    process.stdout.write(
      '| report | p50 ms | p95 ms | first byte p95 ms | page KB |\n| --- | --- | --- | --- | --- |\n',
    );
    for (const one of asked) {
      const { what, status, p50, p95, firstByteP95, kb } = await timeOf(desk, one, scale, Number(given.rounds));
      process.stdout.write(
        `| ${what} | ${status === 200 ? '' : `**${status}** `}${round(p50)} | ${round(p95)} | ${round(firstByteP95)} | ${round(kb)} |\n`,
      );
    }
  } finally {
    await desk.running.stop();
  }
} finally {
  await bench.stop();
}
