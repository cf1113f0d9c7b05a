/** Classifies the sender of a possible delivery report: the less it looks like a mail server, the more evidence the text has to give (bounce.ts). */
import type { BounceInput } from './input.ts';
import { headerValue, isNullSender } from './report-lines.ts';

export type Reporter =
  /** A mail server under its own name. */
  | 'daemon'
  /** An address or name of people and of gateways alike: postmaster, administrator, virus scanner. */
  | 'office'
  /** The null sender, or an address that takes no answer: also of absences and shops. */
  | 'no-reply'
  /** A From header without an address. */
  | 'nameless'
  | 'other';

const daemonName =
  /^(?:mailer|mail|e?mail|smtp)[-_.]?(?:daemon|delivery|deliver)|^mail\.delivery|^mdaemon|^(?:mail|delivery)[-_.]?(?:sub)?system|^bounce-?notif/;
const daemonTitle =
  /mail(?:er)?[- ]?daemon|mail (?:transport |transfer )?(?:deliver[a-z]* )(?:(?:sub)?system|service|agent)|^"?mail system"?$|\b(?:delivery|mail) subsystem\b|ndr administrator|^returned mail|メール(?:配信|配送)(?:システム|サブシステム)|メーラーデーモン|邮件(?:投递|传输)系统/i;
const officeName =
  /^po{1,2}st[-_.]?master|^(?:admin|administrator|root|system|sysadmin|mail-?admin|mailmaster|hostmaster|gateway|mailgate(?:way)?|smtp(?:gw|gate|admin)?|mta|amavis|clamav|mailscanner|mailsweeper|mailmarshal|mimesweeper|interscan|viruswall|scanmail|barracuda|spam(?:filter)?|antispam|virus(?:scan|scanner|wall|alert|check|admin)?|anti-?virus|security|mailsecurity|quarantine|groupwise|notes|exchange|listserv|majordomo|notifier|notification|notify|alert|nondelivery|ndr)(?:$|[-_.+\d])/;
const officeTitle =
  /post[- _]?master|administrat|administrador|администратор|\bsystem\b|gateway|virus|scanner|scanmail|interscan|mailsweeper|mailmarshal|mimesweeper|barracuda|security|filter|firewall|groupwise|mail (?:router|server|service|agent|transport|robot)|e-?mail (?:system|server|service)|delivery|notification|notifier|zustell|管理[者员員]|系统|システム|メールサーバ|почтов/i;

export function reporterOf(input: BounceInput): Reporter {
  const from = headerValue(input.headers, 'from').slice(0, 1000);
  const bare = from.replace(/[<>"\s]/g, '').toLowerCase();
  const local = (input.fromAddress ?? (bare.length < 80 ? bare : '')).split('@')[0]?.toLowerCase() ?? '';
  const title = input.fromName !== '' ? input.fromName : from.replace(/<[^>]*>/g, '');
  const nobody = isNullSender(input.returnPath, input.headers);
  if (headerValue(input.headers, 'x-failed-recipients') !== '') return 'daemon';
  if (daemonName.test(local) || daemonTitle.test(title) || /mailer-daemon/i.test(from)) return 'daemon';
  if (officeName.test(local) || officeTitle.test(title)) return nobody && /^post/.test(local) ? 'daemon' : 'office';
  if (input.fromAddress === null && !from.includes('@')) return 'nameless';
  return nobody || /^no-?reply$/.test(local) ? 'no-reply' : 'other';
}
