/** Nobody hears a step twice, whatever of its letters has left when part of it is renewed or all of them are paused (POLICY §10.1, §10.3, §10.5). */
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { ends, firstDay, support, toldSites } from '../../support/renewals/told-site.ts';
import { type RenewalsDesk, renewalsDesk } from '../../support/renewals-desk.ts';

let desk: RenewalsDesk;
let on: ReturnType<typeof toldSites>;
const sites = ['1000001', '1000002', '1000003', '1000004'] as const;
const [sent, unknown, claimed, queued] = sites;
const renewed = '2029-03-31';

beforeAll(async () => {
  desk = await renewalsDesk('2026-11-27T10:00:00Z');
  on = toldSites(desk);
  for (const site of sites) await on.put(site, support(site, ends));
  await desk.act('start-schedule', { kind: 'renewals' });
  await desk.tick();
  const content = Buffer.from('%PDF-1.7 a quote').toString('base64');
  for (const site of sites)
    for (const step of [-90, -60]) {
      const { id } = await on.stepAt(site, step);
      await desk.act('quote-renewal', { renewal: id, filename: 'quote.pdf', content });
    }
  await desk.clock.set(firstDay);
  await desk.tick();
});
afterAll(() => desk.stop());

describe('part of it is renewed while the copy waits', () => {
  it.each([
    ['was sent', sent, 'sent', (letter: string) => desk.becomes(letter, 'sent')],
    ['may have been sent', unknown, 'unknown', (letter: string) => desk.becomes(letter, 'unknown')],
    ['is being handed over', claimed, 'queued', (letter: string) => on.claimed(letter)],
  ] as const)(
    '§10.3 the letter %s: its copy is stopped, and no second one is written',
    async (_, site, state, becomes) => {
      expect(await on.letters(site)).toEqual(['renewal-notice rae queued', 'renewal-notice bil queued']);
      await becomes(await on.idOf(site, 'rae'));
      await on.put(site, support(site, renewed));
      await desk.tick();
      await desk.tick();
      expect(await on.letters(site)).toEqual([`renewal-notice rae ${state}`, 'renewal-notice bil suppressed']);
      expect(await on.stepAt(site, -90)).toMatchObject({ state: 'sent', reason: null });
    },
  );

  it('§10.3 none of them has left: both are written anew', async () => {
    await on.put(queued, support(queued, renewed));
    await desk.tick();
    await desk.tick();
    expect(await on.letters(queued)).toEqual([
      ...['renewal-notice rae suppressed', 'renewal-notice bil suppressed'],
      ...['renewal-notice rae queued', 'renewal-notice bil queued'],
    ]);
  });
});

describe('a pause and a stop', () => {
  const newest = async (site: string) => (await on.letters(site)).slice(-2);

  it('§10.5 hold back what is written and has not left; it is written anew once they go on', async () => {
    await desk.clock.set('2027-01-29T10:00:00Z');
    await desk.tick();
    await desk.becomes(await on.idOf(sent, 'rae'), 'sent');
    await on.claimed(await on.idOf(claimed, 'rae'));
    const before = (await on.letters(queued)).length;
    await desk.act('pause-renewals', {});
    await desk.tick();
    expect(await newest(queued)).toEqual(['renewal-notice rae suppressed', 'renewal-notice bil suppressed']);
    expect(await on.stepAt(queued, -60)).toMatchObject({ state: 'planned', reason: null });
    expect(await newest(sent)).toEqual(['renewal-notice rae sent', 'renewal-notice bil suppressed']);
    expect(await newest(claimed)).toEqual(['renewal-notice rae queued', 'renewal-notice bil suppressed']);
    for (const site of [sent, claimed]) expect(await on.stepAt(site, -60)).toMatchObject({ state: 'sent' });
    await desk.act('resume-renewals', {});
    await desk.tick();
    await desk.tick();
    expect((await on.letters(queued)).slice(before)).toEqual([
      ...['renewal-notice rae queued', 'renewal-notice bil queued'],
    ]);
    expect(await newest(sent)).toEqual(['renewal-notice rae sent', 'renewal-notice bil suppressed']);
  });

  it('§11.6 started again, nothing of what was stopped goes out', async () => {
    await desk.act('stop-schedule', { kind: 'renewals' });
    expect(await newest(queued)).toEqual(['renewal-notice rae suppressed', 'renewal-notice bil suppressed']);
    const before = await desk.last();
    await desk.clock.set('2027-01-29T12:00:00Z');
    await desk.act('start-schedule', { kind: 'renewals' });
    await desk.tick();
    expect(await desk.letters(before)).toEqual([]);
    expect(await on.stepAt(queued, -60)).toMatchObject({ state: 'skipped', reason: 'not-started' });
  });
});
