/** The time line of a customer: a bar for what is covered, one for each plan and licence, drawn on the server, with its words beside it. */
import { html } from 'hono/html';
import type { FullSupport, SiteRenewal } from '../../../flows/registry/customers.ts';
import { type Bar, placeOf, type Stretch, type TimeLine } from '../../../registry/licences/time-line.ts';
import type { Html } from '../../html.ts';
import { details } from '../frame/parts.ts';
import { states as renewalStates } from '../renewals/words.ts';
import { capital, counted, coverSays, dayShown, monthShown, stepSays } from './words.ts';

type Given = {
  readonly line: TimeLine;
  readonly fullSupport: readonly FullSupport[];
  readonly renewals: readonly SiteRenewal[];
};

const height = 24;

/** In place of a style: the attributes of the drawing, in per cent, so that it is as wide as there is room. */
function drawn(line: TimeLine, inner: Html): Html {
  const today = placeOf(line, line.today);
  return html`<svg class="drawn" width="100%" height="${height}" aria-hidden="true" focusable="false">${line.ticks.map(
    (day) => {
      const at = placeOf(line, day);
      return html`<line class="tick" x1="${at}%" x2="${at}%" y1="0" y2="${height}"/>`;
    },
  )}${inner}<line class="today" x1="${today}%" x2="${today}%" y1="0" y2="${height}"/></svg>`;
}

function span(line: TimeLine, { from, to }: { from: string; to: string | null }, name: string): Html {
  const start = placeOf(line, from);
  const end = to === null ? 100 : placeOf(line, to, true);
  // What lies beside the line has nothing to draw.
  if (end <= 0 || start >= 100) return html``;
  // A single day is still seen.
  const width = Math.max(0.4, Math.round((end - start) * 100) / 100);
  return html`<rect class="${name}" x="${start}%" y="5" width="${width}%" height="14" rx="2"/>`;
}

const lined = (name: Html | string, says: Html | string, drawing: Html): Html =>
  html`<li><div class="name">${name}</div><div class="says">${says}</div>${drawing}</li>`;

/** From today on, each stretch after the other. */
function coverSaid({ cover, today }: TimeLine): Html {
  const ahead = cover.filter(({ to }) => to >= today);
  const [now, ...then] = ahead;
  if (!now) return html``;
  const last = ahead.at(-1);
  const until = (one: Stretch) => (one === last ? '' : ` until ${dayShown(one.to)}`);
  const start = now.from > (cover[0]?.from ?? now.from) ? ` since ${dayShown(now.from)}` : '';
  return html`${capital(coverSays(now.judged))}${start}${until(now)}${then.map((one) => html`; then ${coverSays(one.judged)}${until(one)}`)}.`;
}

const kinds: Readonly<Record<Bar['kind'], string>> = {
  plan: 'plan',
  user: 'user',
  support: 'support',
  trial: 'trial',
};

function barName({ kind, name, quantity, product, serviceTag }: Bar): Html {
  if (kind === 'plan') return html`<b>${capital(name)}</b> plan`;
  const tag = serviceTag === null ? '' : `, tag ${serviceTag}`;
  return html`<b>${name}</b> ${quantity ?? ''} ${kinds[kind]}, ${product ?? ''}${tag}`;
}

function barSays({ from, to }: Bar, today: string): string {
  if (from === null) return 'not registered yet';
  const begins = `${dayShown(from)} to`;
  if (to === null) return `from ${dayShown(from)}, without an end`;
  return `${begins} ${dayShown(to)}${to < today ? ', ended' : ''}`;
}

const fullSupportRow = (line: TimeLine, all: readonly FullSupport[]): Html | string =>
  all.length === 0
    ? ''
    : lined(
        html`<b>Full support</b> ends`,
        html`${all.map(({ product, version, until }, i) => html`${i > 0 ? '; ' : ''}${product} ${version} on ${dayShown(until)}`)}`,
        drawn(
          line,
          html`${all.map(({ until }) =>
            until < line.from || until > line.to
              ? ''
              : html`<rect class="mark" x="${placeOf(line, until, true)}%" y="3" width="3" height="18" rx="1"/>`,
          )}`,
        ),
      );

function renewalRow(line: TimeLine, all: readonly SiteRenewal[]): Html | string {
  const next = all.find(({ day }) => day >= line.today);
  const last = all.findLast(({ day }) => day < line.today);
  const one = next ?? last;
  if (!one) return '';
  return lined(
    html`<b>Renewal</b> letters`,
    `${next ? 'next' : 'last'} on ${dayShown(one.day)}, ${stepSays(one.step)}: ${renewalStates[one.state].says}`,
    drawn(
      line,
      html`${all.map(({ day }) =>
        day < line.from || day > line.to
          ? ''
          : html`<circle class="letter${day >= line.today ? ' ahead' : ''}" cx="${placeOf(line, day)}%" cy="12" r="4"/>`,
      )}`,
    ),
  );
}

/** Months over the bars; one that stands at an edge is lettered inwards. */
const axis = (line: TimeLine): Html =>
  html`<li class="axis" aria-hidden="true"><svg class="drawn" width="100%" height="18" focusable="false">${line.ticks.map(
    (day) => {
      const at = placeOf(line, day);
      return at > 92 ? '' : html`<text x="${at}%" y="13">${monthShown(day)}</text>`;
    },
  )}</svg></li>`;

/** For whoever does not see the drawing, and whoever wants each day. */
const inWords = ({ cover }: TimeLine): Html =>
  details(
    'Every stretch of it in words',
    html`<ol class="stretches">${cover.map(
      ({ from, to, judged }) =>
        html`<li><span class="days">${dayShown(from)} to ${dayShown(to)}</span> ${coverSays(judged)}</li>`,
    )}</ol>`,
  );

export function timeLineShown({ line, fullSupport, renewals }: Given): Html {
  const cover = lined(
    html`<b>Support</b>`,
    coverSaid(line),
    drawn(line, html`${line.cover.map((one) => span(line, one, `cover-${one.judged.kind}`))}`),
  );
  const bars = line.bars.map((bar) =>
    lined(
      barName(bar),
      barSays(bar, line.today),
      drawn(line, bar.from === null ? html`` : span(line, { from: bar.from, to: bar.to }, `bar-${bar.kind}`)),
    ),
  );
  return html`<ul class="time-line" aria-label="Contract over time">${axis(line)}${cover}${bars}${fullSupportRow(line, fullSupport)}${renewalRow(
    line,
    renewals,
  )}</ul>${
    line.more > 0
      ? html`<p class="hint">${counted(line.more, 'other')} ended before ${monthShown(line.from)}, or ${line.more === 1 ? 'is' : 'are'} more than are drawn: the export has all.</p>`
      : ''
  }${inWords(line)}`;
}
