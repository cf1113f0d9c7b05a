/**
 * Who did not get the mail, told in prose. Lines that begin with an address are a list of those who failed; where there is none, what stands
 * behind "to" and the like; else any address that is neither an end of the report nor named as somebody to ask.
 */
import { cleanLine } from '../../foundation/clean-text.ts';
import type { BounceRecipient } from '../parsed-mail.ts';
import { addressesIn, addressIn, fieldsOf } from './report-lines.ts';
import { kindOf, statusOf } from './verdict.ts';

const delayedWords =
  /delay(?:ed)?\b[^\n]{0,40}(?:hours|still being|reason|mail)|not yet been delivered|still being retried|will (?:be retried|continue|keep trying|retry)|delivery attempts will continue|delivery[^\n]{0,30}delayed|\(delay\)|temporary problem delivering|warning: (?:message|could not send)|no need to re-?send|do(?:es)? not need to (?:be )?re-?sen[dt]|wird weiter(?:hin)? versucht|verzögert|retardée?|sera à nouveau|demorad|retrasad|se seguirá|vertraagd|försenad|forsinket|opóźni|zpožd|задерж|будут продолжены|遅延|再試行|延迟|延遲/i;
const notDelayed =
  /giving up|failed permanently|permanent (?:error|failure)|cannot send message for|could not be delivered for|undeliverable|delivery status notification: (?:failed|error)/i;

function actionOf(subject: string, report: string): 'delayed' | 'failed' {
  if (notDelayed.test(subject)) return 'failed';
  if (delayedWords.test(subject)) return 'delayed';
  return delayedWords.test(report) && !notDelayed.test(report) ? 'delayed' : 'failed';
}

type AboutReport = {
  readonly report: string;
  readonly subject: string;
  /** Told in a header (X-Failed-Recipients). */
  readonly known: readonly string[];
  /** Of whom no report is: who sent it, who got it, who wrote the mail. */
  readonly ends: readonly string[];
  /** Whom the mail that came back was written to. */
  readonly wroteTo: readonly string[];
};

type Found = { readonly address: string; readonly line: number };

/** The whole of it: a group that is looked ahead for and then taken gives nothing back. */
const anAddress = '[\'"<(]*(?=([^\\s"\'<>(),;:：；[\\]]{1,200}@[^\\s"\'<>(),;:：；[\\]]{1,253}))\\1';
const atStart = new RegExp(
  `^[ \\t*|•·-]*(?:(?:smtp|rfc822)[ ]?[;:][ \\t]*)?${anAddress}[>"')]*(?:mailto:[^\\s>]*>)?[ \\t]*(?:[:;,.[(<=]|\\.\\.\\.|-|$|(?:on|at|am|um|le|el|il|op|den|em|dnia|в)\\b|[A-Z])`,
);
/** `"Ann Doe" <ann@acme.example>` and `Ann Doe (ann@acme.example)` alone on a line. */
const namedAlone =
  /^[ \t*|•·-]*["']?[\p{L}][^@<>(:\n]{0,60}["']?[ \t]*[<([][^\s<>()[\]]{1,200}@[^\s<>()[\]]{1,253}[>)\]][ \t,;.]*$/u;
const behindWord = new RegExp(
  `(?:\\bto\\b|recipients?|errors:|failed:|address(?:es)?|rcpt to:?|\\bfor\\b(?: user)?|\\buser\\b|mailbox|account|empfänger|\\ban\\b|\\bà\\b|destinataires?|\\bpara\\b|\\ba\\b|destinat[aá]rios?|usuario|destinatari[oi]?|ontvangers?|\\baan\\b|modtager|mottagare|mottaker|\\btill\\b|\\btil\\b|adresaci?e?|odbiorcy?|příjemce|кому|получател\\p{L}*|адресат\\p{L}*|宛先|あて先|送信先|受信者|收件人|地址|수신자)[^@<>"'\\n]{0,12}?[ \\t:：;=]*${anAddress}`,
  'iu',
);
const ofOthers =
  /^[ \t>|]*(?:from|sender|reply-to|return-path|message-id|mail from|x-[\w-]+|received|von|absender|de|expéditeur|remitente|remetente|mittente|van|afzender|från|fra|od|от|отправитель|差出人|送信者|发件人|寄件者)[ \t]*[:：]/i;
const toAsk =
  /(?:contact|please (?:e-?mail|write|send|call|notify)|support|help ?desk|assistance|reply to|questions|kontakt|wenden|rückfragen|contacte[rz]?|aide|consult|dirij|問い合わせ|联系|обрат)[^@\n]{0,80}$/i;
const officials = /^(?:postmaster|abuse|mailer-daemon|hostmaster|no-?reply|helpdesk|support|admin(?:istrator)?)@/;

export function recipientsInText(about: AboutReport): BounceRecipient[] {
  const { report, subject, known, ends, wroteTo } = about;
  const lines = report.split('\n').slice(0, 600);
  const usable = lines.map((line) => (line.includes('@') && !ofOthers.test(line) ? line : ''));
  let found: Found[] = [];
  for (const skipped of [new Set(ends), new Set<string>()]) {
    found = inOrder(known, listed(usable, skipped));
    if (found.length === 0) found = inOrder([], toldOf(usable, skipped));
    if (found.length === 0) found = inOrder([], anybody(usable, skipped));
    if (found.length > 0) break;
  }
  // "jdoe  User unknown": known from the mail that came back.
  if (found.length === 0) found = inOrder([], byLocalPart(lines, wroteTo));
  if (found.length === 0 && wroteTo.length > 0) found = [{ address: wroteTo[0] ?? '', line: 0 }];
  const action = actionOf(subject, report);
  return found.slice(0, 500).map((one, index) => {
    const next = found.slice(index + 1).find((other) => other.line > one.line)?.line ?? lines.length;
    const own = lines.slice(one.line, next).join('\n').slice(0, 4000);
    const words =
      known.includes(one.address) || own.trim().length < one.address.length + 20 ? report.slice(0, 6000) : own;
    const status = statusOf(fieldsOf(words).find((field) => field.name === 'status')?.value ?? '', words);
    const before = aliasOf(own);
    const named =
      before !== null && before !== one.address
        ? { address: before, rewritten: one.address }
        : { address: one.address };
    return { ...named, action, status, kind: kindOf(action, status, words), diagnostic: cleanLine(own, 500) };
  });
}

function inOrder(known: readonly string[], found: readonly Found[]): Found[] {
  const out: Found[] = [];
  const take = (one: Found) => {
    if (!out.some((other) => other.address === one.address)) out.push(one);
  };
  found.forEach(take);
  for (const address of known) take({ address, line: 0 });
  return out;
}

const allowed = (address: string | null, skipped: ReadonlySet<string>): address is string =>
  address !== null && !skipped.has(address);

/** Lines that begin with an address, with what follows it behind commas. */
function listed(lines: readonly string[], skipped: ReadonlySet<string>): Found[] {
  return lines.flatMap((line, at) => {
    const first = atStart.exec(line)?.[1];
    const all =
      first !== undefined && /^[^@]*@[^@\s]*[>"')]*[ \t]*[,;]/.test(line)
        ? addressesIn(line)
        : [addressIn(first ?? '')];
    const named = namedAlone.test(line) ? [addressIn(line)] : [];
    return [...all, ...named].filter((one) => allowed(one, skipped)).map((address) => ({ address, line: at }));
  });
}

function toldOf(lines: readonly string[], skipped: ReadonlySet<string>): Found[] {
  return lines.flatMap((line, at) => {
    const told = behindWord.exec(line.slice(0, 1000));
    if (told === null || toAsk.test(line.slice(0, told.index + told[0].indexOf(told[1] ?? '')))) return [];
    const rest = line.slice(told.index + told[0].indexOf(told[1] ?? ''));
    const many = /^[^@]*@[^@\s,;]*[>"')]*[ \t]*[,;]/.test(rest) ? addressesIn(rest) : [addressIn(told[1] ?? '')];
    return many.filter((one) => allowed(one, skipped)).map((address) => ({ address, line: at }));
  });
}

function anybody(lines: readonly string[], skipped: ReadonlySet<string>): Found[] {
  return lines.flatMap((line, at) =>
    addressesIn(line)
      .filter((one) => allowed(one, skipped) && !officials.test(one))
      .filter((one) => !toAsk.test(line.slice(0, Math.max(0, line.toLowerCase().indexOf(one)))))
      .map((address) => ({ address, line: at })),
  );
}

function byLocalPart(lines: readonly string[], wroteTo: readonly string[]): Found[] {
  return wroteTo.slice(0, 50).flatMap((address) => {
    const local = address.split('@')[0] ?? '';
    const at = lines.findIndex((line) =>
      line
        .toLowerCase()
        .split(/[\s<>"'(),;:]+/)
        .includes(local),
    );
    return at < 0 || local.length < 2 ? [] : [{ address, line: at }];
  });
}

/** `<final@inner> (expanded from <ann@acme.example>)`: that is the one who was written to. */
function aliasOf(own: string): string | null {
  const found =
    /\((?:expanded|generated|forwarded|aliased|rewritten|redirected)\s+from:?\s+<?([^\s<>()]{1,128}@[^\s<>()]{1,253})>?\)/i.exec(
      own,
    );
  return found === null ? null : addressIn(found[1] ?? '');
}
