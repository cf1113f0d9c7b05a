/** The type of a rule: returns null where it does not apply. */
import type { Context } from './context.ts';
import type { Decision } from './decision.ts';

export type Rule = (context: Context) => Decision | null;
