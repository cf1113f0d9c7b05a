/**
 * A ticket system without manners: it answers every letter it gets, takes all headers off that would lead back, changes the subject,
 * puts words of its own on top and quotes what it got below.
 */
import type { SinkLetter } from '../servers/smtp-sink.ts';

export type Gateway = {
  readonly address: string;
  /** The subject and the words on top of the n-th answer. */
  readonly says: (n: number) => { subject: string; words: string };
  readonly quotes: 'marked' | 'plain' | 'not';
  /** It leaves the headers that lead back to what it answers. */
  readonly threads?: boolean;
};

/** The text part of a letter, as its reader sees it. */
export const decoded = (raw: Buffer): string => {
  const text = raw.toString('latin1');
  const part = /Content-Type: text\/plain[\s\S]*?\r\n\r\n([\s\S]*?)\r\n--/.exec(text)?.[1] ?? '';
  const head = /Content-Type: text\/plain[\s\S]*?\r\n\r\n/.exec(text)?.[0] ?? '';
  const bytes = /base64/i.test(head)
    ? Buffer.from(part, 'base64')
    : Buffer.from(
        part
          .replace(/=\r\n/g, '')
          .replace(/=([0-9A-F]{2})/g, (_, hex: string) => String.fromCharCode(Number.parseInt(hex, 16))),
        'latin1',
      );
  return bytes.toString('utf8').replaceAll('\r\n', '\n');
};

/** The n-th answer of the gateway to a letter of ours. */
export function answerOf(gateway: Gateway, letter: SinkLetter, n: number): string {
  const { subject, words } = gateway.says(n);
  const theirs = decoded(letter.raw).trim();
  const below =
    gateway.quotes === 'not'
      ? ''
      : gateway.quotes === 'plain'
        ? `\n\n${theirs}`
        : `\n\n${theirs
            .split('\n')
            .map((line) => `> ${line}`)
            .join('\n')}`;
  return [
    `From: Tickets <${gateway.address}>`,
    'To: support@desk.example',
    `Subject: ${subject}`,
    `Message-ID: <ticket-${process.pid}-${n}-${gateway.quotes}-${Math.trunc(performance.now() * 1000)}@gateway.example>`,
    ...(gateway.threads ? [`In-Reply-To: ${/^Message-ID: (<.*>)\r$/im.exec(letter.raw.toString('latin1'))?.[1]}`] : []),
    `Date: ${new Date().toUTCString()}`,
    'MIME-Version: 1.0',
    'Content-Type: text/plain; charset=utf-8',
    '',
    `${words}${below}`,
    '',
  ].join('\n');
}
