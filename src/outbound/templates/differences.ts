/** Two texts line by line: what stands in both, and in one of them only. */
import { diffLines } from 'diff';

export type DiffLine = {
  readonly kind: 'same' | 'gone' | 'new';
  readonly text: string;
  /** Where it stands in the one and in the other; null where it does not. */
  readonly before: number | null;
  readonly after: number | null;
};

const linesOf = (value: string): string[] => (value.endsWith('\n') ? value.slice(0, -1) : value).split('\n');

export function differences(before: string, after: string): readonly DiffLine[] {
  let [left, right] = [0, 0];
  return diffLines(before, after).flatMap(({ added, removed, value }) =>
    linesOf(value).map((text): DiffLine => {
      if (!added) left += 1;
      if (!removed) right += 1;
      if (added) return { kind: 'new', text, before: null, after: right };
      if (removed) return { kind: 'gone', text, before: left, after: null };
      return { kind: 'same', text, before: left, after: right };
    }),
  );
}

/** Lines that differ: of a line that was changed, one. */
export function countDifferences(before: string, after: string): number {
  const lines = differences(before, after);
  const of = (kind: DiffLine['kind']) => lines.filter((one) => one.kind === kind).length;
  return Math.max(of('gone'), of('new'));
}
