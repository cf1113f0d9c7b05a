import { z } from 'zod';
import { type CaseReference, caseKinds } from '../../../cases/case.ts';
import { closesWithRequest, takesEnhancements } from '../../../cases/version-support.ts';
import { withRole } from '../../../staff/staff.ts';
import { type Act, refusedWork } from '../../act.ts';
import { isRefusal, staffFor } from '../../as-staff.ts';
import { toPeople } from '../case-letters.ts';
import { caseField, standing, theOpenCase, workedOf } from '../on-case.ts';
import type { WorkedCase } from '../records.ts';
import { ratedByKind } from './rate-kind.ts';

const line = z
  .string()
  .trim()
  .min(1)
  .max(120)
  .regex(/^[^\p{C}]*$/u, 'has to be one line');
const input = z.strictObject({
  case: caseField,
  kind: z.enum(caseKinds),
  id: line.optional().describe('of the defect or the request; a preview is closed with that of its change request'),
  priority: z.coerce.string().pipe(line).optional().describe('of a defect'),
  planned: line.optional().describe('what a fix is planned for; the customer is told'),
  resolvedIn: line.optional().describe('the release that resolves it; the customer is told'),
  declined: z.boolean().optional().describe('it will not be done; the customer is told'),
});
type SetKind = z.infer<typeof input>;

/** What of it can have an id elsewhere, and be decided. */
const decidable = ({ kind }: Pick<CaseReference, 'kind'>): boolean => kind === 'defect' || kind === 'enhancement';

/** What was given that this kind of case cannot have. */
const tooMuch = ({ kind, id, priority, planned, resolvedIn, declined }: SetKind): boolean =>
  !decidable({ kind }) &&
  [closesWithRequest(kind) ? undefined : id, priority, planned, resolvedIn, declined].some((one) => one !== undefined);

function becomes(on: WorkedCase, { kind, id, priority, planned, resolvedIn, declined }: SetKind): CaseReference {
  // Of another kind what was known before is of no use.
  const before = on.kind === kind ? on : { reference: null, priority: null, planned: null, resolvedIn: null };
  return {
    kind,
    reference: id ?? before.reference,
    priority: priority ?? before.priority,
    planned: planned ?? before.planned,
    resolvedIn: resolvedIn ?? before.resolvedIn,
    declined: declined ?? (on.kind === kind && on.declined && planned === undefined && resolvedIn === undefined),
  };
}

/** What the customer is told of, the last word alone. */
function toTell(from: CaseReference, to: CaseReference): 'planned' | 'resolved' | 'declined' | null {
  if (to.resolvedIn !== null && to.resolvedIn !== from.resolvedIn) return 'resolved';
  if (to.planned !== null && to.planned !== from.planned) return 'planned';
  return to.declined && !from.declined ? 'declined' : null;
}

/** POLICY §5.2; a preview is archived with its change request (§4.5). What counts by rules of its own is rated anew. */
export const setKind: Act<SetKind> = {
  name: 'set-kind',
  input,
  right: 'cases: work',
  does: 'says what kind of case it is, its id elsewhere, and what was decided about it',
  gives: {
    changes: ['kind-set', 'severity-set', 'clock-re-rated', 'proposal-ended', 'case-closed', 'owner-set'],
    letters: ['case-progress', 'severity-set', 'severity-proposal'],
  },
  byMail: '`KIND <kind> [id]`',
  needs: workedOf,
  judge(asked, records, given) {
    const { desk } = given;
    const who = staffFor(given, 'cases: work');
    if (isRefusal(who)) return who;
    const on = theOpenCase(records, asked.case);
    if ('says' in on) return on;
    if (tooMuch(asked))
      return refusedWork(
        { why: 'kind-without-id', what: asked.kind },
        'bad-input',
        `A case of the kind ${asked.kind} has no id, priority or plan: a defect or an enhancement has, and a preview the id of its change request.`,
      );
    const { kind, reference, priority, planned, resolvedIn, declined, onRecord } = on;
    // POLICY §4.5.
    if (asked.kind === 'enhancement' && kind !== 'enhancement' && !takesEnhancements(onRecord))
      return refusedWork(
        { why: 'no-enhancements', what: `${on.product} ${on.version}`, more: onRecord?.stage ?? '' },
        'conflict',
        `Version ${on.version} of ${on.product} is ${onRecord?.stage}: no enhancement requests are taken for it.`,
      );
    const from: CaseReference = { kind, reference, priority, planned, resolvedIn, declined };
    const to = becomes(on, asked);
    if (Object.entries(to).every(([name, value]) => from[name as keyof CaseReference] === value))
      return refusedWork({ why: 'kind-is-so', what: kind }, 'conflict', `Case ${on.number} is so already.`);
    const of = standing(on, given);
    const archived = closesWithRequest(to.kind) && asked.id !== undefined;
    const why = archived ? 'filed' : toTell(from, to);
    const values = { ...to, number: on.number, title: on.title, name: who?.name ?? null };
    // Licensing has people of its own (§5.2): it is offered to them (timers/offering.ts).
    const moves = to.kind === 'licensing' && from.kind !== 'licensing';
    const licensing = withRole(desk.people, 'licensing');
    const free = moves && on.owner !== null && !licensing.some(({ email }) => email === on.owner);
    const rated = ratedByKind(on, to.kind, given);
    return {
      kind: 'done',
      changes: [
        { kind: 'kind-set', ...of, from, to },
        // A close ends what is proposed without a word.
        ...(archived ? rated.changes.filter(({ kind: of }) => of !== 'proposal-ended') : rated.changes),
        ...(archived ? [{ kind: 'case-closed', ...of, title: on.title } as const] : []),
        ...(free ? [{ kind: 'owner-set', ...of, from: on.owner, to: null, how: 'handed-over' } as const] : []),
      ],
      letters: [
        ...(why === null ? [] : toPeople(on, { template: 'case-progress', values: { ...values, why } })),
        ...(archived ? [] : rated.letters),
      ],
    };
  },
};
