import { type RequestState, stateOf } from '../../../access/request.ts';
import { accessAsked } from '../../../acts/access/request-access.ts';
import { readAccessRequest } from '../../../mail/access/access-request.ts';
import { readCommand } from '../../commands/commands.ts';
import { type Context, evidenceOf, givenBy } from '../../context.ts';
import { type Decision, noChanges } from '../../decision.ts';
import { nextLetter } from '../../letters/access-letters.ts';
import { unheard } from '../../loops/unheard.ts';
import type { Rule } from '../../rule.ts';
import { askerLanguage, lockedOut } from './request.ts';

const waits: readonly RequestState[] = ['to-verify', 'with-client-care'];

const decided = (context: Context, reason: string, more: Partial<Decision> = {}): Decision => ({
  ...({ outcome: 'registration-requested', rule: 'r11', reason, changes: noChanges, letters: [] } as const),
  evidence: evidenceOf(context, { site: null, contact: null, role: null }),
  ...more,
});

/**
 * §3.r11, §8.11: `REGISTER <licence>` from an address that is not on record. It is for client care, and whether the licence is anybody's is
 * looked at by the clock: the answer is the same for all of them. Beside a PIN the word is what a report is about.
 */
export const registrationRequested: Rule = (context) => {
  const { sender, mail, facts, thread, answered } = context;
  if (sender === null || facts.contacts.length > 0 || thread !== null || answered !== null) return null;
  const command = readCommand(mail.facts);
  if (command?.name !== 'REGISTER' || command.argument === '' || mail.facts.pins.length > 0) return null;
  if (mail.facts.unanswerable || mail.mustWait || unheard(context)) return null;
  if (facts.pinLock.locked) return lockedOut(context);
  const licence = command.argument.toUpperCase();
  const before = (facts.access?.own ?? []).find(
    ({ steps, said }) => said.licence === licence && waits.includes(stateOf(steps)),
  );
  const writer = mail.facts.from.kind === 'one' ? mail.facts.from.name : '';
  const language = askerLanguage(context);
  // Were only the wrong ones to end the answers, whoever tries numbers would see which were right (guessing.ts).
  const letters = facts.pinLock.silent ? [] : [nextLetter(context, { address: sender, language }, true)];
  if (before) return decided(context, `The sender has asked for this before: request ${before.id}.`, { letters });
  const said = { ...readAccessRequest({ subject: '', newText: command.rest, writer }), site: null, licence };
  return decided(context, 'Somebody who is not on record registers a licence; it goes to client care.', {
    changes: [accessAsked({ address: sender, language, said, grade: mail.facts.grade }, givenBy(context, null))],
    letters,
  });
};
