/** Everything a decision is made by besides the mail and the facts. `config/` puts it together from the operator's files. */

import { z } from 'zod';
import type { AccessPolicy } from '../access/policy.ts';
import type { CasesPolicy } from '../cases/policy.ts';
import type { Holidays } from '../cases/rating.ts';
import type { NoticesPolicy } from '../notices/policy.ts';
import type { LetterPolicy } from '../outbound/policy.ts';
import type { RegistryPolicy } from '../registry/policy.ts';
import type { StaffMember } from '../staff/staff.ts';

const asked = [
  'product',
  'version',
  'phone',
  'hours',
  'impact',
  'os',
  'database',
  'reproducible',
  'scope',
  'changed',
] as const;

/** POLICY §3 "A good report": what the acknowledgement asks for once where the mail does not say it. */
export const intakePolicySchema = z.strictObject({
  askFor: z.array(z.enum(asked)).default(['product', 'version', 'phone', 'impact']),
  /** And beside that, by the product that the case is about. */
  askForByProduct: z
    .record(z.string().trim().min(1).max(200), z.array(z.enum([...asked, 'serviceTag', 'licence'])))
    .default({}),
  /** §3 "Held mail": days until it is refused. */
  heldDays: z.number().int().min(1).max(3650).default(90),
  /** §3.r18: days until held mail that is marked as spam is refused. */
  spamDays: z.number().int().min(1).max(3650).default(14),
  /** §3.r13a: business days within which client care answers. */
  careBusinessDays: z.number().int().min(1).max(60).default(1),
  /** §11.2: one-time codes. `validHours` from the moment the letter is written; `wrongCodes` close the question. */
  confirmation: z
    .strictObject({
      validHours: z.number().int().min(1).max(168).default(24),
      wrongCodes: z.number().int().min(1).max(20).default(5),
    })
    .prefault({}),
  /** §3 "Guessing": from senders not on record; `othersPerContact` are the PINs of others that a contact may name in a day. */
  guessing: z
    .strictObject({
      wrongPerAddress: z.number().int().min(1).max(1_000_000).default(5),
      wrongPerDomain: z.number().int().min(1).max(1_000_000).default(20),
      othersPerContact: z.number().int().min(1).max(1_000_000).default(10),
      withinMinutes: z.number().int().min(1).max(10_080).default(60),
      lockHours: z.number().int().min(1).max(8760).default(24),
    })
    .prefault({}),
});
type IntakePolicy = z.infer<typeof intakePolicySchema>;

export type Desk = {
  readonly addresses: {
    readonly support: string;
    readonly access: string | null;
    readonly renewals: string | null;
    readonly security: string | null;
    readonly care: string | null;
    readonly licensing: string | null;
  };
  /** Languages of the neutral receipt. */
  readonly languages: readonly string[];
  /** Telephone numbers by country, `default` for the rest (§4.3). */
  readonly phones: Readonly<Record<string, string>>;
  /** Who is told of what a person has to look at. */
  readonly staff: readonly string[];
  /** All of them, with hours and absences; the lists beside this one are made of it. */
  readonly people: readonly StaffMember[];
  /** Seconds for which an answer of theirs waits before it goes out (§5.4). */
  readonly staffDelay: number;
  /** Where their hours are counted. */
  readonly timezone: string;
  readonly renewalTeam: readonly string[];
  /** Who is told of a reported vulnerability, and nobody else is. */
  readonly security: readonly string[];
  /** Client care, and who answers licensing requests. */
  readonly care: readonly string[];
  readonly licensing: readonly string[];
  /** What is offered for what support does not cover (§5.3). */
  readonly outOfScope: readonly { readonly text: string; readonly link: string }[];
  readonly senderAuth: 'sensitive' | 'off' | 'all';
  /** Where the pages are, for links in letters. */
  readonly publicUrl: string;
  /** Networks of ours that webhooks may be sent to; else public addresses alone are. */
  readonly webhookPrivate?: readonly string[];
};

/** Everybody of the operator's people who may be told of something. */
export const peopleOf = (desk: Desk): string[] => [
  ...new Set([...desk.staff, ...desk.renewalTeam, ...desk.security, ...desk.care, ...desk.licensing]),
];

export type Policy = RegistryPolicy &
  AccessPolicy &
  CasesPolicy &
  LetterPolicy &
  NoticesPolicy &
  IntakePolicy & { readonly desk: Desk; readonly publicHolidays: Holidays };
