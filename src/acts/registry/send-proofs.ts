import { z } from 'zod';
import { type LicenceNews, proofOf } from '../../registry/licences/proofs.ts';
import type { Contact } from '../../registry/site.ts';
import { type Act, refused } from '../act.ts';
import { siteNumber } from '../pins/issue-pin.ts';
import { letterTo } from '../self-service/telling.ts';

const input = z.strictObject({ site: siteNumber });
type SendProofs = z.infer<typeof input>;

/** What is due: the licences by the day they came on record or were renewed. */
const matterOf = (site: string, news: readonly LicenceNews[]): string =>
  `proofs:${site}:${news.map(({ number, why }) => `${number}:${why}`).join(',')}`;

/**
 * POLICY §11.7: a new or renewed licence sends the proof to the administrative contacts, and its number and how to register to the
 * primary, who gets the proof as well where nobody is on record for it. Handed in by the clock: an import writes no letter itself.
 */
export const sendProofs: Act<SendProofs> = {
  name: 'send-proofs',
  input,
  right: 'none',
  does: 'sends the proofs of licences that are new or renewed, and tells the primary how to register',
  gives: { changes: ['proofs-sent'], letters: ['proof-of-entitlement', 'licence-issued'] },
  byClock: ['proofs'],
  needs: ({ site }) => ({ proofs: site }),
  judge({ site: number }, { proofs }, { by, now: at, policy, desk }) {
    if (!proofs) return refused('not-found', `There is no site ${number}.`);
    const { of, people, due } = proofs;
    if (due.length === 0) return { kind: 'done', changes: [], letters: [] };
    const { site } = of;
    const proof = proofOf(of, at, policy, due);
    const head = { siteName: site.name, site: site.number };
    const once = matterOf(site.number, due);
    const primary = people.find(({ role }) => role === 'primary');
    const named = people.filter(({ types }) => types.includes('administrative'));
    const to = named.length > 0 ? named : primary ? [primary] : [];
    const letter = (one: Contact, ...[said]: [Parameters<typeof letterTo>[1]]) => ({
      ...letterTo({ address: one.email, site }, said, once),
      once,
    });
    const letters =
      proof.licences.length === 0
        ? []
        : [
            ...to.map((one) => {
              const stands = named.length === 0;
              const values = { ...head, why: 'issued', word: '', stands, ...proof } as const;
              return letter(one, { template: 'proof-of-entitlement', values });
            }),
            ...(primary ? [primary] : []).map((one) => {
              const open = proof.licences.filter(({ registeredOn }) => registeredOn === null);
              const values = {
                ...head,
                licences: proof.licences,
                open,
                word: 'REGISTER',
                support: desk.addresses.support,
              };
              return letter(one, { template: 'licence-issued', values });
            }),
          ];
    return { kind: 'done', changes: [{ kind: 'proofs-sent', site: site.number, licences: due, at, by }], letters };
  },
};
