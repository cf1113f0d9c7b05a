/** Whether everything that processing mail needs is available; if not, why, in words for an operator. */
import { isFailure } from '../../foundation/failure.ts';
import type { QueueBackend } from '../../queues/types.ts';
import type { Database } from '../../store/database.ts';
import { mailboxProblems } from '../../store/mailboxes/mailboxes.ts';
import { customersOf } from '../../store/registry/registry.ts';
import { backlog } from '../../store/upkeep/backlog.ts';
import { missingSettings } from './missing-settings.ts';

const says = (error: unknown): string =>
  isFailure(error) ? error.message : error instanceof Error ? error.message : String(error);

/** `notes` are for a person, and keep nothing from its work: letters that wait, mail that was given up. */
export type Readiness = {
  readonly ready: boolean;
  readonly reasons: readonly string[];
  readonly notes: readonly string[];
};

export async function readiness(deps: {
  database: Database;
  /** Null where it is known already that they do not answer. */
  queues: QueueBackend | null;
  problems: readonly string[];
  /** What is merely missing; nothing is looked for where it is left out. */
  setUp?: Parameters<typeof missingSettings>[0];
}): Promise<Readiness> {
  const reasons = [...deps.problems];
  const notes: string[] = [];
  try {
    const [found, mailboxes] = await Promise.all([backlog(deps.database), mailboxProblems(deps.database)]);
    reasons.push(...mailboxes.filter((problem) => !reasons.includes(problem)));
    if (found.oldestNewSeconds > 120)
      reasons.push(`mail has been waiting to be decided for ${Math.round(found.oldestNewSeconds)} s`);
    if (found.restSeconds > 0)
      reasons.push(
        `the mail server that takes our letters does not serve us: ${found.restReason ?? 'no reason given'}`,
      );
    if (found.stopped)
      notes.push(
        `letters are paused since ${found.stopped.at} by ${found.stopped.by}: ${found.stopped.reason || 'no reason given'}; see: postern letters resume`,
      );
    if (found.held > 0) notes.push(`${found.held} letters are held back by the rate, a rest or the pause`);
    if (found.waiting > 0)
      notes.push(`${found.waiting} letters to mail that was old when first seen wait to be released`);
    if (deps.setUp) {
      const customers = await customersOf(deps.database);
      for (const one of missingSettings(deps.setUp, customers)) notes.push(`${one.says}: ${one.todo}`);
    }
    if (found.dead > 0) notes.push(`${found.dead} mails were given up after their tries; see: postern mail replay`);
  } catch (error) {
    reasons.push(says(error));
  }
  await deps.queues?.counts().catch((error: unknown) => reasons.push(`the queues do not answer: ${says(error)}`));
  return { ready: reasons.length === 0, reasons, notes };
}
