/** POLICY §3 "Letters, how many": what is suppressed is recorded, and listed with its reason. */
import { afterAll, beforeAll, expect, it } from 'vitest';
import { key, mail, registrySql, startApp } from '../../support/app.ts';
import { scratch } from '../../support/process.ts';
import { postern as typed } from '../../support/processes/typed-here.ts';

const folder = scratch('suppressed');
let running: Awaited<ReturnType<typeof startApp>>;
beforeAll(async () => {
  running = await startApp();
  await running.query(registrySql);
}, 60_000);
afterAll(() => running?.stop());

const postern = (...words: string[]) =>
  typed(
    folder,
    {
      DATABASE_URL: running.app.databaseUrl,
      SUPPORT_ADDRESS: 'support@desk.example',
      SECRET_KEY: key,
      DNS_SERVERS: 'off',
    },
    ...words,
  );

it('postern letters --suppressed lists what was not sent, with its reason', async () => {
  expect((await postern('letters', '--suppressed')).out.trim()).toBe('No letter is suppressed.');
  for (const n of [1, 2]) {
    await running.handIn(mail({ subject: `Hello ${n}`, from: 'rick@elsewhere.example' }), 'rick@elsewhere.example');
    await running.until(
      'decided',
      async () => (await running.query(`select from mails where state = 'new'`)).length === 0,
    );
  }
  const listed = await postern('letters', '--suppressed');
  expect(listed.code).toBe(0);
  expect(listed.out).toContain('neutral-receipt');
  expect(listed.out).toContain('rick@elsewhere.example');
  expect(listed.out).toContain('this address has had its receipt today');
  const [line, ...more] = (await postern('letters', '--suppressed', '--to', 'Rick@Elsewhere.example', '--json')).out
    .trim()
    .split('\n');
  expect(more).toEqual([]);
  expect(JSON.parse(line ?? '')).toMatchObject({
    template: 'neutral-receipt',
    state: 'suppressed',
    stateReason: 'this address has had its receipt today',
    causedBy: '2',
  });
  expect((await postern('letters', '--suppressed', '--to', 'ada@aldous.example')).out).toContain('No letter to ada@');
  expect((await postern('letters', '--suppressed', '--limit', '0')).code).not.toBe(0);
  // Without it the command says what it always has.
  expect((await postern('letters')).out.trim()).toBe('Letters go out.');
}, 60_000);
