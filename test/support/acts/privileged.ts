/** Acts on privileged PINs for tests that have a database and what writes letters: a refusal is thrown with its reason. */
import { type ActName, acts } from '../../../src/acts/list.ts';
import type { By } from '../../../src/changes/by.ts';
import { perform } from '../../../src/flows/acts/perform.ts';
import type { LetterDeps } from '../../../src/flows/letters/send.ts';
import { privilegedWindow } from '../../../src/flows/pins/privileged-pins.ts';
import { Failure } from '../../../src/foundation/failure.ts';

const by: By = { kind: 'command', staff: null };
const noIntake = () => {
  throw new Error('nothing is read for a privileged PIN');
};

async function done(deps: LetterDeps, act: ActName, input: unknown) {
  const outcome = await perform<string>({ ...deps, acts, intake: noIntake }, { act, input, by });
  if (outcome.kind !== 'refused') return outcome;
  throw new Failure(outcome.why === 'not-found' ? 'not-found' : 'conflict', outcome.says);
}

export const issuePrivileged = (deps: LetterDeps, asked: { site: string; contact: string; case: string }) =>
  done(deps, 'issue-privileged-pin', asked);
export async function redeemPrivileged(deps: LetterDeps, pin: string) {
  await done(deps, 'use-privileged-pin', { pin });
  return privilegedWindow(deps, pin);
}
export async function revokePrivileged(deps: LetterDeps, pin: string) {
  await done(deps, 'revoke-privileged-pin', { pin });
  return privilegedWindow(deps, pin);
}
