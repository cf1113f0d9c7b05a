import type { ReadOptions } from '../../../src/mail/parsed-mail.ts';

/** How a mail is read where the desk has no address but that of support; `addresses` adds others or replaces it. */
export const readingWith = ({
  addresses,
  ...rest
}: Partial<Omit<ReadOptions, 'addresses'>> & { addresses?: Partial<ReadOptions['addresses']> } = {}): ReadOptions => ({
  addresses: {
    support: 'support@desk.example',
    access: null,
    renewals: null,
    security: null,
    care: null,
    licensing: null,
    bounces: null,
    ...addresses,
  },
  lists: [],
  authservId: null,
  keys: ['k'],
  ...rest,
});
