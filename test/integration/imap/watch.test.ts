import pg from 'pg';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { type Incoming, receiveMail } from '../../../src/flows/intake/receive-mail.ts';
import {
  tryMailbox,
  type Watcher,
  type WatchOptions,
  watchMailbox,
} from '../../../src/flows/mailboxes/watch-mailbox.ts';
import { silentLog } from '../../../src/foundation/log.ts';
import { silentMeter } from '../../../src/foundation/meter.ts';
import { type Database, openDatabase } from '../../../src/store/database.ts';
import { mailboxLedger } from '../../../src/store/mailboxes/mailboxes.ts';
import { mail } from '../../support/app.ts';
import { startDovecot } from '../../support/servers/dovecot.ts';
import { freshDatabase } from '../../support/servers/postgres.ts';

let dovecot: Awaited<ReturnType<typeof startDovecot>>;
let fresh: Awaited<ReturnType<typeof freshDatabase>>;
let database: Database;
let client: pg.Client;
let user = '';
let boxes = 0;
let name = '';
const running: Watcher[] = [];

beforeAll(async () => {
  dovecot = await startDovecot();
  fresh = await freshDatabase();
  database = openDatabase(fresh.url, silentLog);
  client = new pg.Client({ connectionString: fresh.url });
  await client.connect();
});
beforeEach(() => {
  user = dovecot.freshUser();
  boxes += 1;
  name = `box${boxes}`;
});
afterAll(async () => {
  await Promise.all(running.map((watcher) => watcher.stop()));
  await client.end();
  await database.close();
  await fresh.drop();
  await dovecot.stop();
});

const account = () => ({ host: dovecot.host, port: dovecot.port, secure: false, user, password: dovecot.password });
function watch(
  more: Partial<WatchOptions> = {},
  receive = receiveMail({ database, relay: { wake() {} }, meter: silentMeter }),
): Watcher {
  const options = {
    name,
    account: account(),
    folder: 'INBOX',
    processed: null,
    since: null,
    holder: `holder-${running.length}`,
    pollMs: 500,
    ...more,
  };
  const watcher = watchMailbox(options, {
    ledger: mailboxLedger(database),
    receive,
    log: silentLog,
    meter: silentMeter,
  });
  running.push(watcher);
  return watcher;
}
async function until(what: string, check: () => boolean | Promise<boolean>, seconds = 20): Promise<void> {
  const end = Date.now() + seconds * 1000;
  while (!(await check())) {
    if (Date.now() > end) throw new Error(`waited in vain: ${what}`);
    await new Promise((done) => setTimeout(done, 40));
  }
}
const ledger = async () => (await client.query(`select * from mailboxes where name = $1`, [name])).rows[0];
const stored = async () =>
  (await client.query<{ n: number }>(`select count(*)::int as n from arrivals where door_name = $1`, [name])).rows[0]
    ?.n ?? 0;
const flagged = () => dovecot.mails(user).filter((one) => one.flags.includes('\\Seen')).length;
const put = (subject: string, body?: string) =>
  dovecot.deliver(user, mail({ subject, ...(body === undefined ? {} : { body }) }));

describe('a watched mailbox', () => {
  it('is taken up at its end: what was there before is left alone', async () => {
    for (let i = 0; i < 30; i += 1) put(`Old ${i}`);
    const watcher = watch();
    await until('the first sight', () => watcher.state().connected);
    put('New');
    await until('the new one', async () => (await stored()) === 1);
    await until('its flag', () => flagged() === 1);
    expect(dovecot.mails(user)).toHaveLength(31);
    await until('the watermark', async () => (await ledger()).watermark === '31');
    expect(await ledger()).toMatchObject({ seen: '1', stored: '1', watermark: '31' });
    await watcher.stop();
  });

  it('is read back where `since` is named, and counts what is older', async () => {
    put('Today');
    const watcher = watch({ since: new Date(Date.now() - 3_600_000) });
    await until('the mail', async () => (await stored()) === 1);
    await watcher.stop();
  });

  it('is read again when it was made anew, and what we have is not stored twice', async () => {
    const watcher = watch();
    await until('the first sight', () => watcher.state().connected);
    put('First');
    await until('the first', async () => (await stored()) === 1);
    await watcher.stop();
    const [first] = dovecot.mails(user);
    // UIDVALIDITY is the second in which Dovecot made the mailbox.
    await new Promise((done) => setTimeout(done, 1_100));
    dovecot.forget(user);
    dovecot.deliver(user, first?.raw.toString() ?? '');
    put('Second');
    const again = watch();
    await until('both', async () => (await stored()) >= 3);
    expect(
      (await client.query(`select count(distinct mail_id)::int as n from arrivals where door_name = $1`, [name])).rows,
    ).toEqual([{ n: 2 }]);
    expect(await ledger()).toMatchObject({ epoch: 2 });
    await again.stop();
  });

  it('keeps a mail over the limit as its header, and goes on', async () => {
    const watcher = watch({ sizeLimit: 20_000 });
    await until('the first sight', () => watcher.state().connected);
    put('Too large', 'x'.repeat(70).concat('\n').repeat(600));
    put('Behind it');
    await until('both', async () => (await stored()) === 2);
    const { rows } = await client.query(
      `select m.headers_only as only, m.size < 2000 as small from mails m join arrivals a on a.mail_id = m.id where a.door_name = $1 order by a.uid`,
      [name],
    );
    expect(rows).toEqual([
      { only: 'too-large', small: true },
      { only: null, small: true },
    ]);
    await watcher.stop();
  });

  it('sets the flags that a killed watcher did not come to set', async () => {
    const watcher = watch();
    await until('the first sight', () => watcher.state().connected);
    const real = receiveMail({ database, relay: { wake() {} }, meter: silentMeter });
    await watcher.stop();
    const dying = watch({}, async (batch: readonly Incoming[], options) => {
      await real(batch, options);
      throw new Error('killed behind the commit');
    });
    put('Committed, not flagged');
    await until('the commit', async () => (await stored()) === 1);
    await dying.stop();
    expect(flagged()).toBe(0);
    const next = watch();
    await until('the flag', () => flagged() === 1);
    expect(await stored()).toBe(1);
    await next.stop();
  });

  it('files mails away where a folder is named', async () => {
    dovecot.deliver(user, mail({ subject: 'in the folder' }), 'Done');
    const watcher = watch({ processed: 'Done' });
    await until('the first sight', () => watcher.state().connected);
    put('To be filed');
    await until('it is filed', () => dovecot.mails(user, 'Done').length === 2);
    // A server may show it in both folders for a moment.
    await until('it is here no more', () => dovecot.mails(user).length === 0);
    await watcher.stop();
  });

  it('is watched by one of two, and taken over within 15 s', async () => {
    const first = watch();
    await until('the first', () => first.state().connected);
    const second = watch();
    await new Promise((done) => setTimeout(done, 2_500));
    expect(second.state().leased).toBe(false);
    await first.stop();
    await until('the second takes over', () => second.state().connected, 15);
    put('For the second');
    await until('the mail', async () => (await stored()) === 1);
    await second.stop();
  });

  it('stores each mail of a burst once', async () => {
    const watcher = watch();
    await until('the first sight', () => watcher.state().connected);
    for (let i = 0; i < 250; i += 1) put(`Burst ${i}`);
    await until('all', async () => (await stored()) === 250);
    await until('the flags', () => flagged() === 250);
    await until('the watermark', async () => (await ledger()).watermark === '250');
    expect(await ledger()).toMatchObject({ seen: '250', watermark: '250' });
    await watcher.stop();
  });

  it('says that the login was refused, and how to mend it', async () => {
    const watcher = watch({ account: { ...account(), password: 'wrong' }, refusedMs: 60_000 });
    await until('the problem', () => watcher.state().problem !== null);
    expect(watcher.state().problem).toMatch(/refused the login/);
    expect(watcher.state().problem).not.toContain('wrong');
    await watcher.stop();
    await expect(tryMailbox({ ...account(), folder: 'INBOX' })).resolves.toMatch(/lets us in/);
    await expect(tryMailbox({ ...account(), password: 'wrong', folder: 'INBOX' })).rejects.toThrow(
      /^IMAP_URL: signing in to the IMAP server .* refused the login.* Look at user and password/,
    );
  });
});
