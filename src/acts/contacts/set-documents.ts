import type { z } from 'zod';
import { documentsForm } from '../../registry/contacts/lines.ts';
import { siteNumber } from '../pins/issue-pin.ts';
import { peopleAct } from './people-act.ts';

const input = documentsForm.safeExtend({ site: siteNumber });

/** POLICY §11.7: the addressees are the contacts of type administrative; where there are none the primary is. */
export const setDocuments = peopleAct<z.infer<typeof input>>({
  name: 'set-documents',
  input,
  right: 'documents: update',
  does: 'says whether a contact gets the proofs of entitlement',
  gives: { changes: ['documents-set'], letters: ['contacts-changed'] },
  byMail: 'DOCUMENTS with an address behind it',
  lines: ({ site: _, ...line }) => [{ do: 'documents', ...line }],
});
