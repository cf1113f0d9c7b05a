import { spawn } from 'node:child_process';
import { createHash } from 'node:crypto';
import { writeFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { sql } from 'kysely';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { commit } from '../../../src/flows/acts/commit.ts';
import { silentLog } from '../../../src/foundation/log.ts';
import { openDatabase } from '../../../src/store/database.ts';
import { key, mail, registrySql, startApp } from '../../support/app.ts';
import { letterDeps } from '../../support/letter-deps.ts';
import { bareEnvironment, remove, scratch } from '../../support/process.ts';
import { postern as typed } from '../../support/processes/typed-here.ts';

type Started = Awaited<ReturnType<typeof startApp>>;
const home = resolve(import.meta.dirname, '..', '..', '..');
const folder = scratch('policy-try');
let postern: Started;

/** `postern …` as somebody types it with a pipe behind it and nothing before it. */
const type = (...words: string[]) =>
  typed(
    folder,
    {
      HOME: process.env.HOME ?? '',
      DATABASE_URL: postern.app.databaseUrl,
      SUPPORT_ADDRESS: 'support@desk.example',
      SECRET_KEY: key,
      AUTHSERV_ID: 'mx.desk.example',
      DNS_SERVERS: 'off',
    },
    ...words,
  );
const file = (name: string, text: string): string => {
  writeFileSync(join(folder, name), text);
  return name;
};
const lines = (out: string) =>
  out
    .trim()
    .split('\n')
    .filter(Boolean)
    .map((line) => JSON.parse(line));

/** Every row of every table of ours, and where every sequence stands. */
async function dump(): Promise<Record<string, string>> {
  const tables = await postern.query<{ name: string }>(
    `select table_name as name from information_schema.tables where table_schema = 'public' and table_type = 'BASE TABLE' order by 1`,
  );
  const all: Record<string, string> = {};
  // The clock keeps what the search and the reports count, and a process what a letter was written from.
  for (const { name } of tables.filter((one) => !/^(?:letter_values|case_search|report)/.test(one.name))) {
    const rows = await postern.query<{ t: string }>(`select t::text from "${name}" t order by 1`);
    all[name] = `${rows.length} ${createHash('sha256')
      .update(rows.map((row) => row.t).join('\n'))
      .digest('hex')}`;
  }
  const sequences = await postern.query<{ s: string }>(
    `select sequencename || ' ' || coalesce(last_value, 0) as s from pg_sequences where schemaname = 'public' order by 1`,
  );
  return { ...all, sequences: sequences.map((row) => row.s).join() };
}
const quiet = () =>
  postern.until('all is quiet', async () => {
    const [row] = await postern.query<{ n: string }>(
      `select (select count(*) from mails where state = 'new') + (select count(*) from letters where state = 'queued') + (select count(*) from outbox) + (select count(*) from cases where timer_at <= now()) as n`,
    );
    return row?.n === '0';
  });
const decided = async (subject: string): Promise<string> => {
  const [row] = await postern.query<{ outcome: string }>('select outcome from mails where subject = $1', [subject]);
  return row?.outcome ?? '';
};

const lapsedSql = `
insert into sites (number, name, country, timezone, language) values ('1000777', 'Lapsed Ltd', 'GB', 'Europe/London', 'en');
insert into pins (site_id, pin) values (2, '777');
insert into contacts (site_id, name, role, types, position) values (2, 'Tom Reed', 'primary', '{primary}', 1);
insert into contact_addresses (site_id, contact_id, address, main) values (2, 3, 'tom@lapsed.example', true);
insert into plans (site_id, kind, valid_from, valid_to, position) values (2, 'standard', current_date - 400, current_date - 20, 1);
insert into licences (site_id, number, product_id, kind, quantity, valid_from, valid_to, position) values
 (2, 'U-2001', 1, 'user', 5, current_date - 400, current_date + 400, 1), (2, 'S-2001', 1, 'support', 5, current_date - 400, current_date - 20, 2);`;

beforeAll(async () => {
  postern = await startApp();
  for (const one of `${registrySql}${lapsedSql}`.split(';')) if (one.trim()) await postern.query(one);
  const ada = mail({ subject: 'PIN 345 Workflow stopped', id: '<one@aldous.example>' });
  await postern.handIn(ada);
  await quiet();
  // The same again with another time of arrival: a copy; then a reply, a stranger, one without PIN, two of somebody lapsed.
  await postern.handIn(`X-Copy: 1\n${ada}`);
  await postern.handIn(
    mail({
      subject: 'Re: PIN 345 Workflow stopped',
      headers: 'In-Reply-To: <one@aldous.example>',
      body: 'It is worse now.',
    }),
  );
  await postern.handIn(mail({ subject: 'PIN 345 I am new', from: 'nora@elsewhere.example' }), 'nora@elsewhere.example');
  await postern.handIn(mail({ subject: 'No number here' }));
  await postern.handIn(mail({ subject: 'HELP', body: 'HELP' }));
  await postern.handIn(mail({ subject: 'PIN', body: 'PIN' }));
  await postern.handIn(
    mail({ subject: 'PIN 777 All is down', body: 'Severity: 2\nAll is down.', from: 'tom@lapsed.example' }),
    'tom@lapsed.example',
  );
  await quiet();
  // A reply with the PIN opens the case of the mail that had none.
  const [asked] = await postern.query<{ id: string }>(
    `select message_id as id from letters where asks->>'kind' = 'missing-pin' and to_address = 'ada@aldous.example'`,
  );
  await postern.handIn(mail({ subject: 'Re: No number here', headers: `In-Reply-To: ${asked?.id}`, body: 'PIN 345' }));
  await quiet();
  // A closed case is opened again by a reply.
  const [opened] = await postern.query<{ number: string }>(`select number from cases where title like 'Workflow%'`);
  await commit(letterDeps(postern.app.database), {
    act: 'close-case',
    input: { case: opened?.number ?? '' },
    by: { kind: 'api', staff: null },
  });
  await postern.handIn(
    mail({
      subject: 'Re: again',
      headers: 'In-Reply-To: <one@aldous.example>',
      body: 'It happens again, with error 18.',
    }),
  );
  await quiet();
}, 60_000);
afterAll(async () => {
  await postern.stop();
  remove(folder);
});

describe('postern policy try', () => {
  it('lists nothing where the policy is the present one, though every mail has its case, its letters and its copy by now', async () => {
    expect(await decided('Re: again')).toBe('case-reopened');
    expect(await decided('PIN 777 All is down')).toBe('support-lapsed');
    const { code, out, err } = await type('policy', 'try', file('same.yaml', 'policy: {}\nlanguages: [en, de]\n'));
    expect({ code, err }).toEqual({ code: 0, err: '' });
    expect(out).toContain('No number of the policy differs from the present one.');
    expect(out).toContain('Nothing would be decided otherwise, of 10 mails compared.');
    // Told again on the facts of their time they come out as they did: also the copy, the reply, the settled one and the reopening.
    expect(out).not.toContain('would not be decided as');
    expect(out).not.toContain('\u001b[');
    expect(Math.max(...out.split('\n').map((line) => line.length))).toBeLessThanOrEqual(80);
  });

  it('§2.5 lists what longer grace would open, with rule, severity, deadline and letters, and writes nothing', async () => {
    const before = await dump();
    const given = file('grace.yaml', 'graceDays: { 1: 60, 2: 60 }\n');
    const text = await type('policy', 'try', given);
    const json = await type('policy', 'try', given, '--json');
    expect(await dump()).toEqual(before);
    expect(text.out).toMatch(/graceDays\.2 +60 +\(now 14\)/);
    expect(text.out).toMatch(/now +support-lapsed \(§3\.r15\)\n +then +case-opened \(§3\.r14\)/);
    expect(lines(json.out)).toMatchObject([
      {
        from: 'tom@lapsed.example',
        subject: 'PIN 777 All is down',
        outcome: { now: 'support-lapsed', tried: 'case-opened' },
        rule: { now: 'r15', tried: 'r14' },
        severity: { now: null, tried: 2 },
        due: { now: null, tried: expect.stringMatching(/^20/) },
        letters: {
          noMore: expect.arrayContaining(['support-lapsed']),
          new: expect.arrayContaining(['acknowledgement']),
        },
      },
    ]);
  });

  it('§6.3 a reply that reopened its case is listed where it may not be reopened so often', async () => {
    const { out } = await type('policy', 'try', file('never.yaml', 'maxReopensPerDay: 0\n'), '--json');
    expect(lines(out).map((one) => [one.subject, one.outcome.now, one.outcome.tried])).toEqual([
      ['Re: again', 'case-reopened', expect.not.stringMatching('case-reopened')],
    ]);
  });

  it('a deadline that moves and a letter that asks for less are listed as such', async () => {
    const response = `{ 1: { minutes: 5 }, 2: { minutes: 5 }, 3: { minutes: 5 }, 4: { minutes: 5 } }`;
    const given = file('fast.yaml', `response: { standard: ${response}, 24x7: ${response}, premier: ${response} }\n`);
    const found = lines((await type('policy', 'try', given, '--json')).out);
    expect(found.length).toBeGreaterThan(0);
    for (const one of found) {
      expect(one.outcome.now).toBe(one.outcome.tried);
      expect(one.due.now).not.toBe(one.due.tried);
    }
    const less = lines((await type('policy', 'try', file('less.yaml', 'askFor: []\n'), '--json')).out);
    expect(less[0]).toMatchObject({ due: null, says: ['acknowledgement'] });
  });

  it('a file with faults is told of and tries nothing', async () => {
    const { code, out } = await type('policy', 'try', file('bad.yaml', 'policy: { reopenDay: 3 }\n'));
    expect(code).toBe(1);
    expect(out).toContain('did you mean "reopenDays"?');
    expect(out).not.toContain('compared');
  });

  it('cannot write, whatever it would try: the server refuses', async () => {
    const database = openDatabase(postern.app.databaseUrl, silentLog, 1, 'read-only');
    await expect(database.ask((db) => sql`insert into products (name) values ('None')`.execute(db))).rejects.toThrow(
      /read-only/,
    );
    await database.close();
  });
});

/** The same on a terminal, where `answer` is typed. */
async function typeOnTerminal(answer: string, ...args: string[]): Promise<string> {
  const { HOME = '' } = process.env;
  const command = [process.execPath, join(home, 'bin', 'postern.mjs'), ...args].join(' ');
  const child = spawn('script', ['-qec', command, '/dev/null'], {
    cwd: folder,
    env: {
      ...bareEnvironment(),
      HOME,
      TERM: 'xterm',
      DATABASE_URL: postern.app.databaseUrl,
      SUPPORT_ADDRESS: 'support@desk.example',
      SECRET_KEY: key,
      DNS_SERVERS: 'off',
    },
    stdio: ['pipe', 'pipe', 'inherit'],
  });
  let out = '';
  child.stdout.setEncoding('utf8').on('data', (chunk: string) => {
    if (!out.includes('y/N') && (out + chunk).includes('y/N')) child.stdin.write(`${answer}\n`);
    out += chunk;
  });
  await new Promise((done) => child.once('close', done));
  return out;
}

describe('postern mail replay', () => {
  it('says first what it will do, and does nothing where the answer is no', async () => {
    await postern.query(
      `insert into contacts (site_id, name, role, position) values (1, 'Nora', 'authorized user', 3)`,
    );
    await postern.query(
      `insert into contact_addresses (site_id, contact_id, address, main) select 1, id, 'nora@elsewhere.example', true from contacts where name = 'Nora'`,
    );
    const [held] = await postern.query<{ id: string }>(`select id from mails where subject = 'PIN 345 I am new'`);
    const id = held?.id ?? '';
    const before = await dump();
    const asked = await type('mail', 'replay', id, '--dry-run');
    expect(asked).toMatchObject({ code: 0, err: '' });
    expect(asked.out).toMatch(/held-unregistered, would be case-opened/);
    expect(asked.out).toMatch(/case +severity 3, due /);
    expect(asked.out).toContain('acknowledgement to the contact is sent');
    expect(asked.out).not.toContain('nora@');
    expect((await type('mail', 'replay', id, '--dry-run', '--json')).code).toBe(0);
    expect(await typeOnTerminal('n', 'mail', 'replay', id)).toContain('Nothing was done.');
    expect(await dump()).toEqual(before);
  });

  it('does it on a yes, and a second time changes nothing, nor without a terminal', async () => {
    const [held] = await postern.query<{ id: string }>(`select id from mails where subject = 'PIN 345 I am new'`);
    expect(await typeOnTerminal('y', 'mail', 'replay', held?.id ?? '')).toMatch(/Done/);
    expect(await decided('PIN 345 I am new')).toBe('case-opened');
    const again = await type('mail', 'replay', held?.id ?? '');
    expect(again).toMatchObject({ code: 0, err: '' });
    expect(again.out).toMatch(/case-opened, stays\n {2}it is on case \d+\nNothing changes\.\n$/);
  });
});
