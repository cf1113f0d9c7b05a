/** Both programs over many sites: what the first one differs in, and what was seen. */
import { expectedLedger } from './expected-ledger.ts';
import { fates } from './lives.ts';
import { type Counted, counted, makeStory } from './make-story.ts';
import { simulate } from './simulate.ts';
import type { LedgerRow } from './story.ts';

const inWords = ({ group, step, at, named, reached }: LedgerRow): string =>
  `${group} ${step} ${named.length === 0 ? 'skipped' : `${new Date(at).toISOString()} to ${reached}: ${named.join(', ')}`}`;

export function compareSites(first: number, sites: number) {
  const counts = new Map<string, number>();
  const count = (what: string, by = 1) => counts.set(what, (counts.get(what) ?? 0) + by);
  const differences: string[] = [];
  for (let seed = first; seed < first + sites; seed += 1) {
    const story = makeStory(seed, (what: Counted) => count(what));
    const rows = simulate(story);
    const [is, expected] = [rows, expectedLedger(story)].map((one) => one.map(inWords).sort());
    for (const one of is ?? []) if (!expected?.includes(one)) differences.push(`site ${seed}: not expected: ${one}`);
    for (const one of expected ?? []) if (!is?.includes(one)) differences.push(`site ${seed}: missing: ${one}`);
    if (new Set(rows.map(({ group, step }) => `${group} ${step}`)).size < rows.length)
      differences.push(`site ${seed}: a step twice`);
    count('letters', rows.filter(({ reached }) => reached !== null).length);
    count(
      'letters that reached nobody',
      rows.filter(({ named, reached }) => named.length > 0 && reached === null).length,
    );
    for (const { reason } of rows) if (reason !== null) count(`skipped: ${reason}`);
  }
  return { differences, counts };
}

/** Each kind of happening, and each reason, was there. */
export const mustBeSeen = [...fates, ...counted, 'on top', 'letters', 'letters that reached nobody'];
