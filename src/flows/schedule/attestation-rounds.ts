/** Rounds in which sites are asked who may open cases, as our own people see them in the console (POLICY §8.10). */
import { askedAbout } from '../../acts/schedule/answer-attestation.ts';
import type { Policy } from '../../intake/policy.ts';
import { addresseesOf } from '../../registry/contacts/addressees.ts';
import type { Database } from '../../store/database.ts';
import { loadRecords } from '../../store/records.ts';
import { countRounds, listRounds, type RoundFilter, type RoundLine } from '../../store/schedule/rounds.ts';
import { type ListedSchedule, listSchedules } from './list-schedules.ts';

export type { RoundFilter, RoundLine };

export type RoundOfSite = {
  readonly site: string;
  readonly siteName: string;
  /** Whom the question goes to; null: nobody there can be written to. */
  readonly to: string | null;
  /** Who is asked about still. */
  readonly open: readonly {
    readonly name: string;
    readonly address: string;
    readonly role: string;
    readonly lastSeen: string | null;
    readonly period: string;
  }[];
  readonly nextAt: string | null;
};

export const openAttestationRounds = ({
  database,
  policy,
}: {
  readonly database: Database;
  readonly policy: Policy;
}) => ({
  list: (filter: RoundFilter) => listRounds(database, filter),
  counts: () => countRounds(database),
  async schedule(): Promise<ListedSchedule | null> {
    const all = await listSchedules({ database, policy });
    return all.find(({ kind }) => kind === 're-attestation') ?? null;
  },
  async one(site: string): Promise<RoundOfSite | null> {
    if (!/^\d{7}$/.test(site)) return null;
    const { people: record, turn } = await loadRecords(
      database,
      { people: { site, seen: true }, turn: { site, kind: 're-attestation' } },
      policy,
    );
    if (!record) return null;
    const open = askedAbout(record, {}).map(
      ({ name, email: address, role, lastSeen = null, toAttest: period = '' }) => ({
        ...{ name, address, role, lastSeen, period },
      }),
    );
    return {
      ...{ site: record.site.number, siteName: record.site.name, open },
      to: addresseesOf('contacts-quarterly', record.people, policy)[0]?.email ?? null,
      nextAt: turn?.period === open[0]?.period ? (turn?.dueAt ?? null) : null,
    };
  },
});
export type AttestationRounds = ReturnType<typeof openAttestationRounds>;
