/**
 * Runs the alert checks every 30 s and reports what they find (POLICY §11.8). By a timer of its own and not by the queue: a lost queue is
 * one of the causes. Any number of schedulers may run it.
 */

import { isFailure } from '../../foundation/failure.ts';
import { postJson } from '../../hooks/post.ts';
import type { PlannedLetter } from '../../intake/letters/planned-letter.ts';
import type { Policy } from '../../intake/policy.ts';
import {
  askSignals,
  closeEpisode,
  forgetUnseen,
  keepEpisode,
  lockEpisodes,
  markPost,
  openEpisode,
  takePosts,
  writePosts,
} from '../../store/upkeep/alerts.ts';
import { type Check, sayTrouble, silencesLetters, stepsOf } from '../../upkeep/alerts.ts';
import { finish, writeFinished } from '../letters/send.ts';
import { checksOf } from './alert-checks.ts';
import type { AlertDeps } from './alert-deps.ts';
import { databaseWatch } from './database-watch.ts';

type Told = {
  readonly alert: string;
  readonly times: number;
  readonly since: string;
  readonly state: 'begun' | 'goes-on' | 'over';
  readonly check: Check;
};

const bodyOf = ({ alert, since, state, check }: Told, at: string, publicUrl: string) => {
  const says =
    state === 'over' ? `over: ${check.cause}${check.subject ? ` (${check.subject})` : ''}` : sayTrouble(check);
  return {
    type: 'alert',
    id: alert,
    cause: check.cause,
    subject: check.subject,
    state,
    since,
    at,
    count: check.trouble?.count ?? null,
    says,
    // What chat programs show of an incoming webhook.
    text: `Postern at ${publicUrl}: ${says}`,
  };
};

function lettersOf(told: readonly Told[], to: readonly string[], policy: Policy): PlannedLetter[] {
  const [first] = told;
  if (!first) return [];
  return to.map((address) => ({
    template: 'alert',
    values: {
      causes: told.map(({ state, since, check }) => ({
        cause: check.cause,
        subject: check.subject,
        state,
        since,
        count: Math.round(Math.abs(check.trouble?.count ?? 0)),
        why: check.trouble?.why ?? null,
      })),
      link: `${policy.desk.publicUrl}/readyz`,
    },
    to: address,
    audience: 'staff',
    language: policy.desk.languages[0] ?? 'en',
    matter: `alert:${told.map(({ alert, times, state }) => `${alert}.${state === 'over' ? 'over' : times}`).join(' ')}`,
    case: null,
    answers: null,
    followsOwn: false,
    asks: null,
    fate: { kind: 'send' },
  }));
}

/** One look. Returns what was told of. */
export async function lookForTrouble(deps: AlertDeps): Promise<readonly Told[]> {
  const { database, alerts, policy } = deps;
  const signals = await askSignals(database, deps.mailboxes);
  const checks = [...checksOf(signals, alerts.limits), ...(await deps.outside())];
  const told = await database.transaction(async (tx) => {
    const { now, episodes } = await lockEpisodes(tx);
    const done: Told[] = [];
    for (const step of stepsOf(checks, episodes, now, alerts.limits)) {
      const { check } = step;
      if (step.kind === 'open') {
        const { id, since, told: times } = await openEpisode(tx, check, step.tell);
        if (step.tell) done.push({ alert: id, times, since, state: 'begun', check });
      } else if (step.kind === 'keep') {
        const { id, since, told: times } = await keepEpisode(tx, step.episode, check, step.tell !== null);
        if (step.tell !== null) done.push({ alert: id, times, since, state: step.tell, check });
      } else {
        const { id, since, told: times } = await closeEpisode(tx, step.episode, check);
        if (step.tell) done.push({ alert: id, times, since, state: 'over', check });
      }
    }
    await forgetUnseen(tx);
    if (alerts.url !== null)
      await writePosts(
        tx,
        done.map((one) => ({ alert: one.alert, body: bodyOf(one, now, policy.desk.publicUrl) })),
      );
    const byLetter = done.filter((one) => one.state === 'over' || !silencesLetters(one.check));
    // Whoever manages webhooks hears that one is off, and on again, whether or not they hear of alerts.
    const admins = policy.desk.people.filter(({ roles }) => roles.includes('admin')).map(({ email }) => email);
    const planned = [
      ...lettersOf(byLetter, alerts.to, policy),
      ...lettersOf(
        byLetter.filter(({ check, state }) => check.cause === 'webhook-off' && state !== 'goes-on'),
        admins.filter((address) => !alerts.to.includes(address)),
        policy,
      ),
    ];
    if (planned.length > 0) {
      // A few short letters once an hour at most: they are finished here, so that what is told and the rows that say so are one.
      const occasion = { cause: 'alerts', actor: 'scheduler', now };
      await writeFinished(tx, await finish(deps, tx, planned, occasion), policy);
    }
    return done;
  });
  for (const { state, check } of told)
    deps.log[state === 'over' ? 'info' : 'error'](
      { cause: check.cause, subject: check.subject, state },
      state === 'over' ? 'a trouble is over' : sayTrouble(check),
    );
  if (told.length > 0) deps.relay.wake();
  return told;
}

/** What is due to `alertUrl`; one after the other, so that a beginning comes before its end. */
export async function postAlerts(deps: Pick<AlertDeps, 'database' | 'alerts' | 'log'>): Promise<void> {
  const { url } = deps.alerts;
  if (url === null) return;
  for (const { id, body } of await takePosts(deps.database)) {
    const { ok, says } = await postJson(url, body);
    if (!ok) deps.log.warn({ answer: says }, 'alertUrl did not take an alert; it is tried again');
    await markPost(deps.database, id, ok, says);
  }
}

const lookMs = 30_000;

type AlertWatch = { stop(): Promise<void> };

export function watchAlerts(deps: AlertDeps, everyMs = lookMs, afterMs = 120_000): AlertWatch {
  const database = databaseWatch(deps, afterMs);
  let busy: Promise<void> | null = null;
  async function round(): Promise<void> {
    try {
      await lookForTrouble(deps);
      await database.there();
      await postAlerts(deps);
    } catch (error) {
      if (isFailure(error, 'database-away')) await database.away();
      else deps.log.error({ error: String(error) }, 'the look for trouble failed');
    }
  }
  const tick = () => {
    busy ??= round().finally(() => {
      busy = null;
    });
  };
  const timer = setInterval(tick, everyMs);
  return {
    async stop() {
      clearInterval(timer);
      await busy;
    },
  };
}
