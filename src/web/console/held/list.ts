/** The left side: kinds as tabs with how many there are and since when, and the mails of one. */
import { html } from 'hono/html';
import type { HeldCount, HeldDesk, HeldLine, HeldPage } from '../../../flows/mail/held-desk.ts';
import { kindOfHeld, waitsForSomebody } from '../../../intake/held-kinds.ts';
import type { SenderWarning } from '../../../mail/address/sender-warnings.ts';
import type { Html } from '../../html.ts';
import { empty, pager, pill, row, rows, type Tab, tabs, when } from '../frame/parts.ts';
import type { Viewer } from '../viewer.ts';
import { countSaid, figureOf, together } from './figures.ts';
import { type HeldView, hrefOf } from './view.ts';
import { emptyOf, gradeSays, tabOrder, titleOf, warningShort } from './words.ts';

/** A kind that nothing is in has no tab, unless it is the one that is looked at. Spam, and what is refused, stand at the end. */
export function kindTabs(view: HeldView, counts: readonly HeldCount[]): Html {
  const to = (reason: string): string => hrefOf({ ...view, reason, from: null, row: null });
  const tab = (name: string, says: string, of: Pick<HeldCount, 'count' | 'oldest'>): Tab => ({
    href: to(name),
    says,
    count: countSaid(of),
    figure: figureOf(name),
    current: view.reason === name,
  });
  const own = tabOrder.flatMap((name) => counts.filter((one) => one.name === name));
  const shown = own.filter(({ name, count }) => count > 0 || name === view.reason);
  return tabs(
    [
      tab('all', 'Waiting', together(counts)),
      ...shown.filter(waitsForSomebody).map((one) => tab(one.name, titleOf(one.name), one)),
      ...shown.filter((one) => !waitsForSomebody(one)).map((one) => tab(one.name, titleOf(one.name), one)),
      { href: to('refused'), says: 'Refused', current: view.reason === 'refused' },
    ],
    'Kinds of held mail',
  );
}

function aboutOf(line: HeldLine, view: HeldView): string {
  const subject = line.subject?.trim() || 'without a subject';
  const site = line.site ? (line.site.name ?? line.site.number) : null;
  const on = line.case === null ? null : `case ${line.case}`;
  const kind = view.reason === 'all' ? (kindOfHeld(line.outcome, line.code)?.name ?? null) : null;
  const where = [on, site, line.asked ? 'asked' : null, kind && titleOf(kind).toLowerCase()].filter((one) => one);
  return where.length === 0 ? subject : `${subject} — ${where.join(', ')}`;
}

export const warningsOf = (
  { warnings }: Pick<HeldDesk, 'warnings'>,
  { from, name }: Pick<HeldLine, 'from' | 'name'>,
): readonly SenderWarning[] => (from === null ? [] : warnings({ address: from, name: name ?? '' }));

function sender(line: HeldLine, held: HeldDesk): Html {
  const shown = gradeSays(line.grade);
  const [warning] = warningsOf(held, line);
  return html`${line.from ?? 'no single plain sender'} ${
    warning ? pill(warningShort(warning), 'bad') : shown ? pill(shown.says, shown.tone) : ''
  }`;
}

type Shown = { readonly viewer: Viewer; readonly held: HeldDesk; readonly open: string | null };

export const heldRows = (page: HeldPage, view: HeldView, { viewer, held, open }: Shown): Html =>
  page.lines.length === 0
    ? empty(
        view.reason === 'all'
          ? 'Nobody waits.'
          : view.reason === 'refused'
            ? 'Nothing was refused.'
            : emptyOf(view.reason),
      )
    : html`${rows(
        page.lines.map((line) =>
          row({
            href: hrefOf({ ...view, row: line.id }),
            says: sender(line, held),
            about: aboutOf(line, view),
            side: when(line.arrivedAt, viewer, { relative: true }),
            current: line.id === open,
            choose: {
              name: 'mail',
              value: line.id,
              label: `Choose the mail of ${line.from ?? 'nobody'}`,
              form: 'many',
            },
          }),
        ),
        'Held mails',
      )}${pager({
        next: page.next && hrefOf({ ...view, row: null, from: { side: 'after', key: page.next } }),
        prev: page.prev && hrefOf({ ...view, row: null, from: { side: 'before', key: page.prev } }),
      })}`;
