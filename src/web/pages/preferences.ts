/** Which letters somebody gets that can be ended (POLICY §10.6). Each button sends its kind; opening the page sends nothing. */
import { html } from 'hono/html';
import type { PreferencesWish, ShownPreferences } from '../../flows/contacts/preferences-page.ts';
import type { Html } from '../html.ts';
import { customerPage } from './customer-page.ts';
import { preferencesWords } from './preferences-words.ts';
import { pageLanguage } from './satisfaction-words.ts';

export function preferencesPage(shown: ShownPreferences, done: PreferencesWish | null): Html {
  const language = pageLanguage(shown.language);
  const words = preferencesWords(language);
  const { kind: ofLetter, lines, address } = shown;
  if (lines.length === 0)
    return customerPage(language, words.title, html`<h1>${words.title}</h1>\n<p class="lead">${words.nothing}</p>`);
  // What led here comes first.
  const inOrder = lines.toSorted((a, b) => Number(b.kind === ofLetter) - Number(a.kind === ofLetter));
  const items = inOrder.map(({ kind, wanted, may }) => {
    const [name, says] = words.kinds[kind];
    const button = wanted
      ? html`<button name="end" value="${kind}" aria-label="${words.end}: ${name}">${words.end}</button>`
      : may
        ? html`<button name="begin" value="${kind}" aria-label="${words.begin}: ${name}">${words.begin}</button>`
        : '';
    const state = wanted ? words.wanted : may ? words.ended : words.closed;
    return html`<li><div><b>${name}</b> <span class="faint">${says}</span><br><span${wanted ? html` class="good"` : ''}>${state}</span></div>${button}</li>`;
  });
  const said =
    done === null ? '' : html`<p class="good" role="status">${done.wanted ? words.saidBegin : words.saidEnd}</p>`;
  const all = lines.some(({ wanted }) => wanted)
    ? html`<p><button class="plain" name="end" value="all">${words.endAll}</button></p>`
    : '';
  return customerPage(
    language,
    words.title,
    html`<h1>${words.title}</h1>
<p class="lead">${words.lead(address)}</p>
${said}
<form method="post"><ul class="kinds">${items}</ul>${all}</form>
<p class="faint">${words.others}</p>`,
  );
}

/** For a link that is none of ours, or has outlived whom it was for. */
export function preferencesOver(accepted: string, why: 'gone' | null): Html {
  const language = pageLanguage(accepted);
  const words = preferencesWords(language);
  return customerPage(
    language,
    words.overTitle,
    html`<h1>${words.overTitle}</h1>\n<p class="lead">${why === 'gone' ? words.gone : words.over}</p>`,
  );
}
