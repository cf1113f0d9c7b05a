/** The ways in which mail comes: mailboxes that are read, and what listens for it; whom to ask for the keys of senders. */
import type { OAuthClient } from '../../imap/oauth.ts';
import { readDnsServers } from '../dns-servers.ts';
import { readOAuth } from '../mailbox-oauth.ts';
import type { GivenOAuth, OperatorFile } from '../operator-file.ts';
import { type Faults, readHostPort, readSecret, readUrl, type Source } from './source.ts';
import type { MailboxSettings, Settings } from './types.ts';

type GivenMailbox = OperatorFile['mailboxes'][number];

export const readMailIn = (from: Source): Pick<Settings, 'mailboxes' | 'lmtpListen' | 'smtpListen' | 'dnsServers'> => ({
  mailboxes: readMailboxes(from),
  lmtpListen: readHostPort(from.faults, 'LMTP_LISTEN', from.env.LMTP_LISTEN),
  smtpListen: readHostPort(from.faults, 'SMTP_LISTEN', from.env.SMTP_LISTEN),
  dnsServers: readDnsServers(from.faults, from.env.DNS_SERVERS),
});

function readMailboxes(from: Source): MailboxSettings[] {
  const { env, file, faults } = from;
  const mailboxes = [
    ...file.mailboxes.map((mailbox) => ofFile(from, mailbox)),
    ofVariable(env.IMAP_URL, faults),
  ].filter((mailbox) => mailbox !== null);
  const names = new Set<string>();
  for (const { name } of mailboxes) {
    if (names.has(name)) faults.add(`mailboxes.${name}`, 'this name is given twice');
    names.add(name);
  }
  return mailboxes;
}

function ofFile({ env, base, faults }: Source, mailbox: GivenMailbox): MailboxSettings | null {
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
}

function ofVariable(imap: string | undefined, faults: Faults): MailboxSettings | null {
  const url = readUrl(faults, 'IMAP_URL', imap, ['imap:', 'imaps:']);
  if (!imap || !url) return null;
  const folder = decodeURIComponent(url.pathname.slice(1)) || 'INBOX';
  const given = { name: 'inbox', imap, folder, processed: null, since: null };
  return readMailbox(faults, 'IMAP_URL', given, null, () => null);
}

function readMailbox(
  faults: Faults,
  name: string,
  given: GivenMailbox,
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
