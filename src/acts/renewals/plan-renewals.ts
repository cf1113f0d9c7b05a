import { z } from 'zod';
import type { RenewalChange, RenewalContract, RenewalsPlanned, StoppedStep } from '../../changes/schedule/renewals.ts';
import { noticeSpans } from '../../notices/spans.ts';
import { type Act, type ActLetter, type Given, refused } from '../act.ts';
import { siteNumber } from '../pins/issue-pin.ts';
import { stepsToWrite } from './plan-steps.ts';
import type { RenewalSchedule, RenewalSite, RenewalStep } from './records.ts';
import { nextSequence, settledNotice } from './renewal-letters.ts';
import { keyOfEnd, type Standing, standingOf } from './standing.ts';

const input = z.strictObject({ site: siteNumber });

type Judging = {
  readonly site: RenewalSite;
  readonly schedule: RenewalSchedule;
  readonly standing: Standing;
  readonly given: Given;
};

export const ofStep = ({ site: { of }, given: { now: at, by } }: Pick<Judging, 'site' | 'given'>, step: RenewalStep) =>
  ({
    ...{ site: of.site.id, siteNumber: of.site.number, at, by },
    ...{ renewal: step.id, stepVersion: step.version, group: step.group, step: step.step },
  }) as const;

/** It has reached them, as far as is known. */
const wentOut: readonly string[] = ['sent', 'unknown'];

/** Nothing of it ends any more: it is renewed, or was taken off the record. */
export const overFor = ({ items }: RenewalStep, { isRenewed }: Standing): 'renewed' | 'gone' =>
  items.length > 0 && items.every(isRenewed) ? 'renewed' : 'gone';

/** Whoever has the letter, or is being handed it, gets no second one of this step: only copies are left to be stopped. */
function stoppedTo(step: RenewalStep, standing: Standing): StoppedStep {
  const { letters, items } = step;
  if (letters.some(({ role, state, claimed }) => role === 'notice' && (claimed || wentOut.includes(state))))
    return 'sent';
  return items.some(standing.isOpen) ? 'again' : overFor(step, standing);
}

/** Letters that name what does not end any more, and have not left yet. */
function stopped(judging: Judging): RenewalChange[] {
  const { site, standing } = judging;
  return site.steps.flatMap((step): RenewalChange[] => {
    const letters = step.letters.filter(
      ({ role, state, claimed }) => role !== 'settled' && state === 'queued' && !claimed,
    );
    if (step.state !== 'sent' || letters.length === 0 || step.items.every(standing.isOpen)) return [];
    const common = { kind: 'renewal-stopped', ...ofStep(judging, step), siteVersion: site.version } as const;
    return [{ ...common, letters: letters.map(({ id }) => id), becomes: stoppedTo(step, standing) }];
  });
}

const inOrder = (a: { readonly id: string }, b: { readonly id: string }): number => Number(BigInt(a.id) - BigInt(b.id));

/**
 * Where nothing of what was told ends any more: whoever has had a letter hears it once. Where that renewal was taken back, letters followed,
 * and all is renewed once more, they hear it again: the day is in their calendars once more.
 */
function settled(judging: Judging): { changes: RenewalChange[]; letters: ActLetter[] } {
  const { site, schedule, standing, given } = judging;
  if (!schedule.running || schedule.pausedAt !== null) return { changes: [], letters: [] };
  const all = site.steps.flatMap((step) => step.letters.map((letter) => ({ step, letter })));
  const told = [...Map.groupBy(all, ({ letter }) => letter.entry)].flatMap(([entry, some]) => {
    const settledBy = some.map(({ letter }) => letter).filter(({ role }) => role === 'settled');
    const heard = settledBy.toSorted(inOrder).at(-1);
    const went = some.filter(
      ({ letter }) =>
        letter.role === 'notice' && wentOut.includes(letter.state) && (!heard || inOrder(heard, letter) < 0),
    );
    const step = went.toSorted((a, b) => inOrder(a.letter, b.letter)).at(-1)?.step;
    if (!step) return [];
    const over = Temporal.PlainDate.from(step.group).add({ days: noticeSpans.askedDays }).toString() < standing.today;
    if (over || step.items.length === 0 || !step.items.every(standing.isRenewed)) return [];
    const has = (email: string) => went.some(({ letter: { to, sequence } }) => to === email && sequence !== null);
    const reached = site.people.filter((one) => !one.unreachable && went.some(({ letter }) => letter.to === one.email));
    if (reached.length === 0) return [];
    const until = (item: RenewalContract) => endOf(item, standing);
    const letters = reached.map(({ email }) =>
      settledNotice(site, { step, entry, until, calendar: has(email) }, email, given),
    );
    const change: RenewalChange = {
      ...{ kind: 'renewal-settled', ...ofStep(judging, step), entry, to: reached.map(({ email }) => email) },
      ...{ sequence: nextSequence(site, entry), siteVersion: site.version },
    };
    return [{ change, letters }];
  });
  return { changes: told.map(({ change }) => change), letters: told.flatMap(({ letters }) => letters) };
}

/** Until when that is covered now: by the contract itself, or by the one in its place; null: not known. */
function endOf(item: RenewalContract, { contracts }: Standing): string | null {
  const same = contracts.ending.filter((one) =>
    item.kind === 'plan'
      ? one.kind === 'plan' && one.plan === item.plan
      : one.kind === 'support' && one.product === item.product,
  );
  return (
    same
      .map(({ to }) => to)
      .filter((to) => to > item.to)
      .toSorted()
      .at(-1) ?? null
  );
}

/**
 * POLICY §10.1–3: what goes out at a site, planned anew whenever its contracts have changed, and once a day. What is renewed is dropped,
 * with the letters that have not left yet.
 */
export const planRenewals: Act<z.infer<typeof input>> = {
  name: 'plan-renewals',
  input,
  right: 'none',
  does: 'plans the letters about what ends at a site, and drops those about what is renewed',
  gives: { changes: ['renewals-planned', 'renewal-stopped', 'renewal-settled'], letters: ['renewal-settled'] },
  byClock: ['renewals-planned'],
  needs: ({ site }) => ({ renewals: { site } }),
  judge({ site: number }, { renewals }, given) {
    const site = renewals?.site;
    if (!renewals || !site) return refused('not-found', `There is no site ${number}.`);
    const { schedule } = renewals;
    if (!schedule.running) return { kind: 'done', changes: [], letters: [] };
    const { now, by, policy } = given;
    const standing = standingOf(site, schedule, { now, policy });
    const judging: Judging = { site, schedule, standing, given };
    const known = standing.contracts.ending.map(keyOfEnd).toSorted();
    const steps = stepsToWrite(site, schedule, standing, now);
    const planned: RenewalsPlanned = {
      ...{ kind: 'renewals-planned', site: site.of.site.id, siteNumber: site.of.site.number },
      ...{ siteVersion: site.version, known, steps, at: now, by },
    };
    const same = steps.length === 0 && known.join() === Object.keys(site.known).toSorted().join();
    const { changes, letters } = settled(judging);
    return {
      kind: 'done',
      changes: [...(same ? [] : [planned]), ...stopped(judging), ...changes],
      letters,
    };
  },
};
