/** What acts on one case begin with. */
import { z } from 'zod';
import { type Given, type Records, type Refusal, refused, refusedWork } from '../act.ts';
import type { CaseRecord, WorkedCase } from './records.ts';

export const caseField = z
  .string()
  .regex(/^\d{1,15}$/, 'a case number has digits only')
  .describe('the number of the case');

/** Text as a person types it; PostgreSQL takes no NUL. */
export const textField = (most: number) =>
  z
    .string()
    .max(most)
    .regex(/^[^\u0000]*$/, 'holds a NUL')
    .refine((text) => text.trim() !== '', 'there is no text');

export const workedOf = ({ case: number }: { readonly case: string }) => ({ worked: [number] });

export function theCase({ worked = [] }: Records, number: string): WorkedCase | Refusal {
  return worked.find((one) => one.number === number) ?? refused('not-found', `There is no case ${number}.`);
}

export const wasMerged = ({ number, mergedInto }: CaseRecord): string =>
  `Case ${number} was merged into case ${mergedInto}, which goes on in its place.`;

export function theOpenCase(records: Records, number: string): WorkedCase | Refusal {
  const on = theCase(records, number);
  if ('says' in on || on.status === 'open') return on;
  if (on.mergedInto) return refusedWork({ why: 'case-merged', what: on.mergedInto }, 'conflict', wasMerged(on));
  return refusedWork({ why: 'case-closed' }, 'conflict', `Case ${number} is closed. Reopen it first.`);
}

/** What every change of the case begins with. */
export const standing = ({ number, id, versionNo }: CaseRecord, { by, now }: Pick<Given, 'by' | 'now'>) => ({
  case: number,
  id,
  versionNo,
  at: now,
  by,
});
