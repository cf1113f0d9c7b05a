/** One letter from its row to the listener and back to its row: what the other side may do, and what is written down of it. */
import { sql } from 'kysely';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { readSettings } from '../../../src/config/settings.ts';
import { letterSender, type OutboundDeps } from '../../../src/flows/letters/send-letter.ts';
import { silentLog } from '../../../src/foundation/log.ts';
import { silentMeter } from '../../../src/foundation/meter.ts';
import { createLetterBuilder } from '../../../src/runtime/letter-builder.ts';
import { loadTemplates } from '../../../src/runtime/templates.ts';
import { openSender, type Sender } from '../../../src/smtp/send.ts';
import { type Database, openDatabase } from '../../../src/store/database.ts';
import { sweepLetters } from '../../../src/store/letters/delivery-attempts.ts';
import { insertLetters, reserveLetterIds } from '../../../src/store/letters/letters.ts';
import { scratch } from '../../support/process.ts';
import { freshDatabase } from '../../support/servers/postgres.ts';
import { type SmtpSink, startSmtpSink } from '../../support/servers/smtp-sink.ts';

const templates = await loadTemplates();
const key = 'k'.repeat(32);
const settings = readSettings('work', {
  folder: scratch('send-letter'),
  env: { SUPPORT_ADDRESS: 'support@desk.example', SECRET_KEY: key },
});
const policy = { ...settings.policy, desk: { ...settings.policy.desk, staff: ['kim@desk.example'] } };

let fresh: Awaited<ReturnType<typeof freshDatabase>>;
let database: Database;
let sink: SmtpSink;
let sender: Sender;
let wakes = 0;
beforeEach(async () => {
  wakes = 0;
  fresh = await freshDatabase();
  database = openDatabase(fresh.url, silentLog, 4);
  sink = await startSmtpSink();
  sender = openSender({ url: sink.url, log: silentLog, timeouts: { connect: 500, socket: 500, whole: 1_000 } });
});
afterEach(async () => {
  await sender.close();
  await database.close();
  await sink.stop();
  await fresh.drop();
});

const worker = (n: number, more: Partial<OutboundDeps> = {}) =>
  letterSender({
    database,
    relay: {
      wake() {
        wakes += 1;
      },
    },
    sender,
    letterBuilder: createLetterBuilder({
      templates: () => templates,
      support: 'support@desk.example',
      bounces: null,
      languages: ['en'],
      key,
      dkim: null,
    }),
    policy,
    log: silentLog,
    meter: silentMeter,
    vault: { open: (sealed) => Buffer.from(sealed) },
    worker: `00000000-0000-4000-8000-00000000000${n}`,
    ...more,
  });
type Job = { letter: string; fence: string };
async function write(count: number, template = 'acknowledgement'): Promise<Job[]> {
  const ids = await database.ask((db) => reserveLetterIds(db, count));
  const letters = ids.map((id) => ({
    id,
    key: `test:${id}`,
    template,
    priority: 0,
    language: 'en',
    to: `p${id}@aldous.example`,
    stranger: false,
    rateKey: 'x',
    followsOwn: false,
    matter: `case:${id}`,
    subject: 'x',
    messageId: `<pst.${id}@desk.example>`,
    envelopeFrom: '',
    raw: Buffer.from(`Subject: letter ${id}\r\n\r\nx\r\n`),
    text: 'x',
    caseId: null,
    causedBy: null,
    asks: null,
    state: 'queued' as const,
    stateReason: null,
    giveUpHours: 48,
  }));
  await database.transaction((tx) => insertLetters(tx, letters, 'test'));
  return ids.map((letter) => ({ letter, fence: '1' }));
}
const ask = async <T>(text: string): Promise<T[]> => (await database.ask((db) => sql.raw<T>(text).execute(db))).rows;
const rows = () =>
  ask<{ id: string; state: string; attempts: number; unknown_times: number; claimed: boolean }>(
    "select id, state, attempts, unknown_times, claimed_at is not null as claimed from letters where template <> 'staff-notice' order by id",
  );
/** What is put off or left comes back, as it does when its time has come. */
async function comeBack(): Promise<Job[]> {
  await ask("update letters set due_at = now() - interval '1 second' where state in ('queued', 'unknown')");
  await ask('update channels set paused_until = now()');
  await ask('delete from outbox');
  await sweepLetters(database);
  return ask<Job>("select row_id::text as letter, fence::text from outbox where queue = 'outbound' order by id");
}

describe('many letters at once', () => {
  it('go out once each, are marked once each, and one that is refused takes no other with it', async () => {
    const jobs = await write(40);
    sink.fail('RCPT', '550 5.1.1 nobody', { recipient: `p${jobs[7]?.letter}@aldous.example` });
    const send = worker(1);
    const sent = await Promise.all(jobs.map(send));
    expect(sent.filter((one) => one.kind === 'tried' && one.step.state === 'sent')).toHaveLength(39);
    expect((await rows()).map(({ state }) => state).filter((state) => state === 'failed')).toHaveLength(1);
    expect(sink.letters).toHaveLength(39);
    expect(new Set(sink.letters.map(({ raw }) => raw.toString())).size).toBe(39);
    const told = await ask<{ action: string; n: number }>(
      "select action, count(*)::int as n from audit where actor = 'outbound' group by action order by action",
    );
    expect(told).toEqual([
      { action: 'letter-failed', n: 1 },
      { action: 'letter-sent', n: 39 },
    ]);
  });

  it('asked for by two workers, with every job twice, go out once each', async () => {
    const jobs = await write(20);
    const [a, b] = [worker(1), worker(2)];
    await Promise.all([...jobs, ...jobs].flatMap((job) => [a(job), b(job)]));
    expect(sink.letters).toHaveLength(20);
    expect((await rows()).every(({ state, attempts }) => state === 'sent' && attempts === 1)).toBe(true);
  });
});

describe('a letter that is given up', () => {
  it('is told of to the staff, in the same transaction, and the relay is woken', async () => {
    const [job] = (await write(1)) as [Job];
    sink.fail('RCPT', '550 5.1.1 nobody of that name');
    await worker(1)(job);
    const notices = await ask<{ to_address: string; state: string; priority: number }>(
      "select to_address, state, priority from letters where template = 'staff-notice'",
    );
    expect(notices).toEqual([{ to_address: 'kim@desk.example', state: 'queued', priority: 1 }]);
    expect(wakes).toBe(1);
  });

  it.each(['staff-notice', 'test-letter'])('is told of to nobody where it is a %s', async (template) => {
    const [job] = (await write(1, template)) as [Job];
    sink.fail('RCPT', '550 5.1.1 nobody of that name');
    await worker(1)(job);
    expect(await ask('select from letters')).toHaveLength(1);
  });
});

describe('§3.r2, §9 a recipient who is refused for good', () => {
  const marks = () =>
    ask<{ doubtful: boolean; unreachable: boolean }>(
      'select doubtful_since is not null as doubtful, unreachable_since is not null as unreachable from contacts',
    );
  /** On record at the address that the next letter goes to. */
  async function onRecord(job: Job): Promise<void> {
    await ask(`
      with site as (
        insert into sites (number, name, country, timezone, language)
        values ('1000345', 'Aldous', 'GB', 'Europe/London', 'en')
        on conflict (number) do update set name = excluded.name
        returning id
      ), person as (
        insert into contacts (site_id, name, role, position)
        select id, 'Ada Byron', 'primary', 0 from site where not exists (select from contacts)
        returning id, site_id
      )
      insert into contact_addresses (site_id, contact_id, address, main)
      select site_id, id, 'p${job.letter}@aldous.example', true from person`);
  }

  it('is hard to reach from then on, and not reached the second time within a week', async () => {
    const jobs = await write(2);
    const [first, second] = jobs as [Job, Job];
    await onRecord(first);
    sink.fail('RCPT', '550 5.1.1 nobody of that name');
    await worker(1)(first);
    expect(await marks()).toEqual([{ doubtful: true, unreachable: false }]);
    await ask(`update contact_addresses set address = 'p${second.letter}@aldous.example'`);
    await worker(1)(second);
    expect(await marks()).toEqual([{ doubtful: true, unreachable: true }]);
    expect(await ask("select actor, action from audit where action like 'contact-%' order by id")).toEqual([
      { actor: 'outbound', action: 'contact-doubtful' },
      { actor: 'outbound', action: 'contact-unreachable' },
    ]);
  });

  it('at an address that is a subscription’s alone is sent no more of what goes to many', async () => {
    const [ack, announcement] = [...(await write(1)), ...(await write(1, 'announcement'))] as [Job, Job];
    await onRecord({ ...ack, letter: '0' });
    await ask(`
      insert into subscriptions (contact_id, kind, wanted, address)
      select c.id, kind, true, 'p' || letter || '@aldous.example'
      from contacts c, (values ('releases', ${announcement.letter}), ('media', ${ack.letter})) x(kind, letter)`);
    sink.fail('RCPT', '550 5.1.1 nobody of that name');
    await worker(1)(ack);
    await worker(1)(announcement);
    expect(await ask('select kind from subscriptions where unreachable_since is not null')).toEqual([
      { kind: 'releases' },
    ]);
    expect(await marks()).toEqual([{ doubtful: false, unreachable: false }]);
    expect(await ask("select actor, subject_id from audit where action = 'subscription-unreachable'")).toEqual([
      { actor: 'outbound', subject_id: announcement.letter },
    ]);
  });

  it.each(['550 5.7.1 refused by policy: sender denied', '552 5.2.2 mailbox full'] as const)(
    'is not marked where the server says %s',
    async (says) => {
      const [job] = (await write(1)) as [Job];
      await onRecord(job);
      sink.fail('RCPT', says);
      await worker(1)(job);
      expect((await rows()).map(({ state }) => state)).toEqual(['failed']);
      expect(await marks()).toEqual([{ doubtful: false, unreachable: false }]);
    },
  );
});

describe('a letter of which nobody knows', () => {
  it.each(['hang-up', 'silence'] as const)(
    '(%s behind its end) is counted and goes again as the same bytes',
    async (fault) => {
      const [job] = (await write(1)) as [Job];
      sink.fail('BODY', fault, { times: 1 });
      const first = await worker(1)(job);
      expect(first).toMatchObject({ kind: 'tried', step: { state: 'unknown', waitSeconds: 300 } });
      expect(await rows()).toEqual([expect.objectContaining({ state: 'unknown', unknown_times: 1, claimed: false })]);
      const [again] = await comeBack();
      expect(await worker(2)(again as Job)).toMatchObject({ kind: 'tried', step: { state: 'sent' } });
      expect(await rows()).toEqual([expect.objectContaining({ state: 'sent', unknown_times: 1 })]);
      expect(sink.letters).toHaveLength(2);
      expect(sink.letters[0]?.raw.equals(sink.letters[1]?.raw ?? Buffer.alloc(0))).toBe(true);
    },
  );

  it('(its worker died between 250 and mark, with others in the same batch) is counted: copies ≤ 1 + unknown', async () => {
    const jobs = await write(10);
    let handed = 0;
    const dies: OutboundDeps['sender'] = {
      async send(letter) {
        const outcome = await sender.send(letter);
        handed += 1;
        // Half of them were marked when the process died.
        return handed > 5 ? new Promise(() => {}) : outcome;
      },
    };
    const dying = worker(1, { sender: dies });
    for (const job of jobs) void dying(job);
    for (let waited = 0; sink.letters.length < 10 && waited < 5_000; waited += 20)
      await new Promise((r) => setTimeout(r, 20));
    for (
      let waited = 0;
      (await rows()).filter(({ state }) => state === 'sent').length < 5 && waited < 5_000;
      waited += 50
    )
      await new Promise((r) => setTimeout(r, 50));
    const again = await comeBack();
    expect(again).toHaveLength(5);
    await Promise.all(again.map(worker(2)));
    for (const { id, state, unknown_times: unknown } of await rows()) {
      const copies = sink.letters.filter((letter) => letter.rcptTo[0] === `p${id}@aldous.example`);
      expect(state).toBe('sent');
      expect(copies.length).toBeLessThanOrEqual(1 + unknown);
      expect(new Set(copies.map((copy) => copy.raw.toString())).size).toBe(1);
    }
    expect(sink.letters).toHaveLength(15);
  });
});

describe('a server that does not serve us', () => {
  it.each([
    ['MAIL', '421 4.3.2 shutting down'],
    ['CONNECT', '554 5.7.1 not you'],
    ['EHLO', 'hang-up'],
  ] as const)(
    'at %s with %s: the way out rests as a whole, no try is counted, and all goes on afterwards',
    async (verb, fault) => {
      const jobs = await write(6);
      sink.fail(verb, fault);
      const send = worker(1);
      await send(jobs[0] as Job);
      const rest = await Promise.all(jobs.slice(1).map(send));
      expect(rest).toEqual(Array(5).fill(expect.objectContaining({ kind: 'held', why: 'resting' })));
      expect(
        (await rows()).every(({ state, attempts, claimed }) => state === 'queued' && attempts === 0 && !claimed),
      ).toBe(true);
      sink.heal();
      await Promise.all((await comeBack()).map(worker(2)));
      expect((await rows()).every(({ state, attempts }) => state === 'sent' && attempts === 1)).toBe(true);
      expect(sink.letters).toHaveLength(6);
    },
  );

  it('for now, at a recipient: that letter waits by itself, and its try is counted', async () => {
    const jobs = await write(2);
    sink.fail('RCPT', '451 4.7.1 greylisted', { times: 1 });
    const send = worker(1);
    expect(await send(jobs[0] as Job)).toMatchObject({
      kind: 'tried',
      step: { state: 'again', waitSeconds: 60, counts: true },
    });
    expect(await send(jobs[1] as Job)).toMatchObject({ kind: 'tried', step: { state: 'sent' } });
    expect((await rows())[0]).toMatchObject({ state: 'queued', attempts: 1, claimed: false });
  });
});

it('what the database did not take down is left claimed, and comes back as unknown', async () => {
  const [job] = (await write(1)) as [Job];
  const away = openDatabase(fresh.url, silentLog, 1);
  const cut: OutboundDeps['sender'] = {
    async send(letter) {
      const outcome = await sender.send(letter);
      await away.close();
      return outcome;
    },
  };
  await expect(worker(1, { database: away, sender: cut })(job)).rejects.toThrow();
  expect(await rows()).toEqual([expect.objectContaining({ state: 'queued', claimed: true, unknown_times: 0 })]);
  await Promise.all((await comeBack()).map(worker(2)));
  expect(await rows()).toEqual([expect.objectContaining({ state: 'sent', unknown_times: 1 })]);
  expect(sink.letters).toHaveLength(2);
});
