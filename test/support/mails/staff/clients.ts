/** The two bodies of an answer, as each mail program lays them out. */
import { wrapped } from '../quoting.ts';
import {
  appleLine,
  deviceLines,
  gmailLine,
  headerLabels,
  k9Line,
  type Language,
  longDate,
  type Quoted,
  thunderbirdLine,
} from './history-words.ts';

export type Written = {
  readonly text: string;
  readonly signature: string;
  readonly quoted: Quoted & { readonly text: string; readonly to: string; readonly subject: string };
  readonly language: Language;
  /** Answers below lines of the quote. */
  readonly inline: readonly { readonly below: string; readonly text: string }[];
  /** Outlook and Notes: with the copied header, below a line that says so, or the old text alone. */
  readonly history: 'header' | 'original-message' | 'bare' | 'none';
};
export type Bodies = { readonly plain: string; readonly html: string };

const escaped = (text: string): string => text.replace(/&/g, '&amp;').replace(/</g, '&lt;').replace(/>/g, '&gt;');
const inParagraphs = (text: string, open: string, close = open.replace(/^<(\w+).*$/s, '</$1>')): string =>
  text
    .split('\n')
    .map((line) => `${open}${line.trim() === '' ? '<br>' : escaped(line).replace(/ {2}/g, '&nbsp; ')}${close}`)
    .join('\r\n');
const breaks = (text: string): string => escaped(text).split('\n').join('<br>\r\n');

/** The quote with marks, wrapped as the program wraps, and the person's answers bare between its lines. */
function marked({ quoted, inline }: Written, mark: string, width = 1_000): string {
  return quoted.text
    .split('\n')
    .flatMap((line) => {
      const answers = inline.filter((one) => line.includes(one.below)).flatMap((one) => ['', one.text, '']);
      return [
        ...wrapped(line, width - mark.length)
          .split('\n')
          .map((part) => `${mark}${part}`.trimEnd()),
        ...answers,
      ];
    })
    .join('\n');
}

const asBlockquotes = (written: Written, open: string): string => {
  const pieces: string[] = [];
  let lines: string[] = [];
  const flush = () => {
    if (lines.length > 0) pieces.push(`${open}${breaks(lines.join('\n'))}</blockquote>`);
    lines = [];
  };
  for (const line of written.quoted.text.split('\n')) {
    lines.push(line);
    for (const { below, text } of written.inline) {
      if (!line.includes(below)) continue;
      flush();
      pieces.push(`<div>${breaks(text)}</div>`);
    }
  }
  flush();
  return pieces.join('\r\n');
};

const joined = (...parts: readonly string[]): string => parts.filter((part) => part !== '').join('\n\n');

function outlookHeader({ quoted, language }: Written): [label: string, value: string][] {
  const [from, sent, to, subject] = headerLabels[language];
  return [
    [from, `${quoted.name} <${quoted.address}>`],
    [sent, longDate(quoted.at, language)],
    [to, quoted.to],
    [subject, quoted.subject],
  ];
}

const originalTitle: Readonly<Record<Language, string>> = {
  en: '-----Original Message-----',
  de: '-----Ursprüngliche Nachricht-----',
  fr: "-----Message d'origine-----",
  es: '-----Mensaje original-----',
  ja: '-----元のメッセージ-----',
};

/** Outlook marks nothing: what stands below the header is bare, and inline answers stand between its lines. */
function outlook(written: Written, rule: string, device = ''): Bodies {
  const { text, signature, language, history } = written;
  const header = outlookHeader(written);
  const old = marked(written, '');
  const head = header.map(([label, value]) => `${label}: ${value}`).join('\n');
  const top: Readonly<Record<Written['history'], string>> = {
    header: `${rule}${head}\n\n${old}`,
    'original-message': `${originalTitle[language]}\n${head}\n\n${old}`,
    bare: old,
    none: '',
  };
  const htmlHead = header.map(([label, value]) => `<b>${label}:</b> ${escaped(value)}`).join('<br>\r\n');
  const hr = rule === '' ? '' : '<hr style="display:inline-block;width:98%" tabindex="-1">';
  const htmlTop =
    history === 'none'
      ? ''
      : history === 'bare'
        ? inParagraphs(old, '<p class="MsoNormal">')
        : rule === ''
          ? `<div style="border:none;border-top:solid #E1E1E1 1.0pt;padding:3.0pt 0cm 0cm 0cm"><p class="MsoNormal">${htmlHead}<o:p></o:p></p></div>\r\n<p class="MsoNormal"><o:p>&nbsp;</o:p></p>\r\n${inParagraphs(old, '<p class="MsoNormal">')}`
          : `<div id="appendonsend"></div>\r\n${hr}<div id="divRplyFwdMsg" dir="ltr"><font face="Calibri, sans-serif" style="font-size:11pt" color="#000000">${htmlHead}</font>\r\n<div>&nbsp;</div>\r\n</div>\r\n<div class="BodyFragment"><font size="2"><span style="font-size:11pt;"><div class="PlainText">${breaks(old)}</div></span></font></div>`;
  const own = joined(text, signature, device);
  return {
    // Every paragraph of Word is followed by an empty line.
    plain: `${rule === '' ? own.replace(/\n(?=[^\n])/g, '\n\n').replace(/\n{3,}/g, '\n\n') : own}\n\n${top[history]}`,
    html:
      rule === ''
        ? `<html xmlns:o="urn:schemas-microsoft-com:office:office" xmlns:w="urn:schemas-microsoft-com:office:word"><head><meta name="Generator" content="Microsoft Word 15 (filtered medium)"><style><!-- p.MsoNormal {margin:0cm;font-size:11.0pt;font-family:"Calibri",sans-serif;} --></style></head>\r\n<body lang="EN-GB" link="#0563C1" vlink="#954F72"><div class="WordSection1">${inParagraphs(own, '<p class="MsoNormal">')}\r\n${htmlTop}</div></body></html>`
        : `<html><head><style type="text/css" style="display:none;"> P {margin-top:0;margin-bottom:0;} </style></head>\r\n<body dir="ltr">${inParagraphs(own, '<div class="elementToProof" style="font-family: Aptos, Aptos_EmbeddedFont, Calibri, sans-serif; font-size: 12pt;">')}\r\n${htmlTop}</body></html>`,
  };
}

const gmailWidth = 76;

function gmail(written: Written, line: string, direction: 'ltr' | 'auto'): Bodies {
  const { text, signature } = written;
  const own = joined(text, signature === '' ? '' : `-- \n${signature}`);
  const signed =
    signature === ''
      ? ''
      : `<div><br clear="all"></div><span class="gmail_signature_prefix">-- </span><br><div dir="ltr" class="gmail_signature" data-smartmail="gmail_signature">${breaks(signature)}</div>`;
  return {
    plain: `${wrapped(own, gmailWidth)}\n\n${wrapped(line, gmailWidth)}\n\n${marked(written, '> ', gmailWidth)}`,
    html: `<div dir="${direction}">${inParagraphs(text, '<div>')}${signed}</div><br><div class="gmail_quote gmail_quote_container"><div dir="ltr" class="gmail_attr">${escaped(line)}<br></div>${asBlockquotes(written, '<blockquote class="gmail_quote" style="margin:0px 0px 0px 0.8ex;border-left:1px solid rgb(204,204,204);padding-left:1ex">')}</div>`,
  };
}

function apple(written: Written, line: string, device: string): Bodies {
  const own = joined(written.text, written.signature, device);
  return {
    plain: `${own}\n\n> ${line}\n> \n${marked(written, '> ')}`,
    html: `<html><head><meta http-equiv="content-type" content="text/html; charset=utf-8"></head><body dir="auto" style="overflow-wrap: break-word; -webkit-nbsp-mode: space; line-break: after-white-space;"><div dir="ltr">${inParagraphs(own, '<div>')}</div><div dir="ltr"><br><blockquote type="cite">${escaped(line)}<br><br></blockquote></div>${asBlockquotes(written, '<blockquote type="cite"><div dir="ltr">')}</body></html>`,
  };
}

/** Below the quote, as it comes. */
function thunderbird(written: Written, bottom: boolean): Bodies {
  const { text, signature, quoted, language } = written;
  const line = thunderbirdLine(quoted, language);
  const sign = signature === '' ? '' : `-- \n${signature}`;
  const old = `${line}\n${marked(written, '> ')}`;
  const htmlOld = `<div class="moz-cite-prefix">${escaped(line)}<br></div>${asBlockquotes(written, '<blockquote type="cite" cite="mid:letter@desk.example">')}`;
  const htmlOwn = `<p>${breaks(text)}</p>${sign === '' ? '' : `<pre class="moz-signature" cols="72">-- \r\n${escaped(signature)}</pre>`}`;
  return bottom
    ? { plain: joined(old, text, sign), html: `<html><body>${htmlOld}${htmlOwn}</body></html>` }
    : { plain: joined(text, sign, old), html: `<html><body>${htmlOwn}${htmlOld}</body></html>` };
}

/** The header in columns, as Notes writes it since version 8. */
function notes(written: Written): Bodies {
  const { text, signature, history } = written;
  const [
    [from = '', who = ''] = [],
    [sent = '', when = ''] = [],
    [to = '', whom = ''] = [],
    [subject = '', title = ''] = [],
  ] = outlookHeader(written);
  const rows = [
    [from, who],
    [to, whom],
    [sent, when],
    [subject, title],
  ].map(([label, value]) => `${`${label}:`.padEnd(8)}${value}`);
  const own = joined(text, signature);
  const old = history === 'none' ? '' : `\n\n\n\n${rows.join('\n')}\n\n\n\n${marked(written, '')}`;
  return {
    plain: `${own}${old}`,
    html: `<font size=2 face="sans-serif">${breaks(own)}</font><br><br><br><br>${rows.map((row) => `<font size=1 color=#5f5f5f face="sans-serif">${escaped(row)}</font>`).join('<br>')}<br><hr noshade><br><br><br><tt><font size=2>${breaks(marked(written, ''))}</font></tt><br>`,
  };
}

export const clients = {
  outlook: (written: Written) => outlook(written, ''),
  'outlook-web': (written: Written) => outlook(written, '________________________________\n'),
  'outlook-new': (written: Written) => outlook(written, '________________________________\n'),
  'outlook-ios': (written: Written) =>
    outlook(written, '________________________________\n', deviceLines['outlook-ios'][written.language]),
  gmail: (written: Written) => gmail(written, gmailLine(written.quoted, written.language), 'ltr'),
  'gmail-android': (written: Written) => gmail(written, gmailLine(written.quoted, written.language), 'auto'),
  'apple-mail': (written: Written) => apple(written, appleLine(written.quoted, written.language), ''),
  iphone: (written: Written) =>
    apple(written, appleLine(written.quoted, written.language), deviceLines.iphone[written.language]),
  thunderbird: (written: Written) => thunderbird(written, true),
  'thunderbird-top': (written: Written) => thunderbird(written, false),
  k9: (written: Written) => {
    const { text, quoted, language } = written;
    const line = k9Line(quoted, language);
    const sign = `-- \n${written.signature || deviceLines.k9[language]}`;
    return {
      plain: `${text}\n${sign}\n\n${line}\n${marked(written, '>')}`,
      html: `<!DOCTYPE html><html><body><div dir="auto">${breaks(text)}</div><div class='k9mail-signature'>${breaks(sign)}</div><br><br><div class="gmail_quote"><div dir="auto">${escaped(line)}</div>${asBlockquotes(written, '<blockquote class="gmail_quote" style="margin: 0pt 0pt 0pt 0.8ex; border-left: 1px solid rgb(204, 204, 204); padding-left: 1ex;">')}</div></body></html>`,
    };
  },
  notes,
} satisfies Record<string, (written: Written) => Bodies>;

export type Client = keyof typeof clients;
