/** What takes an act back: the inverse act, and its input. What is not here cannot be taken back by one button. */
import type { ActName, InputOf } from '../../../acts/list.ts';
import type { Committed } from '../../../flows/acts/preview.ts';

type Inverse = { [Name in ActName]: { readonly act: Name; readonly input: InputOf<Name> } }[ActName];
type Undo = { readonly [Name in ActName]?: (input: InputOf<Name>) => Inverse | null };

const undo = {
  'refuse-mail': ({ mail }) => ({ act: 'hold-again', input: { mail } }),
  'hold-again': ({ mail }) => ({ act: 'refuse-mail', input: { mail } }),
  'block-sender': (input) => ({ act: 'unblock-sender', input }),
  'unblock-sender': (input) => ({ act: 'block-sender', input }),
  'mark-letter': ({ letter }) => ({ act: 'unmark-letter', input: { letter } }),
  'pause-announcement': (input) => ({ act: 'resume-announcement', input }),
  'resume-announcement': (input) => ({ act: 'pause-announcement', input }),
  'pause-renewals': (input) => ({ act: 'resume-renewals', input }),
  'resume-renewals': (input) => ({ act: 'pause-renewals', input }),
  'merge-case': ({ case: number, into }) => ({ act: 'unmerge-case', input: { case: number, from: into } }),
  'switch-webhook-off': (input) => ({ act: 'switch-webhook-on', input }),
  'switch-webhook-on': (input) => ({ act: 'switch-webhook-off', input }),
  'decide-request': ({ request }) => ({ act: 'undo-decision', input: { request } }),
} as const satisfies Undo;

/** Where nothing changed there is nothing to take back. */
export function undoOf(act: string, input: unknown, { changes }: Pick<Committed, 'changes'>): Inverse | null {
  if (changes.length === 0) return null;
  const way = Object.hasOwn(undo, act) ? (undo[act as keyof typeof undo] as (given: unknown) => Inverse | null) : null;
  return way?.(input) ?? null;
}
