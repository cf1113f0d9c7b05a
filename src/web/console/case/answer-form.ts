/** The answer to the customer: who gets it, the text as it is kept, what sending it does. */
import { html } from 'hono/html';
import type { CannedAnswer, Draft, OpenedCase } from '../../../flows/cases/one/case-desk.ts';
import type { Html } from '../../html.ts';
import { willShown } from '../acts/forms.ts';
import { foresee, type OfferDeps } from '../acts/offer.ts';
import { csrfField } from '../frame/csrf.ts';
import { timeIn } from '../frame/times.ts';
import { sizeSays } from '../mails/words.ts';
import type { ConsoleContext, Viewer } from '../viewer.ts';

type Given = { readonly opened: OpenedCase; readonly draft: Draft | null; readonly canned: readonly CannedAnswer[] };

/** As an act is asked for; files count by their names, types and sizes until it is done. */
export const answerInput = (
  number: string,
  text: string,
  {
    seen,
    files = [],
  }: { readonly seen?: string; readonly files?: readonly { name: string; type: string; bytes: Uint8Array }[] },
) => ({
  case: number,
  text,
  ...(seen !== undefined && { seen }),
  ...(files.length > 0 && {
    attachments: files.map(({ name, type, bytes }) => ({
      name,
      type: type || 'application/octet-stream',
      content: Buffer.from(bytes).toString('base64'),
    })),
  }),
});

/** What sending it as it stands does, with its fingerprint; before anything is written, a hint. */
export async function answerWill(deps: OfferDeps, viewer: Viewer, input: { readonly text: string }): Promise<Html> {
  if (input.text.trim() === '') return html`<p>Write the answer. What sending it does is said here.</p>`;
  const act = deps.acts.find(({ name }) => name === 'write-on-case');
  if (!act) throw new Error('there is no act write-on-case');
  const foreseen = await foresee(deps, viewer, act, input);
  // All of it: whom it goes to is said last.
  if (foreseen.kind === 'will')
    return willShown(act, { first: [...foreseen.said.first, ...foreseen.said.more], more: [] }, foreseen.fingerprint);
  return foreseen.kind === 'refused'
    ? html`<p class="warn">${foreseen.says}</p>`
    : html`<p>${foreseen.faults.join(' ')}</p>`;
}

export const keptSays = (draft: Pick<Draft, 'keptAt'>, { zone }: Pick<Viewer, 'zone'>): string =>
  `Draft kept ${timeIn(zone, new Date(draft.keptAt), new Date())}`;

export const recipients = ({ answersTo }: Pick<OpenedCase, 'answersTo'>): Html =>
  html`<p class="to"><span class="dim">To</span> ${answersTo.map(
    ({ address, name }, i) =>
      html`${i > 0 ? ', ' : ''}<b><bdi>${name ?? address}</bdi></b>${name ? html` <span class="dim"><bdi>${address}</bdi></span>` : ''}`,
  )}</p>`;

/** Chosen, it stands in the text: that takes no second press, but where there are no scripts. */
const cannedField = (number: string, canned: Given['canned']): Html => {
  const kept = (says: string) => html`<a href="/cases/answers?case=${number}">${says}</a>`;
  if (canned.length === 0)
    return html`<p class="field"><span>Answers to use again</span>None is kept yet: ${kept('keep one')}</p>`;
  return html`<label class="field"><span>Put in a kept answer</span><select name="canned" data-canned><option value="">choose</option>${canned.map(
    ({ id, name }) => html`<option value="${id}">${name}</option>`,
  )}</select></label><noscript><button class="btn" name="do" value="insert">Put in</button></noscript>${kept('Kept answers')}`;
};

export async function answerForm(c: ConsoleContext, deps: OfferDeps, given: Given): Promise<Html> {
  const { opened, draft, canned } = given;
  const { on, newest } = opened;
  const viewer = c.get('viewer');
  const text = draft?.text ?? '';
  const files = draft?.files ?? [];
  const seen = draft?.seen ?? newest;
  const here = `/cases/${on.number}/answer`;
  const will = await answerWill(deps, viewer, answerInput(on.number, text, { seen }));
  return html`<details class="answer card" id="answer"${draft ? html` open` : ''}><summary data-key="a">Answer <kbd>a</kbd>${
    draft ? html` <span class="pill warn">draft</span>` : ''
  }</summary>
<form method="post" action="${here}" enctype="multipart/form-data" data-answer="${here}">${csrfField(c)}<input type="hidden" name="seen" value="${seen}">
${recipients(opened)}
<label class="field"><span class="sr">Your answer</span><textarea name="text" rows="8" data-draft>${text}</textarea></label>
<p class="signed">Below it stands your name: ${viewer.name}, Support.</p>
<p class="kept" role="status" data-kept>${draft ? keptSays(draft, viewer) : ''}</p>
${
  files.length === 0
    ? ''
    : html`<ul class="files" aria-label="What goes along">${files.map(
        ({ id, name, size }) =>
          html`<li><bdi>${name}</bdi> <small class="dim">${sizeSays(size)}</small> <button class="quiet" name="do" value="off:${id}" aria-label="Take ${name} off">take off</button></li>`,
      )}</ul>`
}
<div class="beside"><label class="field"><span>Files that go along</span><input type="file" name="files" multiple></label>
${cannedField(on.number, canned)}</div>
<div class="will" id="answer-will" aria-live="polite" data-will>${will}</div>
<div class="told" role="alert" data-told></div>
<div class="act"><button class="btn main" name="do" value="send" aria-describedby="answer-will">Send</button><button class="btn" name="do" value="preview">Read it as it will leave</button><button class="btn" name="do" value="keep">Keep draft</button>${
    draft ? html`<button class="btn" name="do" value="drop">Throw the draft away</button>` : ''
  }</div></form></details>`;
}
