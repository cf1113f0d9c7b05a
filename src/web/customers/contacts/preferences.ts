/** Which letters somebody gets that can be ended (POLICY §10.6). Each button sends its kind; opening the page sends nothing. */
import { html } from 'hono/html';
import type { PreferencesWish, ShownPreferences } from '../../../flows/contacts/preferences-page.ts';
import type { Html } from '../../html.ts';
import { customerPage, said } from '../frame.ts';
import { pageLanguage } from '../languages.ts';
import { preferencesWords } from './preferences-words.ts';

export function preferencesPage(shown: ShownPreferences, done: PreferencesWish | null): Html {
  const language = pageLanguage(shown.language);
  const words = preferencesWords(language);
  const { kind: ofLetter, lines, address } = shown;
  if (lines.length === 0) return customerPage(language, { title: words.title, lead: words.nothing });
  // What led here comes first.
  const inOrder = lines.toSorted((a, b) => Number(b.kind === ofLetter) - Number(a.kind === ofLetter));
  const items = inOrder.map(({ kind, wanted, may }) => {
    const [name, says] = words.kinds[kind];
    const button = wanted
      ? html`<button class="btn second" name="end" value="${kind}" aria-label="${words.end}: ${name}">${words.end}</button>`
      : may
        ? html`<button class="btn second" name="begin" value="${kind}" aria-label="${words.begin}: ${name}">${words.begin}</button>`
        : '';
    const state = wanted ? words.wanted : may ? words.ended : words.closed;
    return html`<li><div><b>${name}</b><p>${says}</p><p class="state${wanted ? ' on' : ''}">${state}</p></div>${button}</li>`;
  });
  const all = lines.some(({ wanted }) => wanted)
    ? html`<button class="btn" name="end" value="all">${words.endAll}</button>`
    : '';
  return customerPage(language, {
    title: words.title,
    lead: words.lead(address),
    body: html`${done === null ? '' : said(done.wanted ? words.saidBegin : words.saidEnd, 'good')}
<form method="post"><ul class="kinds">${items}</ul>${all}</form>`,
    foot: [words.others],
  });
}

/** For a link that is none of ours, or has outlived whom it was for. */
export function preferencesOver(accepted: string, why: 'gone' | null): Html {
  const language = pageLanguage(accepted);
  const words = preferencesWords(language);
  return customerPage(language, { title: words.overTitle, lead: why === 'gone' ? words.gone : words.over });
}
