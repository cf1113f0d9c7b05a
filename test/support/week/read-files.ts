/** Story and ledger of the week: a line a thing, `#` before what is for the reader. */
import { readdirSync, readFileSync } from 'node:fs';
import type { Client } from '../mails/staff/clients.ts';
import { minutesAfter, momentOf } from './moments.ts';

export const folder = new URL('../../fixtures/week/', import.meta.url);

const linesOf = (kind: 'story' | 'ledger', parts: readonly string[]): string[] =>
  readdirSync(new URL(`${kind}/`, folder))
    .filter((name) => parts.length === 0 || parts.includes(name.replace('.txt', '')))
    .toSorted()
    .flatMap((name) => readFileSync(new URL(`${kind}/${name}`, folder), 'utf8').split('\n'))
    .map((line) => line.trim())
    .filter((line) => line !== '' && !line.startsWith('#'));

export type Step = {
  /** `A1.3`: the third thing in the matter A1. */
  readonly key: string;
  readonly matter: string;
  readonly at: string;
  readonly who: string;
} & (
  | {
      readonly does: 'mail';
      readonly client: Client;
      /** The letter that it answers: about which matter, and by which name; null: the last one. */
      readonly answers: { readonly matter: string; readonly letter: string | null } | null;
      readonly subject: string;
      readonly text: string;
      readonly options: ReadonlyMap<string, string>;
    }
  | { readonly does: 'again'; readonly key2: string }
  | { readonly does: 'act'; readonly act: string; readonly input: string }
  | { readonly does: 'registry'; readonly file: string }
);

/** `A1.2 F09:12 jan iphone re A1 new-case | text`, `… gmail new cc=ann | subject | text`, `… act NAME | JSON`, `… again KEY`. */
function stepOf(line: string): Step {
  const [head = '', ...texts] = line.split(' | ');
  const [key = '', at = '', who = '', does = '', ...words] = head.trim().split(/\s+/);
  const of = { key, matter: key.replace(/\..*/, ''), at: momentOf(at), who };
  const unfolded = texts.map((text) => text.trim().replaceAll('\\n', '\n'));
  if (does === 'act') return { ...of, does, act: words[0] ?? '', input: texts.join(' | ') };
  if (does === 'again') return { ...of, does, key2: words[0] ?? '' };
  if (does === 'registry') return { ...of, does, file: words[0] ?? '' };
  const [verb, ...rest] = words;
  const options = new Map(rest.filter((word) => word.includes('=')).map((word) => word.split('=') as [string, string]));
  const [matter, letter] = rest.filter((word) => !word.includes('='));
  if (verb !== 're' && verb !== 'new') throw new Error(`neither re nor new: ${line}`);
  const answers = verb === 're' ? { matter: matter ?? of.matter, letter: letter ?? null } : null;
  const [subject = '', text = ''] = verb === 're' ? ['', ...unfolded] : unfolded;
  return { ...of, does: 'mail', client: does as Client, answers, subject, text, options };
}

export const readStory = (...parts: readonly string[]): Step[] =>
  linesOf('story', parts)
    .map(stepOf)
    .toSorted((a, b) => Date.parse(a.at) - Date.parse(b.at));

const everybody = 'jan ola lea raj mia tom ken eve kim dee cal sid';

/** `letter who who; +1 letter who`: a line for each letter. */
const lettersOf = (at: string, matter: string, written: string): string[] =>
  written
    .split(';')
    .map((part) => part.trim().replace(/\ball\b/, everybody))
    .filter((part) => part !== '')
    .flatMap((part) => {
      const [, delay, name = '', who = ''] = /^(?:\+(\d+)\s+)?(\S+)\s+(.*)$/.exec(part) ?? [];
      if (name === '') throw new Error(`no letter: ${part}`);
      const then = minutesAfter(at, Number(delay ?? 0));
      return who.split(/\s+/).map((to) => {
        const [person = '', of = matter] = to.split('@');
        return `${of} ${then} ${name} -> ${person}`;
      });
    });

export type Ledger = {
  readonly outcomes: string[];
  readonly letters: string[];
  readonly cases: string[];
  readonly events: string[];
};

/**
 * `A1.1 case-opened A1 | letters`, `@M09:10 A4 | letters` for what the clock brings about, and
 * `= A1 2 F11:05 closed | F09:12 owner jan; F09:41 met` for the case: severity, deadline, state, and what happened on it.
 */
export function readLedger(steps: readonly Step[], ...parts: readonly string[]): Ledger {
  const ledger: Ledger = { outcomes: [], letters: [], cases: [], events: [] };
  for (const line of linesOf('ledger', parts)) {
    const [head = '', what = ''] = line.split('|').map((part) => part.trim());
    const [key = '', ...words] = head.split(/\s+/);
    if (key === '=') {
      const [matter = '', ...state] = words;
      ledger.cases.push(`${matter} ${state.join(' ')}`);
      for (const event of what
        .split(';')
        .map((one) => one.trim())
        .filter((one) => one !== ''))
        ledger.events.push(`${matter} ${event}`);
    } else if (key.startsWith('@')) ledger.letters.push(...lettersOf(key.slice(1), words[0] ?? '', what));
    else {
      const step = steps.find((one) => one.key === key);
      if (!step) throw new Error(`${key} is in the ledger and not in the story`);
      if (step.does === 'mail') ledger.outcomes.push(`${key} ${words.join(' ')}`);
      const at = minutesAfter('F00:00', (Date.parse(step.at) - Date.parse(momentOf('F00:00'))) / 60_000);
      ledger.letters.push(...lettersOf(at, words[1] ?? '-', what));
    }
  }
  return ledger;
}

/** What one list has more often than the other. */
function without(some: readonly string[], others: readonly string[]): string[] {
  const left = [...others];
  return some.filter((one) => {
    const at = left.indexOf(one);
    if (at >= 0) left.splice(at, 1);
    return at < 0;
  });
}

export const difference = (found: readonly string[], written: readonly string[]) => ({
  missing: without(written, found).toSorted(),
  unexpected: without(found, written).toSorted(),
});
