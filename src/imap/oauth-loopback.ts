/**
 * Where the browser comes back to after the sign-in (RFC 8252 §7.3): a page on 127.0.0.1 that lives as long as the command. On a
 * server without a browser the address the browser ends at is pasted instead; it holds the same.
 */
import { createServer, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';

/** What came back: a code, or the server's reason for none. */
export type Landing =
  | { readonly kind: 'code'; readonly code: string }
  | { readonly kind: 'refused'; readonly error: string };

/** Reads the address a browser was sent back to; null where it belongs to another sign-in, or to none. */
export function readLanding(address: string, state: string): Landing | null {
  const url = URL.parse(address.trim(), 'http://127.0.0.1/');
  if (!url || url.searchParams.get('state') !== state) return null;
  const error = url.searchParams.get('error');
  if (error !== null) return { kind: 'refused', error: error.slice(0, 60) };
  const code = url.searchParams.get('code');
  return code ? { kind: 'code', code } : null;
}

const page = (response: ServerResponse, status: number, says: string) =>
  response
    .writeHead(status, {
      'content-type': 'text/plain; charset=utf-8',
      'cache-control': 'no-store',
      'referrer-policy': 'no-referrer',
      connection: 'close',
    })
    .end(`${says}\n`);

type Loopback = {
  /** `http://127.0.0.1:PORT/` */
  readonly redirect: string;
  /** Resolves with the first landing that carries `state`. */
  landing(state: string): Promise<Landing>;
  close(): Promise<void>;
};

/** `port` 0: any that is free. */
export async function openLoopback(port = 0): Promise<Loopback> {
  let expected: { state: string; land: (landing: Landing) => void } | null = null;
  const server = createServer((request, response) => {
    const landing = expected && readLanding(request.url ?? '', expected.state);
    if (!landing) return page(response, 404, 'Nothing here belongs to this sign-in.');
    page(
      response,
      200,
      landing.kind === 'code'
        ? 'Signed in. This window can be closed; the terminal says more.'
        : 'The sign-in was refused. This window can be closed; the terminal says more.',
    );
    expected?.land(landing);
  });
  await new Promise<void>((open, fail) => {
    server.once('error', fail);
    server.listen(port, '127.0.0.1', open);
  });
  return {
    redirect: `http://127.0.0.1:${(server.address() as AddressInfo).port}/`,
    landing: (state) =>
      new Promise((land) => {
        expected = { state, land };
      }),
    close: () =>
      new Promise((closed) => {
        server.close(() => closed());
        server.closeAllConnections();
      }),
  };
}
