/** Two of each worker, as processes: the one that holds something is killed or stopped, and what it holds goes to the other. */
import pg from 'pg';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { silentLog } from '../../src/foundation/log.ts';
import { openSender } from '../../src/smtp/send.ts';
import { key, mail, registrySql } from '../support/app.ts';
import { freePort, scratch } from '../support/process.ts';
import { workerFleet } from '../support/processes/processes.ts';
import { startDovecot } from '../support/servers/dovecot.ts';
import { freshDatabase } from '../support/servers/postgres.ts';
import { startSmtpSink } from '../support/servers/smtp-sink.ts';
import { atRest } from './support/kills.ts';
import { isStopped } from './support/takeovers.ts';

let database: Awaited<ReturnType<typeof freshDatabase>>;
let sink: Awaited<ReturnType<typeof startSmtpSink>>;
let dovecot: Awaited<ReturnType<typeof startDovecot>>;
let fleet: ReturnType<typeof workerFleet>;
let client: pg.Client;
let user = '';
let port = 0;
const ask = async <T extends pg.QueryResultRow>(text: string): Promise<T[]> => (await client.query<T>(text)).rows;
const number = async (text: string): Promise<number> => Number((await ask<{ n: string }>(text))[0]?.n);

async function until(what: string, check: () => boolean | Promise<boolean>, seconds = 40): Promise<number> {
  const began = performance.now();
  while (!(await check())) {
    if (performance.now() - began > seconds * 1000) throw new Error(`waited in vain: ${what}\n${fleet.said()}`);
    await new Promise((done) => setTimeout(done, 50));
  }
  return (performance.now() - began) / 1000;
}
async function handIn(raw: string): Promise<void> {
  const door = openSender({ url: `smtp://127.0.0.1:${port}?ignoreTLS=true`, log: silentLog });
  await until('the mail is taken', async () => {
    const outcome = await door.send({
      envelopeFrom: 'ada@aldous.example',
      to: 'support@desk.example',
      raw: Buffer.from(raw.replaceAll('\n', '\r\n')),
    });
    return outcome.kind === 'sent';
  });
  await door.close();
}
beforeAll(async () => {
  database = await freshDatabase();
  sink = await startSmtpSink();
  dovecot = await startDovecot();
  user = dovecot.freshUser();
  port = await freePort();
  client = new pg.Client({ connectionString: database.url });
  await client.connect();
  await client.query(registrySql);
  const env = {
    DATABASE_URL: database.url,
    SMTP_URL: `${sink.url}?ignoreTLS=true`,
    SUPPORT_ADDRESS: 'support@desk.example',
    SECRET_KEY: key,
    LOG_LEVEL: 'info',
    IMAP_URL: dovecot.url(user),
  };
  fleet = workerFleet(env, scratch('instances'));
  fleet.start('scheduler');
});
afterAll(async () => {
  await fleet.stop();
  await client.end();
  await Promise.all([sink.stop(), dovecot.stop()]);
  await database.drop();
});

const holder = async () =>
  (
    await ask<{ holder: string | null; live: boolean }>(
      'select lease_holder as holder, coalesce(lease_until > now(), false) as live from mailboxes',
    )
  )[0];
const fromMailbox = () => number('select count(*) as n from arrivals where uid is not null');

describe('two instances', () => {
  it('I1, I6: watch one mailbox: when the holder is killed or stopped the other has it within 15 s, and the stopped one comes back without a trace', async () => {
    const first = fleet.start('inbox', { SMTP_LISTEN: `127.0.0.1:${port}` });
    await until(
      'the first sight',
      async () => (await number('select count(*) as n from mailboxes where watermark is not null')) === 1,
    );
    const second = fleet.start('inbox');
    for (let i = 1; i <= 20; i += 1) dovecot.deliver(user, mail({ subject: `PIN 345 One ${i}` }));
    await until('the first twenty', async () => (await fromMailbox()) === 20);
    const was = (await holder())?.holder;
    // The other one has to be there before it can take anything over.
    await until('the second is there', () => fleet.said().split('"ready"').length > 3);

    first.kill('SIGSTOP');
    const stopped = await until('the other takes over', async () => {
      const now = await holder();
      return now?.live === true && now.holder !== was;
    });
    for (let i = 1; i <= 20; i += 1) dovecot.deliver(user, mail({ subject: `PIN 345 Two ${i}` }));
    await until('the next twenty', async () => (await fromMailbox()) === 40);
    first.kill('SIGCONT');
    await new Promise((done) => setTimeout(done, 4_000));
    const then = (await holder())?.holder;
    expect(then).not.toBe(was);

    second.kill('SIGKILL');
    const killed = await until('the first has it again', async () => {
      const now = await holder();
      return now?.live === true && now.holder === was;
    });
    for (let i = 1; i <= 20; i += 1) dovecot.deliver(user, mail({ subject: `PIN 345 Three ${i}` }));
    await until('the last twenty', async () => (await fromMailbox()) === 60);
    await until('the flags', () => dovecot.mails(user).every((one) => one.flags.includes('\\Seen')));
    expect(await number('select count(*) as n from mails')).toBe(60);
    expect(await number(`select count(*) as n from audit where action = 'mail-stored'`)).toBe(60);
    await until('the ledger', async () => (await number('select seen - stored as n from mailboxes')) === 0);
    console.info(
      `mailbox taken over ${stopped.toFixed(1)} s after SIGSTOP and ${killed.toFixed(1)} s after SIGKILL of its holder`,
    );
    expect(Math.max(stopped, killed)).toBeLessThan(atRest(15));
  });

  it('I2, I4, I8: decide a mail once and count every copy of a letter when an intake and an outbound worker are stopped for more than 45 s: their claims expire, and come back they write nothing', async () => {
    const lateIntake = fleet.start('intake', { POSTERN_CRASH: 'stop decided@1' });
    await until('the intake worker is stopped with mails in hand', () => isStopped(lateIntake));
    const intakeStopped = performance.now();
    const held = await ask<{ id: string; by: string }>(
      `select id, claimed_by as by from mails where state = 'new' and claimed_at is not null`,
    );
    expect(held.length).toBeGreaterThan(0);
    for (let i = 1; i <= 20; i += 1) dovecot.deliver(user, mail({ subject: `PIN 345 Four ${i}` }));
    fleet.start('intake');
    await until('letters of other mails', async () => (await number('select count(*) as n from letters')) >= 20);
    const lateOutbound = fleet.start('outbound', { POSTERN_CRASH: 'stop before the mark@1' });
    await until('the outbound worker is stopped with letters in hand', () => isStopped(lateOutbound));
    const outboundStopped = performance.now();
    const inHand = await ask<{ id: string; by: string }>(
      `select id, claimed_by as by from letters where state in ('queued', 'unknown') and claimed_at is not null`,
    );
    expect(inHand.length).toBeGreaterThan(0);
    fleet.start('outbound');

    const pastSince = (since: number) => (performance.now() - since) / 1000;
    const takenOver = (table: string, rows: readonly { id: string; by: string }[], seconds = 90) =>
      until(
        `the ${table} are taken over`,
        async () =>
          (await number(
            `select count(*) as n from ${table} where id = any('{${rows.map((one) => one.id)}}') and (claimed_by = '${rows[0]?.by}' or state in ('new', 'queued', 'unknown'))`,
          )) === 0,
        seconds,
      );
    await takenOver('mails', held);
    const mailsAfter = pastSince(intakeStopped);
    await takenOver('letters', inHand);
    const lettersAfter = pastSince(outboundStopped);
    console.info(
      `stopped with ${held.length} mails and ${inHand.length} letters in hand: done by others after ${mailsAfter.toFixed(1)} s and ${lettersAfter.toFixed(1)} s`,
    );
    expect(Math.max(mailsAfter, lettersAfter)).toBeLessThan(atRest(90));
    await until(
      'all is done',
      async () =>
        (await number(
          `select (select count(*) from mails where state <> 'decided') + (select count(*) from letters where state in ('queued', 'unknown')) as n`,
        )) === 0,
      90,
    );
    await until('45 s are over', () => Math.min(pastSince(intakeStopped), pastSince(outboundStopped)) > 46, 60);

    const written = () =>
      ask(
        `select (select count(*) from cases) as cases, (select count(*) from letters) as letters, (select max(id) from decisions) as decisions,
          (select string_agg(state || unknown_times, ',' order by id) from letters) as sent`,
      );
    const before = await written();
    const lastRow = await number('select max(id) as n from audit');
    for (const late of [lateIntake, lateOutbound]) {
      let said = '';
      late.stderr?.on('data', (chunk) => (said += String(chunk)));
      late.kill('SIGCONT');
      await until('it finds out', () => said.includes('the claim went to another worker'));
    }
    await new Promise((done) => setTimeout(done, 3_000));
    expect(isStopped(lateIntake) || isStopped(lateOutbound)).toBe(false);
    expect(await written()).toEqual(before);
    expect(
      await ask(`select actor, action, subject_kind, subject_id, detail from audit where id > ${lastRow} order by id`),
    ).toEqual([]);

    const mails = await number('select count(*) as n from mails');
    expect(mails).toBe(80);
    expect(await number('select count(*) as n from cases')).toBe(mails);
    expect(await number('select count(distinct opened_by_mail) as n from cases')).toBe(mails);
    expect(
      await ask(
        `select l.id from letters l left join audit a on a.subject_kind = 'letter' and a.subject_id = l.id::text and a.action = 'letter-sent' where l.state <> 'suppressed' group by l.id having count(a.id) <> 1`,
      ),
    ).toEqual([]);
    const copies = new Map<string, Set<string>>();
    const times = new Map<string, number>();
    for (const { raw } of sink.letters) {
      const id = /^Message-ID: (<.*>)\r$/im.exec(raw.toString('latin1'))?.[1] ?? '';
      copies.set(id, (copies.get(id) ?? new Set()).add(raw.toString('latin1')));
      times.set(id, (times.get(id) ?? 0) + 1);
    }
    const letters = await ask<{ id: string; unknown: number }>(
      `select message_id as id, unknown_times as unknown from letters where state = 'sent'`,
    );
    expect(letters).toHaveLength(copies.size);
    for (const { id, unknown } of letters) {
      expect(times.get(id)).toBeGreaterThan(0);
      expect(times.get(id)).toBeLessThanOrEqual(1 + unknown);
      expect(copies.get(id)?.size).toBe(1);
    }
    // Nobody else's letters were sent more than once.
    expect(letters.filter(({ unknown }) => unknown > 0).length).toBeLessThanOrEqual(inHand.length);
  });

  it('I2: keep two replies to one case on it, in the order of their arrival', async () => {
    const [one] = await ask<{ number: string; letter: string }>(
      `select c.number, l.message_id as letter from cases c join letters l on l.case_id = c.id where l.template = 'acknowledgement' order by c.id limit 1`,
    );
    const reply = (n: number) =>
      mail({
        subject: `Re: [Case ${one?.number}]`,
        headers: `In-Reply-To: ${one?.letter}`,
        body: `Reply ${n} with more to say.`,
      });
    await handIn(reply(1));
    await Promise.all([2, 3, 4].map((n) => handIn(reply(n))));
    await until(
      'all are decided',
      async () => (await number(`select count(*) as n from mails where outcome = 'case-updated'`)) === 4,
      60,
    );
    const said = await ask<{ case: string; at: Date; arrived: Date }>(
      `select c.number as case, m.arrived_at as arrived from case_messages s join cases c on c.id = s.case_id join mails m on m.id = s.mail_id
       where m.outcome = 'case-updated' order by s.at, s.id`,
    );
    expect(new Set(said.map((each) => each.case))).toEqual(new Set([one?.number]));
    expect(said.map((each) => each.arrived.getTime())).toEqual(
      said.map((each) => each.arrived.getTime()).sort((a, b) => a - b),
    );
  });
});
