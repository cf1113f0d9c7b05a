/** Who hears of changed people (POLICY §8.8, §9): who asked, the primary, and the person that it is about. */
import type { PersonResult } from '../../outbound/letter.ts';
import type { Contact } from '../../registry/site.ts';
import type { ActLetter, Given } from '../act.ts';
import { letterTo } from '../self-service/telling.ts';
import type { PeopleJudged } from './change-people.ts';
import type { PeopleRecord } from './records.ts';

type Asker = { readonly asker: Contact | null; readonly address?: string };

export const atSite = ({ site: { name, number } }: PeopleRecord) => ({ siteName: name, site: number });

/** Of each set of changes: one of a kind to one person. */
const matterOf = ({ site, version }: PeopleRecord, what: string): string =>
  `contacts:${site.number}:${version}:${what}`;

/** What becomes of each line; to whoever asked by mail. */
export function answerToAsker(
  record: PeopleRecord,
  { results, done, heir }: PeopleJudged,
  asker: Contact,
  address: string,
  cause: string,
): ActLetter {
  const values = {
    ...atSite(record),
    reader: 'asker',
    asker: asker.name,
    done,
    waitsFor: heir?.email ?? null,
  } as const;
  const letter = { template: 'contacts-changed', values: { ...values, lines: results } } as const;
  return letterTo({ address, site: record.site }, letter, matterOf(record, cause));
}

/** The person that a line is about hears of it where it goes after the change, and of a new address at the old one too (§7). */
function personsOf(lines: readonly PersonResult[], asker: Contact | null): Map<string, PersonResult[]> {
  const told = new Map<string, PersonResult[]>();
  for (const line of lines) {
    if (line.kind === 'add') continue;
    const itself = asker !== null && line.address === asker.email;
    const to = line.newAddress === null ? [line.address] : [line.address, line.newAddress];
    // Who asked has the answer; at a new address nobody has it yet.
    for (const one of itself ? to.slice(1) : to) told.set(one, [...(told.get(one) ?? []), line]);
  }
  return told;
}

export function lettersAbout(
  record: PeopleRecord,
  { results: lines, done, heir }: PeopleJudged,
  { asker }: Asker,
  { desk }: Pick<Given, 'desk'>,
): ActLetter[] {
  if (!done || heir) return [];
  const { site, people } = record;
  const primary = people.find(({ role }) => role === 'primary');
  const common = { ...atSite(record), asker: asker?.name ?? null };
  const changed = (to: string, reader: 'primary' | 'person', of: readonly PersonResult[]) => {
    const values = { ...common, reader, done, waitsFor: null, lines: of } as const;
    return letterTo({ address: to, site }, { template: 'contacts-changed', values }, matterOf(record, reader));
  };
  const welcome = lines.flatMap(({ kind, address, name, role, until }) => {
    if (kind !== 'add' || role === null) return [];
    const values = { ...common, name, role, primary: primary?.name ?? null, until, support: desk.addresses.support };
    return [letterTo({ address, site }, { template: 'contact-welcome', values }, matterOf(record, 'welcome'))];
  });
  const persons = [...personsOf(lines, asker)].filter(([to]) => to !== primary?.email);
  return [
    ...welcome,
    ...persons.map(([to, of]) => changed(to, 'person', of)),
    ...(primary && primary.id !== asker?.id ? [changed(primary.email, 'primary', lines)] : []),
  ];
}
