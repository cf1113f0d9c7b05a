import { afterEach, expect, it } from 'vitest';
import { silentLog } from '../../../src/foundation/log.ts';
import { openParserPool, type ParserPool } from '../../../src/runtime/parser/parser-pool.ts';
import { readingWith } from '../../support/mails/reading.ts';

const options = readingWith({ addresses: { support: 'support@own.example' } });
const arrival = { mailFrom: null, rcptTo: [] };
const mail = (body: string) => Buffer.from(`From: a@b.example\r\nSubject: x\r\n\r\n${body}\r\n`);

/** A thread that hangs, eats memory or dies when the mail says so, and answers otherwise. */
const wicked = new URL(
  `data:text/javascript,${encodeURIComponent(`
    import { parentPort } from 'node:worker_threads';
    const read = ({ id, raw }) => {
      const text = new TextDecoder().decode(raw);
      if (text.includes('hang')) for (;;);
      if (text.includes('eat')) { const all = []; for (;;) all.push(new Array(100000).fill({ a: all.length })); }
      if (text.includes('die')) process.exit(3);
      if (text.includes('throw')) throw new Error('x');
      parentPort.postMessage({ id, facts: { text } });
    };
    parentPort.on('message', (mails) => mails.forEach(read));`)}`,
);

let pool: ParserPool | null = null;
afterEach(async () => {
  await pool?.close();
  pool = null;
});

it('reads mails in threads, and leaves the bytes to the caller', async () => {
  pool = openParserPool({ threads: 2, log: silentLog });
  const raw = mail('hello');
  const facts = await Promise.all(Array.from({ length: 6 }, () => pool?.read(raw, arrival, options)));
  expect(facts.map((one) => one?.text.trim())).toEqual(Array(6).fill('hello'));
  expect(raw.length).toBeGreaterThan(0);
});

it.each([
  ['hang', 'parser-overrun'],
  ['eat', 'parser-overrun'],
  ['die', 'parser-failed'],
  ['throw', 'parser-failed'],
])(
  'holds the mail that makes a thread %s, and reads the next',
  async (what, reason) => {
    pool = openParserPool({ threads: 1, seconds: 1, megabytes: 96, log: silentLog, entry: wicked });
    await pool.read(mail('warm'), arrival, options);
    const [bad, good] = await Promise.all([
      pool.read(mail(what), arrival, options),
      pool.read(mail('fine'), arrival, options),
    ]);
    expect(bad).toMatchObject({ class: 'unreadable', unreadable: reason, from: { address: 'a@b.example' } });
    expect(good.text).toContain('fine');
  },
  20_000,
);

it('opens another thread when one is held up, so that the mails behind it do not wait', async () => {
  pool = openParserPool({ threads: 2, seconds: 5, log: silentLog, entry: wicked });
  await pool.read(mail('warm'), arrival, options);
  let over = false;
  const bad = pool.read(mail('hang'), arrival, options).finally(() => {
    over = true;
  });
  await new Promise((turn) => setTimeout(turn, 20));
  const good = await Promise.all([1, 2, 3].map((n) => pool?.read(mail(`fine ${n}`), arrival, options)));
  expect(good.map((one) => /fine \d/.exec(one?.text ?? '')?.[0])).toEqual(['fine 1', 'fine 2', 'fine 3']);
  expect(over).toBe(false);
  expect(await bad).toMatchObject({ unreadable: 'parser-overrun' });
}, 20_000);

it('reads what it gave to a thread behind the mail that ended it', async () => {
  pool = openParserPool({ threads: 1, seconds: 1, log: silentLog, entry: wicked });
  const all = await Promise.all(
    ['one', 'die', 'three', 'four'].map((what) => pool?.read(mail(what), arrival, options)),
  );
  expect(all.map((facts) => facts?.unreadable ?? null)).toEqual(
    [undefined, 'parser-failed', undefined, undefined].map((x) => x ?? null),
  );
}, 20_000);

it('refuses once it is closed', async () => {
  pool = openParserPool({ threads: 1, log: silentLog });
  await pool.close();
  await expect(pool.read(mail('x'), arrival, options)).rejects.toThrow('closed');
});
