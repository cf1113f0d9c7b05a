/** Sites with something that ends, and a desk with a renewal team, over PostgreSQL whose time is moved (POLICY §10). */
import { sql } from 'kysely';
import type { ActName, InputOf } from '../../src/acts/list.ts';
import { commit } from '../../src/flows/acts/commit.ts';
import { planRenewals, runRenewals } from '../../src/flows/renewals/run-renewals.ts';
import { silentLog } from '../../src/foundation/log.ts';
import { staffMemberSchema } from '../../src/staff/staff.ts';
import { openDatabase } from '../../src/store/database.ts';
import { simulatedClock } from './clock/simulated-clock.ts';
import { letterDeps } from './letter-deps.ts';
import { putSite } from './put-site.ts';

const rita = staffMemberSchema.parse({
  name: 'Rita Born',
  email: 'rita@desk.example',
  roles: ['renewal representative'],
});

/** Looks after accounts, and is not of the renewal team. */
export const robin = staffMemberSchema.parse({
  ...{ name: 'Robin Vale', email: 'robin@desk.example', roles: ['manager'], hours: 'always' },
  absent: [{ from: '2027-03-29', to: '2027-04-02' }],
});

export type Sent = { id: string; template: string; to: string; subject: string; state: string };

export async function renewalsDesk(start: string) {
  const clock = await simulatedClock(start);
  const database = openDatabase(clock.url, silentLog, 6);
  const base = letterDeps(database);
  const { desk } = base.policy;
  const addresses = { ...desk.addresses, renewals: 'renewals@desk.example' };
  const policy = {
    ...base.policy,
    desk: {
      ...desk,
      addresses,
      renewalTeam: [rita.email],
      people: [...desk.people, rita, robin],
      timezone: 'Europe/London',
    },
  };
  const deps = { ...base, policy };
  const rows = async <T>(query: ReturnType<typeof sql<T>>): Promise<T[]> =>
    (await database.ask((db) => query.execute(db))).rows;
  await rows(sql`insert into products (name) values ('Vault'), ('Forge')`);

  const letters = (since = '0') =>
    rows(sql<Sent>`
      select id::text, template, to_address as "to", subject, state
      from letters
      where id > ${since}::bigint
      order by letters.id`);
  return {
    ...{ clock, database, deps, rows, letters },
    last: async () =>
      (await rows(sql<{ id: string }>`select coalesce(max(id), 0)::text as id from letters`))[0]?.id ?? '0',
    raw: async (id: string) =>
      (await rows(sql<{ raw: Buffer }>`select raw from letters where id = ${id}::bigint`))[0]?.raw ?? Buffer.alloc(0),
    /** Refused: with its reason. */
    async act<Name extends ActName>(name: Name, input: InputOf<Name>) {
      const by = { kind: 'command', staff: null } as const;
      const outcome = await commit(deps, { act: name, input: input as never, by });
      if (outcome.kind === 'refused') throw new Error(outcome.says);
      if (outcome.kind !== 'done') throw new Error(JSON.stringify(outcome));
      return outcome.done;
    },
    /** What the clock does, once. */
    async tick() {
      await planRenewals(deps);
      return runRenewals(deps);
    },
    steps: (site: string, group?: string) =>
      rows(sql<{ id: string; step: number; day: string; state: string; reason: string | null }>`
        select t.id::text, t.step, to_json(t.day) #>> '{}' as day, t.state, t.reason
        from renewal_steps t
        join sites s on s.id = t.site_id
        where s.number = ${site} and (${group ?? null}::date is null or t.group_on = ${group ?? null}::date)
        order by t.group_on, t.step`),
    becomes: (letter: string, state: string) =>
      rows(sql`update letters set state = ${state}, sent_at = now(), raw = raw where id = ${letter}::bigint`),
    put: (number: string, entry: Record<string, unknown>) => putSite(database, number, entry),
    async stop() {
      await database.close();
      await clock.drop();
    },
  };
}
export type RenewalsDesk = Awaited<ReturnType<typeof renewalsDesk>>;

const licence = (number: string, kind: string, from: string, to: string, product = 'Vault') => ({
  ...{ number, product, kind, quantity: 50, from, to },
});

/** A firm whose plan goes on, and whose support ends. */
export const firm = (
  number: string,
  {
    ends,
    language = 'en',
    timezone = 'Europe/London',
    country = 'GB',
    more = {},
  }: {
    ends: string;
    language?: string;
    timezone?: string;
    country?: string;
    more?: Record<string, unknown>;
  },
) => ({
  ...{ name: `Firm ${number}`, country, timezone, language },
  contacts: [
    { name: 'Ada', email: `ada@${number}.example`, role: 'primary' },
    { name: 'Rae', email: `rae@${number}.example`, role: 'authorized user', types: ['renewal'] },
    { name: 'Ron', email: `ron@${number}.example`, role: 'authorized user', types: ['renewal'] },
    { name: 'Bil', email: `bil@${number}.example`, role: 'licence user', types: ['billing'] },
  ],
  plans: [{ kind: 'standard', from: '2026-01-01', to: '2036-12-31' }],
  licences: [
    licence(`U-${number}`, 'user', '2026-01-01', '2036-12-31'),
    licence(`S-${number}`, 'support', '2026-01-01', ends),
  ],
  ...more,
});
