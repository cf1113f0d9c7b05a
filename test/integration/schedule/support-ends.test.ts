/** POLICY §10.6, §11.6 against PostgreSQL whose time is moved: letters about the end of full support of a version go by themselves. */
import { sql } from 'kysely';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { runAnnouncements } from '../../../src/flows/announcements/run-announcements.ts';
import { runSupportEnds } from '../../../src/flows/announcements/run-support-ends.ts';
import { showAnnouncement } from '../../../src/flows/announcements/show-announcement.ts';
import { listSchedules } from '../../../src/flows/schedule/list-schedules.ts';
import { listAnnouncements } from '../../../src/store/announcements/list-announcements.ts';
import { decoded } from '../../support/mails/gateway.ts';
import { firm, type RenewalsDesk, renewalsDesk } from '../../support/renewals-desk.ts';

let desk: RenewalsDesk;
const [english, german, lapsed, other] = ['1000001', '1000002', '1000003', '1000004'] as const;

const aCase = (site: string, version: string, openedAt: string) =>
  desk.rows(sql`
    insert into cases (
      number, site_id, contact_id, contact_address, language, kind, severity, title, product, version, status, opened_at)
    select
      ${`${site}${version}`.replaceAll('.', '')}, s.id, c.id, 'ada@firm.example', 'en',
      'incident', 3, 'It stops', 'Vault', ${version}, 'open', ${openedAt}::timestamptz
    from sites s
    join contacts c on c.site_id = s.id and c.role = 'primary'
    where s.number = ${site}`);
/** With the versions as a file names them. */
const versions = (lines: string) =>
  desk.act('import-registry', { files: [{ name: 'versions.csv', text: `product,version,stage,fullUntil\n${lines}` }] });
const tick = async () => {
  await runSupportEnds(desk.deps);
  for (let round = 0; round < 6; round += 1) await runAnnouncements(desk.deps);
};
const all = async () =>
  (await listAnnouncements(desk.database))
    .map(({ name, state, dropped, dueAt }) => `${name} ${dropped ?? state} ${dueAt?.slice(0, 16)}`)
    .toSorted();
const named = (days: number, version = '11.6', until = '2027-06-30') => `end-of-vault-${version}-${until}-${days}d`;

beforeAll(async () => {
  desk = await renewalsDesk('2026-11-27T10:00:00Z');
  const ends = '2036-12-31';
  await desk.put(english, firm(english, { ends }));
  await desk.put(german, firm(german, { ends, language: 'de', timezone: 'Europe/Berlin', country: 'DE' }));
  await desk.put(lapsed, firm(lapsed, { ends, more: { plans: [] } }));
  await desk.put(other, firm(other, { ends }));
  for (const site of [english, german, lapsed]) await aCase(site, '11.6', '2027-03-01T10:00:00Z');
  await aCase(english, '12.0', '2027-03-01T10:00:00Z');
  await versions('Vault,11.6,full,2027-06-30\nVault,12.0,full,\n');
});
afterAll(() => desk.stop());

describe('before they are started', () => {
  it('§11.6 stand still; the start says when the first goes out, and to how many', async () => {
    await desk.clock.set('2027-03-02T10:00:00Z');
    await tick();
    expect(await all()).toEqual([]);
    const { changes } = await desk.act('start-schedule', { kind: 'end-of-support' });
    // The primary, and two renewal contacts, at two sites.
    expect(changes[0]?.says).toContain(
      'Letters about the end of full support start: the first round is 6 letters, the first one at 2027-04-30T09:00:00+01:00',
    );
    expect(changes[0]?.says).toContain(`ada@${english}.example (site ${english})`);
    expect(await desk.letters()).toEqual([]);
  });

  it('are planned then, and nothing of the past; the schedule shows when the next goes out', async () => {
    await tick();
    expect(await all()).toEqual([`${named(14)} ready 2027-06-16T08:00`, `${named(60)} ready 2027-04-30T08:00`]);
    expect(await desk.letters()).toEqual([]);
    const standing = (await listSchedules(desk.deps)).find(({ kind }) => kind === 'end-of-support');
    expect(standing).toMatchObject({ running: true, sites: 1, lately: {} });
    expect(Date.parse(standing?.next ?? '')).toBe(Date.parse('2027-04-30T08:00:00Z'));
    expect(standing?.rhythm).toBe('180, 60, 14 days before full support of a version ends, 09:00 at the desk');
  });

  it('are shown as they read, and to whom they go', async () => {
    const shown = await showAnnouncement(desk.deps, named(60));
    expect(shown).toMatchObject({ state: 'ready', audience: { recipients: 6, sites: 2 } });
    expect(shown?.letter.subject).toBe('Full support of Vault 11.6 ends on 30 June 2027');
    expect(shown?.letter.text).toContain('From 1 July 2027 on:');
    expect(await showAnnouncement(desk.deps, 'nothing')).toBeNull();
  });

  it('keep their name: an announcement of a person is refused it', async () => {
    const text = `---\nname: ${named(60)}\nkind: announcements\nsubject: Hello\n---\nHello.\n`;
    await expect(desk.act('write-announcement', { text })).rejects.toThrow('goes by itself');
  });
});

describe('on its day', () => {
  it('§10.6 each of those who have the version gets it once, in their language, and can end it', async () => {
    await desk.clock.set('2027-04-30T07:59:00Z');
    await tick();
    expect(await desk.letters()).toEqual([]);
    await desk.clock.set('2027-04-30T08:00:30Z');
    await Promise.allSettled([tick(), tick()]);
    await tick();
    await tick();
    const letters = await desk.letters();
    const people = [english, german].flatMap((site) => ['ada', 'rae', 'ron'].map((name) => `${name}@${site}.example`));
    expect(letters.map(({ template, to }) => `${template} ${to}`).toSorted()).toEqual(
      people.map((to) => `support-end ${to}`).toSorted(),
    );
    const of = (to: string) => letters.find((one) => one.to === to);
    expect(of(`ada@${german}.example`)?.subject).toBe('Der volle Support für Vault 11.6 endet am 30. Juni 2027');
    const raw = await desk.raw(of(`ada@${english}.example`)?.id ?? '');
    const head = raw.toString('latin1').replaceAll(/\r\n[ \t]+/g, ' ');
    expect(head).toMatch(/^List-Id: <end-of-support\.desk\.example>\r$/im);
    expect(head).toContain('mailto:support@desk.example?subject=UNSUBSCRIBE%20end-of-support');
    const text = decoded(raw).replaceAll(/\s+/g, ' ');
    expect(text).toContain('Full support of Vault 11.6 ends on 30 June 2027.');
    expect(text).toMatch(/preferences\/\S+\.end-of-support\./);
    expect(await all()).toContain(`${named(60)} finished 2027-04-30T08:00`);
  });

  it('goes to nobody once more who has ended them since', async () => {
    const letters = await desk.letters();
    const letter = letters.find(({ to }) => to === `ada@${english}.example`)?.id ?? '';
    const again = () => desk.act('send-letter-again', { letter });
    await desk.rows(sql`update letters set state = 'bounced' where id = ${letter}::bigint`);
    await desk.rows(sql`
      insert into subscriptions (contact_id, kind, wanted, address)
      select contact_id, 'end-of-support', false, address::text
      from contact_addresses
      where address = ${`ada@${english}.example`}`);
    await expect(again()).rejects.toThrow('has ended letters of this kind since');
    await desk.rows(sql`delete from subscriptions where kind = 'end-of-support'`);
    await desk.rows(sql`update letters set state = 'sent' where id = ${letter}::bigint`);
  });

  it('one that the team has cancelled does not go out, and is not planned again', async () => {
    await desk.act('cancel-announcement', { id: named(14) });
    const before = await desk.last();
    await desk.clock.set('2027-06-16T10:00:00Z');
    await tick();
    expect(await desk.letters(before)).toEqual([]);
    expect(await all()).toContain(`${named(14)} cancelled 2027-06-16T08:00`);
  });
});

describe('what has changed until then', () => {
  it('another last day has letters of its own, and those of the old one do not go out', async () => {
    await versions('Vault,12.0,full,2028-06-30\n');
    await tick();
    const day = named(60, '12.0', '2028-06-30');
    expect((await all()).filter((one) => one.startsWith(`${day} ready`))).toHaveLength(1);
    await versions('Vault,12.0,full,2028-12-31\n');
    await tick();
    expect(
      (await all()).filter((one) => one.startsWith('end-of-vault-12.0-2028-06-30')).map((one) => one.split(' ')[1]),
    ).toEqual(['gone', 'gone', 'gone']);
    expect((await all()).filter((one) => one.startsWith('end-of-vault-12.0-2028-12-31'))).toHaveLength(3);
    // Back again: they are to go.
    await versions('Vault,12.0,full,2028-06-30\n');
    await tick();
    expect((await all()).filter((one) => one.startsWith(`${day} ready`))).toHaveLength(1);
    expect((await all()).filter((one) => one.startsWith('end-of-vault-12.0-2028-12-31 gone'))).toEqual([]);
  });

  it('a version that has left full support already is told of no more', async () => {
    await versions('Vault,12.0,limited,2028-06-30\n');
    await tick();
    expect((await all()).filter((one) => one.includes('12.0') && one.includes(' ready '))).toEqual([]);
    await versions('Vault,12.0,full,\n');
    await tick();
    expect((await all()).filter((one) => one.includes('12.0') && one.includes(' ready '))).toEqual([]);
  });

  it('a version that nobody has named goes to nobody, which is listed', async () => {
    await desk.rows(sql`delete from cases where version = '12.0'`);
    await versions('Vault,12.0,full,2028-06-30\n');
    await tick();
    const before = await desk.last();
    await desk.clock.set('2028-01-03T10:00:00Z');
    await tick();
    await tick();
    expect(await desk.letters(before)).toEqual([]);
    expect((await all()).filter((one) => one.includes(' nobody '))).toHaveLength(1);
  });

  it('§11.6 stopped, nothing goes out, what is under way pauses; started again, nothing of the time between', async () => {
    await aCase(english, '12.0', '2028-04-01T10:00:00Z');
    await desk.clock.set('2028-04-28T10:00:00Z');
    await tick();
    // Somebody sends one before its day.
    const early = named(14, '12.0', '2028-06-30');
    await desk.act('start-announcement', { id: early });
    await desk.act('stop-schedule', { kind: 'end-of-support' });
    const before = await desk.last();
    await desk.clock.set('2028-05-03T10:00:00Z');
    await tick();
    expect(await desk.letters(before)).toEqual([]);
    await desk.act('start-schedule', { kind: 'end-of-support' });
    await tick();
    expect(await desk.letters(before)).toEqual([]);
    expect(await all()).toContain(`${named(60, '12.0', '2028-06-30')} not-started 2028-05-01T08:00`);
    expect(await all()).toContain(`${early} paused 2028-06-16T08:00`);
    await desk.act('resume-announcement', { id: early });
    await tick();
    expect((await desk.letters(before)).map(({ to }) => to).toSorted()).toEqual(
      ['ada', 'rae', 'ron'].map((name) => `${name}@${english}.example`),
    );
  });
});
