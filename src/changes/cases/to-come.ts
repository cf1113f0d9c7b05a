/** The number and the row of a case that is opened: both are drawn once it is known that it will be. */
import type { CaseNumber } from '../../foundation/ids.ts';

/**
 * Stands for a number that is drawn after the decision and before the transaction. It holds a NUL, which no string of a mail
 * does (foundation/clean-text): a subject cannot say it.
 */
export const numberToCome = '\u0000new' as CaseNumber;
/** The same of the row of that case. */
export const idToCome = '\u0000id';
/** As a preview shows the number. */
export const shownToCome = '(new)' as CaseNumber;

/** Puts what was drawn wherever a decision or an act speaks of the case that it opens. */
export function withNumber<T>(given: T, number: CaseNumber, id = idToCome): T {
  // What speaks of neither stays the object it is: a decision is some hundred of them.
  const put = (value: unknown): unknown => {
    if (typeof value === 'string') {
      if (!value.includes('\u0000')) return value;
      return value === idToCome ? id : value.replaceAll(numberToCome, number);
    }
    if (value === null || typeof value !== 'object') return value;
    let changed: Record<string, unknown> | unknown[] | null = null;
    for (const key of Object.keys(value)) {
      const inner = (value as Record<string, unknown>)[key];
      const now = put(inner);
      if (now === inner) continue;
      changed ??= Array.isArray(value) ? [...value] : { ...value };
      (changed as Record<string, unknown>)[key] = now;
    }
    return changed ?? value;
  };
  return put(given) as T;
}
