/** The part of the policy file that rules letters on a schedule (POLICY §8.10, §9, §10.1–2, §11.6). */
import { z } from 'zod';
import { mandatoryFields } from '../registry/contacts/mandatory.ts';

const businessDay = z.number().int().min(1).max(15);
const at = z
  .string()
  .regex(/^(?:[01][0-9]|2[0-3]):[0-5][0-9]$/, 'is not a time such as 09:00')
  .default('09:00');

export const noticesPolicySchema = z.strictObject({
  /** §9: the list of contacts goes out on this business day of a month, at this time where the site is. */
  contactLists: z
    .strictObject({
      businessDay: businessDay.default(1),
      at,
      askFor: z.array(z.enum(mandatoryFields)).default([...mandatoryFields]),
    })
    .prefault({}),
  /** §8.10: the same of a quarter; a day later, so that two letters do not come at once. Reminders and client care in business days. */
  reAttestation: z
    .strictObject({
      businessDay: businessDay.default(2),
      at,
      reminderDays: z.array(z.number().int().min(1).max(40)).min(1).max(5).default([5, 10]),
      careDays: z.number().int().min(2).max(50).default(15),
    })
    .refine(
      ({ reminderDays, careDays }) =>
        [...reminderDays, careDays].every((day, i, all) => i === 0 || day > (all[i - 1] ?? 0)),
      'each reminder is later than the one before, and careDays later than all',
    )
    .prefault({}),
  /** §10.1–2: days after the end on which the site is told, at this time where it is; what ends within `groupDays` is one letter. */
  renewals: z
    .strictObject({
      steps: z
        .array(z.number().int().min(-365).max(365))
        .min(1)
        .max(20)
        .refine(
          (steps) => steps.every((step, i) => i === 0 || step > (steps[i - 1] ?? step)),
          'each step is later than the one before',
        )
        .default([-90, -60, -30, -14, -7, -1, 0, 7, 30]),
      at,
      groupDays: z.number().int().min(1).max(90).default(30),
    })
    .prefault({}),
  /** §10.6: days before the last day of full support of a version on which those who have it are told, at this time of the desk. */
  endOfSupport: z
    .strictObject({
      steps: z
        .array(z.number().int().min(-730).max(0))
        .min(1)
        .max(10)
        .refine(
          (steps) => steps.every((step, i) => i === 0 || step > (steps[i - 1] ?? step)),
          'each step is later than the one before',
        )
        .default([-180, -60, -14]),
      at,
    })
    .prefault({}),
  /** §10.6: an announcement pauses by itself where more of so many of its last letters come back. */
  announcements: z
    .strictObject({
      pausePercent: z.number().min(0).max(100).default(5),
      pauseOf: z.number().int().min(20).max(10_000).default(200),
    })
    .prefault({}),
  /** §11.6: what could not go out for so many days is skipped. */
  scheduleLateDays: z.number().int().min(0).max(60).default(7),
});
export type NoticesPolicy = z.infer<typeof noticesPolicySchema>;
