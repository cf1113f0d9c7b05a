/** The letters that the demo caught. They are shown, never run: frames without any permission, and a page that may fetch nothing. */
import { html } from 'hono/html';
import type { CaughtLetter, ShownLetter } from '../deps.ts';
import { type Html, page, timeOf } from '../html.ts';
import { maskPins } from '../mask.ts';

export type { SandboxLetters } from '../deps.ts';

type Known = { readonly template: string; readonly case: string | null } | undefined;

const tags = (known: Known): Html | string =>
  known
    ? html`<span class="tag">${known.template}</span>${known.case ? html`<span class="tag">case ${known.case}</span>` : ''}`
    : '';

type List = {
  readonly letters: readonly CaughtLetter[];
  readonly known: ReadonlyMap<string, NonNullable<Known>>;
  readonly total: number;
  readonly older: string | null;
  readonly newest: boolean;
};

export function sandboxPage(given: List): Html {
  const { letters, known, total, older, newest } = given;
  const rows = letters.map(
    (letter) => html`<li><a href="/sandbox/${letter.id}">
<span class="when">${timeOf(letter.at)}</span>
<span class="whom">${letter.to.join(', ')}</span>
<span class="what">${maskPins(letter.subject) || 'No subject'}</span>
<span class="kind">${tags(letter.messageId === null ? undefined : known.get(letter.messageId))}</span></a></li>`,
  );
  const list =
    letters.length === 0
      ? html`<div class="empty"><p><strong>No letter yet.</strong></p><p class="faint">Send a mail to the LMTP or SMTP port of the demo; its answer is caught here within a second or two.</p></div>`
      : html`<ul class="letters">${rows}</ul>`;
  const steps = html`<p class="steps">${newest ? '' : html`<a href="/sandbox">Newest</a>`}${older ? html`<a href="/sandbox?before=${older}">Older</a>` : ''}</p>`;
  const count = total === 1 ? '1 letter' : `${total} letters`;
  const body = html`
<h1>Letters caught</h1>
<p class="lead">${count}, newest first. In the demo no letter leaves this machine. <a href="">Look again</a></p>
${list}
${steps}`;
  return page('Letters caught · Postern', body, 'sandbox', true);
}

type One = {
  readonly letter: ShownLetter;
  readonly known: Known;
  readonly newer: string | null;
  readonly older: string | null;
};

export async function caughtLetterPage({ letter, known, newer, older }: One): Promise<Html> {
  // Its sanitizer and parser of styles are some 5 MB that no other page needs.
  const { shownHtml } = await import('../shown-html.ts');
  const subject = maskPins(letter.subject) || 'No subject';
  const rendered =
    letter.html === null
      ? html`<p class="faint">This letter has no HTML part.</p>`
      : html`<div class="shown"><iframe sandbox="" referrerpolicy="no-referrer" title="The letter as a mail program shows it" srcdoc="${maskPins(shownHtml(letter.html))}"></iframe></div>`;
  const body = html`
<p class="steps"><a href="/sandbox">All letters</a>${newer ? html`<a href="/sandbox/${newer}">Newer</a>` : ''}${older ? html`<a href="/sandbox/${older}">Older</a>` : ''}<a href="/sandbox/${letter.id}/raw" download="letter-${letter.id}.eml">Download the bytes</a></p>
<h1>${subject}</h1>
<dl class="facts">
<dt>To</dt><dd>${letter.to.join(', ')}</dd>
<dt>Envelope sender</dt><dd>${letter.from === '' ? 'none (the null sender)' : letter.from}</dd>
<dt>Caught</dt><dd>${timeOf(letter.at)}</dd>
${known ? html`<dt>Template</dt><dd>${known.template}</dd>` : ''}${known?.case ? html`<dt>Case</dt><dd>${known.case}</dd>` : ''}
</dl>
<h2>As HTML</h2>
${rendered}
<h2>As text</h2>
<pre>${maskPins(letter.text)}</pre>
<details><summary>Headers</summary>
<dl class="heads">${letter.headers.map(({ name, value }) => html`<dt>${name}</dt><dd>${maskPins(value)}</dd>`)}</dl></details>`;
  return page(`${subject} · Postern`, body, 'sandbox', true);
}
