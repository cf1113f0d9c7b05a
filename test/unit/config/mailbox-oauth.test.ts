import { generateKeyPairSync } from 'node:crypto';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, describe, expect, it } from 'vitest';
import { readSettings } from '../../../src/config/settings.ts';

const folder = mkdtempSync(join(tmpdir(), 'postern-oauth-'));
afterAll(() => rmSync(folder, { recursive: true, force: true }));
const { privateKey } = generateKeyPairSync('rsa', { modulusLength: 2048 });
writeFileSync(
  join(folder, 'robot.json'),
  JSON.stringify({
    type: 'service_account',
    client_email: 'robot@desk.iam.example',
    private_key_id: 'one',
    private_key: privateKey.export({ type: 'pkcs8', format: 'pem' }),
  }),
);
writeFileSync(join(folder, 'wrong.json'), '{"client_email":"robot@desk.iam.example","private_key":"none"}');

function settings(oauth: object, more: object = {}, box: object = {}) {
  const mailbox = { name: 'support', imap: 'imaps://support%40desk.example@imap.example', oauth, ...box };
  writeFileSync(join(folder, 'postern.yaml'), JSON.stringify({ mailboxes: [mailbox], ...more }));
  return readSettings('command', { folder, env: { SECRET: 'shh' } });
}
const oauthOf = (oauth: object) => settings(oauth).mailboxes[0]?.oauth;
const clientSecret = { env: 'SECRET' };

describe('a mailbox with oauth', () => {
  it('of Google is signed in to by a browser, and asks for a refresh token that lasts', () => {
    expect(oauthOf({ provider: 'google', clientId: 'id', clientSecret })).toMatchObject({
      grant: 'browser',
      user: 'support@desk.example',
      clientSecret: 'shh',
      scopes: ['https://mail.google.com/'],
      tokenUrl: 'https://oauth2.googleapis.com/token',
      extra: { access_type: 'offline', prompt: 'consent' },
    });
  });

  it('of Google with the key of a service account needs nobody', () => {
    expect(oauthOf({ provider: 'google', key: { file: 'robot.json' } })).toMatchObject({
      grant: 'service-account',
      clientId: 'robot@desk.iam.example',
      user: 'support@desk.example',
      key: { id: 'one', pem: expect.stringContaining('PRIVATE KEY') },
    });
  });

  it('of Microsoft is signed in to by a code, or by client id and secret in its tenant', () => {
    expect(oauthOf({ provider: 'microsoft', clientId: 'id' })).toMatchObject({
      grant: 'device',
      clientSecret: null,
      deviceUrl: 'https://login.microsoftonline.com/organizations/oauth2/v2.0/devicecode',
      scopes: expect.arrayContaining(['https://outlook.office.com/IMAP.AccessAsUser.All', 'offline_access']),
    });
    const unattended = { provider: 'microsoft', clientId: 'id', clientSecret, grant: 'client-credentials' };
    expect(oauthOf({ ...unattended, tenant: 'desk.onmicrosoft.com' })).toMatchObject({
      tokenUrl: 'https://login.microsoftonline.com/desk.onmicrosoft.com/oauth2/v2.0/token',
      scopes: ['https://outlook.office365.com/.default'],
    });
  });

  const endpoints = { token: 'https://sign.example/token', deviceAuthorization: 'https://sign.example/device' };
  const custom = { provider: 'custom', clientId: 'id', scopes: ['mail'], endpoints };
  it('of anybody else names its endpoints and scopes', () => {
    expect(oauthOf({ ...custom, grant: 'device' })).toMatchObject({ tokenUrl: endpoints.token, scopes: ['mail'] });
  });

  it.each([
    [
      { provider: 'google', clientId: 'id', clientSecret, grant: 'device' },
      /Google gives no access to mail by grant: device; use grant: browser/,
    ],
    [{ provider: 'google', clientId: 'id' }, /needs clientSecret/],
    [{ provider: 'google', clientSecret }, /clientId: is needed/],
    [{ provider: 'google', key: { file: 'wrong.json' } }, /is not the JSON key of a service account/],
    [{ provider: 'google', key: { file: 'none.json' } }, /the file none.json cannot be read/],
    [
      { provider: 'google', clientId: 'id', clientSecret: { env: 'NOT_SET' } },
      /support.oauth.clientSecret: the variable NOT_SET is not set/,
    ],
    [{ provider: 'google', clientId: 'id', clientSecret, endpoints }, /endpoints go with provider: custom only/],
    [{ provider: 'microsoft', clientId: 'id', clientSecret, grant: 'client-credentials' }, /needs the tenant/],
    [{ provider: 'microsoft', key: { file: 'robot.json' }, grant: 'service-account' }, /has no service accounts/],
    [{ provider: 'custom', clientId: 'id', grant: 'device' }, /needs endpoints and scopes/],
    [{ ...custom, grant: 'browser' }, /needs endpoints.authorization/],
    [
      { ...custom, grant: 'device', endpoints: { token: 'https://sign.example/token' } },
      /needs endpoints.deviceAuthorization/,
    ],
    [
      { ...custom, grant: 'device', endpoints: { ...endpoints, token: 'http://sign.example/token' } },
      /has to begin with https/,
    ],
    [{ ...custom, grant: 'device', scopes: ['two words'] }, /a scope has no spaces/],
    [{ provider: 'yahoo', clientId: 'id' }, /oauth.provider/],
  ])('that is not whole is refused by name: %j', (oauth, says) => {
    expect(() => settings(oauth)).toThrow(says);
  });

  it('has no password besides, and one of the two', () => {
    const google = { provider: 'google', clientId: 'id', clientSecret };
    expect(() => settings(google, {}, { password: { env: 'SECRET' } })).toThrow(/a password and `oauth`/);
    expect(() => settings(google, {}, { oauth: undefined })).toThrow(/there is no password: give .* or `oauth`/);
  });
});

describe('letters with the tokens of a mailbox', () => {
  const google = { provider: 'google', clientId: 'id', clientSecret };
  it('go to the server of its provider unless another is named', () => {
    const named = { smtp: { mailbox: 'support' } };
    expect(settings(google, named)).toMatchObject({ smtpUrl: 'smtps://smtp.gmail.com:465', smtpMailbox: 'support' });
    const other = { smtp: { mailbox: 'support', url: 'smtp://relay.example:587' } };
    expect(settings(google, other)).toMatchObject({ smtpUrl: 'smtp://relay.example:587' });
    expect(settings(google)).toMatchObject({ smtpUrl: null, smtpMailbox: null });
  });

  it('need a mailbox that has some', () => {
    expect(() => settings(google, { smtp: { mailbox: 'sales' } })).toThrow(/there is no mailbox "sales" with oauth/);
  });
});

describe('the server for letters', () => {
  const read = (file: object, env: Record<string, string> = {}) => {
    writeFileSync(join(folder, 'postern.yaml'), JSON.stringify(file));
    return readSettings('command', { folder, env: { SUPPORT_ADDRESS: 'support@desk.example', ...env } });
  };
  const url = { SMTP_URL: 'smtp://desk%40tenant.example:secret@mail.desk.example' };
  it('is limited as postern.yaml says, also where only SMTP_URL names it', () => {
    expect(read({ smtp: { connections: 3, pause: 2 } }, url)).toMatchObject({
      smtpMailbox: null,
      smtp: { name: 'SMTP_URL', connections: 3, pause: 2000, own: 'desk@tenant.example' },
    });
    expect(read({}, url).smtp).toMatchObject({ connections: 5, pause: 0 });
  });
  it('may stand there without a mailbox that lends its tokens', () => {
    expect(read({ smtp: { url: 'smtps://kim:x@mail.desk.example' } })).toMatchObject({
      smtpUrl: 'smtps://kim:x@mail.desk.example',
      smtp: { name: 'smtp.url', own: 'support@desk.example' },
    });
    expect(() => read({ smtp: { url: 'mail.desk.example' } })).toThrow(/smtp\.url: is no server/);
    expect(() => read({ smtp: { connections: 0 } })).toThrow(/connections/);
  });
});
