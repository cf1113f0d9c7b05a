/** What can be done about a customer as a whole, each an act with its preview. */
import { html } from 'hono/html';
import type { Customer, CustomerPerson } from '../../../flows/registry/customers.ts';
import { givenRole } from '../../../registry/contacts/lines.ts';
import { cellText } from '../../../registry/registry-form.ts';
import { type ContactType, contactTypes } from '../../../registry/site.ts';
import type { Html } from '../../html.ts';
import { notYours } from '../acts/forms.ts';
import { type Offer, offer, offers } from '../acts/offer.ts';
import { type Choice, field, select } from '../frame/fields.ts';
import type { ConsoleContext } from '../viewer.ts';
import { mayDo } from '../viewer.ts';
import { type CustomerDeps, place } from './deps.ts';

const typeBoxes = (name: string, chosen: readonly ContactType[]): Html =>
  html`<fieldset class="field"><legend>Gets letters as</legend>${contactTypes.map(
    (type) =>
      html`<label class="check"><input type="checkbox" name="${name}" value="${type}"${chosen.includes(type) ? html` checked` : ''}> ${type}</label>`,
  )}</fieldset>`;

export const roleChoices = (without?: string): Choice[] =>
  givenRole.options.filter((role) => role !== without).map((role) => [role, role]);

const personChoices = (people: readonly CustomerPerson[]): Choice[] =>
  people.map(({ email, name, role }) => [email, `${email} (${name}, ${role})`]);

const addFields = ({ people }: Customer): Html =>
  html`${field({
    name: 'address',
    label: 'E-mail address',
    type: 'email',
    required: true,
    hint: 'Letters go there, and mail from there is let in.',
  })}${field({ name: 'name', label: 'Name', required: true })}${select(
    'role',
    'Role',
    people.length === 0 ? [['primary', 'primary']] : roleChoices('primary'),
    people.length === 0 ? 'primary' : 'authorized user',
  )}${typeBoxes('types', [])}${field({ name: 'phone', label: 'Phone' })}${field({
    name: 'until',
    label: 'Last day of the access',
    type: 'date',
    hint: 'Left empty: without an end.',
  })}${field({ name: 'why', label: 'Why they need it' })}`;

function siteFields({ of: { site } }: Customer): Html {
  const { name, country, state = '', timezone, language, businessHours, holidays, representative = '' } = site;
  return html`${field({ name: 'entry.name', label: 'Name', value: name, hint: 'What is emptied stays as it is; taking something away is done as text.' })}${field(
    {
      name: 'entry.country',
      label: 'Country',
      value: country,
      hint: 'Two letters of ISO 3166, such as GB; holidays and phone numbers go by it.',
    },
  )}${field({ name: 'entry.state', label: 'State or region', value: state, hint: 'Such as BY: holidays may differ.' })}${field(
    {
      name: 'entry.timezone',
      label: 'Time zone',
      value: timezone,
      hint: 'Such as Europe/London.',
    },
  )}${field({ name: 'entry.language', label: 'Language of letters', value: language, hint: 'Such as en or de-AT.' })}${field(
    {
      name: 'entry.businessHours',
      label: 'Business hours of their own',
      value: businessHours ? cellText(businessHours) : '',
      hint: 'Such as mon 09:00-12:30 13:30-17:00|tue 09:00-17:00; without: those of the desk.',
    },
  )}${field({
    name: 'entry.holidays',
    label: 'Holidays of their own',
    value: holidays ? cellText(holidays) : '',
    hint: 'Such as 12-24|not 2026-05-25.',
  })}${field({
    name: 'entry.representative',
    label: 'Representative',
    value: representative,
    hint: 'The address of one of our people, who looks after its renewals.',
  })}`;
}

function offersOf(of: Customer): readonly Offer[] {
  const { site, licences } = of.of;
  const number = site.number;
  const unregistered = licences.filter(({ registeredOn }) => registeredOn === null);
  const confirming = of.people.filter(({ may }) => may['contact updates'] === 'update');
  return [
    {
      act: 'add-contact',
      input: { site: number },
      says: 'Add somebody',
      key: 'a',
      main: true,
      fields: addFields(of),
    },
    { act: 'issue-pin', input: { site: number }, says: 'Draw a new PIN', key: 'p' },
    { act: 'put-site', input: { site: number }, says: 'Change the site', key: 'c', fields: siteFields(of) },
    ...(unregistered.length > 0 && of.people.length > 0
      ? [
          {
            act: 'register-licence',
            input: { site: number },
            says: 'Register a licence',
            key: 'r',
            fields: html`${select(
              'licence',
              'Licence',
              unregistered.map((one) => [one.number, `${one.number}: ${one.quantity} ${one.kind}, ${one.product}`]),
            )}${select('contact', 'For', personChoices(of.people))}`,
          },
        ]
      : []),
    ...(confirming.length > 0
      ? [
          {
            act: 'confirm-contacts',
            input: { site: number },
            says: 'The list is right',
            key: 'l',
            fields: select('contact', 'Who says so', personChoices(confirming)),
          },
        ]
      : []),
  ];
}

/** To those who may do none of it one sentence is enough. */
export async function offersFor(
  c: ConsoleContext,
  deps: CustomerDeps,
  given: readonly Offer[],
  label?: string,
): Promise<Html> {
  const viewer = c.get('viewer');
  const acts = given.map(({ act }) => deps.acts.find(({ name }) => name === act));
  const [first] = acts;
  if (first && acts.every((act) => act && !mayDo(viewer, act)))
    return html`<p class="hint">You see customers and change nothing of them. ${notYours(viewer, first)}</p>`;
  return offers(await Promise.all(given.map((one) => offer(c, deps, one))), label);
}

export const siteActions = (c: ConsoleContext, deps: CustomerDeps, of: Customer): Promise<Html> => {
  const back = `${place}/${of.of.site.number}`;
  return offersFor(
    c,
    deps,
    offersOf(of).map((one) => ({ ...one, back })),
  );
};
