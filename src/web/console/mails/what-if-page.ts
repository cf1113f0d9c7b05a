/** `/mails/:id/what-if`: the same mail with something about it changed, beside what was decided. Nothing is written. */
import { html } from 'hono/html';
import type { DecidedSo, WhatIf, WhatIfTold } from '../../../flows/mail/what-if.ts';
import { letterName } from '../../../outbound/letter-names.ts';
import { planKinds, roles } from '../../../registry/site.ts';
import type { Html } from '../../html.ts';
import { maskWithin } from '../../mask.ts';
import { csrfField } from '../frame/csrf.ts';
import { consolePage } from '../frame/page.ts';
import { card, fault, field, type Shown, select, when, whyList } from '../frame/parts.ts';
import { timesSaid } from '../frame/times.ts';
import type { ConsoleContext, Viewer } from '../viewer.ts';
import type { MailsDeps } from './deps.ts';
import { noSuchMail } from './mail-page.ts';
import { standing } from './words.ts';

const names = ['pin', 'role', 'plan', 'from', 'to', 'policy'] as const;
type Typed = { readonly [name in (typeof names)[number]]: string };
/** A contract is one of a year from the day on which the mail came, until somebody says otherwise. */
function atFirst(arrivedAt: string, zone: string): Typed {
  const day = Temporal.Instant.from(arrivedAt).toZonedDateTimeISO(zone).toPlainDate();
  const to = day.add({ years: 1 }).subtract({ days: 1 });
  return { pin: '', role: '', plan: '', from: day.toString(), to: to.toString(), policy: '' };
}

const isDay = (text: string): boolean => {
  if (!/^\d{4}-\d{2}-\d{2}$/.test(text)) return false;
  const at = new Date(`${text}T00:00:00Z`);
  return !Number.isNaN(at.getTime()) && at.toISOString().startsWith(text);
};

/** What was typed as a wish, with what cannot be used of it. */
function wishOf(
  { pin, role, plan, from, to, policy }: Typed,
  mails: MailsDeps['mails'],
): { wish: WhatIf; faults: string[] } {
  const faults: string[] = [];
  const known = roles.find((one) => one === role);
  const kind = planKinds.find((one) => one === plan);
  if (pin !== '' && !/^\d{3,10}$/.test(pin)) faults.push('PIN: it has three to ten digits.');
  if (role !== '' && !known) faults.push('Role: choose one of the list.');
  if (kind && !(isDay(from) && isDay(to))) faults.push('Contract: fill in its first and its last day.');
  else if (kind && from > to) faults.push('Contract: its last day comes before its first.');
  const read = policy.trim() === '' ? null : mails.readPolicy(policy);
  if (read && 'faults' in read) faults.push(...read.faults.map((one) => `Policy: ${one}`));
  return {
    faults,
    wish: {
      ...(pin !== '' && { pin }),
      ...(known && { onRecordAs: known }),
      ...(plan === 'none' && { contract: { kind: 'none' as const } }),
      ...(kind && { contract: { kind, from, to } }),
      ...(read && 'policy' in read && { policy: read.policy }),
    },
  };
}

const form = (c: ConsoleContext, id: string, typed: Typed): Html =>
  html`<form class="form" method="post" action="/mails/${id}/what-if" id="what-if">${csrfField(c)}
${field({ name: 'pin', label: 'It names this PIN', value: typed.pin, hint: 'In the place of whatever PIN stands in it.' })}
${select(
  'role',
  'Its sender is on record at that site as',
  [['', 'as they are'], ...roles.map((one) => [one, one] as const)],
  typed.role,
)}
${select(
  'plan',
  'The site has the contract',
  [['', 'as it is'], ['none', 'none'], ...planKinds.map((one) => [one, one] as const)],
  typed.plan,
)}
<div class="act">${field({ name: 'from', label: 'Its first day', type: 'date', value: typed.from })}${field({ name: 'to', label: 'Its last day', type: 'date', value: typed.to })}</div><p class="hint">The days count where a contract is chosen above.</p>
${field({ name: 'policy', label: 'This policy counts (YAML)', value: typed.policy, lines: 4, hint: 'The whole postern.yaml, or the keys of its policy alone. The file stays as it is.' })}
<div class="act"><button class="btn main">Say what would follow</button></div></form>`;

const letterSays = ({ template, to, kept }: DecidedSo['letters'][number]): string =>
  `${letterName(template)} to ${to}${kept === null ? '' : ` (${kept})`}`;

function rowsOf(one: DecidedSo, other: DecidedSo, viewer: Viewer): (readonly [string, Shown])[] {
  const mark = (differs: boolean, says: Shown): Html => (differs ? html`<b>${says}</b>` : html`${says}`);
  const list = (lines: readonly string[], there: readonly string[]): Html =>
    lines.length === 0
      ? html`none`
      : html`<ul>${lines.map((line) => html`<li>${mark(!there.includes(line), line)}</li>`)}</ul>`;
  // A change names contacts by their ids, which tell a reader nothing.
  const said = (line: string): string =>
    timesSaid(line, viewer.zone).replace(/^Contact \d+ /, 'A contact of the site ');
  const [mine, theirs] = [one.letters.map(letterSays), other.letters.map(letterSays)];
  return [
    ['Outcome', mark(one.outcome !== other.outcome, standing({ state: 'decided', outcome: one.outcome }).says)],
    ['Rule', mark(one.rule !== other.rule, one.rule)],
    ['Because', mark(one.reason !== other.reason, one.reason)],
    ...(one.severity === null
      ? []
      : [['Severity', mark(one.severity !== other.severity, String(one.severity))] as const]),
    ...(one.due === null ? [] : [['Answer by', mark(one.due !== other.due, when(one.due, viewer))] as const]),
    ['What changes', list(one.changes.map(said), other.changes.map(said))],
    ['Letters', list(mine, theirs)],
  ];
}

function toldShown({ real, tried, recorded }: Extract<WhatIfTold, { kind: 'told' }>, viewer: Viewer): Html {
  const same = JSON.stringify(real) === JSON.stringify(tried);
  return html`<p class="lead" role="status">${same ? 'The same would follow as without it.' : 'What differs stands out.'}${
    real.outcome === recorded
      ? ''
      : ` Decided again today, nothing else changed, it would not be what it was (${standing({ state: 'decided', outcome: recorded }).says}): the registry, the policy or a rule has changed since.`
  }</p><div class="two even"><div>${card(whyList(rowsOf(tried, real, viewer)), 'What would follow')}</div><div>${card(whyList(rowsOf(real, tried, viewer)), 'As it is')}</div></div>`;
}

async function page(
  c: ConsoleContext,
  { mails }: MailsDeps,
  given: Typed | null,
  body: Html | string,
): Promise<Response> {
  const id = c.req.param('id') ?? '';
  const found = await mails.show(id);
  if (found === null) return noSuchMail(c);
  const { mail } = maskWithin(found);
  const typed = given ?? atFirst(mail.arrivedAt, c.get('viewer').zone);
  return consolePage(c, {
    title: 'What if …',
    place: '/mails',
    assets: ['mails.css'],
    up: { href: `/mails/${id}`, says: mail.subject || '(no subject)' },
    body: html`<p class="lead">Mail ${id} from <bdi>${mail.from ?? 'nobody'}</bdi> as it would be decided if something about it were otherwise, on what was known when it was decided. Nothing is written, and nobody is written to.</p>${body}${card(form(c, id, typed), 'If …')}`,
  });
}

export const whatIfPage = (c: ConsoleContext, deps: MailsDeps): Promise<Response> => page(c, deps, null, '');

export async function whatIfTold(c: ConsoleContext, deps: MailsDeps): Promise<Response> {
  const body = await c.req.parseBody();
  const typed = Object.fromEntries(
    names.map((name) => [name, typeof body[name] === 'string' ? body[name].replaceAll('\r\n', '\n') : '']),
  ) as Typed;
  const { wish, faults } = wishOf(typed, deps.mails);
  if (faults.length > 0)
    return page(
      c,
      deps,
      typed,
      html`${faults.map((one) => fault(one, 'What you typed stands below; change it and ask again.'))}`,
    );
  const told = await deps.mails.whatIf(c.req.param('id') ?? '', wish);
  if (told === null)
    return page(
      c,
      deps,
      typed,
      fault('What it was decided on is kept no longer, or it is not decided.', 'Nothing can be said of it any more.'),
    );
  const shown = maskWithin(told);
  return page(
    c,
    deps,
    typed,
    shown.kind === 'fault' ? fault(shown.says, 'Change it below and ask again.') : toldShown(shown, c.get('viewer')),
  );
}
