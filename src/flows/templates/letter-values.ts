/**
 * What the last letters of each kind were written from. Writing one costs the letter nothing but a place in memory; twice a minute the newest
 * go to the database in one transaction. What a letter tells one person only is not among it.
 */
import { setTimeout } from 'node:timers/promises';
import type { Log } from '../../foundation/log.ts';
import { maskPrivilegedPins } from '../../foundation/pin-form.ts';
import { type Addressed, type Letter, secretOf } from '../../outbound/letter.ts';
import type { ToRender } from '../../outbound/templates/views.ts';
import type { Database } from '../../store/database.ts';
import { keepLetterValues, keptOfAKind, type NotedLetter } from '../../store/templates/letter-values.ts';

export type LetterValues = {
  note(letter: ToRender & Addressed, id: string): void;
  /** What was noted goes to the database now. */
  keep(): Promise<void>;
};

/** For how many days. */
export const letterValuesKeptDays = 90;
const everyMs = 30_000;
const closeMs = 2_000;
/** Longer ones are not kept: a text that somebody has written stands in them. */
const longest = 40_000;
const hidden = '••••••••';

/** As JSON, without secrets, and without the marks in whose place pages and tokens come later. */
function asNoted(letter: ToRender): string {
  const { template, values, closing, howToLeave } = letter;
  const json = JSON.stringify({ template, values, closing, howToLeave }, (_, value: unknown) =>
    typeof value === 'string' ? value.replaceAll('\u0000', '') : value,
  );
  const secret = secretOf(letter as Letter);
  return maskPrivilegedPins(secret === null ? json : json.replaceAll(JSON.stringify(secret).slice(1, -1), hidden));
}

export function openLetterValues(
  { database, log }: { readonly database: Database; readonly log: Log },
  onClose: (closer: () => Promise<void>) => void,
): LetterValues {
  let noted = new Map<string, { readonly letter: ToRender; readonly language: string; readonly id: string }[]>();
  async function keep(): Promise<void> {
    const taken = [...noted.values()].flat();
    noted = new Map();
    const rows = taken
      .map(
        ({ letter, language, id }): NotedLetter => ({
          ...{ id, template: letter.template, language },
          letter: asNoted(letter),
        }),
      )
      .filter(({ letter }) => letter.length <= longest);
    if (rows.length > 0) await keepLetterValues(database, rows);
  }
  const quietly = () =>
    keep().catch((error: unknown) =>
      log.debug({ error: String(error) }, 'what the last letters were written from was not kept'),
    );
  const timer = setInterval(quietly, everyMs);
  timer.unref();
  onClose(async () => {
    clearInterval(timer);
    // With the database away they are not waited for.
    const late = new AbortController();
    await Promise.race([quietly(), setTimeout(closeMs, undefined, { signal: late.signal }).catch(() => {})]);
    late.abort();
  });
  return {
    note(letter, id) {
      // Of a preview.
      if (id === '0') return;
      const of = noted.get(letter.template) ?? [];
      // Not what is attached to it.
      const { template, values, closing, howToLeave, language } = letter;
      const own = { template, values, ...(closing && { closing }), ...(howToLeave && { howToLeave }) } as ToRender;
      of.push({ letter: own, language, id });
      if (of.length > keptOfAKind) of.shift();
      noted.set(letter.template, of);
    },
    keep,
  };
}
