import { generateKeyPairSync } from 'node:crypto';
import { type AddressInfo, createServer, connect as netConnect, type Socket } from 'node:net';
import pg from 'pg';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { receiveMail } from '../../../src/flows/intake/receive-mail.ts';
import {
  type ConnectDeps,
  type ConnectingMailbox,
  connectMailbox,
} from '../../../src/flows/mailboxes/connect-mailbox.ts';
import { keepTokens, tokenProblems } from '../../../src/flows/mailboxes/keep-tokens.ts';
import { mailboxTokens, type TokenTimes } from '../../../src/flows/mailboxes/mailbox-tokens.ts';
import { type Watcher, watchMailbox } from '../../../src/flows/mailboxes/watch-mailbox.ts';
import { type Log, silentLog } from '../../../src/foundation/log.ts';
import { silentMeter } from '../../../src/foundation/meter.ts';
import type { OAuthClient, SignInMethod } from '../../../src/imap/oauth.ts';
import { type Database, openDatabase } from '../../../src/store/database.ts';
import { mailboxLedger } from '../../../src/store/mailboxes/mailboxes.ts';
import { resealAll } from '../../../src/store/secrets.ts';
import { sealer } from '../../../src/vault/seal.ts';
import { mail } from '../../support/app.ts';
import { startDovecot } from '../../support/servers/dovecot.ts';
import { freshDatabase } from '../../support/servers/postgres.ts';
import { dovecotAsking, startTokenServer, type TestTokenServer } from '../../support/servers/token-server.ts';

const key = 'a key of thirty-two bytes or more for tests';
const vault = sealer([key]);
let server: TestTokenServer;
let dovecot: Awaited<ReturnType<typeof startDovecot>>;
let fresh: Awaited<ReturnType<typeof freshDatabase>>;
let database: Database;
let client: pg.Client;
let user = '';
let name = '';
let boxes = 0;
const logged: string[] = [];
const gauges: string[] = [];
const note = (fields: object, message: string) => void logged.push(`${message} ${JSON.stringify(fields)}`);
const log: Log = { debug: note, info: note, warn: note, error: note };
const meter = { ...silentMeter, gauge: (...all: unknown[]) => void gauges.push(JSON.stringify(all)) };
const running: { stop(): Promise<void> }[] = [];

beforeAll(async () => {
  server = await startTokenServer();
  dovecot = await startDovecot(dovecotAsking(server));
  fresh = await freshDatabase();
  database = openDatabase(fresh.url, silentLog, 16);
  client = new pg.Client({ connectionString: fresh.url });
  await client.connect();
});
beforeEach(() => {
  user = dovecot.freshUser();
  boxes += 1;
  name = `box${boxes}`;
  server.mend();
  server.signInAs(user);
  Object.assign(server.options, { accessSeconds: 3600, rotate: true, giveRefresh: true, interval: 0 });
  server.asked.length = 0;
});
afterAll(async () => {
  await Promise.all(running.map((one) => one.stop()));
  await client.end();
  await database.close();
  await fresh.drop();
  await dovecot.stop();
  await server.close();
});

/** Between the watcher and Dovecot: providers close the connection when a token ends. */
async function cuttable() {
  const open = new Set<Socket>();
  const proxy = createServer((near) => {
    const far = netConnect(dovecot.port, dovecot.host);
    for (const socket of [near, far]) {
      open.add(socket);
      socket
        .on('error', () => {})
        .on('close', () => {
          near.destroy();
          far.destroy();
        });
    }
    near.pipe(far).pipe(near);
  });
  await new Promise<void>((done) => proxy.listen(0, '127.0.0.1', done));
  running.push({ stop: async () => void proxy.close() });
  return {
    port: (proxy.address() as AddressInfo).port,
    cut() {
      for (const socket of open) socket.destroy();
    },
  };
}

const pair = generateKeyPairSync('rsa', { modulusLength: 2048 });
const pem = pair.privateKey.export({ type: 'pkcs8', format: 'pem' }).toString();

function mailbox(grant: SignInMethod): ConnectingMailbox {
  const { token, deviceAuthorization, authorization } = server.endpoints();
  const oauth: OAuthClient = {
    grant,
    user,
    clientId: grant === 'service-account' ? 'robot@desk.example' : server.clientId,
    clientSecret: grant === 'service-account' ? null : server.clientSecret,
    scopes: ['mail'],
    tokenUrl: token,
    deviceUrl: deviceAuthorization,
    authorizationUrl: authorization,
    extra: {},
    key: grant === 'service-account' ? { id: 'one', pem } : null,
  };
  return { name, oauth, host: dovecot.host, port: dovecot.port, secure: false, user, folder: 'INBOX' };
}

const deps = (more: Partial<ConnectDeps> = {}): ConnectDeps => ({
  database,
  vault,
  actor: 'command',
  second: 20,
  show: { code: () => server.settleDevices('granted'), browser: ({ url }) => void fetch(url) },
  ...more,
});
const connect = (grant: SignInMethod, more: Partial<ConnectDeps> = {}) => connectMailbox(deps(more), mailbox(grant));

async function until(what: string, check: () => boolean | Promise<boolean>, seconds = 20): Promise<void> {
  const end = Date.now() + seconds * 1000;
  while (!(await check())) {
    if (Date.now() > end) throw new Error(`waited in vain: ${what}`);
    await new Promise((done) => setTimeout(done, 40));
  }
}
const quick: TokenTimes = { ahead: 300, oldest: 600, refused: 1 };
const tokensOf = (box: ConnectingMailbox, times = quick, on = database) =>
  mailboxTokens({ database: on, vault }, box, times);
function watch(box: ConnectingMailbox, times = quick): Watcher {
  const watcher = watchMailbox(
    {
      name,
      account: { ...box, password: '', tokens: tokensOf(box, times) },
      folder: 'INBOX',
      processed: null,
      since: null,
      holder: `holder-${running.length}`,
      pollMs: 500,
      refusedMs: 1_000,
    },
    { ledger: mailboxLedger(database), receive: receiveMail({ database, relay: { wake() {} }, meter }), log, meter },
  );
  running.push(watcher);
  return watcher;
}
const stored = async () =>
  (await client.query<{ n: number }>('select count(*)::int as n from arrivals where door_name = $1', [name])).rows[0]
    ?.n;
const grantRow = async () => (await client.query('select * from mailbox_grants where mailbox = $1', [name])).rows[0];
const putMail = (subject: string) => dovecot.deliver(user, mail({ subject }));

describe('a mailbox is connected', () => {
  it.each(['device', 'browser', 'client-credentials', 'service-account'] as const)(
    'by the grant %s, and its mail is fetched',
    async (grant) => {
      server.trust('robot@desk.example', pair.publicKey.export({ type: 'spki', format: 'pem' }).toString());
      expect(await connect(grant)).toMatch(/lets us in, INBOX is there/);
      const watcher = watch(mailbox(grant));
      await until('the connection', () => watcher.state().connected);
      putMail(`By ${grant}`);
      await until('the mail', async () => (await stored()) === 1);
      await watcher.stop();
      // The token that the sign-in gave was good: nobody asked for another.
      expect(server.asked.filter((type) => type !== 'urn:ietf:params:oauth:grant-type:device_code')).toHaveLength(
        grant === 'device' ? 0 : 1,
      );
    },
  );

  it('by an address pasted from another browser', async () => {
    const lines: string[] = ['something else', 'http://127.0.0.1:1/?state=of-another&code=x'];
    let landed: (address: string) => void = () => {};
    const address = new Promise<string>((done) => {
      landed = done;
    });
    async function* typed() {
      yield* lines;
      yield await address;
    }
    const says = connect('browser', {
      pasted: typed(),
      show: {
        code() {},
        async browser({ url }) {
          landed((await fetch(url, { redirect: 'manual' })).headers.get('location') ?? '');
        },
      },
    });
    expect(await says).toMatch(/lets us in/);
  });

  it('by a device code at the pace the server asks for', async () => {
    server.options.interval = 1;
    server.fail({ error: 'slow_down', times: 1 });
    server.fail({ status: 503, times: 1 });
    const started = performance.now();
    expect(await connect('device')).toMatch(/lets us in/);
    // One interval, one five longer, one twice that: 1 + 6 + 12 seconds of 20 ms.
    expect(performance.now() - started).toBeGreaterThan(360);
    expect(server.asked).toHaveLength(3);
  });

  it.each([
    ['denied', /was refused, or not agreed to/],
    ['expired', /nobody entered the code in time/],
  ] as const)('not at all when the code is %s, and says so', async (state, says) => {
    await expect(
      connect('device', { show: { code: () => server.settleDevices(state), browser() {} } }),
    ).rejects.toThrow(says);
    expect(await grantRow()).toBeUndefined();
  });

  it('not at all when somebody gives up, and nothing is changed', async () => {
    for (const grant of ['device', 'browser'] as const) {
      const stop = new AbortController();
      const trying = connect(grant, { signal: stop.signal, show: { code() {}, browser() {} } });
      setTimeout(() => stop.abort(new Error('given up')), 100);
      await expect(trying).rejects.toThrow('given up');
      expect(await grantRow()).toBeUndefined();
    }
  });

  it('not by the sign-in of somebody else, and not without a refresh token', async () => {
    server.signInAs('somebody-else');
    await expect(connect('device')).rejects.toThrow(/the mailbox does not take it.*Was it user\d+-\d+ that signed in/);
    expect(await grantRow()).toBeUndefined();
    server.signInAs(user);
    server.options.giveRefresh = false;
    await expect(connect('browser')).rejects.toThrow(/no refresh token.*offline_access/);
    expect(await grantRow()).toBeUndefined();
  });
});

describe('tokens', () => {
  it('are got by one of many that ask at once, here and in other processes', async () => {
    await connect('device');
    server.expireAccess(user);
    await client.query('update mailbox_grants set access_expires_at = now() where mailbox = $1', [name]);
    server.asked.length = 0;
    server.fail({ delayMs: 300, times: 1 });
    const others = [openDatabase(fresh.url, silentLog), openDatabase(fresh.url, silentLog)];
    const askers = [tokensOf(mailbox('device')), ...others.map((one) => tokensOf(mailbox('device'), quick, one))];
    const got = await Promise.all(askers.flatMap((tokens) => [1, 2, 3].map(() => tokens.accessToken())));
    expect(new Set(got).size).toBe(1);
    expect(server.asked).toEqual(['refresh_token']);
    await Promise.all(others.map((one) => one.close()));
  });

  it('are renewed ahead of their end, each time with the newest refresh token', async () => {
    await connect('device');
    const tokens = tokensOf(mailbox('device'));
    const first = await tokens.accessToken();
    await client.query(`update mailbox_grants set refreshed_at = now() - interval '11 minutes' where mailbox = $1`, [
      name,
    ]);
    expect(await tokens.accessToken()).toBe(first);
    await tokens.keep();
    const second = await tokens.accessToken();
    expect(second).not.toBe(first);
    await client.query(
      `update mailbox_grants set access_expires_at = now() + interval '2 minutes', refreshed_at = now() - interval '9 minutes' where mailbox = $1`,
      [name],
    );
    expect(await tokens.accessToken()).not.toBe(second);
    expect(server.asked.filter((type) => type === 'refresh_token')).toHaveLength(2);
  });

  it('that a server gave are not lost when they cannot be written down at once', async () => {
    await connect('device');
    await client.query('update mailbox_grants set access_expires_at = now() where mailbox = $1', [name]);
    server.fail({ delayMs: 400, times: 1 });
    const tokens = tokensOf(mailbox('device'));
    const lost = tokens.accessToken();
    await new Promise((done) => setTimeout(done, 200));
    await client.query('alter table mailbox_grants rename to out_of_reach');
    await expect(lost).rejects.toThrow(/mailbox_grants/);
    await client.query('alter table out_of_reach rename to mailbox_grants');
    server.asked.length = 0;
    const next = await tokens.accessToken();
    expect(server.asked).toEqual([]);
    // What was replaced at the server is what we go on with.
    await tokens.refused(next);
    await tokens.accessToken();
    expect(server.asked).toEqual(['refresh_token']);
  });

  it('are got by the next one when a process died while it asked', async () => {
    await connect('device');
    await client.query(
      `update mailbox_grants set access_expires_at = now(), asking_until = now() + interval '1 second' where mailbox = $1`,
      [name],
    );
    const started = performance.now();
    expect(await tokensOf(mailbox('device')).accessToken()).toMatch(/^access-/);
    expect(performance.now() - started).toBeGreaterThan(700);
  });

  it('are asked for with growing pauses while the server is out of order, and the one that is good is used on', async () => {
    await connect('device');
    server.fail({ status: 500, times: 99 });
    await client.query(
      `update mailbox_grants set access_expires_at = now() + interval '2 minutes', refreshed_at = now() - interval '9 minutes' where mailbox = $1`,
      [name],
    );
    const tokens = tokensOf(mailbox('device'), { ...quick, refused: 300 });
    const asked = () => server.asked.filter((type) => type === 'refresh_token').length;
    for (let i = 0; i < 20; i += 1) await tokens.accessToken();
    expect(asked()).toBe(1);
    await client.query(`update mailbox_grants set access_expires_at = now() where mailbox = $1`, [name]);
    await expect(tokens.accessToken()).rejects.toMatchObject({ code: 'token-server-away' });
    expect(asked()).toBe(1);
    const pauses: number[] = [];
    for (let i = 0; i < 4; i += 1) {
      const { rows } = await client.query<{ s: number }>(
        'select round(extract(epoch from retry_at - now()))::int as s from mailbox_grants where mailbox = $1',
        [name],
      );
      pauses.push(rows[0]?.s ?? 0);
      await client.query('update mailbox_grants set retry_at = now() where mailbox = $1', [name]);
      await expect(tokens.accessToken()).rejects.toThrow(/does not answer: status 500/);
    }
    // What the asking took is gone by.
    for (const [i, s] of [5, 10, 20, 40].entries()) expect(Math.abs(s - (pauses[i] ?? 0))).toBeLessThanOrEqual(2);
    server.mend();
    await client.query('update mailbox_grants set retry_at = now() where mailbox = $1', [name]);
    expect(await tokens.accessToken()).toMatch(/^access-/);
    expect(await grantRow()).toMatchObject({ failures: 0, failure: null });
  });

  it('of another account, and of nobody, are not used', async () => {
    await expect(tokensOf(mailbox('device')).accessToken()).rejects.toThrow(
      `nobody has signed in to it yet; type: postern mailbox connect ${name}`,
    );
    await connect('device');
    const other = { ...mailbox('device'), oauth: { ...mailbox('device').oauth, user: 'other' } };
    await expect(tokensOf(other).accessToken()).rejects.toThrow(/the sign-in is that of user/);
    expect(await tokenProblems(database, [other])).toEqual([expect.stringMatching(/postern mailbox connect/)]);
  });

  it('are sealed anew under a new key, and need the older one until then', async () => {
    await connect('device');
    const newer = sealer(['another key of thirty-two bytes or more', key]);
    const alone = sealer(['another key of thirty-two bytes or more']);
    await client.query('update mailbox_grants set access_expires_at = now() where mailbox = $1', [name]);
    await expect(mailboxTokens({ database, vault: alone }, mailbox('device')).accessToken()).rejects.toThrow(
      /put the older key back/,
    );
    const before = await resealAll(database, alone);
    expect(before.written).toBe(0);
    expect(before.unopened.every((line) => line.includes('put the older key back'))).toBe(true);
    const first = await resealAll(database, newer);
    expect(first).toEqual({ written: before.unopened.length, unopened: [] });
    expect(first.written).toBeGreaterThan(1);
    expect(await resealAll(database, newer)).toEqual({ written: 0, unopened: [] });
    expect(await grantRow()).toMatchObject({ failure: expect.stringContaining('put the older key back') });
    await client.query('update mailbox_grants set retry_at = now() where mailbox = $1', [name]);
    await expect(mailboxTokens({ database, vault: alone }, mailbox('device')).accessToken()).resolves.toMatch(
      /^access-/,
    );
    await resealAll(database, sealer([key, 'another key of thirty-two bytes or more']));
  });
});

describe('a watched mailbox', () => {
  it('whose token ends while it idles comes back with a fresh one', async () => {
    await connect('device');
    const wire = await cuttable();
    const watcher = watch({ ...mailbox('device'), port: wire.port });
    await until('the connection', () => watcher.state().connected);
    server.expireAccess(user);
    wire.cut();
    await until('it is noticed', () => !watcher.state().connected);
    putMail('Behind the end of the token');
    await until('the mail', async () => (await stored()) === 1);
    expect(server.asked.filter((type) => type === 'refresh_token')).toHaveLength(1);
    await watcher.stop();
  });

  it('whose sign-in has died is an alarm, is not hammered, and goes on by itself after the next connect', async () => {
    await connect('device');
    const wire = await cuttable();
    const box = { ...mailbox('device'), port: wire.port };
    const keeper = keepTokens([{ mailbox: box, tokens: tokensOf(box) }], { database, log, meter }, 100);
    running.push(keeper);
    const watcher = watch(box);
    await until('the connection', () => watcher.state().connected);
    expect(await tokenProblems(database, [box])).toEqual([]);
    expect(
      gauges.some((one) => one.startsWith(`["postern_mailbox_token_expires_seconds",3`) && one.includes(name)),
    ).toBe(true);

    server.revoke(user);
    wire.cut();
    const alarm = `mailbox ${name}: the sign-in is no longer good (invalid_grant: Token … has been expired or revoked.); type: postern mailbox connect ${name}`;
    await until('the alarm', async () => (await tokenProblems(database, [box]))[0] === alarm);
    await until('the watcher says so, too', () => watcher.state().problem === alarm);
    await until('the gauge', () =>
      gauges.includes(JSON.stringify(['postern_mailbox_token_trouble', 1, { mailbox: name }])),
    );
    expect(logged.filter((line) => line.startsWith('its tokens:') && line.includes(name))).toHaveLength(1);
    const logins = () =>
      dovecot
        .log()
        .split('\n')
        .filter((line) => /Aborted login|auth failed/i.test(line)).length;
    const [asked, refused] = [server.asked.length, logins()];
    await new Promise((done) => setTimeout(done, 3_000));
    expect([server.asked.length, logins()]).toEqual([asked, refused]);

    expect(await connectMailbox(deps(), box)).toMatch(/lets us in/);
    putMail('After the second sign-in');
    await until('the mail', async () => (await stored()) === 1, 40);
    expect(watcher.state().problem).toBeNull();
    expect(await tokenProblems(database, [box])).toEqual([]);
    await watcher.stop();
    await keeper.stop();
  });

  it('whose sign-in has died reads on while its token is good, and the alarm is on already', async () => {
    await connect('device');
    const box = mailbox('device');
    server.revoke(user, { access: false });
    await client.query(`update mailbox_grants set refreshed_at = now() - interval '11 minutes' where mailbox = $1`, [
      name,
    ]);
    const tokens = tokensOf(box);
    await tokens.keep();
    expect(await tokenProblems(database, [box])).toHaveLength(1);
    await expect(tokens.accessToken()).resolves.toMatch(/^access-/);
    expect(server.asked.filter((type) => type === 'refresh_token')).toHaveLength(1);
  });

  it('that needs nobody to sign in goes on when its secret was mended, without a connect', async () => {
    const box = mailbox('client-credentials');
    const wrong = { ...box, oauth: { ...box.oauth, clientSecret: 'a-wrong-client-secret' } };
    const tokens = tokensOf(wrong, { ...quick, refused: 300 });
    await expect(tokens.accessToken()).rejects.toThrow(
      /refuses us \(invalid_client: the secret … is wrong\); look at clientId/,
    );
    for (let i = 0; i < 5; i += 1) await expect(tokens.accessToken()).rejects.toThrow(/invalid_client/);
    expect(server.asked).toHaveLength(1);
    await client.query('update mailbox_grants set retry_at = now() where mailbox = $1', [name]);
    const watcher = watch(box);
    await until('the connection', () => watcher.state().connected);
    await watcher.stop();
  });
});

describe('secrets', () => {
  it('stand nowhere in the database, the log or the metrics', async () => {
    expect(server.secrets.size).toBeGreaterThan(20);
    const { rows: tables } = await client.query<{ name: string }>(
      `select format('%I.%I', schemaname, tablename) as name from pg_tables where schemaname not in ('pg_catalog', 'information_schema')`,
    );
    let dump = '';
    // bytea is shown in hex: what is in it is looked at, too.
    for (const table of tables)
      for (const row of (await client.query<{ text: string }>(`select t::text as text from ${table.name} t`)).rows)
        dump += `${row.text}\n${row.text.replace(/\\+x([0-9a-f]+)/g, (_, hex: string) => Buffer.from(hex, 'hex').toString('latin1'))}\n`;
    expect(dump).toContain('mailbox-connected');
    const said = [dump, logged.join('\n'), gauges.join('\n')].join('\n');
    for (const secret of [...server.secrets, key, 'PRIVATE KEY']) {
      expect(said.includes(secret), secret).toBe(false);
      expect(said.includes(Buffer.from(secret).toString('base64').replace(/=+$/, '').slice(0, -1)), secret).toBe(false);
    }
  });
});
