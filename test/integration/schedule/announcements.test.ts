/** POLICY §10.6 against PostgreSQL: recipients are rows, so that pause, crash and restart send nobody a second copy and leave nobody out. */
import { sql } from 'kysely';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { commit } from '../../../src/flows/acts/commit.ts';
import { runAnnouncements } from '../../../src/flows/announcements/run-announcements.ts';
import { silentLog } from '../../../src/foundation/log.ts';
import { listAnnouncements } from '../../../src/store/announcements/list-announcements.ts';
import { type Database, openDatabase } from '../../../src/store/database.ts';
import { letterDeps } from '../../support/letter-deps.ts';
import { decoded } from '../../support/mails/gateway.ts';
import { freshDatabase } from '../../support/servers/postgres.ts';

const fresh = await freshDatabase();
let database: Database;
let deps: ReturnType<typeof letterDeps>;
const by = { kind: 'command', staff: null } as const;
const sites = 450;

beforeAll(async () => {
  database = openDatabase(fresh.url, silentLog, 6);
  deps = letterDeps(database);
  // Two people a site; somebody is at two sites, one cannot be reached, one site has no contract.
  await run(`
    insert into products (name) values ('Vault');
    insert into sites (number, name, country, timezone, language)
      select (1000000 + n)::text, 'Firm ' || n, 'GB', 'Europe/London', case when n % 2 = 0 then 'de' else 'en' end from generate_series(1, ${sites}) n;
    insert into contacts (site_id, name, role, types, position)
      select s.id, p.name, p.role, '{}', p.position from sites s, (values ('Ada', 'primary', 1), ('Max', 'authorized user', 2)) p(name, role, position);
    insert into contact_addresses (site_id, contact_id, address, main)
      select c.site_id, c.id, lower(c.name) || '@f' || c.site_id || '.example', true from contacts c where not (c.name = 'Max' and c.site_id = 2);
    insert into contact_addresses (site_id, contact_id, address, main)
      select c.site_id, c.id, 'max@f1.example', true from contacts c where c.name = 'Max' and c.site_id = 2;
    insert into plans (site_id, kind, valid_from, valid_to, position) select id, 'standard', '2026-01-01', '2036-12-31', 1 from sites where id <> 3;
    insert into licences (site_id, number, product_id, kind, quantity, valid_from, valid_to, position)
      select s.id, k || s.id, 1, k, 5, '2026-01-01', '2036-12-31', 1 from sites s, (values ('user'), ('support')) v(k);
    update contacts set unreachable_since = now(), doubtful_since = now() where site_id = 4 and name = 'Max';`);
});
afterAll(async () => {
  await database.close();
  await fresh.drop();
});

const run = async (text: string) => {
  for (const one of text.split(/;\s*\n/)) if (one.trim()) await database.ask((db) => sql.raw(one).execute(db));
};
const rows = async <T>(query: ReturnType<typeof sql<T>>): Promise<T[]> =>
  (await database.ask((db) => query.execute(db))).rows;
const file = (name: string, more = '') =>
  `---\nname: ${name}\nkind: announcements\nsubject: Hello ${name}\n${more}\n---\nThe **desk** moves.\n\n---\nlanguage: de\nsubject: Hallo ${name}\n---\nDer Desk zieht um.\n`;
const act = async (name: string, input: object, preview = false) => {
  const outcome = await commit(deps, { act: name, input, by, preview });
  if (outcome.kind === 'refused') throw new Error(outcome.says);
  return outcome;
};
const one = async (name: string) => (await listAnnouncements(database)).find((each) => each.name === name);
const copies = (name: string) =>
  rows(sql<{ to: string; n: number }>`
    select l.to_address as to, count(*)::int as n
    from letters l join announcements a on l.matter = 'announcement:' || a.id
    where a.name = ${name} group by l.to_address`);
/** As if every letter had gone out. */
const sent = () => rows(sql`update letters set state = 'sent', sent_at = now() where state = 'queued'`);
const finish = async (name: string) => {
  for (let round = 0; round < 60 && (await one(name))?.state === 'running'; round += 1) {
    await runAnnouncements(deps);
    await sent();
  }
};
/** All but the site without a contract, the one at two sites once, and the one who cannot be reached. */
const everybody = sites * 2 - 2 - 1 - 1;

describe('an announcement', () => {
  it('is checked first: how many, to whom, who is unreachable; nothing is written', async () => {
    const shown = await act('write-announcement', { text: file('moves') }, true);
    const says = shown.kind === 'preview' ? (shown.preview.changes[0]?.says ?? '') : '';
    expect(says).toContain(`it goes to ${everybody} people at ${sites - 1} sites: ada@f1.example (site 1000001)`);
    expect(says).toContain('1 more person is left out');
    expect(await listAnnouncements(database)).toEqual([]);
  });

  it('writes to nobody before it is started, and then to each once, in their language', async () => {
    await act('write-announcement', { text: file('moves') });
    await runAnnouncements(deps);
    expect(await copies('moves')).toEqual([]);
    await act('start-announcement', { id: 'moves' });
    await finish('moves');
    const all = await copies('moves');
    expect(all).toHaveLength(everybody);
    expect(all.filter(({ n }) => n !== 1)).toEqual([]);
    expect(await one('moves')).toMatchObject({
      ...{ state: 'finished', recipients: { open: 0, written: everybody, unreachable: 1, ended: 0, gone: 0 } },
      letters: { sent: everybody },
    });
    const [letter] = await rows(sql<{ raw: Buffer; priority: number; hours: number }>`
      select raw, priority, round(extract(epoch from give_up_at - created_at) / 3600)::int as hours
      from letters where to_address = 'ada@f2.example' and template = 'announcement'`);
    const text = decoded(letter?.raw ?? Buffer.alloc(0));
    expect(text).toContain('Der Desk zieht um.');
    expect(text).toContain('ABBESTELLEN');
    expect(letter).toMatchObject({ priority: 1, hours: 120 });
    const head = (letter?.raw ?? Buffer.alloc(0)).toString('latin1').replaceAll(/\r\n[ \t]+/g, ' ');
    expect(head).toMatch(/^List-Id: <announcements\.desk\.example>\r$/im);
    expect(head).toContain('<mailto:support@desk.example?subject=UNSUBSCRIBE%20announcements>');
    expect(head).toMatch(/^Auto-Submitted: auto-generated\r$/m);
  });

  it('is not started twice, and another of its name is refused', async () => {
    await expect(act('start-announcement', { id: 'moves' })).rejects.toThrow('already');
    await expect(act('write-announcement', { text: file('moves') })).rejects.toThrow('another name');
  });

  it('paused, resumed, run by several at once and cut off in the middle sends nobody a second copy and leaves nobody out', async () => {
    await act('write-announcement', { text: file('again') });
    await act('start-announcement', { id: 'again' });
    let broken = 0;
    const { finish: whole } = deps.letterBuilder;
    const breaks: typeof deps = {
      ...deps,
      letterBuilder: {
        finish: async (...given: Parameters<typeof whole>) => {
          broken += 1;
          if (broken % 170 === 0) throw new Error('the power is off');
          return whole(...given);
        },
      },
    };
    const others = Array.from({ length: 3 }, () => openDatabase(fresh.url, silentLog, 3));
    for (let round = 0; round < 80 && (await one('again'))?.state !== 'finished'; round += 1) {
      const cut =
        round % 3 === 1
          ? rows(sql`
        select pg_terminate_backend(pid) from pg_stat_activity
        where datname = current_database() and pid <> pg_backend_pid()`).catch(() => {})
          : null;
      await Promise.allSettled([
        ...others.map((each) => runAnnouncements({ ...breaks, database: each })),
        ...(cut ? [cut] : []),
      ]);
      const state = (await one('again'))?.state;
      if (round % 4 === 2 && state === 'running') await act('pause-announcement', { id: 'again' });
      if (state === 'paused') await act('resume-announcement', { id: 'again' });
      await sent();
    }
    await Promise.all(others.map((each) => each.close()));
    const all = await copies('again');
    expect((await one('again'))?.state).toBe('finished');
    expect(all).toHaveLength(everybody);
    expect(all.filter(({ n }) => n !== 1)).toEqual([]);
    expect(broken).toBeGreaterThan(everybody);
  });

  it('leaves out who has ended it since it started, and who has gone', async () => {
    await act('write-announcement', { text: file('ended') });
    await act('start-announcement', { id: 'ended' });
    const [running] = await rows(sql<{ id: string }>`select id::text from announcements where name = 'ended'`);
    for (let n = 0; n < 4; n += 1) await act('gather-recipients', { id: running?.id ?? '' });
    await act('set-subscription', { contact: 'ada@f5.example', kinds: ['announcements'], wanted: false });
    await rows(sql`delete from contacts where site_id = 6 and name = 'Max'`);
    await finish('ended');
    expect(await one('ended')).toMatchObject({ state: 'finished', recipients: { ended: 1, gone: 1, open: 0 } });
    expect((await copies('ended')).map(({ to }) => to)).not.toContain('ada@f5.example');
  });

  it('§10.6 pauses by itself where more than 5 % of the last 200 come back, and goes on where a person has looked', async () => {
    await act('write-announcement', { text: file('bounces') });
    await act('start-announcement', { id: 'bounces' });
    const step = async () => {
      await runAnnouncements(deps);
      await sent();
    };
    await step();
    await rows(sql`
      update letters set state = 'bounced' where id in (
        select r.letter_id from announcement_recipients r join announcements a on a.id = r.announcement_id
        where a.name = 'bounces' and r.letter_id is not null order by r.letter_id desc limit 11)`);
    await step();
    expect(await one('bounces')).toMatchObject({ state: 'paused', pausedByItself: true });
    const before = (await copies('bounces')).length;
    await step();
    expect((await copies('bounces')).length).toBe(before);
    await act('resume-announcement', { id: 'bounces' });
    await finish('bounces');
    expect(await one('bounces')).toMatchObject({ state: 'finished', pausedByItself: false });
  });

  it('takes an address back that letters came back from, also while it runs', async () => {
    await act('write-announcement', { text: file('back') });
    await act('start-announcement', { id: 'back' });
    await runAnnouncements(deps);
    await act('pause-announcement', { id: 'back' });
    expect((await one('back'))?.recipients.unreachable).toBe(1);
    await act('take-back-address', { address: 'max@f4.example' });
    await act('resume-announcement', { id: 'back' });
    await sent();
    await finish('back');
    expect((await one('back'))?.recipients.unreachable).toBe(0);
    expect((await copies('back')).map(({ to }) => to)).toContain('max@f4.example');
    await expect(act('take-back-address', { address: 'max@f4.example' })).rejects.toThrow('No letters come back');
  });

  it('is cancelled for good: whoever was not written to is not', async () => {
    await act('write-announcement', { text: file('stops') });
    await act('start-announcement', { id: 'stops' });
    await runAnnouncements(deps);
    await act('cancel-announcement', { id: 'stops' });
    const before = (await copies('stops')).length;
    await sent();
    await runAnnouncements(deps);
    expect((await copies('stops')).length).toBe(before);
    expect(before).toBeLessThan(everybody);
    await expect(act('resume-announcement', { id: 'stops' })).rejects.toThrow('cancelled');
  });

  it('names to the contact of a case that it resolves the number of that case', async () => {
    await rows(sql`
      insert into cases (number, site_id, title, severity, kind, status, opened_at, contact_id, contact_address, language, reference)
      select '100042', 7, 'The vault is slow', 3, 'defect', 'open', now(), c.id, 'max@f7.example', 'en', 'VLT-7'
      from contacts c where c.site_id = 7 and c.name = 'Max'`);
    const release = file('vault-12', 'resolves: [VLT-7]\ncontactTypes: [billing]').replace(
      'kind: announcements',
      'kind: releases',
    );
    await act('write-announcement', { text: release });
    await act('start-announcement', { id: 'vault-12' });
    await finish('vault-12');
    expect(await copies('vault-12')).toEqual([{ to: 'max@f7.example', n: 1 }]);
    const [letter] = await rows(sql<{ raw: Buffer }>`
      select raw from letters where to_address = 'max@f7.example' and template = 'announcement' order by id desc limit 1`);
    expect(decoded(letter?.raw ?? Buffer.alloc(0))).toContain('100042: The vault is slow');
  });

  it('names it whatever letters the defect is written in', async () => {
    const release = file('vault-13', 'resolves: [vlt-7]\ncontactTypes: [billing]').replace(
      'kind: announcements',
      'kind: releases',
    );
    await act('write-announcement', { text: release });
    await act('start-announcement', { id: 'vault-13' });
    await finish('vault-13');
    expect(await copies('vault-13')).toEqual([{ to: 'max@f7.example', n: 1 }]);
  });

  it('never has more than 500 letters that have not gone out, whichever of them those are', async () => {
    await act('write-announcement', { text: file('waits') });
    await act('start-announcement', { id: 'waits' });
    const turn = async (state: 'sent' | 'unknown', order: 'asc' | 'desc', most: number) =>
      rows(sql`
        update letters set state = ${state} where id in (
          select l.id from letters l join announcements a on l.matter = 'announcement:' || a.id
          where a.name = 'waits' and l.state = 'queued' order by l.id ${sql.raw(order)} limit ${most})`);
    const waiting = async () => {
      const { queued = 0, unknown = 0 } = (await one('waits'))?.letters ?? {};
      return queued + unknown;
    };
    await runAnnouncements(deps);
    expect(await waiting()).toBe(500);
    // The newest are gone, those before them are not.
    await turn('sent', 'desc', 150);
    await turn('unknown', 'asc', 60);
    await runAnnouncements(deps);
    expect(await waiting()).toBe(500);
    await turn('sent', 'desc', 1);
    await runAnnouncements(deps);
    expect(await waiting()).toBe(500);
    expect((await copies('waits')).length).toBe(651);
    await act('cancel-announcement', { id: 'waits' });
  });
});

describe('somebody on record at two sites', () => {
  /** Of the contact type that these are for; returns the ids in the order of the sites. */
  const both = async (name: string, at: readonly [number, number]) => {
    const address = `${name}@two.example`;
    const found = await rows(sql<{ id: string }>`
      insert into contacts (site_id, name, role, types, position)
      select x::bigint, ${name}, 'authorized user', '{billing}', 8 from unnest(${[...at]}::int[]) x
      returning id::text`);
    await rows(sql`
      insert into contact_addresses (site_id, contact_id, address, main)
      select site_id, id, ${address}, true from contacts where name = ${name}`);
    return found.map(({ id }) => id) as [string, string];
  };
  const mark = (id: string, lost: boolean) =>
    rows(
      sql`update contacts set unreachable_since = case when ${lost}::boolean then now() end where id = ${id}::bigint`,
    );
  const recipients = (name: string) =>
    rows(sql<{ address: string; contact: string; language: string; state: string }>`
      select r.address, r.contact_id::text as contact, r.language, r.state
      from announcement_recipients r join announcements a on a.id = r.announcement_id
      where a.name = ${name} order by r.address`);
  const billing = (name: string) => file(name, 'contactTypes: [billing]');

  it('and marked as unreachable at one of them has it as the other, in its language, however far apart they are', async () => {
    // Sites are looked through 200 at a time; even ones are German.
    const [eve, eveToo] = await both('eve', [8, 9]);
    const [finn, finnToo] = await both('finn', [10, 441]);
    await mark(eve, true);
    await mark(finn, true);
    await act('write-announcement', { text: billing('twice') });
    await act('start-announcement', { id: 'twice' });
    await finish('twice');
    expect(await recipients('twice')).toEqual([
      { address: 'eve@two.example', contact: eveToo, language: 'en', state: 'written' },
      { address: 'finn@two.example', contact: finnToo, language: 'en', state: 'written' },
    ]);
  });

  it('and gone from one of them before it is their turn has it as the other', async () => {
    const [gus, gusToo] = await both('gus', [12, 14]);
    await act('write-announcement', { text: billing('goes') });
    await act('start-announcement', { id: 'goes' });
    const [running] = await rows(sql<{ id: string }>`select id::text from announcements where name = 'goes'`);
    for (let n = 0; n < 4; n += 1) await act('gather-recipients', { id: running?.id ?? '' });
    expect((await recipients('goes')).at(-1)).toMatchObject({ contact: gus, state: 'open' });
    await rows(sql`delete from contacts where id = ${gus}::bigint`);
    await finish('goes');
    expect((await recipients('goes')).at(-1)).toMatchObject({ contact: gusToo, state: 'written' });
    expect(await copies('goes')).toContainEqual({ to: 'gus@two.example', n: 1 });
  });

  it('has nothing sent to an address of no contact that letters came back from, until it is taken back', async () => {
    const [hal] = await both('hal', [16, 18]);
    await rows(sql`
      insert into subscriptions (contact_id, kind, wanted, address, unreachable_since)
      values (${hal}::bigint, 'announcements', true, 'team@two.example', now())`);
    const goes = async (name: string) => {
      await act('write-announcement', { text: billing(name) });
      await act('start-announcement', { id: name });
      await finish(name);
      return (await recipients(name)).find(({ address }) => address === 'team@two.example')?.state;
    };
    expect(await goes('lost')).toBe('unreachable');
    await act('take-back-address', { address: 'team@two.example' });
    expect(await goes('found')).toBe('written');
  });
});
