/** Letters about licences, in every variant. */
import { siteNumber } from '../../foundation/ids.ts';
import type { LicenceShown } from '../../registry/licences/proofs.ts';
import { licenceKinds, planKinds } from '../../registry/site.ts';
import type { Letter } from '../letter.ts';

const at = { siteName: 'Aldous Robotics', site: siteNumber('1000345') };
const licences = licenceKinds.map(
  (kind, n): LicenceShown => ({
    ...{ number: `U-100${n}`, product: 'Vault', kind, quantity: 50, from: '2026-11-01' },
    endsOn: n === 0 ? null : '2027-10-31',
    state: n === 0 ? 'new' : 'renewed',
    registeredOn: n === 2 ? '2026-11-03' : null,
  }),
);
const plans = planKinds.map((kind) => ({ kind, from: '2026-01-01', to: '2026-12-31', endsOn: '2026-12-31' }));
const asked = { ...at, why: 'asked', word: '77', stands: false, day: '2026-11-20' } as const;
const issued = { ...asked, why: 'issued', word: '', licences, plans: [] } as const;
const known = licences.map((one) => ({ ...one, state: null }));

export const licenceLetters: readonly Letter[] = [
  ...licenceKinds.flatMap((kind) =>
    [false, true].map(
      (already): Letter => ({
        template: 'licence-registered',
        values: {
          ...{
            ...at,
            number: 'U-1001',
            serviceTag: already ? null : '77-4711',
            product: 'Vault',
            kind,
            quantity: 5,
            already,
            registeredOn: '2026-11-20',
          },
          ...{
            endsOn: kind === 'trial' ? '2026-12-19' : null,
            pin: already ? '77' : null,
            list: already ? null : '77',
          },
        },
      }),
    ),
  ),
  { template: 'proof-of-entitlement', values: { ...asked, licences: known, plans } },
  { template: 'proof-of-entitlement', values: { ...asked, licences: known, plans: [] } },
  { template: 'proof-of-entitlement', values: { ...asked, licences: [], plans: [] } },
  { template: 'proof-of-entitlement', values: issued },
  { template: 'proof-of-entitlement', values: { ...issued, stands: true } },
  ...[licences, licences.slice(0, 1), licences.slice(2)].map(
    (some): Letter => ({
      template: 'licence-issued',
      values: {
        ...{ ...at, licences: some, open: some.filter(({ registeredOn }) => registeredOn === null) },
        ...{ word: '77', support: 'support@desk.example' },
      },
    }),
  ),
];
