/**
 * Two ways to learn when Dovecot told of new mail: `observe` is a session of our own that idles in the same folder (cheap, a few
 * milliseconds off), `tap` stands between Postern and Dovecot and sees the very line that Postern gets.
 */
import { connect, createServer, type Socket } from 'node:net';
import { now, until } from './numbers.ts';

export type Ear = {
  /** The moment at which so many mails were told of, or undefined. */
  toldOf(count: number): number | undefined;
  close(): Promise<void>;
};

const told = () => {
  const at: { count: number; at: number }[] = [];
  return {
    hear(chunk: Buffer | string): void {
      for (const [, count] of String(chunk).matchAll(/^\* (\d+) EXISTS/gm))
        at.push({ count: Number(count), at: now() });
    },
    of: (count: number) => at.find((one) => one.count >= count)?.at,
  };
};

export async function observe(port: number, user: string): Promise<Ear> {
  const socket = connect(port, '127.0.0.1');
  const heard = told();
  let text = '';
  socket.on('error', () => {});
  socket.on('data', (chunk) => {
    text += chunk.toString('latin1');
    heard.hear(chunk);
  });
  const ask = async (line: string, answer: string) => {
    text = '';
    socket.write(`${line}\r\n`);
    await until(answer, () => text.includes(answer), 10_000);
  };
  await until('the greeting', () => text.includes('* OK'), 10_000);
  await ask(`a login ${user} secret`, 'a OK');
  await ask('b select INBOX', 'b OK');
  await ask('c idle', '+ idling');
  return {
    toldOf: heard.of,
    async close() {
      socket.destroy();
    },
  };
}

export async function tap(port: number): Promise<Ear & { readonly port: number }> {
  const open = new Set<Socket>();
  const heard = told();
  const server = createServer((near) => {
    const far = connect(port, '127.0.0.1');
    for (const socket of [near, far]) {
      open.add(socket);
      socket.setNoDelay(true);
      socket.on('error', () => {});
    }
    near.on('data', (chunk) => far.write(chunk));
    far.on('data', (chunk) => {
      heard.hear(chunk);
      near.write(chunk);
    });
    near.on('close', () => far.destroy());
    far.on('close', () => near.destroy());
  });
  await new Promise<void>((done) => server.listen(0, '127.0.0.1', done));
  return {
    port: (server.address() as { port: number }).port,
    toldOf: heard.of,
    async close() {
      for (const socket of open) socket.destroy();
      await new Promise<void>((done) => server.close(() => done()));
    },
  };
}
