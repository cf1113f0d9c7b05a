/** Numbers for Prometheus: what the modules count, and the state of the system when it is asked for. */
import { Counter, collectDefaultMetrics, Gauge, Histogram, Registry } from 'prom-client';
import type { Reports } from '../flows/reports/reports.ts';
import type { Log } from '../foundation/log.ts';
import type { Meter } from '../foundation/meter.ts';
import type { QueueBackend } from '../queues/types.ts';

const help: Readonly<Record<string, string>> = {
  postern_mails_received_total: 'Mails taken at a door, by door and whether they were new or a copy',
  postern_mails_decided_total: 'Mails decided, by outcome',
  postern_mails_dead_total: 'Mails given up after their tries; a person has to look',
  postern_intake_seconds: 'Seconds from taking a mail in hand to its committed decision',
  postern_letters_total: 'Tries to send a letter, by template and what came of it',
  postern_send_seconds: 'Seconds a try to send took',
  postern_recipients_refused_total: 'Recipients refused at LMTP or SMTP because they are not ours',
  postern_deliveries_deferred_total: 'Mails left with their sender because they could not be stored',
  postern_relay_failures_total: 'Times the outbox could not be handed to the queues',
  postern_mailbox_token_expires_seconds:
    'Seconds for which the access token of a mailbox is good; below zero it is gone',
  postern_mailbox_token_trouble: '1 while the tokens of a mailbox need somebody to look',
  postern_tick_failures_total: 'Jobs of the clock that failed, by name; each comes again with its next tick',
  postern_webhooks_total: 'Events sent to other programs, by what came of it',
  postern_swept_total: 'Rows the sweeper brought back, by kind',
  postern_retention_total: 'Rows that were past their time and are gone, by kind',
};
const describe = (name: string): string =>
  help[name] ??
  name
    .replace(/^postern_/, '')
    .replace(/_total$/, '')
    .replaceAll('_', ' ');

/** From a few milliseconds to the minutes after which something is given up. */
const seconds = [0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5, 10, 30, 60, 120];
const bytes = [1e3, 1e4, 1e5, 1e6, 5e6, 1e7, 3.5e7];

/** What `createMeter` makes: one a process. */
export type PrometheusMeter = Meter & { readonly registry: Registry };

type Labels = Record<string, string>;

/** A metric comes into being when it is first used and keeps the label names of that time. Never throws. */
export function createMeter(): PrometheusMeter {
  const registry = new Registry();
  collectDefaultMetrics({ register: registry });
  function kept<M>(make: (name: string, labelNames: string[]) => M) {
    const known = new Map<string, { metric: M; labelNames: string[] }>();
    return (name: string, labels: Labels): { metric: M; labels: Labels } | null => {
      let found = known.get(name);
      if (!found) {
        if (registry.getSingleMetric(name) !== undefined) return null;
        const labelNames = Object.keys(labels);
        found = { metric: make(name, labelNames), labelNames };
        known.set(name, found);
      }
      const { metric, labelNames } = found;
      return { metric, labels: Object.fromEntries(labelNames.map((label) => [label, labels[label] ?? ''])) };
    };
  }
  const base = (name: string, labelNames: string[]) => ({
    name,
    help: describe(name),
    labelNames,
    registers: [registry],
  });
  const counter = kept((name, labelNames) => new Counter(base(name, labelNames)));
  const gauge = kept((name, labelNames) => new Gauge(base(name, labelNames)));
  const buckets = (name: string) => (/bytes/.test(name) ? bytes : seconds);
  const histogram = kept((name, names) => new Histogram({ ...base(name, names), buckets: buckets(name) }));
  return {
    registry,
    count(name, labels = {}, by = 1) {
      const found = counter(name, labels);
      // A counter that falls is none, and not a number would stay for good.
      if (by >= 0) found?.metric.inc(found.labels, by);
    },
    gauge(name, value, labels = {}) {
      const found = gauge(name, labels);
      found?.metric.set(found.labels, value);
    },
    observe(name, value, labels = {}) {
      const found = histogram(name, labels);
      if (Number.isFinite(value)) found?.metric.observe(found.labels, value);
    },
  };
}

const mailStates = ['new', 'decided', 'dead'];
const letterStates = ['queued', 'waiting', 'sent', 'unknown', 'failed', 'bounced', 'suppressed'];

type SystemMetrics = {
  /** Looks again unless it did within the last 5 s; never rejects and takes 4 s at most. */
  refresh(): Promise<void>;
};

/** `/metrics` needs no token: whoever asks often gets the numbers of the last look. */
export function systemMetrics(
  registry: Registry,
  deps: { reports: Pick<Reports, 'countSystem'>; queues: QueueBackend | null; log: Log },
): SystemMetrics {
  const gauge = (name: string, text: string, labelNames: string[] = []) =>
    new Gauge({ name, help: text, labelNames, registers: [registry] });
  const databaseUp = gauge('postern_database_up', '1 while the database answers');
  const queuesUp = gauge('postern_queues_up', '1 while the queues answer');
  const mails = gauge('postern_mails', 'Mails by state', ['state']);
  const letters = gauge('postern_letters', 'Letters by state', ['state']);
  const outbox = gauge('postern_outbox_rows', 'Jobs that are committed and not yet in a queue');
  const outboxAge = gauge('postern_outbox_age_seconds', 'Age of the oldest of them');
  const overdue = gauge('postern_overdue', 'Rows whose time came more than 120 s ago and that nobody works on', [
    'kind',
  ]);
  const watermark = gauge('postern_mailbox_watermark', 'Highest UID below which every mail is accounted for', [
    'mailbox',
  ]);
  const unaccounted = gauge('postern_mailbox_unaccounted', 'UIDs seen that nothing became of; has to be 0', [
    'mailbox',
  ]);
  const leased = gauge('postern_mailbox_watched', '1 while a watcher holds the mailbox', ['mailbox']);
  const jobs = gauge('postern_queue_jobs', 'Jobs by queue and state', ['queue', 'state']);

  async function lookAtDatabase(): Promise<void> {
    try {
      const now = await deps.reports.countSystem();
      databaseUp.set(1);
      for (const state of mailStates) mails.set({ state }, now.mails[state] ?? 0);
      for (const state of letterStates) letters.set({ state }, now.letters[state] ?? 0);
      outbox.set(now.outbox);
      outboxAge.set(now.outboxAgeSeconds);
      for (const [kind, count] of Object.entries(now.overdue)) overdue.set({ kind }, count);
      for (const box of now.mailboxes) {
        watermark.set({ mailbox: box.name }, box.watermark);
        unaccounted.set({ mailbox: box.name }, box.unaccounted);
        leased.set({ mailbox: box.name }, box.leased ? 1 : 0);
      }
    } catch (error) {
      databaseUp.set(0);
      deps.log.warn({ error: String(error) }, 'the system could not be counted');
    }
  }
  async function lookAtQueues(): Promise<void> {
    if (!deps.queues) return;
    try {
      for (const [queue, counts] of Object.entries(await deps.queues.counts()))
        for (const [state, count] of Object.entries(counts)) jobs.set({ queue, state }, count);
      queuesUp.set(1);
    } catch {
      queuesUp.set(0);
    }
  }
  let looking: Promise<unknown> | null = null;
  let lookedAt = Number.NEGATIVE_INFINITY;
  return {
    async refresh() {
      if (!looking && performance.now() - lookedAt > 5_000) {
        looking = Promise.all([lookAtDatabase(), lookAtQueues()]).finally(() => {
          lookedAt = performance.now();
          looking = null;
        });
      }
      if (looking) {
        const { promise, resolve } = Promise.withResolvers<void>();
        const timer = setTimeout(resolve, 4_000);
        await Promise.race([looking, promise]);
        clearTimeout(timer);
      }
    },
  };
}
