/** Two decisions about one mail on the same facts: in what they differ, for people (`postern policy try`). */
import type { Severity } from '../cases/case.ts';
import type { Outcome } from '../changes/outcome.ts';
import { type Decision, opened } from './decision.ts';
import { changeLines } from './explain.ts';
import type { PlannedLetter } from './letters/planned-letter.ts';

type Change<T> = { readonly now: T; readonly tried: T };

export type Difference = {
  readonly outcome: Change<Outcome>;
  readonly rule: Change<string>;
  readonly reason: Change<string>;
  /** Of the case that is opened; null where there is none, or it stays. */
  readonly severity: Change<Severity | null> | null;
  readonly due: Change<string | null> | null;
  /** What becomes otherwise, in words. */
  readonly changes: { readonly noMore: readonly string[]; readonly new: readonly string[] };
  /** What goes out, by template and kind of reader; nobody is named. */
  readonly letters: { readonly noMore: readonly string[]; readonly new: readonly string[] };
  /** Letters that go out either way and say or ask for something else. */
  readonly says: readonly string[];
};

const named = (letter: PlannedLetter): string => {
  const what = letter.template === 'staff-notice' ? `staff-notice (${letter.values.kind})` : letter.template;
  return letter.fate.kind === 'send' ? what : `${what}, ${letter.fate.kind === 'wait' ? 'waiting' : 'not sent'}`;
};

/** What stands on the left and not on the right, each as often as it is missing there. */
function without(left: readonly string[], right: readonly string[]): string[] {
  const rest = [...right];
  return left.filter((one) => {
    const at = rest.indexOf(one);
    if (at >= 0) rest.splice(at, 1);
    return at < 0;
  });
}

const changed = <T>(now: T, tried: T): Change<T> | null => (now === tried ? null : { now, tried });
/** Order of keys does not matter: both come from the same code. */
const same = (one: unknown, other: unknown): boolean => JSON.stringify(one) === JSON.stringify(other);

/** Null where nothing at all differs; `now` is by the present policy, `tried` by the other one. */
export function compare(now: Decision, tried: Decision): Difference | null {
  if (same(now, tried)) return null;
  const [a, b] = [opened(now), opened(tried)];
  const [left, right] = [now.letters, tried.letters];
  const [was, is] = [changeLines(now), changeLines(tried)];
  const letters = {
    noMore: without(left.map(named), right.map(named)),
    new: without(right.map(named), left.map(named)),
  };
  const other = left.filter((letter) => right.every((one) => named(one) !== named(letter) || !same(one, letter)));
  return {
    outcome: { now: now.outcome, tried: tried.outcome },
    rule: { now: now.rule, tried: tried.rule },
    reason: { now: now.reason, tried: tried.reason },
    severity: changed(a?.severity ?? null, b?.severity ?? null),
    due: changed(a?.due ?? null, b?.due ?? null),
    changes: { noMore: without(was, is), new: without(is, was) },
    letters,
    says: [...new Set(other.map(named).filter((one) => !letters.noMore.includes(one)))],
  };
}
