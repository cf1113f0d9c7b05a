import type { z } from 'zod';
import { roleForm } from '../../registry/contacts/lines.ts';
import { siteNumber } from '../pins/issue-pin.ts';
import { peopleAct } from './people-act.ts';

const input = roleForm.safeExtend({ site: siteNumber });

export const setRole = peopleAct<z.infer<typeof input>>({
  name: 'set-role',
  input,
  right: 'access: update',
  does: 'gives a contact another role; the role of the primary is handed over',
  gives: { changes: ['role-set'], letters: ['contacts-changed'] },
  byMail: '`ROLE`',
  lines: ({ site: _, ...line }) => [{ do: 'role', ...line }],
});
