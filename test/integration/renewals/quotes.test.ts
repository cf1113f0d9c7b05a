/** What the last level of *downloads* opens in letters about renewals, against PostgreSQL whose time is moved (POLICY §11.7). */
import { sql } from 'kysely';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { listRenewals } from '../../../src/flows/renewals/list-renewals.ts';
import { decoded } from '../../support/mails/gateway.ts';
import { firm, type RenewalsDesk, renewalsDesk } from '../../support/renewals-desk.ts';

let desk: RenewalsDesk;
const number = '1000001';
const uma = `uma@${number}.example`;

beforeAll(async () => {
  desk = await renewalsDesk('2026-12-28T08:00:00Z');
  const site = firm(number, { ends: '2027-03-31' });
  const downloads = 'with quotes, catalogue and renewals';
  await desk.put(number, {
    ...site,
    contacts: [...site.contacts, { name: 'Uma', email: uma, role: 'authorized user', privileges: { downloads } }],
  });
  await desk.act('start-schedule', { kind: 'renewals' });
  await desk.tick();
});
afterAll(() => desk.stop());

const textOf = async (id: string) => decoded(await desk.raw(id)).replaceAll(/\s+/g, ' ');
const stepAt = async (step: number) => (await desk.steps(number)).find((one) => one.step === step)?.id ?? '';

it('§11.7 whoever was given the last level of downloads by name gets the copy with the quote, and the primary does not by role', async () => {
  const content = Buffer.from('%PDF-1.7 a quote').toString('base64');
  await desk.act('quote-renewal', { renewal: await stepAt(-90), filename: 'quote.pdf', content });
  await desk.clock.set('2026-12-31T09:00:30Z');
  await desk.tick();
  const sent = await desk.letters();
  expect(sent.map(({ to }) => to)).toEqual([`rae@${number}.example`, `bil@${number}.example`, uma]);
  const text = await textOf(sent[2]?.id ?? '');
  expect(text).toContain('This is your copy of what was sent to the renewal contact');
  expect(text).toContain('because you may receive quotes and renewals for your site');
  const raw = (await desk.raw(sent[2]?.id ?? '')).toString('latin1');
  expect(raw).toContain('application/pdf');
  expect(raw).not.toContain('text/calendar');
});

it('§11.7 is told where no renewal contact and not the primary can be reached', async () => {
  await desk.rows(sql`
    update contacts set unreachable_since = now()
    where name in ('Ada', 'Rae', 'Ron') and site_id = (select id from sites where number = ${number})`);
  const listed = await listRenewals(desk.deps, { site: number, limit: 50, open: true });
  expect(new Set(listed.map(({ to }) => to))).toEqual(new Set([uma]));
  const before = await desk.last();
  await desk.clock.set('2027-01-29T09:00:30Z');
  await desk.tick();
  const [letter, ...more] = await desk.letters(before);
  expect([letter?.to, more]).toEqual([uma, []]);
  const text = await textOf(letter?.id ?? '');
  expect(text).toContain('because you may receive quotes and renewals for your site');
  expect(text).not.toContain('This is your copy');
});
