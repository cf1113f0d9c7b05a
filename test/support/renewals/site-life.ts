/** A site through the years as the acts about its renewals see it: what they change is what they see next, without a database (POLICY §10). */
import type { ActLetter, Given, Judged } from '../../../src/acts/act.ts';
import { planRenewals } from '../../../src/acts/renewals/plan-renewals.ts';
import type {
  RenewalLetterRecord,
  RenewalSchedule,
  RenewalSite,
  RenewalStep,
} from '../../../src/acts/renewals/records.ts';
import { runRenewal } from '../../../src/acts/renewals/run-renewal.ts';
import { cameBack } from '../../../src/acts/renewals/standing.ts';
import type { RenewalChange, RenewalsPlanned } from '../../../src/changes/schedule/renewals.ts';
import type { SiteFacts } from '../../../src/registry/site.ts';
import { rita } from '../worked-case.ts';
import { policy } from '../world.ts';

type Change<kind extends RenewalChange['kind']> = Extract<RenewalChange, { kind: kind }>;
type Mutable<T> = { -readonly [key in keyof T]: T[key] };
type Step = Mutable<Omit<RenewalStep, 'letters'>> & { letters: Mutable<RenewalLetterRecord>[] };
/** As it left, with the id of its row. */
export type Left = { readonly id: string; readonly at: string; readonly letter: ActLetter };

const schedule = (since: string): RenewalSchedule => ({ running: true, since, pausedAt: null });
const none = { cases: [], letters: [] } as const;

export function siteLife(of: SiteFacts, people: RenewalSite['people'], since: string) {
  let facts = of;
  let version = 1;
  let ids = 0;
  const nextId = (): string => {
    ids += 1;
    return `${ids}`;
  };
  let known: Record<string, string> = {};
  const steps: Step[] = [];
  /** Written, and not handed over yet. */
  const waiting = new Map<string, { readonly at: string; readonly letter: ActLetter }>();
  const left: Left[] = [];

  const site = (): RenewalSite => ({ of: facts, version, people, known, steps });
  const given = (now: string): Given => ({
    ...{ by: { kind: 'clock' }, now, policy },
    desk: { ...policy.desk, people: [rita], timezone: 'Europe/London' },
  });
  const stepWith = (id: string): Step => {
    const step = steps.find((one) => one.id === id);
    if (!step) throw new Error(`no step ${id}`);
    return step;
  };
  const keep = (
    step: Step,
    letters: readonly ActLetter[],
    at: string,
    how: Pick<RenewalLetterRecord, 'entry' | 'sequence'>,
  ) => {
    for (const [i, letter] of letters.entries()) {
      const role = letter.template === 'renewal-settled' ? 'settled' : i === 0 ? 'notice' : 'copy';
      const id = nextId();
      const sequence = role === 'copy' ? null : how.sequence;
      step.letters.push({ id, role, to: letter.to, state: 'queued', claimed: false, entry: how.entry, sequence });
      waiting.set(id, { at, letter });
    }
  };

  function planned(change: RenewalsPlanned): void {
    known = Object.fromEntries(change.known.map((end) => [end, known[end] ?? change.at]));
    for (const { settled, ...one } of change.steps) {
      const there = steps.find(({ group, step }) => group === one.group && step === one.step);
      const settledAt = settled ? change.at : null;
      if (!there) steps.push({ ...one, id: nextId(), words: null, version: 1, settledAt, quote: null, letters: [] });
      else if (there.settledAt === null) Object.assign(there, one, { settledAt, version: there.version + 1 });
    }
    steps.sort((a, b) => (a.group === b.group ? a.step - b.step : a.group < b.group ? -1 : 1));
  }
  function stopped({ renewal, letters, becomes, at }: Change<'renewal-stopped'>): void {
    const step = stepWith(renewal);
    for (const letter of step.letters)
      if (letters.includes(letter.id)) {
        letter.state = 'suppressed';
        waiting.delete(letter.id);
      }
    if (becomes === 'again') Object.assign(step, { state: 'planned', reason: null, settledAt: null });
    else if (becomes !== 'sent') Object.assign(step, { state: 'skipped', reason: becomes, settledAt: at });
  }
  function write(change: RenewalChange, letters: readonly ActLetter[]): void {
    switch (change.kind) {
      case 'renewals-planned':
        planned(change);
        break;
      case 'renewal-stopped':
        stopped(change);
        break;
      case 'renewal-sent': {
        const step = stepWith(change.renewal);
        Object.assign(step, { state: 'sent', settledAt: change.at, items: change.items });
        keep(step, letters, change.at, change);
        break;
      }
      case 'renewal-settled': {
        const ofEntry = letters.filter(({ matter }) => matter.startsWith(`renewed:${change.entry}:`));
        keep(stepWith(change.renewal), ofEntry, change.at, change);
        break;
      }
      case 'renewal-missed':
        Object.assign(stepWith(change.renewal), { state: 'nobody', reason: change.why, settledAt: change.at });
        break;
      default:
        throw new Error(`${change.kind} comes of no clock`);
    }
  }
  function done(judged: Judged): void {
    if (judged.kind === 'refused') throw new Error(judged.says);
    for (const change of judged.changes) write(change as RenewalChange, judged.letters);
  }

  return {
    left: left as readonly Left[],
    steps: steps as readonly RenewalStep[],
    /** All that was written is handed over. */
    leave(): void {
      for (const step of steps) for (const letter of step.letters) if (letter.state === 'queued') letter.state = 'sent';
      for (const [id, one] of waiting) left.push({ id, ...one });
      waiting.clear();
    },
    becomes(next: SiteFacts): void {
      facts = next;
      version += 1;
    },
    /** What the clock does then: plans, and sends what is due. */
    look(now: string): void {
      const on = () => ({ ...none, renewals: { schedule: schedule(since), site: site(), step: null } });
      done(planRenewals.judge({ site: facts.site.number }, on(), given(now)));
      for (const step of [...steps])
        if ((step.state === 'planned' && Temporal.Instant.compare(step.dueAt, now) <= 0) || cameBack(step))
          done(runRenewal.judge({ renewal: step.id }, { ...none, renewals: { ...on().renewals, step } }, given(now)));
    },
    /** When it has something to do next; null: never. */
    nextDue: (): string | null =>
      steps
        .filter(({ state }) => state === 'planned')
        .map(({ dueAt }) => dueAt)
        .sort()[0] ?? null,
  };
}
