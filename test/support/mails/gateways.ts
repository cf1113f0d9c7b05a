/** Gateways as they are met, two of each kind: `says` and `quotes` of test/support/mails/gateway.ts. */
import type { Gateway } from './gateway.ts';

export type GatewayKind = Pick<Gateway, 'says' | 'quotes' | 'threads'>;

const from = (n: number, most: number): number[] => Array.from({ length: Math.min(n, most) }, (_, i) => n - i);
const cycle = <T>(of: readonly T[], n: number): T => of[n % of.length] as T;
const letters = 'abcdefghkmnpqrstuvwxyz';
/** Different each time, and the same in every run. */
const id = (n: number, length: number): string =>
  Array.from({ length }, (_, i) => letters[(n * 31 + i * i * 7 + i * n) % letters.length]).join('');

/** The same thing said in other words or languages each time. */
const receipts = [
  (n: number) => `Dear customer, your request ${n} has been received. We will respond as soon as possible.`,
  (n: number) => `Sehr geehrte Damen und Herren, Ihre Anfrage ist unter der Nummer ${n} bei uns eingegangen.`,
  (n: number) => `Bonjour, votre demande ${n} a bien été enregistrée. Notre équipe vous répondra rapidement.`,
  (n: number) => `Estimado cliente, hemos recibido su solicitud con el número ${n}. Le responderemos en breve.`,
  (n: number) => `お問い合わせを受け付けました。受付番号：${n}。担当者よりご連絡いたします。`,
];
const wordings = [
  (n: number) => `Thank you. We have received your message and opened ticket ${n} for it.`,
  (n: number) => `Hello, ticket ${n} has been created for your message. Our team will get back to you.`,
  (n: number) => `This confirms that your message was received. It is registered as request ${n}.`,
  (n: number) => `We have got your mail. Your ticket number is ${n}; please quote it in the subject.`,
  (n: number) => `Your e-mail has been logged. Reference number: ${n}. An agent will contact you.`,
];
const away = [
  'I am out of the office until 5 December and have no access to my mail.',
  'Thank you for your message. I am on annual leave and will answer when I am back.',
];

export const gateways: Readonly<Record<string, GatewayKind>> = {
  'counts up in subject and text, old numbers below': {
    says: (n) => ({
      subject: `Ticket Received - ${286_614 + n} - ${from(117_904 + n, n + 1)
        .map((one) => `[#${one}]`)
        .join(' ')}`,
      words: from(117_904 + n, n + 1)
        .map((one) => `Your ticket [#${one}] has been received.`)
        .join('\n'),
    }),
    quotes: 'not',
  },
  'counts up and lets its own answers pile up, quoting': {
    says: (n) => ({
      subject: `[#${117_904 + n}] Ticket Received - ${286_614 + n}`,
      words: from(4_000 + n, n + 1)
        .map((one) => `We have got your message, it is number ${one} on our list.`)
        .join('\n'),
    }),
    quotes: 'plain',
  },
  'has another language each time': {
    says: (n) => ({ subject: `Ticket ${4_000 + n}`, words: cycle(receipts, n)(4_000 + n) }),
    quotes: 'not',
  },
  'has another language each time, quoting': {
    says: (n) => ({ subject: `Ticket ${4_000 + n}`, words: cycle(receipts, n + 2)(4_000 + n) }),
    quotes: 'marked',
  },
  'has another wording each time': {
    says: (n) => ({ subject: `Request ${4_000 + n}`, words: cycle(wordings, n)(4_000 + n) }),
    quotes: 'not',
  },
  'has another wording each time, with our letter below': {
    says: (n) => ({ subject: `Request ${4_000 + n}`, words: cycle(wordings, n + 1)(4_000 + n) }),
    quotes: 'plain',
  },
  'adds a line with an identifier': {
    says: (n) => ({
      subject: `Your inquiry (${id(n, 8)})`,
      words: `Hello,\n\nwe will see to your inquiry.\n\nRef: ${id(n, 6)}-${n}-${id(n + 5, 9)}4${id(n, 3)}`,
    }),
    quotes: 'not',
  },
  'adds an identifier of capitals, quoting': {
    says: (n) => ({
      subject: 'Your inquiry',
      words: `Hello,\n\nwe will see to your inquiry.\n\nTrace: ${id(n, 12).toUpperCase()}`,
    }),
    quotes: 'marked',
  },
  'is somebody on holiday, without headers': {
    says: (n) => ({ subject: 'Re: your message', words: `${cycle(away, n)}\n\nNora, extension ${100 + n}` }),
    quotes: 'not',
  },
  'is somebody on holiday, in the thread': {
    says: (n) => ({ subject: 'Re: your message', words: cycle(away, n + 1) }),
    quotes: 'marked',
    threads: true,
  },
  'knows the PIN, with our letter below': {
    says: (n) => ({ subject: `PIN 345 Ticket ${4_000 + n}`, words: `Dear customer, ticket ${4_000 + n} was opened.` }),
    quotes: 'plain',
  },
  'knows the PIN and quotes': {
    says: (n) => ({ subject: `PIN 345 Ticket ${4_000 + n}`, words: cycle(wordings, n)(4_000 + n) }),
    quotes: 'marked',
  },
  'keeps the thread': {
    says: (n) => ({ subject: `[#${4_000 + n}] Received`, words: cycle(wordings, n)(4_000 + n) }),
    quotes: 'not',
    threads: true,
  },
  'keeps the thread and quotes': {
    says: (n) => ({ subject: `[#${4_000 + n}] Received`, words: cycle(receipts, n)(4_000 + n) }),
    quotes: 'marked',
    threads: true,
  },
};
