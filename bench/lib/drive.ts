/** Brings mails to whom they are for, and says when the clock began to run. */

import { openLmtp } from './lmtp.ts';
import { addressOf } from './mails.ts';
import { lanes, now, until } from './numbers.ts';
import { observe } from './observer.ts';
import type { Bench } from './world.ts';

const lmtpConnections = 16;

/** All mails lie there before the server tells of the first: it waits half a second after a change. */
export async function layInMailbox(
  bench: Bench,
  user: string,
  mails: readonly Buffer[],
  before: number,
): Promise<number> {
  const ear = await observe(bench.dovecot.port, user);
  try {
    bench.dovecot.deliverAll(user, mails);
    const whole = before + mails.length;
    await until('Dovecot to tell of the mails', () => ear.toldOf(whole) !== undefined, 20_000);
    const [first, last] = [ear.toldOf(before + 1) ?? 0, ear.toldOf(whole) ?? 0];
    if (last - first > 50)
      process.stderr.write(`  Dovecot told of the mails in parts, ${Math.round(last - first)} ms apart\n`);
    return first;
  } finally {
    await ear.close();
  }
}

/** Over sixteen connections that are kept open; the moment the first mail was begun. */
export async function handInByLmtp(port: number, mails: readonly Buffer[]): Promise<number> {
  const clients = await Promise.all(Array.from({ length: lmtpConnections }, () => openLmtp(port)));
  const began = now();
  await lanes(mails.length, clients.length, async (i, lane) => {
    await clients[lane]?.send(mails[i] as Buffer, addressOf(i));
  });
  for (const client of clients) client.close();
  return began;
}
