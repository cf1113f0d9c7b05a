/** The answer as it will leave, with what came in since it was begun: the last look before it goes. */
import { html } from 'hono/html';
import type { OpenedCase } from '../../../flows/cases/one/case-desk.ts';
import type { Html } from '../../html.ts';
import { maskPins } from '../../mask.ts';
import { csrfField } from '../frame/csrf.ts';
import { consolePage } from '../frame/page.ts';
import { alert, card, fault, tabs, when, whyList } from '../frame/parts.ts';
import { sizeSays } from '../mails/words.ts';
import { byOf, type ConsoleContext } from '../viewer.ts';
import { answerInput, answerWill, keptSays, recipients } from './answer-form.ts';
import type { CaseDeps } from './deps.ts';

type Given = {
  readonly opened: OpenedCase;
  /** It was to be sent, and was not. */
  readonly asked: boolean;
  readonly says?: string;
};
type Since = Awaited<ReturnType<CaseDeps['caseDesk']['since']>>;

function sinceShown(since: Since, { name }: Pick<CaseDeps['caseDesk'], 'name'>, c: ConsoleContext): Html {
  return html`<section class="card since" aria-label="What came in since you began"><h2>Since you began</h2><ol class="conv">${since.map(
    ({ id, direction, author, at, text }) =>
      html`<li class="msg ${direction}" id="m${id}"><header><span class="who"><b><bdi>${direction === 'in' ? author : name(author)}</bdi></b>${
        direction === 'note' ? ' a note, for us alone' : direction === 'out' ? ' to the customer' : ''
      }</span><span class="at">${when(at, c.get('viewer'))}</span></header><pre class="text" dir="auto">${maskPins(text)}</pre></li>`,
  )}</ol></section>`;
}

/** Who was faster, where one of us was; else that somebody has written. */
function whySays(since: Since, { name }: Pick<CaseDeps['caseDesk'], 'name'>): string {
  const other = since.findLast(({ direction }) => direction === 'out');
  if (other) return `${name(other.author)} was faster and has answered the customer. Nothing of yours was sent.`;
  if (since.length > 0)
    return `${since.length === 1 ? 'A message has' : `${since.length} messages have`} come in since you began. Nothing was sent yet.`;
  return 'This is what goes out. Press Send to send it.';
}

export async function previewPage(
  c: ConsoleContext,
  deps: CaseDeps,
  { opened, asked, says }: Given,
): Promise<Response> {
  const { caseDesk: desk } = deps;
  const viewer = c.get('viewer');
  const { on, newest } = opened;
  const of = { caseId: on.id, staff: viewer.address };
  const back = `/cases/${on.number}`;
  const draft = await desk.draft(of);
  const common = {
    place: '/cases',
    assets: ['case.css'],
    up: { href: `${back}#answer`, says: `Case ${on.number}` },
  } as const;
  if (draft === null || draft.text.trim() === '')
    return consolePage(c, {
      ...common,
      title: 'There is nothing to send yet',
      status: asked ? 422 : 200,
      body: html`<p class="lead">Write the answer first. <a href="${back}#answer">Back to it</a></p>`,
    });
  const [since, files] = await Promise.all([desk.since({ ...of, seen: draft.seen }), desk.filesOfDraft(of)]);
  // All that is shown here counts as seen by whoever sends it from here.
  const seen = BigInt(newest) > BigInt(draft.seen) ? newest : draft.seen;
  const input = answerInput(on.number, draft.text, { seen, files });
  const [will, ahead] = await Promise.all([
    answerWill({ ...deps, perform: opened.preview }, viewer, input),
    desk.lettersAhead({ act: 'write-on-case', input: answerInput(on.number, draft.text, {}), by: byOf(viewer) }),
  ]);
  const letters = ahead.kind === 'letters' ? ahead.letters : [];
  const to = letters.find((one) => one.to === c.req.query('to')) ?? letters[0];
  const told = says ?? whySays(since, desk);
  const letter =
    to === undefined
      ? fault('It cannot be put together.', ahead.kind === 'refused' ? ahead.says : 'Nobody would get it.')
      : html`${
          letters.length < 2
            ? ''
            : tabs(
                letters.map((one) => ({
                  href: `${back}/answer?to=${encodeURIComponent(one.to)}`,
                  says: one.to,
                  current: one === to,
                })),
                'Who gets it',
              )
        }<div class="pad">${whyList([
          ['To', html`<bdi>${to.to}</bdi>`],
          ['Subject', html`<bdi>${to.subject}</bdi>`],
          ...(draft.files.length > 0
            ? [['Files', draft.files.map(({ name, size }) => `${name} (${sizeSays(size)})`).join(', ')] as const]
            : []),
        ])}</div><pre class="mail" dir="auto">${maskPins(to.text)}</pre><details open><summary>As it looks in HTML</summary><iframe class="letter" sandbox referrerpolicy="no-referrer" loading="lazy" title="The letter as HTML" src="${back}/answer/html?to=${encodeURIComponent(to.to)}"></iframe></details>`;
  return consolePage(c, {
    ...common,
    title: `Answer on case ${on.number}, as it will leave`,
    keys: [['s', 'Send it']],
    status: asked ? 409 : 200,
    body: html`${asked || since.length > 0 ? alert(told, 'Your text is kept as a draft.', undefined, 'warn') : ''}${since.length > 0 ? sinceShown(since, desk, c) : ''}
<form class="send card pad" method="post" action="${back}/answer">${csrfField(c)}<input type="hidden" name="seen" value="${seen}">${recipients(opened)}<div class="will">${will}</div><div class="act"><button class="btn main" name="do" value="sure" data-key="s">Send <kbd>s</kbd></button><a class="btn" href="${back}#answer">Go on writing</a></div><p class="kept">${keptSays(draft, viewer)}</p></form>
${card(letter, 'The letter')}`,
  });
}
