/** Somebody tries PINs, the right one among them, and the PIN's owner works on meanwhile. */
import type { ExpectStatic } from 'vitest';
import { mail, type startApp } from './app.ts';

type App = Awaited<ReturnType<typeof startApp>>;

/** What of a letter may differ from one to the next: who it goes to, when, its ids, and what it answers. */
export const plain = (raw: Buffer, to: string): string => {
  const text = raw.toString('latin1');
  const ids = /^Message-ID: <([^>]+)>/im.exec(text)?.[1] ?? '';
  const boundary = /boundary="([^"]+)"/.exec(text)?.[1] ?? '';
  const mark = /^X-[A-Za-z-]*Loop[^:]*: (.*)$/im.exec(text)?.[1] ?? '';
  return text
    .replaceAll(to, '(sender)')
    .replaceAll(ids, '(id)')
    .replaceAll(boundary, '(boundary)')
    .replace(/^(Date|In-Reply-To|References): .*(\r\n[ \t].*)*/gim, '$1: (differs)')
    .replaceAll(mark === '' ? '\0' : `: ${mark}\r\n`, ': (mark)\r\n');
};

async function rights(app: App) {
  const [row] = await app.query<{ rights: unknown }>(
    `select json_build_object('contacts', (select count(*) from contacts), 'addresses', (select count(*) from contact_addresses),
       'pins', (select count(*) from pins), 'participants', (select count(*) from case_participants where address not like '%@aldous.example')) as rights`,
  );
  return row?.rights;
}

/** `count` PINs from one address, and one each from as many addresses: half of them of one domain, the others of one each. */
export async function guessing(app: App, expect: ExpectStatic, count: number): Promise<void> {
  const before = await rights(app);
  const pinAt = (n: number) => (n === Math.floor(count / 2) ? '345' : String(10_000 + n));
  const addressAt = (n: number) => (n % 2 === 0 ? `guess${n}@crowd.example` : `guess${n}@d${n}.example`);
  const lone = 'lone+tag@guesser.example';
  const incoming = (raw: string, from: string) => ({
    raw: Buffer.from(raw.replaceAll('\n', '\r\n')),
    arrivedAt: new Date(),
    envelope: { mailFrom: from, rcptTo: ['support@desk.example'] },
    origin: { kind: 'smtp' as const, name: 'smtp' },
  });
  const answers = new Set<string>();
  let owned = 0;
  const own = async () => {
    owned += 1;
    const from = Date.now();
    await app.handIn(mail({ subject: `PIN 345 Owner's request ${owned}`, body: `Request ${owned}.` }));
    await app.until(
      'the owner is acknowledged',
      async () =>
        (await app.query(`select from letters where template = 'acknowledgement' and state = 'sent'`)).length >= owned,
      60,
    );
    return Date.now() - from;
  };
  const waits = [await own()];
  // A hundred by SMTP, whose answers are looked at; the rest as the receiver stores them.
  for (let n = 0; n < count; n += 1) {
    const pairs = [
      [n % 3 === 0 ? lone : 'lone@guesser.example', pinAt(n)],
      [addressAt(n), pinAt(n)],
    ] as const;
    for (const [from, pin] of pairs) {
      const raw = mail({ subject: `PIN ${pin} please`, from: `Guess <${from}>`, body: `Number ${n}.` });
      if (n < 100) {
        await app.handIn(raw, from);
        answers.add('250');
      } else await app.app.receive([incoming(raw, from)]);
    }
    if (n % Math.ceil(count / 5) === 0) waits.push(await own());
  }
  await app.until(
    'all are decided',
    async () => (await app.query(`select from mails where state = 'new' limit 1`)).length === 0,
    240,
  );
  await app.until(
    'all letters have gone',
    async () => (await app.query(`select from letters where state = 'queued' limit 1`)).length === 0,
    60,
  );
  waits.push(await own());
  console.log(`acknowledged after ${waits.join(', ')} ms`);

  expect(await rights(app)).toEqual(before);
  const outcomes = await app.query<{ outcome: string; n: number }>(
    `select outcome, count(*)::int as n from mails where from_address not like '%@aldous.example' group by outcome order by outcome`,
  );
  // Nothing but held mail; the one right PIN that is looked up at all is that of a domain of its own.
  expect(outcomes.map((one) => one.outcome)).toEqual(['held-unknown', 'held-unregistered'].slice(0, outcomes.length));
  expect(outcomes.find((one) => one.outcome === 'held-unregistered')?.n ?? 0).toBeLessThanOrEqual(1);
  const looked = await app.query<{ key: string; wrong: number }>(
    `select key, sum(wrong)::int as wrong from pin_tries group by key having sum(wrong) > 1 order by key`,
  );
  expect(looked).toEqual([
    { key: '@crowd.example', wrong: 20 },
    { key: '@guesser.example', wrong: 5 },
    { key: 'lone@guesser.example', wrong: 5 },
  ]);
  const letters = app.sink.letters.filter((one) => !one.rcptTo.some((to) => /@(?:aldous|desk)\.example$/.test(to)));
  // 20 an hour to all of them, at most one each.
  expect(letters.length).toBe(20);
  expect(new Set(letters.map((one) => one.rcptTo.join())).size).toBe(20);
  expect(new Set(letters.map((one) => plain(one.raw, one.rcptTo[0] ?? ''))).size).toBe(1);
  expect([...answers]).toEqual(['250']);
}
