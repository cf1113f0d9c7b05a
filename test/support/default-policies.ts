/** The numbers of POLICY as they are where the operator has changed none. */
import { type CasesPolicy, casesPolicySchema } from '../../src/cases/policy.ts';
import { type LetterPolicy, letterPolicySchema } from '../../src/outbound/policy.ts';
import { type RegistryPolicy, registryPolicySchema } from '../../src/registry/policy.ts';

export const defaultCasesPolicy: CasesPolicy = casesPolicySchema.parse({});
export const defaultLetterPolicy: LetterPolicy = letterPolicySchema.parse({});
export const defaultRegistryPolicy: RegistryPolicy = registryPolicySchema.parse({});
