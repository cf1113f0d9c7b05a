import { z } from 'zod';
import type { AccessRequested } from '../../changes/access.ts';
import { mailOf } from '../../changes/by.ts';
import { addressSchema } from '../../staff/staff.ts';
import type { Act, Given } from '../act.ts';

const text = (most: number, says: string) => z.string().trim().min(1).max(most).optional().describe(says);

export const requestInput = z.strictObject({
  site: z
    .string()
    .regex(/^\d{7}$/, 'a site number has seven digits')
    .describe('the number of the site'),
  address: addressSchema.describe('of whoever asks; a letter asks there whether it is theirs'),
  name: text(120, 'of whoever asks'),
  country: z
    .string()
    .regex(/^[A-Z]{2}$/, 'write the country as two capital letters, such as GB')
    .describe('that the site is in, as whoever asks says it'),
  role: z
    .enum(['secondary', 'technical contact', 'authorized user', 'licence user'])
    .optional()
    .describe('the wished role'),
  justification: text(1_000, 'why access is needed'),
  phone: text(60, 'of whoever asks'),
  language: z.string().min(2).max(35).optional().describe('of the letters to the asker'),
});
type RequestAccess = z.infer<typeof requestInput>;

/** By mail what cannot be read is left out, so that it asks for less than `input`. */
export const accessAsked = (
  asked: Pick<AccessRequested, 'address' | 'language' | 'said' | 'grade'>,
  { by, now: at }: Given,
): AccessRequested => ({ kind: 'access-requested', ...asked, mail: mailOf(by), timerAt: at, at, by });

/** POLICY §8.1: nothing about the site is looked at before the asker has shown that the address is theirs (§8.2). */
export const requestAccess: Act<RequestAccess> = {
  name: 'request-access',
  input: requestInput,
  right: 'access: update',
  does: 'asks for access to a site for somebody, who has to verify the address first',
  gives: { changes: ['access-requested'], letters: [] },
  byMail: 'ACCESS and a site number in the subject, or mail to the access address',
  needs: () => ({}),
  judge({ address, language, site, country, ...more }, _records, given) {
    const { name = null, role = null, justification = null, phone = null } = more;
    const said = { site, country, name, role, justification, phone };
    const asked = accessAsked({ address, said, language: language ?? given.desk.languages[0] ?? 'en' }, given);
    return { kind: 'done', changes: [asked], letters: [] };
  },
};
