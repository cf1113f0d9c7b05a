/** Puts together the parts of the policy that each pure module declares with its defaults (POLICY.md). */
import { z } from 'zod';
import { accessPolicySchema } from '../access/policy.ts';
import { casesPolicySchema } from '../cases/policy.ts';
import { intakePolicySchema } from '../intake/policy.ts';
import { noticesPolicySchema } from '../notices/policy.ts';
import { letterPolicySchema } from '../outbound/policy.ts';
import { registryPolicySchema } from '../registry/policy.ts';
import { alertPolicySchema } from '../upkeep/alerts.ts';
import { retentionPolicySchema } from '../upkeep/retention.ts';

export const policySchema = z.strictObject({
  ...registryPolicySchema.shape,
  ...casesPolicySchema.shape,
  ...accessPolicySchema.shape,
  ...letterPolicySchema.shape,
  ...intakePolicySchema.shape,
  ...noticesPolicySchema.shape,
  ...alertPolicySchema.shape,
  ...retentionPolicySchema.shape,
});
export type PolicyNumbers = z.infer<typeof policySchema>;
