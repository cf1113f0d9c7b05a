/** Opens every adapter in order and closes them in the other: whatever talks to the database goes before the database. */
import { randomUUID } from 'node:crypto';
import { crashOrder, type Settings } from '../config/settings.ts';
import { openResolver } from '../dns/resolver.ts';
import { openVerifier, type SenderCheck } from '../dns/verify.ts';
import { openIntakeBatches } from '../flows/intake/intake-batches.ts';
import type { IntakeDeps, Parser } from '../flows/intake/process-intake.ts';
import { type ReceiveMail, receiveMail } from '../flows/intake/receive-mail.ts';
import { openRecentMailBytes } from '../flows/intake/recent-mail-bytes.ts';
import type { LetterBuilder } from '../flows/letters/letter-builder.ts';
import type { OutboundDeps } from '../flows/letters/send-letter.ts';
import { withOAuth } from '../flows/mailboxes/keep-tokens.ts';
import { type MailboxTokens, mailboxTokens } from '../flows/mailboxes/mailbox-tokens.ts';
import { openRelay, type Relay } from '../flows/upkeep/relay-outbox.ts';
import { type Log, silentLog } from '../foundation/log.ts';
import type { Meter } from '../foundation/meter.ts';
import type { Policy } from '../intake/policy.ts';
import { peopleOf } from '../intake/policy.ts';
import { openQueueBackend } from '../queues/backend.ts';
import { migrateQueues } from '../queues/server/schema.ts';
import type { QueueBackend } from '../queues/types.ts';
import { openSender, type Sender } from '../smtp/send.ts';
import { type Database, openDatabase } from '../store/database.ts';
import { type Embedded, openEmbedded } from '../store/embedded.ts';
import { migrate } from '../store/migrate.ts';
import { type Sealer, sealer } from '../vault/seal.ts';
import { armCrash } from './crash.ts';
import { createLetterBuilder } from './letter-builder.ts';
import { headersOnly, openParserPool, type ParserPool } from './parser/parser-pool.ts';
import { loadTemplates } from './templates.ts';

export type App = {
  readonly settings: Settings;
  readonly policy: Policy;
  readonly databaseUrl: string;
  readonly database: Database;
  readonly queues: QueueBackend;
  readonly relay: Relay;
  readonly letterBuilder: LetterBuilder;
  readonly receive: ReceiveMail;
  readonly log: Log;
  readonly meter: Meter;
  /** Names this process in claims and leases. */
  readonly worker: string;
  /** Seals secrets at rest; fails with `settings-unusable` when used without SECRET_KEY. */
  readonly vault: Sealer;
  /** Undefined where the mailbox signs in with a password. */
  tokensOf(mailbox: string): MailboxTokens | undefined;
  /** Threads for reading, opened when first asked for. */
  parser(): Parser;
  sender(): Sender;
  intake(): IntakeDeps;
  outbound(): OutboundDeps;
  close(): Promise<void>;
};

type AppOptions = {
  readonly settings: Settings;
  readonly log: Log;
  readonly meter: Meter;
  /** `start` takes the embedded database for itself; every other command joins it. */
  readonly hold: 'start' | 'join';
  readonly say: (line: string) => void;
  readonly threads?: number;
};

export function withHeadersOnly(pool: ParserPool): Parser {
  return {
    read: (raw, arrival, options, only) =>
      only ? headersOnly(raw, arrival, options, only) : pool.read(raw, arrival, options),
  };
}

/** Null where `DNS_SERVERS=off`, so that nothing is asked of anybody. */
function senderCheckOf({ dnsServers, ours, reading }: Settings): SenderCheck | null {
  if (dnsServers === null) return null;
  const resolve = openResolver({ servers: dnsServers === 'system' ? null : dnsServers });
  return openVerifier({ resolve, ours: [...ours, ...reading.lists] });
}

/** Brings the database up to date first. Throws Failure `settings-unusable`, `database-held`, `database-away`. */
export async function openApp(options: AppOptions): Promise<App> {
  const { settings, log, meter } = options;
  armCrash(crashOrder());
  const templates = await loadTemplates();
  const closers: (() => Promise<unknown>)[] = [];
  const close = async () => {
    for (const each of closers.splice(0).reverse())
      await each().catch((error: unknown) => log.error({ error: String(error) }, 'an adapter did not close'));
  };
  try {
    let embedded: Embedded | null = null;
    if (settings.databaseUrl === null) {
      embedded = await openEmbedded({ dataFolder: settings.dataFolder, hold: options.hold, say: options.say, log });
      closers.push(embedded.close);
    }
    const databaseUrl = settings.databaseUrl ?? embedded?.url ?? '';
    const ran = await migrate(databaseUrl);
    if (ran.length > 0) log.info({ migrations: ran }, 'the database was brought up to date');
    if (settings.redisUrl === null) await migrateQueues(databaseUrl);

    const database = openDatabase(databaseUrl, log, 4);
    closers.push(database.close);
    const hot = openDatabase(databaseUrl, log, 8, 'by-index');
    closers.push(hot.close);
    const queues = openQueueBackend({ redisUrl: settings.redisUrl, databaseUrl, log });
    closers.push(queues.close);
    // Workers go on without Redis and take mail in; whoever started them hears why nothing is decided.
    if (settings.redisUrl !== null && log !== silentLog)
      for (const problem of (await queues.check()).filter((one) => one.startsWith('REDIS_URL:')))
        options.say(`${problem}. It is tried again until it answers.`);
    const relay = openRelay({ database: hot, producer: queues.producer(), log, meter });
    closers.push(relay.close);

    const letterBuilder = createLetterBuilder({
      templates,
      support: settings.reading.addresses.support,
      bounces: settings.bounces,
      languages: settings.policy.desk.languages,
      key: settings.keys[0] ?? '',
      dkim: settings.dkim,
    });
    const bytes = openRecentMailBytes();
    const { desk } = settings.policy;
    const batches = openIntakeBatches({
      database: hot,
      staff: peopleOf(desk),
      bytes,
    });
    const worker = randomUUID();
    const senderCheck = senderCheckOf(settings);
    const vault = sealer(settings.keys);
    const tokens = new Map(
      withOAuth(settings.mailboxes).map((mailbox) => [mailbox.name, mailboxTokens({ database, vault }, mailbox)]),
    );
    let parser: Parser | null = null;
    let sender: Sender | null = null;
    const app: App = {
      settings,
      policy: settings.policy,
      databaseUrl,
      database,
      queues,
      relay,
      letterBuilder,
      receive: receiveMail({ database: hot, relay, bytes, meter }),
      log,
      meter,
      worker,
      vault,
      tokensOf: (mailbox) => tokens.get(mailbox),
      parser() {
        if (parser === null) {
          const pool = openParserPool({ threads: options.threads ?? 2, log });
          closers.push(pool.close);
          parser = withHeadersOnly(pool);
        }
        return parser;
      },
      sender() {
        if (sender === null) {
          const lent = settings.smtpMailbox === null ? undefined : tokens.get(settings.smtpMailbox);
          const user = settings.mailboxes.find((mailbox) => mailbox.name === settings.smtpMailbox)?.user ?? '';
          sender = openSender({
            url: settings.smtpUrl ?? 'smtp://127.0.0.1:25',
            name: settings.smtp.name,
            own: settings.smtp.own,
            support: settings.reading.addresses.support,
            maxConnections: settings.smtp.connections,
            pause: settings.smtp.pause,
            log,
            ...(lent ? { signIn: { user, tokens: lent } } : {}),
          });
          closers.push(sender.close);
        }
        return sender;
      },
      intake() {
        bytes.wanted();
        const { reading, policy } = settings;
        const parser = app.parser();
        return {
          database: hot,
          batches,
          relay,
          parser,
          senderCheck,
          reading,
          policy,
          letterBuilder,
          log,
          meter,
          worker,
          vault,
        };
      },
      outbound: () => ({
        database: hot,
        relay,
        sender: app.sender(),
        letterBuilder,
        policy: settings.policy,
        log,
        meter,
        worker,
        vault,
      }),
      close,
    };
    return app;
  } catch (error) {
    await close();
    throw error;
  }
}
