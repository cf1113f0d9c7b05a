/**
 * The only reader of the environment. Every fault is found before any is told: all at once, by name (`settings-unusable`).
 * A `.env` file in the folder is read; what stands in the environment goes before it.
 */
import { existsSync, readFileSync } from 'node:fs';
import { dirname, join, resolve } from 'node:path';
import { holidaysOf } from '../calendar/holidays.ts';
import { Failure } from '../foundation/failure.ts';
import type { OAuthClient } from '../imap/oauth.ts';
import type { Policy } from '../intake/policy.ts';
import { normaliseAddress } from '../mail/address/address.ts';
import type { ReadOptions } from '../mail/parsed-mail.ts';
import { dkimFaults } from '../outbound/sign.ts';
import type { AlertPolicy } from '../upkeep/alerts.ts';
import { addressValue } from './address-value.ts';
import { readDnsServers } from './dns-servers.ts';
import { cutValues, type Environment, readEnvFile } from './env-file.ts';
import { type FileFault, parseYaml, sayFileFault, schemaFaults } from './file-faults.ts';
import { unknownVariables } from './known-variables.ts';
import { letterServer, readOAuth } from './mailbox-oauth.ts';
import { type GivenOAuth, type OperatorFile, operatorFileSchema, type Secret } from './operator-file.ts';

type HostPort = { readonly host: string; readonly port: number };

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
  readonly keys: readonly string[];
  readonly logLevel: string;
  readonly reading: ReadOptions;
  /** Whom to ask for the keys of senders; null asks nobody, `system` whom this machine asks. */
  readonly dnsServers: readonly string[] | 'system' | null;
  readonly policy: Policy;
  readonly bounces: string | null;
  /** Who hears of trouble, by letter and by JSON over HTTPS. */
  readonly alerts: { readonly to: readonly string[]; readonly url: string | null; readonly limits: AlertPolicy };
  readonly dkim: { readonly domain: string; readonly selector: string; readonly key: string } | null;
  /** Every address of ours that mail is taken for. */
  readonly ours: readonly string[];
};

/** Where the demo keeps its data, so that it never touches those of a desk. */
const demoFolder = '.postern-demo';

/** In the place of the support address, for commands that do without. */
export const unsetAddress = 'support@localhost.invalid';

export type Need = 'start' | 'work' | 'command';

const logLevels = ['fatal', 'error', 'warn', 'info', 'debug', 'trace', 'silent'];

/** What is left of a file that names a secret, a database password in an address, and the like never goes into a fault. */
class Faults {
  readonly list: string[] = [];
  /** Of these nothing else is said: what follows from a value that is not whole is of no help. */
  readonly cut = new Set<string>();
  add(name: string, says: string): null {
    if (!this.cut.has(name)) this.list.push(`${name}: ${says}`);
    return null;
  }
  addCut(name: string): void {
    this.add(
      name,
      `ends at a # in .env, where the rest is a comment: ${/_URL$/.test(name) ? 'in an address # is written %23' : 'put the value into quotes'}`,
    );
    this.cut.add(name);
  }
}

function readUrl(faults: Faults, name: string, value: string | undefined, schemes: readonly string[]): URL | null {
  if (!value) return null;
  const url = addressValue(value, schemes);
  return typeof url === 'string' ? faults.add(name, url) : url;
}

function readHostPort(faults: Faults, name: string, value: string | undefined): HostPort | null {
  if (!value) return null;
  const found = /^(?:\[([0-9a-fA-F:.]+)\]|([^:\s]+)):(\d{1,5})$/.exec(value);
  const port = Number(found?.[3]);
  if (!found || port > 65_535) return faults.add(name, `"${value}" is not host:port, such as 127.0.0.1:2424`);
  return { host: found[1] ?? found[2] ?? '', port };
}

function readAddress(faults: Faults, name: string, value: string | undefined): string | null {
  if (!value) return null;
  return normaliseAddress(value) ?? faults.add(name, `"${value}" is not an e-mail address`);
}

function readSecret(faults: Faults, name: string, secret: Secret, env: Environment, base: string): string {
  if (typeof secret === 'string') return secret;
  if ('env' in secret) return env[secret.env] ?? faults.add(name, `the variable ${secret.env} is not set`) ?? '';
  try {
    return readFileSync(resolve(base, secret.file), 'utf8').trimEnd();
  } catch {
    return faults.add(name, `the file ${secret.file} cannot be read`) ?? '';
  }
}

function readOperatorFile(faults: Faults, env: Environment, folder: string): { file: OperatorFile; base: string } {
  const named = env.POSTERN_CONFIG;
  const path = resolve(folder, named || 'postern.yaml');
  const empty = { file: operatorFileSchema.parse({}), base: dirname(path) };
  if (!existsSync(path)) {
    if (named) faults.add('POSTERN_CONFIG', `the file ${named} is not there`);
    return empty;
  }
  const yaml = parseYaml(readFileSync(path, 'utf8'));
  const tell = (fault: FileFault) =>
    faults.add(
      `${path}${fault.line === null ? '' : `:${fault.line}`}`,
      `${sayFileFault(fault)}${fault.allowed ? ` (allowed: ${fault.allowed})` : ''}`,
    );
  if (yaml.faults.length > 0) {
    for (const fault of yaml.faults) tell(fault);
    return empty;
  }
  const given: unknown = yaml.document.toJS() ?? {};
  const parsed = operatorFileSchema.safeParse(given);
  if (parsed.success) return { file: parsed.data, base: dirname(path) };
  for (const fault of schemaFaults(operatorFileSchema, parsed.error, yaml)) tell(fault);
  // What else is right in it is looked at all the same: one start names every fault.
  const mailboxes = operatorFileSchema.shape.mailboxes.safeParse((given as { mailboxes?: unknown }).mailboxes);
  return mailboxes.success ? { ...empty, file: { ...empty.file, mailboxes: mailboxes.data } } : empty;
}

function readMailbox(
  faults: Faults,
  name: string,
  given: OperatorFile['mailboxes'][number],
  password: string | null,
  readTokens: (given: GivenOAuth, user: string) => OAuthClient | null,
): MailboxSettings | null {
  const url = readUrl(faults, name, given.imap, ['imap:', 'imaps:']);
  if (!url) return null;
  const secure = url.protocol === 'imaps:';
  const user = decodeURIComponent(url.username);
  const secret = password ?? decodeURIComponent(url.password);
  if (!user) faults.add(name, 'the address names no user, such as imaps://support@mail.desk.example');
  if (!secret && !given.oauth) faults.add(name, 'there is no password: give `password: { env: NAME }`, or `oauth`');
  if (secret && given.oauth) faults.add(name, 'there is a password and `oauth`; only one of them signs in');
  const since = given.since === null ? null : new Date(given.since);
  return {
    name: given.name,
    setting: name,
    host: url.hostname,
    port: Number(url.port) || (secure ? 993 : 143),
    secure,
    user,
    password: secret,
    oauth: given.oauth ? readTokens(given.oauth, user) : null,
    folder: given.folder,
    processed: given.processed,
    since,
  };
}

/** What an alert says is for nobody else; on this machine itself it may go in clear. */
function isPostAddress(value: string): boolean {
  const url = URL.parse(value);
  if (url?.protocol === 'https:') return true;
  return url?.protocol === 'http:' && ['127.0.0.1', 'localhost', '[::1]'].includes(url.hostname);
}

/** The address that an account signs in with; null where its name is none. */
function accountOf(url: string | null, lent: string | undefined): string | null {
  const user = URL.parse(url ?? '')?.username || encodeURIComponent(lent ?? '');
  try {
    return normaliseAddress(decodeURIComponent(user));
  } catch {
    return null;
  }
}

/** Names of variables that postern.yaml asks for itself, as `password: { env: NAME }`. */
function variablesOf(value: unknown): string[] {
  if (typeof value !== 'object' || value === null) return [];
  return Object.entries(value).flatMap(([key, inner]) =>
    key === 'env' && typeof inner === 'string' ? [inner] : variablesOf(inner),
  );
}

/** In `.env` everything is meant for us, so a name like one of ours is a fault; in the environment it is a warning. */
function lookForTypingErrors(faults: Faults, dotenv: Environment, outer: Environment, file: OperatorFile): string[] {
  const named = new Set(variablesOf(file));
  const says = (meant: string | null) => `is no variable of Postern${meant ? `; did you mean "${meant}"?` : ''}`;
  for (const { name, meant } of unknownVariables(Object.keys(dotenv).sort(), named))
    faults.add(name, `${says(meant)} (.env)`);
  return unknownVariables(
    Object.keys(outer).filter((name) => !(name in dotenv)),
    named,
  ).map(({ name, meant }) => `${name}: has no effect, since it ${says(meant)}`);
}

/**
 * The settings of a demo in this folder, for a command that is about it: one that names the demo's data, or where nothing else is set up.
 * `demo-now.env` is there while it runs and names its ports.
 */
function demoBeside(need: Need, folder: string, own: Environment): { dataFolder: string; env: Environment } | null {
  if (need !== 'command' || own.DATABASE_URL) return null;
  const usual = resolve(folder, '.postern');
  const nothingElse = !own.POSTERN_DATA && !own.SUPPORT_ADDRESS && !existsSync(usual);
  const dataFolder = resolve(folder, own.POSTERN_DATA || (nothingElse ? demoFolder : usual));
  if (!existsSync(join(dataFolder, 'demo.env'))) return null;
  const env = { ...readEnvFile(join(dataFolder, 'demo.env')), ...readEnvFile(join(dataFolder, 'demo-now.env')) };
  return { dataFolder, env: { ...env, POSTERN_DATA: dataFolder } };
}

/** @throws Failure `settings-unusable`, whose message has one fault a line. `need` says what cannot do without. */
export function readSettings(
  need: Need,
  given: { env?: Environment; folder?: string; isDemo?: boolean } = {},
): Settings {
  const folder = given.folder ?? process.cwd();
  const outer = given.env ?? process.env;
  const dotenv = resolve(folder, '.env');
  const own: Environment = { ...readEnvFile(dotenv), ...outer };
  const demo = demoBeside(need, folder, own);
  const env: Environment = { ...demo?.env, ...own };
  const faults = new Faults();
  for (const name of cutValues(dotenv)) if (!(name in outer)) faults.addCut(name);
  const { file, base } = readOperatorFile(faults, env, folder);
  const warnings = lookForTypingErrors(faults, readEnvFile(dotenv), outer, file);

  const dataFolder = resolve(folder, env.POSTERN_DATA || '.postern');
  if (need !== 'command' && !given.isDemo && !env.DATABASE_URL && existsSync(join(dataFolder, 'demo.env')))
    faults.add(
      'POSTERN_DATA',
      `${dataFolder} holds the data of a demo, whose customers are made up; set POSTERN_DATA to another folder, or delete this one`,
    );
  const databaseUrl = readUrl(faults, 'DATABASE_URL', env.DATABASE_URL, ['postgres:', 'postgresql:']);
  const redisUrl = readUrl(faults, 'REDIS_URL', env.REDIS_URL, ['redis:', 'rediss:']);
  const smtpUrl = readUrl(faults, 'SMTP_URL', env.SMTP_URL, ['smtp:', 'smtps:']);
  const publicUrl = readUrl(faults, 'PUBLIC_URL', env.PUBLIC_URL, ['http:', 'https:']);
  const httpListen = readHostPort(faults, 'HTTP_LISTEN', env.HTTP_LISTEN) ?? { host: '127.0.0.1', port: 8080 };

  const support = readAddress(faults, 'SUPPORT_ADDRESS', env.SUPPORT_ADDRESS) ?? file.addresses.support ?? null;
  const addresses = {
    support: support ?? unsetAddress,
    access: readAddress(faults, 'ACCESS_ADDRESS', env.ACCESS_ADDRESS) ?? file.addresses.access,
    renewals: readAddress(faults, 'RENEWALS_ADDRESS', env.RENEWALS_ADDRESS) ?? file.addresses.renewals,
    security: readAddress(faults, 'SECURITY_ADDRESS', env.SECURITY_ADDRESS) ?? file.addresses.security,
    care: readAddress(faults, 'CARE_ADDRESS', env.CARE_ADDRESS) ?? file.addresses.care,
    licensing: readAddress(faults, 'LICENSING_ADDRESS', env.LICENSING_ADDRESS) ?? file.addresses.licensing,
    bounces: file.addresses.bounces,
  };
  const keys = (env.SECRET_KEY ?? '')
    .split(',')
    .map((key) => key.trim())
    .filter(Boolean);
  if (keys.some((key) => Buffer.byteLength(key) < 32))
    faults.add('SECRET_KEY', 'every key has to be 32 bytes or more; make one with: openssl rand -hex 32');
  if (need !== 'command') {
    if (support === null && !faults.list.some((fault) => fault.startsWith('SUPPORT_ADDRESS')))
      faults.add('SUPPORT_ADDRESS', 'is needed: the address customers write to');
    if (keys.length === 0) faults.add('SECRET_KEY', 'is needed: 32 bytes or more; make one with: openssl rand -hex 32');
  }
  const senderAuth = env.SENDER_AUTH || 'sensitive';
  if (senderAuth !== 'sensitive' && senderAuth !== 'off' && senderAuth !== 'all')
    faults.add('SENDER_AUTH', `"${senderAuth}" is none of sensitive, off, all`);
  const dnsServers = readDnsServers(faults, env.DNS_SERVERS);
  const logLevel = env.LOG_LEVEL || 'info';
  if (!logLevels.includes(logLevel)) faults.add('LOG_LEVEL', `"${logLevel}" is none of ${logLevels.join(', ')}`);

  const mailboxes = file.mailboxes.map((mailbox) => {
    const name = `mailboxes.${mailbox.name}`;
    const password =
      mailbox.password === undefined ? null : readSecret(faults, `${name}.password`, mailbox.password, env, base);
    return readMailbox(faults, name, mailbox, password, (oauth, user) =>
      readOAuth(
        oauth,
        user,
        (key, secret) => readSecret(faults, `${name}.oauth.${key}`, secret, env, base),
        (says) => faults.add(`${name}.oauth`, says),
      ),
    );
  });
  if (env.IMAP_URL) {
    const url = readUrl(faults, 'IMAP_URL', env.IMAP_URL, ['imap:', 'imaps:']);
    const inbox = decodeURIComponent(url?.pathname.slice(1) ?? '') || 'INBOX';
    if (url)
      mailboxes.push(
        readMailbox(
          faults,
          'IMAP_URL',
          { name: 'inbox', imap: env.IMAP_URL, folder: inbox, processed: null, since: null },
          null,
          () => null,
        ),
      );
  }
  const names = new Set<string>();
  for (const mailbox of mailboxes) {
    if (mailbox && names.has(mailbox.name)) faults.add(`mailboxes.${mailbox.name}`, 'this name is given twice');
    if (mailbox) names.add(mailbox.name);
  }
  const letters = letterServer(file, mailboxes, smtpUrl ? (env.SMTP_URL ?? null) : null, (name, says) =>
    faults.add(name, says),
  );
  const dkim = file.dkim
    ? {
        domain: file.dkim.domain,
        selector: file.dkim.selector,
        key: readSecret(faults, 'dkim.key', file.dkim.key, env, base),
      }
    : null;
  const alertUrl = file.alertUrl === undefined ? null : readSecret(faults, 'alertUrl', file.alertUrl, env, base);
  if (alertUrl && !isPostAddress(alertUrl)) faults.add('alertUrl', 'is no address that begins with https://');
  // An empty key was told of already.
  if (dkim?.key) for (const { name, says } of dkimFaults(dkim)) faults.add(`dkim.${name}`, says);
  const lmtpListen = readHostPort(faults, 'LMTP_LISTEN', env.LMTP_LISTEN);
  const metricsListen = readHostPort(faults, 'METRICS_LISTEN', env.METRICS_LISTEN);
  const smtpListen = readHostPort(faults, 'SMTP_LISTEN', env.SMTP_LISTEN);
  if (env.API_TOKEN !== undefined && env.API_TOKEN !== '' && env.API_TOKEN.length < 16)
    faults.add('API_TOKEN', 'has to have 16 characters or more');

  if (faults.list.length > 0) throw new Failure('settings-unusable', faults.list.join('\n'));

  const renewalTeam = file.staff
    .filter((person) => person.roles.includes('renewal representative'))
    .map((person) => person.email);
  const others = file.staff
    .filter((person) => person.roles.some((role) => role !== 'renewal representative'))
    .map((person) => person.email);
  const withRole = (role: (typeof file.staff)[number]['roles'][number]) =>
    file.staff.filter((person) => person.roles.includes(role)).map((person) => person.email);
  const withRoleOrOthers = (role: Parameters<typeof withRole>[0]) => {
    const people = withRole(role);
    return people.length > 0 ? people : others;
  };
  const where = (publicUrl?.href ?? `http://${httpListen.host}:${httpListen.port}`).replace(/\/$/, '');
  const ours = Object.values(addresses).filter((address) => address !== null);
  return {
    databaseUrl: databaseUrl ? (env.DATABASE_URL ?? null) : null,
    redisUrl: redisUrl ? (env.REDIS_URL ?? null) : null,
    dataFolder,
    demo: demo !== null || given.isDemo === true,
    warnings,
    mailboxes: mailboxes.filter((mailbox) => mailbox !== null),
    smtpUrl: letters.url,
    smtpMailbox: letters.mailbox,
    smtp: {
      name: smtpUrl ? 'SMTP_URL' : letters.url === file.smtp.url ? 'smtp.url' : 'smtp.mailbox',
      connections: file.smtp.connections,
      pause: Math.round(file.smtp.pause * 1000),
      own:
        accountOf(letters.url, mailboxes.find((mailbox) => mailbox?.name === letters.mailbox)?.user) ??
        addresses.support,
    },
    lmtpListen,
    smtpListen,
    httpListen,
    metricsListen,
    publicUrl: where,
    apiToken: env.API_TOKEN || null,
    keys,
    logLevel,
    reading: { addresses, lists: file.lists, authservId: env.AUTHSERV_ID || null, keys, spam: file.spam.header },
    dnsServers,
    policy: {
      ...file.policy,
      publicHolidays: holidaysOf,
      desk: {
        addresses,
        languages: file.languages,
        phones: file.phones,
        staff: others,
        renewalTeam: renewalTeam.length > 0 ? renewalTeam : addresses.renewals ? [addresses.renewals] : others,
        security: withRoleOrOthers('security'),
        care: withRoleOrOthers('client care'),
        licensing: withRoleOrOthers('licensing'),
        senderAuth: senderAuth as Policy['desk']['senderAuth'],
        publicUrl: where,
      },
    },
    bounces: addresses.bounces,
    alerts: { to: file.alerts, url: alertUrl, limits: file.policy.alerts },
    dkim,
    ours,
  };
}

/** Whether a command in this folder is about a demo; faults of its settings are told by `readSettings`. */
export const isDemo = (folder = process.cwd()): boolean =>
  demoBeside('command', folder, { ...readEnvFile(resolve(folder, '.env')), ...process.env }) !== null;

/** Of the settings what may be missing and keep no mail from its way. */
export const setUpOf = ({ policy, reading, dnsServers, warnings, alerts }: Settings) => ({
  desk: policy.desk,
  authservId: reading.authservId,
  dnsServers,
  warnings,
  alerts,
});

/** The file that a command without a name of one is about. */
export function configFile(folder = process.cwd()): string {
  const env: Environment = { ...readEnvFile(resolve(folder, '.env')), ...process.env };
  return resolve(folder, env.POSTERN_CONFIG || 'postern.yaml');
}

/** For tests of faults: where this process is to kill itself (RELIABILITY "Faults"), null in every other life. */
export const crashOrder = (): string | null => process.env.POSTERN_CRASH || null;

/** Whether whoever started us wants the place in the code of what went wrong. */
export const wantsDetails = (): boolean => ['debug', 'trace'].includes(process.env.LOG_LEVEL ?? '');

/** The demo brings settings of its own; only where its data lie and how much it says are the caller's. */
export const demoSurroundings = (): { readonly dataFolder: string; readonly logLevel: string } => ({
  dataFolder: resolve(process.env.POSTERN_DATA || demoFolder),
  logLevel: process.env.LOG_LEVEL || 'warn',
});
