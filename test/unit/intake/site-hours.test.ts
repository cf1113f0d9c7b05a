import { describe, expect, it } from 'vitest';
import { decide } from '../../../src/intake/decide.ts';
import type { SiteFacts } from '../../../src/intake/facts.ts';
import { clock, play, policy } from '../../support/world.ts';

/** Wednesday, 13 May 2026, 10:29 in London. */
const story = 'pin-in-the-subject';

async function decided(own: Partial<SiteFacts['site']>) {
  const { mail, facts } = await play(story);
  const sites = Object.fromEntries(
    Object.entries(facts.sites).map(([id, one]) => [id, { ...one, site: { ...one.site, ...own } }]),
  );
  const { changes } = decide(mail, { ...facts, sites }, policy, clock);
  const started = changes?.find((change) => change.kind === 'clock-started');
  if (started?.kind !== 'clock-started') throw new Error('no clock');
  return started;
}

describe('§4.1 a site with hours and holidays of its own', () => {
  it('has its cases due by them', async () => {
    expect((await decided({})).due).toBe('2026-05-13T14:30:00+01:00');
    const lunch = {
      wed: [
        ['09:00', '11:00'],
        ['12:00', '14:00'],
      ],
      thu: [['09:00', '17:00']],
    } as const;
    const started = await decided({ businessHours: lunch });
    expect(started.due).toBe('2026-05-14T10:30:00+01:00');
    expect(started.rating.hours).toEqual(lunch);
  });

  it('has its holidays go before those of the desk', async () => {
    const closed = { add: ['2026-05-13'], remove: [] };
    const started = await decided({ holidays: closed });
    expect(started.due).toBe('2026-05-14T13:00:00+01:00');
    expect(started.rating.ownHolidays).toEqual([closed]);
  });
});
