/** `/mails/:id/source`: its parts, its header, and its bytes as text. */
import { html } from 'hono/html';
import type { Html } from '../../html.ts';
import { maskBytes, maskWithin } from '../../mask.ts';
import { consolePage, faultPage } from '../frame/page.ts';
import { card } from '../frame/parts.ts';
import type { ConsoleContext } from '../viewer.ts';
import type { MailsDeps } from './deps.ts';
import { noSuchMail } from './mail-page.ts';
import { sizeSays } from './words.ts';

/** More than that is downloaded. */
const mostShown = 200_000;

const sourceText = (raw: Uint8Array): string => new TextDecoder('utf-8').decode(maskBytes(raw.subarray(0, mostShown)));

const partsTable = (
  id: string,
  parts: readonly {
    depth: number;
    type: string;
    name: string | null;
    attachment: number | null;
    size: number | null;
  }[],
): Html =>
  html`<ol class="parts">${parts.map(
    ({ depth, type, name, attachment, size }) =>
      html`<li class="d${Math.min(depth, 6)}"><code>${type}</code> ${
        name === null ? '' : html`<a href="/mails/${id}/attachments/${attachment}" download><bdi>${name}</bdi></a> `
      }${size === null ? '' : html`<small class="dim">${sizeSays(size)}</small>`}</li>`,
  )}</ol>`;

export async function sourcePage(c: ConsoleContext, { mails }: MailsDeps): Promise<Response> {
  const id = c.req.param('id') ?? '';
  const [found, raw, apart] = await Promise.all([mails.show(id), mails.bytes(id), mails.parts(id)]);
  if (found === null) return noSuchMail(c);
  const { mail } = maskWithin(found);
  const up = { href: `/mails/${id}`, says: mail.subject || '(no subject)' };
  if (raw === null)
    return faultPage(c, {
      status: 404,
      says: `The bytes of mail ${id} are kept no longer.`,
      toDo: `What is known of it stands on its page, /mails/${id}.`,
    });
  const { head, parts } = maskWithin(apart ?? { head: [], parts: [], html: null });
  return consolePage(c, {
    title: `Source of mail ${id}`,
    place: '/mails',
    assets: ['mails.css'],
    up,
    keys: [['l', 'Download it']],
    tools: html`<a class="btn" href="/mails/${id}/raw" download data-key="l">Download <kbd>l</kbd></a>`,
    body: html`${mail.sealed ? html`<p class="lead">It quotes a secret, so its bytes are stored sealed. Here is its text, with the secret covered.</p>` : ''}
${parts.length === 0 ? '' : card(partsTable(id, parts), 'Parts')}
${card(html`<dl class="why head-lines">${head.map(({ name, value }) => html`<dt>${name}</dt><dd>${value}</dd>`)}</dl>`, 'Header')}
${card(html`<pre class="mail source">${sourceText(raw)}</pre>`, `As it came${raw.length > mostShown ? `, its first ${sizeSays(mostShown)}` : ''} (${sizeSays(raw.length)})`)}`,
  });
}
