import { z } from 'zod';
import { type DecideRequest, decideInput } from '../../acts/access/decide-request.ts';
import type { ContactId, SiteId } from '../../foundation/ids.ts';
import { type PersonLine, personLine } from '../../registry/contacts/lines.ts';
import { type CommandName, commandNames } from '../commands/commands.ts';

/**
 * The act that a code confirms. Each member is done by one function, whether its sender was verified or brought the code:
 * a new one adds its line to `runAct` in run-act.ts, its shape below, and its words to the letter `confirm-code` (`ConfirmedKind`).
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
  /** What a decider answered about a request for access (§8.4, §8.5). */
  | { readonly kind: 'access'; readonly site: SiteId; readonly request: string; readonly said: AccessAnswer }
  /** Lines about the people of a site (§8.8). */
  | { readonly kind: 'contacts'; readonly site: SiteId; readonly lines: readonly PersonLine[] }
  /** The primary role of a site goes to whoever brings the code (§1). */
  | { readonly kind: 'hand-over'; readonly site: SiteId; readonly from: ContactId }
  /** What somebody answered about senders (§3.r10, §3.r16). */
  | {
      readonly kind: 'senders';
      readonly site: SiteId;
      readonly answers: readonly { readonly question: string; readonly answer: 'yes' | 'once' | 'no' }[];
    };

/** As acts take it; `undo` takes a decision back. */
export type AccessAnswer = { readonly undo: true } | (DecideRequest & { readonly undo?: never });

/** Stands beside each act that waits for its code; raised whenever a member takes another shape. `site` stays where it is in all of them. */
export const confirmedActVersion = 1;

const site = z.string();
const id = z.string().regex(/^\d{1,18}$/);
const shape = z.discriminatedUnion('kind', [
  z.strictObject({ kind: z.literal('command'), command: z.enum(commandNames), site, argument: z.string() }),
  z.strictObject({ kind: z.literal('privileged-pin'), site, pin: id }),
  z.strictObject({ kind: z.literal('contacts'), site, lines: z.array(personLine) }),
  z.strictObject({ kind: z.literal('hand-over'), site, from: id }),
  z.strictObject({
    ...{ kind: z.literal('access'), site, request: id },
    said: z.union([z.strictObject({ undo: z.literal(true) }), decideInput]),
  }),
  z.strictObject({
    kind: z.literal('senders'),
    site,
    answers: z.array(z.strictObject({ question: id, answer: z.enum(['yes', 'once', 'no']) })),
  }),
]);

/** Before there were versions it was the first. Null where it has another version or shape. */
export function readConfirmedAct({ version = 1, act }: { version?: number; act: unknown }): ConfirmedAct | null {
  return version === confirmedActVersion && shape.safeParse(act).success ? (act as ConfirmedAct) : null;
}
