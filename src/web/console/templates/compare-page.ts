/** `/templates/de/acknowledgement/compare?with=12`: a version beside what counts, the shipped one, or another version. */
import { html } from 'hono/html';
import type { TemplateText, WholeTemplate, WrittenVersion } from '../../../flows/templates/template-pages.ts';
import type { Html } from '../../html.ts';
import { card, filters, select } from '../frame/parts.ts';
import { diffShown } from './editor-page.ts';
import { versionWords } from './words.ts';

const textOf = ({ subject, body }: Pick<WrittenVersion, 'subject' | 'body'>): TemplateText | null =>
  body === null ? null : { subject, body };

/** What it can stand beside, the most likely first. */
function choicesOf(whole: WholeTemplate, version: WrittenVersion): readonly (readonly [string, TemplateText])[] {
  const { text, shipped, versions } = whole;
  const counts = version.id === whole.version;
  return [
    ...(counts ? [] : [['now', text] as const]),
    ...(shipped === null ? [] : [['shipped', shipped] as const]),
    ...versions.flatMap((one) => {
      const said = one.id === version.id || one.id === whole.version ? null : textOf(one);
      return said === null ? [] : [[one.id, said] as const];
    }),
  ];
}

export function compareBody(whole: WholeTemplate, version: WrittenVersion, asked: string, offered: Html): Html {
  const own = textOf(version) as TemplateText;
  const choices = choicesOf(whole, version);
  const [beside, other] = choices.find(([name]) => name === asked) ?? choices[0] ?? ['', null];
  const counts = version.id === whole.version ? ' It counts.' : '';
  return html`<p class="lead">Saved by ${version.by}: ${version.why}${counts}</p>
${
  choices.length > 1
    ? filters(
        html`<input type="hidden" name="with" value="${version.id}">${select(
          'beside',
          'Beside',
          choices.map(([name]) => [name, versionWords(name)] as const),
          beside,
        )}`,
        'Compare',
      )
    : ''
}
${card(
  other === null
    ? html`<pre class="mail source">${own.body}</pre>`
    : diffShown(other, own, `${versionWords(version.id)} beside ${versionWords(beside)}`),
  other === null ? 'All of it' : `What it says other than ${versionWords(beside)}`,
)}
${offered}`;
}
