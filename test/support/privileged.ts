/** Acts on privileged PINs for tests that have a database and what writes letters: a refusal is thrown with its reason. */
import type { AnyAct } from '../../src/acts/act.ts';
import { issuePrivilegedPin } from '../../src/acts/pins/issue-privileged-pin.ts';
import { revokePrivilegedPin } from '../../src/acts/pins/revoke-privileged-pin.ts';
import { usePrivilegedPin } from '../../src/acts/pins/use-privileged-pin.ts';
import type { By } from '../../src/changes/by.ts';
import { perform } from '../../src/flows/acts/perform.ts';
import type { LetterDeps } from '../../src/flows/letters/send.ts';
import { privilegedWindow } from '../../src/flows/pins/privileged-pins.ts';
import { Failure } from '../../src/foundation/failure.ts';

const by: By = { kind: 'command', staff: null };
const noIntake = () => {
  throw new Error('nothing is read for a privileged PIN');
};

async function done(deps: LetterDeps, act: AnyAct, input: unknown) {
  const outcome = await perform({ ...deps, intake: noIntake }, { act, input, by });
  if (outcome.kind !== 'refused') return outcome;
  throw new Failure(outcome.why === 'not-found' ? 'not-found' : 'conflict', outcome.says);
}

export const issuePrivileged = (deps: LetterDeps, asked: { site: string; contact: string; case: string }) =>
  done(deps, issuePrivilegedPin, asked);
export async function redeemPrivileged(deps: LetterDeps, pin: string) {
  await done(deps, usePrivilegedPin, { pin });
  return privilegedWindow(deps, pin);
}
export async function revokePrivileged(deps: LetterDeps, pin: string) {
  await done(deps, revokePrivilegedPin, { pin });
  return privilegedWindow(deps, pin);
}
