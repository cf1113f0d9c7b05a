import { z } from 'zod';
import { grantedRoles, type NotTaken } from '../../access/request.ts';
import { contactOf } from '../../changes/by.ts';
import { grantedForm } from '../../registry/contacts/privileges.ts';
import { moreThanOwn } from '../../registry/permissions.ts';
import type { Contact } from '../../registry/site.ts';
import { type Act, type Given, type Refusal, refused } from '../act.ts';
import { roleByItself } from './access-letters.ts';
import { type Grant, granted } from './granted.ts';
import { letThrough } from './let-through.ts';
import {
  askerAt,
  decidedBefore,
  mayNotDecide,
  noRequest,
  notTaken,
  refusedTo,
  registers,
  requestId,
  rightSite,
  stepped,
  whoDecides,
} from './on-request.ts';
import type { AccessRecord } from './records.ts';
import { asFirst, confirmed } from './two-deciders.ts';
import { careDone } from './with-care.ts';

const day = z.string().regex(/^\d{4}-\d\d-\d\d$/, 'write a day as 2026-12-31');
const line = (most: number) => z.string().trim().min(1).max(most).optional();

export const decideInput = z.strictObject({
  request: requestId,
  decision: z.enum(['grant', 'deny']),
  reason: z
    .literal([1, 2, 3])
    .optional()
    .describe(
      'of a denial: 1 the requestor is unknown, 2 access is not necessary, 3 no business relationship to this site',
    ),
  words: line(500).describe('of a denial: what the asker is told besides'),
  role: z.enum(grantedRoles).optional().describe('left out: authorized user, or the lesser role that was asked for'),
  privileges: grantedForm.optional().describe('beside those of the role'),
  until: day.optional().describe('the last day of the access'),
  justification: line(1_000).describe('where the asker gave none'),
  now: z.boolean().optional().describe('the asker hears at once'),
  name: line(120).describe('of the asker, set right'),
  phone: line(60).describe('of the asker, set right'),
  confirms: z
    .number()
    .int()
    .min(0)
    .nullable()
    .optional()
    .describe(
      'of an answer to a letter or a page: the place among the steps of the first of two grants that it showed, null for none; left out by our own people it is the one that stands',
    ),
});
export type DecideRequest = z.infer<typeof decideInput>;

/** §8.4: nobody gives more than their own; whoever is none of the site's people decides for the operator. */
function mayGive(giver: Contact | null, on: AccessRecord, asked: DecideRequest, { policy }: Given): Refusal | null {
  const { privileges = {} } = asked;
  const role = asked.role ?? roleByItself(on.said);
  const had = askerAt(on);
  if (role === 'secondary' && had?.role !== role) {
    const secondaries = on.people.filter((one) => one.role === 'secondary').length;
    if (secondaries >= policy.maxSecondaries)
      return refusedTo('bad-input', `A site has at most ${policy.maxSecondaries} secondary contacts.`, 'too-many');
  }
  if (giver === null) return null;
  const [name] = moreThanOwn(giver, { role, privileges }, had, policy);
  return name === undefined
    ? null
    : refusedTo(
        'no-right',
        `Nobody gives more than their own: ${name} is more than ${giver.name} has.`,
        'more-than-own',
      );
}

function toGrant(on: AccessRecord, asked: DecideRequest, given: Given): Grant | Refusal {
  const site = rightSite(on);
  if (!site)
    return refused(
      'conflict',
      'The site number or the country of this request is wrong: set it right first (correct-request), or deny the request.',
    );
  const justification = asked.justification ?? on.said.justification;
  if (justification === null)
    return refusedTo('bad-input', 'A grant needs a justification: the asker gave none, so give one.', 'no-reason');
  const today = Temporal.Instant.from(given.now).toZonedDateTimeISO(site.timezone).toPlainDate();
  const until = asked.until ?? null;
  if (until !== null && Temporal.PlainDate.compare(until, today) < 0)
    return refusedTo('bad-input', `${until} is past.`, 'past');
  const { name, phone, now: atOnce = false, privileges = {} } = asked;
  const role = asked.role ?? roleByItself(on.said);
  return {
    kind: 'grant',
    site,
    role,
    privileges,
    until,
    justification,
    atOnce,
    name: name ?? null,
    phone: phone ?? null,
  };
}

/** POLICY §8.4, §8.5: the first decision counts. The asker hears of it when it can be taken back no more, or at once. */
export const decideRequest: Act<DecideRequest> = {
  name: 'decide-request',
  input: decideInput,
  right: 'access: update',
  forStaff: true,
  does: 'grants or denies a request for access',
  gives: {
    changes: [
      'request-stepped',
      'contact-added',
      'role-set',
      'privilege-set',
      'contact-details-set',
      'care-clock-stopped',
      'licence-registered',
    ],
    letters: ['site-welcome', 'access-decided'],
  },
  byMail: 'GRANT or DENY in the answer to `access-question`',
  needs: ({ request }) => ({ accessRequest: request }),
  judge(asked, { accessRequest: on }, given) {
    if (!on) return noRequest(asked.request);
    const { by, now: at } = given;
    const barred = mayNotDecide(on, given);
    if (barred) return barred;
    const own = contactOf(by);
    const giver = on.people.find(({ id }) => id === own) ?? null;
    const who = whoDecides(by);
    const late = (why: NotTaken) => (why === 'decided' && own === null ? decidedBefore(on) : notTaken(why));
    if (asked.decision === 'deny') {
      const { reason, words = '', now: atOnce = false } = asked;
      if (reason === undefined) return refused('bad-input', 'A denial has a reason: 1, 2 or 3.');
      const made = stepped(on, [{ kind: 'denied', reason, words, atOnce, at, by: who }], given);
      if (made.kind === 'not-taken') return late(made.why);
      return { kind: 'done', changes: [made.change, ...careDone(on, given)], letters: [] };
    }
    if (registers(on)) return mayGive(null, on, asked, given) ?? letThrough(on, asked, given);
    const grant = toGrant(on, confirmed(on, asked, given), given);
    if (grant.kind === 'refused') return grant;
    const { role, privileges, until, justification, atOnce } = grant;
    const asker = askerAt(on);
    const first = asFirst(on, grant, who, given);
    if (first?.kind === 'refused') return first;
    const refusal = mayGive(giver, on, { ...asked, role, privileges }, given);
    if (first) {
      const made = stepped(on, [first], given);
      if (made.kind === 'not-taken') return late(made.why);
      return refusal ?? { kind: 'done', changes: [made.change], letters: [] };
    }
    const step = { kind: 'granted', role, privileges, until, justification, atOnce, at, by: who } as const;
    const made = stepped(on, [step], given, asker ? { ends: { contact: asker.id, until } } : {});
    if (made.kind === 'not-taken') return late(made.why);
    if (refusal) return refusal;
    return { kind: 'done', changes: [made.change, ...granted(on, grant, given), ...careDone(on, given)], letters: [] };
  },
};
