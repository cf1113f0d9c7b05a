import type { Change, ChangeOf } from '../../src/changes/change.ts';

/** Those of one kind, in their order. */
export const changesOf = <K extends Change['kind']>(
  { changes }: { readonly changes: readonly Change[] },
  kind: K,
): ChangeOf<K>[] => changes.filter((one): one is ChangeOf<K> => one.kind === kind);
