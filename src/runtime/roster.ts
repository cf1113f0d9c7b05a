/** Keeps what this process knows of our people up to date with the database: whoever is removed by another one is nobody here, too. */
import type { Log } from '../foundation/log.ts';
import type { Roster } from '../staff/roster.ts';
import type { Database } from '../store/database.ts';
import { staffRows } from '../store/staff/staff-rows.ts';

const everyMs = 20_000;

/** Answers with what looks at once. */
export async function keepRoster(
  { database, roster, log }: { readonly database: Database; readonly roster: Roster; readonly log: Log },
  onClose: (closer: () => Promise<void>) => void,
): Promise<() => Promise<void>> {
  const look = async () => roster.take(await staffRows(database));
  await look();
  const timer = setInterval(() => {
    look().catch((error: unknown) => log.warn({ error: String(error) }, 'who works here could not be looked at'));
  }, everyMs);
  timer.unref();
  onClose(async () => clearInterval(timer));
  return look;
}
