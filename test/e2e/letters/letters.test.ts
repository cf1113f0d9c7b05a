import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { runSummaries } from '../../../src/flows/letters/run-summaries.ts';
import { sweep } from '../../../src/flows/upkeep/sweep.ts';
import { brokenRules } from '../../../src/outbound/letter-checker.ts';
import { mail, registrySql, startApp } from '../../support/app.ts';

let postern: Awaited<ReturnType<typeof startApp>>;
beforeAll(async () => {
  postern = await startApp();
  await postern.query(registrySql);
});
afterAll(async () => {
  await postern.stop();
});

const lettersTo = (to: string) => postern.sink.letters.filter((letter) => letter.rcptTo.includes(to));
const decided = async (n: number) =>
  postern.until(
    `${n} decided`,
    async () =>
      Number((await postern.query<{ n: string }>(`select count(*) as n from mails where state = 'decided'`))[0]?.n) ===
      n,
    60,
  );
const quiet = async () =>
  postern.until(
    'no letter left',
    async () => (await postern.query(`select from letters where state in ('queued', 'unknown')`)).length === 0,
    60,
  );
const body = (letter: { raw: Uint8Array } | undefined) => Buffer.from(letter?.raw ?? []).toString('utf8');

describe('letters, how many', () => {
  it('acknowledges 60 cases of one contact an hour and sums up the rest in one letter', async () => {
    for (let i = 1; i <= 64; i += 1) await postern.handIn(mail({ subject: `PIN 345 Fault ${i}`, body: `Fault ${i}.` }));
    await decided(64);
    await quiet();
    const counted = await postern.query<{ state: string; n: number }>(
      `select state, count(*)::int as n from letters where template = 'acknowledgement' group by state order by state`,
    );
    expect(counted).toEqual([
      { state: 'sent', n: 60 },
      { state: 'suppressed', n: 4 },
    ]);
    const { app } = postern;
    await runSummaries({
      database: app.database,
      relay: app.relay,
      letterBuilder: app.letterBuilder,
      policy: app.settings.policy,
    });
    await runSummaries({
      database: app.database,
      relay: app.relay,
      letterBuilder: app.letterBuilder,
      policy: app.settings.policy,
    });
    await quiet();
    const left = await postern.query<{ number: string }>(
      `select c.number from letters l join cases c on c.id = l.case_id where l.template = 'acknowledgement' and l.state = 'suppressed'`,
    );
    const summaries = await postern.query(`select from letters where template = 'opened-summary'`);
    expect(summaries).toHaveLength(1);
    const letter = postern.sink.letters.at(-1);
    for (const { number } of left) expect(body(letter)).toContain(number);
  }, 120_000);

  it('gives addresses not on record one receipt a day, twenty an hour in all, and nothing of their mail', async () => {
    const before = Number((await postern.query<{ n: string }>(`select count(*) as n from mails`))[0]?.n);
    for (let i = 1; i <= 24; i += 1) {
      await postern.handIn(
        mail({
          subject: `An offer SECRETWORD ${i}`,
          from: `Seller <seller${i}@shop.example>`,
          body: 'SECRETWORD buy now',
        }),
        `seller${i}@shop.example`,
      );
      await decided(before + i);
    }
    await postern.handIn(
      mail({ subject: 'Another offer', from: 'Seller <seller1@shop.example>' }),
      'seller1@shop.example',
    );
    await decided(before + 25);
    await quiet();
    const receipts = postern.sink.letters.filter((letter) => letter.rcptTo.some((to) => to.endsWith('@shop.example')));
    expect(receipts).toHaveLength(20);
    expect(lettersTo('seller1@shop.example').length).toBeLessThanOrEqual(1);
    for (const receipt of receipts) {
      expect(body(receipt)).not.toContain('SECRETWORD');
      expect(brokenRules(receipt.raw, { to: receipt.rcptTo[0] ?? '', from: 'support@desk.example' })).toEqual([]);
    }
  }, 120_000);
});

describe('a mail server that does not take a letter', () => {
  const next = async () =>
    (
      await postern.query<{ id: string; state: string; attempts: number; unknown_times: number; raw: Buffer }>(
        `select id, state, attempts, unknown_times, raw from letters where template = 'pin-needed' order by id desc limit 1`,
      )
    )[0];
  const ask = async (subject: string) => {
    const before = Number((await postern.query<{ n: string }>(`select count(*) as n from mails`))[0]?.n);
    await postern.handIn(mail({ subject, from: 'Max Ernst <max@aldous.example>' }), 'max@aldous.example');
    await decided(before + 1);
  };

  it('gives a letter up that is refused for good', async () => {
    postern.sink.fail('RCPT', '550 5.1.1 no such user', { times: 1 });
    await ask('Refused for good');
    await postern.until('the mark', async () => (await next())?.state === 'failed');
    postern.sink.heal();
  });

  it('tries the same bytes again where the connection was cut behind DATA, and counts it', async () => {
    postern.sink.fail('BODY', 'hang-up', { times: 1 });
    await ask('Cut behind DATA');
    await postern.until('the mark', async () => (await next())?.state === 'unknown');
    expect(await next()).toMatchObject({ unknown_times: 1 });
    postern.sink.heal();
    await postern.query(`update letters set due_at = now() where state = 'unknown'`);
    const { app } = postern;
    await sweep({
      database: app.database,
      relay: app.relay,
      queues: app.queues,
      log: app.log,
      meter: app.meter,
    });
    await postern.until('it went out', async () => (await next())?.state === 'sent');
    const copies = lettersTo('max@aldous.example').filter((letter) => body(letter).includes('Cut behind DATA'));
    expect(copies).toHaveLength(2);
    expect(Buffer.compare(copies[0]?.raw as Uint8Array, copies[1]?.raw as Uint8Array)).toBe(0);
  });

  it('waits as a whole where the session is refused, and goes on when it is served again', async () => {
    postern.sink.fail('MAIL', '421 4.3.2 shutting down');
    await ask('The channel waits');
    await postern.until(
      'the channel rests',
      async () => (await postern.query(`select from channels where paused_until > now()`)).length === 1,
    );
    expect(await next()).toMatchObject({ state: 'queued' });
    postern.sink.heal();
    await postern.query(`update channels set paused_until = now() - interval '1 second'`);
    await postern.query(`update letters set due_at = now() where state = 'queued'`);
    const { app } = postern;
    await sweep({
      database: app.database,
      relay: app.relay,
      queues: app.queues,
      log: app.log,
      meter: app.meter,
    });
    await postern.until('it went out', async () => (await next())?.state === 'sent');
  });
});

describe('the database goes away', () => {
  it('leaves mail with its sender, and work goes on within 5 s when it is back', async () => {
    const name = new URL(postern.settings.databaseUrl ?? '').pathname.slice(1);
    await postern.query(`update letters set state = 'sent' where state in ('queued', 'unknown')`);
    await postern.query(
      `select pg_terminate_backend(pid) from pg_stat_activity where datname = $1 and pid <> pg_backend_pid()`,
      [name],
    );
    const started = Date.now();
    await postern.until(
      'a mail is taken again',
      async () =>
        postern
          .handIn(
            mail({ subject: 'PIN 345 After the cut', from: 'Max Ernst <max@aldous.example>' }),
            'max@aldous.example',
          )
          .then(
            () => true,
            () => false,
          ),
      10,
    );
    await postern.until(
      'it is a case',
      async () => (await postern.query(`select from cases where title = 'After the cut'`)).length === 1,
      10,
    );
    expect(Date.now() - started).toBeLessThan(10_000);
  });
});
