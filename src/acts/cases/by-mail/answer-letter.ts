/** The letter that tells one of our people what came of an answer (POLICY §5.4). It can be answered in its turn. */
import type { MailId } from '../../../foundation/ids.ts';
import type { StaffAnswerLetter } from '../../../outbound/letter.ts';
import type { ActLetter, Given } from '../../act.ts';
import { workAsks } from '../case-letters.ts';
import type { WorkedCase } from '../records.ts';

type Result = Pick<StaffAnswerLetter, 'why'> & Partial<Omit<StaffAnswerLetter, 'number' | 'title' | 'timezone'>>;

const nothing = {
  done: [],
  goesAt: null,
  says: null,
  line: null,
  near: null,
  owner: null,
  since: [],
  text: '',
} as const;

/** `mail` is the answer that is told of; where it is asked back about, `SEND` lets it go. */
export function answerLetter(
  on: WorkedCase,
  { staff, mail, keeps = false }: { readonly staff: string; readonly mail: MailId; readonly keeps?: boolean },
  result: Result,
  { desk, now }: Pick<Given, 'desk' | 'now'>,
): ActLetter {
  const { number, title } = on;
  return {
    template: 'staff-answer',
    values: { ...nothing, ...result, number, title, timezone: desk.timezone },
    to: staff,
    audience: 'staff',
    language: desk.languages[0] ?? 'en',
    matter: `staff-answer:${mail}:${result.why}`,
    case: number,
    answers: null,
    followsOwn: false,
    asks: { ...workAsks(on, staff, now), ...(keeps ? { mail } : {}) },
    fate: { kind: 'send' },
  };
}
