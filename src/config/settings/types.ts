/** What Postern is told before it starts. */
import type { OAuthClient } from '../../imap/oauth.ts';
import type { Policy } from '../../intake/policy.ts';
import type { ReadOptions } from '../../mail/parsed-mail.ts';
import type { ProviderSettings } from '../../sign-in/provider.ts';
import type { Roster } from '../../staff/roster.ts';
import type { TraceSettings } from '../../traces/open-traces.ts';
import type { AlertPolicy } from '../../upkeep/alerts.ts';
import type { RetentionPolicy } from '../../upkeep/retention.ts';

export type HostPort = { readonly host: string; readonly port: number };

export type MailboxSettings = {
  readonly name: string;
  /** Variable or key that it comes from, for whoever has to mend it. */
  readonly setting: string;
  readonly host: string;
  readonly port: number;
  readonly secure: boolean;
  readonly user: string;
  /** Empty where `oauth` says how tokens are got instead. */
  readonly password: string;
  readonly oauth: OAuthClient | null;
  readonly folder: string;
  readonly processed: string | null;
  readonly since: Date | null;
};

export type Settings = {
  /** Null: the embedded PostgreSQL in `dataFolder`. */
  readonly databaseUrl: string | null;
  readonly redisUrl: string | null;
  readonly dataFolder: string;
  /** These are the settings of the demo. */
  readonly demo: boolean;
  /** What has no effect and looks as if it were meant to have one. */
  readonly warnings: readonly string[];
  readonly mailboxes: readonly MailboxSettings[];
  readonly smtpUrl: string | null;
  /** Name of the mailbox whose tokens sign in to `smtpUrl`; null: user and password stand in the address. */
  readonly smtpMailbox: string | null;
  readonly smtp: {
    /** The variable or key that `smtpUrl` is from. */
    readonly name: string;
    readonly connections: number;
    /** Milliseconds from one letter to the next. */
    readonly pause: number;
    /** The account's own address: envelope sender where the server refuses another. */
    readonly own: string;
  };
  readonly lmtpListen: HostPort | null;
  readonly smtpListen: HostPort | null;
  readonly httpListen: HostPort;
  /** Where a worker without a web server serves its own counters; null: nowhere. */
  readonly metricsListen: HostPort | null;
  readonly publicUrl: string;
  readonly apiToken: string | null;
  /** Addresses and networks of proxies before us, which are believed about where a request comes from. */
  readonly trustedProxies: readonly string[];
  /** The login of the organisation, for our people; null: there is none. */
  readonly loginProvider: ProviderSettings | null;
  readonly keys: readonly string[];
  readonly logLevel: string;
  readonly reading: ReadOptions;
  /** Whom to ask for the keys of senders; null asks nobody, `system` whom this machine asks. */
  readonly dnsServers: readonly string[] | 'system' | null;
  readonly policy: Policy;
  /** Those of our people who are in `policy.desk`; filled from the database by whoever opens that. */
  readonly roster: Roster;
  readonly bounces: string | null;
  /** Who hears of trouble, by letter and by JSON over HTTPS. */
  readonly alerts: { readonly to: readonly string[]; readonly url: string | null; readonly limits: AlertPolicy };
  readonly retention: RetentionPolicy;
  /** Where traces go; null: nowhere. */
  readonly traces: TraceSettings | null;
  readonly dkim: { readonly domain: string; readonly selector: string; readonly key: string } | null;
  /** Every address of ours that mail is taken for. */
  readonly ours: readonly string[];
};

export type Need = 'start' | 'work' | 'command';
