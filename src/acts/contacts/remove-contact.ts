import type { z } from 'zod';
import { removeForm } from '../../registry/contacts/lines.ts';
import { siteNumber } from '../pins/issue-pin.ts';
import { peopleAct } from './people-act.ts';

const input = removeForm.safeExtend({ site: siteNumber });

export const removeContact = peopleAct<z.infer<typeof input>>({
  name: 'remove-contact',
  input,
  right: 'access: update',
  does: 'takes somebody off a site; what they asked for goes to its primary',
  gives: { changes: ['contact-removed'], letters: ['contacts-changed'] },
  byMail: '`REMOVE`',
  lines: ({ site: _, ...line }) => [{ do: 'remove', ...line }],
});
