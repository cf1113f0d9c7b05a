import { createHash, generateKeyPairSync, verify } from 'node:crypto';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { assertion, browserRequest, type OAuthClient, refresh } from '../../../src/imap/oauth.ts';
import { openLoopback, readLanding } from '../../../src/imap/oauth-loopback.ts';

const pair = generateKeyPairSync('rsa', { modulusLength: 2048 });
const client: OAuthClient = {
  grant: 'browser',
  user: 'support@desk.example',
  clientId: 'postern',
  clientSecret: 'never shown',
  scopes: ['mail', 'offline'],
  tokenUrl: 'https://sign.example/token',
  deviceUrl: null,
  authorizationUrl: 'https://sign.example/authorize?tenant=desk',
  extra: { access_type: 'offline' },
  key: { id: 'one', pem: pair.privateKey.export({ type: 'pkcs8', format: 'pem' }).toString() },
};

describe('the address to sign in at', () => {
  it('asks for a code that only we can use, and holds no secret', () => {
    const { url, state, verifier } = browserRequest(client, 'http://127.0.0.1:8123/');
    const query = Object.fromEntries(new URL(url).searchParams);
    expect(query).toEqual({
      tenant: 'desk',
      response_type: 'code',
      client_id: 'postern',
      redirect_uri: 'http://127.0.0.1:8123/',
      scope: 'mail offline',
      state,
      code_challenge: createHash('sha256').update(verifier).digest('base64url'),
      code_challenge_method: 'S256',
      login_hint: 'support@desk.example',
      access_type: 'offline',
    });
    expect(verifier.length).toBeGreaterThanOrEqual(43);
    expect(browserRequest(client, 'http://127.0.0.1:8123/').state).not.toBe(state);
  });
});

describe('where the browser comes back', () => {
  it('is read only where it carries our state', () => {
    const at = 'http://127.0.0.1:8123/?code=4%2Fabc&scope=mail&state=ours';
    expect(readLanding(` ${at}\n`, 'ours')).toEqual({ kind: 'code', code: '4/abc' });
    expect(readLanding(at, 'theirs')).toBeNull();
    expect(readLanding('/?state=ours&error=access_denied', 'ours')).toEqual({
      kind: 'refused',
      error: 'access_denied',
    });
    expect(readLanding('/?state=ours', 'ours')).toBeNull();
    expect(readLanding('/favicon.ico', 'ours')).toBeNull();
  });

  it('may be anything that somebody types', () => {
    fc.assert(fc.property(fc.string(), (text) => readLanding(text, 'ours') === null));
  });

  it('answers nobody else, and lands once', async () => {
    const loopback = await openLoopback();
    const landed = loopback.landing('ours');
    const stranger = await fetch(`${loopback.redirect}?code=evil&state=guessed`);
    expect(stranger.status).toBe(404);
    const ours = await fetch(`${loopback.redirect}?code=good&state=ours`);
    expect(await ours.text()).toMatch(/window can be closed/);
    expect(await landed).toEqual({ kind: 'code', code: 'good' });
    await loopback.close();
  });
});

describe('a signed assertion', () => {
  it('names the program, the mailbox and the server, for ten minutes', () => {
    const [head = '', claims = '', mark = ''] = assertion(client, 1_800_000_000).split('.');
    expect(verify('RSA-SHA256', Buffer.from(`${head}.${claims}`), pair.publicKey, Buffer.from(mark, 'base64url'))).toBe(
      true,
    );
    expect(JSON.parse(Buffer.from(head, 'base64url').toString())).toEqual({ alg: 'RS256', typ: 'JWT', kid: 'one' });
    expect(JSON.parse(Buffer.from(claims, 'base64url').toString())).toEqual({
      iss: 'postern',
      sub: 'support@desk.example',
      scope: 'mail offline',
      aud: 'https://sign.example/token',
      iat: 1_799_999_990,
      exp: 1_800_000_600,
    });
  });
});

describe('what a token server answers', () => {
  async function answering(status: number, body: string, headers: Record<string, string> = {}) {
    const asked: string[] = [];
    const server = createServer((request, response) => {
      asked.push(request.url ?? '');
      request.resume().on('end', () => response.writeHead(status, headers).end(body));
    });
    await new Promise<void>((open) => server.listen(0, '127.0.0.1', open));
    const tokenUrl = `http://127.0.0.1:${(server.address() as AddressInfo).port}/token`;
    try {
      return await refresh({ ...client, tokenUrl }, 'refresh-0123456789').then(
        (answer) => ({ answer, asked }),
        (error: Error & { code?: string }) => ({ code: error.code, says: error.message, asked }),
      );
    } finally {
      server.closeAllConnections();
      server.close();
    }
  }

  it.each([
    [307, '', { location: '/elsewhere' }],
    [200, '<html>', {}],
    [200, '{"token_type":"Bearer"}', {}],
    [400, '{"message":"no"}', {}],
    [400, '{"error":"temporarily_unavailable"}', {}],
    [429, '{"error":"invalid_grant"}', {}],
    [503, '{"error":"invalid_grant"}', {}],
  ])(
    '%i %s %j is a server that is out of order: nothing is sent on, nothing is given up',
    async (status, body, headers) => {
      expect(await answering(status, body, headers)).toMatchObject({ code: 'token-server-away', asked: ['/token'] });
    },
  );

  it('is cut of what we sent, cleaned, and never too long', async () => {
    const description = `bad\u202e token refresh-0123456789 of never shown ${'x'.repeat(2000)}`;
    const { answer } = (await answering(
      400,
      JSON.stringify({ error: 'invalid_grant', error_description: description }),
    )) as {
      answer: { says: string };
    };
    expect(answer).toMatchObject({ kind: 'refused', error: 'invalid_grant' });
    expect(answer.says).toMatch(/^bad token … of … x+$/);
    expect(answer.says.length).toBeLessThanOrEqual(300);
  });
});
