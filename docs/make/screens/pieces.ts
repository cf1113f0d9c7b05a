/** What the pictures show: every sample letter as HTML and as plain text, and the pages for customers, each in its language. */
import type { Standing } from '../../../src/cases/pages/standing.ts';
import type { DecisionShown } from '../../../src/flows/access/decision-page.ts';
import { cleanLine } from '../../../src/foundation/clean-text.ts';
import { optionalKinds } from '../../../src/notices/kinds.ts';
import { renderLetter, type Templates } from '../../../src/outbound/rendering/render.ts';
import { sampleClosings, sampleLetters } from '../../../src/outbound/sample-letters.ts';
import { type DecisionFormTold, decisionOver, decisionPage } from '../../../src/web/customers/access/decision.ts';
import { caseOver, casePage } from '../../../src/web/customers/cases/case.ts';
import { satisfactionOver, satisfactionPage } from '../../../src/web/customers/cases/satisfaction.ts';
import { preferencesOver, preferencesPage } from '../../../src/web/customers/contacts/preferences.ts';
import { notFoundPage } from '../../../src/web/customers/not-found.ts';
import { customerSheetPath } from '../../../src/web/customers/paths.ts';
import { customerSheet } from '../../../src/web/customers/sheet.ts';
import type { Html } from '../../../src/web/html.ts';
import { asShown } from './shown.ts';

/** `auto-dark`: a program that drops the style block and inverts the colours by itself, as some do on phones. */
export const views = ['light', 'dark', 'phone', 'phone-dark', 'auto-dark', 'plain'] as const;
export type View = (typeof views)[number];

/** A letter or page; `name` is the template with the number of its sample, `plain` is null for a page. */
export type Piece = {
  readonly name: string;
  readonly subject: string;
  readonly html: string;
  readonly plain: string | null;
};

export type Wanted = {
  readonly language: string;
  /** Templates, or `pages`; empty for all. */
  readonly names: readonly string[];
  /** How many samples of a template. */
  readonly most: number;
};

export const escaped = (text: string): string => text.replace(/[&<>"]/g, (sign) => `&#${sign.charCodeAt(0)};`);

/** Every sample in order; behind the first of the receipts that may be a last letter, its closing words. */
function lettersOf(templates: Templates, { language, names, most }: Wanted): Piece[] {
  const counted = new Map<string, number>();
  const [closing] = sampleClosings;
  const [first] = sampleLetters;
  const all = [...sampleLetters, ...(first && closing ? [{ ...first, closing }] : [])];
  return all.flatMap((letter) => {
    const number = (counted.get(letter.template) ?? 0) + 1;
    counted.set(letter.template, number);
    if (number > most || (names.length > 0 && !names.includes(letter.template))) return [];
    const { subject, html, text } = renderLetter(templates, asShown(letter, language), [language]);
    return [{ name: `${letter.template}-${number}`, subject, html, plain: text }];
  });
}

const asker = {
  ...{ name: 'Max Ernst', address: 'max@aldous.example', role: 'technical contact', phone: '+44 20 7946 0000' },
  justification: 'I run the print servers',
};
const decision = { at: '2026-03-04T10:20:00Z', by: 'contact 1', atOnce: false } as const;

function decisionsShown(language: string): readonly (readonly [DecisionShown, DecisionFormTold?])[] {
  const of = { language, siteName: 'Aldous Robotics', asker } as const;
  const open = {
    ...({
      ...of,
      kind: 'open',
      siteNumber: '1000345',
      country: 'GB',
      undoMinutes: 60,
      left: 4,
      first: null,
      shows: null,
    } as const),
  };
  const decided = { ...of, kind: 'decided', who: 'Ada Byron', ended: false, timezone: 'Europe/London' } as const;
  const granted = { ...decision, kind: 'granted', role: 'technical contact', privileges: {} } as const;
  return [
    [open],
    [
      { ...open, asker: { ...asker, justification: null, phone: null } },
      { fault: 'code-wrong', typed: { decision: 'deny', reason: '2' } },
    ],
    [{ ...decided, decision: { ...granted, justification: 'so', until: '2026-12-31' } }],
    [{ ...decided, who: null, decision: { ...decision, kind: 'denied', reason: 3, words: '' } }],
    [{ ...of, kind: 'locked' }],
    [
      {
        ...open,
        first: {
          who: 'Ada Byron',
          role: 'secondary',
          until: '2026-12-31',
          privileges: { downloads: 'software and media' },
          reason: 'Runs the print servers',
          corrects: [],
        },
      },
    ],
    [{ ...of, kind: 'waits' }],
    [{ language, kind: 'no-right' }],
  ];
}

async function pagesOf({ language, names, most }: Wanted): Promise<Piece[]> {
  if (names.length > 0 && !names.includes('pages')) return [];
  const asked = { case: '100042', language } as const;
  const satisfaction = [
    satisfactionPage({ ...asked, chosen: null }),
    satisfactionPage({ ...asked, chosen: 4 }),
    satisfactionOver(language),
  ];
  const decisions = [...decisionsShown(language).map((one) => decisionPage(...one)), decisionOver(language)];
  const lines = optionalKinds.map((kind, at) => ({ kind, wanted: at < 2, may: at !== 2 }));
  const own = { language, kind: 'releases', lines, address: 'ada@aldous.example' } as const;
  const preferences = [
    preferencesPage(own, null),
    preferencesPage({ ...own, lines: [] }, { kinds: 'of the letter', wanted: false }),
    preferencesOver(language, null),
    preferencesOver(language, 'gone'),
  ];
  const standings: readonly Standing[] = [
    { kind: 'promised', due: at(2) },
    { kind: 'late', due: at(0) },
    { kind: 'answered', at: at(1) },
    { kind: 'waits', since: at(1), until: at(3), answered: true },
    { kind: 'proposed', at: at(1) },
    { kind: 'closed', at: at(1), until: at(5) },
  ];
  const now = '2026-03-04T12:41:00Z';
  const cases = standings.map((standing, i) =>
    casePage({
      ...{ number: '100042', merged: i === 2 ? '100041' : null, openedAt: at(0), standing, now, language },
      timezone: language === 'ja' ? 'Asia/Tokyo' : 'Europe/London',
    }),
  );
  return [
    ...(await piecesOfPage('case', [...cases, caseOver(language)], most)),
    ...(await piecesOfPage('nothing', [notFoundPage(language)], most)),
    ...(await piecesOfPage('satisfaction', satisfaction, most)),
    ...(await piecesOfPage('decision', decisions, most)),
    ...(await piecesOfPage('preferences', preferences, most)),
  ];
}

const at = (hours: number): string => `2026-03-04T1${hours}:20:00Z`;

async function piecesOfPage(name: string, shown: readonly Html[], most: number): Promise<Piece[]> {
  const [style, pages] = await Promise.all([customerSheet(), Promise.all(shown)]);
  return pages.slice(0, most).map((page, at) => ({
    name: `page-${name}-${at + 1}`,
    subject: '',
    html: String(page).replace(`<link rel="stylesheet" href="${customerSheetPath}">`, () => `<style>${style}</style>`),
    plain: null,
  }));
}

export const piecesOf = async (templates: Templates, wanted: Wanted): Promise<Piece[]> => [
  ...lettersOf(templates, wanted),
  ...(await pagesOf(wanted)),
];

const monospace = (piece: Piece): string => `<!doctype html><html><head><meta charset="utf-8"></head>
<body style="margin:0;padding:16px;background:#fff;color:#000"><pre style="margin:0;width:72ch;font:13px/18px 'DejaVu Sans Mono','Noto Sans Mono CJK JP',monospace;white-space:pre-wrap;overflow-wrap:anywhere">${escaped(`Subject: ${cleanLine(piece.subject)}\n\n${piece.plain}`)}</pre></body></html>`;

/** Without what such a program drops; it inverts only what does not say that it knows dark colours. */
const unstyled = (html: string): string =>
  html.replace(/<style>[\s\S]*?<\/style>/g, '').replace(/<meta name="[a-z-]*color-schemes?"[^>]*>/g, '');

/** The document of a view, or null where the piece has none. */
export function documentFor(piece: Piece, view: View): string | null {
  if (view === 'plain') return piece.plain === null ? null : monospace(piece);
  return view === 'auto-dark' ? unstyled(piece.html) : piece.html;
}
