import { ownCase as act } from '../../../acts/cases/own-case.ts';
import { firstLine } from '../../../mail/first-line.ts';
import { foldWidth } from '../../../mail/fold-width.ts';
import { type Writer, writerOn } from '../../cases/may-write.ts';
import { openCase } from '../../cases/open-case.ts';
import { evidenceOf, givenBy, siteOf } from '../../context.ts';
import { numberToCome } from '../../decision.ts';
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

const person = (address: string, { contact, admitted }: Writer) => ({
  address,
  contact: contact?.id ?? null,
  admitted,
});

/** §3 "The case number": `own-case` takes off what was added to a case by its bare number, with its time of arrival. */
export const ownCase: Rule = (context) => {
  const letter = context.answered;
  const { mail, sender } = context;
  const original = letter?.asks?.kind === 'own-case' ? letter.original : null;
  if (!letter || !original || sender === null) return null;
  if (mail.facts.nothingOwn || !asksForOwnCase(mail.facts.newText)) return null;
  const on = context.facts.cases.find((one) => one.number === original.case);
  const site = on && siteOf(context.facts, on.site);
  const from = original.facts.from.kind === 'one' ? original.facts.from.address : null;
  if (!on || !site || from === null) return null;
  const asking = writerOn(context.facts, sender, on, context.policy);
  const writer = writerOn({ contacts: original.writers }, from, on, context.policy);

  const attempt = openCase(context, {
    site,
    contact: writer.contact,
    address: from,
    mail: { ...original, mustWait: mail.mustWait },
    linked: on,
  });
  const reason = `The answer takes mail ${original.id} off case ${on.number} into a case of its own.`;
  const opened = { outcome: 'case-opened', case: numberToCome, reason } as const;
  const judged = act.judge(
    { mail: original.id },
    {
      on: original,
      caseId: on.id,
      letter: letter.id,
      asking: person(sender, asking),
      writer: person(from, writer),
      becomes: attempt.kind === 'lapsed' ? null : { ...opened, changes: attempt.changes },
    },
    givenBy(context, null),
  );
  if (judged.kind === 'refused') return null;
  const { changes } = judged;
  const evidence = evidenceOf(context, {
    site: site.site.number,
    contact: asking.contact?.id ?? null,
    role: asking.contact?.role ?? 'participant',
    contract: attempt.contract,
  });
  if (attempt.kind === 'opened')
    return { outcome: 'answer-settled', rule: 'r5', reason, changes, evidence, letters: attempt.letters };
  const { contact } = asking;
  const { contract } = attempt;
  return {
    outcome: 'support-lapsed',
    rule: 'r15',
    reason: `Mail ${original.id} was to become a case of its own, but support of site ${site.site.number} has ended; it stays on case ${on.number}.`,
    evidence,
    changes,
    letters: contact
      ? lapsedLetters(context, { site, contact, address: sender, contract, mail: original, case: null })
      : [],
  };
};
