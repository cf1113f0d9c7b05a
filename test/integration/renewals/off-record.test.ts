/** Contracts that were told of, and are on record no more without having been renewed (POLICY §10.3). */
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { decoded } from '../../support/mails/gateway.ts';
import { ends, firstDay, toldSites } from '../../support/renewals/told-site.ts';
import { firm, type RenewalsDesk, renewalsDesk } from '../../support/renewals-desk.ts';

let desk: RenewalsDesk;
let on: ReturnType<typeof toldSites>;
const [earlier, pruned, none, waiting, renewed] = ['1000001', '1000002', '1000003', '1000004', '1000005'] as const;
const all = [earlier, pruned, none, waiting, renewed];

const licences = (site: string) => firm(site, { ends }).licences;
const users = (site: string) => licences(site).filter(({ kind }) => kind === 'user');

beforeAll(async () => {
  desk = await renewalsDesk('2026-11-27T10:00:00Z');
  on = toldSites(desk);
  for (const site of all) await desk.put(site, firm(site, { ends }));
  await desk.act('start-schedule', { kind: 'renewals' });
  await desk.tick();
  await desk.clock.set(firstDay);
  await desk.tick();
  for (const site of all) if (site !== waiting) await desk.becomes(await on.idOf(site, 'rae'), 'sent');
  await desk.put(earlier, firm(earlier, { ends: '2027-02-28' }));
  await on.put(pruned, users(pruned));
  const zero = licences(none).map((one) => (one.kind === 'support' ? { ...one, quantity: 0 } : one));
  await on.put(none, zero);
  await on.put(waiting, users(waiting));
  await desk.put(renewed, firm(renewed, { ends: '2028-03-31' }));
  await desk.tick();
});
afterAll(() => desk.stop());

describe('support that was told of is not called renewed', () => {
  it.each([
    ['which ends earlier now', earlier],
    ['which was taken off the record', pruned],
    ['of which none is left', none],
  ])('§10.3 %s', async (_, site) => {
    expect(await on.letters(site)).toEqual(['renewal-notice rae sent']);
    expect(await on.stepAt(site, -60)).toMatchObject({ state: 'skipped', reason: 'gone' });
  });

  it('§10.3 and a letter that has not left says why it does not', async () => {
    expect(await on.letters(waiting)).toEqual(['renewal-notice rae suppressed']);
    expect(await on.stepAt(waiting, -90)).toMatchObject({ state: 'skipped', reason: 'gone' });
  });

  it('§10.3 what was renewed is told as before', async () => {
    expect(await on.letters(renewed)).toEqual(['renewal-notice rae sent', 'renewal-settled rae queued']);
    expect(await on.stepAt(renewed, -60)).toMatchObject({ state: 'skipped', reason: 'renewed' });
  });

  it('§10.4 the letters about the earlier end move the entry in the calendar there', async () => {
    await desk.clock.set('2027-01-29T10:00:00Z');
    await desk.tick();
    const raw = await desk.raw(await on.idOf(earlier, 'rae'));
    expect(decoded(raw)).toContain('28 February 2027');
    const [, body = ''] = /Content-Type: text\/calendar.*?\r\n\r\n(.*?)\r\n--/s.exec(raw.toString('latin1')) ?? [];
    const entry = Buffer.from(body, 'base64').toString('utf8').replaceAll('\r\n ', '');
    for (const line of [`UID:renewal-${earlier}-${ends}@desk.example`, 'DTSTART;VALUE=DATE:20270228', 'SEQUENCE:1'])
      expect(entry).toContain(line);
  });
});
