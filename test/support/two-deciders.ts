/** The policy by which a grant of an authorized user needs two who decide. */
import { accessPolicySchema } from '../../src/access/policy.ts';

export { asking, givenFor } from './worked-case.ts';
export const policy = accessPolicySchema.parse({ access: { twoDeciders: ['authorized user'] } });
