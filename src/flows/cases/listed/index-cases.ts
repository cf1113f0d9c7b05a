/** The job of the clock that keeps the words of cases for the search: some at a time, so that mail is read meanwhile. */
import { indexed, type Searched } from '../../../cases/search/terms.ts';
import { maskPrivilegedPins } from '../../../foundation/pin-form.ts';
import { searchStep } from '../../../store/cases/listed/search-rows.ts';
import type { Database } from '../../../store/database.ts';

/** No secret is found by guessing at it. */
const masked = ({ messages, ...rest }: Searched): Searched => ({
  ...rest,
  title: maskPrivilegedPins(rest.title),
  messages: messages.map((one) => ({
    ...one,
    text: maskPrivilegedPins(one.text),
    files: one.files.map(maskPrivilegedPins),
  })),
});

export const searchedOf = masked;

/** Returns how many cases were read. */
export async function indexCases(
  { database }: { readonly database: Database },
  { goOnFor = 1_500, clock = () => performance.now() }: { goOnFor?: number; clock?: () => number } = {},
): Promise<number> {
  const until = clock() + goOnFor;
  let read = 0;
  for (;;) {
    const step = await searchStep(database, (of) => indexed(masked(of)));
    read += step ?? 0;
    if (step === null || clock() >= until) return read;
  }
}
