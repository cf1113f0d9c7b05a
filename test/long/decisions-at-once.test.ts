/** Two deciders at once, a thousand times (POLICY §8.7): each request is decided once, and nobody is on record for a decision that was too late. */
import { afterAll, beforeAll, expect, it } from 'vitest';
import { type AccessDesk, startAccessDesk } from '../support/access-desk.ts';
import { decideAtOnce } from '../support/decisions-at-once.ts';

let desk: AccessDesk;
beforeAll(async () => {
  desk = await startAccessDesk();
}, 120_000);
afterAll(() => desk.stop());

it('decides each of a thousand requests once', async () => {
  expect(await decideAtOnce(desk, 1_000)).toMatchObject({ decisions: 1_000, undecided: 0, people: 0 });
}, 1_800_000);
