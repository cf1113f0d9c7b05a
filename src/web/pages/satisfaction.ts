/** Asks how it was (POLICY §6.1). Each button sends its number; opening the page sends nothing. */
import { html } from 'hono/html';
import { type Score, scores } from '../../cases/satisfaction.ts';
import type { Html } from '../html.ts';
import { customerPage } from './customer-page.ts';
import { pageLanguage, satisfactionWords } from './satisfaction-words.ts';

export type AskedSatisfaction = {
  readonly case: string;
  readonly language: string;
  /** What counts so far. */
  readonly chosen: Score | null;
};

export function satisfactionPage(asked: AskedSatisfaction): Html {
  const language = pageLanguage(asked.language);
  const words = satisfactionWords(language);
  const { chosen } = asked;
  const buttons = scores.map(
    (score) =>
      html`<li><button name="score" value="${score}"${score === chosen ? html` class="chosen"` : ''}><b>${score}</b> <span>${words.scores[score - 1]}</span></button></li>`,
  );
  const said = chosen === null ? '' : html`<p class="good" role="status">${words.thanks(chosen)} ${words.change}</p>`;
  return customerPage(
    language,
    words.title,
    html`<h1>${words.title}</h1>
<p class="lead">${words.lead(asked.case)}</p>
${said}
<form method="post"><ol class="scores">${buttons}</ol></form>`,
  );
}

/** The same for a link that nobody was sent and for one whose time is over. */
export function satisfactionOver(accepted: string): Html {
  const language = pageLanguage(accepted);
  const words = satisfactionWords(language);
  return customerPage(language, words.overTitle, html`<h1>${words.overTitle}</h1>\n<p class="lead">${words.over}</p>`);
}
