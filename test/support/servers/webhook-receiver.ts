/** A program that hears of what happens: it takes, refuses, hangs, sends elsewhere, or is not there. */
import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';

export type Heard = {
  readonly id: string;
  readonly at: number;
  readonly signature: string;
  readonly headers: Readonly<Record<string, string>>;
  readonly raw: string;
  readonly type: string;
  readonly data: Readonly<Record<string, string>>;
  /** It answered 2xx. */
  readonly taken: boolean;
};

export type Answer =
  | { readonly kind: 'status'; readonly status: number; readonly headers?: Record<string, string> }
  | { readonly kind: 'hang' }
  /** 200, and a body without end. */
  | { readonly kind: 'endless' };

export type Receiver = {
  readonly url: string;
  /** Everything that came, in its order. */
  readonly heard: Heard[];
  /** Connections that were made. */
  connections(): number;
  answer: (heard: Omit<Heard, 'taken'>) => Answer;
  /** Nobody listens any more; and again, on the same port. */
  down(): Promise<void>;
  up(): Promise<void>;
  stop(): Promise<void>;
};

export const status = (code: number, headers?: Record<string, string>): Answer => ({
  kind: 'status',
  status: code,
  ...(headers && { headers }),
});

export async function startReceiver(): Promise<Receiver> {
  let made = 0;
  let port = 0;
  let server: Server | null = null;
  const heard: Heard[] = [];

  async function take(request: IncomingMessage, response: ServerResponse): Promise<void> {
    const parts: Buffer[] = [];
    for await (const part of request) parts.push(part as Buffer);
    const raw = Buffer.concat(parts).toString();
    const { type, data } = raw === '' ? { type: '', data: {} } : JSON.parse(raw);
    const one = {
      id: String(request.headers['webhook-id'] ?? ''),
      at: Number(request.headers['webhook-timestamp']),
      signature: String(request.headers['webhook-signature'] ?? ''),
      headers: request.headers as Record<string, string>,
      ...{ raw, type, data },
    };
    const answer = receiver.answer(one);
    heard.push({ ...one, taken: answer.kind === 'endless' || (answer.kind === 'status' && answer.status < 300) });
    if (answer.kind === 'hang') return;
    if (answer.kind === 'endless') {
      response.writeHead(200);
      const more = setInterval(() => response.write(Buffer.alloc(65_536)), 1);
      response.on('close', () => clearInterval(more));
      return;
    }
    response.writeHead(answer.status, answer.headers);
    response.end('thanks');
  }

  async function up(): Promise<void> {
    server = createServer((request, response) => {
      take(request, response).catch(() => response.destroy());
    });
    server.on('connection', () => {
      made += 1;
    });
    await new Promise<void>((resolve) => server?.listen(port, '127.0.0.1', resolve));
    ({ port } = server.address() as AddressInfo);
  }
  async function down(): Promise<void> {
    const closing = server;
    server = null;
    closing?.closeAllConnections();
    await new Promise<void>((resolve) => (closing ? closing.close(() => resolve()) : resolve()));
  }
  const receiver: Receiver = {
    get url() {
      return `http://127.0.0.1:${port}/postern`;
    },
    heard,
    connections: () => made,
    answer: () => status(200),
    up,
    down,
    stop: down,
  };
  await up();
  return receiver;
}
