/** Second thoughts about an answer of our own people: `CANCEL` stops what has not gone out, `SEND` lets go what was asked back about (POLICY §5.4). */
import { textAlone } from '../../acts/cases/by-mail/deeds.ts';
import { settled } from '../../acts/cases/by-mail/send-answers.ts';
import { tooLarge } from '../../acts/cases/working/write-on-case.ts';
import type { Change } from '../../changes/change.ts';
import { fold } from '../../mail/fold-width.ts';
import type { StaffAnswerLetter } from '../../outbound/letter.ts';
import { sendWords } from '../commands/staff-words.ts';
import type { Context } from '../context.ts';
import type { OwnAnswer } from './own-answer.ts';
import type { Token } from './token.ts';

type Thought = {
  readonly state: 'done' | 'refused';
  readonly told: Pick<StaffAnswerLetter, 'why'> & Partial<StaffAnswerLetter>;
  readonly reason: string;
  readonly changes: readonly Change[];
};

const words = new Set(Object.values(sendWords).flat().map(fold));
const bare = (text: string): string => fold(text.trim().replace(/^[\s*_"'>]+|[\s*_"'.!]+$/g, ''));

/** Nothing but the word: never a text for the customer, whatever it answers. */
export const isSend = ({ commands, rest }: OwnAnswer): boolean => commands.length === 0 && words.has(bare(rest));

const byStaff = ({ mail }: Context, { staff }: Token) =>
  ({ kind: 'staff', staff: staff.email, mail: mail.id }) as const;

export function letGo(context: Context, token: Token): Thought {
  const { on, asks, staff } = token;
  const { now, policy } = context;
  const kept = on.answers.find((one) => one.mail === asks.mail && one.staff === staff.email);
  if (!kept || (kept.state !== 'asked-back' && kept.state !== 'refused'))
    return { state: 'refused', told: { why: 'nothing-waits' }, reason: 'SEND: nothing waits for it.', changes: [] };
  const large = tooLarge(kept.enclosed, policy);
  if (large?.toStaff)
    return { state: 'refused', told: { why: 'refused', refusal: large.toStaff }, reason: large.says, changes: [] };
  // Of what was refused the commands are over: as the case stands they would be refused once more.
  const deeds = kept.state === 'refused' ? textAlone(kept.deeds) : null;
  const change = settled(on, kept, 'waiting', now, { dueAt: now, by: byStaff(context, token), deeds });
  return {
    state: 'done',
    told: { why: 'let-go' },
    reason: `SEND lets go answer ${kept.mail}.`,
    changes: [change],
  };
}

/** Told of as too late for so long after it went out. */
const lately = 3_600_000;

export function cancelled(context: Context, token: Token): Thought {
  const { on, staff } = token;
  const { now } = context;
  const mine = on.answers.filter((one) => one.staff === staff.email);
  const waiting = mine.filter(({ state }) => state === 'waiting');
  if (waiting.length > 0)
    return {
      state: 'done',
      told: { why: 'cancelled' },
      reason: `CANCEL stops answer ${waiting.map(({ mail }) => mail).join(', ')}.`,
      changes: waiting.map((one) => settled(on, one, 'cancelled', now, { by: byStaff(context, token) })),
    };
  const sent = on.events.findLast(
    ({ kind, mail, at }) =>
      kind === 'staff-answer-sent' &&
      mine.some((one) => one.mail === mail) &&
      Date.parse(now) - Date.parse(at) < lately,
  );
  return sent
    ? { state: 'refused', told: { why: 'too-late', goesAt: sent.at }, reason: 'CANCEL comes too late.', changes: [] }
    : { state: 'refused', told: { why: 'nothing-waits' }, reason: 'CANCEL: nothing waits.', changes: [] };
}
