/** Many at once: chosen in the list, shown with what would become of each, then done one after the other, each as it was shown. */
import { html } from 'hono/html';
import type { HeldLine } from '../../../flows/mail/held-desk.ts';
import type { Html } from '../../html.ts';
import { type Foreseen, foresee, type OfferDeps } from '../acts/offer.ts';
import { withinConsole } from '../frame/back.ts';
import { csrfField } from '../frame/csrf.ts';
import { tellNext } from '../frame/notice.ts';
import { consolePage } from '../frame/page.ts';
import { empty, field, row, rows, when } from '../frame/parts.ts';
import { byOf, type ConsoleContext } from '../viewer.ts';

type Many = {
  readonly act: 'release-mail' | 'refuse-mail' | 'hold-again' | 'replay-mail';
  readonly title: string;
  /** On the button, before the number. */
  readonly says: string;
  /** Behind a number, once they are. */
  readonly done: string;
};
export const manyOf: Readonly<Record<string, Many>> = {
  release: { act: 'release-mail', title: 'Release those chosen', says: 'Release', done: 'released' },
  refuse: { act: 'refuse-mail', title: 'Refuse those chosen', says: 'Refuse', done: 'refused' },
  again: { act: 'hold-again', title: 'Hold those chosen again', says: 'Hold again', done: 'held again' },
  'let-in': { act: 'replay-mail', title: 'Let those chosen in', says: 'Let in', done: 'let in' },
};

/** Of a page of a list; more than that a person does not look at. */
export const mostAtOnce = 50;

export type ManyDeps = OfferDeps & {
  /** The mails as lines of the list, of those that are there still. */
  readonly lines: (ids: readonly string[]) => Promise<readonly HeldLine[]>;
};

const ids = (values: readonly unknown[]): readonly string[] =>
  [...new Set(values.filter((one): one is string => typeof one === 'string' && /^\d{1,18}$/.test(one)))].slice(0, mostAtOnce);

const button = (name: string, says: string, key?: string): Html =>
  html`<button class="btn" name="do" value="${name}"${key ? html` data-key="${key}"` : ''}>${says}${key ? html` <kbd>${key}</kbd>` : ''}</button>`;

/** Asked with GET: nothing is done before it was shown. The boxes of the rows belong to this form. */
export const manyForm = (back: string, offers: readonly (readonly [name: string, says: string, key?: string])[]): Html =>
  html`<form id="many" class="many" method="get" action="/held/many"><input type="hidden" name="back" value="${back}"><span class="dim">With those chosen:</span> ${offers.map(
    ([name, says, key]) => html`${button(name, says, key)} `,
  )}</form>`;

const willSay = (foreseen: Foreseen): readonly string[] => {
  switch (foreseen.kind) {
    case 'will':
      return [...foreseen.said.first, ...foreseen.said.more];
    case 'unfit':
      return foreseen.faults;
    case 'refused':
      return [foreseen.says];
    default:
      return foreseen satisfies never;
  }
};

type Looked = { readonly line: HeldLine; readonly foreseen: Foreseen };

const shownRow = (c: ConsoleContext, { line, foreseen }: Looked): Html =>
  row({
    href: `/held?row=${line.id}`,
    says: line.from ?? 'no single plain sender',
    about: html`${line.subject?.trim() || 'without a subject'}<br><span class="will">${willSay(foreseen).join(' ')}</span>`,
    side: when(line.arrivedAt, c.get('viewer'), { relative: true }),
  });

/** What would become of each; those that it cannot be done to are said, and left out. */
export async function manyPage(c: ConsoleContext, deps: ManyDeps): Promise<Response> {
  const name = c.req.query('do') ?? '';
  const many = manyOf[name];
  const back = withinConsole(c.req.query('back') ?? '/held');
  const chosen = ids(c.req.queries('mail') ?? []);
  const up = { href: back, says: 'Held mail' };
  if (!many || chosen.length === 0)
    return consolePage(c, {
      ...{ title: 'Nothing is chosen', place: '/held', up },
      body: empty(html`Go back and choose mails with <kbd>space</kbd>, or by their boxes.`),
    });
  const act = deps.acts.find((one) => one.name === many.act);
  if (!act) throw new Error(`there is no act ${many.act}`);
  const looked: Looked[] = [];
  for (const line of await deps.lines(chosen))
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
            ? field({ name: 'reason', label: 'Why, for whoever looks later', hint: 'Their senders are told nothing. It can be taken back.' })
            : ''
        }<div class="act"><button class="btn main" autofocus>${many.says} ${able.length}</button> <a class="btn" href="${back}">Leave it</a></div></form>`;
  return consolePage(c, {
    ...{ title: many.title, place: '/held', up },
    body: html`${
      gone > 0 ? html`<p class="lead">${gone === 1 ? 'One of them is' : `${gone} of them are`} not there any more: somebody was faster.</p>` : ''
    }${form}${able.length > 0 ? html`<section><h2>What follows</h2>${rows(able.map((one) => shownRow(c, one)), 'What follows')}</section>` : ''}${
      unable.length > 0 ? html`<section><h2>Left out: it cannot be done to these</h2>${rows(unable.map((one) => shownRow(c, one)), 'Left out')}</section>` : ''
    }`,
  });
}

const texts = (value: unknown): readonly string[] => [value].flat().filter((one): one is string => typeof one === 'string');

/** Each by itself, as it was shown; one that somebody was faster with keeps no other from being done. */
export async function doMany(c: ConsoleContext, deps: ManyDeps): Promise<Response> {
  const body = await c.req.parseBody({ all: true });
  const many = manyOf[texts(body.do)[0] ?? ''];
  const back = withinConsole(texts(body.back)[0] ?? '/held');
  const expected = texts(body.expect);
  const reason = texts(body.reason)[0]?.trim() ?? '';
  const given = texts(body.mail);
  const by = byOf(c.get('viewer'));
  const faults: string[] = [];
  let count = 0;
  for (const mail of many ? ids(given) : []) {
    const input = { mail, ...(many?.act === 'refuse-mail' && reason !== '' && { reason }) };
    const expect = reason === '' ? expected[given.indexOf(mail)] : undefined;
    const outcome = await deps.perform(many?.act ?? '', input, { by, preview: false, ...(expect && { expect }) });
    if (outcome.kind === 'done') count += 1;
    else if (outcome.kind === 'refused') faults.push(outcome.says);
    else faults.push(`Mail ${mail}: something else would follow now than was shown, so it stays as it is.`);
  }
  const done = `${count === 1 ? 'One mail is' : `${count} mails are`} ${many?.done ?? 'changed'}.`;
  tellNext(c, { says: [faults.length === 0 ? done : `${done} ${faults.length} not:`, ...faults.slice(0, 5)] });
  return c.redirect(back, 303);
}
