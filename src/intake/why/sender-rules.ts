/** r16 to r18: what is held for its sender's sake, and answers that were not understood. */
import type { Context } from '../context.ts';
import { unheard } from '../loops/unheard.ts';
import { accessUnclear } from '../rules/access/decide.ts';
import { answerNotUnderstood } from '../rules/answers/answer-not-understood.ts';
import { pinGuessing } from '../rules/senders/pin-guessing.ts';
import { pinNeeded } from '../rules/senders/pin-needed.ts';
import { unregistered } from '../rules/senders/unregistered.ts';
import { toPostmaster } from '../rules/teams/to-postmaster.ts';
import { isForPostmaster } from '../written-to.ts';
import { firstOf, noSiteNamed, nothingKnown, type RuleInWords, wrongQuestion } from './lacking.ts';

const noPostmaster = (context: Context): string =>
  firstOf(
    [!isForPostmaster(context), 'It is not written to the postmaster of our domain alone.'],
    [context.answered !== null, 'It answers a letter of ours.'],
    [unheard(context) !== null, 'Its sender is blocked, or it is marked as spam.'],
  );

export const senderRules: readonly RuleInWords[] = [
  {
    rule: pinGuessing,
    row: 'r18',
    about: 'Too many wrong PINs from one sender or domain',
    lacks: ({ facts }) =>
      facts.pinLock.locked
        ? 'It holds no number that is counted as a try.'
        : 'Not too many wrong PINs came from its sender or their domain.',
  },
  { rule: toPostmaster, row: 'r18', about: 'Mail to the postmaster', lacks: noPostmaster },
  {
    rule: unregistered,
    row: 'r16',
    about: 'A good PIN from somebody who is not on record at its site',
    lacks: (context) => noSiteNamed(context) ?? nothingKnown,
  },
  {
    rule: accessUnclear,
    row: 'r16a',
    about: 'An answer about a request for access that decides nothing',
    lacks: (context) =>
      wrongQuestion(context, 'decide-access') ?? 'It does not come from whom that letter was written to.',
  },
  {
    rule: answerNotUnderstood,
    row: 'r16a',
    about: 'An answer to a question of ours that was not understood',
    lacks: (context) =>
      context.answered === null
        ? 'It answers no letter of ours.'
        : `Letter ${context.answered.id}, which it answers, asked nothing that still waits for this sender.`,
  },
  {
    rule: pinNeeded,
    row: 'r17',
    about: 'A contact who names no good PIN',
    lacks: () => 'Its sender is not on record.',
  },
];
