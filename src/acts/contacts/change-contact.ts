import type { z } from 'zod';
import { detailsForm } from '../../registry/contacts/lines.ts';
import { siteNumber } from '../pins/issue-pin.ts';
import { peopleAct } from './people-act.ts';

const input = detailsForm.safeExtend({ site: siteNumber });

export const changeContact = peopleAct<z.infer<typeof input>>({
  name: 'change-contact',
  input,
  right: 'contacts: update',
  does: 'changes name, address or details of a contact',
  gives: { changes: ['contact-details-set', 'subscription-set'], letters: ['contacts-changed'] },
  lines: ({ site: _, ...line }) => [{ do: 'details', ...line }],
});
