/** Many at once: chosen in the list, shown with what would become of each, then handed to a run that can be watched and stopped. */
import { html } from 'hono/html';
import { assignCase } from '../../../acts/cases/working/assign-case.ts';
import { setKind } from '../../../acts/cases/working/set-kind.ts';
import { takeCase } from '../../../acts/cases/working/take-case.ts';
import { caseKinds } from '../../../cases/case.ts';
import type { CaseLine } from '../../../flows/cases/listed/case-lists.ts';
import type { Html } from '../../html.ts';
import { maskPins } from '../../mask.ts';
import { chosenOf, manyBar, startBulk } from '../acts/bulk.ts';
import { notYours } from '../acts/forms.ts';
import { type Foreseen, foresee, foreseenSays, type OfferDeps } from '../acts/offer.ts';
import type { ConsoleDeps } from '../deps.ts';
import { withinConsole } from '../frame/back.ts';
import { csrfField } from '../frame/csrf.ts';
import { consolePage, faultPage } from '../frame/page.ts';
import { empty, row, rows, select } from '../frame/parts.ts';
import { type ConsoleContext, mayDo } from '../viewer.ts';
import { labelOf } from './row.ts';
import { severityPill } from './words.ts';

export type ManyDeps = OfferDeps & Pick<ConsoleDeps, 'cases' | 'bulk'>;

type Choices = readonly (readonly [value: string, says: string])[];
type Many = {
  readonly act: string;
  readonly title: string;
  /** On the button, before the number. */
  readonly says: string;
  /** What has to be said for all of them. */
  readonly asks?: { readonly name: string; readonly label: string; choices(deps: ManyDeps): Promise<Choices> };
};

export const manyOf: Readonly<Record<string, Many>> = {
  take: { act: takeCase.name, title: 'Take those chosen', says: 'Take' },
  assign: {
    act: assignCase.name,
    title: 'Give those chosen to somebody',
    says: 'Give',
    asks: {
      name: 'to',
      label: 'To',
      choices: async ({ cases }) => (await cases.people()).map(({ email, name }) => [email, name] as const),
    },
  },
  kind: {
    act: setKind.name,
    title: 'Say what kind those chosen are',
    says: 'Set the kind of',
    asks: { name: 'kind', label: 'Kind', choices: async () => caseKinds.map((one) => [one, one] as const) },
  },
};

const texts = (value: unknown): readonly string[] =>
  [value].flat().filter((one): one is string => typeof one === 'string');

export const manyForm = (back: string): Html =>
  manyBar('/cases/many', back, [
    ['take', 'Take', 'T'],
    ['assign', 'Give to …', 'G'],
    ['kind', 'Kind …', 'K'],
    ['merge', 'Merge …', 'M'],
  ]);

type Looked = { readonly line: CaseLine; readonly foreseen: Foreseen };

const shownRow = ({ line, foreseen }: Looked): Html =>
  row({
    href: `/cases/${line.number}`,
    says: html`${severityPill(line.severity)} ${line.number} <bdi>${maskPins(line.title)}</bdi>`,
    about: html`${line.site.name}<br><span class="will">${foreseenSays(foreseen)}</span>`,
  });

const inputOf = ({ asks }: Many, line: CaseLine, said: string): Readonly<Record<string, string>> => ({
  case: line.number,
  ...(asks && { [asks.name]: said }),
});

const hidden = (name: string, value: string): Html => html`<input type="hidden" name="${name}" value="${value}">`;

/** What has to be said first; the page shows then what follows for each. */
async function askedFirst(deps: ManyDeps, many: Many, numbers: readonly string[], own: Html): Promise<Html> {
  const choices = (await many.asks?.choices(deps)) ?? [];
  return html`<form class="again" method="get" action="/cases/many">${own}${numbers.map((one) => hidden('case', one))}${
    many.asks ? select(many.asks.name, many.asks.label, choices) : ''
  }<div class="act"><button class="btn main">Show what follows</button></div></form>`;
}

/** What would become of each; those that it cannot be done to are said, and left out. */
export async function manyPage(c: ConsoleContext, deps: ManyDeps): Promise<Response> {
  const name = c.req.query('do') ?? '';
  const many = Object.hasOwn(manyOf, name) ? manyOf[name] : undefined;
  const back = withinConsole(c.req.query('back') ?? '/cases');
  const chosen = chosenOf(c.req.queries('case') ?? []);
  const up = { href: back, says: 'Cases' };
  if (name === 'merge' && chosen.length === 2) {
    // The one that is known longer goes on; the page of the merge shows both clocks, and is asked before anything is done.
    const [into, from] = chosen.toSorted((a, b) => Number(a) - Number(b));
    return c.redirect(`/cases/${from}/merge?into=${into}`, 303);
  }
  const frame = { place: '/cases', up, assets: ['cases.css'] as const };
  if (name === 'merge')
    return consolePage(c, {
      ...{ ...frame, title: 'Two cases are merged at a time' },
      body: empty(html`Go back and choose two of one site with <kbd>space</kbd>, or by their boxes.`),
    });
  if (!many || chosen.length === 0)
    return consolePage(c, {
      ...{ ...frame, title: 'Nothing is chosen' },
      body: empty(html`Go back and choose cases with <kbd>space</kbd>, or by their boxes.`),
    });
  const act = deps.acts.find((one) => one.name === many.act);
  if (!act) throw new Error(`there is no act ${many.act}`);
  const own = html`${hidden('do', name)}${hidden('back', back)}`;
  const said = many.asks ? (c.req.query(many.asks.name)?.trim().slice(0, 200) ?? '') : '';
  if (many.asks && said === '')
    return consolePage(c, { ...frame, title: many.title, body: await askedFirst(deps, many, chosen, own) });
  const looked: Looked[] = [];
  for (const line of await deps.cases.among(chosen))
    looked.push({ line, foreseen: await foresee(deps, c.get('viewer'), act, inputOf(many, line, said)) });
  const able = looked.filter(({ foreseen }) => foreseen.kind === 'will');
  const unable = looked.filter(({ foreseen }) => foreseen.kind !== 'will');
  const form =
    able.length === 0
      ? html`<p class="lead">It cannot be done to any of them.</p>`
      : html`<form class="again" method="post" action="/cases/many">${csrfField(c)}${own}${many.asks ? hidden(many.asks.name, said) : ''}${able.map(
          ({ line, foreseen }) =>
            html`${hidden('case', line.number)}${hidden('expect', foreseen.kind === 'will' ? foreseen.fingerprint : '')}`,
        )}<div class="act"><button class="btn main" autofocus>${many.says} ${able.length}</button> <a class="btn" href="${back}">Leave it</a></div></form>`;
  return consolePage(c, {
    ...{ ...frame, title: many.title },
    body: html`${form}${
      able.length > 0 ? html`<section><h2>What follows</h2>${rows(able.map(shownRow), 'What follows')}</section>` : ''
    }${
      unable.length > 0
        ? html`<section><h2>Left out: it cannot be done to these</h2>${rows(unable.map(shownRow), 'Left out')}</section>`
        : ''
    }`,
  });
}

/** A run over those chosen, each as it was shown; it is watched and stopped on its own page. */
export async function doMany(c: ConsoleContext, deps: ManyDeps): Promise<Response> {
  const viewer = c.get('viewer');
  if (!mayDo(viewer, takeCase))
    return faultPage(c, { status: 403, says: 'You may not do this.', toDo: notYours(viewer, takeCase) });
  const body = await c.req.parseBody({ all: true });
  const name = texts(body.do)[0] ?? '';
  const many = Object.hasOwn(manyOf, name) ? manyOf[name] : undefined;
  const given = texts(body.case);
  const expected = texts(body.expect);
  const said = many?.asks ? (texts(body[many.asks.name])[0] ?? '') : '';
  const lines = many ? await deps.cases.among(chosenOf(given)) : [];
  if (!many || lines.length === 0)
    return faultPage(c, { status: 422, says: 'Nothing was begun.', toDo: 'Go back and choose cases.' });
  return startBulk(c, deps, {
    act: many.act,
    says: many.says,
    back: withinConsole(texts(body.back)[0] ?? '/cases'),
    items: lines.map((line) => ({
      label: labelOf(line),
      input: inputOf(many, line, said),
      expect: expected[given.indexOf(line.number)] || null,
    })),
  });
}
