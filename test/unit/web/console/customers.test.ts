import { describe, expect, it } from 'vitest';
import type { SiteRenewal } from '../../../../src/flows/registry/customers.ts';
import { standingOn, timeLineOf } from '../../../../src/registry/licences/time-line.ts';
import type { Licence, Plan } from '../../../../src/registry/site.ts';
import { timeLineShown } from '../../../../src/web/console/customers/time-line.ts';
import { coverSays, entitledSays, standingPill, stepSays } from '../../../../src/web/console/customers/words.ts';
import { defaultRegistryPolicy as policy } from '../../../support/default-policies.ts';

const licence = (
  kind: Licence['kind'],
  quantity: number,
  from: string,
  to: string | null,
  more: Partial<Licence> = {},
) => ({ number: `${kind}-1`, product: 'Vault', kind, quantity, from, to, registeredOn: null, ...more }) as Licence;
const standard: Plan = { kind: 'standard', from: '2026-01-01', to: '2026-12-31' };
const bought = {
  plans: [standard],
  licences: [licence('user', 100, '2026-01-01', null), licence('support', 40, '2026-01-01', '2027-06-30')],
};
const on = (day: string, material: Parameters<typeof standingOn>[0] = bought) => standingOn(material, day, 90, policy);
const plainly = (given: ReturnType<typeof standingPill>) => `${given.says} ${given.tone ?? ''}`.trim();

describe('where the support of a customer stands', () => {
  it('is two or three words in a list, amber where somebody will have to look', () => {
    expect(plainly(standingPill(on('2026-05-01')))).toBe('under-covered warn');
    expect(plainly(standingPill(on('2026-12-01')))).toBe('under-covered, ends 31 Dec 2026 warn');
    expect(plainly(standingPill(on('2027-01-05')))).toBe('in grace, ended 31 Dec 2026 warn');
    expect(plainly(standingPill(on('2027-02-05')))).toBe('support ended 31 Dec 2026');
    expect(plainly(standingPill(on('2020-01-01')))).toBe('no support');
    const full = {
      ...bought,
      licences: [licence('user', 1, '2026-01-01', null), licence('support', 1, '2026-01-01', null)],
    };
    expect(plainly(standingPill(on('2026-05-01', full)))).toBe('entitled, standard good');
    expect(plainly(standingPill(on('2026-12-01', full)))).toBe('standard ends 31 Dec 2026 warn');
    const trial = { plans: [], licences: [licence('trial', 1, '2026-05-01', null, { registeredOn: '2026-05-01' })] };
    expect(plainly(standingPill(on('2026-05-01', trial)))).toBe('trial ends 30 May 2026 warn');
  });
  it('is a sentence as a decision about a mail says it, with the days that are left', () => {
    expect(entitledSays(on('2026-05-01'))).toBe(
      'Under-covered on 1 May 2026, plan standard (Vault: 100 user and 40 support licences).',
    );
    expect(entitledSays(on('2026-12-30'))).toContain('It ends on 31 Dec 2026, tomorrow.');
    expect(entitledSays(on('2026-12-31'))).toContain('It ends on 31 Dec 2026, today.');
    expect(entitledSays(on('2027-01-05'))).toBe(
      'Support ended on 31 Dec 2026; grace for severity 1 until 14 Jan 2027, severity 2 until 14 Jan 2027.',
    );
  });
  it('is a word or two for each stretch of the line', () => {
    expect(coverSays(on('2026-05-01').judged)).toBe(
      'under-covered, plan standard: 40 support licences for 100 user licences of Vault',
    );
    expect(coverSays(on('2027-01-05').judged)).toBe('grace for severity 1 and 2');
  });
  it('says when a letter about a renewal goes out', () => {
    expect([-30, -1, 0, 7].map(stepSays)).toEqual([
      '30 days before the end',
      '1 day before the end',
      'on the day of the end',
      '7 days after the end',
    ]);
  });
});

describe('the time line', () => {
  const renewals: SiteRenewal[] = [
    { id: '1', step: -30, day: '2026-12-01', ends: '2026-12-31', state: 'planned', reason: null },
  ];
  const fullSupport = [{ product: 'Vault <i>', version: '11.5', until: '2027-03-31' }];
  const drawn = async (today: string) =>
    String(await timeLineShown({ line: timeLineOf(bought, today, policy), fullSupport, renewals }));

  it('says all that it draws, and draws within its width', async () => {
    const shown = await drawn('2026-11-29');
    for (const text of [
      'Under-covered, plan standard',
      'until 31 Dec 2026; then grace for severity 1 and 2 until 14 Jan 2027; then no support.',
      '1 Jan 2026 to 30 Jun 2027',
      'from 1 Jan 2026, without an end',
      'Vault &lt;i&gt; 11.5 on 31 Mar 2027',
      'next on 1 Dec 2026, 30 days before the end: planned',
    ])
      expect(shown).toContain(text);
    expect(shown).not.toContain('style=');
    const places = [...shown.matchAll(/ (?:x|x1|x2|cx)="([-\d.]+)%"/g)].map(([, at]) => Number(at));
    expect(places.length).toBeGreaterThan(10);
    expect(places.every((at) => at >= 0 && at <= 100)).toBe(true);
    for (const [, x, width] of shown.matchAll(/x="([\d.]+)%" y="5" width="([\d.]+)%"/g))
      expect(Number(x) + Number(width)).toBeLessThanOrEqual(100.5);
  });
  it('is the same drawing for the same contract', async () => {
    const bars = [
      ...(await drawn('2026-11-29')).matchAll(/<rect class="([a-z-]+)" x="([\d.]+)%" y="\d+" width="([\d.%]+)"/g),
    ];
    expect(bars.map(([, name, x, width]) => `${name} ${x} ${width}`)).toMatchInlineSnapshot(`
      [
        "cover-under-covered 0 63.26%",
        "cover-grace 63.26 2.42%",
        "cover-lapsed 65.68 34.32%",
        "bar-plan 0 63.26%",
        "bar-support 0 94.63%",
        "bar-user 0 100%",
        "mark 78.86 3",
      ]
    `);
  });
});
