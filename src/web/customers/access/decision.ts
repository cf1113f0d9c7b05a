/** Asks a decider about somebody's access, and shows what was decided (POLICY §8.7). Without the code of the letter it is a form and no more. */
import { html } from 'hono/html';
import type { DecisionFault, DecisionShown } from '../../../flows/access/decision-page.ts';
import { countryIn, roleIn, termsIn } from '../../../outbound/rendering/access-values.ts';
import { time } from '../../../outbound/rendering/values-for-text.ts';
import type { Html } from '../../html.ts';
import { maskPins } from '../../mask.ts';
import { customerPage, fact, facts, said } from '../frame.ts';
import { dayIn, type PageLanguage, pageLanguage } from '../languages.ts';
import { decisionWords } from './decision-words.ts';
import type { DecisionWords } from './decision-words-en.ts';

export type FormFault = 'nothing-chosen' | 'no-denial-reason' | 'day-unreadable' | 'unreadable';
type Typed = Readonly<Record<string, unknown>>;
export type DecisionFormTold = { readonly fault: DecisionFault | FormFault | null; readonly typed: Typed };
type Open = Extract<DecisionShown, { kind: 'open' }>;
type Decided = Extract<DecisionShown, { kind: 'decided' }>;
type In = { readonly language: PageLanguage; readonly words: DecisionWords };

const roles = ['authorized user', 'licence user', 'technical contact', 'secondary'] as const;
const mostShown = 1_000;

const text = (said: string): string => maskPins(said).slice(0, mostShown);

type OfRequest = Exclude<DecisionShown, { kind: 'no-right' }>;

function details({ asker, siteName }: OfRequest, { language, words }: In): (Html | '')[] {
  const { name, address, role, justification, phone } = asker;
  return [
    fact(words.name, text(name)),
    fact(words.address, address),
    fact(words.role, roleIn(role, language)),
    fact(words.phone, phone === null ? null : text(phone)),
    fact(words.why, justification === null ? words.none : text(justification)),
    fact(words.site, siteName),
  ];
}

function faultIn(words: DecisionWords, fault: DecisionFormTold['fault'], left: number): string | null {
  if (fault === null) return null;
  if (fault === 'code-wrong') return words.codeWrong(left);
  const faults: Readonly<Partial<Record<string, string>>> = words.faults;
  return faults[fault] ?? words.faults.else;
}

/** All that a second confirms. */
function firstTerms(first: NonNullable<Open['first']>, { language, words }: In): Html {
  const { who, role, privileges, reason, corrects } = termsIn(first, language);
  const until = first.until === null ? null : dayIn(first.until, language);
  return html`${said(words.first(who === null ? words.us : text(who), role ?? first.role), 'plain')}
${facts([
  fact(words.asNow, role),
  fact(words.firstTerms.privileges, privileges),
  fact(words.untilDay, until),
  fact(words.firstTerms.reason, text(reason ?? words.none)),
  fact(words.firstTerms.corrects, corrects === null ? null : text(corrects)),
])}`;
}

/** Without the code of the letter it is a form and no more; what was typed stands there again where something was wrong. */
function form(shown: Open, { typed }: DecisionFormTold, { words, language }: In): Html {
  const was = (name: string): string => (typeof typed[name] === 'string' ? (typed[name] as string) : '');
  const checked = (name: string, value: string) => (was(name) === value ? html` checked` : '');
  const { first, asker } = shown;
  const role = was('role') || first?.role || (asker.role === 'licence user' ? 'licence user' : 'authorized user');
  const label = (says: string) => html`<span class="label">${says}</span>`;
  return html`<form method="post" autocomplete="off">
${shown.shows === null ? '' : html`<input type="hidden" name="confirms" value="${shown.shows}">`}
<fieldset class="choice"><legend><label class="tick"><input type="radio" name="decision" value="grant" required${checked('decision', 'grant')}> <span>${words.grant}</span></label></legend>
<label>${label(words.as)}<select name="role">${roles.map((one) => html`<option value="${one}"${one === role ? html` selected` : ''}>${roleIn(one, language)}</option>`)}</select></label>
<label>${label(words.until)}<input type="date" name="until" value="${was('until') || (first?.until ?? '')}"></label>
<label>${label(asker.justification === null ? words.reasonNeeded : words.reasonMore)}<textarea name="justification" rows="2" maxlength="1000">${was('justification')}</textarea></label>
</fieldset>
<fieldset class="choice"><legend><label class="tick"><input type="radio" name="decision" value="deny" required${checked('decision', 'deny')}> <span>${words.deny}</span></label></legend>
<div class="ticks">${words.reasons.map((one, i) => html`<label class="tick"><input type="radio" name="reason" value="${i + 1}"${checked('reason', String(i + 1))}> <span>${one}</span></label>`)}</div>
<label>${label(words.words)}<input type="text" name="words" maxlength="500" value="${was('words')}"></label>
</fieldset>
<label class="tick"><input type="checkbox" name="now" value="yes"${checked('now', 'yes')}> <span>${words.now(shown.undoMinutes)}</span></label>
<label class="code">${words.code}<input type="text" name="code" maxlength="40" autocomplete="off" autocapitalize="characters" spellcheck="false" required aria-describedby="code-help"><small id="code-help">${words.codeHelp}</small></label>
<button class="btn">${words.decide}</button>
</form>`;
}

function openPage(shown: Open, told: DecisionFormTold, on: In): Html {
  const { words, language } = on;
  const says = faultIn(words, told.fault, shown.left);
  const number = `${shown.siteNumber}${language === 'ja' ? '、' : ', '}${countryIn(shown.country, language)}`;
  return customerPage(language, {
    title: words.title,
    lead: words.lead(text(shown.asker.name), shown.siteName),
    body: html`${says === null ? '' : said(says, 'bad')}
${facts([...details(shown, on), fact(words.number, number)])}
${shown.first === null ? '' : firstTerms(shown.first, on)}
${form(shown, told, on)}`,
    foot: [words.byMail],
  });
}

function decidedPage(shown: Decided, { language, words }: In): Html {
  const { decision, who, ended, timezone } = shown;
  const at = time(decision.at, timezone, language);
  const { kind } = decision;
  const terms =
    kind === 'granted'
      ? [
          fact(words.asNow, roleIn(decision.role, language)),
          fact(words.untilDay, decision.until === null ? null : dayIn(decision.until, language)),
        ]
      : [fact(words.why, words.reasons[decision.reason - 1] ?? null)];
  return customerPage(language, {
    title: words.decidedTitle,
    body: html`${said(
      kind === 'granted' ? words.granted(shown.siteName) : words.denied(shown.siteName),
      kind === 'granted' ? 'good' : 'plain',
      ended ? words.ended : undefined,
    )}
${facts([
  fact(words.name, text(shown.asker.name)),
  fact(words.address, shown.asker.address),
  ...terms,
  fact(words.by, who ?? words.us),
  fact(words.when, html`<time datetime="${decision.at}">${at}</time>`),
])}`,
    foot: [words.undo],
  });
}

export function decisionPage(shown: DecisionShown, told: DecisionFormTold = { fault: null, typed: {} }): Html {
  const language = pageLanguage(shown.language);
  const words = decisionWords(language);
  const on = { language, words };
  const { title } = words;
  switch (shown.kind) {
    case 'open':
      return openPage(shown, told, on);
    case 'decided':
      return decidedPage(shown, on);
    case 'spent':
    case 'over':
    case 'locked':
    case 'waits':
      return customerPage(language, { title, lead: words.closed[shown.kind], body: facts(details(shown, on)) });
    case 'no-right':
      return customerPage(language, { title, lead: words.closed['no-right'] });
    default:
      return shown satisfies never;
  }
}

/** The same for a link that nobody was sent. */
export function decisionOver(accepted: string): Html {
  const language = pageLanguage(accepted);
  const words = decisionWords(language);
  return customerPage(language, { title: words.overTitle, lead: words.notFound });
}
