/** Rate, pause switch and test letter, from outside: workers as processes of their own, and commands as they are typed. */
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { type RawBuilder, sql } from 'kysely';
import { simpleParser } from 'mailparser';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { silentLog } from '../../../src/foundation/log.ts';
import { brokenRules } from '../../../src/outbound/letter-checker.ts';
import { type Database, openDatabase } from '../../../src/store/database.ts';
import { key } from '../../support/app.ts';
import { scratch } from '../../support/process.ts';
import { workerFleet } from '../../support/processes/processes.ts';
import { postern as typed } from '../../support/processes/typed-here.ts';
import { putLetters } from '../../support/put-letters.ts';
import { freshDatabase } from '../../support/servers/postgres.ts';
import { startSmtpSink } from '../../support/servers/smtp-sink.ts';

const perDomain = 8;
const perMinute = 20;

let fresh: Awaited<ReturnType<typeof freshDatabase>>;
let sink: Awaited<ReturnType<typeof startSmtpSink>>;
let fleet: ReturnType<typeof workerFleet>;
let database: Database;
let folder: string;
let env: Record<string, string>;

beforeAll(async () => {
  fresh = await freshDatabase();
  sink = await startSmtpSink();
  database = openDatabase(fresh.url, silentLog, 2);
  folder = scratch('way-out');
  writeFileSync(
    join(folder, 'postern.yaml'),
    `policy: { letters: { lettersPerMinute: ${perMinute}, lettersPerMinutePerDomain: ${perDomain} } }\n`,
  );
  env = {
    DATABASE_URL: fresh.url,
    SMTP_URL: `${sink.url}?ignoreTLS=true`,
    SUPPORT_ADDRESS: 'support@desk.example',
    SECRET_KEY: key,
    LOG_LEVEL: 'error',
  };
  fleet = workerFleet(env, folder);
});
afterAll(async () => {
  await fleet.stop();
  await database.close();
  await sink.stop();
  await fresh.drop();
});

async function postern(...args: string[]): Promise<{ code: number | null; said: string }> {
  const { code, out, err } = await typed(folder, env, ...args);
  // Lines of `doctor` fit the terminal; what they say is looked at whole.
  return { code, said: `${out}${err}`.replace(/\n {15,}/g, ' ') };
}
const sleep = (ms: number) => new Promise((done) => setTimeout(done, ms));
async function until(what: string, check: () => boolean | Promise<boolean>, seconds = 20): Promise<void> {
  const end = Date.now() + seconds * 1000;
  while (!(await check())) {
    if (Date.now() > end) throw new Error(`waited ${seconds} s in vain: ${what}\n${fleet.said()}`);
    await sleep(50);
  }
}
const write = (addresses: readonly string[], priority = 0) => putLetters(database, addresses, priority);
const ask = async (statement: RawBuilder<unknown>) => (await statement.execute(database.db)).rows;
const many = (count: number, domain: string) => Array.from({ length: count }, (_, i) => `p${i}@${domain}`);
const gone = (domain: string) => sink.letters.filter((letter) => letter.rcptTo[0]?.endsWith(`@${domain}`)).length;
describe('the way out, over two processes', () => {
  it('stands still while paused, says so, and keeps to the rate once it goes on', async () => {
    expect(await postern('letters', 'pause', 'the', 'relay', 'moves')).toMatchObject({ code: 0 });
    fleet.start('outbound');
    fleet.start('outbound');
    await write(many(13, 'a.example'), 1);
    await write(many(3, 'a.example'));
    await write(many(3, 'b.example'));
    await until('every letter was looked at', async () => {
      const held = await ask(sql`select id from letters where state_reason = 'held: stopped'`);
      return held.length === 19;
    });
    expect(sink.letters).toHaveLength(0);
    expect((await postern('letters')).said).toMatch(/^Paused since .* by command: the relay moves\n19 are held back/);
    expect((await postern('doctor')).said).toMatch(
      /letters are paused since .*: the relay moves; see: postern letters resume/,
    );

    const left = 60_000 - (Date.now() % 60_000);
    if (left < 10_000) await sleep(left + 100);
    expect((await postern('letters', 'resume')).said).toContain('Letters go out again');
    await until('what may go has gone', () => gone('a.example') >= perDomain && gone('b.example') >= 3);
    await sleep(700);
    expect({ a: gone('a.example'), b: gone('b.example') }).toEqual({ a: perDomain, b: 3 });
    // Answers went before notices, and nobody's tries were counted for the waiting.
    const waiting = await ask(sql`select priority, attempts from letters where state = 'queued'`);
    expect(waiting).toEqual(Array(8).fill({ priority: 1, attempts: 0 }));
    expect((await postern('letters')).said).toContain('Letters go out.');
  }, 60_000);
});

describe('the test letter', () => {
  beforeAll(async () => {
    await fleet.stop();
    sink.letters.length = 0;
  });
  const doctor = async (address = 'kim@kim.example') => postern('doctor', '--letter', address);

  it('goes the whole way, in five languages, and the server’s answer is told', async () => {
    const { said } = await doctor();
    expect(said).toMatch(
      /✓ test letter\s+letter \d+ to kim@kim\.example: taken by 127\.0\.0\.1: 250 2\.0\.0 kept as 1/,
    );
    const [letter] = sink.letters;
    expect(
      brokenRules(letter?.raw ?? Buffer.alloc(0), { to: 'kim@kim.example', from: 'support@desk.example' }),
    ).toEqual([]);
    const parsed = await simpleParser(letter?.raw ?? Buffer.alloc(0));
    expect(parsed.headers.get('content-language')).toBe('en, de, es, fr, ja');
    expect(parsed.subject).toBe('Test letter from support@desk.example');
    const [row] = await ask(sql`select state, response, attempts from letters where template = 'test-letter'`);
    expect(row).toMatchObject({ state: 'sent', attempts: 1, response: '250 2.0.0 kept as 1' });
  });

  it.each([
    [
      'RCPT',
      '550 5.1.1 nobody of that name',
      /does not take it for kim@kim\.example: 550 5\.1\.1 nobody of that name/,
      'failed',
    ],
    ['RCPT', '451 4.7.1 greylisted', /does not take it for kim@kim\.example: 451 4\.7\.1 greylisted/, 'failed'],
    ['BODY', 'hang-up', /got the whole letter and gave no answer.*it may have arrived/, 'failed'],
    [
      'MAIL',
      '550 5.7.1 sender not allowed',
      /does not serve us: SMTP_URL: .*it refuses support@desk\.example as sender \("550 5\.7\.1 sender not allowed"\)/,
      'queued',
    ],
  ] as const)('that is refused at %s with %s: it is told in clear words', async (verb, fault, words, became) => {
    await ask(sql`delete from letter_rates`);
    // doctor tries the server itself before it hands the letter over.
    sink.fail(verb, fault);
    const { code, said } = await doctor();
    sink.heal();
    expect(code).toBe(1);
    expect(said).toMatch(/✗ test letter/);
    expect(said).toMatch(words);
    const rows = await ask(sql`select state from letters where template = 'test-letter' order by id`);
    expect(rows.at(-1)).toEqual({ state: became });
  });

  it('says that the way out rests or is paused, and that nothing is an address', async () => {
    expect((await doctor()).said).toContain('the way out rests; it is written and goes out later');
    await postern('letters', 'pause');
    expect((await doctor()).said).toContain('letters are paused; it is written and goes out later');
    expect(await doctor('nobody')).toMatchObject({
      code: 1,
      said: expect.stringContaining('"nobody" is not an e-mail address'),
    });
  });
});
