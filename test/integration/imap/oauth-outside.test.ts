/** From outside: the command line beside a running Postern, and letters that leave with the tokens of a mailbox. */
import { type ChildProcess, spawn } from 'node:child_process';
import { readFileSync, writeFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { sql } from 'kysely';
import { SMTPServer } from 'smtp-server';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { readSettings } from '../../../src/config/settings.ts';
import { tokenProblems } from '../../../src/flows/mailboxes/keep-tokens.ts';
import { silentLog } from '../../../src/foundation/log.ts';
import { silentMeter } from '../../../src/foundation/meter.ts';
import { type App, openApp } from '../../../src/runtime/app.ts';
import { openSender } from '../../../src/smtp/send.ts';
import { createMeter } from '../../../src/web/metrics.ts';
import { startInbox } from '../../../workers/inbox.ts';
import { startWeb } from '../../../workers/web.ts';
import { key, mail } from '../../support/app.ts';
import { freePort, scratch } from '../../support/process.ts';
import { startDovecot } from '../../support/servers/dovecot.ts';
import { freshDatabase } from '../../support/servers/postgres.ts';
import { dovecotAsking, startTokenServer, type TestTokenServer } from '../../support/servers/token-server.ts';

const home = resolve(import.meta.dirname, '..', '..', '..');
let server: TestTokenServer;
let dovecot: Awaited<ReturnType<typeof startDovecot>>;
let fresh: Awaited<ReturnType<typeof freshDatabase>>;
let folder = '';
let user = '';
let env: Record<string, string> = {};

beforeAll(async () => {
  server = await startTokenServer();
  dovecot = await startDovecot(dovecotAsking(server, 'oauthbearer'));
  fresh = await freshDatabase();
  folder = scratch('oauth-outside');
  user = dovecot.freshUser();
  server.signInAs(user);
  env = {
    DATABASE_URL: fresh.url,
    SECRET_KEY: key,
    SUPPORT_ADDRESS: 'support@desk.example',
    OAUTH_SECRET: server.clientSecret,
  };
  const oauth = { provider: 'custom', clientId: 'postern', clientSecret: { env: 'OAUTH_SECRET' }, scopes: ['mail'] };
  const box = (name: string, grant: string) => ({
    name,
    imap: `imap://${user}@127.0.0.1:${dovecot.port}`,
    oauth: { ...oauth, grant, endpoints: server.endpoints() },
  });
  writeFileSync(
    join(folder, 'postern.yaml'),
    JSON.stringify({ mailboxes: [box('support', 'device'), box('sales', 'browser')] }),
  );
});
afterAll(async () => {
  await fresh.drop();
  await dovecot.stop();
  await server.close();
});

type Run = { child: ChildProcess; said(): string; ended: Promise<number | null> };
function postern(...args: string[]): Run {
  const child = spawn(process.execPath, [join(home, 'bin', 'postern.mjs'), ...args], {
    cwd: folder,
    env: { PATH: process.env.PATH ?? '', NO_COLOR: '1', ...env },
    stdio: ['pipe', 'pipe', 'pipe'],
  });
  let out = '';
  for (const stream of [child.stdout, child.stderr])
    stream.on('data', (chunk: unknown) => {
      out += String(chunk);
    });
  return { child, said: () => out, ended: new Promise((done) => child.once('close', (code) => done(code))) };
}
async function until(what: string, check: () => boolean | Promise<boolean>): Promise<void> {
  const end = Date.now() + 30_000;
  while (!(await check())) {
    if (Date.now() > end) throw new Error(`waited in vain: ${what}`);
    await new Promise((done) => setTimeout(done, 50));
  }
}
async function app<T>(work: (app: App) => Promise<T>): Promise<T> {
  const settings = readSettings('work', { folder, env });
  const open = await openApp({ settings, log: silentLog, meter: silentMeter, hold: 'join', say() {}, threads: 1 });
  try {
    return await work(open);
  } finally {
    await open.close();
  }
}

describe('the command line', () => {
  it('says what to type before anybody signed in', async () => {
    const status = postern('mailbox', 'status');
    expect(await status.ended).toBe(1);
    expect(status.said()).toMatch(
      /support .*device .*nobody has signed in to it yet; type: postern mailbox connect support/,
    );
    const doctor = postern('doctor', '--json');
    await doctor.ended;
    expect(doctor.said()).toMatch(
      /"mailbox sales","ok":false,"says":"nobody has signed in.*postern mailbox connect sales/,
    );
    const none = postern('mailbox', 'connect', 'other');
    expect(await none.ended).toBe(1);
    expect(none.said()).toContain('there is no mailbox "other" in the settings; there are: support, sales');
  });

  it('shows address and code, waits, and Ctrl-C changes nothing', async () => {
    const given = postern('mailbox', 'connect', 'support');
    await until('the code', () => /Enter {2}ABCD-[0-9A-F]{4}/.test(given.said()));
    expect(given.said()).toMatch(/Open {3}http:\/\/127\.0\.0\.1:\d+\/activate/);
    given.child.kill('SIGINT');
    expect(await given.ended).toBe(1);
    expect(given.said()).toContain('Ended; nothing was changed.');
    server.settleDevices('expired');
    expect(await app((open) => tokenProblems(open.database, open.settings.mailboxes))).toHaveLength(2);
  });

  it('connects by a code, and by an address pasted from another machine', async () => {
    const device = postern('mailbox', 'connect', 'support');
    await until('the code', () => device.said().includes('Enter'));
    server.settleDevices('granted');
    expect(await device.ended).toBe(0);
    expect(device.said()).toMatch(/✓ 127\.0\.0\.1:\d+ lets us in, INBOX is there/);

    const port = await freePort();
    const browser = postern('mailbox', 'connect', 'sales', '--port', String(port));
    await until('the address', () => browser.said().includes('Ctrl-C'));
    expect(browser.said()).toContain(`ssh -L ${port}:127.0.0.1:${port}`);
    const address = /http:\/\/127\.0\.0\.1:\d+\/authorize\S+/.exec(browser.said())?.[0] ?? '';
    const landing = (await fetch(address, { redirect: 'manual' })).headers.get('location');
    browser.child.stdin?.write(`${landing}\n`);
    expect(await browser.ended).toBe(0);

    const status = postern('mailbox', 'status', '--json');
    expect(await status.ended).toBe(0);
    expect(status.said()).toMatch(/"mailbox":"support".*"tokenSeconds":3[0-9]{3},"problem":null/);
    // The code of a sign-in stands in what we typed, and not in what was said.
    for (const run of [device, browser, status])
      for (const secret of server.secrets) expect(run.said().includes(secret), secret).toBe(false);
  });

  it('seals anew under a new key, after which the older one is not needed', async () => {
    env = { ...env, SECRET_KEY: `another key of thirty-two bytes or more,${key}` };
    const rotate = postern('vault', 'rotate');
    expect(await rotate.ended).toBe(0);
    expect(rotate.said()).toContain('4 secrets were sealed anew');
    env = { ...env, SECRET_KEY: 'another key of thirty-two bytes or more' };
    const doctor = postern('doctor', '--json');
    await doctor.ended;
    expect(doctor.said()).toMatch(/"mailbox support","ok":true/);
  });
});

describe('letters', () => {
  it('leave with the tokens of a mailbox, also when one is taken back before its time', async () => {
    const taken: { user: string; token: string }[] = [];
    const letters: string[] = [];
    const bad = new Set<string>();
    const smtp = new SMTPServer({
      authMethods: ['XOAUTH2'],
      disabledCommands: ['STARTTLS'],
      onAuth(auth, _session, done) {
        const token = auth.accessToken ?? '';
        taken.push({ user: auth.username ?? '', token });
        if (bad.has(token)) done(null, { data: { status: '401', schemes: 'bearer' } } as never);
        else done(null, { user: auth.username ?? '' });
      },
      onData(stream, _session, done) {
        let text = '';
        stream.on('data', (chunk: unknown) => {
          text += String(chunk);
        });
        stream.on('end', () => {
          letters.push(text);
          done();
        });
      },
    });
    await new Promise<void>((listening) => smtp.listen(0, '127.0.0.1', listening));
    const { port } = smtp.server.address() as { port: number };
    const yaml = JSON.parse(readFileSync(join(folder, 'postern.yaml'), 'utf8')) as object;
    writeFileSync(
      join(folder, 'postern.yaml'),
      JSON.stringify({ ...yaml, smtp: { url: `smtp://127.0.0.1:${port}`, mailbox: 'support' } }),
    );
    const letter = {
      envelopeFrom: 'support@desk.example',
      to: 'ada@aldous.example',
      raw: Buffer.from(mail({ subject: 'A letter' })),
    };
    await app(async (open) => {
      expect(await open.sender().send(letter)).toMatchObject({ kind: 'sent' });
      expect(taken[0]).toMatchObject({ user, token: expect.stringMatching(/^access-/) });
      bad.add(taken[0]?.token ?? '');
    });
    await app(async (open) => {
      expect(await open.sender().send(letter)).toMatchObject({ kind: 'sent' });
      expect(new Set(taken.map((one) => one.token)).size).toBe(2);
      server.revoke(user);
      bad.add(taken.at(-1)?.token ?? '');
    });
    await app(async (open) => {
      const outcome = await open.sender().send(letter);
      expect(outcome).toMatchObject({ kind: 'session-refused' });
      expect(JSON.stringify(outcome)).toContain('postern mailbox connect support');
      await expect(open.sender().verify()).rejects.toMatchObject({ code: 'smtp-login-refused' });
    });
    expect(letters).toHaveLength(2);
    const none = openSender({ url: `smtp://127.0.0.1:${port}`, log: silentLog });
    expect((await none.send(letter)).kind).not.toBe('sent');
    await none.close();
    await new Promise<void>((closed) => smtp.close(() => closed()));
  });
});

describe('a running Postern', () => {
  it('is not ready while a sign-in is dead, says what to type, and goes on after the connect without a restart', async () => {
    env = { ...env, HTTP_LISTEN: '127.0.0.1:0' };
    const metrics = createMeter();
    const settings = readSettings('work', { folder, env });
    const open = await openApp({ settings, log: silentLog, meter: metrics, hold: 'join', say() {}, threads: 1 });
    const inbox = await startInbox(open);
    const web = await startWeb(open, { metrics, others: () => [inbox] });
    try {
      const ready = async () => {
        const answer = await fetch(`http://127.0.0.1:${web.port}/readyz`);
        const told = (await answer.json()) as { reasons: string[] };
        return { status: answer.status, ours: told.reasons.filter((one) => one.startsWith('mailbox support:')) };
      };
      await until('the alarm', async () => (await ready()).ours.length > 0);
      expect(await ready()).toEqual({
        status: 503,
        ours: [
          expect.stringMatching(
            /the sign-in is no longer good \(invalid_grant.*; type: postern mailbox connect support$/,
          ),
        ],
      });
      const shown = async () => (await fetch(`http://127.0.0.1:${web.port}/metrics`)).text();
      await until('the gauge', async () =>
        (await shown()).includes('postern_mailbox_token_trouble{mailbox="support"} 1'),
      );

      const device = postern('mailbox', 'connect', 'support');
      await until('the code', () => device.said().includes('Enter'));
      server.settleDevices('granted');
      expect(await device.ended).toBe(0);
      dovecot.deliver(user, mail({ subject: 'After the connect' }));
      const stored = async () =>
        (await sql`select id from arrivals where door_name = 'support'`.execute(open.database.db)).rows.length;
      await until('the mailbox', async () => (await ready()).ours.length === 0);
      dovecot.deliver(user, mail({ subject: 'While it is watched' }));
      await until('the mail', async () => (await stored()) > 0);
    } finally {
      await web.close();
      await inbox.close();
      await open.close();
    }
  });
});
