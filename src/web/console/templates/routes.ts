/** The routes of templates. What is saved is an act; a preview writes nothing. */
import { Hono } from 'hono';
import { html } from 'hono/html';
import type { TemplatePages, TemplateText, WholeTemplate } from '../../../flows/templates/template-pages.ts';
import type { Html } from '../../html.ts';
import { maskPins } from '../../mask.ts';
import { type OfferDeps, offer, offers } from '../acts/offer.ts';
import { consolePage, faultPage } from '../frame/page.ts';
import { card, field } from '../frame/parts.ts';
import { foreignHtml } from '../frame/policy.ts';
import { type ConsoleContext, type ConsoleEnv, viewerMay } from '../viewer.ts';
import { compareBody } from './compare-page.ts';
import { readDraft } from './draft.ts';
import { besideShipped, editorFields, headingOf, historyShown, readOnly, type Typed, typedOf } from './editor-page.ts';
import { letterShown } from './letter-shown.ts';
import { listBody, shows, unusedAlert } from './list-page.ts';
import { languageWords, letterWords, pathOf } from './words.ts';

export type TemplatesDeps = OfferDeps & { readonly templatePages: TemplatePages };

const place = '/templates';
const assets = ['templates.css'] as const;

const missing = (c: ConsoleContext) =>
  faultPage(c, { status: 404, says: 'There is no such template.', toDo: 'Look for it in the list of templates.' });

const textTyped = ({ subject, body }: Typed, { text }: WholeTemplate): TemplateText => ({
  subject: text.subject === null ? null : subject,
  body,
});

const upOf = ({ language }: WholeTemplate) => ({ href: `/templates?language=${language}`, says: 'Templates' });

async function languageOffers(c: ConsoleContext, deps: TemplatesDeps, language: string): Promise<Html> {
  const added = (await deps.templatePages.languages()).some((one) => one.language === language && one.added);
  const given = [
    offer(c, deps, {
      ...{ act: 'add-language', input: {}, says: 'Add a language …', back: '/templates' },
      fields: field({
        name: 'language',
        label: 'Language',
        hint: 'As in pt, or pt-BR for that of one country',
        required: true,
      }),
    }),
    ...(added
      ? [
          offer(c, deps, {
            act: 'remove-language',
            input: { language },
            says: `Remove ${languageWords(language)}`,
            back: '/templates',
          }),
        ]
      : []),
  ];
  return offers(await Promise.all(given), 'Languages');
}

async function editor(
  c: ConsoleContext,
  deps: TemplatesDeps,
  whole: WholeTemplate,
  typed: Typed,
  example: string,
): Promise<Html> {
  const { language, name, version } = whole;
  const text = textTyped(typed, whole);
  const isTyped = text.body !== whole.text.body || text.subject !== whole.text.subject;
  const letter = await letterShown(c, deps.templatePages, { whole, text, example, typed: isTyped });
  const saving = await offer(c, deps, {
    ...{ act: 'put-template', input: { language, name, version }, says: 'Save', main: true, open: true },
    ...{ back: pathOf(whole), fields: editorFields(whole, typed, { example, letter }) },
  });
  if (viewerMay(c.get('viewer'), 'templates: update')) return html`<div class="editing">${saving}</div>`;
  return html`${card(readOnly(whole, letter))}<div class="editing">${saving}</div>`;
}

async function editorPage(
  c: ConsoleContext,
  deps: TemplatesDeps,
  whole: WholeTemplate,
  typed: Typed,
  example: string,
): Promise<Response> {
  const { language, name, version, unused, changed } = whole;
  const restore = changed
    ? card(
        offers([
          await offer(c, deps, {
            ...{
              act: 'restore-template',
              input: { language, name, version },
              says: 'Back to the shipped one …',
              back: pathOf(whole),
            },
            fields: field({ name: 'why', label: 'Why', required: true }),
          }),
        ]),
      )
    : html``;
  const history = historyShown(whole, c.get('viewer'));
  const below = changed
    ? html`<div class="two"><div>${besideShipped(whole)}${restore}</div><div>${history}</div></div>`
    : history;
  return consolePage(c, {
    ...{ title: `${letterWords(name)} in ${languageWords(language)}`, heading: headingOf(whole), place, assets },
    up: upOf(whole),
    body: html`${unused ? unusedAlert(unused) : ''}${await editor(c, deps, whole, typed, example)}${below}`,
  });
}

const exampleOf = ({ examples }: WholeTemplate, asked: string): string =>
  examples.some(({ key }) => key === asked) ? asked : (examples[0]?.key ?? '');

export function templateRoutes(deps: TemplatesDeps): Hono<ConsoleEnv> {
  const { templatePages: pages } = deps;
  const app = new Hono<ConsoleEnv>({ strict: false });
  const found = (c: ConsoleContext) => pages.one(c.req.param('language') ?? '', c.req.param('name') ?? '');

  app.get('/templates', async (c) => {
    const list = await pages.list();
    const language = list.languages.find((one) => one.language === c.req.query('language'))?.language ?? 'en';
    const show = shows.find(([one]) => one === c.req.query('show'))?.[0] ?? '';
    const asked = { language, show, name: (c.req.query('name') ?? '').slice(0, 60) };
    const given = {
      asked,
      viewer: c.get('viewer'),
      unused: pages.unused(),
      subjects: pages.subjects(language),
      languageOffers: await languageOffers(c, deps, language),
    };
    return consolePage(c, { title: 'Templates', place, assets, body: listBody(list, given) });
  });

  app.get('/templates/:language/:name', async (c) => {
    const whole = await found(c);
    if (whole === null) return missing(c);
    return editorPage(c, deps, whole, typedOf(whole), exampleOf(whole, c.req.query('example') ?? ''));
  });

  app.post('/templates/:language/:name/preview', async (c) => {
    const whole = await found(c);
    if (whole === null) return missing(c);
    const sent = await c.req.parseBody();
    const textOf = (name: string): string => {
      const value = sent[name];
      return typeof value === 'string' ? value.replaceAll('\r\n', '\n').slice(0, 60_000) : '';
    };
    const typed = { subject: textOf('subject'), body: textOf('body'), why: textOf('why') };
    const example = exampleOf(whole, textOf('page-example'));
    if (c.req.header('hx-request') === undefined) return editorPage(c, deps, whole, typed, example);
    return c.html(await letterShown(c, pages, { whole, text: textTyped(typed, whole), example, typed: true }));
  });

  app.get('/templates/:language/:name/letter', async (c) => {
    const whole = await found(c);
    const draft = c.req.query('draft');
    const text = draft === undefined ? whole?.text : readDraft(draft, c.get('csrf'));
    if (whole === null || !text) return missing(c);
    const rendered = await pages.render(whole, text, exampleOf(whole, c.req.query('example') ?? '')).catch(() => null);
    if (rendered === null) return missing(c);
    // Its sanitiser and parser of styles are some 5 MB that no other page needs.
    const { shownHtml } = await import('../../shown-html.ts');
    return foreignHtml(shownHtml(maskPins(rendered.html)));
  });

  app.get('/templates/:language/:name/compare', async (c) => {
    const whole = await found(c);
    const version = whole?.versions.find(({ id }) => id === c.req.query('with'));
    if (whole === null || version?.body == null) return missing(c);
    const { language, name } = whole;
    const called = `${letterWords(name)} in ${languageWords(language)}`;
    const again =
      version.id === whole.version
        ? html``
        : card(
            offers([
              await offer(c, deps, {
                ...{ act: 'restore-template', says: `Let version ${version.id} count again …`, back: pathOf(whole) },
                input: { language, name, version: whole.version, to: version.id },
                fields: field({ name: 'why', label: 'Why', required: true }),
              }),
            ]),
          );
    return consolePage(c, {
      ...{ title: `Version ${version.id}: ${called}`, place, assets },
      up: { href: pathOf(whole), says: called },
      body: compareBody(whole, version, c.req.query('beside') ?? '', again),
    });
  });
  return app;
}
