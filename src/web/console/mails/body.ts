/** What a mail says, shown safely: text first, the new text before what it quotes, HTML only in a frame that runs and fetches nothing. */
import { html } from 'hono/html';
import type { ShownMail } from '../../../flows/mail/show-mail.ts';
import type { Html } from '../../html.ts';
import { details } from '../frame/parts.ts';
import { sizeSays } from './words.ts';

type Read = NonNullable<ShownMail['read']>;

const files = (id: string, { facts }: Read): Html | string =>
  facts.attachments.length === 0
    ? ''
    : html`<ul class="files" aria-label="Attachments">${facts.attachments.map(
        ({ name, type, size }, at) =>
          html`<li><a href="/mails/${id}/attachments/${at}" download><bdi>${name}</bdi></a> <small class="dim">${type}, ${sizeSays(size)}</small></li>`,
      )}</ul>`;

const unread: Readonly<Record<string, string>> = {
  encrypted: 'an encrypted part',
  signed: 'a signed part',
  'winmail.dat': 'a part that only Outlook writes',
  calendar: 'an entry of a calendar',
};

/** `kept`: its bytes are here, and hold more than the text. */
export function bodyShown(id: string, read: Read | null, { kept, sealed }: { kept: boolean; sealed: boolean }): Html {
  if (read === null)
    return html`<p class="empty">${
      kept
        ? html`Its text could not be read, or is not read yet. <a href="/mails/${id}/source">Look at its source.</a>`
        : 'What it said is kept no longer.'
    }</p>`;
  const { facts, rest } = read;
  const missing = facts.unreadParts.map((one) => unread[one] ?? one);
  return html`<pre class="mail" dir="auto">${facts.newText || facts.text || 'It holds no text.'}</pre>
${rest === '' ? '' : details('Show what it quotes', html`<pre class="mail quoted" dir="auto">${rest}</pre>`)}
${facts.nothingOwn ? html`<p class="hint">None of it was found to be the sender’s own words.</p>` : ''}
${missing.length > 0 ? html`<p class="hint">Not read: ${missing.join(', ')}.</p>` : ''}
${sealed ? html`<p class="hint">It quotes a secret, which is covered here; its bytes are stored sealed.</p>` : ''}
${files(id, read)}
${
  kept && !sealed
    ? details(
        html`<span data-key="h">Show it as HTML <kbd>h</kbd></span>`,
        html`<iframe class="foreign" sandbox referrerpolicy="no-referrer" loading="lazy" title="The mail as HTML, without scripts and pictures" src="/mails/${id}/html"></iframe>`,
      )
    : ''
}`;
}
