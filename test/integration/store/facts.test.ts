/**
 * What `loadFacts` reads from PostgreSQL is what the world of the tests hands to `decide`, story by story: the golden decisions hold
 * for the real query. Compared is everything but what is listed here.
 * - `history.toSender` is looked at in groups (template, within the hour or not, what it was about): the world's is grouped as well.
 * - Codes: that each letter has one of its own, and the world one for all. Only those that a story is about are there.
 * - Letters to people who are not on record count for `strangersHour` and `strangersDay` as the story says, not those of `toSender`.
 * - Mails that another story is about have no Message-ID, and were not sent by this story's sender.
 * - Of a letter that is quoted the text, not the bytes.
 * - A value that is optional may be null or not there; how an instant is spelled is the same to whoever reads it.
 */

import { readdirSync } from 'node:fs';
import { sql } from 'kysely';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { silentLog } from '../../../src/foundation/log.ts';
import { type Facts, type MailAtHand, type PastLetter, type Question, questionOf } from '../../../src/intake/facts.ts';
import { letterText } from '../../../src/outbound/rendering/letter-text.ts';
import { openDatabase, type Tx } from '../../../src/store/database.ts';
import { factsStatement, loadFacts } from '../../../src/store/intake/facts.ts';
import { quotedLetters } from '../../support/mails/our-letters.ts';
import { freshDatabase } from '../../support/servers/postgres.ts';
import { answer, clock, hashOf, nowFor, read, type Setting, settings } from '../../support/world.ts';
import { loadWorld, setClock } from '../../support/world-rows/load.ts';
import { loadStory } from '../../support/world-rows/story.ts';

const folder = new URL('../../fixtures/mail/', import.meta.url);
const stories = readdirSync(folder)
  .filter((name) => name.endsWith('.eml'))
  .map((name) => name.slice(0, -'.eml'.length))
  .sort();
const staff = ['sec@desk.example', 'kim@desk.example', 'rita@desk.example'];

const fresh = await freshDatabase();
const database = openDatabase(fresh.url, silentLog, 1, 'by-index');
beforeAll(() => database.transaction(loadWorld));
afterAll(async () => {
  await database.close();
  await fresh.drop();
});

class RolledBack extends Error {}

/** What is written is gone afterwards. */
async function rolledBack<T>(work: (tx: Tx) => Promise<T>): Promise<T> {
  let result: { value: T } | undefined;
  await database
    .transaction(async (tx) => {
      result = { value: await work(tx) };
      throw new RolledBack();
    })
    .catch((error: unknown) => {
      if (!(error instanceof RolledBack)) throw error;
    });
  if (!result) throw new Error('nothing came back');
  return result.value;
}

const questionFor = (mail: MailAtHand): Question =>
  questionOf(
    mail,
    (code) => [hashOf(code)],
    (pin) => [hashOf(pin)],
  );

type Both = { readonly world: Facts; readonly loaded: Facts };

async function both(story: string): Promise<Both> {
  const mail = await read(story);
  const setting = settings[story] ?? {};
  const quoted = quotedLetters[story];
  const question = questionFor(mail);
  const world = await answer(question, setting, quoted);
  const now = nowFor(mail);
  const loaded = await rolledBack(async (tx) => {
    await loadStory(tx, { setting, question, now, codes: world.confirmations ?? [], quoted, staff });
    return inDatabase(tx, question, now);
  });
  return { world: asLookedAt(withReopens(world, question), now, setting), loaded };
}

async function inDatabase(tx: Tx, question: Question, now: string): Promise<Facts> {
  await setClock(tx, now);
  const [loaded] = await loadFacts(tx, [question], staff);
  if (!loaded) throw new Error('no facts');
  expect(Date.parse(loaded.now)).toBe(Date.parse(now));
  return loaded.facts;
}

/** Whatever is reopened has its clock go on. */
const withReopens = (world: Facts, { arrivedAt: at }: Question): Facts => ({
  ...world,
  cases: world.cases.map((one) => ({
    ...one,
    clock: [...one.clock, ...Array.from({ length: one.reopensToday }, () => ({ type: 'resumed' as const, at }))],
  })),
});

/** As the query counts letters of a day: within the hour by what they are about, but for acknowledgements, later by kind; of a question always. */
function asLookedAt(world: Facts, now: string, setting: Setting): Facts {
  const hourAgo = Date.parse(now) - 3_600_000;
  const groups = new Map<string, PastLetter[]>();
  for (const one of setting.toSender ?? []) {
    const recent = Date.parse(one.at) > hourAgo;
    const question = /^(?:mail|question):/.test(one.matter);
    const matter = one.template === 'acknowledgement' || !(recent || question) ? '' : one.matter;
    const key = JSON.stringify([one.template, one.followsOwn, recent, matter]);
    groups.set(key, [...(groups.get(key) ?? []), { ...one, matter }]);
  }
  const toSender = [...groups.values()].flatMap((group) => {
    const at = group.map((one) => one.at).sort()[0] ?? now;
    return group.map(({ template, matter, followsOwn }) => ({
      template,
      matter,
      followsOwn,
      at,
      suppressed: false,
      settled: false,
    }));
  });
  const toStaff = (setting.toStaff ?? []).map(({ template, matter, at, followsOwn, suppressed }) => ({
    template,
    matter,
    at,
    followsOwn,
    suppressed,
  }));
  return { ...world, history: { ...world.history, toSender, toStaff } };
}

/** Lists whose order nobody relies on. */
const unordered = new Set([
  'contacts',
  'copied',
  'writers',
  'aliases',
  'pins',
  'licences',
  'plans',
  'products',
  'versions',
  'letters',
  'participants',
  'toSender',
  'toStaff',
  'doubtful',
]);
const instant = /^\d{4}-\d\d-\d\dT\d\d:\d\d(?::\d\d(?:\.\d+)?)?(?:Z|[+-]\d\d:\d\d)$/;

function plain(value: unknown, name = ''): unknown {
  if (typeof value === 'string') return instant.test(value) ? new Date(value).toISOString() : value;
  if (typeof value !== 'object' || value === null) return value;
  if (!Array.isArray(value))
    return Object.fromEntries(
      Object.entries(value)
        .filter(([, one]) => one !== null && one !== undefined)
        .map(([key, one]) => [key, plain(one, key)])
        .sort(([a], [b]) => (String(a) < String(b) ? -1 : 1)),
    );
  const list = value.map((one) => plain(one));
  return unordered.has(name)
    ? list
        .map((one) => JSON.stringify(one))
        .sort()
        .map((one) => JSON.parse(one))
    : list;
}

/** `cases` of the mail in no order, those that a command shows in theirs. */
function comparable(facts: Facts) {
  const quotable = (facts.quotable ?? [])
    .map((one) => ('text' in one ? one.text : letterText(Buffer.from(one.raw, 'base64'))))
    .filter((text) => text !== '');
  const cases = [...facts.cases].sort((a, b) => (a.number < b.number ? -1 : 1));
  return plain({ ...facts, quotable, cases, blocked: facts.blocked ?? false });
}

const holds = (value: unknown): boolean =>
  value !== null &&
  value !== undefined &&
  value !== false &&
  value !== 0 &&
  (typeof value !== 'object' || Object.values(value).some((one) => one !== false));

const kindsOf = (facts: Facts): [string, unknown][] => [
  ...Object.entries(facts),
  ...Object.entries(facts.history).map(([name, value]): [string, unknown] => [`history.${name}`, value]),
  ...Object.entries(facts.pinLock).map(([name, value]): [string, unknown] => [`pinLock.${name}`, value]),
];
/** Those that were not empty in one story at least: what is empty everywhere is compared with nothing. */
const seen = new Set<string>();
const kinds = new Set<string>();

describe('the facts in PostgreSQL are those of the world', () => {
  for (const story of stories) {
    it(story.replaceAll('-', ' '), async () => {
      const { world, loaded } = await both(story);
      for (const [name, value] of kindsOf(loaded)) {
        kinds.add(name);
        if (holds(value)) seen.add(name);
      }
      expect(comparable(loaded)).toEqual(comparable(world));
    });
  }
});

it('many questions in one round trip are answered as each by itself', async () => {
  // Those that need no row of their own.
  const plainStories = stories.filter((story) => !settings[story] && !quotedLetters[story]);
  const asked: { question: Question; world: Facts }[] = [];
  for (const story of plainStories) {
    const question = questionFor(await read(story));
    const world = await answer(question);
    const own =
      // Here mails of other stories are by the same people.
      question.command === 'USERS' ||
      question.command === 'CONTACTS' ||
      (world.confirmations ?? []).length > 0 ||
      world.cases.some((one) => one.reopensToday > 0) ||
      world.letters.some((one) => one.senders?.some((sender) => sender.answer === 'yes'));
    if (!own) asked.push({ question, world });
  }
  expect(asked.length).toBeGreaterThan(400);
  const loaded = await rolledBack(async (tx) => {
    await setClock(tx, clock);
    return loadFacts(
      tx,
      asked.map((one) => one.question),
      staff,
    );
  });
  expect(loaded.map((one) => comparable(one.facts))).toEqual(
    asked.map(({ world, question }) => comparable(asLookedAt(withReopens(world, question), clock, {}))),
  );
});

it('a site comes with hours and holidays of its own, weekdays in their order', async () => {
  const question = questionFor(await read('pin-in-the-subject'));
  const hours = '{"mon":[["09:00","12:30"],["13:30","17:00"]],"fri":[["10:00","24:00"]]}';
  const holidays = '{"add":["12-24"],"remove":[]}';
  const loaded = await rolledBack(async (tx) => {
    await sql`
      update sites set business_hours = ${hours}::json, holidays = ${holidays}::json where number = '1000345'`.execute(
      tx,
    );
    return inDatabase(tx, question, clock);
  });
  const found = Object.values(loaded.sites).find((one) => one?.site.number === '1000345');
  expect([found?.site.businessHours, found?.site.holidays].map((one) => JSON.stringify(one))).toEqual([
    hours,
    holidays,
  ]);
});

type Plan = { readonly 'Node Type': string; readonly 'Relation Name'?: string; readonly Plans?: readonly Plan[] };
const nodesOf = (plan: Plan): Plan[] => [plan, ...(plan.Plans ?? []).flatMap(nodesOf)];

it('goes by an index to every table that grows', async () => {
  const question = questionFor(await read('pin-in-the-subject'));
  const { rows } = await database.ask((db) =>
    sql<{ 'QUERY PLAN': [{ Plan: Plan }] }>`explain (format json) ${factsStatement([question], staff)}`.execute(db),
  );
  const nodes = nodesOf((rows[0] as (typeof rows)[number])['QUERY PLAN'][0].Plan);
  expect(nodes.filter((one) => one['Node Type'].startsWith('Index')).length).toBeGreaterThan(40);
  const whole = nodes.filter((one) => one['Node Type'] === 'Seq Scan').map((one) => one['Relation Name']);
  expect(whole).toEqual([]);
});

it('every kind of fact is there in some story', () => {
  expect([...seen].sort()).toEqual([...kinds].sort());
});
