import { z } from 'zod';
import type { Act } from '../act.ts';
import { changeCase } from './change-case.ts';

export const theCase = z
  .string()
  .regex(/^\d{1,15}$/, 'a case number has digits only')
  .describe('the number of the case');
const input = z.strictObject({ case: theCase });
type CloseCase = z.infer<typeof input>;

/** POLICY §6.1. */
export const closeCase: Act<CloseCase> = {
  name: 'close-case',
  input,
  right: 'cases: update',
  does: 'closes a case',
  gives: { changes: ['case-closed'], letters: ['command-changed'] },
  byMail: '`CLOSE`',
  needs: (asked) => ({ cases: [asked.case] }),
  judge: (asked, records, given) =>
    changeCase(asked, records, given, 'closed', (on) => {
      const { id, number, title, versionNo } = on;
      return { kind: 'case-closed', case: number, id, versionNo, title, at: given.now, by: given.by };
    }),
};
