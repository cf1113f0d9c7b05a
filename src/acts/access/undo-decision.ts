import { z } from 'zod';
import { decisionOf, firstGrantOf, stateOf, stepsSince } from '../../access/request.ts';
import { type Act, refused } from '../act.ts';
import { decidedLetter } from './access-letters.ts';
import { added, ungranted } from './granted.ts';
import {
  askerAt,
  mayNotDecide,
  noRequest,
  notTaken,
  registers,
  requestId,
  rightSite,
  samePerson,
  stepped,
  whoDecides,
} from './on-request.ts';
import { toCare } from './with-care.ts';

const input = z.strictObject({
  request: requestId,
});
type UndoDecision = z.infer<typeof input>;

/** POLICY §8.5: by whoever decided, within the hour; the request waits again. An asker who has heard of the decision hears of this. */
export const undoDecision: Act<UndoDecision> = {
  name: 'undo-decision',
  input,
  right: 'access: update',
  forStaff: true,
  does: 'takes back a decision about access, within the hour',
  gives: {
    changes: ['request-stepped', 'role-set', 'privilege-set', 'contact-added', 'care-clock-started'],
    letters: ['access-decided', 'access-with-care'],
  },
  byMail: 'UNDO in the answer to `access-settled` or `access-question`',
  needs: ({ request }) => ({ accessRequest: request }),
  judge(asked, { accessRequest: on }, given) {
    if (!on) return noRequest(asked.request);
    const { by, now: at } = given;
    const barred = mayNotDecide(on, given);
    if (barred) return barred;
    const decision = decisionOf(on.steps);
    const who = whoDecides(by);
    const first = firstGrantOf(on.steps);
    if (!decision && first && samePerson(on, first.by, who)) {
      const made = stepped(on, [{ kind: 'first-withdrawn', at, by: who }], given);
      return made.kind === 'not-taken' ? notTaken(made.why) : { kind: 'done', changes: [made.change], letters: [] };
    }
    const site = rightSite(on);
    if (registers(on) && decision?.kind === 'granted')
      return refused(
        'conflict',
        'A registration that was let through is not taken back: change the person with `postern contact`.',
      );
    const asker = askerAt(on);
    const ends = decision?.kind === 'granted' && asker ? { ends: { contact: asker.id, until: null } } : {};
    const made = stepped(on, [{ kind: 'taken-back', at, by: who }], given, ends);
    if (made.kind === 'not-taken') return notTaken(made.why);
    const told = stepsSince(on.steps, decision).some(({ kind }) => kind === 'asker-told');
    const care =
      stateOf([...on.steps, ...made.change.steps]) === 'with-client-care' ? toCare(on, given, 'taken-back') : null;
    const tells = told ? [decidedLetter(on, registers(on) ? null : site, given, 'taken-back', decision)] : [];
    const letters = [...tells, ...(care?.letters ?? [])];
    const clock = care?.changes ?? [];
    if (!site || registers(on)) return { kind: 'done', changes: [made.change, ...clock], letters };
    const back =
      decision?.kind === 'granted'
        ? ungranted(on, site, given)
        : told && !asker
          ? [added(on, site, given, { role: 'provisional caller' })]
          : [];
    return { kind: 'done', changes: [made.change, ...back, ...clock], letters };
  },
};
