/** The right side: the mail, text first, what can be done, then what is known of it, and what the policy would do now. */
import { html } from 'hono/html';
import { isHeld } from '../../../changes/outcome.ts';
import type { EarlierMail, HeldMailShown, HeldNow, NotHeldNow } from '../../../flows/mail/held-desk.ts';
import { kindOfHeld } from '../../../intake/held-kinds.ts';
import type { SenderWarning } from '../../../mail/address/sender-warnings.ts';
import type { Html } from '../../html.ts';
import { maskPins } from '../../mask.ts';
import { details, fault, when } from '../frame/parts.ts';
import { sizeSays } from '../mails/words.ts';
import type { Viewer } from '../viewer.ts';
import { earlierShown, evidenceShown, reasonShown } from './evidence.ts';
import { becameSays, warningSays } from './words.ts';

export type Opened = {
  readonly mail: HeldMailShown;
  readonly now: HeldNow | NotHeldNow;
  readonly earlier: { readonly mails: readonly EarlierMail[]; readonly more: boolean };
};
type Given = {
  readonly viewer: Viewer;
  readonly warnings: readonly SenderWarning[];
  readonly actions: Html;
  readonly list: string;
};

function heading({ mail }: Opened, warnings: readonly SenderWarning[]): Html {
  const { from, name, subject } = mail;
  return html`<h2 class="subject">${subject?.trim() || 'without a subject'}</h2>
<p class="from"><b>${from ?? 'no single plain sender'}</b>${name ? html` <span class="dim">${name}</span>` : ''}</p>${warnings.map(
    (one) => html`<p class="bad" role="note">${warningSays(one)}</p>`,
  )}`;
}

/** The sender's own words first; what they quote is folded. */
function textShown({ mail }: Opened): Html {
  const { text, newText, attachments, unreadParts } = mail;
  const own = newText?.trim() || text?.trim() || '';
  const rest = text !== null && newText?.trim() && text.trim() !== newText.trim() ? text : null;
  const shown =
    own === ''
      ? html`<p class="empty">It holds no text.</p>`
      : html`<div class="text" role="region" aria-label="Text of the mail" tabindex="0"><pre class="mail">${maskPins(own)}</pre></div>`;
  const files = attachments.filter(({ inline }) => !inline);
  return html`${text === null ? html`<p class="empty">Its text is not kept, or could not be read.</p>` : shown}${
    rest === null
      ? ''
      : html`<div class="quoted">${details('With what it quotes', html`<pre>${maskPins(rest)}</pre>`)}</div>`
  }${
    files.length === 0
      ? ''
      : html`<p class="files">Attached: ${files.map((one, i) => html`${i > 0 ? ', ' : ''}${one.name || one.type} <span class="dim">${sizeSays(one.size)}</span>`)}</p>`
  }${unreadParts.length === 0 ? '' : html`<p class="dim">Not read: ${unreadParts.join(', ')}.</p>`}`;
}

const undecided: Readonly<Record<NotHeldNow, string>> = {
  gone: 'There is nothing to decide it by any more: its bytes are not kept.',
  sealed:
    'It quotes a secret, and is sealed under a key that this Postern does not have: put the older key back into SECRET_KEY, behind the new one. Until then it cannot be let in.',
};

/** What would come of it by itself, were it decided again just now. */
function nowShown({ mail, now }: Opened): Html {
  if (typeof now === 'string') return html`<p>${undecided[now]}</p>`;
  const { outcome, reason } = now.trial;
  const kind = kindOfHeld(outcome, null)?.name ?? null;
  const same = outcome === mail.outcome;
  return html`<p>${
    same
      ? 'Decided again now it would be held for the same reason.'
      : html`Decided again now it would be: <b>${becameSays(outcome, isHeld(outcome) ? kind : null, null)}</b>.`
  } ${maskPins(reason)}</p>
<dl class="why">${now.evidence
    .filter(({ label }) => label !== 'contract')
    .map(({ label, value }) => html`<dt>${label}</dt><dd>${maskPins(value)}</dd>`)}</dl>`;
}

export const heldOpened = (opened: Opened, { viewer, warnings, actions, list }: Given): Html => {
  const { mail, earlier } = opened;
  return html`<article class="opened" id="opened" aria-label="The mail" tabindex="-1">
<p class="to-list"><a class="btn" href="${list}">Back to the list</a></p>
<header class="pad">${heading(opened, warnings)}
<p class="dim">Arrived ${when(mail.arrivedAt, viewer)}, ${when(mail.arrivedAt, viewer, { relative: true })} · <a href="/mails/${mail.id}">the whole mail ${mail.id}</a></p></header>
<div class="pad reason">${opened.now === 'sealed' ? fault('It cannot be opened.', undecided.sealed) : ''}${reasonShown({ mail, viewer })}</div>
${textShown(opened)}
${actions}
${evidenceShown({ ...opened, viewer })}
<div class="pad more">
<details><summary data-key="y">What the policy would do now, and why <kbd>y</kbd></summary><div class="inner">${nowShown(opened)}</div></details>
<details${earlier.mails.length > 0 ? html` open` : ''}><summary>Earlier mails of this sender</summary><div class="inner">${earlierShown(earlier, { from: mail.from, viewer })}</div></details>
</div>
</article>`;
};

/** It is held no more: somebody was faster. */
export const gone = (says: string, toDo: string): Html =>
  html`<article class="opened" id="opened" tabindex="-1">${fault(says, toDo)}</article>`;
