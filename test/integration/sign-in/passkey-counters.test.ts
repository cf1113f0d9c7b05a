/** Devices count in 32 bits without a sign: more than an `integer` of PostgreSQL holds. */
import { afterAll, beforeAll, expect, it } from 'vitest';
import { markPasskeyUsed, passkeyWith } from '../../../src/store/sign-in/passkeys.ts';
import { type SignInDesk, startSignInDesk } from './desk.ts';

let desk: SignInDesk;
beforeAll(async () => {
  desk = await startSignInDesk();
  await desk.anew();
});
afterAll(() => desk.stop());

it('a passkey that has counted up to the last number is used, and one that is behind is not', async () => {
  await desk.query(
    `insert into staff_passkeys (id, staff, name, public_key, counter, transports)
     values ('a', 'nia@desk.example', 'Key', 'x', 0, '{}')`,
  );
  const used = (counter: number) => desk.app.database.transaction((tx) => markPasskeyUsed(tx, { id: 'a', counter }));
  expect(await used(0)).toBe(true);
  for (const counter of [1, 2 ** 31 - 1, 2 ** 31, 3_000_000_000, 2 ** 32 - 1]) expect(await used(counter)).toBe(true);
  expect((await passkeyWith(desk.app.database, 'a'))?.counter).toBe(2 ** 32 - 1);
  for (const counter of [2 ** 32 - 1, 2 ** 31, 0]) expect(await used(counter)).toBe(false);
});
