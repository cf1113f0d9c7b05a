import { afterAll, beforeAll, expect, it } from 'vitest';
import { registrySql, startApp } from '../support/app.ts';
import { guessing } from '../support/guessing.ts';

let running: Awaited<ReturnType<typeof startApp>>;
beforeAll(async () => {
  running = await startApp();
  await running.query(registrySql);
});
afterAll(() => running.stop());

it(
  '§3 Guessing: 1,000 PINs from one address and from 1,000 addresses gain nothing, while the owner is served',
  () => guessing(running, expect, 1000),
  300_000,
);
