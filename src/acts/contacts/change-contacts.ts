import { z } from 'zod';
import { mostLines, type PersonLine, personLine } from '../../registry/contacts/lines.ts';
import type { Act } from '../act.ts';
import { siteNumber } from '../pins/issue-pin.ts';
import { peopleAct, peopleGive } from './people-act.ts';

type ChangeContacts = { readonly site: string; readonly lines: readonly PersonLine[] };
const input = z.strictObject({
  site: siteNumber,
  lines: z.array(personLine).min(1).max(mostLines).describe('done together, or none of them'),
}) as unknown as z.ZodType<ChangeContacts>;

/** POLICY §7: several lines, as one mail may hold them. */
export const changeContacts: Act<ChangeContacts> = peopleAct({
  name: 'change-contacts',
  input,
  right: 'access: update',
  does: 'does several changes of the people of a site together',
  gives: peopleGive,
  lines: ({ lines }) => lines,
});
