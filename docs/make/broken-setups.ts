/** Every way in which a set-up is broken for the page, with the command that shows it. */
import type { Servers } from './servers.ts';

export type SetUp = {
  readonly args: readonly string[];
  /** In the place of, or beside, the variables of a sound set-up. */
  readonly env?: Record<string, string>;
  /** Lines of `.env` that are not variables of ours. */
  readonly dotenv?: Record<string, string>;
  readonly yaml?: string;
  readonly files?: Record<string, string>;
  /** The command is ended once it has said this. */
  readonly until?: RegExp;
};
export type Break = {
  readonly section: string;
  readonly title: string;
  /** Of `doctor` only the checks whose first line holds this are shown. */
  readonly about: RegExp;
  /** Must stand in what is said. */
  readonly names: RegExp;
  setUp(servers: Servers, folder: string): Promise<SetUp> | SetUp;
  mend?(servers: Servers): void | Promise<void>;
};

const doctor = ['doctor'] as const;
const imapGreeting = '* OK ready\r\n';
const smtpGreeting = '220 mail.desk.example ESMTP\r\n';

const database = (title: string, url: (servers: Servers) => string, args: readonly string[] = doctor): Break => ({
  section: 'The database',
  title,
  about: /database/,
  names: /DATABASE_URL: .*\. /s,
  setUp: (servers) => ({ args, env: { DATABASE_URL: url(servers) } }),
});
const changed = (url: string, change: (url: URL) => void): string => {
  const parsed = new URL(url);
  change(parsed);
  return parsed.href;
};

const redis = (title: string, url: (servers: Servers) => string): Break => ({
  section: 'Redis',
  title,
  about: /queues/,
  names: /REDIS_URL: |Redis may|Redis forgets/,
  setUp: (servers) => ({ args: doctor, env: { REDIS_URL: url(servers) } }),
});

const mailbox = (title: string, url: (servers: Servers) => string | Promise<string>): Break => ({
  section: 'The mailbox',
  title,
  about: /mailbox|settings/,
  names: /IMAP_URL: /,
  setUp: async (servers) => ({ args: doctor, env: { IMAP_URL: await url(servers) } }),
});

const letters = (title: string, url: (servers: Servers) => string | Promise<string>): Break => ({
  section: 'Outgoing mail',
  title,
  about: /outgoing/,
  names: /SMTP_URL/,
  setUp: async (servers) => ({ args: doctor, env: { SMTP_URL: await url(servers) } }),
});

const settings = (title: string, names: RegExp, given: SetUp, about = /settings|to look at/): Break => ({
  section: 'Settings',
  title,
  about,
  names,
  setUp: () => given,
});

export const breaks: readonly Break[] = [
  database('PostgreSQL is not there', () => 'postgres://postern:secret@127.0.0.1:1/postern'),
  database('PostgreSQL is not there, and Postern is started', () => 'postgres://postern:secret@127.0.0.1:1/postern', [
    'start',
  ]),
  database('The host of the database is unknown', () => 'postgres://postern:secret@db.desk.invalid/postern'),
  database('The password of the database is wrong', ({ databaseUrl }) =>
    changed(databaseUrl, (url) => (url.password = 'wrong')),
  ),
  database('The database does not exist', ({ databaseUrl }) =>
    changed(databaseUrl, (url) => (url.pathname = '/tickets')),
  ),
  redis('Redis is not there', () => 'redis://127.0.0.1:1'),
  redis('Redis wants a password', ({ redis: { port } }) => `redis://127.0.0.1:${port}`),
  redis('The password of Redis is wrong', ({ redis: { port } }) => `redis://:wrong@127.0.0.1:${port}`),
  redis('TLS is asked of a Redis that speaks none', ({ redis: { port } }) => `rediss://:right@127.0.0.1:${port}`),
  {
    section: 'Redis',
    title: 'Redis is not there, and Postern is started',
    about: /./,
    names: /REDIS_URL: /,
    setUp: () => ({ args: ['start'], env: { REDIS_URL: 'redis://127.0.0.1:1' }, until: /tried again/ }),
  },
  mailbox('The host of the mailbox is unknown', () => 'imaps://support:secret@mail.desk.invalid/INBOX'),
  mailbox('Nothing listens there', () => 'imap://support:secret@127.0.0.1:1/INBOX'),
  mailbox('The password is wrong', ({ dovecot, user }) =>
    changed(dovecot.url(user), (url) => (url.password = 'wrong')),
  ),
  mailbox('The folder is not there', ({ dovecot, user }) =>
    changed(dovecot.url(user), (url) => (url.pathname = '/Suport')),
  ),
  mailbox('A # stands in the password', () => 'imaps://support:pass#word@mail.desk.example/INBOX'),
  mailbox('TLS is asked of a port without it', ({ dovecot, user }) => dovecot.url(user).replace('imap:', 'imaps:')),
  mailbox('The server says nothing', async ({ plain }) => `imap://support:secret@127.0.0.1:${await plain('', '143')}`),
  mailbox(
    'The certificate has expired',
    async (servers) => `imaps://support:secret@localhost:${await servers.tls('expired', imapGreeting, '993')}`,
  ),
  mailbox(
    'The certificate is for another name',
    async (servers) => `imaps://support:secret@localhost:${await servers.tls('other-name', imapGreeting, '993')}`,
  ),
  mailbox(
    'The certificate comes from an unknown authority',
    async (servers) => `imaps://support:secret@localhost:${await servers.tls('good', imapGreeting, '993')}`,
  ),
  mailbox(
    'The certificate is signed by itself',
    async (servers) => `imaps://support:secret@localhost:${await servers.tls('self-signed', imapGreeting, '993')}`,
  ),
  letters('The host of the server is unknown', () => 'smtps://support:secret@mail.desk.invalid'),
  letters('Nothing listens there', () => 'smtp://support:secret@127.0.0.1:1'),
  letters('The password is wrong', ({ locked: { port } }) => `smtp://support:wrong@127.0.0.1:${port}`),
  letters(
    'User and password are given, and the server offers no sign-in',
    ({ sink: { port } }) => `smtp://support:secret@127.0.0.1:${port}`,
  ),
  letters('TLS is asked of a port without it', ({ sink: { port } }) => `smtps://127.0.0.1:${port}`),
  letters(
    'The certificate has expired',
    async (servers) => `smtps://localhost:${await servers.tls('expired', smtpGreeting, '465')}`,
  ),
  letters(
    'The certificate comes from an unknown authority',
    async (servers) => `smtps://localhost:${await servers.tls('good', smtpGreeting, '465')}`,
  ),
  {
    ...letters('The server refuses the null sender', ({ sink: { port } }) => `smtp://127.0.0.1:${port}`),
    names: /null sender/,
    setUp: ({ sink }) => {
      sink.fail('MAIL', '550 5.7.60 SMTP; Client does not have permissions to send as this sender', {
        sender: (address) => address === '',
      });
      return { args: doctor, env: { SMTP_URL: `smtp://127.0.0.1:${sink.port}` } };
    },
    mend: ({ sink }) => sink.heal(),
  },
  {
    section: 'Ports',
    title: 'Another program listens where the console should',
    about: /./,
    names: /HTTP_LISTEN: /,
    setUp: async ({ plain }) => ({ args: ['start'], env: { HTTP_LISTEN: `127.0.0.1:${await plain('', '8080')}` } }),
  },
  {
    section: 'Ports',
    title: 'An address that this machine does not have',
    about: /./,
    names: /LMTP_LISTEN: /,
    setUp: () => ({ args: ['start'], env: { LMTP_LISTEN: '192.0.2.7:2424' } }),
  },
  {
    ...letters('The server lets the account send as itself only', ({ sink: { port } }) => `smtp://127.0.0.1:${port}`),
    setUp: ({ sink }) => {
      sink.fail('MAIL', '550 5.7.60 SMTP; Client does not have permissions to send as this sender');
      return { args: doctor, env: { SMTP_URL: `smtp://127.0.0.1:${sink.port}` } };
    },
    mend: ({ sink }) => sink.heal(),
  },
  settings('A variable is misspelt', /SUPPORT_ADDRESS/, {
    args: doctor,
    dotenv: { SUPORT_ADDRESS: 'support@desk.example' },
  }),
  settings('A key, a country, a language and a role are misspelt', /did you mean/, {
    args: doctor,
    yaml: 'phones: { UK: "+44 20 7946 0018" }\nlanguages: [en, xx]\nstaff: [{ name: Kim, email: kim@desk.example, roles: [enginer] }]\npolcy: {}\n',
  }),
  settings('The same file, before it is used', /did you mean/, {
    args: ['policy', 'check'],
    yaml: 'phones: { UK: "+44 20 7946 0018" }\nlanguages: [en, xx]\nstaff: [{ name: Kim, email: kim@desk.example, roles: [enginer] }]\npolcy: {}\n',
  }),
  settings('Nobody is alerted, no number to call, no customers', /nobody is alerted/, { args: doctor }),
  settings('Nothing says who is genuine', /AUTHSERV_ID/, {
    args: doctor,
    env: { AUTHSERV_ID: '', DNS_SERVERS: 'off' },
  }),
  settings('Postern is started on the data of a demo', /POSTERN_DATA/, {
    args: ['start'],
    env: { DATABASE_URL: '' },
    files: { '.postern/demo.env': 'SECRET_KEY=x\n' },
  }),
  settings('A command is misspelt', /did you mean/, { args: ['letters', 'puase'] }),
  settings('A kind of held mail is misspelt', /did you mean/, { args: ['mail', 'held', '--reason', 'unregistred'] }),
  settings('A site number that is none', /seven digits/, { args: ['cases', '--site', 'abc'] }),
];
