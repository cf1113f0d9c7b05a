/**
 * `node bench/console/search.ts [--messages N] [--queries N] [--write]`: the search of cases over a million messages in three languages: how long the
 * words take to be read, whether the hits are those of a scan of every text, and how long a page takes. See ../README.md.
 */
import { createHash } from 'node:crypto';
import { existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import pg from 'pg';
import { caseSearch } from '../../src/cases/search/case-search.ts';
import { holds, indexQuery, isExact, type Searched } from '../../src/cases/search/terms.ts';
import { indexCases } from '../../src/flows/cases/listed/index-cases.ts';
import { silentLog } from '../../src/foundation/log.ts';
import { migrateQueues } from '../../src/queues/server/schema.ts';
import { openDatabase } from '../../src/store/database.ts';
import { migrate } from '../../src/store/migrate.ts';
import { startConsole } from '../../test/support/console.ts';
import { type Scan, scanFor, scanned } from '../../test/support/linear-scan.ts';
import { now, quantile, round } from '../lib/numbers.ts';
import { type Databases, openDatabases } from '../lib/world.ts';
import { type Language, languageOf, languages, type SearchScale, speaker } from './search-words.ts';

const { values: given } = parseArgs({
  options: {
    messages: { type: 'string', default: '1000000' },
    queries: { type: 'string', default: '200' },
  },
});
const messages = Number(given.messages);
const scale: SearchScale = { messages, cases: Math.max(1, Math.floor(messages / 5)) };
const queriesEach = Number(given.queries);
const say = (line: string) => void process.stderr.write(`  ${line}\n`);
const tell = (line: string) => void process.stdout.write(`${line}\n`);
const name = 'search';
const sources = [import.meta.filename, join(import.meta.dirname, 'search-words.ts')].map((file) => readFileSync(file));
const hash = createHash('sha256').update(Buffer.concat(sources)).update(given.messages).digest('hex').slice(0, 12);
const folder = join(tmpdir(), `postern-bench-search-${hash}`);
const done = join(folder, 'built');

const hurry = { fsync: 'off', full_page_writes: 'off', synchronous_commit: 'off', max_wal_size: '8GB' };

/** One case in twenty is open; each is written in one language, and one message in twenty has a file. */
async function fill(client: pg.Client): Promise<void> {
  await client.query(`insert into sites (number, name, country, timezone, language)
    select (3000000 + i)::text, 'Works ' || i, 'GB', 'Europe/London', 'en' from generate_series(1, 500) i`);
  const speak = Object.fromEntries(languages.map((one, i) => [one, speaker(one, 7 + i)]));
  const of = (n: number) => speak[languageOf(n)] ?? (() => '');
  const atOnce = 5_000;
  for (let from = 1; from <= scale.cases; from += atOnce) {
    const numbers = Array.from({ length: Math.min(atOnce, scale.cases - from + 1) }, (_, i) => from + i);
    await client.query(
      `insert into cases (id, number, site_id, title, severity, kind, status, opened_at, closed_at, contact_address, language, owner, due)
        overriding system value
        select i, (500000 + i)::text, (select min(id) from sites where number > '3000000') + i % 500, title,
          1 + i % 4, 'incident', case when i % 20 = 0 then 'open' else 'closed' end, now() - interval '1 minute' * (${scale.cases} - i),
          case when i % 20 <> 0 then now() - interval '1 minute' * (${scale.cases} - i) + interval '30 seconds' end,
          'person' || i % 5000 || '@works' || i % 500 || '.example', language,
          case when i % 3 = 0 then 'kim@desk.example' end, now() + interval '1 minute' * (i % 3000)
        from unnest($1::bigint[], $2::text[], $3::text[]) as t(i, title, language)`,
      [numbers, numbers.map((n) => of(n)(4)), numbers.map(languageOf)],
    );
  }
  const each = Math.max(1, Math.floor(scale.messages / scale.cases));
  for (let from = 0; from < scale.messages; from += atOnce) {
    const all = Array.from({ length: Math.min(atOnce, scale.messages - from) }, (_, i) => from + i);
    const caseOf = (i: number) => Math.min(scale.cases, 1 + Math.floor(i / each));
    await client.query(
      `insert into case_messages (case_id, direction, author, text, attachments, at)
        select c, 'in', 'person' || c % 5000 || '@works' || c % 500 || '.example', text || ' VLT-' || (1000 + i % 90000),
          case when i % 20 = 0 then jsonb_build_array(jsonb_build_object('name', 'report-' || i % 7000 || '.pdf')) else '[]' end,
          now() - interval '1 minute' * (${scale.cases} - c) + interval '5 seconds' * (i % 5)
        from unnest($1::bigint[], $2::bigint[], $3::text[]) as t(i, c, text)`,
      [all, all.map(caseOf), all.map((i) => of(caseOf(i))(30))],
    );
    if (from % 100_000 === 0) say(`${from} messages written`);
  }
}

async function build(databases: Databases): Promise<void> {
  await databases.drop(name);
  await databases.query('postgres', `create database ${name}`);
  await migrate(databases.urlOf(name));
  await migrateQueues(databases.urlOf(name));
  const client = new pg.Client({ connectionString: databases.urlOf(name) });
  await client.connect();
  try {
    await client.query('set session_replication_role = replica');
    await fill(client);
    await client.query('vacuum analyze');
  } finally {
    await client.end();
  }
  const database = openDatabase(databases.urlOf(name), silentLog, 2);
  const began = now();
  let read = 0;
  for (let told = 0; ; ) {
    const step = await indexCases({ database }, { goOnFor: 1_500 });
    read += step;
    if (read - told >= 20_000) {
      say(`${read} cases read after ${Math.round((now() - began) / 1000)} s`);
      told = read;
    }
    if (step === 0 && read > 0) break;
  }
  const seconds = (now() - began) / 1000;
  await databases.query(name, 'vacuum analyze case_search');
  await database.close();
  writeFileSync(done, `${seconds.toFixed(0)} s for ${read} cases: ${Math.round(messages / seconds)} messages a second`);
}

type Query = { readonly language: Language; readonly q: string; readonly scan: (texts: readonly string[]) => boolean };

const quoteOf = (q: string): Query['scan'] => {
  const all: Scan[] = [];
  for (const part of q.match(/"[^"]*"|\S+/g) ?? []) {
    const phrase = part.startsWith('"');
    all.push(scanFor(part.replaceAll('"', ''), { phrase }));
  }
  return (texts) => all.every((one) => texts.some(one));
};

/** Of what people look for: one word, two, the beginning of one, two in quotes, a number; of Japanese any letters that stand together. */
function queryOf(language: Language, { title, messages: all }: Searched, i: number): string {
  const text = all[i % Math.max(1, all.length)]?.text ?? title;
  if (language === 'ja') {
    const letters = (text.match(/[\p{L}ー]{2,}/gu) ?? [text]).filter((one) => /[^\x20-\x7f]/.test(one));
    const one = letters[i % Math.max(1, letters.length)] ?? title;
    const from = (i * 7) % Math.max(1, one.length - 6);
    const piece = (at: number, size: number) => one.slice(at, at + size) || one;
    if (i % 5 === 0) return `${piece(from, 2)} ${piece((from * 3) % Math.max(1, one.length - 4), 3)}`;
    return piece(from, 2 + (i % 5));
  }
  const words = text.split(' ').filter((one) => one.length > 3);
  const word = words[(i * 7) % Math.max(1, words.length)] ?? title;
  switch (i % 5) {
    case 0:
      return word;
    case 1:
      return `${word} ${words[(i * 3 + 1) % words.length] ?? ''}`.trim();
    case 2:
      return word.slice(0, 4);
    case 3: {
      const at = text.indexOf(word);
      return `"${text.slice(at).split(' ').slice(0, 2).join(' ')}"`;
    }
    default:
      return words.at(-1) ?? word;
  }
}

const wholeCases = `
  select c.id::text, c.number, c.title, c.contact_address as requester, c.language,
    coalesce((
      select json_agg(json_build_object('author', m.author, 'text', m.text,
        'files', coalesce((select json_agg(a->>'name') from jsonb_array_elements(m.attachments) a), '[]')) order by m.id)
      from case_messages m where m.case_id = c.id), '[]') as messages
  from cases c`;
type Whole = Searched & { readonly id: string; readonly language: Language };

async function queries(databases: Databases): Promise<Query[]> {
  const found: Query[] = [];
  for (const language of languages) {
    const rows = await databases.query<Whole>(
      name,
      `${wholeCases} where c.language = '${language}' and (hashint8(c.id) & 2147483647) % ${Math.max(1, Math.floor(scale.cases / 3 / queriesEach / 2))} = 0 order by c.id limit ${queriesEach}`,
    );
    rows.forEach((one, i) => {
      const q = queryOf(language, one, i);
      found.push({ language, q, scan: quoteOf(q) });
    });
  }
  return found;
}

const asked = (q: string) => caseSearch(q, { now: new Date().toISOString(), zone: 'UTC' }).terms;

/** The ids that the index says, read letter by letter where it says too much. */
async function hitsOf(client: pg.Client, q: string): Promise<Set<string>> {
  const terms = asked(q);
  const { rows } = await client.query<{ id: string }>(
    'select case_id::text as id from case_search where words @@ $1::tsquery',
    [indexQuery(terms)],
  );
  const ids = rows.map(({ id }) => id);
  if (isExact(terms)) return new Set(ids);
  const kept = new Set<string>();
  for (let at = 0; at < ids.length; at += 2_000) {
    const { rows: whole } = await client.query<Whole>(`${wholeCases} where c.id = any($1)`, [
      ids.slice(at, at + 2_000),
    ]);
    for (const one of whole) if (holds(one, terms)) kept.add(one.id);
  }
  return kept;
}

async function scanAll(client: pg.Client, all: readonly Query[]): Promise<Set<string>[]> {
  const found = all.map(() => new Set<string>());
  for (let from = 0, at = now(); ; ) {
    const { rows } = await client.query<Whole>(`${wholeCases} where c.id > $1 order by c.id limit 2000`, [from]);
    for (const one of rows) {
      const texts = scanned(one);
      all.forEach(({ scan }, i) => {
        if (scan(texts)) found[i]?.add(one.id);
      });
    }
    const last = rows.at(-1);
    if (!last) return found;
    from = Number(last.id);
    if (now() - at > 30_000) {
      say(`scanned up to case ${last.number}`);
      at = now();
    }
  }
}

async function compare(databases: Databases, all: readonly Query[]): Promise<void> {
  const client = new pg.Client({ connectionString: databases.urlOf(name) });
  await client.connect();
  try {
    const byScan = await scanAll(client, all);
    tell('| language | queries | hits, all together | most | none found | differ from the scan |');
    tell('| --- | --- | --- | --- | --- | --- |');
    for (const language of languages) {
      let differ = 0;
      const sizes: number[] = [];
      for (const [i, { language: of, q }] of all.entries()) {
        if (of !== language) continue;
        const scan = byScan[i] ?? new Set();
        const index = await hitsOf(client, q);
        sizes.push(index.size);
        if (index.size === scan.size && [...index].every((id) => scan.has(id))) continue;
        differ += 1;
        say(`${language} ${q}: ${index.size} by the index, ${scan.size} by the scan`);
      }
      const sum = sizes.reduce((so, one) => so + one, 0);
      const none = sizes.filter((one) => one === 0).length;
      tell(`| ${language} | ${sizes.length} | ${sum} | ${Math.max(...sizes)} | ${none} | ${differ} |`);
    }
    tell('');
  } finally {
    await client.end();
  }
}

async function times(databases: Databases, all: readonly Query[]): Promise<void> {
  const desk = await startConsole({}, { url: databases.urlOf(name), drop: async () => {} });
  try {
    const kim = await desk.as('kim');
    tell('| language | p50 ms | p95 ms | p99 ms | slowest |');
    tell('| --- | --- | --- | --- | --- |');
    for (const { q } of all.slice(0, 20)) await kim.page(`/cases?${new URLSearchParams({ q })}`);
    for (const language of languages) {
      const took: { ms: number; q: string }[] = [];
      for (const { q, language: of } of all) {
        if (of !== language) continue;
        const began = now();
        const answer = await kim.get(`/cases?${new URLSearchParams({ q })}`);
        await answer.text();
        took.push({ ms: now() - began, q });
        if (answer.status !== 200 && answer.status !== 303) throw new Error(`${q} answers ${answer.status}`);
      }
      const ms = took.map((one) => one.ms);
      const slowest = took.toSorted((a, b) => b.ms - a.ms)[0];
      tell(
        `| ${language} | ${round(quantile(ms, 0.5))} | ${round(quantile(ms, 0.95))} | ${round(quantile(ms, 0.99))} | ${round(slowest?.ms ?? 0)} (\`${slowest?.q}\`) |`,
      );
    }
    const pages = {
      'all open': '/cases',
      'by deadline': '/cases?sort=due',
      closed: '/cases?status=closed',
      mine: '/cases?owner=me',
    };
    for (const [what, path] of Object.entries(pages)) {
      const ms: number[] = [];
      for (let i = 0; i < 40; i += 1) {
        const began = now();
        await kim.page(path);
        ms.push(now() - began);
      }
      tell(
        `| list, ${what} | ${round(quantile(ms, 0.5))} | ${round(quantile(ms, 0.95))} | ${round(quantile(ms, 0.99))} | |`,
      );
    }
  } finally {
    await desk.stop();
  }
}

mkdirSync(folder, { recursive: true });
if (!existsSync(done)) {
  say(`building ${scale.messages} messages and ${scale.cases} cases in ${folder}; they are kept for the next time`);
  const databases = await openDatabases(folder, hurry);
  try {
    await build(databases);
  } finally {
    await databases.close();
  }
}
const databases = await openDatabases(folder);
try {
  await migrate(databases.urlOf(name));
  const [size] = await databases.query<{ index: string; rows: string }>(
    name,
    `select pg_size_pretty(pg_relation_size('case_search_words')) as index, pg_size_pretty(pg_total_relation_size('case_search')) as rows`,
  );
  tell(`${messages} messages on ${scale.cases} cases; index ${size?.index}, with its rows ${size?.rows}.`);
  const all = await queries(databases);
  await times(databases, all);
  await compare(databases, all);
} finally {
  await databases.close();
}
