/** The dependencies of the alert checks. */
import type { Log } from '../../foundation/log.ts';
import type { Policy } from '../../intake/policy.ts';
import type { Database } from '../../store/database.ts';
import type { AlertPolicy, Check } from '../../upkeep/alerts.ts';
import type { LetterBuilder } from '../letters/letter-builder.ts';
import type { Relay } from './relay-outbox.ts';

export type AlertDeps = {
  readonly database: Database;
  readonly relay: Pick<Relay, 'wake'>;
  readonly letterBuilder: LetterBuilder;
  readonly policy: Policy;
  readonly log: Log;
  readonly alerts: { readonly to: readonly string[]; readonly url: string | null; readonly limits: AlertPolicy };
  readonly mailboxes: readonly string[];
  /** What is to be looked at outside of the database: disk, certificates, tokens. Leaves out what it could not look at. */
  readonly outside: () => Promise<readonly Check[]>;
};
