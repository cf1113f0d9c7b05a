import { firstLine } from '../../../mail/first-line.ts';
import { foldWidth } from '../../../mail/fold-width.ts';
import { writerOn } from '../../cases/may-write.ts';
import { openCase } from '../../cases/open-case.ts';
import { evidenceOf, siteOf } from '../../context.ts';
import { noChanges, numberToCome } from '../../decision.ts';
import { lapsedLetters } from '../../letters/letters.ts';
import type { Rule } from '../../rule.ts';

/** The whole first line, in the languages of the templates; the first of each is the one that the letter shows. */
const words: ReadonlySet<string> = new Set([
  ...['new', 'new case', 'neu', 'neuer fall', 'nouveau', 'nouveau dossier', 'nuevo', 'nuevo caso', 'caso nuevo'],
  ...['新規', '新規ケース'],
]);

export const asksForOwnCase = (newText: string): boolean =>
  words.has(
    foldWidth(firstLine(newText.slice(0, 2_000)))
      .replace(/^[\s\p{P}`]+|[\s\p{P}`]+$/gu, '')
      .toLowerCase(),
  );

/**
 * §3 "The case number": what was added to a case by its bare number is taken off into a case of its own, with its time of
 * arrival. From whom the receipt went to, as long as it is still there.
 */
export const ownCase: Rule = (context) => {
  const letter = context.answered;
  const { mail, sender } = context;
  const original = letter?.asks?.kind === 'own-case' ? letter.original : null;
  if (!letter || !original || sender === null || original.outcome !== 'case-updated') return null;
  if (mail.facts.nothingOwn || !asksForOwnCase(mail.facts.newText)) return null;
  const on = context.facts.cases.find((one) => one.number === original.case);
  const site = on && siteOf(context.facts, on.site);
  const from = original.facts.from.kind === 'one' ? original.facts.from.address : null;
  if (!on || !site || from === null) return null;
  const asking = writerOn(context.facts, sender, on);
  const writer = writerOn({ contacts: original.writers }, from, on);
  if (!asking.admitted || !writer.admitted) return null;
  if (sender !== from && (asking.contact === null || asking.contact.id !== writer.contact?.id)) return null;

  const attempt = openCase(context, {
    site,
    contact: writer.contact,
    address: from,
    mail: { ...original, mustWait: mail.mustWait },
    linked: on,
  });
  const evidence = evidenceOf(context, {
    site: site.site.number,
    contact: asking.contact?.id ?? null,
    role: asking.contact?.role ?? 'participant',
    contract: attempt.contract,
  });
  if (attempt.kind === 'lapsed') {
    const { contact } = asking;
    return {
      outcome: 'support-lapsed',
      rule: 'r15',
      reason: `Mail ${original.id} was to become a case of its own, but support of site ${site.site.number} has ended; it stays on case ${on.number}.`,
      evidence,
      changes: noChanges,
      letters: contact
        ? lapsedLetters(context, {
            site,
            contact,
            address: sender,
            contract: attempt.contract,
            mail: original,
            case: null,
          })
        : [],
    };
  }
  const reason = `The answer takes mail ${original.id} off case ${on.number} into a case of its own.`;
  const by = { kind: 'mail', mail: mail.id } as const;
  const decided = { mail: original.id, outcome: 'case-opened', at: mail.arrivedAt, by } as const;
  const taken = { was: 'case-updated', from: on.number, id: on.id, to: numberToCome, letter: letter.id } as const;
  return {
    outcome: 'answer-settled',
    rule: 'r5',
    reason,
    changes: [
      ...attempt.changes,
      { kind: 'mail-decided-anew', ...decided },
      { kind: 'mail-taken-off', ...decided, ...taken, reason },
    ],
    evidence,
    letters: attempt.letters,
  };
};
