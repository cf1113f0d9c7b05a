/** Acts on mail as somebody does them by the API, and what came of it; a refusal is thrown as the failure that it is. */

import type { AnyAct } from '../../src/acts/act.ts';
import { answerMail } from '../../src/acts/mail/answer-mail.ts';
import { blockSender, unblockSender } from '../../src/acts/mail/block-sender.ts';
import { careDone } from '../../src/acts/mail/care-done.ts';
import { refuseMail } from '../../src/acts/mail/refuse-mail.ts';
import { type ReleaseMail, releaseMail } from '../../src/acts/mail/release-mail.ts';
import type { By } from '../../src/changes/by.ts';
import { perform } from '../../src/flows/acts/perform.ts';
import { settledMail } from '../../src/flows/mail/settled.ts';
import { Failure } from '../../src/foundation/failure.ts';
import type { House } from '../../src/runtime/house.ts';

export const api: By = { kind: 'api', staff: null };
export const command: By = { kind: 'command', staff: null };

async function done(house: House, act: AnyAct, input: unknown, by: By) {
  const outcome = await perform(house, { act, input, by });
  if (outcome.kind === 'refused')
    throw new Failure(outcome.why === 'no-right' ? 'conflict' : outcome.why, outcome.says);
  if (outcome.kind !== 'done') throw new Error(`it was not done: ${outcome.kind}`);
  return outcome;
}

export const releaseHeld = async (house: House, mail: string, how: Omit<ReleaseMail, 'mail'> = {}, by: By = api) =>
  settledMail(house.database, mail, (await done(house, releaseMail, { mail, ...how }, by)).made);
export const refuseHeld = async (house: House, mail: string, by: By = api) =>
  settledMail(house.database, mail, (await done(house, refuseMail, { mail }, by)).made);
export const answerHeld = async (house: House, mail: string, given: { text: string }, by: By = api) => ({
  letter: (await done(house, answerMail, { mail, ...given }, by)).wrote[0],
});
export const careAnswered = (house: House, mail: string, by: By = api) => done(house, careDone, { mail }, by);
/** Whether that has changed anything. */
export const block = async (house: House, sender: string, on = true) =>
  (await done(house, on ? blockSender : unblockSender, { sender }, command)).made.length > 0;
