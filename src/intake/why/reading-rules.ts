/** r0 to r4: what is decided before anybody looks at what a mail says. */
import { letIn } from '../facts.ts';
import { automatic } from '../rules/automatic.ts';
import { bounce } from '../rules/bounce.ts';
import { duplicate } from '../rules/duplicate.ts';
import { unauthenticated } from '../rules/senders/unauthenticated.ts';
import { unreadable } from '../rules/unreadable.ts';
import { firstOf, type RuleInWords } from './lacking.ts';

export const readingRules: readonly RuleInWords[] = [
  {
    rule: duplicate,
    row: 'r0',
    about: 'A copy of a mail that came before',
    lacks: ({ facts }) =>
      facts.messageIdUsedBefore
        ? 'Another mail used its Message-ID, but with other content.'
        : 'No mail of the same sender, Message-ID and content came in the days before.',
  },
  {
    rule: unreadable,
    row: 'r1',
    about: 'A mail that cannot be read',
    lacks: () => 'It could be read.',
  },
  {
    rule: bounce,
    row: 'r2',
    about: 'A delivery report or a complaint',
    lacks: () => 'It is neither a delivery report nor a complaint.',
  },
  {
    rule: automatic,
    row: 'r3',
    about: 'Automatic mail',
    lacks: () => 'Nothing in it says that a program wrote it.',
  },
  {
    rule: unauthenticated,
    row: 'r4',
    about: 'Mail whose sender failed the check',
    lacks: ({ mail, policy }) => {
      const { grade, gradeReason } = mail.facts;
      return firstOf(
        [letIn(mail), 'A person has looked at it and let it in.'],
        [grade === 'verified', `Its sender is verified: ${gradeReason}.`],
        [grade === 'unverified', `Its sender did not fail the check, and is unverified: ${gradeReason}.`],
        [policy.desk.senderAuth === 'off', 'Its sender failed the check, but SENDER_AUTH is off.'],
      );
    },
  },
];
