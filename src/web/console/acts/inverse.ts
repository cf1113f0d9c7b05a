import type { ActName, InputOf } from '../../../acts/list.ts';
import type { Change } from '../../../changes/change.ts';

/** What takes something back: an act like any other. */
export type Inverse = { [Name in ActName]: { readonly act: Name; readonly input: InputOf<Name> } }[ActName];
/** By the act to be taken back; `made`: what it has changed, with what was there before. Null: not by one button. */
export type Undo = {
  readonly [Name in ActName]?: (input: InputOf<Name>, made: readonly Change[]) => Inverse | null;
};
