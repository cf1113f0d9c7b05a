/**
 * Statements on a mail's way, and those that the clock runs every few seconds, go by an index to every table that grows: of each that is
 * run here PostgreSQL counts the rows that it has read by looking through a table.
 */
import { sql } from 'kysely';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { silentLog } from '../../../src/foundation/log.ts';
import { type Facts, type Question, questionAbout } from '../../../src/intake/facts.ts';
import { requestById, requestsDue } from '../../../src/store/access/requests.ts';
import { announcementRecords } from '../../../src/store/announcements/announcement-records.ts';
import { runningAnnouncements } from '../../../src/store/announcements/list-announcements.ts';
import { subscriptionRecords, withSubscribers } from '../../../src/store/contacts/subscriptions.ts';
import { type Database, openDatabase, type Tx } from '../../../src/store/database.ts';
import { withServiceTags } from '../../../src/store/registry/service-tags.ts';
import { dueRenewals, notePlanned, sitesToPlan } from '../../../src/store/renewals/due.ts';
import { renewalRecords } from '../../../src/store/renewals/records.ts';
import { contactsToAskAbout, dueTurns } from '../../../src/store/schedule/turns.ts';
import { openErasures } from '../../../src/store/upkeep/erasure/run.ts';
import { retentionStandings } from '../../../src/store/upkeep/retention/runs.ts';
import { defaultRegistryPolicy } from '../../support/default-policies.ts';
import { wholeTables } from '../../support/rows-read.ts';
import { freshDatabase } from '../../support/servers/postgres.ts';
import { manyRows } from '../../support/world-rows/many.ts';

const fresh = await freshDatabase();
/** As mails are decided on, and as the clock asks. */
const hot = openDatabase(fresh.url, silentLog, 1, 'by-index');
const plain = openDatabase(fresh.url, silentLog, 1);
const at = '2026-11-02T10:00:00Z';

beforeAll(async () => {
  for (const one of manyRows) await plain.ask((db) => sql.raw(one).execute(db));
});
afterAll(async () => {
  await hot.close();
  await plain.close();
  await fresh.drop();
});

const factsOf = (some: Partial<Facts>): Facts =>
  ({ contacts: [], licences: [], sites: {}, letters: [], ...some }) as unknown as Facts;
const asked = (some: Partial<Question>): Question => ({
  ...questionAbout({ arrivedAt: at, sender: null, command: null, cases: [] }),
  ...some,
});
const site77 = async (tx: Tx): Promise<string> =>
  (await sql<{ id: string }>`select id::text as id from sites where number = '1000077'`.execute(tx)).rows[0]?.id ?? '';

it('a look through a table is seen', async () => {
  for (const database of [hot, plain]) {
    const { whole } = await wholeTables(database, (_, tx) =>
      sql`select from licences where edition = 'none'`.execute(tx),
    );
    expect(whole).toEqual(['licences']);
  }
});

describe('a mail', () => {
  it('that names a service tag', async () => {
    const { made, whole } = await wholeTables(hot, async (_, tx) => {
      const [one] = await withServiceTags(tx, [asked({ licences: ['TAG-77-1'] })], [{ facts: factsOf({}) }]);
      return { site: await site77(tx), facts: one?.facts };
    });
    expect(made.facts?.licences).toEqual([{ number: 'TAG-77-1', site: made.site }]);
    expect(made.facts?.sites[made.site]?.site.number).toBe('1000077');
    expect(whole).toEqual([]);
  });

  it('that is about licences', async () => {
    const { made, whole } = await wholeTables(hot, async (_, tx) => {
      const licences = [{ number: 'L-77-1' }, { number: 'L-77-2' }];
      const facts = factsOf({
        ...({ contacts: [{}], sites: { [await site77(tx)]: { licences } } } as unknown as Partial<Facts>),
      });
      return withServiceTags(tx, [asked({ command: 'LICENCES' })], [{ facts }]);
    });
    const tags = Object.values(made[0]?.facts.sites ?? {}).flatMap((one) => one?.licences.map((l) => l.serviceTag));
    expect(tags).toEqual(['Tag-77-1', 'Tag-77-2']);
    expect(whole).toEqual([]);
  });

  it('about letters that can be ended, also from an address that is on record no more', async () => {
    for (const sender of ['c77-2@x.example', 'old-77@x.example']) {
      const { made, whole } = await wholeTables(hot, (_, tx) =>
        withSubscribers(tx, [asked({ sender, command: 'UNSUBSCRIBE' })], [{ facts: factsOf({}) }]),
      );
      expect(made[0]?.facts.subscribers?.map((one) => one.email)).toEqual(['c77-2@x.example']);
      expect(whole).toEqual([]);
    }
  });
});

it('whom letters that can be ended go to, by call, page and command', async () => {
  const found = await wholeTables(plain, async (within) => {
    const byAddress = await subscriptionRecords(within, {
      subscribers: { address: 'c77-2@x.example', site: '1000077' },
    });
    const contact = byAddress.subscribers?.[0]?.id ?? '';
    const byId = await subscriptionRecords(within, { subscribers: { contact } });
    const elsewhere = await subscriptionRecords(within, {
      subscribers: { address: 'c77-2@x.example', site: '1000078' },
    });
    return [byAddress, byId, elsewhere].map((one) => one.subscribers?.map(({ email }) => email));
  });
  expect(found).toEqual({ made: [['c77-2@x.example'], ['c77-2@x.example'], []], whole: [] });
});

describe('the clock', () => {
  it('finds the site of a licence that somebody registers, by number or service tag, in whatever letters', async () => {
    const { made, whole } = await wholeTables(plain, async (within, tx) => {
      const found = [];
      for (const id of await requestsDue(within, 20)) found.push(await requestById(tx, id));
      return found;
    });
    expect(made.map((one) => [one?.said.licence, one?.site?.number ?? null])).toEqual([
      ['l-77-1', '1000077'],
      ['TAG-78-1', '1000078'],
      // A number goes before a tag that is spelled like it.
      ['L-79-1', '1000079'],
      ['L-NOBODY', null],
    ]);
    expect(whole).toEqual([]);
  });

  const jobs: Record<string, (within: Database) => Promise<unknown>> = {
    'renewals to be planned': async (within) => notePlanned(within, await sitesToPlan(within, 100)),
    'renewals that are due': async (within) => {
      const due = await dueRenewals(within, 100);
      expect(due.length).toBe(10);
      await renewalRecords(within, { renewals: { step: due[0] as string } }, defaultRegistryPolicy);
    },
    'announcements under way': (within) => runningAnnouncements(within),
    'the next letters of an announcement': async (within) => {
      const [one] = await runningAnnouncements(within);
      const needs = { sending: { id: one?.id ?? '' } };
      const { sending } = await announcementRecords(within, needs, defaultRegistryPolicy);
      expect(sending?.next.length).toBe(100);
    },
    'turns that are due': (within) => dueTurns(within, 100),
    'contacts to ask about': (within) => contactsToAskAbout(within, 100),
    'people who are erased': (within) => openErasures(within),
    'what is kept': (within) => retentionStandings(within, ['mails', 'letters'], 7),
  };
  for (const [name, job] of Object.entries(jobs))
    it(`looks through no table for ${name}`, async () => {
      const { whole } = await wholeTables(plain, job);
      // A hundred sites of some thousand are read sooner without an index.
      expect(whole.filter((table) => table !== 'sites')).toEqual([]);
    });
});
