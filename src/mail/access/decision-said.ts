/** What a decider's answer to an access request comes to (POLICY §8.4, §8.5). */
import { cleanLine } from '../../foundation/clean-text.ts';
import type { AskedRole, PrivilegeNamed } from './access-words.ts';

export type DecisionSaid =
  | {
      readonly kind: 'grant';
      readonly atOnce: boolean;
      readonly role: AskedRole | null;
      readonly privileges: readonly PrivilegeNamed[];
      /** ISO 8601. */
      readonly until: string | null;
      readonly justification: string | null;
      /** Details of the asker that are set right. */
      readonly corrects: { readonly name?: string; readonly phone?: string };
    }
  | { readonly kind: 'deny'; readonly reason: 1 | 2 | 3; readonly words: string; readonly atOnce: boolean }
  | { readonly kind: 'undo' }
  /** Meant as a decision. `said` is what could not be read, or stands in its way. */
  | { readonly kind: 'unclear'; readonly why: Unclear; readonly said: string };
export type Unclear = 'reason' | 'role' | 'privilege' | 'until' | 'address' | 'condition' | 'two' | 'words';

export type Asker = { readonly name: string; readonly address: string };

export type NotClear = Extract<DecisionSaid, { readonly kind: 'unclear' }>;
export const unclear = (why: Unclear, said: string): NotClear => ({ kind: 'unclear', why, said: cleanLine(said, 80) });

/** Of a text that is kept as a reason. */
export const longestReason = 500;
