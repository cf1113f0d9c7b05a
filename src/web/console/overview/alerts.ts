/** What is wrong, on top: a sentence with its cause, what is safe meanwhile, and one way out that a digit opens. */
import { html } from 'hono/html';
import type { Trouble, Way } from '../../../upkeep/overview/trouble.ts';
import type { Html } from '../../html.ts';
import { type OfferDeps, offer } from '../acts/offer.ts';
import { alert, details, when } from '../frame/parts.ts';
import type { ConsoleContext } from '../viewer.ts';

/** So many are open at once; the others are one click away, so that what matters is not below what does not. */
const mostOpen = 9;
/** Each costs a preview. */
const mostActs = 5;

const keyOf = (place: number): string | undefined => (place < 9 ? `${place + 1}` : undefined);

const link = ({ href, says }: Extract<Way, { kind: 'page' }>, key: string | undefined): Html =>
  html`<a class="btn" href="${href}"${key === undefined ? '' : html` data-key="${key}"`}>${says}${
    key === undefined ? '' : html` <kbd>${key}</kbd>`
  }</a>`;

type Shown = { readonly way: Way; readonly key: string | undefined; readonly acts: number };

async function wayShown(c: ConsoleContext, deps: OfferDeps, { way, key, acts }: Shown): Promise<Html> {
  if (way.kind === 'words') return html`<p class="way">${way.says}</p>`;
  if (way.kind === 'page') return link(way, key);
  if (acts > mostActs) return link({ kind: 'page', href: '/queues', says: way.says }, key);
  return offer(c, deps, { act: way.act, input: way.input, says: way.says, back: '/', ...(key && { key }) });
}

function linked(says: string, link: Trouble['link']): Html | string {
  const at = link ? says.indexOf(link.words) : -1;
  return link && at >= 0
    ? html`${says.slice(0, at)}<a href="${link.href}">${link.words}</a>${says.slice(at + link.words.length)}`
    : says;
}

export async function alertsShown(c: ConsoleContext, deps: OfferDeps, troubles: readonly Trouble[]): Promise<Html> {
  const viewer = c.get('viewer');
  let acts = 0;
  const shown = await Promise.all(
    troubles.map(async ({ key, level, says, because, meanwhile, since, way, also, link }, place) => {
      if ((also ?? way).kind === 'act') acts += 1;
      const more = html`${because === null ? '' : html`${because} `}${meanwhile}${
        since === null ? '' : html` <span class="since">Since ${when(since, viewer)}.</span>`
      }`;
      const [first, second] = await Promise.all([
        wayShown(c, deps, { way, key: keyOf(place), acts }),
        also && acts <= mostActs ? wayShown(c, deps, { way: also, key: undefined, acts }) : '',
      ]);
      const ways = html`${first}${second}`;
      return html`<div data-trouble="${key}">${alert(linked(says, link), more, ways, level === 'now' ? 'bad' : 'warn')}</div>`;
    }),
  );
  const rest = shown.slice(mostOpen);
  return html`<div class="alerts">${shown.slice(0, mostOpen)}${
    rest.length > 0 ? details(`${rest.length} more`, html`${rest}`) : ''
  }</div>`;
}
