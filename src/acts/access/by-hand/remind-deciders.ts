import { z } from 'zod';
import { stateOf } from '../../../access/request.ts';
import { type Act, refused } from '../../act.ts';
import { questionLetters } from '../access-letters.ts';
import {
  mayNotDecide,
  noRequest,
  notTaken,
  registers,
  requestId,
  rightSite,
  stepped,
  whoDecides,
} from '../on-request.ts';

const input = z.strictObject({ request: requestId });

/** Whoever has not answered a minute ago has it in front of them still. */
const againMinutes = 60;
const asking: readonly string[] = ['deciders-asked', 'second-asked', 'reminded'];

/** By hand, between the reminders of the clock (POLICY §8.6): it stands in the place of the next one. Also where client care has the request. */
export const remindDeciders: Act<z.infer<typeof input>> = {
  name: 'remind-deciders',
  input,
  right: 'access: update',
  forStaff: true,
  does: 'asks those who decide about a request for access once more',
  gives: { changes: ['request-stepped'], letters: ['access-question'] },
  needs: ({ request }) => ({ accessRequest: request }),
  judge({ request }, { accessRequest: on }, given) {
    if (!on) return noRequest(request);
    const barred = mayNotDecide(on, given);
    if (barred) return barred;
    if (registers(on)) return refused('conflict', 'A registration is for client care: nobody at a site is asked.');
    const asked = on.steps.findLast(({ kind }) => asking.includes(kind));
    if (stateOf(on.steps) === 'waiting' && !asked)
      return refused('conflict', 'They are about to be asked for the first time, within the minute.');
    const { now: at, by } = given;
    const made = stepped(on, [{ kind: 'reminded', at, by: whoDecides(by) }], given);
    if (made.kind === 'not-taken') return notTaken(made.why);
    const site = rightSite(on);
    if (!site)
      return refused('conflict', 'The site number or the country of this request is wrong: set it right first.');
    const since = asked ? Temporal.Instant.from(asked.at).until(at).total('minutes') : againMinutes;
    if (since < againMinutes)
      return refused('conflict', `They were asked ${Math.floor(since)} min ago; once an hour is enough.`);
    const letters = questionLetters(on, site, given, asked ? 'reminder' : 'first');
    return letters.some(({ asks }) => asks?.kind === 'decide-access')
      ? { kind: 'done', changes: [made.change], letters }
      : refused('conflict', `Nobody at site ${site.number} decides about access: client care does.`);
  },
};
