/** What acts on a held mail have in common. */
import { z } from 'zod';
import { staffIn } from '../../changes/by.ts';
import { isHeld } from '../../changes/outcome.ts';
import { mailId } from '../../foundation/ids.ts';
import { type Records, type Refusal, refused } from '../act.ts';
import type { MailRecord } from './records.ts';

export const mail = z
  .string()
  .regex(/^\d{1,18}$/, 'the id of a mail has digits only')
  .describe('the id of the mail');

export const theMail = (records: Records, id: string): MailRecord | undefined =>
  records.mails?.find((one) => one.id === mailId(id));

/** The mail with what it is held as, or why it is not held. */
export function heldOr(records: Records, id: string): { readonly on: MailRecord; readonly was: string } | Refusal {
  const on = theMail(records, id);
  if (!on) return refused('not-found', `there is no mail ${id}`);
  if (isHeld(on.outcome)) return { on, was: on.outcome };
  return refused(
    'conflict',
    on.outcome === null
      ? `Mail ${id} is being decided.`
      : `${fasterSays(on)}Mail ${id} is not held: it was decided ${on.outcome}${on.case ? ` (case ${on.case})` : ''}.`,
  );
}

/** Of two people at the same mail the second is told who was faster. */
function fasterSays({ settledBy }: MailRecord): string {
  const staff = settledBy ? staffIn(settledBy.actor) : null;
  if (!settledBy || staff === null) return '';
  return `${staff} was faster and has ${settledBy.refused ? 'refused it' : 'let it in'}. `;
}
