/** r6 to r8: answers of our own people, privileged PINs, commands. */
import { commandOf } from '../commands/list-answer.ts';
import { type Context, senderAt } from '../context.ts';
import { judgePrivileged } from '../pins/privileged-pin.ts';
import { selfService } from '../rules/answers/command.ts';
import { privilegedPin } from '../rules/answers/privileged-pin.ts';
import { staffAnswer } from '../rules/answers/staff-answer.ts';
import { subscription } from '../rules/answers/subscription.ts';
import { firstOf, privilegedRefused, type RuleInWords } from './lacking.ts';

function noStaffAnswer({ policy, sender, answered, thread, named }: Context): string {
  const staff = policy.desk.people.some(({ email }) => email === sender);
  return firstOf(
    [!staff, 'Its sender is none of our own people.'],
    [
      answered === null && thread === null && named.kind !== 'site',
      'One of our own people wrote it, but it answers no letter of ours and names neither a case nor a site.',
    ],
    [true, 'One of our own people wrote it on a case or site of their own, as a customer.'],
  );
}

function noCommand(context: Context): string {
  const command = commandOf(context);
  const { thread, facts } = context;
  if (command === null) return 'Neither its subject nor its first line is a command.';
  return firstOf(
    [facts.contacts.length === 0, `It reads as ${command.name}, but its sender is not on record.`],
    [
      thread !== null && senderAt(context, thread.case.site) === null,
      `It reads as ${command.name}, but its sender is not on record at the site of the case that it answers.`,
    ],
    [true, `It reads as ${command.name}, but beside a PIN or in a reply these words are a part of the text.`],
  );
}

export const commandRules: readonly RuleInWords[] = [
  { rule: staffAnswer, row: 'r6', about: 'An answer of our own people to a notification', lacks: noStaffAnswer },
  {
    rule: privilegedPin,
    row: 'r7',
    about: 'A privileged PIN that is used',
    lacks: (context) => {
      const { refused } = judgePrivileged(context);
      return refused === null ? 'It holds no privileged PIN.' : privilegedRefused(refused.why);
    },
  },
  {
    rule: subscription,
    row: 'r8',
    about: 'A wish about letters that can be ended',
    lacks: ({ thread, facts }) =>
      firstOf(
        [!facts.subscribers?.length, 'It says nothing about letters that can be ended, or its sender gets none.'],
        [thread !== null, 'It is about a case, where such a wish is a command like any other.'],
        [true, 'It names no kind of letters that can be ended.'],
      ),
  },
  { rule: selfService, row: 'r8', about: 'A command of a contact', lacks: noCommand },
];
