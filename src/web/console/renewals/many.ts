/** Many letters about renewals at once: chosen in the list, shown with what would become of each, then handed to a run. */
import { html } from 'hono/html';
import type { ListedRenewal, RenewalDesk } from '../../../flows/renewals/renewal-desk.ts';
import type { Html } from '../../html.ts';
import { chosenOf, manyBar, startBulk } from '../acts/bulk.ts';
import { notYours } from '../acts/forms.ts';
import { type Foreseen, foresee, foreseenSays, type OfferDeps } from '../acts/offer.ts';
import type { ConsoleDeps } from '../deps.ts';
import { withinConsole } from '../frame/back.ts';
import { csrfField } from '../frame/csrf.ts';
import { consolePage, faultPage } from '../frame/page.ts';
import { empty, row, rows, when } from '../frame/parts.ts';
import { type ConsoleContext, viewerMay } from '../viewer.ts';
import { aboutOf, endOf, endsSaid, stepSaid } from './words.ts';

export type ManyDeps = OfferDeps & Pick<ConsoleDeps, 'bulk'> & { readonly renewals: RenewalDesk };

const manyOf = {
  hold: { act: 'hold-renewal', says: 'Hold', key: 'h' },
  release: { act: 'release-renewal', says: 'Release', key: 'r' },
  skip: { act: 'skip-renewal', says: 'Skip', key: 'x' },
  send: { act: 'send-renewal', says: 'Send now', key: null },
} as const;
type Name = keyof typeof manyOf;
const right = 'renewals: update';
const nameOf = (text: string): Name | null => (Object.hasOwn(manyOf, text) ? (text as Name) : null);

export const manyForm = (back: string): Html =>
  manyBar(
    '/renewals/many',
    back,
    Object.entries(manyOf).map(([name, { says, key }]) => [name, says, key] as const),
  );

const labelOf = ({ site, siteName, step }: ListedRenewal): string => `${site} ${siteName}, ${stepSaid(step)}`;
type Looked = { readonly one: ListedRenewal; readonly foreseen: Foreseen };
const list = (c: ConsoleContext, title: string, looked: readonly Looked[]): Html =>
  looked.length === 0
    ? html``
    : html`<section><h2>${title}</h2>${rows(
        looked.map(({ one, foreseen }) =>
          row({
            href: `/renewals/${one.id}`,
            says: html`${one.site} ${one.siteName}`,
            about: html`${stepSaid(one.step)}, ${endsSaid(endOf(one), c.get('viewer'))}: ${aboutOf(one)}<br><span class="will">${foreseenSays(foreseen)}</span>`,
            side: when(one.dueAt, c.get('viewer')),
          }),
        ),
        title,
      )}</section>`;

async function those({ renewals }: ManyDeps, ids: readonly string[]): Promise<ListedRenewal[]> {
  const found = await Promise.all(ids.map((id) => renewals.one(id)));
  return found.filter((one) => one !== null);
}

export async function manyPage(c: ConsoleContext, deps: ManyDeps): Promise<Response> {
  const name = nameOf(c.req.query('do') ?? '');
  const back = withinConsole(c.req.query('back') ?? '/renewals');
  const up = { href: back, says: 'Renewals' };
  const chosen = await those(deps, chosenOf(c.req.queries('renewal') ?? []));
  if (name === null || chosen.length === 0)
    return consolePage(c, {
      ...{ title: 'Nothing is chosen', place: '/renewals', up },
      body: empty(html`Go back and choose letters with <kbd>space</kbd>, or by their boxes.`),
    });
  const { act: actName, says } = manyOf[name];
  const act = deps.acts.find((one) => one.name === actName);
  if (!act) throw new Error(`there is no act ${actName}`);
  const viewer = c.get('viewer');
  if (!viewerMay(viewer, right))
    return faultPage(c, { status: 403, says: 'You may not do this.', toDo: notYours(viewer, act) });
  const looked: Looked[] = [];
  for (const one of chosen) looked.push({ one, foreseen: await foresee(deps, viewer, act, { renewal: one.id }) });
  const able = looked.filter(({ foreseen }) => foreseen.kind === 'will');
  const form =
    able.length === 0
      ? ''
      : html`<form class="again" method="post" action="/renewals/many">${csrfField(c)}<input type="hidden" name="do" value="${name}"><input type="hidden" name="back" value="${back}">${able.map(
          ({ one, foreseen }) =>
            html`<input type="hidden" name="renewal" value="${one.id}"><input type="hidden" name="expect" value="${foreseen.kind === 'will' ? foreseen.fingerprint : ''}">`,
        )}<div class="act"><button class="btn main" autofocus>${says}: ${able.length}</button> <a class="btn" href="${back}">Leave it</a></div></form>`;
  return consolePage(c, {
    ...{ title: `${says} those chosen`, place: '/renewals', up, assets: ['notices.css'] },
    body: html`${form}${list(c, 'What follows', able)}${list(
      c,
      'Left out: it cannot be done to these',
      looked.filter(({ foreseen }) => foreseen.kind !== 'will'),
    )}`,
  });
}

const texts = (value: unknown): readonly string[] =>
  [value].flat().filter((one): one is string => typeof one === 'string');

/** A run over those chosen, each as it was shown. */
export async function doMany(c: ConsoleContext, deps: ManyDeps): Promise<Response> {
  if (!viewerMay(c.get('viewer'), right))
    return faultPage(c, { status: 403, says: 'You may not do this.', toDo: 'Ask the renewal team.' });
  const body = await c.req.parseBody({ all: true });
  const name = nameOf(texts(body.do)[0] ?? '');
  const [given, expected] = [texts(body.renewal), texts(body.expect)];
  const chosen = await those(deps, chosenOf(given));
  if (name === null || chosen.length === 0)
    return faultPage(c, { status: 422, says: 'Nothing was begun.', toDo: 'Go back and choose letters.' });
  const { act, says } = manyOf[name];
  return startBulk(c, deps, {
    ...{ act, says, back: withinConsole(texts(body.back)[0] ?? '/renewals') },
    items: chosen.map((one) => ({
      label: labelOf(one),
      input: { renewal: one.id },
      expect: expected[given.indexOf(one.id)] || null,
    })),
  });
}
