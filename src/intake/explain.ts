/** A decision for people: one sentence and what it rests on (POLICY §11.4). Nobody is named, contacts stand by id (§11.5). */
import { sentenceOf } from '../changes/change.ts';
import { maskPrivilegedPins } from '../foundation/pin-form.ts';
import type { Entitlement } from '../registry/entitlement.ts';
import { changeOf, type Decision, numberToCome, opened } from './decision.ts';
import type { MailAtHand } from './facts.ts';
import type { PlannedLetter } from './letters/planned-letter.ts';

type Explanation = {
  readonly sentence: string;
  readonly evidence: readonly { readonly label: string; readonly value: string }[];
};

const minuteOf = (at: string): string => `${new Date(at).toISOString().slice(0, 16).replace('T', ' ')} UTC`;

const coverage = (by: string, users: number, support: number): string =>
  `${by}: ${users} user and ${support} support licences`;

export function contractAsItStood(contract: Entitlement): string {
  const on = `on ${contract.day}`;
  const product = contract.productUnknown ? '; the product named is none of theirs' : '';
  switch (contract.kind) {
    case 'entitled':
      return `entitled ${on}, plan ${contract.plan} (${coverage(contract.coveredBy, contract.users, contract.support)})${product}`;
    case 'under-covered':
      return `under-covered ${on}, plan ${contract.plan} (${coverage(contract.coveredBy, contract.users, contract.support)})${product}`;
    case 'trial':
      return `trial of ${contract.coveredBy} ${on}, until ${contract.until}${product}`;
    case 'grace': {
      const until = Object.entries(contract.untilDay).map(([severity, day]) => `severity ${severity} until ${day}`);
      return `support ended on ${contract.endedOn}; grace for ${until.join(', ')}${product}`;
    }
    case 'lapsed':
      return contract.endedOn === null
        ? `no support ${on}${product}`
        : `support ended on ${contract.endedOn}${product}`;
    default:
      return contract satisfies never;
  }
}

const fated = ({ fate }: PlannedLetter): string => {
  switch (fate.kind) {
    case 'send':
      return 'is sent';
    case 'wait':
      return `waits for a person: ${fate.why}`;
    case 'suppress':
      return `is not sent: ${fate.why}`;
    default:
      return fate satisfies never;
  }
};

const named = (letter: PlannedLetter): string =>
  letter.template === 'staff-notice' ? `${letter.template} (${letter.values.kind})` : letter.template;

/** Which letter, to what kind of reader, and what becomes of it; the address is left out, for it names a person. */
export const letterLine = (letter: PlannedLetter): string =>
  `${named(letter)} to ${readers[letter.audience]} ${fated(letter)}`;

/** What becomes otherwise, in words; an address is left out, for it names a person, and the number of a new case is not drawn yet. */
export const changeLines = (decision: Decision): string[] =>
  decision.changes.map((change) => {
    const says = sentenceOf(change).replaceAll(numberToCome, '(new)');
    return 'address' in change ? says.replaceAll(change.address, 'the address') : says;
  });

const readers = { contact: 'the contact', stranger: 'the sender', staff: 'the staff' } as const;

const pinLine = (decision: Decision, mail: MailAtHand): string => {
  const { pin } = decision.evidence;
  const privileged = mail.facts.pins.some((one) => one.startsWith('p'));
  const others = mail.facts.pins.filter((one) => !one.startsWith('p') && one !== pin);
  return [pin ?? 'none', ...others, ...(privileged ? ['a privileged PIN (masked)'] : [])].join(', ');
};

/** The acknowledgement says whether it was assumed or lowered; without one it is what the mail names. */
function whySeverity(decision: Decision, mail: MailAtHand): string {
  const said = decision.letters.flatMap((letter) => (letter.template === 'acknowledgement' ? [letter.values] : []))[0];
  const named = mail.facts.report.severity;
  if (said?.lowered) return `the mail names ${named ?? 'another'}; lowered: ${said.lowered}`;
  if (said?.assumed || named === undefined) return 'assumed, the mail names none';
  return `named in the mail: ${named}`;
}

/** What the mail says of itself and what was known of its sender when it was decided. */
export function explain(decision: Decision, mail: MailAtHand): Explanation {
  const { evidence: known } = decision;
  const evidence: { label: string; value: string }[] = [];
  const add = (label: string, value: string | null | undefined) => {
    if (value) evidence.push({ label, value: maskPrivilegedPins(value) });
  };
  add('rule', `POLICY §3.${decision.rule}`);
  add('grade', `${known.grade} (${known.gradeReason})`);
  if (known.recipient) add('written to', known.recipient);
  add('PIN', pinLine(decision, mail));
  if (known.pin === null && mail.facts.licenceNumbers.length > 0) add('licence', mail.facts.licenceNumbers.join(', '));
  add('site', known.site ?? 'none');
  add('contact', known.contact ? `${known.contact} (${known.role ?? 'no role'})` : (known.role ?? 'not on record'));
  add('contract', known.contract && contractAsItStood(known.contract));
  add('thread', known.thread && `case ${known.thread.case}, by ${known.thread.by}`);
  const opens = opened(decision);
  if (opens) {
    const flags = [opens.provisional && 'provisional', opens.underCovered && 'under-covered'].filter(Boolean);
    add(
      'case',
      `${opens.kind}${flags.length > 0 ? ` (${flags.join(', ')})` : ''}: ${opens.title || 'without a title'}`,
    );
    add('severity', `${opens.severity} (${whySeverity(decision, mail)})`);
    add('deadline', `${minuteOf(opens.due)} (${opens.rating.plan}, ${opens.rating.counts})`);
  } else add('case', changeOf(decision, 'mail-filed')?.case ?? changeOf(decision, 'mail-repeated')?.case);
  const care = changeOf(decision, 'care-clock-started');
  if (care) add('deadline', `${minuteOf(care.due)} (client care)`);
  if (known.messageIdUsedBefore) add('Message-ID', 'used before by another mail with other content');
  add('note', known.note);
  for (const line of changeLines(decision)) add('change', line);
  for (const letter of decision.letters) add('letter', letterLine(letter));
  if (decision.letters.length === 0) add('letter', 'none');
  return { sentence: decision.reason, evidence };
}

/** One line of `postern mail explain --json` (INTERFACE "Command line"): what was read, and what it comes to. */
export function explainJson(file: string, mail: MailAtHand, decision: Decision) {
  const { facts } = mail;
  const show = maskPrivilegedPins;
  return {
    file,
    class: facts.class,
    grade: facts.grade,
    from: facts.from.kind === 'one' ? facts.from.address : null,
    subject: show(facts.subject),
    title: show(facts.title),
    pin: facts.pins[0] === undefined ? null : show(facts.pins[0]),
    newText: show(facts.newText),
    bounce: (facts.bounce?.recipients ?? []).map(({ address, action, status, kind }) => ({
      address,
      action,
      status,
      kind,
    })),
    attachments: facts.attachments.map(({ name, type, size }) => ({ name: show(name), type, size })),
    outcome: decision.outcome,
    reason: decision.reason,
  };
}
