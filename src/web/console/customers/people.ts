/** The people of a customer: who they are, what they may, whether letters reach them. */
import { html } from 'hono/html';
import type { Customer, CustomerPerson } from '../../../flows/registry/customers.ts';
import { grantedText } from '../../../registry/contacts/privileges.ts';
import type { Html } from '../../html.ts';
import { listOf } from '../acts/list-of.ts';
import { empty, pill, row, rows, when } from '../frame/parts.ts';
import type { Viewer } from '../viewer.ts';
import { place } from './deps.ts';
import { counted, dayShown } from './words.ts';

export const personPath = (site: string, { id }: Pick<CustomerPerson, 'id'>): string => `${place}/${site}/people/${id}`;

/** Whether letters arrive, whether the address is shown to be theirs, whether somebody has to say that they stay. */
export function personPills({ unreachable, doubtful, until, toAttest }: CustomerPerson): Html {
  return html`${unreachable ? html` ${pill('letters come back', 'bad')}` : doubtful ? html` ${pill('a letter came back', 'warn')}` : ''}${
    until === undefined ? '' : html` ${pill(`until ${dayShown(until)}`)}`
  }${toAttest === undefined ? '' : html` ${pill(`asked for in ${toAttest}`, 'warn')}`}`;
}

const otherwise = ({ granted }: CustomerPerson): string => grantedText(granted).replaceAll('|', ', ');

function personRow(site: string, one: CustomerPerson, viewer: Viewer): Html {
  const set = otherwise(one);
  // That a primary gets letters as one goes without saying.
  const more = one.types.filter((type) => type !== one.role);
  const types = more.length > 0 ? `, also gets letters as ${listOf(more)}` : '';
  return row({
    href: personPath(site, one),
    says: html`<bdi>${one.email}</bdi>${personPills(one)}`,
    about: html`<bdi>${one.name}</bdi> <span class="dim">· ${one.role}${types}</span>${set === '' ? '' : html`<br><small>otherwise than the role: ${set}</small>`}`,
    ...(one.lastSeen !== undefined && { side: html`wrote ${when(one.lastSeen, viewer, { relative: true })}` }),
  });
}

/** On the page of the customer; all stand on a page of their own. */
export const mostPeople = 12;

const confirmedSays = ({ confirmedAt }: Customer, viewer: Viewer): Html =>
  confirmedAt === null
    ? html`Nobody there has said yet that this list is right.`
    : html`The list was confirmed ${when(confirmedAt, viewer, { relative: true })}.`;

export function peopleShown(of: Customer, viewer: Viewer, most = mostPeople): Html {
  const { number } = of.of.site;
  const { people } = of;
  if (people.length === 0)
    return empty('Nobody is on record there, so that no mail of theirs is let in by itself. Add the primary first.');
  const more = people.length - most;
  return html`${rows(
    people.slice(0, most).map((one) => personRow(number, one, viewer)),
    'People',
  )}${more > 0 ? html`<p><a href="${place}/${number}/people">All ${counted(people.length, 'person', 'people')}</a></p>` : ''}<p class="hint">${confirmedSays(of, viewer)}${
    people.some(({ role }) => role === 'secondary') ? '' : ' There is no secondary: nobody stands in for the primary.'
  }</p>`;
}

/** What they may, and by what: the role, or set apart. */
export const privilegesSaid = ({ may, granted, role }: CustomerPerson): readonly (readonly [string, Html])[] =>
  Object.entries(may).map(([name, level]) => [
    name,
    html`${level}${name in granted ? html` <span class="dim">set apart from ${role}</span>` : ''}`,
  ]);

export const typesSaid = ({ types }: CustomerPerson): string => (types.length === 0 ? 'none' : listOf(types));
