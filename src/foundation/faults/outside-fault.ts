/**
 * What an operator is told when something outside fails: one form for `doctor`, a start, readiness and the log (INTERFACE.md "Since the
 * first version"). It names the variable or key, what was tried, what the other side said, and what to do.
 */
import { smtpFault } from './smtp-fault.ts';

type Service = 'imap' | 'smtp' | 'postgres' | 'redis' | 'listen';

export type TriedService = {
  readonly service: Service;
  /** Variable or key to mend, such as `SMTP_URL` or `mailboxes.support`. */
  readonly name: string;
  readonly host: string;
  readonly port: number;
  /** TLS from the first byte. */
  readonly secure?: boolean;
  readonly user?: string;
  /** Folder of a mailbox, name of a database. */
  readonly inside?: string;
  /** SMTP: the address our letters are from, and the envelope sender that was tried (`''` is the null sender). */
  readonly from?: string;
  readonly sender?: string;
};

type OutsideFault = {
  readonly name: string;
  readonly tried: string;
  readonly said: string;
  readonly todo: string;
};

/** One paragraph, as it stands in a log line or behind `doctor`'s mark. */
export const sayFault = ({ name, tried, said, todo }: OutsideFault): string => `${name}: ${tried}: ${said}. ${todo}`;

const servers: Readonly<Record<Service, string>> = {
  imap: 'the IMAP server',
  smtp: 'the SMTP server',
  postgres: 'PostgreSQL at',
  redis: 'Redis at',
  listen: 'listening on',
};

export type FaultStep = 'connect' | 'sign in' | 'open' | 'hand over';

/** `connecting to the IMAP server mail.desk.example:993`; what was tried behind it can be named instead. */
export function triedOf(tried: TriedService, step: FaultStep = 'connect'): string {
  const at = `${tried.host.includes(':') ? `[${tried.host}]` : tried.host}:${tried.port}`;
  const whole = `${servers[tried.service]} ${at}`;
  if (tried.service === 'listen') return whole;
  if (step === 'sign in') return `signing in to ${whole}`;
  if (step === 'hand over') return `handing a letter to ${whole}`;
  if (step === 'open') return `opening ${tried.inside ?? ''} at ${whole}`;
  return `connecting to ${whole}`;
}

/** Where a connection string of PostgreSQL or Redis leads. */
export function triedUrl(service: 'postgres' | 'redis', name: string, url: string): TriedService {
  const { hostname, port, username, pathname, protocol } = new URL(url);
  return {
    service,
    name,
    host: hostname.replace(/^\[(.*)\]$/, '$1') || 'localhost',
    port: Number(port) || (service === 'postgres' ? 5432 : 6379),
    secure: protocol === 'rediss:',
    user: username,
    inside: pathname.slice(1),
  };
}

type Given = {
  readonly code?: unknown;
  readonly message?: unknown;
  readonly cause?: unknown;
  readonly errors?: unknown;
  /** nodemailer: what the system said, where `code` is its own word; the server's reply, and the command it answers. */
  readonly originalCode?: unknown;
  readonly response?: unknown;
  readonly responseCode?: unknown;
  readonly command?: unknown;
};

const textOf = (value: unknown): string => (typeof value === 'string' ? value : '');

/** The error and what lies under it: libraries wrap what the system said, and an address with two numbers fails with a list. */
function layersOf(error: unknown, depth = 0): Given[] {
  if (depth > 5 || typeof error !== 'object' || error === null) return [];
  const given = error as Given;
  const under = Array.isArray(given.errors) ? given.errors.flatMap((one) => layersOf(one, depth + 1)) : [];
  return [given, ...under, ...layersOf(given.cause, depth + 1)];
}

const plainPorts: Readonly<Record<string, string>> = {
  imap: 'imap:// with port 143 (STARTTLS is used there), or the TLS port 993',
  smtp: 'smtp:// with port 587 (STARTTLS is used there), or the TLS port 465',
  redis: 'redis://, or the TLS port of the server',
  postgres: 'sslmode=disable, or TLS switched on in the server',
};

const certificateFaults: Readonly<Record<string, readonly [said: string, todo: string]>> = {
  CERT_HAS_EXPIRED: ['its certificate has expired', 'Renew the certificate of the server'],
  CERT_NOT_YET_VALID: ['its certificate is not valid yet', 'Look at the clock of both machines'],
  ERR_TLS_CERT_ALTNAME_INVALID: [
    'its certificate is for another name',
    'Write the host by a name that stands in the certificate',
  ],
  DEPTH_ZERO_SELF_SIGNED_CERT: [
    'its certificate is signed by itself, so by no authority known here',
    'Give the server a certificate of a known authority, or name the file of yours in NODE_EXTRA_CA_CERTS',
  ],
  SELF_SIGNED_CERT_IN_CHAIN: [
    'its certificate comes from an authority not known here',
    'Name the file with the certificate of that authority in NODE_EXTRA_CA_CERTS',
  ],
};
const unknownAuthority = [
  'its certificate comes from an authority not known here',
  'Name the file with the certificate of that authority in NODE_EXTRA_CA_CERTS, or let the server send its whole chain',
] as const;

/** What the system or the TLS layer said, in words; null where it is neither. */
function linkFault(code: string, message: string, tried: TriedService): readonly [said: string, todo: string] | null {
  const { name, host, port, service } = tried;
  switch (code) {
    case 'ENOTFOUND':
      return [`there is no host named ${host}`, `Look for a typing error in ${name}`];
    case 'EAI_AGAIN':
    case 'EDNS':
      return /ENOTFOUND/.test(message)
        ? [`there is no host named ${host}`, `Look for a typing error in ${name}`]
        : [`no name server could say where ${host} is`, 'Look at the network and the name servers of this machine'];
    case 'ECONNREFUSED':
      return [
        `nothing listens at ${host}:${port} (connection refused)`,
        service === 'postgres'
          ? `Start PostgreSQL there, mend ${name}, or leave it out to use the PostgreSQL that comes along`
          : service === 'redis'
            ? `Start Redis there, mend ${name}, or leave it out: the queues then live in PostgreSQL`
            : `Start the server there, or mend host and port in ${name}`,
      ];
    case 'ENOENT':
      return [`there is no socket ${host}`, `Start the server there, or mend ${name}`];
    case 'EHOSTUNREACH':
    case 'ENETUNREACH':
    case 'EHOSTDOWN':
      return [`there is no way to ${host} from here`, `Look at the network, a firewall, and the host in ${name}`];
    case 'EADDRINUSE':
      return [
        'another program listens there already',
        `Stop it, or set ${name} to another port, such as ${host}:${port + 1}`,
      ];
    case 'EADDRNOTAVAIL':
      return [
        `this machine has no address ${host}`,
        `Set ${name} to an address of this machine, such as 127.0.0.1:${port}`,
      ];
    case 'EACCES':
      return service === 'listen'
        ? ['this user may not listen there', `Ports below 1024 need a right: set ${name} to a higher port`]
        : ['this machine does not allow it', `Look at the firewall of this machine and at ${name}`];
    default:
  }
  if (code in certificateFaults) return certificateFaults[code] ?? null;
  if (/^UNABLE_TO_|^CERT_/.test(code)) return unknownAuthority;
  if (
    /wrong version number|packet length too long|ERR_SSL_WRONG_VERSION|http request|record layer failure/i.test(message)
  )
    return [
      `it does not speak TLS at port ${port}`,
      `Mend ${name}: ${plainPorts[service] ?? 'the address without TLS'}`,
    ];
  if (/does not support SSL/i.test(message))
    return ['it has no TLS, and TLS was asked for', `Mend ${name}: ${plainPorts.postgres}`];
  if (/alert|handshake|EPROTO|ERR_SSL|ERR_TLS/i.test(`${code} ${message}`))
    return ['the TLS handshake failed', 'Look at the versions of TLS that the server allows, and at its certificate'];
  if (
    code === 'ETIMEDOUT' ||
    code === 'ESOCKETTIMEDOUT' ||
    /time(?:d ?)?out|greeting never|in required time/i.test(message)
  )
    return [
      'no answer in time',
      tried.secure === false && (service === 'imap' || service === 'smtp')
        ? `Look at host and port in ${name}, and at a firewall in between; a port that waits for TLS (${service === 'imap' ? 993 : 465}) wants ${service}s://`
        : service === 'redis' && tried.secure
          ? `A Redis without TLS says nothing to rediss://: write redis:// in ${name}, or look at host and port`
          : `Look at host and port in ${name}, and at a firewall in between`,
    ];
  if (
    /^(?:ECONNRESET|EPIPE|ECONNABORTED|ECONNECTION|NR_CLOSED|NoConnection|EConnectionClosed|ClosedAfterConnect.*)$/.test(
      code,
    ) ||
    /clos|hang up|unexpected.*end|terminated/i.test(message)
  )
    return [
      'it closed the connection',
      tried.secure === false && (service === 'imap' || service === 'smtp')
        ? `Look at the log of the server; a port that waits for TLS (${service === 'imap' ? 993 : 465}) wants ${service}s:// in ${name}`
        : `Look at the log of the server, and at host and port in ${name}`,
    ];
  return null;
}

/** What PostgreSQL (SQLSTATE) and Redis (first word of its answer) say of those who sign in. */
function answerFault(code: string, message: string, tried: TriedService): readonly [said: string, todo: string] | null {
  const { name, service, user = '', inside = '' } = tried;
  if (service === 'postgres') {
    const tooMany = 'Raise max_connections there; Postern needs some thirty for each process';
    const known: Readonly<Record<string, readonly [string, string]>> = {
      '28P01': [`the password of ${user} is wrong`, `Mend user and password in ${name}`],
      '28000': [`it does not let ${user} in from here`, `Look at pg_hba.conf there, and at the user in ${name}`],
      '3D000': [`there is no database "${inside}"`, `Make it (createdb ${inside}), or mend the name in ${name}`],
      '42501': [`${user} lacks a right there`, `Make ${user} the owner of the database`],
      '53300': ['it has no connection left', tooMany],
      '53400': ['it has no connection left', tooMany],
      '57P03': ['it is starting up or shutting down', 'Try again in a moment'],
    };
    if (/password must be a string|no password supplied/i.test(message))
      return [
        'it wants a password, and there is none',
        `Write it into ${name}: postgres://user:password@host/database`,
      ];
    return known[code] ?? null;
  }
  if (service === 'redis') {
    if (/^(?:WRONGPASS|ERR invalid password)/.test(message))
      return ['user or password is wrong', `Mend user and password in ${name}: redis://user:password@host:port`];
    if (/^(?:NOAUTH|ERR AUTH)/.test(message))
      return ['it wants a password', `Write it into ${name}: redis://:password@host:port`];
    if (/^NOPERM/.test(message))
      return [`the user ${user} lacks a right there`, 'Allow it all commands on keys of postern:*'];
    if (/^LOADING/.test(message)) return ['it is reading its data and not ready yet', 'Try again in a moment'];
    if (/^MOVED|^CROSSSLOT/.test(message))
      return ['it is a cluster', 'Postern needs a single Redis, without cluster mode'];
  }
  return null;
}

/**
 * The error of a library as a fault. `hide` takes secrets out of what the other side said. What is in no table is quoted as the other
 * side's words, in one line and without what a library added.
 */
export function outsideFault(
  error: unknown,
  tried: TriedService,
  step: FaultStep = 'connect',
  hide: (text: string) => string = (text) => text,
): OutsideFault {
  const base = { name: tried.name, tried: triedOf(tried, step) };
  for (const layer of layersOf(error)) {
    const message = String(layer.message ?? '');
    const code = String(layer.originalCode ?? layer.code ?? '');
    const ofSmtp =
      tried.service === 'smtp'
        ? smtpFault(
            {
              code: textOf(layer.code),
              message,
              response: hide(textOf(layer.response)),
              responseCode: Number(layer.responseCode) || 0,
              command: textOf(layer.command),
            },
            {
              name: tried.name,
              host: tried.host,
              secure: tried.secure === true,
              user: tried.user ?? '',
              from: tried.from ?? '',
              sender: tried.sender ?? null,
            },
          )
        : null;
    // A reply of the server in no table is quoted; words in it are not those of the system.
    if (tried.service === 'smtp' && ofSmtp === null && textOf(layer.response) !== '') break;
    const found = ofSmtp ?? answerFault(code, message, tried) ?? linkFault(code, message, tried);
    if (found) return { ...base, said: found[0], todo: found[1] };
  }
  const [first] = layersOf(error);
  const words = hide(textOf(first?.response) || String(first?.message ?? error))
    .replace(/\s+/g, ' ')
    .trim()
    .replace(/[.;:\s]+$/, '')
    .slice(0, 300);
  return { ...base, said: `it answered "${words}"`, todo: `Look at ${tried.name} and at the log of the server` };
}

/** A port that cannot be had, for the fault of a start (`settings-unusable`). */
export const listenFault = (error: unknown, name: string, at: { host: string; port: number }): string =>
  sayFault(outsideFault(error, { service: 'listen', name, ...at }));
