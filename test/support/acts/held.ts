/** Acts on mail as somebody does them by the API, and what came of it; a refusal is thrown as the failure that it is. */

import type { ActName } from '../../../src/acts/list.ts';
import type { ReleaseMail } from '../../../src/acts/mail/release-mail.ts';
import type { By } from '../../../src/changes/by.ts';
import { perform } from '../../../src/flows/acts/perform.ts';
import { settledMail } from '../../../src/flows/mail/settled.ts';
import { Failure } from '../../../src/foundation/failure.ts';
import type { App } from '../../../src/runtime/app.ts';

export const api: By = { kind: 'api', staff: null };
export const command: By = { kind: 'command', staff: null };

async function done(app: App, act: ActName, input: unknown, by: By) {
  const outcome = await perform<string>(app, { act, input, by });
  if (outcome.kind === 'refused')
    throw new Failure(outcome.why === 'no-right' ? 'conflict' : outcome.why, outcome.says);
  if (outcome.kind !== 'done') throw new Error(`it was not done: ${outcome.kind}`);
  return outcome;
}

export const releaseHeld = async (app: App, mail: string, how: Omit<ReleaseMail, 'mail'> = {}, by: By = api) =>
  settledMail(app.database, mail, (await done(app, 'release-mail', { mail, ...how }, by)).made);
export const refuseHeld = async (app: App, mail: string, by: By = api) =>
  settledMail(app.database, mail, (await done(app, 'refuse-mail', { mail }, by)).made);
export const answerHeld = async (app: App, mail: string, given: { text: string }, by: By = api) => ({
  letter: (await done(app, 'answer-mail', { mail, ...given }, by)).wrote[0],
});
export const careAnswered = (app: App, mail: string, by: By = api) => done(app, 'care-done', { mail }, by);
/** Whether that has changed anything. */
export const block = async (app: App, sender: string, on = true) =>
  (await done(app, on ? 'block-sender' : 'unblock-sender', { sender }, command)).made.length > 0;
