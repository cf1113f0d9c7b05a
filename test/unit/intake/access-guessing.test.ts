/** §3 "Guessing", of requests for access and of registrations: silence tells nothing of what was right. */
import { describe, expect, it } from 'vitest';
import { decide } from '../../../src/intake/decide.ts';
import { clock, play, policy } from '../../support/world.ts';

const locks = [
  { locked: false, silent: true },
  { locked: true, silent: true },
];
async function told(name: string) {
  const { mail, facts } = await play(name);
  expect(facts.contacts).toEqual([]);
  return locks.map((pinLock) => decide(mail, { ...facts, pinLock }, policy, clock));
}

describe('after many numbers, whichever of them were right', () => {
  it('a registration goes on, and its sender hears as little as one whose numbers were wrong', async () => {
    const [silent, locked] = await told('register-of-a-stranger-in-german');
    expect(silent).toMatchObject({ outcome: 'registration-requested', changes: [{ grade: 'verified' }], letters: [] });
    expect(locked).toMatchObject({ outcome: 'held-unknown', changes: [], letters: [] });
  });

  it('no request for access is begun, as after wrong ones', async () => {
    for (const one of await told('to-the-access-address-from-a-stranger'))
      expect(one).toMatchObject({ outcome: 'held-unknown', code: 'pin-guessing', changes: [], letters: [] });
  });
});
