/** Asks a decider about somebody's access, and shows what was decided (POLICY §8.7). Without the code of the letter it is a form and no more. */
import { html } from 'hono/html';
import type { DecisionFault, DecisionShown } from '../../../flows/access/decision-page.ts';
import { countryIn, roleIn, termsIn } from '../../../outbound/rendering/access-values.ts';
import type { Html } from '../../html.ts';
import { maskPins } from '../../mask.ts';
import { customerPage } from '../customer-page.ts';
import { pageLanguage } from '../satisfaction-words.ts';
import { decisionWords } from './decision-words.ts';
import type { DecisionWords } from './decision-words-en.ts';

export type FormFault = 'nothing-chosen' | 'no-denial-reason' | 'day-unreadable' | 'unreadable';
type Typed = Readonly<Record<string, unknown>>;
export type DecisionFormTold = { readonly fault: DecisionFault | FormFault | null; readonly typed: Typed };
type Open = Extract<DecisionShown, { kind: 'open' }>;
type Decided = Extract<DecisionShown, { kind: 'decided' }>;
type In = { readonly language: string; readonly words: DecisionWords };

const roles = ['authorized user', 'licence user', 'technical contact', 'secondary'] as const;
const mostShown = 1_000;

const dayIn = (iso: string, language: string): string =>
  new Intl.DateTimeFormat(language === 'en' ? 'en-GB' : language, { dateStyle: 'long', timeZone: 'UTC' }).format(
    Date.parse(iso),
  );

const text = (said: string): string => maskPins(said).slice(0, mostShown);
const row = (name: string, value: string | Html | null) =>
  value === null || value === '' ? '' : html`<dt>${name}</dt><dd>${value}</dd>`;

function details({ asker, siteName }: Exclude<DecisionShown, { kind: 'no-right' }>, { language, words }: In): Html {
  const { name, address, role, justification, phone } = asker;
  return html`${row(words.name, text(name))}${row(words.address, address)}${row(words.role, roleIn(role, language))}${row(words.phone, phone === null ? null : text(phone))}${row(words.why, justification === null ? words.none : text(justification))}${row(words.site, siteName)}`;
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
  return html`<p class="lead">${words.first(who === null ? words.us : text(who), role ?? first.role)}</p>
<dl class="facts">${row(words.asNow, role)}${row(words.firstTerms.privileges, privileges)}${row(words.untilDay, until)}${row(words.firstTerms.reason, text(reason ?? words.none))}${row(words.firstTerms.corrects, corrects === null ? null : text(corrects))}</dl>`;
}

function openPage(shown: Open, { fault, typed }: DecisionFormTold, on: In): Html {
  const { words, language } = on;
  const was = (name: string): string => (typeof typed[name] === 'string' ? (typed[name] as string) : '');
  const checked = (name: string, value: string) => (was(name) === value ? html` checked` : '');
  const { first } = shown;
  const role = was('role') || first?.role || (shown.asker.role === 'licence user' ? 'licence user' : 'authorized user');
  const says = faultIn(words, fault, shown.left);
  return html`<h1>${words.title}</h1>
<p class="lead">${words.lead(text(shown.asker.name), shown.siteName)}</p>
<dl class="facts">${details(shown, on)}${row(words.number, `${shown.siteNumber}${language === 'ja' ? '、' : ', '}${countryIn(shown.country, language)}`)}</dl>
${first === null ? '' : firstTerms(first, on)}
${says === null ? '' : html`<p class="bad" role="alert">${says}</p>`}
<form method="post" class="decision" autocomplete="off">
${shown.shows === null ? '' : html`<input type="hidden" name="confirms" value="${shown.shows}">`}
<fieldset><legend><label><input type="radio" name="decision" value="grant" required${checked('decision', 'grant')}> ${words.grant}</label></legend>
<label>${words.as}<select name="role">${roles.map((one) => html`<option value="${one}"${one === role ? html` selected` : ''}>${roleIn(one, language)}</option>`)}</select></label>
<label>${words.until}<input type="date" name="until" value="${was('until') || (first?.until ?? '')}"></label>
<label>${shown.asker.justification === null ? words.reasonNeeded : words.reasonMore}<textarea name="justification" rows="2" maxlength="1000">${was('justification')}</textarea></label>
</fieldset>
<fieldset><legend><label><input type="radio" name="decision" value="deny" required${checked('decision', 'deny')}> ${words.deny}</label></legend>
${words.reasons.map((one, i) => html`<label class="choice"><input type="radio" name="reason" value="${i + 1}"${checked('reason', String(i + 1))}> ${one}</label>`)}
<label>${words.words}<input type="text" name="words" maxlength="500" value="${was('words')}"></label>
</fieldset>
<label class="choice"><input type="checkbox" name="now" value="yes"${checked('now', 'yes')}> ${words.now(shown.undoMinutes)}</label>
<label class="code">${words.code}<input type="text" name="code" maxlength="40" autocomplete="off" autocapitalize="characters" spellcheck="false" required></label>
<p class="faint">${words.codeHelp}</p>
<button class="decide">${words.decide}</button>
</form>
<p class="faint">${words.byMail}</p>`;
}

function decidedPage(shown: Decided, { language, words }: In): Html {
  const { decision, who, ended, timezone } = shown;
  const at = new Intl.DateTimeFormat(language === 'en' ? 'en-GB' : language, {
    ...{ dateStyle: 'long', timeStyle: 'short', timeZone: timezone },
  }).format(Date.parse(decision.at));
  const rows =
    decision.kind === 'granted'
      ? html`${row(words.asNow, roleIn(decision.role, language))}${row(words.untilDay, decision.until === null ? null : dayIn(decision.until, language))}`
      : html`${row(words.why, words.reasons[decision.reason - 1] ?? null)}`;
  return html`<h1>${words.decidedTitle}</h1>
<p class="${decision.kind === 'granted' ? 'good' : 'lead'}" role="status">${decision.kind === 'granted' ? words.granted(shown.siteName) : words.denied(shown.siteName)}</p>
<dl class="facts">${row(words.name, text(shown.asker.name))}${row(words.address, shown.asker.address)}${rows}${row(words.by, who ?? words.us)}${row(words.when, html`<time datetime="${decision.at}">${at}</time>`)}</dl>
${ended ? html`<p class="faint">${words.ended}</p>` : ''}
<p class="faint">${words.undo}</p>`;
}

export function decisionPage(shown: DecisionShown, told: DecisionFormTold = { fault: null, typed: {} }): Html {
  const language = pageLanguage(shown.language);
  const words = decisionWords(language);
  const on = { language, words };
  switch (shown.kind) {
    case 'open':
      return customerPage(language, words.title, openPage(shown, told, on));
    case 'decided':
      return customerPage(language, words.decidedTitle, decidedPage(shown, on));
    case 'spent':
    case 'over':
    case 'locked':
    case 'waits':
      return customerPage(
        language,
        words.title,
        html`<h1>${words.title}</h1>
<p class="lead">${words.closed[shown.kind]}</p>
<dl class="facts">${details(shown, on)}</dl>`,
      );
    case 'no-right':
      return customerPage(
        language,
        words.title,
        html`<h1>${words.title}</h1>\n<p class="lead">${words.closed['no-right']}</p>`,
      );
    default:
      return shown satisfies never;
  }
}

/** The same for a link that nobody was sent. */
export function decisionOver(accepted: string): Html {
  const language = pageLanguage(accepted);
  const words = decisionWords(language);
  return customerPage(
    language,
    words.overTitle,
    html`<h1>${words.overTitle}</h1>\n<p class="lead">${words.notFound}</p>`,
  );
}
