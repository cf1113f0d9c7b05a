/** `/templates/de/acknowledgement`: Markdown left, the letter right, and below what it was before. */
import { html } from 'hono/html';
import type { TemplateText, WholeTemplate, WrittenVersion } from '../../../flows/templates/template-pages.ts';
import { differences } from '../../../outbound/templates/differences.ts';
import { fileOf } from '../../../outbound/templates/text.ts';
import type { Html } from '../../html.ts';
import { card, details, empty, field, pill, select, when } from '../frame/parts.ts';
import type { Viewer } from '../viewer.ts';
import { from, languageWords, letterWords, pathOf } from './words.ts';

export type Typed = { readonly subject: string; readonly body: string; readonly why: string };

export const typedOf = ({ text }: WholeTemplate): Typed => ({ subject: text.subject ?? '', body: text.body, why: '' });

export const headingOf = (whole: WholeTemplate): Html => {
  const state = whole.unused ? 'unused' : whole.changed ? 'changed' : whole.shipped ? 'shipped' : 'none';
  const { says, ...tone } = from[state];
  return html`${letterWords(whole.name)} in ${languageWords(whole.language)} ${pill(says, 'tone' in tone ? tone.tone : undefined)}`;
};

/** The fields of the act, with the letter beside them. */
export function editorFields(
  whole: WholeTemplate,
  typed: Typed,
  given: { readonly example: string; readonly letter: Html },
): Html {
  const preview = `${pathOf(whole)}/preview`;
  const follows = html` hx-post="${preview}" hx-trigger="input from:'closest form' delay:600ms, change from:'closest form' delay:50ms" hx-target="this" hx-swap="innerHTML" hx-sync="this:replace"`;
  const subject = whole.text.subject === null ? '' : field({ name: 'subject', label: 'Subject', value: typed.subject });
  return html`<div class="editor">
<div class="written">${subject}
<label class="field"><span>Text, in Markdown</span><textarea name="body" class="mono" rows="24" spellcheck="false" required>${typed.body}</textarea></label>
<p class="hint">Values stand in <code>{{ … }}</code>, what is said only sometimes between <code>{% if … %}</code> and <code>{% endif %}</code>. Leave them as they are; write around them.</p>
${field({ name: 'why', label: 'Why', value: typed.why, required: true, hint: 'Stands in its history, beside your name.' })}</div>
<div class="letter-side"><div class="looking">${select(
    'page-example',
    'Look at it in',
    whole.examples.map(({ key, says }) => [key, says] as const),
    given.example,
  )}<button class="btn" formaction="${preview}" formnovalidate hx-post="${preview}" hx-target="#letter" hx-swap="innerHTML">Preview</button></div>
<div id="letter"${follows}>${given.letter}</div></div>
</div>`;
}

/** Of who may not change it. */
export const readOnly = ({ text }: WholeTemplate, letter: Html): Html =>
  html`<div class="editor pad"><div class="written">${
    text.subject === null
      ? ''
      : html`<p class="subject"><span class="dim">Subject</span> <code>${text.subject}</code></p>`
  }<pre class="mail source">${text.body}</pre></div><div class="letter-side"><div id="letter">${letter}</div></div></div>`;

/** Lines that are the same far from what differs are left out. */
const near = 3;

export function diffShown(before: TemplateText, after: TemplateText, label: string): Html {
  const lines = differences(fileOf(before), fileOf(after));
  const changed = lines.flatMap(({ kind }, i) => (kind === 'same' ? [] : [i]));
  if (changed.length === 0) return empty('They say the same, to the last sign.');
  const shown = lines.map((_, i) => changed.some((at) => Math.abs(at - i) <= near));
  const words = { same: '', gone: 'Gone: ', new: 'New: ' } as const;
  return html`<ol class="diff" aria-label="${label}">${lines.map(({ kind, text, before: left, after: right }, i) => {
    if (!shown[i]) return shown[i - 1] || i === 0 ? html`<li class="gap">…</li>` : '';
    return html`<li class="${kind}"><span class="n">${left ?? right ?? ''}</span><span class="sr">${words[kind]}</span><code>${text || ' '}</code></li>`;
  })}</ol>`;
}

const compareHref = (whole: WholeTemplate, version: string): string => `${pathOf(whole)}/compare?with=${version}`;

const versionShown = (whole: WholeTemplate, one: WrittenVersion, viewer: Viewer): Html => {
  const counts = one.id === whole.version;
  const says =
    one.body === null ? 'The shipped one again' : html`<a href="${compareHref(whole, one.id)}">Version ${one.id}</a>`;
  return html`<li><span>${says} ${counts ? pill(whole.unused ? 'does not check' : 'counts', whole.unused ? 'bad' : 'good') : ''}<br><small>${one.why} · ${one.by}${
    one.tried > 0 ? ` · tried on ${one.tried} ${one.tried === 1 ? 'letter' : 'letters'}` : ''
  }</small></span>${when(one.at, viewer)}</li>`;
};

export function historyShown(whole: WholeTemplate, viewer: Viewer): Html {
  const { versions, shipped } = whole;
  if (versions.length === 0)
    return card(
      empty(
        shipped === null
          ? 'It has no template in this language yet. What stands above is the English one.'
          : 'It was never changed here.',
      ),
      'History',
    );
  return card(html`<ol class="versions">${versions.map((one) => versionShown(whole, one, viewer))}</ol>`, 'History');
}

export function besideShipped(whole: WholeTemplate): Html {
  const { shipped, changed, text, shippedChanged } = whole;
  if (shipped === null || changed === null) return html``;
  return card(
    html`<div class="inner">${
      shippedChanged
        ? html`<p class="hint">The shipped template is another one than when this was written: what is new in it stands here as gone.</p>`
        : ''
    }${details('What differs', diffShown(shipped, text, 'Beside the shipped one'), true)}</div>`,
    'Beside the shipped one',
  );
}
