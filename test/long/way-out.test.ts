/** The rate by the clock itself: what is over it goes on with each minute, by itself. */
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { startApp } from '../support/app.ts';
import { scratch } from '../support/process.ts';
import { putLetters } from '../support/put-letters.ts';

const perDomain = 8;
const perMinute = 12;

let postern: Awaited<ReturnType<typeof startApp>>;
beforeAll(async () => {
  const file = join(scratch('minutes'), 'postern.yaml');
  writeFileSync(
    file,
    `policy: { letters: { lettersPerMinute: ${perMinute}, lettersPerMinutePerDomain: ${perDomain} } }\n`,
  );
  postern = await startApp({ POSTERN_CONFIG: file });
});
afterAll(async () => {
  await postern.stop();
});

it('lets out as many as may go in every minute, and not one more', async () => {
  const { database, relay } = postern.app;
  const many = (count: number, domain: string) => Array.from({ length: count }, (_, i) => `p${i}@${domain}`);
  const addresses = [...many(16, 'a.example'), ...many(8, 'b.example')];
  // The rate is counted where a letter is claimed and seen here where it arrives: on a loaded machine some seconds later, and
  // with a minute's end in between the letters would be seen in three minutes. So all of it happens in the first half of one.
  const left = 60_000 - (Date.now() % 60_000);
  if (left < 30_000) await new Promise((resolve) => setTimeout(resolve, left + 100));
  await putLetters(database, addresses);
  relay.wake();
  await postern.sink.waitFor(addresses.length, 200_000);
  const minutes = new Map<number, string[]>();
  for (const { at, rcptTo } of postern.sink.letters) {
    const minute = Math.floor(at / 60_000);
    minutes.set(minute, [...(minutes.get(minute) ?? []), rcptTo[0]?.split('@')[1] ?? '']);
  }
  const counts = [...minutes.values()];
  expect(counts.map((domains) => domains.length)).toEqual([12, 12]);
  for (const domains of counts)
    for (const domain of ['a.example', 'b.example'])
      expect(domains.filter((one) => one === domain).length).toBeLessThanOrEqual(perDomain);
});
