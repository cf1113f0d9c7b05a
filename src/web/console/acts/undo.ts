/** What takes an act back: the inverse act, and its input. What is not here cannot be taken back by one button. */
import type { ActName, InputOf } from '../../../acts/list.ts';
import type { Change } from '../../../changes/change.ts';
import type { Committed } from '../../../flows/acts/preview.ts';
import type { Inverse, Undo } from './inverse.ts';
import { undoOfPeople } from './undo-people.ts';

/** The version that counted before counts again; where it was not said which, nobody knows. */
const takenBack = ({
  language,
  name,
  version,
}: Pick<InputOf<'put-template'>, 'language' | 'name' | 'version'>): Inverse | null =>
  version === undefined ? null : { act: 'restore-template', input: { language, name, to: version, why: 'Taken back' } };

const undo = {
  'refuse-mail': ({ mail }) => ({ act: 'hold-again', input: { mail } }),
  'hold-again': ({ mail }) => ({ act: 'refuse-mail', input: { mail } }),
  'block-sender': (input) => ({ act: 'unblock-sender', input }),
  'unblock-sender': (input) => ({ act: 'block-sender', input }),
  'mark-letter': ({ letter }) => ({ act: 'unmark-letter', input: { letter } }),
  'pause-announcement': (input) => ({ act: 'resume-announcement', input }),
  'resume-announcement': (input) => ({ act: 'pause-announcement', input }),
  'hold-renewal': (input) => ({ act: 'release-renewal', input }),
  'release-renewal': (input) => ({ act: 'hold-renewal', input }),
  'pause-renewals': (input) => ({ act: 'resume-renewals', input }),
  'resume-renewals': (input) => ({ act: 'pause-renewals', input }),
  'add-participant': (input) => ({ act: 'leave-case', input }),
  'leave-case': ({ case: number, address }) =>
    address === undefined ? null : { act: 'add-participant', input: { case: number, address } },
  'take-case': ({ case: number }) => ({ act: 'give-back-case', input: { case: number } }),
  'give-back-case': ({ case: number }) => ({ act: 'take-case', input: { case: number } }),
  // Where it waited before it would wait as it did then, and nobody knows until when.
  'wait-for-customer': ({ case: number }, made) =>
    made.some((one) => one.kind === 'clock-paused' && one.again) ? null : { act: 'end-wait', input: { case: number } },
  'merge-case': ({ case: number, into }) => ({ act: 'unmerge-case', input: { case: number, from: into } }),
  'put-template': takenBack,
  'restore-template': takenBack,
  'add-language': (input) => ({ act: 'remove-language', input }),
  'remove-language': (input) => ({ act: 'add-language', input }),
  'switch-webhook-off': (input) => ({ act: 'switch-webhook-on', input }),
  'switch-webhook-on': (input) => ({ act: 'switch-webhook-off', input }),
  'decide-request': ({ request }) => ({ act: 'undo-decision', input: { request } }),
  ...undoOfPeople,
} as const satisfies Undo;

/** Their letters go out at once, or their mail is decided: there is no way back, which is said before. */
const final: ReadonlySet<string> = new Set([
  'release-mail',
  'replay-mail',
  'answer-mail',
  'release-letter',
  'send-letter-again',
  'send-renewal',
] satisfies ActName[]);
export const isFinal = (act: string): boolean => final.has(act);

/** Where nothing changed there is nothing to take back. */
export function undoOf(
  act: string,
  input: unknown,
  { changes }: Pick<Committed, 'changes'>,
  made: readonly Change[] = [],
): Inverse | null {
  if (changes.length === 0) return null;
  type Way = (given: unknown, made: readonly Change[]) => Inverse | null;
  const way = Object.hasOwn(undo, act) ? (undo[act as keyof typeof undo] as Way) : null;
  return way?.(input, made) ?? null;
}
