/** `/templates`: every letter in one language, what of it was changed here, and what is wrong with it. */
import { html } from 'hono/html';
import type { ListedTemplate, TemplateList, Unused } from '../../../flows/templates/template-pages.ts';
import type { Html } from '../../html.ts';
import { alert, card, empty, field, filters, pill, row, rows, select, tabs, when } from '../frame/parts.ts';
import type { Viewer } from '../viewer.ts';
import { from, languageWords, letterWords, many, pathOf } from './words.ts';

export type Asked = { readonly language: string; readonly show: string; readonly name: string };

export const shows = [
  ['', 'Every letter'],
  ['changed', 'Changed here'],
  ['unused', 'That do not check'],
  ['none', 'Sent in English'],
] as const;

export const unusedAlert = (one: Unused): Html =>
  alert(
    html`${letterWords(one.name)} in ${languageWords(one.language)}, as it was changed here, does not check any more. The shipped one is used.`,
    html`${one.shippedChanged ? 'The shipped template has changed since. ' : ''}${one.faults.join(' ')}`,
    html`<a class="btn" href="${pathOf(one)}">Mend it</a>`,
  );

const address = ({ language, show, name }: Asked): string => {
  const query = new URLSearchParams({ language, ...(show && { show }), ...(name && { name }) });
  return `/templates?${query}`;
};

const rowOf = (one: ListedTemplate, subject: string | null, viewer: Viewer): Html => {
  const { says, ...tone } = from[one.from];
  return row({
    href: pathOf(one),
    // That one is shipped is what everybody expects.
    says:
      one.from === 'shipped'
        ? letterWords(one.name)
        : html`${letterWords(one.name)} ${pill(says, 'tone' in tone ? tone.tone : undefined)}`,
    about: html`${subject ?? 'A part of other letters'}${one.changedBy === null ? '' : html`<br><small>by ${one.changedBy}</small>`}`,
    side: one.changedAt === null ? '' : when(one.changedAt, viewer, { relative: true }),
  });
};

function nothing({ show, name }: Asked): string {
  if (name) return 'No letter has a name or a subject like this.';
  if (show === 'changed') return 'Nothing was changed here: every letter is written as shipped.';
  if (show === 'unused') return 'Everything that was changed here checks.';
  return 'Each letter has a template in this language.';
}

export function listBody(
  { languages, templates }: TemplateList,
  given: {
    readonly asked: Asked;
    readonly viewer: Viewer;
    readonly unused: readonly Unused[];
    readonly subjects: ReadonlyMap<string, string | null>;
    readonly languageOffers: Html;
  },
): Html {
  const { asked, viewer, unused, subjects, languageOffers } = given;
  const wanted = asked.name.toLowerCase();
  const isLike = ({ name }: ListedTemplate) =>
    [letterWords(name), name, subjects.get(name) ?? ''].some((one) => one.toLowerCase().includes(wanted));
  const here = templates.filter(({ language }) => language === asked.language);
  const shown = here.filter(
    (one) =>
      (asked.show === '' || (asked.show === 'changed' ? one.changedAt !== null : one.from === asked.show)) &&
      isLike(one),
  );
  const changed = templates.filter(({ changedAt }) => changedAt !== null).length;
  return html`${unused.map(unusedAlert)}
<p class="lead">The words of every letter. What is changed here is checked and tried before it counts, and stands beside the shipped one, which counts again with one button. ${
    changed === 0
      ? 'Nothing was changed so far.'
      : `${many(changed, 'template')} ${changed === 1 ? 'is' : 'are'} changed here.`
  }</p>
${tabs(
  languages.map(({ language }) => ({
    href: address({ ...asked, language }),
    says: languageWords(language),
    ...(templates.some((one) => one.language === language && one.changedAt !== null)
      ? { count: templates.filter((one) => one.language === language && one.changedAt !== null).length }
      : {}),
    current: language === asked.language,
  })),
  'Languages',
)}
${filters(html`<input type="hidden" name="language" value="${asked.language}">
${field({ name: 'name', label: 'Name or subject', value: asked.name, type: 'search' })}
${select('show', 'Show', shows, asked.show)}`)}
${
  shown.length === 0
    ? empty(nothing(asked))
    : rows(
        shown.map((one) => rowOf(one, subjects.get(one.name) ?? null, viewer)),
        'Templates',
      )
}
<section>${card(languageOffers, 'Languages')}</section>`;
}
