/** Asks how it was, once a case is closed (POLICY §6.1). Each button sends its number; opening the page sends nothing. */
import { html } from 'hono/html';
import { type Score, scores } from '../../../cases/satisfaction.ts';
import type { Html } from '../../html.ts';
import { customerPage, said } from '../frame.ts';
import { pageLanguage } from '../languages.ts';
import { satisfactionWords } from './satisfaction-words.ts';

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
      html`<li><button name="score" value="${score}" aria-pressed="${score === chosen ? 'true' : 'false'}"><b>${score}</b> <span>${words.scores[score - 1]}</span></button></li>`,
  );
  return customerPage(language, {
    title: words.title,
    lead: words.lead(asked.case),
    body: html`${chosen === null ? '' : said(words.thanks(chosen), 'good', words.change)}
<form method="post"><ol class="scores">${buttons}</ol></form>`,
  });
}

/** The same for a link that nobody was sent and for one whose time is over. */
export function satisfactionOver(accepted: string): Html {
  const language = pageLanguage(accepted);
  const words = satisfactionWords(language);
  return customerPage(language, { title: words.overTitle, lead: words.over });
}
