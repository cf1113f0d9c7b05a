import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { readSettings } from '../../../src/config/settings.ts';

let folder = '';
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'postern-settings-'));
});
afterEach(() => {
  rmSync(folder, { recursive: true, force: true });
});

const good = { SUPPORT_ADDRESS: 'Support@Desk.example', SECRET_KEY: 'x'.repeat(32) };
const read = (env: Record<string, string>, need: 'start' | 'command' = 'start') => readSettings(need, { env, folder });
function faults(env: Record<string, string>): string[] {
  try {
    read(env);
    return [];
  } catch (error) {
    return (error as Error).message.split('\n');
  }
}

describe('the settings', () => {
  it('need an address and a key to start, and say both at once', () => {
    expect(faults({}).map((fault) => fault.split(':')[0])).toEqual(['SUPPORT_ADDRESS', 'SECRET_KEY']);
    expect(read({}, 'command').databaseUrl).toBeNull();
  });

  it('have the defaults that are promised', () => {
    const settings = read(good);
    expect(settings).toMatchObject({
      databaseUrl: null,
      redisUrl: null,
      httpListen: { host: '127.0.0.1', port: 8080 },
      publicUrl: 'http://127.0.0.1:8080',
      apiToken: null,
      logLevel: 'info',
      lmtpListen: null,
      metricsListen: null,
    });
    expect(settings.dataFolder).toBe(join(folder, '.postern'));
    expect(settings.reading.addresses.support).toBe('support@desk.example');
    expect(settings.policy).toMatchObject({ reopenDays: 30, graceDays: { 1: 14, 2: 14 }, pinGraceDays: 7 });
  });

  it('know the addresses of client care and licensing, who is behind them, and how spam is marked', () => {
    writeFileSync(
      join(folder, 'postern.yaml'),
      `addresses: { licensing: licensing@desk.example }
spam: { header: "X-Spam-Flag: YES" }
staff:
  - { name: Kim Oster, email: kim@desk.example, roles: [engineer] }
  - { name: Cara Lind, email: cara@desk.example, roles: [client care] }
`,
    );
    const settings = read({ ...good, CARE_ADDRESS: 'Care@desk.example' });
    expect(settings.reading.addresses).toMatchObject({
      care: 'care@desk.example',
      licensing: 'licensing@desk.example',
    });
    expect(settings.ours).toEqual(expect.arrayContaining(['care@desk.example', 'licensing@desk.example']));
    // Without somebody of that role all others are told.
    expect(settings.policy.desk).toMatchObject({
      care: ['cara@desk.example'],
      licensing: ['kim@desk.example', 'cara@desk.example'],
    });
    expect(settings.reading.spam).toEqual([{ name: 'x-spam-flag', value: 'yes' }]);
    expect(settings.policy).toMatchObject({ spamDays: 14, careBusinessDays: 1 });
    expect(read(good).reading).toMatchObject({ addresses: { care: null, licensing: 'licensing@desk.example' } });
    writeFileSync(join(folder, 'postern.yaml'), 'spam: { header: "YES it is" }\n');
    expect(faults({ ...good, CARE_ADDRESS: 'care' })).toEqual([
      expect.stringMatching(/postern\.yaml:1: spam\.header: .*X-Spam-Flag: YES/),
      'CARE_ADDRESS: "care" is not an e-mail address',
    ]);
  });

  it('name every fault, and never a secret', () => {
    const found = faults({
      SUPPORT_ADDRESS: 'nobody',
      SECRET_KEY: 'short-secret',
      DATABASE_URL: 'mysql://root:hunter2@db',
      REDIS_URL: 'http://redis',
      LMTP_LISTEN: '2424',
      SENDER_AUTH: 'maybe',
      LOG_LEVEL: 'loud',
      API_TOKEN: 'abc',
      IMAP_URL: 'imap://mail.desk.example',
    });
    for (const name of [
      'SUPPORT_ADDRESS',
      'SECRET_KEY',
      'DATABASE_URL',
      'REDIS_URL',
      'LMTP_LISTEN',
      'SENDER_AUTH',
      'LOG_LEVEL',
      'API_TOKEN',
      'IMAP_URL',
    ]) {
      expect(
        found.some((fault) => fault.startsWith(`${name}:`)),
        name,
      ).toBe(true);
    }
    expect(found.join()).not.toMatch(/short-secret|hunter2/);
  });

  it('read a .env file, which the environment goes before', () => {
    writeFileSync(
      join(folder, '.env'),
      `SUPPORT_ADDRESS=help@desk.example\nSECRET_KEY=${'y'.repeat(40)}\nLOG_LEVEL=debug\n`,
    );
    expect(read({ LOG_LEVEL: 'warn' })).toMatchObject({
      logLevel: 'warn',
      reading: { addresses: { support: 'help@desk.example' } },
    });
  });

  it('take several keys, the newest first', () => {
    expect(read({ ...good, SECRET_KEY: `${'n'.repeat(32)}, ${'o'.repeat(32)}` }).keys).toEqual([
      'n'.repeat(32),
      'o'.repeat(32),
    ]);
  });

  it('make a mailbox of IMAP_URL', () => {
    const [mailbox] = read({
      ...good,
      IMAP_URL: 'imaps://support%40desk.example:p%40ss@mail.desk.example/INBOX',
    }).mailboxes;
    expect(mailbox).toMatchObject({
      host: 'mail.desk.example',
      port: 993,
      secure: true,
      user: 'support@desk.example',
      password: 'p@ss',
      folder: 'INBOX',
    });
  });

  it('read postern.yaml, and name what is wrong in it with its line', () => {
    writeFileSync(
      join(folder, 'postern.yaml'),
      'mailboxes:\n  - { name: support, imap: "imaps://support@mail.desk.example", password: { env: BOX }, since: none }\nstaff:\n  - { name: Kim, email: kim@desk.example, roles: [engineer] }\n  - { name: Robin, email: robin@desk.example, roles: [renewal representative] }\nphones: { GB: "+44 20 0000 0000" }\npolicy: { reopenDays: 10, graceDays: { 1: 3 } }\n',
    );
    const settings = read({ ...good, BOX: 'secret' });
    expect(settings.mailboxes[0]).toMatchObject({ user: 'support', password: 'secret', since: null });
    expect(settings.policy).toMatchObject({
      reopenDays: 10,
      graceDays: { 1: 3 },
      desk: { staff: ['kim@desk.example'], renewalTeam: ['robin@desk.example'] },
    });

    writeFileSync(
      join(folder, 'postern.yaml'),
      'languages: [en]\nstaff:\n  - { name: Kim, email: nobody, roles: [king] }\npolicy: { reopenDay: 10 }\nfoo: 1\n',
    );
    const found = faults(good);
    expect(found.some((fault) => /postern\.yaml:3.*staff\.0\.email/.test(fault))).toBe(true);
    expect(found.some((fault) => /staff\.0\.roles/.test(fault))).toBe(true);
    expect(found.some((fault) => /reopenDay/.test(fault))).toBe(true);
    expect(found.some((fault) => /foo/.test(fault))).toBe(true);
  });

  it('say that a file that was named is not there', () => {
    expect(faults({ ...good, POSTERN_CONFIG: 'nowhere.yaml' })).toEqual([expect.stringContaining('nowhere.yaml')]);
  });

  it('take the proxies that are believed about where a request comes from', () => {
    expect(read(good).trustedProxies).toEqual([]);
    expect(read({ ...good, TRUSTED_PROXIES: '127.0.0.1, 10.0.0.0/8,::1' }).trustedProxies).toEqual([
      '127.0.0.1',
      '10.0.0.0/8',
      '::1',
    ]);
    expect(faults({ ...good, TRUSTED_PROXIES: 'proxy.desk.example,10.0.0.0/33' })).toEqual([
      'TRUSTED_PROXIES: "proxy.desk.example" is no address and no network, such as 127.0.0.1 or 10.0.0.0/8',
      'TRUSTED_PROXIES: "10.0.0.0/33" is no address and no network, such as 127.0.0.1 or 10.0.0.0/8',
    ]);
  });

  it('know the login of the organisation, and say all that is wrong with it', () => {
    const config = (oidc: string) => writeFileSync(join(folder, 'postern.yaml'), `oidc: ${oidc}\n`);
    expect(read(good).loginProvider).toBeNull();
    config('{ issuer: "https://login.desk.example", clientId: postern, clientSecret: { env: OIDC_SECRET } }');
    expect(read({ ...good, OIDC_SECRET: 'a secret' }).loginProvider).toEqual({
      name: 'your organisation',
      issuer: 'https://login.desk.example',
      clientId: 'postern',
      clientSecret: 'a secret',
      scopes: ['openid', 'email'],
    });
    expect(faults(good)).toEqual(['oidc.clientSecret: the variable OIDC_SECRET is not set']);
    config('{ issuer: "http://login.desk.example", clientId: postern, scopes: [openid] }');
    expect(faults(good)).toEqual([
      'oidc.issuer: http://login.desk.example has to begin with https://',
      'oidc.scopes: have to hold openid and email: without them the provider names nobody',
    ]);
    config('{ issuer: "http://127.0.0.1:3000", clientId: postern }');
    expect(read(good).loginProvider?.clientSecret).toBeNull();
  });
});
