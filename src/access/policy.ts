/** The part of the policy file about access requests (POLICY §8); `config/` puts the parts together. */
import { z } from 'zod';
import { grantedRoles } from './request.ts';

const days = z.number().int().min(1).max(365);

export const accessPolicySchema = z.strictObject({
  access: z
    .strictObject({
      /** §8.7: a request that is not verified, and the token of a letter to deciders, are good for at most so many days. */
      tokenDays: days.max(40).default(40),
      /** §8.6: business days after which the deciders are reminded. */
      remindAfterBusinessDays: z.array(days).max(5).default([1, 3]),
      /** §8.6: business days after which client care has the request. */
      careAfterBusinessDays: days.default(10),
      /** §8.5: a decision can be taken back for so long, and the asker hears of it when that is over. */
      undoMinutes: z
        .number()
        .int()
        .min(0)
        .max(24 * 60)
        .default(60),
      /** §8.5: both sides hear so many days before access ends by itself. */
      endsToldDays: days.default(7),
      /** §3 "Letters, how many": letters that ask to verify, an hour: to everybody, and to one domain. The rest goes later. */
      verifyPerHour: z.number().int().min(1).max(1_000_000).default(60),
      verifyPerHourPerDomain: z.number().int().min(1).max(1_000_000).default(5),
      /** §3: they go to one address once in so many hours. */
      verifyAgainHours: z.number().int().min(1).max(720).default(24),
      /** A grant of these roles, or of as much by privileges, needs two who decide: the second confirms what the first has granted. */
      twoDeciders: z.array(z.enum(grantedRoles)).max(4).default([]),
      /** §8.3: at a site at once. */
      provisionalCallers: z.number().int().min(0).max(1_000).default(5),
    })
    .prefault({}),
});
export type AccessPolicy = z.infer<typeof accessPolicySchema>;
export const defaultAccessPolicy: AccessPolicy = accessPolicySchema.parse({});
