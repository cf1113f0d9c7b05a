/** The letter that tells one of our people what came of an answer (POLICY §5.4). It can be answered in its turn. */
import type { MailId } from '../../../foundation/ids.ts';
import type { StaffAnswerLetter, WorkRefused } from '../../../outbound/letter.ts';
import type { ActLetter, Given } from '../../act.ts';
import { workAsks } from '../case-letters.ts';
import type { WorkedCase } from '../records.ts';

type Result = Pick<StaffAnswerLetter, 'why'> &
  Partial<Omit<StaffAnswerLetter, 'number' | 'title' | 'timezone' | 'days' | 'send'>>;

const nothing = {
  done: [],
  goesAt: null,
  hasText: false,
  takes: false,
  filesStay: false,
  refusal: null,
  line: null,
  near: null,
  owner: null,
  since: [],
  text: '',
  words: [],
} as const;

/** What can be mended by nobody who answers SEND. */
const past: ReadonlySet<WorkRefused['why']> = new Set(['case-merged', 'too-large', 'too-long', 'no-right', 'unclear']);

/** Whether `SEND` lets go what was kept. */
const mayBeSent = (refusal: WorkRefused | null | undefined): boolean => !refusal || !past.has(refusal.why);

/** `mail` is the answer that is told of; where it is asked back about, `SEND` lets it go. */
export function answerLetter(
  on: WorkedCase,
  { staff, mail, keeps = false }: { readonly staff: string; readonly mail: MailId; readonly keeps?: boolean },
  result: Result,
  { desk, now, policy }: Pick<Given, 'desk' | 'now' | 'policy'>,
): ActLetter {
  const { number, title } = on;
  const sends = keeps && mayBeSent(result.refusal);
  const send = sends ? (result.refusal?.why === 'case-closed' ? 'once-open' : 'now') : null;
  const { timezone } = desk;
  return {
    template: 'staff-answer',
    values: { ...nothing, ...result, number, title, timezone, days: policy.reopenDays, send },
    to: staff,
    audience: 'staff',
    language: desk.languages[0] ?? 'en',
    matter: `staff-answer:${mail}:${result.why}`,
    case: number,
    answers: null,
    followsOwn: false,
    asks: { ...workAsks(on, staff, now), ...(sends ? { mail } : {}) },
    fate: { kind: 'send' },
  };
}
