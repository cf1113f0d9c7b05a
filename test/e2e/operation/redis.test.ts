import { afterAll, beforeAll, expect, it } from 'vitest';
import { mail, registrySql, startApp } from '../../support/app.ts';
import { startRedis } from '../../support/servers/redis.ts';

let redis: Awaited<ReturnType<typeof startRedis>>;
let postern: Awaited<ReturnType<typeof startApp>>;
beforeAll(async () => {
  redis = await startRedis();
  postern = await startApp({ REDIS_URL: redis.url });
  await postern.query(registrySql);
});
afterAll(async () => {
  await postern?.stop();
  await redis?.stop();
});

it('opens cases and acknowledges them with the queues in Redis', async () => {
  for (let i = 1; i <= 10; i += 1) await postern.handIn(mail({ subject: `PIN 345 By way of Redis ${i}` }));
  await postern.until('ten letters', async () => postern.sink.letters.length === 10);
  expect(await postern.query('select count(*)::int as n from cases')).toEqual([{ n: 10 }]);
});

it('goes on where Redis was wiped: what is unfinished is in the database', async () => {
  await redis.flush();
  await postern.handIn(mail({ subject: 'PIN 345 After the loss' }));
  await postern.until('the letter', async () => postern.sink.letters.length === 11, 60);
});
