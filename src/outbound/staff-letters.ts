/** Notices to our people that no mail under decision brings about; those of a decision are `staffNotice` of `intake/letters/letters.ts`. */
import type { OwnLetter, StaffNotice } from './letter.ts';

/** The first lines of what somebody says, as a notice shows them. */
export const beginsOf = (text: string): string[] =>
  text
    .split('\n')
    .filter((line) => line.trim() !== '')
    .slice(0, 5)
    .map((line) => line.slice(0, 200));

/** One letter for each address of `told`; `matter` is what a second letter about the same is known by. */
export const staffLetters = (
  values: StaffNotice,
  { told, matter, desk }: { told: readonly string[]; matter: string; desk: { readonly languages: readonly string[] } },
): OwnLetter[] =>
  told.map((to) => ({
    template: 'staff-notice',
    values,
    to,
    audience: 'staff',
    language: desk.languages[0] ?? 'en',
    matter,
    case: null,
    answers: null,
    followsOwn: false,
    asks: null,
    fate: { kind: 'send' },
  }));
