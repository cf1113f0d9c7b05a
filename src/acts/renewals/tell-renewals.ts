import { z } from 'zod';
import type { SiteNumber } from '../../foundation/ids.ts';
import type { DigestLine, NotToldReason } from '../../outbound/letters/renewals.ts';
import { addresseesOf } from '../../registry/contacts/addressees.ts';
import { dayAt } from '../../registry/entitlement.ts';
import { listedFor } from '../../staff/representative.ts';
import type { Act, ActDesk, ActLetter } from '../act.ts';
import type { RenewalWeek } from './records.ts';

/** The letter names the first ones; its table has all. */
const mostNamed = 40;
const mostNotTold = 40;
/** §10.5: what goes out within so many days. */
const digestDays = 14;

const input = z.strictObject({ day: z.iso.date().describe('the first day of the list') });

const digestHead = ['renewal', 'day', 'site', 'name', 'ends', 'to', 'state'] as const;
const lastOf = (day: string): string =>
  Temporal.PlainDate.from(day)
    .add({ days: digestDays - 1 })
    .toString();

type OwnWeek = Pick<RenewalWeek, 'planned' | 'notTold'>;

/**
 * What each of our people is told: of an account its representative, of one without, or whose representative is absent, the whole team.
 * Where all of it goes to representatives, there is nothing to tell the team.
 */
function weekByReader({ planned, notTold }: OwnWeek, at: string, desk: ActDesk): Map<string, OwnWeek> {
  const readersOf = (one: { representative: string | null }) => listedFor(one.representative, at, desk, desk);
  const all = [...planned, ...notTold];
  const readers = new Set(all.length === 0 ? desk.renewalTeam : all.flatMap(readersOf));
  const of = (reader: string) => ({
    planned: planned.filter((one) => readersOf(one).includes(reader)),
    notTold: notTold.filter((one) => readersOf(one).includes(reader)),
  });
  return new Map([...readers].map((reader) => [reader, of(reader)]));
}

/** POLICY §10.5: what goes out in the next two weeks, and who was not told, to the renewal team each Monday. */
export const tellRenewals: Act<z.infer<typeof input>> = {
  name: 'tell-renewals',
  input,
  right: 'none',
  does: 'tells the renewal team what goes out in the next two weeks, and who was not told',
  gives: { changes: ['renewals-told'], letters: ['renewal-digest'] },
  byClock: ['renewals-told'],
  needs: ({ day }) => ({ renewals: { schedule: true }, renewalWeek: { from: day, to: lastOf(day) } }),
  judge({ day }, { renewals, renewalWeek: week }, { now: at, by, desk, policy }) {
    const { running = false, pausedAt = null } = renewals?.schedule ?? {};
    if (!running || !week || dayAt(at, desk.timezone) < day) return { kind: 'done', changes: [], letters: [] };
    const told = [...weekByReader(week, at, desk)].map(([reader, own]): ActLetter => {
      const lines = own.planned.map(
        ({ renewal: step, site, people, representative: _, ...one }): DigestLine => ({
          ...{ ...one, step, site: site as SiteNumber },
          to: addresseesOf('renewal-notice', people, policy)[0]?.email ?? null,
        }),
      );
      const notTold = own.notTold.map(({ why, site, siteName, endsOn }) => ({
        ...{ siteName, endsOn, site: site as SiteNumber, why: why as NotToldReason },
      }));
      const values = {
        ...{ from: day, to: lastOf(day), paused: pausedAt !== null, command: 'npx postern renewals --help' },
        ...{ lines: lines.slice(0, mostNamed), more: Math.max(0, lines.length - mostNamed) },
        ...{ notTold: notTold.slice(0, mostNotTold), moreNotTold: Math.max(0, notTold.length - mostNotTold) },
      };
      const rows = lines.map((one) => [one.step, one.day, one.site, one.siteName, one.endsOn, one.to ?? '', one.state]);
      return {
        ...{ template: 'renewal-digest', values, to: reader, audience: 'staff', language: desk.languages[0] ?? 'en' },
        ...{ matter: `renewals:${day}`, once: `renewals:${day}`, case: null, answers: null, followsOwn: false },
        ...{ asks: null, fate: { kind: 'send' } },
        ...(lines.length > 0 && { table: { filename: `renewals-${day}.csv`, rows: [[...digestHead], ...rows] } }),
      };
    });
    return { kind: 'done', changes: [{ kind: 'renewals-told', day, at, by }], letters: told };
  },
};
