/** `/policy`: every number with its meaning, and what others in its place would do. The file stays the only source: nothing is written here. */
import { html } from 'hono/html';
import {
  mostTried,
  type PolicyNumber,
  type PolicySection,
  type TypedPolicy,
  trialDays,
} from '../../../flows/policy/policy-pages.ts';
import type { Html } from '../../html.ts';
import { csrfField } from '../frame/csrf.ts';
import { alert, card, details, pill } from '../frame/parts.ts';
import type { ConsoleContext } from '../viewer.ts';

export type Typed = Readonly<Record<string, string>>;

/** Lists and times by severity are longer than what one line shows. */
const inOneField = 44;

/** `pinGraceDays` is known by its name in the file. */
function numberRow(
  { path, says, now, default: usual }: PolicyNumber,
  typed: Typed,
  faults: TypedPolicy['faults'],
): Html {
  const value = typed[path] ?? now;
  const id = `n-${path.replaceAll(/[^\w]+/g, '-')}`;
  const wrong = faults.filter((one) => one.path === path || one.path.startsWith(`${path}.`));
  const differs = now !== usual;
  const about = `${id}-says`;
  const common = html` name="n.${path}" aria-describedby="${about}${wrong.length > 0 ? ` ${id}-fault` : ''}"${
    wrong.length > 0 ? html` aria-invalid="true"` : ''
  } autocomplete="off" spellcheck="false"`;
  return html`<div class="number${value === now ? '' : ' changed'}"><label for="${id}"><code>${path}</code></label>
<p id="${about}">${says}${differs ? html` <span class="usual">Default: <code>${usual}</code></span>` : ''}</p>
<div class="value">${
    value.length > inOneField
      ? html`<textarea id="${id}" rows="2"${common}>${value}</textarea>`
      : html`<input id="${id}" value="${value}"${common}>`
  }${differs ? pill('not the default', 'warn') : ''}${
    value === now ? '' : html`<small>now <code>${now}</code></small>`
  }${wrong.map((one) => html`<p class="fault" id="${id}-fault">${one.says}</p>`)}</div></div>`;
}

const counted = (count: number): string => `${count} ${count === 1 ? 'number' : 'numbers'}`;

function sectionShown({ title, numbers }: PolicySection, typed: Typed, faults: TypedPolicy['faults']): Html {
  const own = numbers.filter((one) => one.now !== one.default).length;
  const touched = numbers.some((one) => (typed[one.path] ?? one.now) !== one.now);
  const wrong = numbers.some(({ path }) => faults.some((one) => one.path === path || one.path.startsWith(`${path}.`)));
  const [name = '', ...more] = title.replaceAll('`', '').split('; ');
  return html`<section class="card numbers">${details(
    html`<b>${name}</b> <span class="dim">${counted(numbers.length)}${own > 0 ? `, ${own} not the default` : ''}</span>`,
    html`${more.length > 0 ? html`<p class="hint">${more.join('; ')}</p>` : ''}${numbers.map((one) => numberRow(one, typed, faults))}`,
    own > 0 || touched || wrong,
  )}</section>`;
}

function faultsShown(faults: TypedPolicy['faults']): Html | string {
  if (faults.length === 0) return '';
  return html`<div class="alert" role="alert" tabindex="-1" autofocus><i></i><div><p>${faults.length === 1 ? 'One number cannot be used' : `${counted(faults.length)} cannot be used`}, so nothing was tried.</p><ul>${faults.map(
    ({ path, says }) => html`<li><small><code>${path}</code> ${says}</small></li>`,
  )}</ul></div></div>`;
}

export function policyBody(
  c: ConsoleContext,
  sections: readonly PolicySection[],
  given: {
    readonly typed: Typed;
    readonly faults: TypedPolicy['faults'];
    readonly file: string;
    readonly busy: string | null;
    readonly nothing?: boolean;
  },
): Html {
  const { typed, faults, file, busy, nothing = false } = given;
  const own = sections.flatMap(({ numbers }) => numbers).filter((one) => one.now !== one.default).length;
  return html`<p class="lead">The numbers that every decision goes by${own === 0 ? ', all of them the default' : `; ${counted(own)} ${own === 1 ? 'is' : 'are'} not the default`}. They stand in <code>${file}</code>, which stays their only source: here you change them to see what that would have done, and get the lines for the file.</p>
${busy === null ? '' : alert('Another policy is being tried just now.', 'One at a time: see how far it is, and who can stop it.', html`<a class="btn" href="/policy/tried/${busy}">Show it</a>`, 'warn')}
${nothing ? alert('Nothing was changed, so there is nothing to try.', 'Write another number below.', undefined, 'warn') : ''}
${faultsShown(faults)}
<form class="policy" method="post" action="/policy">${csrfField(c)}
<div class="bar-of-form"><button class="btn main" data-key="t">Try what is changed <kbd>t</kbd></button><p class="hint">Decides the mails of the last ${trialDays} days once more, ${mostTried.toLocaleString('en-GB')} at the most, on what was known then. Nothing is written, and nobody is written to.</p></div>
${sections.map((one) => sectionShown(one, typed, faults))}
</form>`;
}

/** What comes out, to be put into the file. */
export const yamlShown = (yaml: string, file: string): Html =>
  card(
    html`<p class="hint">In the place of <code>policy</code> in <code>${file}</code>; everything else there stays. Then: <code>npx postern policy check</code>, and start Postern anew.</p><pre class="mail source" tabindex="0">${yaml}</pre>`,
    'For the file',
  );
