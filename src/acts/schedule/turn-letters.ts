/** The letters of a turn: the monthly list of contacts (POLICY §9), and who may open cases (§8.10). */
import { mandatoryFields } from '../../registry/contacts/mandatory.ts';
import { roles } from '../../registry/site.ts';
import type { ActLetter, Given } from '../act.ts';
import { mostShown, tableOf } from '../contacts/list-contacts.ts';
import type { PeopleRecord, Person } from '../contacts/records.ts';

type About = { readonly record: PeopleRecord; readonly to: Person; readonly period: string };

/** Keyed by site and turn: the same twice is one letter. */
export const siteLetter = (
  { site }: Pick<PeopleRecord, 'site'>,
  to: Pick<Person, 'email'>,
  letter: Pick<ActLetter, 'template' | 'values'>,
  key: string,
): ActLetter =>
  ({
    ...letter,
    to: to.email,
    audience: 'contact',
    language: site.language,
    matter: `${key}:${site.number}`,
    once: `schedule:${key}:${site.number}`,
    case: null,
    answers: null,
    followsOwn: false,
    asks: null,
    fate: { kind: 'send' },
  }) as ActLetter;

const inOrder = (people: readonly Person[]): Person[] =>
  people.toSorted((a, b) => roles.indexOf(a.role) - roles.indexOf(b.role));

const missingOf = (person: Person, { contactLists: { askFor } }: Given['policy']) =>
  mandatoryFields.filter((name) => askFor.includes(name) && !person[name]);

export function monthlyList({ record, to, period }: About, { policy }: Given): ActLetter {
  const { site, people } = record;
  const all = inOrder(people).map((one) => ({
    ...{ name: one.name, address: one.email, role: one.role, missing: missingOf(one, policy) },
    unreached: one.unreachable === true,
  }));
  const values = {
    ...{ siteName: site.name, site: site.number, month: period, total: people.length },
    ...{ people: all.slice(0, mostShown), more: Math.max(0, all.length - mostShown) },
    incomplete: all.filter(({ missing }) => missing.length > 0).length,
    lacksSecondary: !people.some(({ role }) => role === 'secondary'),
  };
  const letter = siteLetter(record, to, { template: 'contacts-monthly', values }, `contact-lists:${period}`);
  const asks = { kind: 'contacts', site: site.id } as const;
  return { ...letter, asks, table: { filename: `contacts-${site.number}.csv`, rows: tableOf(record, policy) } };
}

/** `open`: those who are asked about still; `reminder`: how often it was asked before. */
export function quarterlyQuestion(
  { record, to, period, open, reminder }: About & { readonly open: readonly Person[]; readonly reminder: number },
  { policy }: Given,
): ActLetter {
  const { site } = record;
  const shown = inOrder(open).map(({ name, email: address, role, lastSeen }) => ({
    ...{ name, address, role, lastSeen: lastSeen ?? null },
  }));
  const values = {
    ...{ siteName: site.name, site: site.number, total: open.length, timezone: site.timezone, reminder },
    ...{ people: shown.slice(0, mostShown), more: Math.max(0, shown.length - mostShown) },
  };
  const key = `re-attestation:${period}:${reminder}`;
  const letter = siteLetter(record, to, { template: 'contacts-quarterly', values }, key);
  const rows = tableOf({ ...record, people: open }, policy);
  const asks = { kind: 'attest', site: site.id, period } as const;
  return { ...letter, asks, table: { filename: `who-may-open-cases-${site.number}.csv`, rows } };
}
