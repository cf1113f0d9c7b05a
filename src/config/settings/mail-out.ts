/** The server that takes our letters, their signature, and who is told of trouble. */
import { normaliseAddress } from '../../mail/address/address.ts';
import { dkimFaults } from '../../outbound/sign.ts';
import { letterServer } from '../mailbox-oauth.ts';
import { readSecret, readUrl, type Source } from './source.ts';
import type { MailboxSettings, Settings } from './types.ts';

type MailOut = Pick<Settings, 'smtpUrl' | 'smtpMailbox' | 'smtp' | 'dkim' | 'alerts' | 'retention'>;

export function readMailOut(from: Source, mailboxes: readonly MailboxSettings[], support: string): MailOut {
  const { env, file, faults } = from;
  const smtpUrl = readUrl(faults, 'SMTP_URL', env.SMTP_URL, ['smtp:', 'smtps:']);
  const letters = letterServer(file, mailboxes, smtpUrl ? (env.SMTP_URL ?? null) : null, (name, says) =>
    faults.add(name, says),
  );
  const lender = mailboxes.find((mailbox) => mailbox.name === letters.mailbox);
  return {
    smtpUrl: letters.url,
    smtpMailbox: letters.mailbox,
    smtp: {
      name: smtpUrl ? 'SMTP_URL' : letters.url === file.smtp.url ? 'smtp.url' : 'smtp.mailbox',
      connections: file.smtp.connections,
      pause: Math.round(file.smtp.pause * 1000),
      own: accountOf(letters.url, lender?.user) ?? support,
    },
    dkim: readDkim(from),
    alerts: { to: file.alerts, url: readAlertUrl(from), limits: file.policy.alerts },
    retention: file.policy.retention,
  };
}

function readDkim({ env, file, base, faults }: Source): Settings['dkim'] {
  if (!file.dkim) return null;
  const { domain, selector } = file.dkim;
  const dkim = { domain, selector, key: readSecret(faults, 'dkim.key', file.dkim.key, env, base) };
  // An empty key was told of already.
  if (dkim.key) for (const { name, says } of dkimFaults(dkim)) faults.add(`dkim.${name}`, says);
  return dkim;
}

function readAlertUrl({ env, file, base, faults }: Source): string | null {
  const url = file.alertUrl === undefined ? null : readSecret(faults, 'alertUrl', file.alertUrl, env, base);
  if (url && !isPostAddress(url)) faults.add('alertUrl', 'is no address that begins with https://');
  return url;
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
