/** What our people ask for by answering a notification (POLICY §5.4): acts by their names, judged one after the other. */
import type { Deed, Enclosed } from '../../../changes/cases/staff-mail.ts';
import type { MailId } from '../../../foundation/ids.ts';
import type { WorkRefused } from '../../../outbound/letter.ts';
import {
  type ActLetter,
  type AnyAct,
  type Given,
  type Gives,
  type Judged,
  type Refusal,
  refusedWork,
} from '../../act.ts';
import { notFor } from '../../as-staff.ts';
import { escalateCase } from '../agreeing/escalate-case.ts';
import { setSeverity } from '../agreeing/set-severity.ts';
import { waitForCustomer } from '../clock/wait-for-customer.ts';
import { closeCase } from '../close-case.ts';
import { solveCase } from '../closing/solve-case.ts';
import type { WorkedCase } from '../records.ts';
import { assignCase } from '../working/assign-case.ts';
import { setKind } from '../working/set-kind.ts';
import { takeCase } from '../working/take-case.ts';
import { longestText, tooLarge, writeOnCase } from '../working/write-on-case.ts';
import { standsAfter } from './stands-after.ts';

const deedActs: Readonly<Record<string, AnyAct>> = {
  'take-case': takeCase,
  'assign-case': assignCase,
  'write-on-case': writeOnCase,
  'wait-for-customer': waitForCustomer,
  'set-kind': setKind,
  'close-case': closeCase,
  'solve-case': solveCase,
  'set-severity': setSeverity,
  'escalate-case': escalateCase,
};

/** Those that may write to the customer: what they give goes out with what is enclosed in the mail. */
const carriers: ReadonlySet<ActLetter['template']> = new Set(['case-message', 'solution-proposed']);

/** Of what was refused: the words alone, as they would have gone to the customer or stayed with us. */
export const textAlone = (deeds: readonly Deed[]): Deed[] =>
  deeds.filter(({ input }) => typeof input.text === 'string');

/** The commands that asked for them. */
export const commandsOf = (deeds: readonly Deed[]): string[] =>
  deeds.flatMap(({ act, input }) =>
    act === writeOnCase.name && input.note !== true ? [] : (/`([A-Z]+)/.exec(deedActs[act]?.byMail ?? '')?.[1] ?? []),
  );

export const deedGives: Gives = {
  changes: [...new Set(Object.values(deedActs).flatMap(({ gives }) => gives.changes))],
  letters: [...new Set(Object.values(deedActs).flatMap(({ gives }) => gives.letters))],
};

type Done = Extract<Judged, { kind: 'done' }>;

function enclosing(done: Done, mail: MailId, enclosed: readonly Enclosed[]): Done {
  if (enclosed.length === 0) return done;
  const shown = enclosed.map(({ name, type, size }) => ({ name, type, size }));
  return {
    ...done,
    changes: done.changes.map((one) =>
      one.kind === 'message-written' && one.direction === 'out' ? { ...one, attachments: shown } : one,
    ),
    letters: done.letters.map((one) => (carriers.has(one.template) ? { ...one, encloses: { mail, enclosed } } : one)),
  };
}

const unreadable = ({ text }: Deed['input']): WorkRefused =>
  typeof text === 'string' && text.length > longestText ? { why: 'too-long', what: longestText } : { why: 'unclear' };

/** That it is so already. */
const isSo: ReadonlySet<WorkRefused['why'] | undefined> = new Set([
  'is-theirs',
  'is-yours',
  'kind-is-so',
  'severity-is-so',
  'waits-already',
]);

/** All of them, or none: what cannot be done of one mail is told, and nothing of it is. Each is judged on what those before it have made. */
export function judgeDeeds(
  on: WorkedCase,
  deeds: readonly Deed[],
  given: Given,
  { mail, enclosed }: { readonly mail: MailId; readonly enclosed: readonly Enclosed[] },
): Done | Refusal {
  const large = tooLarge(enclosed, given.policy);
  if (large) return large;
  let now = on;
  const changes: Done['changes'][number][] = [];
  const letters: ActLetter[] = [];
  for (const { act: name, input } of deeds) {
    const act = deedActs[name];
    const parsed = act?.input.safeParse(input);
    if (!act || !parsed?.success)
      return refusedWork(unreadable(input), 'bad-input', `${name} cannot be asked for like this.`);
    const barred = notFor(act, given);
    if (barred) return barred;
    const judgedOn = (one: WorkedCase) => act.judge(parsed.data, { cases: [one], worked: [one], letters: [] }, given);
    const judged = judgedOn(now);
    if (judged.kind === 'refused') {
      // By another command of the same mail, as WAIT below SOLVED.
      if (isSo.has(judged.toStaff?.why) && judgedOn(on).kind === 'done') continue;
      return judged;
    }
    const done = input.note === true ? judged : enclosing(judged, mail, enclosed);
    changes.push(...done.changes);
    letters.push(...done.letters);
    now = standsAfter(now, done.changes);
  }
  return { kind: 'done', changes, letters };
}
