/**
 * The far end, in a process of its own: takes every letter at once and tells its parent which mail it answers and when. No
 * package: smtp-server holds each new connection back for 100 ms before it greets.
 */
import { createServer } from 'node:net';
import { tokenPattern } from './mails.ts';
import { now } from './numbers.ts';

export type Taken = { readonly token: string; readonly at: number };

let gathered: Taken[] = [];
function tell(): void {
  process.send?.({ taken: gathered });
  gathered = [];
}
function note(letter: string): void {
  const at = now();
  const token = tokenPattern.exec(letter.slice(0, 6_000))?.[0] ?? '';
  if (gathered.length === 0) setImmediate(tell);
  gathered.push({ token, at });
}

const server = createServer((socket) => {
  let pending = '';
  let inLetter = false;
  socket.setNoDelay(true);
  socket.on('error', () => {});
  socket.write('220 sink.bench.test ESMTP\r\n');
  const obey = (line: string) => {
    const word = line.slice(0, 4).toUpperCase();
    if (word === 'EHLO') socket.write('250-sink.bench.test\r\n250-PIPELINING\r\n250-8BITMIME\r\n250 SIZE 50000000\r\n');
    else if (word === 'DATA') {
      inLetter = true;
      socket.write('354 go on\r\n');
    } else if (word === 'QUIT') socket.end('221 bye\r\n');
    else socket.write('250 ok\r\n');
  };
  socket.on('data', (chunk) => {
    pending += chunk.toString('latin1');
    for (;;) {
      const mark = inLetter ? '\r\n.\r\n' : '\r\n';
      const end = pending.indexOf(mark);
      if (end === -1) return;
      const part = pending.slice(0, end);
      pending = pending.slice(end + mark.length);
      if (!inLetter) obey(part);
      else {
        inLetter = false;
        socket.write('250 taken\r\n');
        note(part);
      }
    }
  });
});
server.listen(0, '127.0.0.1', () => process.send?.({ port: (server.address() as { port: number }).port }));
process.on('disconnect', () => process.exit(0));
