/** The list of contacts, corrected or said to be right (POLICY §9): below its word, or in an answer to the letter with the list (§3.r5). */
import { firstLine } from '../../mail/first-line.ts';
import { type Context, siteOf } from '../context.ts';
import { type Command, readCommand } from './commands.ts';
import { readDetails, saysRight } from './details-lines.ts';

/** The command of a mail, with the corrections that stand below it. */
export function commandOf({ mail, facts, sender, answered }: Context): Command | null {
  const typed = readCommand(mail.facts);
  if (sender === null) return typed;
  if (typed) {
    if (typed.name !== 'CONTACTS' || typed.rest === '') return typed;
    const { lines, rest } = readDetails(typed.rest, sender);
    return lines.length === 0 ? typed : { ...typed, lines, rest };
  }
  const site = answered?.asks?.kind === 'contacts' ? siteOf(facts, answered.asks.site) : null;
  if (!site || mail.facts.nothingOwn) return null;
  const { newText } = mail.facts;
  const of = { argument: site.site.number, maybePin: false, in: 'line' } as const;
  const { lines, rest } = readDetails(newText, sender);
  if (lines.length > 0) return { ...of, name: 'CONTACTS', lines, rest };
  return saysRight(firstLine(newText.slice(0, 2_000))) ? { ...of, name: 'CONTACTS CONFIRM', rest: '' } : null;
}

/** It is an answer to the list, with what the list asks for in it. */
export const answersList = ({ answered }: Context, { name, lines }: Command): boolean =>
  answered?.asks?.kind === 'contacts' && (name === 'CONTACTS CONFIRM' || (name === 'CONTACTS' && lines !== undefined));
