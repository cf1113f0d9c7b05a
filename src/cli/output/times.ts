/** Formats times for people: to the minute, in UTC, the same in every command. */
import { print, terminalColumns, wrap } from './terminal.ts';

export const utc = (at: string | Date): string => `${new Date(at).toISOString().slice(0, 16).replace('T', ' ')} UTC`;

export const utcOr = (at: string | Date | null, none: string): string => (at === null ? none : utc(at));

const iso = /\b\d{4}-\d\d-\d\dT\d\d:\d\d(?::\d\d(?:\.\d+)?)?(?:Z|[+-]\d\d(?::?\d\d)?)/g;

/** Moments within a sentence that is kept as a program wrote it. */
export const readableTimes = (text: string): string =>
  text.replace(iso, (at) => utc(at.replace(/([+-]\d\d)$/, '$1:00')));

/** A sentence of ours, as wide as the terminal, with its times as people read them. */
export const printSentence = (text: string): void => {
  for (const line of wrap(readableTimes(text), terminalColumns())) print(line);
};
