/** Many at once: chosen in the list, shown with what would become of each, then handed to a run that can be watched, stopped and undone. */
import { html } from 'hono/html';
import type { HeldLine } from '../../../flows/mail/held-desk.ts';
import type { Html } from '../../html.ts';
import { chosenOf, manyBar, startBulk } from '../acts/bulk.ts';
import { type Foreseen, foresee, foreseenSays, type OfferDeps } from '../acts/offer.ts';
import type { ConsoleDeps } from '../deps.ts';
import { withinConsole } from '../frame/back.ts';
import { csrfField } from '../frame/csrf.ts';
import { consolePage, faultPage } from '../frame/page.ts';
import { empty, field, row, rows, when } from '../frame/parts.ts';
import { type ConsoleContext, viewerMay } from '../viewer.ts';

type Many = {
  readonly act: 'release-mail' | 'refuse-mail' | 'hold-again' | 'replay-mail';
  readonly title: string;
  /** On the button, before the number. */
  readonly says: string;
};
export const manyOf: Readonly<Record<string, Many>> = {
  release: { act: 'release-mail', title: 'Release those chosen', says: 'Release' },
  refuse: { act: 'refuse-mail', title: 'Refuse those chosen', says: 'Refuse' },
  again: { act: 'hold-again', title: 'Hold those chosen again', says: 'Hold again' },
  'let-in': { act: 'replay-mail', title: 'Let those chosen in', says: 'Let in' },
};

export type ManyDeps = OfferDeps & Pick<ConsoleDeps, 'held' | 'bulk'>;
/** Of all of these acts. */
const right = 'mail: settle';

/** What a person knows it by. */
export const labelOf = ({ from, subject }: HeldLine): string =>
  `${from ?? 'no single plain sender'}: ${subject?.trim() || 'without a subject'}`;

export const manyForm = (back: string, buttons: Parameters<typeof manyBar>[2]): Html =>
  manyBar('/held/many', back, buttons);

type Looked = { readonly line: HeldLine; readonly foreseen: Foreseen };

const shownRow = (c: ConsoleContext, { line, foreseen }: Looked): Html =>
  row({
    href: `/held?row=${line.id}`,
    says: line.from ?? 'no single plain sender',
    about: html`${line.subject?.trim() || 'without a subject'}<br><span class="will">${foreseenSays(foreseen)}</span>`,
    side: when(line.arrivedAt, c.get('viewer'), { relative: true }),
  });

/** What would become of each; those that it cannot be done to are said, and left out. */
export async function manyPage(c: ConsoleContext, deps: ManyDeps): Promise<Response> {
  const name = c.req.query('do') ?? '';
  const many = manyOf[name];
  const back = withinConsole(c.req.query('back') ?? '/held');
  const chosen = chosenOf(c.req.queries('mail') ?? []);
  const up = { href: back, says: 'Held mail' };
  if (!many || chosen.length === 0)
    return consolePage(c, {
      ...{ title: 'Nothing is chosen', place: '/held', up },
      body: empty(html`Go back and choose mails with <kbd>space</kbd>, or by their boxes.`),
    });
  const act = deps.acts.find((one) => one.name === many.act);
  if (!act) throw new Error(`there is no act ${many.act}`);
  const looked: Looked[] = [];
  for (const line of await deps.held.among(chosen))
    looked.push({ line, foreseen: await foresee(deps, c.get('viewer'), act, { mail: line.id }) });
  const able = looked.filter(({ foreseen }) => foreseen.kind === 'will');
  const unable = looked.filter(({ foreseen }) => foreseen.kind !== 'will');
  const gone = chosen.length - looked.length;
  const form =
    able.length === 0
      ? ''
      : html`<form class="again" method="post" action="/held/many">${csrfField(c)}<input type="hidden" name="do" value="${name}"><input type="hidden" name="back" value="${back}">${able.map(
          ({ line, foreseen }) =>
            html`<input type="hidden" name="mail" value="${line.id}"><input type="hidden" name="expect" value="${foreseen.kind === 'will' ? foreseen.fingerprint : ''}">`,
        )}${
          many.act === 'refuse-mail'
            ? field({
                name: 'reason',
                label: 'Why, for whoever looks later',
                hint: 'Their senders are told nothing. It can be taken back.',
                focus: true,
              })
            : ''
        }<div class="act"><button class="btn main"${many.act === 'refuse-mail' ? '' : html` autofocus`}>${many.says} ${able.length}</button> <a class="btn" href="${back}">Leave it</a></div></form>`;
  return consolePage(c, {
    ...{ title: many.title, place: '/held', up, assets: ['held.css'] },
    body: html`${
      gone > 0
        ? html`<p class="lead">${gone === 1 ? 'One of them is' : `${gone} of them are`} not there any more: somebody was faster.</p>`
        : ''
    }${form}${
      able.length > 0
        ? html`<section><h2>What follows</h2>${rows(
            able.map((one) => shownRow(c, one)),
            'What follows',
          )}</section>`
        : ''
    }${
      unable.length > 0
        ? html`<section><h2>Left out: it cannot be done to these</h2>${rows(
            unable.map((one) => shownRow(c, one)),
            'Left out',
          )}</section>`
        : ''
    }`,
  });
}

const texts = (value: unknown): readonly string[] =>
  [value].flat().filter((one): one is string => typeof one === 'string');

/** A run over those chosen, each as it was shown; it is watched and stopped on its own page. */
export async function doMany(c: ConsoleContext, deps: ManyDeps): Promise<Response> {
  if (!viewerMay(c.get('viewer'), right))
    return faultPage(c, {
      status: 403,
      says: 'You may not do this.',
      toDo: 'Whoever settles held mail may do it to many.',
    });
  const body = await c.req.parseBody({ all: true });
  const many = manyOf[texts(body.do)[0] ?? ''];
  const back = withinConsole(texts(body.back)[0] ?? '/held');
  const given = texts(body.mail);
  const expected = texts(body.expect);
  const reason = many?.act === 'refuse-mail' ? (texts(body.reason)[0]?.trim() ?? '') : '';
  const lines = many ? await deps.held.among(chosenOf(given)) : [];
  if (!many || lines.length === 0)
    return faultPage(c, { status: 422, says: 'Nothing was begun.', toDo: 'Go back and choose mails.' });
  return startBulk(c, deps, {
    act: many.act,
    says: many.says,
    back,
    items: lines.map((line) => ({
      label: labelOf(line),
      input: { mail: line.id, ...(reason !== '' && { reason }) },
      // With a reason it is no more what was shown, which had none.
      expect: reason === '' ? expected[given.indexOf(line.id)] || null : null,
    })),
  });
}
