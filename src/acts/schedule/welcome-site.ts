import { z } from 'zod';
import { addresseesOf } from '../../registry/contacts/addressees.ts';
import { type Act, type ActLetter, type Given, refused } from '../act.ts';
import type { PeopleRecord, Person } from '../contacts/records.ts';
import { siteNumber } from '../pins/issue-pin.ts';
import type { WelcomeRecord } from './records.ts';
import { siteLetter } from './turn-letters.ts';

const input = z.strictObject({ site: siteNumber });

/** More would not be read; `LICENCES` has all of them. */
const mostLicences = 40;

/** POLICY §9 "New site", to the primary. `technical` have a letter of their own. */
export function siteWelcome(
  { site }: Pick<PeopleRecord, 'site'>,
  to: Pick<Person, 'email'>,
  { pin, licences: all }: WelcomeRecord,
  technical: readonly string[],
  { addresses: { support, access = null } }: Given['desk'],
): ActLetter {
  const licences = all.map(({ number: licence, product, kind }) => ({ number: licence, product, kind }));
  const values = {
    ...{ siteName: site.name, site: site.number, support, access, pin, technical },
    ...{ licences: licences.slice(0, mostLicences), more: Math.max(0, licences.length - mostLicences) },
  };
  return siteLetter({ site }, to, { template: 'site-welcome', values }, 'welcome');
}

/** POLICY §9 "New site": the primary, and the technical contacts; once, and only where it was asked for (§11.6). */
export const welcomeSite: Act<z.infer<typeof input>> = {
  name: 'welcome-site',
  input,
  right: 'none',
  does: 'welcomes the primary and the technical contacts of a site',
  gives: { changes: ['turn-taken'], letters: ['site-welcome', 'technical-welcome'] },
  byClock: ['schedules'],
  needs: ({ site }) => ({ turn: { site, kind: 'welcome' }, people: { site } }),
  judge({ site: number }, { turn, welcome, people: record }, { now: at, by, desk, policy }) {
    if (!turn || !record || !welcome) return refused('not-found', `No welcome is due at site ${number}.`);
    if (turn.dueAt === null) return { kind: 'done', changes: [], letters: [] };
    const { site, people } = record;
    const [head] = addresseesOf('site-welcome', people, policy);
    const technical = addresseesOf('technical-welcome', people, policy).filter((one) => one.id !== head?.id);
    const { support, access = null } = desk.addresses;
    const common = { siteName: site.name, site: site.number, support, access };
    const named = technical.map(({ name }) => name);
    const letters: ActLetter[] = [
      ...(head ? [siteWelcome(record, head, welcome, named, desk)] : []),
      ...technical.map((one) =>
        siteLetter(
          record,
          one,
          { template: 'technical-welcome', values: { ...common, country: site.country, primary: head?.name ?? null } },
          'welcome',
        ),
      ),
    ];
    const result = letters.length > 0 ? 'sent' : 'nobody';
    const of = { kind: 'turn-taken', name: 'welcome', site: site.id, siteNumber: site.number } as const;
    const to = letters.map((one) => one.to);
    const taken = { ...of, turn: { period: turn.period, step: turn.step }, result, to, next: null, at, by } as const;
    return { kind: 'done', changes: [taken], letters };
  },
};
