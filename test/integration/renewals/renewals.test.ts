/** Letters about renewals against PostgreSQL, whose time is moved (POLICY §10.1–5, §11.6). */
import { sql } from 'kysely';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { listRenewals, notTold, openRenewals, previewRenewals } from '../../../src/flows/renewals/list-renewals.ts';
import { tellRenewals } from '../../../src/flows/renewals/run-renewals.ts';
import { listSchedules } from '../../../src/flows/schedule/list-schedules.ts';
import { decoded } from '../../support/mails/gateway.ts';
import { firm, type RenewalsDesk, renewalsDesk } from '../../support/renewals-desk.ts';

let desk: RenewalsDesk;
const [one, two, three] = ['1000001', '1000002', '1000003'] as const;
/** A Wednesday. */
const ends = '2027-03-31';

beforeAll(async () => {
  desk = await renewalsDesk('2026-11-27T10:00:00Z');
  await desk.put(one, firm(one, { ends }));
  await desk.put(two, firm(two, { ends: '2027-04-14', language: 'de', timezone: 'Europe/Berlin', country: 'DE' }));
});
afterAll(() => desk.stop());

const to = (letters: readonly { to: string }[]) => letters.map((letter) => letter.to);
const stepAt = async (site: string, step: number, group?: string) => {
  const found = (await desk.steps(site, group)).find((row) => row.step === step);
  if (!found) throw new Error(`no step ${step}`);
  return found;
};
const attachment = (raw: Buffer, type: string): string => {
  const text = raw.toString('latin1');
  const from = text.indexOf(`Content-Type: ${type}`);
  if (from < 0) return '';
  const body = text.slice(text.indexOf('\r\n\r\n', from) + 4);
  return Buffer.from(body.slice(0, body.indexOf('\r\n--')), 'base64')
    .toString('utf8')
    .replaceAll('\r\n ', '');
};
const why = async () => (await notTold(desk.deps)).items.map((item) => `${item.site} ${item.step} ${item.why}`);

describe('before they are started', () => {
  it('§11.6 stand still, and a preview says what would go out, to whom and when', async () => {
    await desk.tick();
    expect(await desk.letters()).toEqual([]);
    expect(await desk.steps(one)).toEqual([]);
    const shown = await previewRenewals(desk.deps, 40);
    expect(shown.running).toBe(false);
    expect(shown.items.map((item) => `${item.site} ${item.step} ${item.day} ${item.to}`)).toEqual([
      `${one} -90 2026-12-31 rae@${one}.example`,
    ]);
  });

  it('§11.6 the start shows how many letters go to whom first', async () => {
    const { changes } = await desk.act('start-schedule', { kind: 'renewals' });
    expect(changes[0]?.says).toContain('the first round is 4 letters, the first one at 2026-12-31T09:00:00+00:00');
    expect(changes[0]?.says).toContain(`rae@${one}.example (site ${one})`);
    await desk.tick();
    expect(await desk.letters()).toEqual([]);
    expect((await desk.steps(one, ends)).map(({ step, day, state }) => `${step} ${day} ${state}`)).toEqual([
      '-90 2026-12-31 planned',
      '-60 2027-01-29 planned',
      '-30 2027-03-01 planned',
      '-14 2027-03-17 planned',
      '-7 2027-03-24 planned',
      '-1 2027-03-30 planned',
      '0 2027-03-31 planned',
      '7 2027-04-07 planned',
      '30 2027-04-30 planned',
    ]);
    const listed = await listSchedules(desk.deps);
    expect(listed.at(-1)).toMatchObject({ kind: 'renewals', running: true, sites: 1 });
    expect(listed.at(-1)?.rhythm).toContain('90, 60, 30, 14, 7, 1 days before, on the day of, 7, 30 days after');
  });
});

describe('the letter', () => {
  it('§10.1, §10.2 goes once, at nine where the site is, to the first renewal contact, however many run the clock', async () => {
    await desk.clock.set('2026-12-31T08:59:00Z');
    await desk.tick();
    expect(await desk.letters()).toEqual([]);
    await desk.clock.set('2026-12-31T09:00:30Z');
    await Promise.allSettled([desk.tick(), desk.tick(), desk.tick()]);
    await desk.tick();
    const letters = await desk.letters();
    expect(letters.map((letter) => `${letter.template} ${letter.to} ${letter.subject}`)).toEqual([
      `renewal-notice rae@${one}.example Support of Firm ${one} ends on 31 March 2027`,
    ]);
    expect(await stepAt(one, -90)).toMatchObject({ state: 'sent' });
  });

  it('§10.1, §10.4 says what ends, what no longer works, and whom to write to; replies go to the renewals address', async () => {
    const raw = await desk.raw((await desk.letters())[0]?.id ?? '');
    const text = decoded(raw).replaceAll(/\s+/g, ' ');
    expect(text).toContain('In 90 days, on 31 March 2027, support ends for this at Firm 1000001 (1000001):');
    expect(text).toContain('Vault support licence S-1000001, 50 pcs., last day 31 March 2027');
    expect(text).toContain('From 1 April 2027: support as a whole. A message with your support PIN opens no case');
    expect(text).toContain('Up to 14 April 2027 we still take on urgent problems (severity 1 and 2).');
    expect(text).toContain('renewals@desk.example');
    expect(text).toContain('Rita Born looks after your renewal');
    expect(raw.toString('latin1')).toMatch(/^Reply-To: renewals@desk\.example\r$/m);
    expect(raw.toString('latin1')).toMatch(/^Auto-Submitted: auto-generated\r$/m);
  });

  it('§10.4 has a calendar entry of the day and the list as CSV', async () => {
    const raw = await desk.raw((await desk.letters())[0]?.id ?? '');
    const entry = attachment(raw, 'text/calendar; method=PUBLISH; charset=utf-8');
    for (const line of [
      'METHOD:PUBLISH',
      `UID:renewal-${one}-2027-03-31@desk.example`,
      'SEQUENCE:0',
      'DTSTART;VALUE=DATE:20270331',
      `SUMMARY:Support of Firm ${one} ends on 31 March 2027`,
    ])
      expect(entry).toContain(line);
    expect(attachment(raw, 'text/csv')).toContain('support,Vault,S-1000001,50,2026-01-01,2027-03-31');
  });

  it('goes to the next where it came back, then to the primary, then it is on record that nobody was told', async () => {
    const order = ['ron', 'ada'];
    for (const name of order) {
      const [letter] = (await desk.letters()).toReversed();
      await desk.becomes(letter?.id ?? '', 'bounced');
      await desk.tick();
      await desk.tick();
      const now = await desk.letters();
      expect(now.at(-1)?.to).toBe(`${name}@${one}.example`);
    }
    const text = decoded(await desk.raw((await desk.letters()).at(-1)?.id ?? ''));
    expect(text).toContain('our message to another contact of your site came back');
    expect(await why()).toEqual([]);
    await desk.becomes((await desk.letters()).at(-1)?.id ?? '', 'failed');
    expect(await why()).toEqual([`${one} -90 bounced`]);
    await desk.tick();
    expect(await desk.letters()).toHaveLength(3);
    expect(await stepAt(one, -90)).toMatchObject({ state: 'nobody', reason: 'bounced' });
    expect(await why()).toEqual([`${one} -90 bounced`]);
    const entry = attachment(await desk.raw((await desk.letters()).at(-1)?.id ?? ''), 'text/calendar; method=PUBLISH');
    expect(entry).toContain('SEQUENCE:2');
  });

  it('reads in the language of the site', async () => {
    await desk.clock.set('2027-01-14T08:00:30Z');
    await desk.tick();
    const letter = (await desk.letters()).at(-1);
    expect(letter?.subject).toBe(`Der Support von Firm ${two} endet am 14. April 2027`);
    const text = decoded(await desk.raw(letter?.id ?? '')).replaceAll(/\s+/g, ' ');
    expect(text).toContain('In 90 Tagen, am 14. April 2027, endet der Support');
    expect(text).toContain('dringende Probleme (Schweregrad 1 und 2)');
  });
});

describe('the hands of the team (§10.5)', () => {
  it('hold one, which then is on the list of accounts that were not told, and send it', async () => {
    const { id } = await stepAt(one, -60);
    await desk.act('hold-renewal', { renewal: id });
    await expect(desk.act('hold-renewal', { renewal: id })).rejects.toThrow('only a planned one can be held');
    await desk.clock.set('2027-01-29T10:00:00Z');
    const before = await desk.last();
    await desk.tick();
    expect(await desk.letters(before)).toEqual([]);
    expect(await why()).toEqual([`${one} -60 held`]);
    await desk.act('edit-renewal', { renewal: id, text: 'Dear Rae,\nas we said on the phone.' });
    const content = Buffer.from('%PDF-1.7 a quote').toString('base64');
    await desk.act('quote-renewal', { renewal: id, filename: 'quote.pdf', content });
    const shown = await openRenewals(desk.deps).text(id);
    expect(shown?.text).toContain('as we said on the phone.');
    await desk.act('send-renewal', { renewal: id });
    const sent = await desk.letters(before);
    expect(to(sent)).toEqual([`rae@${one}.example`, `bil@${one}.example`]);
    const [letter, copy] = await Promise.all(sent.map((one) => desk.raw(one.id)));
    expect(decoded(letter ?? Buffer.alloc(0))).toContain('as we said on the phone.');
    expect(attachment(letter ?? Buffer.alloc(0), 'application/pdf')).toBe('%PDF-1.7 a quote');
    expect(decoded(copy ?? Buffer.alloc(0))).toContain('This is your copy');
    expect(attachment(copy ?? Buffer.alloc(0), 'application/pdf')).toBe('%PDF-1.7 a quote');
    expect(attachment(copy ?? Buffer.alloc(0), 'text/calendar')).toBe('');
    expect(await why()).toEqual([]);
    await desk.tick();
    expect(await desk.letters(before)).toHaveLength(2);
    await expect(desk.act('send-renewal', { renewal: id })).rejects.toThrow('was sent and does not come any more');
  });

  it('skip one; the steps after it go out', async () => {
    await desk.clock.set('2027-02-12T10:00:00Z');
    await desk.tick();
    const { id } = await stepAt(one, -30);
    await desk.act('skip-renewal', { renewal: id });
    await desk.clock.set('2027-03-01T10:00:00Z');
    const before = await desk.last();
    await desk.tick();
    expect(to(await desk.letters(before)).filter((address) => address.endsWith(`${one}.example`))).toEqual([]);
    expect(await why()).toEqual([`${one} -30 by-hand`]);
    await desk.clock.set('2027-03-17T10:00:00Z');
    await desk.tick();
    expect(to(await desk.letters(before))).toContain(`rae@${one}.example`);
    expect(await why()).toEqual([]);
  });

  it('pause all, which waits and is listed, and resume', async () => {
    for (const letter of await desk.letters()) if (letter.state === 'queued') await desk.becomes(letter.id, 'sent');
    await desk.act('pause-renewals', {});
    await expect(desk.act('pause-renewals', {})).rejects.toThrow('paused since');
    await desk.clock.set('2027-03-24T10:00:00Z');
    const before = await desk.last();
    await desk.tick();
    expect(await desk.letters(before)).toEqual([]);
    expect(await why()).toEqual([`${one} -7 paused`]);
    await desk.act('resume-renewals', {});
    await desk.tick();
    expect(to(await desk.letters(before))).toEqual([`rae@${one}.example`]);
    await expect(desk.act('resume-renewals', {})).rejects.toThrow('not paused');
  });

  it('hear each Monday what goes out in two weeks, and who was not told', async () => {
    await desk.clock.set('2027-03-29T10:00:00Z');
    const before = await desk.last();
    expect(await tellRenewals(desk.deps)).toBe(true);
    expect(await tellRenewals(desk.deps)).toBe(false);
    const [letter, ...more] = await desk.letters(before);
    expect(more).toEqual([]);
    expect(letter).toMatchObject({ template: 'renewal-digest', to: 'rita@desk.example' });
    expect(letter?.subject).toContain('from 29 March 2027 to 11 April 2027');
    const text = decoded(await desk.raw(letter?.id ?? ''));
    expect(text).toContain(`Firm ${one} (${one}), ends 31 March 2027`);
    expect(text).toContain(`rae@${one}.example`);
    await desk.clock.set('2027-03-30T08:00:00Z');
    expect(await tellRenewals(desk.deps)).toBe(false);
  });
});

describe('a renewal (§10.3)', () => {
  it('drops the rest, stops a letter that has not left, and tells whoever was told, with the entry taken back', async () => {
    await desk.clock.set('2027-03-30T10:00:00Z');
    await desk.tick();
    const queued = (await desk.letters()).findLast(({ to: address }) => address === `rae@${one}.example`);
    expect(queued).toMatchObject({ to: `rae@${one}.example`, state: 'queued' });
    for (const letter of await desk.letters())
      if (letter.id !== queued?.id && letter.state === 'queued') await desk.becomes(letter.id, 'sent');
    const before = await desk.last();
    await desk.put(one, firm(one, { ends: '2028-03-31' }));
    await desk.tick();
    const [stopped] = (await desk.letters()).filter(({ id }) => id === queued?.id);
    expect(stopped?.state).toBe('suppressed');
    const told = await desk.letters(before);
    expect(told.map((letter) => `${letter.template} ${letter.to}`)).toEqual([`renewal-settled rae@${one}.example`]);
    const raw = await desk.raw(told[0]?.id ?? '');
    const entry = attachment(raw, 'text/calendar; method=CANCEL');
    expect(entry).toContain(`UID:renewal-${one}-2027-03-31@desk.example`);
    expect(entry).toContain('STATUS:CANCELLED');
    expect(Number(/SEQUENCE:(\d+)/.exec(entry)?.[1])).toBeGreaterThan(2);
    expect(decoded(raw)).toContain('now to 31 March 2028');
    const old = await desk.steps(one, '2027-03-31');
    expect(old.filter(({ step }) => step >= -1).map(({ state, reason }) => `${state} ${reason}`)).toEqual(
      Array(4).fill('skipped renewed'),
    );
    await desk.clock.set('2027-04-30T12:00:00Z');
    await desk.tick();
    expect((await desk.letters(before)).filter((letter) => letter.to.endsWith(`${one}.example`))).toHaveLength(1);
    expect((await desk.steps(one, '2028-03-31')).map(({ state }) => state)).toEqual(Array(9).fill('planned'));
    const listed = await listRenewals(desk.deps, { site: one, state: 'renewed', limit: 50 });
    expect(listed.map(({ step }) => step)).toEqual([-1, 0, 7, 30]);
  });

  it('in part: a letter that has not left is written anew about the rest, and the entry moves with the same UID', async () => {
    const number = three;
    const [ending, later] = ['2027-08-10', '2027-08-20'];
    const licences = (vault: string) => [
      ...['Vault', 'Forge'].flatMap((product) => [
        { number: `U-${product}-3`, product, kind: 'user', quantity: 5, from: '2026-01-01', to: '2036-12-31' },
        {
          ...{ number: `S-${product}-3`, product, kind: 'support', quantity: 5, from: '2026-01-01' },
          to: product === 'Vault' ? vault : later,
        },
      ]),
    ];
    await desk.put(number, firm(number, { ends: ending, more: { licences: licences(ending) } }));
    await desk.tick();
    const before = await desk.last();
    const { day, id } = await stepAt(number, -90, ending);
    await desk.clock.set(`${day}T09:00:00Z`);
    await desk.tick();
    const [first] = await desk.letters(before);
    expect(decoded(await desk.raw(first?.id ?? ''))).toContain('Forge');
    await desk.put(number, firm(number, { ends: ending, more: { licences: licences('2029-08-10') } }));
    await desk.tick();
    const state = (await desk.letters(before)).find((letter) => letter.id === first?.id)?.state;
    expect(state).toBe('suppressed');
    const groups = new Set(
      (
        await desk.rows(sql<{ g: string }>`
      select to_json(group_on) #>> '{}' as g from renewal_steps t join sites s on s.id = t.site_id
      where s.number = ${number} and t.state = 'planned'`)
      ).map(({ g }) => g),
    );
    expect([...groups].toSorted()).toEqual(['2027-08-20', '2029-08-10', '2036-12-31']);
    expect((await listRenewals(desk.deps, { site: number, limit: 50 })).find((row) => row.id === id)?.state).not.toBe(
      'sent',
    );
    await desk.clock.set('2027-05-21T09:00:00Z');
    await desk.tick();
    const moved = (await desk.letters(before)).findLast(({ to: address }) => address === `rae@${number}.example`);
    expect(moved?.subject).toContain('20 August 2027');
    const entry = attachment(await desk.raw(moved?.id ?? ''), 'text/calendar; method=PUBLISH');
    for (const line of [`UID:renewal-${number}-2027-08-10@desk.example`, 'DTSTART;VALUE=DATE:20270820', 'SEQUENCE:1'])
      expect(entry).toContain(line);
  });
});

describe('what cannot go out', () => {
  it('§11.6 is skipped after a downtime, but for the newest that is due, and never later than seven days', async () => {
    const number = '1000004';
    await desk.put(number, firm(number, { ends: '2027-12-01' }));
    await desk.tick();
    const before = await desk.last();
    await desk.clock.set('2027-11-20T10:00:00Z');
    await desk.tick();
    const rows = await desk.steps(number);
    expect(rows.map(({ step, state, reason }) => `${step} ${state} ${reason ?? ''}`.trim()).slice(0, 4)).toEqual([
      '-90 skipped missed',
      '-60 skipped missed',
      '-30 skipped missed',
      '-14 sent',
    ]);
    expect(to(await desk.letters(before)).filter((address) => address.endsWith(`${number}.example`))).toEqual([
      `rae@${number}.example`,
    ]);
  });

  it('reaches nobody where nobody can be written to, which is listed, and goes out once somebody can', async () => {
    const number = '1000005';
    await desk.put(number, firm(number, { ends: '2027-12-31' }));
    await desk.rows(sql`
      update contacts set unreachable_since = now() where site_id = (select id from sites where number = ${number})`);
    await desk.tick();
    const due = (await desk.steps(number)).find(({ state }) => state === 'planned');
    await desk.clock.set(`${due?.day}T10:00:00Z`);
    await desk.tick();
    expect(await stepAt(number, due?.step ?? 0)).toMatchObject({ state: 'nobody', reason: 'no-contact' });
    expect((await notTold(desk.deps)).csv).toContain(`${number},Firm ${number},2027-12-31`);
    await expect(desk.act('send-renewal', { renewal: due?.id ?? '' })).rejects.toThrow('Nobody at site');
    await desk.rows(sql`update contacts set unreachable_since = null`);
    const before = await desk.last();
    await desk.act('send-renewal', { renewal: due?.id ?? '' });
    expect(to(await desk.letters(before))).toEqual([`rae@${number}.example`]);
  });

  it('§11.6 stands still once it is stopped; started again, nothing of the time between is told', async () => {
    await desk.act('stop-schedule', { kind: 'renewals' });
    const before = await desk.last();
    await desk.clock.set('2028-03-29T10:00:00Z');
    await desk.tick();
    expect(await desk.letters(before)).toEqual([]);
    await desk.act('start-schedule', { kind: 'renewals' });
    await desk.tick();
    expect(await desk.letters(before)).toEqual([]);
    expect(
      (await desk.steps(one, '2028-03-31')).map(({ step, state, reason }) => `${step} ${state} ${reason ?? ''}`.trim()),
    ).toEqual([
      ...['-90', '-60', '-30', '-14', '-7'].map((step) => `${step} skipped not-started`),
      ...['-1', '0', '7', '30'].map((step) => `${step} planned`),
    ]);
  });
});

describe('a letter that is sent before its day', () => {
  it('counts: whoever was told by it was told, until it comes back', async () => {
    const number = '1000006';
    await desk.put(number, firm(number, { ends: '2028-05-20' }));
    await desk.tick();
    const ofSite = async () => (await why()).filter((line) => line.startsWith(number));
    expect(await ofSite()).toEqual([`${number} -60 known-late`]);
    const next = (await desk.steps(number)).find(({ state }) => state === 'planned');
    const before = await desk.last();
    await desk.act('send-renewal', { renewal: next?.id ?? '' });
    expect(await ofSite()).toEqual([]);
    await desk.becomes((await desk.letters(before))[0]?.id ?? '', 'bounced');
    expect(await ofSite()).toEqual([`${number} ${next?.step} bounced`]);
  });
});
