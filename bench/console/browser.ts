/** What a browser does, measured: keeps the cookie, asks for pages as they go over the wire, and holds a stream. */
import { type ClientRequest, type IncomingMessage, request } from 'node:http';
import { now } from '../lib/numbers.ts';

export type Got = {
  readonly status: number;
  readonly headers: IncomingMessage['headers'];
  /** As it was sent: compressed where the server does so. */
  readonly bytes: number;
  readonly body: Buffer;
  /** From the request to the first byte, and to the last. */
  readonly firstMs: number;
  readonly ms: number;
};

export type Browser = {
  get(path: string): Promise<Got>;
  post(path: string, body: string): Promise<Got>;
  /** Server-sent events, until it is closed. */
  stream(path: string): { close(): void; events(): number };
};

/** `cookie`: of the session; what the server sets meanwhile is kept. */
export function openBrowser(port: number, cookie = ''): Browser & { cookies(): string } {
  const jar = new Map(
    cookie
      .split('; ')
      .filter(Boolean)
      .map((one) => one.split(/=(.*)/s) as [string, string]),
  );
  const cookies = () => [...jar].map(([name, value]) => `${name}=${value}`).join('; ');
  const keep = ({ headers }: IncomingMessage) => {
    for (const line of headers['set-cookie'] ?? []) {
      const [, name = '', value = ''] = /^([^=]+)=([^;]*)/.exec(line) ?? [];
      if (value === '' || /max-age=0/i.test(line)) jar.delete(name);
      else jar.set(name, value);
    }
  };
  const host = `127.0.0.1:${port}`;
  const ask = (method: string, path: string, sent?: string): Promise<Got> =>
    new Promise((done, failed) => {
      const began = now();
      const headers = {
        ...{ cookie: cookies(), 'accept-encoding': 'br, gzip', accept: 'text/html', host },
        ...(sent === undefined
          ? {}
          : { 'content-type': 'application/x-www-form-urlencoded', origin: `http://${host}` }),
      };
      const asked: ClientRequest = request({ host: '127.0.0.1', port, method, path, headers }, (answer) => {
        const firstMs = now() - began;
        const parts: Buffer[] = [];
        keep(answer);
        answer.on('data', (part: Buffer) => parts.push(part));
        answer.on('error', failed);
        answer.on('end', () => {
          const body = Buffer.concat(parts);
          const { statusCode: status = 0 } = answer;
          done({ status, headers: answer.headers, bytes: body.length, body, firstMs, ms: now() - began });
        });
      });
      asked.on('error', failed);
      asked.end(sent);
    });
  return {
    cookies,
    get: (path) => ask('GET', path),
    post: (path, body) => ask('POST', path, body),
    stream(path) {
      let events = 0;
      const headers = { cookie: cookies(), accept: 'text/event-stream', host };
      const asked = request({ host: '127.0.0.1', port, path, headers }, (answer) => {
        answer.on('data', (part: Buffer) => {
          events += part.toString().split('\n\n').length - 1;
        });
        answer.on('error', () => {});
      });
      asked.on('error', () => {});
      asked.end();
      return { close: () => asked.destroy(), events: () => events };
    },
  };
}
