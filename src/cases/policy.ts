/** The part of the policy file that rules cases; `config/` puts the parts together. Numbers are POLICY §4 and §6. */
import { z } from 'zod';
import { ownHolidaysSchema } from '../calendar/own-holidays.ts';
import { workingHoursSchema } from '../calendar/working-hours.ts';

const target = z.union([
  z.strictObject({ minutes: z.number().int().min(1).max(100_000) }),
  z.strictObject({ businessDays: z.number().int().min(1).max(60) }),
]);
export type ResponseTarget = z.infer<typeof target>;

const reminderDays = z
  .array(z.number().int().min(1).max(250))
  .max(10)
  .refine((days) => days.every((day, i) => i === 0 || day > (days[i - 1] ?? 0)), 'each later than the one before');

const bySeverity = z.strictObject({ 1: target, 2: target, 3: target, 4: target });

export const casesPolicySchema = z.strictObject({
  /** §4, the table. */
  response: z.strictObject({ standard: bySeverity, '24x7': bySeverity, premier: bySeverity }).default({
    standard: { 1: { minutes: 60 }, 2: { minutes: 120 }, 3: { minutes: 240 }, 4: { businessDays: 1 } },
    '24x7': { 1: { minutes: 60 }, 2: { minutes: 120 }, 3: { minutes: 240 }, 4: { businessDays: 1 } },
    premier: { 1: { minutes: 30 }, 2: { minutes: 60 }, 3: { minutes: 120 }, 4: { minutes: 240 } },
  }),
  /** §5.2: a case about licences is answered within this time, round the clock where it is in minutes. */
  licensingResponse: target.default({ minutes: 1440 }),
  /** §4.1: severities that count round the clock on a 24x7 plan. */
  roundTheClock: z.array(z.union([z.literal(1), z.literal(2), z.literal(3), z.literal(4)])).default([1]),
  /** §4.1, in the time zone of the site. */
  businessHours: workingHoursSchema.default({ days: [1, 2, 3, 4, 5], from: '09:00', to: '17:00' }),
  /** §4.1: days of the operator's own, beside the holidays of the site's country. */
  holidays: ownHolidaysSchema.default({ add: [], remove: [] }),
  /** §4.6: parts of the target, in percent, at which the clock warns. */
  warnAtPercent: z.array(z.number().int().min(1).max(99)).default([50, 80]),
  /** §5.1: a new case is offered to every engineer on duty, or given to the one with the fewest. */
  assignment: z.enum(['offered', 'assigned']).default('offered'),
  /** §5.1: parts of the time to the first response, in percent, at which a case that nobody has taken is told of again, and to a manager. */
  untaken: z
    .strictObject({
      againAtPercent: z.number().int().min(1).max(99).default(50),
      managerAtPercent: z.number().int().min(1).max(99).default(80),
    })
    .prefault({}),
  /** §5.4: what may be enclosed with one message to a customer. */
  attachmentsMegabytes: z.number().int().min(1).max(50).default(10),
  /** §4.3: at severity 1 the customer hears from us this often until a fix or workaround is given. */
  criticalUpdateMinutes: z.number().int().min(1).max(100_000).default(120),
  /** §4.3: nobody reachable at the customer for so long, and a change to severity 2 is proposed. */
  criticalUnreachableMinutes: z.number().int().min(1).max(100_000).default(240),
  /** §5.4: so long after the customer's word its owner hears of it, with all that has come by then. */
  ownerToldAfterSeconds: z.number().int().min(0).max(86_400).default(60),
  /** §6.1: business days of silence after which the customer is asked again whether a proposed solution is one. */
  solutionReminderDays: reminderDays.default([3, 7]),
  /** §6.1: the same where a case waits for what the customer was asked for. */
  waitReminderDays: reminderDays.default([3, 7]),
  /** §6.1: business days of silence after which such a case is closed; null: nothing closes by itself. */
  closeAfterBusinessDays: z.number().int().min(1).max(250).nullable().default(null),
  /** §6.1: days for which the page that asks how it was takes an answer. */
  satisfactionDays: z.number().int().min(1).max(365).default(30),
  /** §3.r9: whether a reply to a case is answered by a receipt. */
  replyReceipts: z.boolean().default(false),
  /** §6.2: days after the close within which a reply reopens. */
  reopenDays: z.number().int().min(0).max(3650).default(30),
  /** §6.3. */
  maxReopensPerDay: z.number().int().min(0).max(1000).default(3),
  /** §4.2: a severity that one side has proposed is agreed to within so many business days, or stays as it is. */
  severityAgreementDays: z.number().int().min(1).max(60).default(2),
  /** §5: a merge is taken back within so many hours. */
  unmergeHours: z.number().int().min(0).max(1000).default(24),
});

export type CasesPolicy = z.infer<typeof casesPolicySchema>;
