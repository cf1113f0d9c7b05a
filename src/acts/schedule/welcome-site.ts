import { z } from 'zod';
import { addresseesOf } from '../../registry/contacts/addressees.ts';
import { type Act, type ActLetter, refused } from '../act.ts';
import { siteNumber } from '../pins/issue-pin.ts';
import { siteLetter } from './turn-letters.ts';

const input = z.strictObject({ site: siteNumber });

/** More would not be read; `LICENCES` has all of them. */
const mostLicences = 40;

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
    const licences = welcome.licences.map(({ number: licence, product, kind }) => ({ number: licence, product, kind }));
    const values = {
      ...{ ...common, pin: welcome.pin, technical: technical.map(({ name }) => name) },
      ...{ licences: licences.slice(0, mostLicences), more: Math.max(0, licences.length - mostLicences) },
    };
    const letters: ActLetter[] = [
      ...(head ? [siteLetter(record, head, { template: 'site-welcome', values }, 'welcome')] : []),
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
