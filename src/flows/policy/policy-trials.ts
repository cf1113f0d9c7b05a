/**
 * A changed policy tried on the mails of the last days, for the console: one at a time in a process, so many mails at the most, in the
 * background of whatever else the process does. Nothing is written, so that a restart loses nothing but the answer.
 */
import { randomUUID } from 'node:crypto';
import { setImmediate as breath } from 'node:timers/promises';
import type { Log } from '../../foundation/log.ts';
import type { Policy } from '../../intake/policy.ts';
import type { Database } from '../../store/database.ts';
import { countMails, oldestOfNewest } from '../../store/intake/historical-facts.ts';
import type { ThenDeps } from '../intake/facts-then.ts';
import { type Tried, tryPolicy } from '../intake/try-policy.ts';

export const trialDays = 30;
/** The newest of them; `postern policy try` looks at all. */
export const mostTried = 10_000;
const mostSamples = 25;
const keptTrials = 20;

export type Trial = {
  readonly id: string;
  readonly state: 'running' | 'done' | 'stopped' | 'failed';
  readonly startedAt: string;
  /** The address of whoever started it. */
  readonly by: string;
  /** Mails of these days that were decided, and how many of them are looked at. */
  readonly decided: number;
  readonly asked: number;
  readonly compared: number;
  readonly differs: number;
  /** By the present policy they would not be decided as they were either. */
  readonly unlike: number;
  readonly unread: number;
  /** What would become of them, with how many of each. */
  readonly outcomes: readonly { readonly now: string; readonly tried: string; readonly count: number }[];
  /** Cases that would be opened with another severity, or another deadline. */
  readonly severities: number;
  readonly deadlines: number;
  readonly letters: { readonly noMore: number; readonly new: number; readonly otherwise: number };
  readonly samples: readonly Tried[];
  readonly yaml: string;
  readonly changed: readonly { readonly path: string; readonly now: string; readonly tried: string }[];
};

type Running = { trial: Trial; readonly outcomes: Map<string, Trial['outcomes'][number]>; stop: boolean };
export type TrialAsked = Pick<Trial, 'by' | 'yaml' | 'changed'> & { readonly policy: Policy };

export function openPolicyTrials(given: {
  readonly database: Database;
  readonly present: Policy;
  readonly reading: () => Omit<ThenDeps, 'database'>;
  readonly log: Log;
}) {
  const { database, present, log } = given;
  const trials = new Map<string, Running>();
  let work: Promise<void> = Promise.resolve();

  async function run(one: Running, other: Policy, after: string): Promise<void> {
    const note = (change: Partial<Trial>) => {
      one.trial = { ...one.trial, ...change };
    };
    const deps = { ...given.reading(), database, present, other };
    for await (const page of tryPolicy(deps, trialDays, after)) {
      const { trial } = one;
      for (const { outcome } of page.differs) {
        const { now, tried } = outcome;
        const count = (one.outcomes.get(`${now} ${tried}`)?.count ?? 0) + 1;
        one.outcomes.set(`${now} ${tried}`, { now, tried, count });
      }
      const sum = (of: (tried: Tried) => number): number => page.differs.reduce((all, tried) => all + of(tried), 0);
      note({
        compared: trial.compared + page.compared,
        differs: trial.differs + page.differs.length,
        unlike: trial.unlike + page.unlike,
        unread: trial.unread + page.unread,
        outcomes: [...one.outcomes.values()].toSorted((a, b) => b.count - a.count),
        severities: trial.severities + sum(({ severity }) => (severity ? 1 : 0)),
        deadlines: trial.deadlines + sum(({ due }) => (due ? 1 : 0)),
        letters: {
          noMore: trial.letters.noMore + sum(({ letters }) => letters.noMore.length),
          new: trial.letters.new + sum(({ letters }) => letters.new.length),
          otherwise: trial.letters.otherwise + sum(({ says }) => says.length),
        },
        samples: [...trial.samples, ...page.differs].slice(0, mostSamples),
      });
      // Whatever else this process does has its turn.
      await breath();
      if (one.stop) return note({ state: 'stopped' });
    }
    note({ state: 'done' });
  }

  return {
    /** Null: another one runs. */
    async start({ by, policy, yaml, changed }: TrialAsked): Promise<string | null> {
      if ([...trials.values()].some(({ trial }) => trial.state === 'running')) return null;
      const id = randomUUID();
      const trial: Trial = {
        ...{ id, state: 'running', startedAt: new Date().toISOString(), by, decided: 0, asked: 0, yaml, changed },
        ...{ compared: 0, differs: 0, unlike: 0, unread: 0, outcomes: [], severities: 0, deadlines: 0, samples: [] },
        letters: { noMore: 0, new: 0, otherwise: 0 },
      };
      const one: Running = { trial, outcomes: new Map(), stop: false };
      trials.set(id, one);
      for (const old of [...trials.keys()].slice(0, -keptTrials)) trials.delete(old);
      try {
        const [{ decided }, after] = await Promise.all([
          countMails(database, trialDays),
          oldestOfNewest(database, { most: mostTried }),
        ]);
        one.trial = { ...one.trial, decided, asked: Math.min(decided, mostTried) };
        work = run(one, policy, after).catch((error: unknown) => {
          log.error({ error: String(error) }, 'a policy could not be tried');
          one.trial = { ...one.trial, state: 'failed' };
        });
      } catch (error) {
        trials.delete(id);
        throw error;
      }
      return id;
    },
    one: (id: string): Trial | null => trials.get(id)?.trial ?? null,
    running: (): Trial | null => [...trials.values()].find(({ trial }) => trial.state === 'running')?.trial ?? null,
    stop(id: string): void {
      const found = trials.get(id);
      if (found) found.stop = true;
    },
    /** Until nothing runs. */
    settled: () => work,
  };
}
export type PolicyTrials = ReturnType<typeof openPolicyTrials>;
