import net from 'node:net';
import { afterEach, expect, it } from 'vitest';
import { startTcpProxy, type TcpProxy } from '../support/servers/tcp-proxy.ts';

const soon = () => new Promise((next) => setTimeout(next, 60));
let proxy: TcpProxy;
let echo: net.Server;
let atServer = () => 0;

async function start(): Promise<void> {
  const open = new Set<net.Socket>();
  atServer = () => open.size;
  echo = net.createServer((socket) => {
    open.add(socket);
    socket.on('close', () => open.delete(socket)).on('error', () => {});
    socket.pipe(socket);
  });
  await new Promise<void>((ready) => echo.listen(0, '127.0.0.1', ready));
  proxy = await startTcpProxy({ port: (echo.address() as net.AddressInfo).port });
}
afterEach(async () => {
  await proxy.stop();
  echo.close();
});

async function client() {
  const socket = net.connect(proxy.port, '127.0.0.1');
  const seen = { text: '', state: 'opening' };
  socket.on('data', (bytes) => (seen.text += bytes));
  socket.on('connect', () => (seen.state = 'open'));
  socket.on('error', (error: NodeJS.ErrnoException) => (seen.state = String(error.code)));
  socket.on('close', (broken) => (seen.state = broken ? seen.state : 'closed'));
  await soon();
  return { seen, say: (text: string) => socket.write(text), end: () => socket.end(), kill: () => socket.destroy() };
}

it('keeps bytes back in hold and delivers them in order', async () => {
  await start();
  const one = await client();
  one.say('a');
  await soon();
  await proxy.mode('hold');
  one.say('b');
  await soon();
  one.say('c');
  const two = await client();
  two.say('x');
  await soon();
  expect([one.seen.text, two.seen.text]).toEqual(['a', '']);
  await proxy.mode('pass');
  await soon();
  expect([one.seen.text, two.seen.text]).toEqual(['abc', 'x']);
  one.end();
  await soon();
  expect([one.seen.state, proxy.connections(), atServer()]).toEqual(['closed', 1, 1]);
});

it('swallows bytes and ends in drop, and never mends a connection that lost some', async () => {
  await start();
  const [one, idle, left] = [await client(), await client(), await client()];
  await proxy.mode('drop');
  one.say('lost');
  left.kill();
  const late = await client();
  late.say('lost too');
  await soon();
  expect([one.seen, late.seen]).toEqual([
    { text: '', state: 'open' },
    { text: '', state: 'open' },
  ]);
  expect(atServer()).toBe(3);
  await proxy.mode('pass');
  for (const each of [one, late, idle]) each.say('later');
  const fresh = await client();
  fresh.say('new');
  await soon();
  expect([one, late, idle, fresh].map(({ seen }) => seen.text)).toEqual(['', '', 'later', 'new']);
});

it('refuses new connections and leaves the open ones; resets all; goes on after both', async () => {
  await start();
  const one = await client();
  await proxy.mode('refuse');
  one.say('a');
  expect((await client()).seen.state).toBe('ECONNREFUSED');
  expect(one.seen).toEqual({ text: 'a', state: 'open' });
  await proxy.mode('reset');
  await soon();
  expect(one.seen.state).toBe('ECONNRESET');
  expect((await client()).seen.state).toBe('ECONNRESET');
  await proxy.mode('pass');
  const two = await client();
  two.say('b');
  await soon();
  expect([two.seen.text, proxy.connections(), atServer()]).toEqual(['b', 1, 1]);
});
