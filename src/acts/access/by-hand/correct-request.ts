import { z } from 'zod';
import type { AccessSaid } from '../../../changes/access.ts';
import { type Act, refused } from '../../act.ts';
import { mayNotDecide, noRequest, notTaken, registers, requestId, stepped, whoDecides } from '../on-request.ts';
import { requestInput } from '../request-access.ts';

const { site, country, name, role, justification, phone } = requestInput.shape;
const input = z.strictObject({
  request: requestId,
  site: site.optional(),
  country: country.optional(),
  ...{ name, role, justification, phone },
});
type CorrectRequest = z.infer<typeof input>;

/** Somebody at the site has a letter that decides about it, by the clock or by hand. */
const askedThere: readonly string[] = ['deciders-asked', 'first-granted', 'second-asked', 'reminded'];

/** What was said wrongly, or not at all, set right by one of our people before it is decided. Of a grant, `decide-request` does that itself. */
export const correctRequest: Act<CorrectRequest> = {
  name: 'correct-request',
  input,
  right: 'access: update',
  forStaff: true,
  does: 'sets right what a request for access says: the site, its country, who asks and for what',
  gives: { changes: ['request-stepped'], letters: [] },
  needs: ({ request, site: number }) => ({
    accessRequest: request,
    ...(number !== undefined && { people: { site: number } }),
  }),
  judge({ request, ...asked }, { accessRequest: on, people }, given) {
    if (!on) return noRequest(request);
    const barred = mayNotDecide(on, given);
    if (barred) return barred;
    const fields = Object.keys(asked) as (keyof typeof asked & keyof AccessSaid)[];
    const changed = fields.filter((one) => asked[one] !== undefined && asked[one] !== on.said[one]);
    const said: Partial<AccessSaid> = Object.fromEntries(changed.map((one) => [one, asked[one]]));
    const { now: at, by } = given;
    const steps = [{ kind: 'corrected', fields: changed, at, by: whoDecides(by) }] as const;
    const made = stepped({ ...on, said: { ...on.said, ...said } }, steps, given, { said });
    if (made.kind === 'not-taken') return notTaken(made.why);
    if (changed.length === 0) return refused('conflict', 'It says so already.');
    if (changed.includes('site') || changed.includes('country')) {
      if (registers(on)) return refused('bad-input', 'The site of a registration is that of its licence.');
      // Whoever was asked there has the letter, and the asker may call there.
      if (on.steps.some(({ kind }) => askedThere.includes(kind)))
        return refused('conflict', 'Those who decide at that site have it: deny it, and enter it for the right site.');
    }
    if (asked.site !== undefined && people === null) return refused('bad-input', `There is no site ${asked.site}.`);
    return { kind: 'done', changes: [made.change], letters: [] };
  },
};
