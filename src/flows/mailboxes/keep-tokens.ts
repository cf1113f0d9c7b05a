/** Refreshes the tokens of the mailboxes, and reports their state to metrics, readiness and `doctor`. */
import { isFailure } from '../../foundation/failure.ts';
import type { Log } from '../../foundation/log.ts';
import type { Meter } from '../../foundation/meter.ts';
import type { OAuthClient } from '../../imap/oauth.ts';
import type { Database } from '../../store/database.ts';
import { listSignIns } from '../../store/mailboxes/mailbox-sign-ins.ts';
import { type MailboxTokens, type OAuthMailbox, signInProblem } from './mailbox-tokens.ts';

type AnyMailbox = { readonly name: string; readonly oauth?: OAuthClient | null };

export const withOAuth = (mailboxes: readonly AnyMailbox[]): OAuthMailbox[] =>
  mailboxes.flatMap(({ name, oauth }) => (oauth ? [{ name, oauth }] : []));

/** One line for every mailbox whose tokens are in trouble. Says nothing where the database does not answer: others do. */
export async function tokenProblems(database: Database, mailboxes: readonly AnyMailbox[]): Promise<string[]> {
  const ours = withOAuth(mailboxes);
  if (ours.length === 0) return [];
  const rows = await listSignIns(database).catch(() => null);
  return rows === null
    ? []
    : ours.flatMap((mailbox) => {
        const problem = signInProblem(mailbox, rows.find((row) => row.mailbox === mailbox.name) ?? null);
        return problem === null ? [] : [`mailbox ${mailbox.name}: ${problem}`];
      });
}

export type TokenKeeper = { stop(): Promise<void> };

export function keepTokens(
  boxes: readonly { readonly mailbox: OAuthMailbox; readonly tokens: MailboxTokens }[],
  deps: { readonly database: Database; readonly log: Log; readonly meter: Meter },
  everyMs = 60_000,
): TokenKeeper {
  const told = new Map<string, string>();
  /** Said when it begins, when it changes and when it is over; not every minute. */
  function tell(name: string, problem: string | null): void {
    if (problem !== null && told.get(name) !== problem) deps.log.error({ mailbox: name }, `its tokens: ${problem}`);
    if (problem === null && told.has(name)) deps.log.info({ mailbox: name }, 'its tokens are good again');
    if (problem === null) told.delete(name);
    else told.set(name, problem);
  }
  async function look(): Promise<void> {
    const unreadable = new Set<string>();
    for (const { mailbox, tokens } of boxes) {
      await tokens.keep().catch((error: unknown) => {
        // What the token server said stands in the row; what keeps us from the row or its key is told here.
        if (isFailure(error, 'token-server-away') || isFailure(error, 'token-refused')) return;
        unreadable.add(mailbox.name);
        tell(mailbox.name, isFailure(error) ? error.message : String(error));
      });
    }
    const rows = await listSignIns(deps.database);
    for (const { mailbox } of boxes) {
      const row = rows.find((one) => one.mailbox === mailbox.name) ?? null;
      const problem = signInProblem(mailbox, row);
      const labels = { mailbox: mailbox.name };
      deps.meter.gauge('postern_mailbox_token_expires_seconds', row?.accessSeconds ?? 0, labels);
      deps.meter.gauge(
        'postern_mailbox_token_trouble',
        problem === null && !unreadable.has(mailbox.name) ? 0 : 1,
        labels,
      );
      if (!unreadable.has(mailbox.name)) tell(mailbox.name, problem);
    }
  }
  let looking: Promise<void> = Promise.resolve();
  let busy = false;
  const tick = () => {
    if (busy || boxes.length === 0) return;
    busy = true;
    looking = look()
      .catch(() => {})
      .finally(() => {
        busy = false;
      });
  };
  tick();
  const timer = setInterval(tick, everyMs);
  return {
    async stop() {
      clearInterval(timer);
      await looking;
    },
  };
}
