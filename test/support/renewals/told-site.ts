/** A site whose support for two products ends on one day, told of it with a quote and a copy to whoever gets bills (POLICY §10.1, §10.5). */
import { sql } from 'kysely';
import { commit } from '../../../src/flows/acts/commit.ts';
import { loadRecords } from '../../../src/store/records.ts';
import { firm, type RenewalsDesk } from '../renewals-desk.ts';

/** A Wednesday; 90 days before is the last day of the year before. */
export const ends = '2027-03-31';
export const firstDay = '2026-12-31T10:00:00Z';

export const support = (site: string, vault: string | null, { quantity = 5, forge = ends } = {}) => [
  ...['Vault', 'Forge'].map((product) => ({
    ...{ number: `U-${product}-${site}`, product, kind: 'user', quantity: 5, from: '2026-01-01', to: '2036-12-31' },
  })),
  ...(vault === null
    ? []
    : [{ number: `S-Vault-${site}`, product: 'Vault', kind: 'support', quantity, from: '2026-01-01', to: vault }]),
  { number: `S-Forge-${site}`, product: 'Forge', kind: 'support', quantity: 5, from: '2026-01-01', to: forge },
];

export const toldSites = (desk: RenewalsDesk) => {
  const put = (site: string, licences: readonly object[]) => desk.put(site, firm(site, { ends, more: { licences } }));
  return {
    put,
    stepAt: async (site: string, step: number, group: string = ends) => {
      const found = (await desk.steps(site, group)).find((one) => one.step === step);
      if (!found) throw new Error(`no step ${step} of ${site}`);
      return found;
    },
    /** `renewal-notice rae queued`, of one site, in their order. */
    letters: async (site: string) =>
      (await desk.letters())
        .filter(({ to }) => to.endsWith(`@${site}.example`))
        .map(({ template, to, state }) => `${template} ${to.split('@')[0]} ${state}`),
    idOf: async (site: string, name: string) =>
      (await desk.letters()).findLast(({ to }) => to === `${name}@${site}.example`)?.id ?? '',
    claimed: (letter: string) =>
      desk.rows(
        sql`update letters set claimed_at = now(), claimed_by = gen_random_uuid() where id = ${letter}::bigint`,
      ),
    /** What happens between the moment at which it is judged and the one at which it is written. */
    async planWhile(site: string, meanwhile: () => Promise<unknown>) {
      let first = true;
      await commit(desk.deps, {
        act: 'plan-renewals',
        input: { site },
        by: { kind: 'clock' },
        async load(needs, database) {
          const records = await loadRecords(database, needs, desk.deps.policy);
          if (first) await meanwhile();
          first = false;
          return records;
        },
      });
    },
  };
};
