import type { SiteId } from '../../foundation/ids.ts';
import type { CommandName } from '../commands/commands.ts';

/**
 * The act that a code confirms. Each member is done by one function, whether its sender was verified or brought the code:
 * a new one adds its line to `runAct` in run-act.ts and its words to the letter `confirm-code` (`ConfirmedKind`).
 */
export type ConfirmedAct =
  | {
      readonly kind: 'command';
      readonly command: CommandName;
      readonly site: SiteId;
      readonly argument: string;
    }
  /** The use of a privileged PIN (§1), by the id of its row: the PIN itself stands nowhere. */
  | { readonly kind: 'privileged-pin'; readonly site: SiteId; readonly pin: string }
  /** What somebody answered about senders (§3.r10, §3.r16). */
  | {
      readonly kind: 'senders';
      readonly site: SiteId;
      readonly answers: readonly { readonly question: string; readonly answer: 'yes' | 'once' | 'no' }[];
    };
