import { createHash } from 'node:crypto';
import pg from 'pg';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { silentLog } from '../../src/foundation/log.ts';
import { openSender } from '../../src/smtp/send.ts';
import { key, mail, registrySql } from '../support/house.ts';
import { freshDatabase } from '../support/postgres.ts';
import { freePort, scratch } from '../support/process.ts';
import { type Kind, workerFleet } from '../support/processes.ts';
import { startSmtpSink } from '../support/smtp-sink.ts';

const mails = Number(process.env.KILL_MAILS ?? 300);
const kills = Number(process.env.KILL_TIMES ?? 20);
const victims: readonly Kind[] = ['inbox', 'intake', 'outbound', 'scheduler', 'intake', 'outbound'];
const pause = (ms: number) => new Promise((done) => setTimeout(done, ms));

let database: Awaited<ReturnType<typeof freshDatabase>>;
let sink: Awaited<ReturnType<typeof startSmtpSink>>;
let fleet: ReturnType<typeof workerFleet>;
let client: pg.Client;
let port = 0;
const ask = async <T extends pg.QueryResultRow>(text: string): Promise<T[]> => (await client.query<T>(text)).rows;

beforeAll(async () => {
  database = await freshDatabase();
  sink = await startSmtpSink();
  port = await freePort();
  client = new pg.Client({ connectionString: database.url });
  await client.connect();
  await client.query(registrySql);
  const env = {
    DATABASE_URL: database.url,
    SMTP_URL: `${sink.url}?ignoreTLS=true`,
    SMTP_LISTEN: `127.0.0.1:${port}`,
    SUPPORT_ADDRESS: 'support@desk.example',
    SECRET_KEY: key,
    LOG_LEVEL: 'error',
  };
  fleet = workerFleet(env, scratch('kills'));
  for (const kind of ['inbox', 'intake', 'intake', 'outbound', 'outbound', 'scheduler'] as const) fleet.start(kind);
});
afterAll(async () => {
  await fleet.stop();
  await client.end();
  await sink.stop();
  await database.drop();
});

/** As an MTA does: what was not answered with 250 is handed in again. */
async function handIn(raw: string): Promise<void> {
  const end = Date.now() + 120_000;
  for (;;) {
    const door = openSender({
      url: `smtp://127.0.0.1:${port}?ignoreTLS=true`,
      log: silentLog,
      timeouts: { connect: 3_000, socket: 10_000, whole: 15_000 },
    });
    const outcome = await door.send({
      envelopeFrom: 'ada@aldous.example',
      to: 'support@desk.example',
      raw: Buffer.from(raw.replaceAll('\n', '\r\n')),
    });
    await door.close();
    if (outcome.kind === 'sent') return;
    if (Date.now() > end) throw new Error(`never taken: ${outcome.kind} ${outcome.response}\n${fleet.said()}`);
    await pause(300);
  }
}

describe(`${mails} mails while workers are killed with -9, ${kills} times`, () => {
  it('loses none, opens no case twice, and every copy of a letter is counted and the same', async () => {
    // A limit of letters has no part in this: every acknowledgement is to go out, or to be summed up.
    let at = 0;
    const sending = Promise.all(
      Array.from({ length: 6 }, async () => {
        while (at < mails) {
          at += 1;
          await handIn(
            mail({
              subject: `PIN 345 Fault number ${at}`,
              body: `Number ${at} does not work.`,
              id: `<kill-${at}@aldous.example>`,
            }),
          );
        }
      }),
    );
    const killing = (async () => {
      for (let i = 0; i < kills; i += 1) {
        await pause(300 + Math.random() * 700);
        await fleet.replace(victims[i % victims.length] ?? 'intake');
      }
    })();
    await Promise.all([sending, killing]);

    // I5: 120 s after the last fault nothing is unfinished and unclaimed.
    const end = Date.now() + 200_000;
    const open = async () =>
      Number(
        (
          await ask<{ n: string }>(
            `select (select count(*) from mails where state = 'new') + (select count(*) from letters where state in ('queued', 'unknown')) as n`,
          )
        )[0]?.n,
      );
    while ((await open()) > 0 && Date.now() < end) await pause(250);
    expect(await open(), fleet.said()).toBe(0);

    // I1: every mail is stored with an outcome.
    expect(
      await ask(`select count(*)::int as n from mails where message_id like '<kill-%' and outcome = 'case-opened'`),
    ).toEqual([{ n: mails }]);
    expect(await ask(`select state, count(*)::int as n from mails group by state`)).toEqual([
      { state: 'decided', n: mails },
    ]);
    // I2: one case a mail.
    expect(await ask(`select count(*)::int as n, count(distinct opened_by_mail)::int as m from cases`)).toEqual([
      { n: mails, m: mails },
    ]);
    // I4: copies at the receiver are counted, and all the same.
    const copies = new Map<string, string[]>();
    for (const letter of sink.letters) {
      const id = /^Message-ID: (<.*>)\r$/im.exec(Buffer.from(letter.raw).toString('latin1'))?.[1] ?? '';
      copies.set(id, [...(copies.get(id) ?? []), createHash('sha256').update(letter.raw).digest('hex')]);
    }
    const letters = await ask<{ id: string; state: string; unknown: number }>(
      `select message_id as id, state, unknown_times as unknown from letters where state <> 'suppressed'`,
    );
    for (const letter of letters) {
      const got = copies.get(letter.id) ?? [];
      expect(letter.state).toBe('sent');
      expect(got.length, letter.id).toBeGreaterThanOrEqual(1);
      expect(got.length, letter.id).toBeLessThanOrEqual(1 + letter.unknown);
      expect(new Set(got).size).toBe(1);
    }
    expect(copies.size).toBe(letters.length);
    // I8: every change of state has its line in the audit.
    expect(
      await ask(
        `select m.id from mails m where not exists (select from audit a where a.subject_kind = 'mail' and a.subject_id = m.id::text and a.action = 'mail-decided')`,
      ),
    ).toEqual([]);
    expect(
      await ask(
        `select c.number from cases c where (select count(*) from audit a where a.subject_kind = 'case' and a.subject_id = c.number and a.action = 'case-opened') <> 1`,
      ),
    ).toEqual([]);
  }, 400_000);

  it('ends on SIGTERM by itself, all of them', async () => {
    expect(new Set(await fleet.stop())).toEqual(new Set([0]));
    expect(fleet.alive.size).toBe(0);
  }, 60_000);
});
