import type { z } from 'zod';
import { addForm } from '../../registry/contacts/lines.ts';
import { siteNumber } from '../pins/issue-pin.ts';
import { peopleAct } from './people-act.ts';

const input = addForm.safeExtend({ site: siteNumber });

export const addContact = peopleAct<z.infer<typeof input>>({
  name: 'add-contact',
  input,
  right: 'access: update',
  does: 'puts somebody on record at a site, and welcomes them',
  gives: { changes: ['contact-added'], letters: ['contact-welcome', 'contacts-changed'] },
  byMail: '`ADD`',
  lines: ({ site: _, ...line }) => [{ do: 'add', ...line }],
});
