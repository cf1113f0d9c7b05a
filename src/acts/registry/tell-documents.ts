import { proofOf } from '../../registry/licences/proofs.ts';
import { ownInput, tellingAct } from '../self-service/telling.ts';

/** POLICY §11.7 `DOCUMENTS`: what is in force on that day, to who asks, at the address on record. */
export const tellDocuments = tellingAct({
  name: 'tell-documents',
  input: ownInput,
  right: 'documents: view',
  does: 'sends a contact the proof of what the site is entitled to',
  command: 'DOCUMENTS',
  template: 'proof-of-entitlement',
  tells(own, _, { now, policy }) {
    const { site } = own;
    const word = own.commands.find((one) => one.name === 'DOCUMENTS')?.word ?? 'DOCUMENTS';
    return {
      letter: {
        template: 'proof-of-entitlement',
        values: {
          ...{ siteName: site.name, site: site.number, why: 'asked', word, stands: false },
          ...proofOf(own, now, policy),
        },
      },
      matter: `:${site.number}`,
      says: `The proof of what site ${site.number} is entitled to was sent.`,
    };
  },
});
