/**
 * One request of a webhook (Standard Webhooks): signed, to an address that may be reached, and answered by its status alone. A redirect
 * is no answer: it would carry the event to somebody else.
 */
import { lookup } from 'node:dns';
import { type ClientRequest, request as requestPlain } from 'node:http';
import { request as requestTls } from 'node:https';
import { isIP, type LookupFunction } from 'node:net';
import type { TLSSocket } from 'node:tls';
import { Webhook } from 'standardwebhooks';
import { type Reachable, reachable } from './reachable.ts';

export type WebhookMessage = {
  readonly url: string;
  /** `msg_…`: the same whenever the same event is sent. */
  readonly id: string;
  /** When it is sent. */
  readonly at: Date;
  readonly body: string;
  /** `whsec_…`; the newest first, each has a signature. */
  readonly secrets: readonly string[];
};

export type WebhookAnswer = {
  readonly ok: boolean;
  /** Null where there was no answer. */
  readonly status: number | null;
  /** In a few words: what was answered, or what stood in the way. */
  readonly says: string;
};

type Resolve = typeof lookup;
export type SendOptions = {
  readonly reachable: Reachable;
  /** For the whole of it, from the look-up to the status. */
  readonly timeoutMs?: number;
  /** How names are looked up. */
  readonly resolve?: Resolve;
};

/** Standard Webhooks: 15 to 30 seconds. */
const defaultTimeoutMs = 15_000;
/** More than that of an answer is not waited for. */
const mostOfAnswer = 16_384;
const restOfAnswerMs = 1_000;
const mostHeaders = 16_384;

export const signatureOf = ({ id, at, body, secrets }: Omit<WebhookMessage, 'url'>): string =>
  secrets.map((secret) => new Webhook(secret).sign(id, at, body)).join(' ');

const isPublic = reachable([]);

class Unreachable extends Error {}

/** Answers with the addresses that may be reached, and with none where a name leads elsewhere: what is connected to is what was looked at. */
function guarded(may: Reachable, resolve: Resolve): LookupFunction {
  return (host, options, callback) => {
    resolve(host, { ...options, all: true }, (error, found) => {
      if (error) return callback(error, '', 0);
      const all = Array.isArray(found) ? found : [];
      const good = all.filter(({ address }) => may(address));
      const [first] = good;
      if (!first) return callback(new Unreachable(`${host} leads to ${all[0]?.address ?? 'nothing'}`), '', 0);
      if (options.all) callback(null, good);
      else callback(null, first.address, first.family);
    });
  };
}

const notAllowed = 'an address that may not be reached: private, of this machine, or reserved (WEBHOOK_PRIVATE)';

/** Never throws. */
export function sendWebhook(message: WebhookMessage, options: SendOptions): Promise<WebhookAnswer> {
  const { reachable: may, timeoutMs = defaultTimeoutMs, resolve = lookup } = options;
  const { url: to, id, at, body } = message;
  const { promise, resolve: settle } = Promise.withResolvers<WebhookAnswer>();
  const failed = (says: string) => settle({ ok: false, status: null, says });
  const url = URL.parse(to);
  if (!url || (url.protocol !== 'https:' && url.protocol !== 'http:')) {
    failed('no address that can be sent to');
    return promise;
  }
  const host = url.hostname.replace(/^\[|\]$/g, '');
  // A number is looked up nowhere.
  if (isIP(host) !== 0 && !may(host)) {
    failed(notAllowed);
    return promise;
  }
  const secure = url.protocol === 'https:';
  let call: ClientRequest;
  try {
    call = (secure ? requestTls : requestPlain)(url, {
      method: 'POST',
      agent: false,
      lookup: guarded(may, resolve),
      maxHeaderSize: mostHeaders,
      headers: {
        'content-type': 'application/json',
        'content-length': Buffer.byteLength(body),
        'user-agent': 'Postern-Webhook/1',
        'webhook-id': id,
        'webhook-timestamp': String(Math.floor(at.getTime() / 1000)),
        'webhook-signature': signatureOf(message),
      },
    });
  } catch (error) {
    failed(wordOf(error));
    return promise;
  }
  const timer = setTimeout(() => {
    failed(`no answer within ${Math.round(timeoutMs / 1000)} s`);
    call.destroy();
  }, timeoutMs);
  call.on('socket', (socket) => {
    // Whatever has led there: nothing is said to an address that may not be reached. Without TLS a public one would carry it in the open.
    socket.once('connect', () => {
      const { remoteAddress = '' } = socket;
      const plain = !secure && isPublic(remoteAddress);
      if (may(remoteAddress) && !plain) return;
      failed(plain ? 'a public address is sent to by https:// only' : notAllowed);
      (socket as TLSSocket).destroy();
    });
  });
  call.on('error', (error) => failed(error instanceof Unreachable ? `${notAllowed}: ${error.message}` : wordOf(error)));
  call.on('response', (response) => {
    const { statusCode: status = 0 } = response;
    const ok = status >= 200 && status < 300;
    const moved = status >= 300 && status < 400;
    settle({ ok, status, says: moved ? `${status}, a redirect, which is not followed` : String(status) });
    let taken = 0;
    const rest = setTimeout(() => call.destroy(), restOfAnswerMs);
    response.on('data', (chunk: Buffer) => {
      taken += chunk.length;
      if (taken > mostOfAnswer) call.destroy();
    });
    response.on('close', () => clearTimeout(rest));
    response.on('error', () => {});
  });
  call.end(body);
  return promise.finally(() => clearTimeout(timer));
}

/** The code of the error where it has one: messages hold addresses of ours. */
function wordOf(error: unknown): string {
  const { code, name } = error as { code?: unknown; name?: unknown };
  return typeof code === 'string' ? code : typeof name === 'string' ? name : 'no answer';
}
