/** The registry's part of the policy file; `config/` puts the parts together. */
import { z } from 'zod';
import { type Privileges, privilegesSchema as privileges } from './contacts/privileges.ts';
import type { roles } from './site.ts';

const days = z.number().int().min(0).max(3650);
/**
 * §1 says only who manages access by default (the primary, the technical contact), that a licence user has licence keys and
 * licensing requests, and that a provisional caller is limited to own cases; the rest is our reading, here to be changed.
 */
const roleDefaults: Record<(typeof roles)[number], Privileges> = {
  primary: {
    'manage access': 'update',
    'contact updates': 'update',
    documents: 'update',
    reporting: 'view',
    cases: 'update',
    downloads: 'with quotes, catalogue and renewals',
  },
  secondary: {
    'manage access': 'view',
    'contact updates': 'update',
    documents: 'update',
    reporting: 'view',
    cases: 'update',
    downloads: 'software and media',
  },
  'technical contact': {
    'manage access': 'update',
    'contact updates': 'update',
    documents: 'view',
    reporting: 'view',
    cases: 'update',
    downloads: 'software and media',
  },
  'authorized user': {
    'manage access': 'none',
    'contact updates': 'none',
    documents: 'view',
    reporting: 'none',
    cases: 'update',
    downloads: 'software',
  },
  'licence user': {
    'manage access': 'none',
    'contact updates': 'none',
    documents: 'none',
    reporting: 'view',
    cases: 'update',
    downloads: 'none',
  },
  'provisional caller': {
    'manage access': 'none',
    'contact updates': 'none',
    documents: 'none',
    reporting: 'none',
    cases: 'update',
    downloads: 'none',
  },
};

export const registryPolicySchema = z.strictObject({
  /** §2.5: for these severities, days after the end on which a mail still opens a provisional case; 0 or left out is none. */
  graceDays: z
    .strictObject({ 1: days.optional(), 2: days.optional(), 3: days.optional(), 4: days.optional() })
    .default({ 1: 14, 2: 14 }),
  /** §1: days for which the old PIN stays good. */
  pinGraceDays: days.default(7),
  /** §1: how long a PIN is that Postern draws. */
  pinDigits: z.number().int().min(3).max(10).default(6),
  /** §2.3: the day of registration is the first. */
  trialDays: days.min(1).default(30),
  /** §1: a support licence without an end, the day of issue being the first. */
  supportDays: days.min(1).default(365),
  /** §1: at most this many at a site. */
  maxSecondaries: z.number().int().min(0).max(4).default(4),
  /** §8.8: so many are added by mail an hour and a day at a site; above that client care does it. */
  contactsAddedPerHour: z.number().int().min(0).max(100_000).default(20),
  contactsAddedPerDay: z.number().int().min(0).max(100_000).default(100),
  /** §1: what a role may, where the contact has nothing else on record. */
  roleDefaults: z
    .strictObject({
      primary: privileges,
      secondary: privileges,
      'technical contact': privileges,
      'authorized user': privileges,
      'licence user': privileges,
      'provisional caller': privileges,
    })
    .default(roleDefaults),
});

export type RegistryPolicy = z.infer<typeof registryPolicySchema>;
