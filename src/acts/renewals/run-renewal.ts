import { z } from 'zod';
import type { RenewalChange } from '../../changes/schedule/renewals.ts';
import type { EndingContract } from '../../notices/renewals/contracts.ts';
import { isTooLate } from '../../notices/turns.ts';
import type { RenewalReader } from '../../outbound/letters/renewals.ts';
import { givenQuotes } from '../../registry/permissions.ts';
import { type Act, type Given, type Judged, refused } from '../act.ts';
import { ofStep, overFor } from './plan-renewals.ts';
import { plannedStep, stepsToWrite } from './plan-steps.ts';
import type { RenewalPerson, RenewalSchedule, RenewalSite, RenewalStep } from './records.ts';
import { entryOf, renewalNotice } from './renewal-letters.ts';
import {
  cameBack,
  itemsOf,
  keyOfEnd,
  nextReader,
  openItems,
  returnedNotices,
  type Standing,
  standingOf,
} from './standing.ts';

export const renewalInput = z.strictObject({
  renewal: z
    .string()
    .regex(/^\d{1,18}$/, 'the id of a renewal has digits only')
    .describe('the id of the letter in the list of renewals'),
});
export type OfRenewal = z.infer<typeof renewalInput>;

export type OnStep = {
  readonly site: RenewalSite;
  readonly step: RenewalStep;
  readonly schedule: RenewalSchedule;
  readonly standing: Standing;
  readonly given: Given;
};

const nothing: Judged = { kind: 'done', changes: [], letters: [] };

export const readerOf = ({ types, role }: RenewalPerson, instead: boolean): RenewalReader =>
  instead ? 'instead' : types.includes('renewal') ? 'renewal' : role === 'primary' ? 'primary' : 'privilege';

/** §1 *billing*, §11.7: who gets the copy with a quote. */
const copyReader = (one: RenewalPerson, policy: Given['policy']): RenewalReader | null =>
  one.types.includes('billing') ? 'billing' : givenQuotes(one, policy) ? 'copy' : null;

/** To the next in the order, and with a quote to the billing contacts as well; nobody left: that is on record (§10.1). */
export function sendStep(on: OnStep, items: readonly EndingContract[]): Judged {
  const { site, step, standing, given } = on;
  const { policy } = given;
  const reader = nextReader(site, step, policy);
  const instead = returnedNotices(step).length > 0;
  if (!reader) {
    const why = instead ? 'bounced' : 'no-contact';
    return { kind: 'done', changes: [{ kind: 'renewal-missed', ...ofStep(on, on.step), why }], letters: [] };
  }
  const copied = new Set(
    step.letters.filter(({ role, state }) => role === 'copy' && state !== 'suppressed').map(({ to }) => to),
  );
  const copies = step.quote
    ? site.people.flatMap((one) => {
        const as = copyReader(one, policy);
        return as === null || one.unreachable || one.id === reader.id || copied.has(one.email)
          ? []
          : [[one, as] as const];
      })
    : [];
  const readers = [[reader, readerOf(reader, instead)] as const, ...copies];
  const letters = renewalNotice({ site, step, items, today: standing.today }, readers, given);
  const entry = entryOf(site, step.group, items);
  const change: RenewalChange = {
    ...{ kind: 'renewal-sent', ...ofStep(on, on.step), contact: reader.id, to: reader.email, instead },
    ...{ copies: copies.map(([{ id }]) => id), items: itemsOf(items), siteVersion: site.version },
    ...{ entry, sequence: letters[0]?.calendar?.sequence ?? null },
  };
  return { kind: 'done', changes: [change], letters };
}

/** Its letter came back: what is still open of it goes to the next, as long as it is not too late (§11.6). */
function afterReturn(on: OnStep): Judged {
  const { site, step, standing, given } = on;
  const open = openItems(standing, step);
  if (open.length === 0) {
    const becomes = overFor(step, standing);
    const common = { kind: 'renewal-stopped', ...ofStep(on, step), siteVersion: site.version } as const;
    return { kind: 'done', changes: [{ ...common, letters: [], becomes }], letters: [] };
  }
  return isTooLate(step.dueAt, given.now, given.policy) ? missed(on) : sendStep(on, open);
}
const missed = (on: OnStep): Judged => ({
  kind: 'done',
  changes: [{ kind: 'renewal-missed', ...ofStep(on, on.step), why: 'bounced' }],
  letters: [],
});

/** POLICY §10.1–3, §11.6: what is due goes out, or it is written down why not; judged once more by what stands in this moment. */
export const runRenewal: Act<OfRenewal> = {
  name: 'run-renewal',
  input: renewalInput,
  right: 'none',
  does: 'sends the letter about a renewal that is due, or to the next where it came back',
  gives: {
    changes: ['renewal-sent', 'renewal-missed', 'renewal-stopped', 'renewals-planned'],
    letters: ['renewal-notice'],
  },
  byClock: ['renewals'],
  needs: ({ renewal }) => ({ renewals: { step: renewal } }),
  judge({ renewal }, { renewals }, given) {
    const { site, step, schedule } = renewals ?? {};
    if (!site || !step || !schedule) return refused('not-found', `There is no renewal ${renewal}.`);
    const { now, by, policy } = given;
    if (!schedule.running || schedule.pausedAt !== null) return nothing;
    const standing = standingOf(site, schedule, { now, policy });
    const on: OnStep = { site, step, schedule, standing, given };
    if (cameBack(step)) return afterReturn(on);
    if (step.state !== 'planned' || Temporal.Instant.compare(step.dueAt, now) > 0) return nothing;
    const own = standing.steps.find((one) => one.group === step.group && one.step === step.step);
    if (own?.state === 'due') return sendStep(on, own.items);
    const known = standing.contracts.ending.map(keyOfEnd).toSorted();
    const isOwn = (one: { group: string; step: number }) => one.group === step.group && one.step === step.step;
    const steps = own
      ? [plannedStep(own, step, schedule, now)]
      : stepsToWrite(site, schedule, standing, now).filter(isOwn);
    const { id, number } = site.of.site;
    return {
      kind: 'done',
      changes: [
        {
          ...{ kind: 'renewals-planned', site: id, siteNumber: number, siteVersion: site.version },
          ...{ known, steps, at: now, by },
        },
      ],
      letters: [],
    };
  },
};
