import { createSocket } from 'node:dgram';
import { afterEach, expect, it } from 'vitest';
import { openResolver } from '../../../src/dns/resolver.ts';

const closers: (() => void)[] = [];
afterEach(() => {
  for (const close of closers.splice(0)) close();
});

/** A name server on this machine: TXT `hello` for `there.example`, no such name for others, silence where it is told so. */
async function nameServer(silent = false): Promise<string> {
  const socket = createSocket('udp4');
  closers.push(() => socket.close());
  socket.on('message', (question, peer) => {
    if (silent) return;
    const end = question.indexOf(0, 12) + 5;
    const there = question.subarray(12, end).includes('there');
    const head = Buffer.from(question.subarray(0, 12));
    head.writeUInt16BE(there ? 0x8180 : 0x8183, 2);
    head.writeUInt16BE(there ? 1 : 0, 6);
    head.writeUInt32BE(0, 8);
    const answer = Buffer.from('c00c001000010000003c000605', 'hex');
    const parts = [head, question.subarray(12, end), ...(there ? [answer, Buffer.from('hello')] : [])];
    socket.send(Buffer.concat(parts), peer.port, peer.address);
  });
  await new Promise<void>((done) => socket.bind(0, '127.0.0.1', done));
  return `127.0.0.1:${socket.address().port}`;
}

it('asks the name servers it is given', async () => {
  const resolve = openResolver({ servers: [await nameServer()] });
  expect(await resolve('there.example', 'TXT')).toEqual([['hello']]);
  await expect(resolve('nowhere.example', 'TXT')).rejects.toMatchObject({ code: 'ENOTFOUND' });
});

it('gives up on a name server that is silent', async () => {
  const resolve = openResolver({ servers: [await nameServer(true)], milliseconds: 50 });
  const from = performance.now();
  await expect(resolve('there.example', 'TXT')).rejects.toMatchObject({ code: 'ETIMEOUT' });
  expect(performance.now() - from).toBeLessThan(2000);
});
