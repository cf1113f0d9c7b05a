/** An engineer's answer as a raw mail, in the format of a mail program: for what is tried on the way of staff mail (POLICY §3.r6). */
import { type Client, clients, type Written } from './clients.ts';

export type { Client } from './clients.ts';

type Person = { readonly name: string; readonly address: string };
export type EnclosedFile = {
  readonly name: string;
  readonly type: string;
  readonly content: Uint8Array | string;
  /** A picture within the text. */
  readonly inline?: boolean;
};
export type StaffAnswerMail = {
  readonly client: Client;
  readonly from: Person;
  readonly to: string;
  /** Message-ID of the notification, with angle brackets. */
  readonly inReplyTo: string;
  readonly subject: string;
  readonly text: string;
  /** The notification: its text part, who sent it and when. */
  readonly quoted: { readonly text: string; readonly from: Person; readonly at: Date };
  readonly signature?: string;
  readonly attachments?: readonly EnclosedFile[];
  readonly language?: Written['language'];
  readonly inline?: Written['inline'];
  readonly history?: Written['history'];
  /** What a gateway puts at the very end of both bodies, and at the very top. */
  readonly footer?: string;
  readonly banner?: string;
  /** Which bodies there are; each program's own choice where it is left out. */
  readonly parts?: 'both' | 'plain' | 'html';
  readonly sentAt?: Date;
  readonly messageId?: string;
  /** Put above all others: Authentication-Results, Auto-Submitted. A line each. */
  readonly headers?: readonly string[];
};

const marks: Readonly<Record<Client, readonly string[]>> = {
  outlook: ['X-Mailer: Microsoft Outlook 16.0', 'Thread-Index: AQHbxYzK8kPq', 'Content-Language: en-gb'],
  'outlook-web': ['Accept-Language: en-GB, en-US', 'X-MS-Has-Attach:', 'X-MS-TNEF-Correlator:', 'msip_labels:'],
  'outlook-new': [
    'Accept-Language: en-GB, en-US',
    'X-MS-Has-Attach:',
    'X-MS-TNEF-Correlator:',
    'X-MS-Exchange-Transport-CrossTenantHeadersStamped: AS8PR05MB8724',
  ],
  'outlook-ios': ['X-MS-Has-Attach:', 'X-MS-TNEF-Correlator:', 'Accept-Language: en-US'],
  gmail: ['X-Gm-Message-State: AOJu0YxQ2'],
  'gmail-android': ['X-Gm-Message-State: AOJu0YzK7'],
  'apple-mail': [
    'X-Mailer: Apple Mail (2.3826.500.181.1.5)',
    'Mime-Version: 1.0 (Mac OS X Mail 16.0 \\(3826.500.181.1.5\\))',
  ],
  iphone: ['X-Mailer: iPhone Mail (22F76)', 'Mime-Version: 1.0 (1.0)'],
  thunderbird: ['User-Agent: Mozilla Thunderbird', 'Content-Language: en-US'],
  'thunderbird-top': ['User-Agent: Mozilla Thunderbird', 'Content-Language: en-US'],
  k9: ['User-Agent: K-9 Mail for Android'],
  notes: [
    'X-Mailer: HCL Notes Release 12.0.2 November 17, 2022',
    'X-KeepSent: 7A3B9C01:2D4E5F60-C1258DE7:0039A1B2; type=4; name=$KeepSent',
  ],
};
const plainOnly: readonly Client[] = ['thunderbird', 'thunderbird-top'];

const word = (value: string): string =>
  /^[\x20-\x7e]*$/.test(value) ? value : `=?UTF-8?B?${Buffer.from(value).toString('base64')}?=`;
const base64 = (content: Uint8Array | string): string =>
  (
    Buffer.from(content as Uint8Array)
      .toString('base64')
      .match(/.{1,76}/g) ?? []
  ).join('\r\n');

function quotedPrintable(text: string): string {
  return text
    .split(/\r?\n/)
    .map((line) => {
      const bytes = [...Buffer.from(line)].map((byte, i, all) =>
        (byte >= 33 && byte <= 126 && byte !== 61) || (byte === 32 && i < all.length - 1)
          ? String.fromCharCode(byte)
          : `=${byte.toString(16).toUpperCase().padStart(2, '0')}`,
      );
      const out: string[] = [];
      let row = '';
      for (const piece of bytes) {
        if (row.length + piece.length > 75) {
          out.push(`${row}=`);
          row = '';
        }
        row += piece;
      }
      return [...out, row].join('\r\n');
    })
    .join('\r\n');
}

const textPart = (type: string, text: string): string =>
  `Content-Type: ${type}; charset="UTF-8"\r\nContent-Transfer-Encoding: quoted-printable\r\n\r\n${quotedPrintable(text)}\r\n`;

const several = (kind: string, boundary: string, parts: readonly string[]): string =>
  `Content-Type: multipart/${kind}; boundary="${boundary}"\r\n\r\n${parts.map((part) => `--${boundary}\r\n${part}\r\n`).join('')}--${boundary}--\r\n`;

const filePart = (file: EnclosedFile, i: number): string =>
  [
    `Content-Type: ${file.type}; name="${word(file.name)}"`,
    `Content-Disposition: ${file.inline ? 'inline' : 'attachment'}; filename="${word(file.name)}"`,
    ...(file.inline ? [`Content-ID: <${file.name}@01DBC3F2.${i}>`] : []),
    'Content-Transfer-Encoding: base64',
    '',
    base64(file.content),
  ].join('\r\n');

/** The mail with CR LF at the end of each line. */
export function staffAnswer(mail: StaffAnswerMail): Buffer {
  const { client, quoted, signature = '', inline = [], history = 'header', language = 'en' } = mail;
  const { name, address } = quoted.from;
  const made = clients[client]({
    ...{ text: mail.text, signature, inline, history, language },
    quoted: {
      name,
      address,
      at: quoted.at,
      text: quoted.text,
      to: `${mail.from.name} <${mail.from.address}>`,
      subject: mail.subject.replace(/^\w+: /, ''),
    },
  });
  const around = (body: string, html: boolean): string => {
    const shown = (text: string | undefined) =>
      text === undefined ? '' : html ? `<div>${text.replace(/</g, '&lt;').split('\n').join('<br>')}</div>` : text;
    return [shown(mail.banner), body, shown(mail.footer)].filter((part) => part !== '').join('\r\n\r\n');
  };
  const parts = mail.parts ?? (plainOnly.includes(client) ? 'plain' : 'both');
  const plain = textPart('text/plain', around(made.plain, false));
  const html = textPart('text/html', around(made.html, true));
  const text =
    parts === 'plain' ? plain : parts === 'html' ? html : several('alternative', 'b1_alternative', [plain, html]);
  const files = mail.attachments ?? [];
  const pictures = files.filter((file) => file.inline).map(filePart);
  const others = files.filter((file) => !file.inline).map(filePart);
  const related = pictures.length === 0 ? text : several('related', 'b2_related', [text, ...pictures]);
  const body = others.length === 0 ? related : several('mixed', 'b3_mixed', [related, ...others]);
  const sentAt = mail.sentAt ?? new Date(quoted.at.getTime() + 3_600_000);
  const id = mail.messageId ?? `<${sentAt.getTime()}.${client}@${mail.from.address.split('@')[1]}>`;
  const mime = marks[client].some((line) => /^mime-version:/i.test(line)) ? [] : ['MIME-Version: 1.0'];
  return Buffer.from(
    [
      ...(mail.headers ?? []),
      `From: ${word(mail.from.name)} <${mail.from.address}>`,
      `To: ${mail.to}`,
      `Subject: ${word(mail.subject)}`,
      `Date: ${sentAt.toUTCString().replace('GMT', '+0000')}`,
      `Message-ID: ${id}`,
      `In-Reply-To: ${mail.inReplyTo}`,
      `References: ${mail.inReplyTo}`,
      ...mime,
      ...marks[client],
      body,
    ].join('\r\n'),
  );
}
