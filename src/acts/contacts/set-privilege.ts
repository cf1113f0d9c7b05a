import type { z } from 'zod';
import { privilegeForm } from '../../registry/contacts/lines.ts';
import { siteNumber } from '../pins/issue-pin.ts';
import { peopleAct } from './people-act.ts';

const input = privilegeForm.safeExtend({ site: siteNumber });

export const setPrivilege = peopleAct<z.infer<typeof input>>({
  name: 'set-privilege',
  input,
  right: 'access: update',
  does: 'says what a contact may otherwise than the role',
  gives: { changes: ['privilege-set'], letters: ['contacts-changed'] },
  byMail: '`PRIVILEGE`',
  lines: ({ site: _, ...line }) => [{ do: 'privilege', ...line }],
});
