/** Two watchers on one mailbox: whoever holds it may die, be stopped or be cut off, and the other goes on (MAIL.md §1). */
import pg from 'pg';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { type Incoming, type ReceiveMail, receiveMail } from '../../../src/flows/intake/receive-mail.ts';
import { type Watcher, watchMailbox } from '../../../src/flows/mailboxes/watch-mailbox.ts';
import { silentLog } from '../../../src/foundation/log.ts';
import { silentMeter } from '../../../src/foundation/meter.ts';
import { type Database, openDatabase } from '../../../src/store/database.ts';
import { holdsLease } from '../../../src/store/mailboxes/mailbox-lease.ts';
import { mailboxLedger } from '../../../src/store/mailboxes/mailboxes.ts';
import { mail } from '../../support/app.ts';
import { startDovecot } from '../../support/servers/dovecot.ts';
import { freshDatabase } from '../../support/servers/postgres.ts';
import { startTcpProxy } from '../../support/servers/tcp-proxy.ts';

let dovecot: Awaited<ReturnType<typeof startDovecot>>;
let fresh: Awaited<ReturnType<typeof freshDatabase>>;
let proxy: Awaited<ReturnType<typeof startTcpProxy>>;
let near: Database;
let far: Database;
let client: pg.Client;
let user = '';
let name = '';
let boxes = 0;
const running: Watcher[] = [];

beforeAll(async () => {
  dovecot = await startDovecot();
  fresh = await freshDatabase();
  const url = new URL(fresh.url);
  proxy = await startTcpProxy({ host: url.hostname, port: Number(url.port) });
  const through = new URL(fresh.url);
  through.hostname = '127.0.0.1';
  through.port = `${proxy.port}`;
  near = openDatabase(fresh.url, silentLog);
  far = openDatabase(through.href, silentLog);
  client = new pg.Client({ connectionString: fresh.url });
  await client.connect();
});
afterAll(async () => {
  await proxy.stop();
  await Promise.all(running.map((watcher) => watcher.stop()));
  await client.end();
  await Promise.all([near.close(), far.close()]);
  await fresh.drop();
  await dovecot.stop();
});

type Account = { host: string; port: number; secure: boolean; user: string; password: string };
function watch(database: Database, receive?: ReceiveMail, given?: Account): Watcher {
  const account = given ?? accountOf(dovecot.password);
  const watcher = watchMailbox(
    {
      name,
      account,
      folder: 'INBOX',
      processed: null,
      since: null,
      holder: `holder-${running.length}`,
      pollMs: 300,
    },
    {
      ledger: mailboxLedger(database),
      receive: receive ?? receiveMail({ database, relay: { wake() {} }, meter: silentMeter }),
      log: silentLog,
      meter: silentMeter,
    },
  );
  running.push(watcher);
  return watcher;
}
const accountOf = (password: string): Account => ({
  host: dovecot.host,
  port: dovecot.port,
  secure: false,
  user,
  password,
});
async function until(what: string, check: () => boolean | Promise<boolean>, seconds = 20): Promise<number> {
  const began = performance.now();
  while (!(await check())) {
    if (performance.now() - began > seconds * 1000) throw new Error(`waited in vain: ${what}`);
    await new Promise((done) => setTimeout(done, 40));
  }
  return (performance.now() - began) / 1000;
}
const count = async (text: string) => (await client.query<{ n: number }>(text, [name])).rows[0]?.n ?? 0;
const stored = () => count(`select count(*)::int as n from arrivals where door_name = $1`);
const missed = () =>
  count(
    `select (seen - stored - too_large - duplicates - gone - passed_over)::int as n from mailboxes where name = $1`,
  );
const newMailbox = () => {
  user = dovecot.freshUser();
  boxes += 1;
  name = `shared${boxes}`;
};
const put = (from: number, to: number) => {
  for (let i = from; i <= to; i += 1) dovecot.deliver(user, mail({ subject: `Mail ${i}` }));
};

describe('a mailbox with two watchers', () => {
  it('is taken over within 15 s when the holder is cut off from the database, in the middle of a transaction too', async () => {
    newMailbox();
    const real = receiveMail({ database: far, relay: { wake() {} }, meter: silentMeter });
    let cut = false;
    const first = watch(far, async (batch: readonly Incoming[], options) => {
      if (!cut) {
        cut = true;
        // The lease is checked and its row is held when the route is lost.
        await far.transaction(async (tx) => {
          await holdsLease(tx, name, options?.lease?.fence ?? 0);
          await proxy.mode('drop');
          await new Promise((done) => setTimeout(done, 4_000));
          throw new Error('cut off');
        });
      }
      return real(batch, options);
    });
    await until('the first', () => first.state().connected);
    const second = watch(near);
    put(1, 20);
    await until('the cut', () => cut);
    const took = await until('the second has it', () => second.state().connected, 15);
    console.info(`a mailbox whose holder was cut off was taken over after ${took.toFixed(1)} s`);
    await until('all mails', async () => (await stored()) === 20);
    await proxy.mode('pass');
    put(21, 40);
    await until('the rest', async () => (await stored()) === 40);
    await until('the first finds out', () => !first.state().leased, 20);
    expect(second.state().leased).toBe(true);
    await until('the count', async () => (await missed()) === 0);
    await Promise.all([first.stop(), second.stop()]);
  });

  it('is not written to by a watcher whose lease has gone to another', async () => {
    newMailbox();
    const real = receiveMail({ database: near, relay: { wake() {} }, meter: silentMeter });
    let told = '';
    const late = watch(near, async (batch, options) => {
      // As if this process had been stopped before its transaction, for longer than a lease lasts.
      await client.query(`update mailboxes set lease_fence = lease_fence + 1, lease_holder = 'other' where name = $1`, [
        name,
      ]);
      try {
        return await real(batch, options);
      } catch (error) {
        told = (error as { code?: string }).code ?? '';
        throw error;
      }
    });
    await until('the lease', () => late.state().connected);
    put(1, 3);
    await until('the refusal', () => told !== '');
    expect(told).toBe('lease-lost');
    expect(await stored()).toBe(0);
    expect(dovecot.mails(user).every((one) => one.flags.length === 0)).toBe(true);
    await late.stop();
  });

  it('has a second watcher at hand that had been refused, once the first one gets in', async () => {
    newMailbox();
    const account = accountOf('wrong');
    const refused = watch(near, undefined, account);
    await until('the refusal', () => refused.state().problem?.includes('refused the login') ?? false);
    const other = watch(near);
    await until('the other has it', () => other.state().connected);
    // Its next try on its own would be in five minutes.
    await until('the refused one stands by', () => refused.state().problem === null, 5);
    account.password = dovecot.password;
    await other.stop();
    const took = await until('it takes over', () => refused.state().connected, 5);
    expect(took).toBeLessThan(5);
    await refused.stop();
  });

  it('keeps nobody waiting who only asks whether it is free', async () => {
    newMailbox();
    const ledger = mailboxLedger(near);
    const lease = await ledger.takeLease(name, 'one');
    expect(await ledger.takeLease(name, 'two')).toBeNull();
    await client.query(`update mailboxes set lease_until = now() - interval '1 second' where name = $1`, [name]);
    await client.query('begin');
    await client.query('select from mailboxes where name = $1 for share', [name]);
    const began = performance.now();
    expect(await ledger.takeLease(name, 'two')).toBeNull();
    expect(performance.now() - began).toBeLessThan(1_000);
    await client.query('rollback');
    expect((await ledger.takeLease(name, 'two'))?.fence).toBe((lease?.fence ?? 0) + 1);
    expect(await ledger.renewLease(lease ?? { mailbox: name, fence: 0 })).toBe(false);
  });
});
