/**
 * Sends what is due to the endpoints of other programs. The rows are the truth: what was taken by a process that ended comes back after a
 * minute, so that each event arrives at least once, and what is told of one thing in its order. Each endpoint has a lane of its own: one
 * that hangs keeps no other waiting. Any number of processes may do it.
 */
import type { Log } from '../../foundation/log.ts';
import type { Meter } from '../../foundation/meter.ts';
import { type Reachable, reachable } from '../../hooks/reachable.ts';
import { type SendOptions, sendWebhook, type WebhookAnswer } from '../../hooks/send-webhook.ts';
import type { Database } from '../../store/database.ts';
import {
  type Claimed,
  claimDeliveries,
  dueEndpoints,
  letRest,
  noteRefused,
  noteTaken,
  switchOffFailed,
  writeCame,
} from '../../store/webhooks/deliveries.ts';
import { nextTry, restUntil } from '../../upkeep/webhook-schedule.ts';
import type { Sealer } from '../../vault/seal.ts';
import { openSecret } from './secrets.ts';

export type WebhookDeps = {
  readonly database: Database;
  readonly vault: Pick<Sealer, 'open'>;
  readonly log: Log;
  readonly meter: Meter;
  readonly policy: { readonly desk: { readonly webhookPrivate?: readonly string[] } };
  /** Of tests: how long an answer may take, and who looks names up. */
  readonly sending?: Omit<SendOptions, 'reachable'>;
};

/** So many of one endpoint are under way in a process at once. */
const atOnce = 4;
/** Longer than a request may take. */
const claimSeconds = 60;

export const bodyOf = ({ topic, happenedAt, data }: Pick<Claimed, 'topic' | 'happenedAt' | 'data'>): string =>
  JSON.stringify({ type: topic, timestamp: new Date(happenedAt).toISOString(), data });

/** 410: whoever receives says that there is nobody any more. */
const gone = 410;

async function sendOne(deps: WebhookDeps, may: Reachable, endpoint: string, one: Claimed): Promise<WebhookAnswer> {
  const { id, uid, url, tries, firstAt, at } = one;
  const began = performance.now();
  const secrets = one.secrets.map((s) => openSecret(deps.vault, { id: s.id, sealed: Buffer.from(s.sealed, 'base64') }));
  const message = { url, id: uid, at: new Date(at), body: bodyOf(one), secrets };
  const answer = await sendWebhook(message, { ...deps.sending, reachable: may });
  const { ok, status, says } = answer;
  const tookMs = Math.round(performance.now() - began);
  const next = ok || status === gone ? at : nextTry({ tries, firstAt, at, id });
  const came = { id, tries, at, tookMs, status, says };
  const written = await writeCame(deps.database, endpoint, came, ok ? { ok } : { ok, next });
  deps.meter.count('postern_webhooks_total', { result: ok ? 'delivered' : next === null ? 'given-up' : 'failed' });
  if (!written) return answer;
  const off = { at, since: status === gone ? null : firstAt };
  const because =
    status === gone
      ? 'it answered 410, which says that nobody is there any more'
      : `for three days it took nothing; last: ${says}`;
  if (
    (status === gone || (!ok && next === null)) &&
    (await switchOffFailed(deps.database, endpoint, { because, ...off }))
  )
    deps.log.error({ webhook: endpoint, because }, 'a webhook is switched off');
  return answer;
}

/** Until nothing is due to it, it takes nothing, or `goesOn` says no. Answers with how many were taken. */
async function runLane(
  deps: WebhookDeps,
  may: Reachable,
  endpoint: string,
  at: string | null,
  goesOn: () => boolean,
): Promise<number> {
  let taken = 0;
  while (goesOn()) {
    const claimed = await claimDeliveries(deps.database, endpoint, { at, most: atOnce, seconds: claimSeconds });
    const [first] = claimed;
    if (!first) return taken;
    const answers = await Promise.all(claimed.map((one) => sendOne(deps, may, endpoint, one)));
    const good = answers.filter(({ ok }) => ok).length;
    taken += good;
    if (good > 0) await noteTaken(deps.database, endpoint, first.at, claimSeconds);
    else {
      const failures = await noteRefused(deps.database, endpoint);
      await letRest(deps.database, endpoint, restUntil(failures, first.at));
    }
  }
  return taken;
}

/** All that is due, once, and to its end. `at`: as if it were then. */
export async function deliverDue(deps: WebhookDeps, at: string | null = null): Promise<number> {
  const may = reachable(deps.policy.desk.webhookPrivate ?? []);
  const endpoints = await dueEndpoints(deps.database, at);
  const taken = await Promise.all(endpoints.map((endpoint) => runLane(deps, may, endpoint, at, () => true)));
  return taken.reduce((sum, one) => sum + one, 0);
}

export type WebhookWatch = { stop(): Promise<void> };

const lookMs = 2_000;

/** By a timer of its own: an endpoint that hangs shall not keep the jobs of the clock from their turn. */
export function watchWebhooks(deps: WebhookDeps, everyMs = lookMs): WebhookWatch {
  const may = reachable(deps.policy.desk.webhookPrivate ?? []);
  const lanes = new Map<string, Promise<unknown>>();
  let stopped = false;
  let looking: Promise<void> | null = null;

  function lane(endpoint: string): void {
    if (stopped || lanes.has(endpoint)) return;
    const running = runLane(deps, may, endpoint, null, () => !stopped)
      .catch((error: unknown) => deps.log.warn({ webhook: endpoint, error: String(error) }, 'webhooks were not sent'))
      .finally(() => lanes.delete(endpoint));
    lanes.set(endpoint, running);
  }
  async function look(): Promise<void> {
    try {
      for (const endpoint of await dueEndpoints(deps.database, null)) lane(endpoint);
    } catch (error) {
      deps.log.warn({ error: String(error) }, 'what webhooks are due could not be asked');
    }
  }
  const timer = setInterval(() => {
    looking ??= look().finally(() => {
      looking = null;
    });
  }, everyMs);
  return {
    async stop() {
      stopped = true;
      clearInterval(timer);
      await looking;
      await Promise.all(lanes.values());
    },
  };
}
