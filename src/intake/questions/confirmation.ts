/**
 * What needs a code before it is done (POLICY §11.2): under `sensitive`, whatever changes access, shows a PIN or uses a privileged
 * PIN, from a contact whose mail is *unverified*. The letter goes to the address on record and carries the act as data; the
 * answer with its code does what would have been done at once (rules/confirmation-code.ts).
 */
import type { ConfirmedKind } from '../../outbound/letter.ts';
import { answerTo } from '../../registry/recognise.ts';
import { type Context, senderAt } from '../context.ts';
import type { ConfirmationFacts } from '../facts.ts';
import type { ConfirmedAct } from './confirmed-act.ts';

/** Stands for a code that is drawn after the decision. It holds a NUL, which no string of a mail does. */
export const codeToCome = '\u0000code';

/**
 * Only whom the question went to, as the registry stands now, and from where an answer would go to the same address (§11.2): who
 * still reads a mailbox that was given up, and forges the new address, has the code and yet cannot use it.
 */
export const isForSender = (context: Context, one: ConfirmationFacts): boolean => {
  const contact = senderAt(context, one.asks.act.site);
  return contact?.id === one.asks.contact && answerTo(contact, context.sender ?? contact.email) === one.to;
};

/** Under `off` as well (§11.2). What had to wait for a person is too old to be acted on without being asked for once more. */
export const needsCodeForPrivileged = ({ mail }: Pick<Context, 'mail'>): boolean =>
  mail.facts.grade !== 'verified' || mail.mustWait;

/** Under `off` nobody is asked for a grade; under `all`, and where a mail *failed*, the mail never comes as far as this. */
export const needsCode = ({ policy, mail }: Pick<Context, 'policy' | 'mail'>): boolean =>
  policy.desk.senderAuth === 'sensitive' && mail.facts.grade !== 'verified';

/** As the letter names it. */
export const kindOfAct = (act: ConfirmedAct): ConfirmedKind => {
  switch (act.kind) {
    case 'command':
      return act.command === 'PIN PRIVILEGED' ? 'PIN PRIVILEGED' : 'PIN';
    case 'privileged-pin':
      return 'privileged-pin';
    case 'senders':
    case 'contacts':
    case 'hand-over':
    case 'access':
      return act.kind;
    default:
      return act satisfies never;
  }
};
