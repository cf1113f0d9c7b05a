/** Helpers shared by the readers of all forms of delivery reports. */
import type { HeaderLine } from '../mime/header-line.ts';

/** Bounds the work on hostile mail: no report says anything of worth beyond this, in UTF-16 units. */
export const longestReport = 64_000;

const addressPattern =
  /[A-Za-z0-9\u00C0-\u1FFF\u3040-\uFEFE!#$%&'*+/=?^_`{|}~.-]{1,128}@[A-Za-z0-9\u00C0-\u1FFF\u3040-\uFEFE][A-Za-z0-9.\u00C0-\u1FFF\u3040-\uFEFE-]{0,253}/;

/** The first address in a piece of text, domain in lower case; null where there is none. */
export function addressIn(text: string): string | null {
  const quoted = /"[^"\s@]{1,64}"@[A-Za-z0-9.-]{1,253}/.exec(text.slice(0, 2000));
  const found = addressPattern.exec(text.slice(0, 2000))?.[0] ?? quoted?.[0];
  if (found === undefined) return null;
  return found
    .replace(/[.-]+$/, '')
    .replace(/^(?:['`]|=(?!\?))+/, '')
    .toLowerCase();
}

/** Every address in a piece of text, each once. */
export function addressesIn(text: string): string[] {
  const found = text.slice(0, 4000).match(new RegExp(addressPattern, 'g')) ?? [];
  return [...new Set(found.map(addressIn).filter((one) => one !== null))].slice(0, 200);
}

/** RFC 5322 fields with folded lines put together; reading stops at the first empty line if `once`. */
export function fieldsOf(block: string): { name: string; value: string }[] {
  const fields: { name: string; value: string }[] = [];
  for (const line of block.slice(0, longestReport).split('\n')) {
    const last = fields.at(-1);
    const field = /^([A-Za-z][A-Za-z0-9-]{0,60})[ \t]*:(.*)$/.exec(line);
    if (field) fields.push({ name: (field[1] ?? '').toLowerCase(), value: (field[2] ?? '').trim() });
    else if (/^[ \t]/.test(line) && last) last.value = `${last.value} ${line.trim()}`;
  }
  return fields;
}

type Original = {
  readonly messageId: string | null;
  readonly to: readonly string[];
  readonly from: string | null;
};

/** What a returned mail, or its header, tells of itself. */
export function originalOf(content: string): Original {
  const header =
    content
      .slice(0, longestReport)
      .replace(/^\s+/, '')
      .split(/\n[ \t]*\n/)[0] ?? '';
  const fields = fieldsOf(header);
  const value = (name: string) => fields.find((field) => field.name === name)?.value ?? '';
  return {
    messageId: /<[^<>\s]{1,900}>/.exec(value('message-id'))?.[0] ?? null,
    to: addressesIn(`${value('to')} , ${value('cc')}`),
    from: addressIn(value('from')),
  };
}

/** The value of the first such header, `''` where there is none. */
export const headerValue = (headers: readonly HeaderLine[], name: string): string =>
  headers.find((line) => line.name === name)?.value ?? '';

/** The null reverse path of RFC 5321 §4.5.5, as the envelope or the topmost Return-Path tells it; some servers spell it MAILER-DAEMON. */
export function isNullSender(returnPath: string | null, headers: readonly HeaderLine[]): boolean {
  const bare = (value: string) =>
    value
      .trim()
      .replace(/^<(.*)>$/, '$1')
      .trim()
      .toLowerCase();
  if (returnPath !== null && returnPath.trim() !== '')
    return bare(returnPath) === '' || bare(returnPath) === 'mailer-daemon';
  if (returnPath === '') return true;
  const line = headers.find((header) => header.name === 'return-path');
  return line !== undefined && /^(|mailer-daemon)$/.test(bare(line.value)) && line.value.trim() !== '';
}
