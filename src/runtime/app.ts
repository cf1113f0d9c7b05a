/** Opens every adapter in order and closes them in the other: whatever talks to the database goes before the database. */
import { randomUUID } from 'node:crypto';
import type { AnyAct } from '../acts/act.ts';
import { acts as everyAct } from '../acts/list.ts';
import { crashOrder, type Settings } from '../config/settings.ts';
import { openResolver } from '../dns/resolver.ts';
import { openVerifier, type SenderCheck } from '../dns/verify.ts';
import { openIntakeBatches } from '../flows/intake/intake-batches.ts';
import { mailAttachment } from '../flows/intake/mail-attachment.ts';
import type { IntakeDeps, Parser } from '../flows/intake/process-intake.ts';
import { type ReceiveMail, receiveMail } from '../flows/intake/receive-mail.ts';
import { openRecentMailBytes } from '../flows/intake/recent-mail-bytes.ts';
import type { LetterBuilder } from '../flows/letters/letter-builder.ts';
import type { OutboundDeps } from '../flows/letters/send-letter.ts';
import { withOAuth } from '../flows/mailboxes/keep-tokens.ts';
import { type MailboxTokens, mailboxTokens } from '../flows/mailboxes/mailbox-tokens.ts';
import { type LetterValues, openLetterValues } from '../flows/templates/letter-values.ts';
import { keepTemplates, type TemplatesInUse } from '../flows/templates/templates-in-use.ts';
import type { Relay } from '../flows/upkeep/relay-outbox.ts';
import type { Log } from '../foundation/log.ts';
import type { Meter } from '../foundation/meter.ts';
import type { Policy } from '../intake/policy.ts';
import { peopleOf } from '../intake/policy.ts';
import type { QueueBackend } from '../queues/types.ts';
import { openSender, type Sender } from '../smtp/send.ts';
import type { Database } from '../store/database.ts';
import { type Sealer, sealer } from '../vault/seal.ts';
import { type ConnectOptions, openConnections } from './connections.ts';
import { armCrash } from './crash.ts';
import { createLetterBuilder } from './letter-builder.ts';
import { cutInThread } from './parser/ask-mail.ts';
import { headersOnly, openParserPool, type ParserPool } from './parser/parser-pool.ts';
import { keepRoster } from './roster.ts';
import { loadTemplates } from './templates.ts';

export type App = {
  readonly settings: Settings;
  readonly policy: Policy;
  /** What can be asked for. */
  readonly acts: readonly AnyAct[];
  readonly databaseUrl: string;
  readonly database: Database;
  /** For the few statements that every mail and letter costs: by the indexes, whatever the server believes of the tables. */
  readonly hot: Database;
  readonly queues: QueueBackend;
  readonly relay: Relay;
  readonly letterBuilder: LetterBuilder;
  /** Of letters; else they are looked at every four seconds. */
  readonly templates: TemplatesInUse;
  readonly letterValues: LetterValues;
  readonly receive: ReceiveMail;
  readonly log: Log;
  readonly meter: Meter;
  /** Names this process in claims and leases. */
  readonly worker: string;
  /** Seals secrets at rest; fails with `settings-unusable` when used without SECRET_KEY. */
  readonly vault: Sealer;
  /** An attachment of a stored mail, by its place there. */
  readonly attachment: (mail: string, place: number) => Promise<Uint8Array | null>;
  /** Our people as the database has them now; else they are looked at every twenty seconds. */
  refreshStaff(): Promise<void>;
  /** Undefined where the mailbox signs in with a password. */
  tokensOf(mailbox: string): MailboxTokens | undefined;
  /** Threads for reading, opened when first asked for. */
  parser(): Parser;
  sender(): Sender;
  intake(): IntakeDeps;
  outbound(): OutboundDeps;
  close(): Promise<void>;
};

type AppOptions = ConnectOptions & {
  readonly threads?: number;
  readonly acts?: readonly AnyAct[];
  /** It is no command that comes and goes. */
  readonly stays?: boolean;
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

/** Signs in with the tokens of a mailbox where the settings say so. */
function openLetterSender(settings: Settings, tokens: ReadonlyMap<string, MailboxTokens>, log: Log): Sender {
  const lent = settings.smtpMailbox === null ? undefined : tokens.get(settings.smtpMailbox);
  const user = settings.mailboxes.find((mailbox) => mailbox.name === settings.smtpMailbox)?.user ?? '';
  return openSender({
    url: settings.smtpUrl ?? 'smtp://127.0.0.1:25',
    name: settings.smtp.name,
    own: settings.smtp.own,
    support: settings.reading.addresses.support,
    maxConnections: settings.smtp.connections,
    pause: settings.smtp.pause,
    log,
    ...(lent ? { signIn: { user, tokens: lent } } : {}),
  });
}

/** Brings the database up to date first. Throws Failure `settings-unusable`, `database-held`, `database-away`. */
export async function openApp(options: AppOptions): Promise<App> {
  const { settings, log, meter, acts = everyAct } = options;
  armCrash(crashOrder());
  const shipped = await loadTemplates(undefined, { whole: options.stays ?? false });
  const closers: (() => Promise<unknown>)[] = [];
  const close = async () => {
    for (const each of closers.splice(0).reverse())
      await each().catch((error: unknown) => log.error({ error: String(error) }, 'an adapter did not close'));
  };
  try {
    // Some 40 MB, and only where somebody looks at traces.
    const traces = settings.traces
      ? (await import('../traces/open-traces.ts')).openTraces(settings.traces, settings.keys[0] ?? '')
      : undefined;
    if (traces) closers.push(traces.close);
    const connections = await openConnections({ ...options, traces }, (closer) => closers.push(closer));
    const { databaseUrl, database, hot, queues, relay } = connections;
    const onClose = (closer: () => Promise<void>) => void closers.push(closer);
    const templates = await keepTemplates({ database, shipped, log }, onClose);
    const letterValues = openLetterValues({ database, log }, onClose);
    const letterBuilder = createLetterBuilder({
      templates: templates.now,
      note: letterValues.note,
      support: settings.reading.addresses.support,
      bounces: settings.bounces,
      languages: settings.policy.desk.languages,
      key: settings.keys[0] ?? '',
      dkim: settings.dkim,
    });
    const refreshStaff = await keepRoster({ database, roster: settings.roster, log }, onClose);
    const bytes = openRecentMailBytes();
    const batches = openIntakeBatches({ database: hot, staff: () => peopleOf(settings.policy.desk), bytes });
    const worker = randomUUID();
    const senderCheck = senderCheckOf(settings);
    const vault = sealer(settings.keys);
    const tokens = new Map(
      withOAuth(settings.mailboxes).map((mailbox) => [mailbox.name, mailboxTokens({ database, vault }, mailbox)]),
    );
    const { policy } = settings;
    const cut = { database, vault, cut: cutInThread };
    const attachment = async (mail: string, place: number) => (await mailAttachment(cut, mail, place))?.content ?? null;
    const shared = {
      ...{ database: hot, relay, letterBuilder, policy, acts, log, meter, worker, vault, attachment },
      ...(traces && { traces }),
    };
    let parser: Parser | null = null;
    let sender: Sender | null = null;
    const app: App = {
      settings,
      policy,
      acts,
      databaseUrl,
      database,
      hot,
      queues,
      relay,
      letterBuilder,
      templates,
      letterValues,
      receive: receiveMail({ database: hot, relay, bytes, meter, ...(traces && { traces }) }),
      log,
      meter,
      worker,
      vault,
      attachment,
      refreshStaff,
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
          sender = openLetterSender(settings, tokens, log);
          closers.push(sender.close);
        }
        return sender;
      },
      intake() {
        bytes.wanted();
        return { ...shared, batches, parser: app.parser(), senderCheck, reading: settings.reading };
      },
      outbound: () => ({ ...shared, sender: app.sender() }),
      close,
    };
    return app;
  } catch (error) {
    await close();
    throw error;
  }
}
