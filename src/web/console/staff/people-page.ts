/** `/staff`: who works here, whether they are there, and where they are signed in. */
import { html } from 'hono/html';
import type { ShownPerson } from '../../../flows/staff/staff-pages.ts';
import { staffRoles } from '../../../staff/staff.ts';
import type { Html } from '../../html.ts';
import { offer } from '../acts/offer.ts';
import type { ConsoleDeps } from '../deps.ts';
import { field, select } from '../frame/fields.ts';
import { consolePage } from '../frame/page.ts';
import { details, empty, pill, row, rows } from '../frame/parts.ts';
import { when } from '../frame/times.ts';
import type { ConsoleContext } from '../viewer.ts';
import { countSaid } from './words.ts';

export const personPath = (email: string): string => `/staff/${encodeURIComponent(email)}`;

const thereSaid = ({ there, absentUntil }: ShownPerson): Html =>
  absentUntil !== null
    ? pill(`absent until ${absentUntil}`, 'warn')
    : there
      ? pill('on duty', 'good')
      : pill('off duty');

const seenSaid = (c: ConsoleContext, { seenAt, sessions }: ShownPerson): Html =>
  seenAt === null
    ? html`never signed in`
    : html`seen ${when(seenAt, c.get('viewer'), { relative: true })}${
        sessions > 0 ? html` · ${countSaid(sessions, 'session', 'sessions')}` : ''
      }`;

const personRow = (c: ConsoleContext, one: ShownPerson): Html =>
  row({
    href: personPath(one.email),
    says: html`${one.name} ${thereSaid(one)}`,
    about: html`${one.email} · ${one.roles.join(', ')}`,
    side: seenSaid(c, one),
  });

/** What somebody fills in about a person; `one`: as they stand. */
export const personFields = (one: ShownPerson | null): Html =>
  html`${field({
    name: 'name',
    label: 'Name',
    value: one?.name ?? '',
    required: true,
  })}${
    one === null
      ? field({
          name: 'email',
          label: 'E-mail address',
          type: 'email',
          required: true,
          hint: 'Codes to sign in go there.',
        })
      : ''
  }<fieldset class="field"><legend>Roles</legend><div>${staffRoles.map(
    (role) =>
      html`<label class="check"><input type="checkbox" name="roles" value="${role}"${
        one?.roles.includes(role) ? html` checked` : ''
      }> ${role}</label>`,
  )}</div><small>A viewer sees everything and changes nothing.</small></fieldset>${details(
    'Hours, time zone, products',
    html`<div class="fields">${select(
      'hours',
      'Hours',
      [
        ['', one === null || one.hours === null ? 'those of the desk' : 'as they stand'],
        ['always', 'round the clock'],
      ],
      one?.hours === 'always' ? 'always' : '',
    )}${field({
      name: 'timezone',
      label: 'Time zone',
      value: one?.timezone ?? '',
      hint: 'Such as Europe/London; left empty: that of the desk.',
    })}${field({
      name: 'products',
      label: 'Works on',
      value: one?.products.join('\n') ?? '',
      lines: 3,
      hint: 'One product a line; left empty: all of them.',
    })}</div>`,
    one !== null,
  )}`;

export async function peoplePage(c: ConsoleContext, deps: ConsoleDeps): Promise<Response> {
  const people = await deps.staff.people();
  const add = await offer(c, deps, {
    act: 'add-staff',
    input: {},
    says: 'Add somebody',
    key: 'a',
    fields: personFields(null),
    back: '/staff',
  });
  return consolePage(c, {
    title: 'Staff',
    place: '/staff',
    keys: [['a', 'Add somebody']],
    tools: html`<a class="btn" href="/staff/sessions" data-key="s">Sign-ins <kbd>s</kbd></a>`,
    body: html`${
      people.length === 0
        ? empty('Nobody is on record: name people in postern.yaml, or add them here.')
        : rows(
            people.map((one) => personRow(c, one)),
            'Our people',
          )
    }${add}`,
  });
}
