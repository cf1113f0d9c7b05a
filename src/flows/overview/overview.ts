/**
 * The overview: everything that is looked at of mails, letters, queues, mailboxes and clocks. It is looked at while somebody asks, at most
 * every few seconds however many do, and each part by itself: one that is away leaves the others, and what was seen of it last.
 */

import { greeted, type MailServer } from '../../hooks/greeting.ts';
import { heldKinds } from '../../intake/held-kinds.ts';
import type { QueueBackend } from '../../queues/types.ts';
import type { Database } from '../../store/database.ts';
import { countHeld } from '../../store/mail/held-lists.ts';
import { lookAtDesk, lookAtRunning } from '../../store/overview/look-desk.ts';
import { lookAtMailboxes, lookAtWaiting } from '../../store/overview/look-mail.ts';
import { readTraffic } from '../../store/overview/traffic.ts';
import { customersOf } from '../../store/registry/registry.ts';
import { accountsNotTold } from '../../store/renewals/list.ts';
import type { DatabaseSeen, Look, Part, QueueSeen, ServerSilent } from '../../upkeep/overview/look.ts';
import { percentile } from '../../upkeep/overview/seconds-histogram.ts';
import { missingSettings } from '../upkeep/missing-settings.ts';
import { type Clock, watched } from './parts.ts';

export type OverviewDeps = {
  readonly database: Database;
  readonly queues: QueueBackend;
  readonly mailboxes: readonly {
    readonly name: string;
    readonly host: string;
    readonly port: number;
    readonly secure: boolean;
  }[];
  readonly smtpUrl: string | null;
  readonly timezone: string;
  readonly setUp: Parameters<typeof missingSettings>[0];
  /** What the workers of this process say is wrong. */
  readonly problems: () => readonly string[];
  /** Templates that were changed here and do not check. */
  readonly templates?: () => NonNullable<Look['templates']>;
  readonly clock?: Clock;
};

export type Overview = {
  /** As it stands; waits `patienceMs` at most for what is being looked at, and shows what was seen before where that is not enough. */
  look(patienceMs?: number): Promise<Look>;
  /** Something was done here: what was seen before counts no more. */
  forget(): void;
};

/** Figures of the past days, in hours. */
const shownHours = 7 * 24;

const serversOf = ({ mailboxes, smtpUrl }: Pick<OverviewDeps, 'mailboxes' | 'smtpUrl'>) => {
  const servers: (MailServer & { readonly mailbox: string | null })[] = mailboxes.map(
    ({ name, host, port, secure }) => ({
      service: 'imap',
      name: `mailboxes.${name}`,
      host,
      port,
      secure,
      mailbox: name,
    }),
  );
  const smtp = smtpUrl === null ? null : URL.parse(smtpUrl);
  if (smtp) {
    const secure = smtp.protocol === 'smtps:' || smtp.port === '465';
    const host = smtp.hostname.replace(/^\[|\]$/g, '');
    const port = Number(smtp.port) || (secure ? 465 : 587);
    servers.push({ service: 'smtp', name: 'SMTP_URL', host, port, secure, mailbox: null });
  }
  return servers;
};

/** Those that do not greet us. */
async function silentOf(servers: ReturnType<typeof serversOf>): Promise<ServerSilent[]> {
  const found = await Promise.all(servers.map(async (server) => ({ server, says: await greeted(server) })));
  return found.flatMap(({ server: { host, port, mailbox }, says }) =>
    says === null ? [] : [{ server: `${host}:${port}`, mailbox, says }],
  );
}

/** Figures older than this are not shown where newer ones come at once. */
const lateMs = 15_000;
/** So long a page waits for newer ones where those that are known are young. */
const hurryMs = 60;

/** What changes seldom and costs more. */
type Slow = { readonly notTold: number; readonly missing: DatabaseSeen['missing'] };

async function lookAtDatabase(
  { database, mailboxes, timezone }: OverviewDeps,
  slow: () => Part<Slow>,
): Promise<DatabaseSeen> {
  const [boxes, waiting, held, desk, running, traffic] = await Promise.all([
    lookAtMailboxes(database, { mailboxes: mailboxes.map(({ name }) => name), timezone }),
    lookAtWaiting(database),
    countHeld(database, heldKinds),
    lookAtDesk(database),
    lookAtRunning(database),
    readTraffic(database, shownHours),
  ]);
  const { acknowledged, hours } = traffic;
  const [p50, p95] = [percentile(acknowledged, 0.5), percentile(acknowledged, 0.95)];
  const { notTold = 0, missing = [] } = slow().seen ?? {};
  return {
    mailboxes: boxes,
    ...waiting,
    held: held.flatMap(({ name, count, oldest }) => (oldest === null ? [] : [{ reason: name, count, oldest }])),
    ...desk,
    renewals: { ...desk.renewals, notTold },
    ...running,
    hours,
    acknowledged:
      p50 === null || p95 === null ? null : { p50, p95, count: acknowledged.reduce((sum, one) => sum + one, 0) },
    missing,
  };
}

export function openOverview(deps: OverviewDeps): Overview {
  const { database, queues, setUp, problems, templates = () => [], clock = Date.now } = deps;
  const servers = serversOf(deps);
  const slow = watched<Slow>(
    async () => {
      const [customers, notTold] = await Promise.all([customersOf(database), accountsNotTold(database)]);
      // Of one account several may end.
      const accounts = new Set(notTold.map(({ site }) => site)).size;
      return { missing: missingSettings(setUp, customers), notTold: accounts };
    },
    { everyMs: 60_000, limitMs: 10_000, clock },
  );
  const quick = { everyMs: 4_000, limitMs: 4_000, clock };
  const ofDatabase = watched(() => lookAtDatabase(deps, slow.part), quick);
  const ofQueues = watched<readonly QueueSeen[]>(() => queues.look(), { ...quick, limitMs: 5_000 });
  const ofServers = watched(() => silentOf(servers), { ...quick, everyMs: 8_000 });
  return {
    forget() {
      for (const part of [ofDatabase, ofQueues]) part.forget();
    },
    async look(patienceMs = 1_500) {
      // What was seen lately is shown without waiting for a part that is slow; what was not, is waited for.
      const parts = [ofDatabase, ofQueues, ...(ofServers.age() === Number.POSITIVE_INFINITY ? [ofServers] : [])];
      const old = parts.some((part) => part.age() > lateMs);
      void slow.refresh();
      void ofServers.refresh();
      const { promise, resolve } = Promise.withResolvers<void>();
      const timer = setTimeout(resolve, old ? patienceMs : Math.min(patienceMs, hurryMs));
      await Promise.race([Promise.all(parts.map((part) => part.refresh())), promise]);
      clearTimeout(timer);
      return {
        at: new Date(clock()).toISOString(),
        database: ofDatabase.part(),
        queues: ofQueues.part(),
        servers: ofServers.part(),
        templates: templates(),
        problems: problems(),
      };
    },
  };
}
