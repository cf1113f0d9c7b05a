/** The mails of the week as their programs write them. */
import { letterText } from '../../../src/outbound/rendering/letter-text.ts';
import { staffAnswer } from '../mails/staff/staff-answer.ts';
import type { Step } from './read-files.ts';

export type Letter = {
  readonly name: string;
  readonly matter: string;
  readonly messageId: string;
  readonly subject: string;
  readonly raw: Buffer;
  readonly at: Date;
};
type MailStep = Extract<Step, { does: 'mail' }>;

const names: Readonly<Record<string, string>> = {
  ...{
    ada: 'Ada Byron',
    max: 'Max Ernst',
    ann: 'Ann Lovel',
    lise: 'Lise Brandt',
    otto: 'Otto Reuter',
    uwe: 'Uwe Hahn',
  },
  ...{
    grace: 'Grace Hop',
    hal: 'Hal Finn',
    tomoko: '片岡智子',
    kenji: '森健二',
    denis: 'Denis Dumont',
    marie: 'Marie Roux',
  },
  ...{ jan: 'Jan Vos', ola: 'Ola Berg', lea: 'Lea Kurz', raj: 'Raj Patel', mia: 'Mia Cole', tom: 'Tom Reed' },
  ...{ ken: 'Ken Sato', eve: 'Eve Hall', kim: 'Kim Oster', zoe: 'Zoe Lund', nora: 'Nora Quick' },
};
const domains: Readonly<Record<string, readonly string[]>> = {
  'aldous.example': ['ada', 'max', 'ann', 'zoe'],
  'brandt.example': ['lise', 'otto', 'uwe'],
  'carver.example': ['grace', 'hal'],
  'aoki.example': ['tomoko', 'kenji'],
  'dumont.example': ['denis', 'marie'],
  'desk.example': ['jan', 'ola', 'lea', 'raj', 'mia', 'tom', 'ken', 'eve', 'kim', 'dee', 'rex', 'cal', 'sid'],
};
export const addressOf = (who: string): string =>
  `${who}@${Object.keys(domains).find((domain) => domains[domain]?.includes(who)) ?? 'elsewhere.example'}`;
export const messageIdOf = (key: string): string => `<${key}@week.example>`;

const support = { name: 'Support', address: 'support@desk.example' };
const unmarked: Readonly<Record<string, string>> = { en: 'Re: ', de: 'AW: ' };

/** `answered`: the letter of ours that it answers. */
export function rawOf(step: MailStep, answered: Letter | null): { raw: Buffer; to: string } {
  const { key, who, client, at, text, options } = step;
  const from = { name: names[who] ?? who, address: addressOf(who) };
  const to = options.get('to') ?? 'support';
  const cc = options.get('cc');
  const sentAt = new Date(at);
  const domain = from.address.split('@')[1];
  const grade = options.get('grade') === 'none' ? '' : `; dmarc=pass header.from=${domain}`;
  const headers = [
    `Authentication-Results: mx.desk.example${grade === '' ? '; dmarc=none' : grade}`,
    ...(cc ? [`Cc: ${cc.split('+').map(addressOf).join(', ')}`] : []),
    ...(options.has('auto') ? ['Auto-Submitted: auto-replied'] : []),
  ];
  const language = (options.get('in') ?? 'en') as 'en' | 'de' | 'fr' | 'es' | 'ja';
  const raw = staffAnswer({
    client,
    from,
    to: `${to}@desk.example`,
    inReplyTo: answered?.messageId ?? messageIdOf('none'),
    subject: answered ? `${unmarked[language] ?? 'Re: '}${answered.subject}` : step.subject,
    text,
    quoted: { text: answered ? letterText(answered.raw) : '', from: support, at: answered?.at ?? sentAt },
    signature: names[who] ?? '',
    language,
    ...(answered ? {} : { history: 'none' }),
    sentAt,
    messageId: messageIdOf(key),
    headers,
  });
  return { raw: answered ? raw : withoutHistory(raw), to: `${to}@desk.example` };
}

/** A mail that answers nothing. */
const withoutHistory = (raw: Buffer): Buffer =>
  Buffer.from(raw.toString('latin1').replace(/^(?:In-Reply-To|References):.*\r\n/gm, ''), 'latin1');
