/** What follows from an act, in sentences: before it is done, and after. */
import type { Committed } from '../../../flows/acts/preview.ts';
import { maskPins } from '../../mask.ts';
import { timesSaid } from '../frame/times.ts';
import { decisionsSaid, saidByDecisions } from './decisions.ts';
import { listOf } from './list-of.ts';

export { listOf };

export type Said = {
  /** These tell it. */
  readonly first: readonly string[];
  /** The rest of a long list, for whoever wants to know. */
  readonly more: readonly string[];
  /** Nothing would follow. */
  readonly none?: true;
};

const mostFirst = 3;
const mostNamed = 3;

function recipients(addresses: readonly string[]): string {
  const all = [...new Set(addresses)];
  const named = all.slice(0, mostNamed);
  return listOf(all.length > mostNamed ? [...named, `${all.length - mostNamed} more`] : named);
}

function lettersSaid(letters: Committed['letters'], done: boolean): string[] {
  const out = letters.filter(({ heldBack }) => heldBack === null);
  const said: string[] = [];
  if (out.length > 0) {
    const [one] = out;
    const about = out.length === 1 && one ? `: “${one.subject}”` : '';
    said.push(`${done ? 'Wrote' : 'Writes'} to ${recipients(out.map(({ to }) => to))}${about}.`);
  }
  const kept = letters.filter(({ heldBack }) => heldBack !== null);
  if (kept.length > 0)
    said.push(
      `${recipients(kept.map(({ to }) => to))} ${done ? 'got' : 'gets'} no letter: ${kept[0]?.heldBack ?? ''}.`.replace(
        /\.+$/,
        '.',
      ),
    );
  return said;
}

/** `done`: it has been done already. `zone`: in which times are shown. Nothing to be done is said, too. */
export function saidOf(
  shown: Committed,
  { zone, done = false }: { readonly zone: string; readonly done?: boolean },
): Said {
  const all = [
    ...decisionsSaid(shown, zone),
    ...shown.changes.filter((one) => !saidByDecisions(shown, one)).map(({ says }) => says),
    ...lettersSaid(shown.letters, done),
  ].map((one) => timesSaid(maskPins(one), zone));
  if (all.length === 0)
    return {
      first: [done ? 'It was so already; nothing changed.' : 'It is so already; nothing changes.'],
      more: [],
      none: true,
    };
  return { first: all.slice(0, mostFirst), more: all.slice(mostFirst) };
}
