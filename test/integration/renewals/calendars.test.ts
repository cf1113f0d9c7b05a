/** POLICY §10.4: what readers have in their calendars after the real letters, each of which a strict parser other than ours takes. */
import { afterAll, beforeAll, expect, it } from 'vitest';
import { calendarIn, readerCalendar } from '../../support/renewals/reader-calendar.ts';
import { firm, type RenewalsDesk, renewalsDesk } from '../../support/renewals-desk.ts';

let desk: RenewalsDesk;
const [early, late, shorter, off, back, again] = ['1000001', '1000002', '1000003', '1000004', '1000005', '1000006'];
const all = [early, late, shorter, off, back, again] as string[];
const [ends, renewed] = ['2027-03-31', '2028-03-31'];

async function at(moment: string): Promise<void> {
  for (const { id, state } of await desk.letters()) if (state === 'queued') await desk.becomes(id, 'sent');
  await desk.clock.set(moment);
  await desk.tick();
}
const put = (site: string | undefined, to: string, more = {}) =>
  desk.put(site ?? '', firm(site ?? '', { ends: to, more }));

beforeAll(async () => {
  desk = await renewalsDesk('2026-11-27T10:00:00Z');
  for (const site of all) await put(site, ends);
  await desk.act('start-schedule', { kind: 'renewals' });
  await at('2026-12-31T10:00:00Z');
  const first = (await desk.letters()).find(({ to }) => to === `rae@${back}.example`);
  await desk.becomes(first?.id ?? '', 'bounced');
  await desk.tick();
  await put(early, renewed);
  await put(again, renewed);
  await at('2027-01-02T10:00:00Z');
  // Given back, and bought once more: the entry is there again, and is taken back again.
  await put(again, ends);
  await put(shorter, '2027-02-28');
  const { licences } = firm(off ?? '', { ends });
  await put(off, ends, { licences: licences.filter(({ kind }) => kind === 'user') });
  await at('2027-01-29T10:00:00Z');
  await put(again, renewed);
  await at('2027-01-30T10:00:00Z');
  for (const day of ['2027-03-01', '2027-03-24', '2027-03-31', '2027-04-07']) await at(`${day}T10:00:00Z`);
  await put(late, renewed);
  await at('2027-04-09T10:00:00Z');
  await at('2027-04-09T10:01:00Z');
});
afterAll(() => desk.stop());

/** All that has left, in its order. */
async function calendarOf(address: string) {
  const calendar = readerCalendar();
  let files = 0;
  for (const { id, to, state } of await desk.letters()) {
    if (to !== address || state === 'suppressed') continue;
    const part = calendarIn(await desk.raw(id));
    if (!part) continue;
    files += 1;
    calendar.take(part.file, part.type);
  }
  return { files, shown: [...calendar.shown()] };
}
const entry = (site: string | undefined) => `renewal-${site}-${ends}@desk.example`;

it('renewed early: the day is taken out', async () => {
  expect(await calendarOf(`rae@${early}.example`)).toEqual({ files: 2, shown: [] });
});

it('renewed after the end: the day is taken out as well', async () => {
  const { files, shown } = await calendarOf(`rae@${late}.example`);
  expect(files).toBeGreaterThan(4);
  expect(shown).toEqual([]);
});

it('renewed, given back and renewed once more: the day is taken out each time', async () => {
  expect(await calendarOf(`rae@${again}.example`)).toEqual({ files: 4, shown: [] });
});

it('given an earlier end: the day moves there', async () => {
  const { shown } = await calendarOf(`rae@${shorter}.example`);
  expect(shown).toEqual([[entry(shorter), '2027-02-28']]);
});

it('taken off the record: the day stays the last one', async () => {
  expect(await calendarOf(`rae@${off}.example`)).toEqual({ files: 1, shown: [[entry(off), ends]] });
});

it('told in place of one whose letter came back: each has it once', async () => {
  for (const name of ['rae', 'ron'])
    expect((await calendarOf(`${name}@${back}.example`)).shown).toEqual([[entry(back), ends]]);
});
