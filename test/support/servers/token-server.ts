/** A token server of a mail provider: device codes, browser sign-ins, client credentials, signed assertions, rotating refresh tokens, and every fault a test asks for. */
import { createHash, createPublicKey, type KeyObject, randomBytes, verify } from 'node:crypto';
import { writeFileSync } from 'node:fs';
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { join } from 'node:path';
import { scratch } from '../process.ts';

type Code = { user: string; state: 'pending' | 'granted' | 'denied' | 'expired'; polledAt: number };
type Pending = { user: string; challenge: string; redirect: string };

/** Answers the next requests to the token endpoint; `times` of them. */
export type Fault = { status?: number; error?: string; description?: string; delayMs?: number; times: number };

const clientSecret = 'client-secret-0123456789';

async function formOf(request: IncomingMessage): Promise<URLSearchParams> {
  let text = '';
  for await (const chunk of request) text += String(chunk);
  return new URLSearchParams(text);
}

export async function startTokenServer() {
  const access = new Map<string, { user: string; until: number }>();
  const refreshTokens = new Map<string, { user: string; used: boolean }>();
  const devices = new Map<string, Code>();
  const codes = new Map<string, Pending>();
  const faults: Fault[] = [];
  const asked: string[] = [];
  const secrets = new Set<string>([clientSecret]);
  const serviceKeys = new Map<string, KeyObject>();
  const options = { accessSeconds: 3600, interval: 0, rotate: true, user: '', giveRefresh: true, codeSeconds: 60 };

  const draw = (kind: string) => {
    const secret = `${kind}-${randomBytes(18).toString('base64url')}`;
    secrets.add(secret);
    return secret;
  };
  const send = (response: ServerResponse, status: number, body: unknown) =>
    response.writeHead(status, { 'content-type': 'application/json' }).end(JSON.stringify(body));
  const refuse = (response: ServerResponse, error: string, description?: string) =>
    send(response, error === 'invalid_client' ? 401 : 400, {
      error,
      ...(description === undefined ? {} : { error_description: description }),
    });

  function issue(response: ServerResponse, user: string, withRefresh: boolean, given: string | null = null): void {
    const accessToken = draw('access');
    access.set(accessToken, { user, until: Date.now() + options.accessSeconds * 1000 });
    let refreshToken: string | undefined;
    if (withRefresh && options.giveRefresh && (given === null || options.rotate)) {
      refreshToken = draw('refresh');
      refreshTokens.set(refreshToken, { user, used: false });
    }
    send(response, 200, {
      access_token: accessToken,
      token_type: 'Bearer',
      expires_in: options.accessSeconds,
      ...(refreshToken === undefined ? {} : { refresh_token: refreshToken }),
    });
  }

  function assertionUser(text: string): string | null {
    const [head = '', claims = '', mark = ''] = text.split('.');
    const read = JSON.parse(Buffer.from(claims, 'base64url').toString()) as Record<string, string | number>;
    const key = serviceKeys.get(String(read.iss));
    const now = Date.now() / 1000;
    const good =
      key !== undefined &&
      verify('RSA-SHA256', Buffer.from(`${head}.${claims}`), key, Buffer.from(mark, 'base64url')) &&
      read.aud === `${base()}/token` &&
      Number(read.iat) <= now &&
      Number(read.exp) > now &&
      Number(read.exp) - Number(read.iat) <= 3600;
    return good ? String(read.sub) : null;
  }

  function grant(response: ServerResponse, form: URLSearchParams): void {
    const type = form.get('grant_type') ?? '';
    if (type === 'urn:ietf:params:oauth:grant-type:jwt-bearer') {
      const user = assertionUser(form.get('assertion') ?? '');
      if (user === null) refuse(response, 'invalid_grant', 'Invalid JWT Signature.');
      else issue(response, user, false);
      return;
    }
    if (form.get('client_id') !== 'postern' || form.get('client_secret') !== clientSecret) {
      refuse(response, 'invalid_client', `the secret ${form.get('client_secret')} is wrong`);
    } else if (type === 'client_credentials') {
      issue(response, options.user, false);
    } else if (type === 'refresh_token') {
      const text = form.get('refresh_token') ?? '';
      const held = refreshTokens.get(text);
      // Who hands in a token that was replaced has stolen it, or lost the new one.
      if (!held || held.used) refuse(response, 'invalid_grant', `Token ${text} has been expired or revoked.`);
      else {
        if (options.rotate) held.used = true;
        issue(response, held.user, true, text);
      }
    } else if (type === 'urn:ietf:params:oauth:grant-type:device_code') {
      const code = devices.get(form.get('device_code') ?? '');
      const early = code !== undefined && Date.now() - code.polledAt < options.interval * 900;
      if (code) code.polledAt = Date.now();
      if (!code || code.state === 'expired') refuse(response, 'expired_token');
      else if (code.state === 'denied') refuse(response, 'access_denied');
      else if (code.state === 'granted') issue(response, code.user, true);
      else refuse(response, early ? 'slow_down' : 'authorization_pending');
    } else if (type === 'authorization_code') {
      const pending = codes.get(form.get('code') ?? '');
      codes.delete(form.get('code') ?? '');
      const proof = createHash('sha256')
        .update(form.get('code_verifier') ?? '')
        .digest('base64url');
      if (!pending || pending.challenge !== proof || pending.redirect !== form.get('redirect_uri'))
        refuse(response, 'invalid_grant');
      else issue(response, pending.user, true);
    } else refuse(response, 'unsupported_grant_type');
  }

  const server = createServer(async (request, response) => {
    const url = new URL(request.url ?? '/', base());
    if (request.method === 'GET' && url.pathname === '/authorize') {
      const code = draw('code');
      codes.set(code, {
        user: options.user,
        challenge: url.searchParams.get('code_challenge') ?? '',
        redirect: url.searchParams.get('redirect_uri') ?? '',
      });
      const back = new URL(url.searchParams.get('redirect_uri') ?? '');
      back.searchParams.set('state', url.searchParams.get('state') ?? '');
      back.searchParams.set('code', code);
      response.writeHead(302, { location: back.href }).end();
      return;
    }
    // Dovecot asks by GET with the token behind the address.
    if (url.pathname === '/introspect') {
      const token = url.searchParams.get('token') ?? '';
      const held = access.get(token);
      send(response, 200, held && held.until > Date.now() ? { active: true, username: held.user } : { active: false });
      return;
    }
    const form = await formOf(request);
    if (url.pathname === '/device') {
      const code = draw('device');
      const userCode = `ABCD-${randomBytes(2).toString('hex').toUpperCase()}`;
      devices.set(code, { user: options.user, state: 'pending', polledAt: 0 });
      send(response, 200, {
        device_code: code,
        user_code: userCode,
        verification_uri: `${base()}/activate`,
        expires_in: options.codeSeconds,
        interval: options.interval,
      });
      return;
    }
    asked.push(form.get('grant_type') ?? '');
    const fault = faults[0];
    if (fault) {
      fault.times -= 1;
      if (fault.times <= 0) faults.shift();
      if (fault.delayMs) await new Promise((done) => setTimeout(done, fault.delayMs));
      if (fault.error) return refuse(response, fault.error, fault.description);
      if (fault.status) return response.writeHead(fault.status).end('out of order');
    }
    grant(response, form);
  });
  const base = () => `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
  await new Promise<void>((open) => server.listen(0, '127.0.0.1', open));

  return {
    clientId: 'postern',
    clientSecret,
    options,
    endpoints: () => ({
      token: `${base()}/token`,
      deviceAuthorization: `${base()}/device`,
      authorization: `${base()}/authorize`,
    }),
    introspectionUrl: () => `${base()}/introspect?token=`,
    /** What the next sign-in and the next tokens are for. */
    signInAs(user: string) {
      options.user = user;
    },
    /** What a person does with a device code: every pending one. */
    settleDevices(state: Code['state']) {
      for (const code of devices.values()) if (code.state === 'pending') code.state = state;
    },
    pendingDevices: () => [...devices.values()].filter((code) => code.state === 'pending').length,
    fail(fault: Fault) {
      faults.push(fault);
    },
    mend() {
      faults.length = 0;
    },
    /** The user takes the consent back: nothing of it is good any more. */
    revoke(user: string, what: { access: boolean } = { access: true }) {
      for (const held of refreshTokens.values()) if (held.user === user) held.used = true;
      if (what.access) for (const [token, held] of access) if (held.user === user) access.delete(token);
    },
    expireAccess(user: string) {
      for (const held of access.values()) if (held.user === user) held.until = 0;
    },
    trust(clientEmail: string, publicKey: string) {
      serviceKeys.set(clientEmail, createPublicKey(publicKey));
    },
    /** Grant types asked for at the token endpoint, in their order. */
    asked,
    /** Everything that must be found nowhere. */
    secrets,
    close: () =>
      new Promise<void>((closed) => {
        server.close(() => closed());
        server.closeAllConnections();
      }),
  };
}
export type TestTokenServer = Awaited<ReturnType<typeof startTokenServer>>;

/** What Dovecot's configuration needs to ask this server who a token belongs to. */
export function dovecotAsking(server: TestTokenServer, mechanism: 'xoauth2' | 'oauthbearer' = 'xoauth2'): string {
  const file = join(scratch('oauth'), 'oauth2.conf.ext');
  writeFileSync(
    file,
    [
      `introspection_url = ${server.introspectionUrl()}`,
      'introspection_mode = get',
      'force_introspection = yes',
      'username_attribute = username',
      'active_attribute = active',
      'active_value = true',
      '',
    ].join('\n'),
  );
  // Without the penalty a refused login makes the next one from this address wait.
  return `auth_mechanisms = plain ${mechanism}
service anvil {
  unix_listener anvil-auth-penalty {
    mode = 0
  }
}
passdb {
  driver = oauth2
  mechanisms = ${mechanism}
  args = ${file}
}`;
}
