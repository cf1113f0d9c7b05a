import { postJson } from '../../hooks/post.ts';
import type { AlertDeps } from './alert-deps.ts';

/** An unreachable database cannot be recorded in a row: each scheduler keeps that alert in memory. */
export function databaseWatch({ alerts, policy, log }: Pick<AlertDeps, 'alerts' | 'policy' | 'log'>, afterMs: number) {
  let since: number | null = null;
  let toldAt: number | null = null;
  const post = async (state: 'begun' | 'goes-on' | 'over', says: string) => {
    const text = `Postern at ${policy.desk.publicUrl}: ${says}`;
    const body = { type: 'alert', id: null, cause: 'database-away', subject: '', state, says, text };
    if (alerts.url === null) return;
    const { ok, says: answer } = await postJson(alerts.url, body);
    if (!ok) log.warn({ answer }, 'alertUrl did not take an alert');
  };
  return {
    async away(): Promise<void> {
      const now = performance.now();
      since ??= now;
      if (now - since < afterMs || (toldAt !== null && now - toldAt < alerts.limits.everyMinutes * 60_000)) return;
      const state = toldAt === null ? 'begun' : 'goes-on';
      toldAt = now;
      await post(state, `the database has been away for ${Math.round((now - since) / 60_000)} minutes`);
    },
    async there(): Promise<void> {
      if (toldAt !== null) await post('over', 'over: the database is back');
      since = null;
      toldAt = null;
    },
  };
}
