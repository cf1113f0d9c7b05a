import { readFileSync } from 'node:fs';
import { html } from 'hono/html';
import { describe, expect, it } from 'vitest';
import { withinConsole } from '../../../../src/web/console/frame/back.ts';
import { isToken, maskedToken } from '../../../../src/web/console/frame/csrf.ts';
import { pill, row, tabs } from '../../../../src/web/console/frame/parts.ts';
import { relativeTo, timeIn, timesSaid } from '../../../../src/web/console/frame/times.ts';
import { ofThisOrigin } from '../../../../src/web/console/guard.ts';
import { countShown } from '../../../../src/web/console/live/figures.ts';
import { consolePaths } from '../../../../src/web/console/paths.ts';
import { places } from '../../../../src/web/console/places.ts';

describe('where a form may lead', () => {
  it('is a place of the console', () => {
    for (const place of ['/', '/held?reason=spam&row=12', '/cases/100417#last'])
      expect(withinConsole(place)).toBe(place);
  });
  it('is the start for everything that a browser could take for another host', () => {
    const elsewhere = [
      '//evil.example',
      '/\\evil.example',
      'https://evil.example/',
      '/\t/evil.example',
      '',
      undefined,
      7,
    ];
    for (const place of [...elsewhere, 'javascript:alert(1)', '/..//evil.example'])
      expect(withinConsole(place), String(place)).toBe('/');
  });
});

describe('the token of a session', () => {
  it('stands otherwise in each form, and is the same', () => {
    const [one, other] = [maskedToken('a-token'), maskedToken('a-token')];
    expect(one).not.toBe(other);
    for (const given of [one, other, 'a-token']) expect(isToken(given, 'a-token')).toBe(true);
  });
  it('is no other', () => {
    for (const given of [maskedToken('b-token'), 'b-token', '', '.', 'a.b', undefined, null])
      expect(isToken(given, 'a-token')).toBe(false);
    for (const given of ['', '.', undefined]) expect(isToken(given, '')).toBe(false);
  });
});

describe('where a form comes from', () => {
  const from = (headers: Record<string, string>) =>
    ofThisOrigin((name) => ({ host: 'desk.example', ...headers })[name], 'https://desk.example');
  it('is this origin by either header, or by none', () => {
    expect(from({})).toBe(true);
    expect(from({ origin: 'https://desk.example' })).toBe(true);
    expect(from({ 'sec-fetch-site': 'same-origin', origin: 'null' })).toBe(true);
    expect(from({ host: '10.0.0.7:8080', origin: 'https://desk.example' })).toBe(true);
  });
  it('is no other origin, no other site, and nothing that does not say', () => {
    expect(from({ origin: 'https://evil.example' })).toBe(false);
    expect(from({ origin: 'null' })).toBe(false);
    expect(from({ 'sec-fetch-site': 'same-site', origin: 'https://desk.example' })).toBe(false);
    expect(from({ 'sec-fetch-site': 'cross-site' })).toBe(false);
  });
});

describe('the places of the menu', () => {
  it('have a key and a path each, and the server knows every path', () => {
    for (const name of ['key', 'path', 'says'] as const)
      expect(new Set(places.map((one) => one[name])).size).toBe(places.length);
    for (const { path } of places) expect(consolePaths).toContain(path);
  });
});

describe('parts', () => {
  const hostile = '"><script>alert(1)</script>';
  it('escape what they are given', async () => {
    const shown = String(
      await html`${pill(hostile)}${row({ href: '/a', says: hostile, about: hostile, side: hostile })}${tabs([
        { href: '/x', says: hostile, count: hostile, current: true },
      ])}`,
    );
    expect(shown).not.toContain('<script>');
    expect(shown.match(/&lt;script&gt;/g)).toHaveLength(6);
  });
  it('put no style and no script into a page: the policy would refuse both', () => {
    const sources = ['frame/page.ts', 'frame/parts.ts', 'frame/document.ts', 'acts/offer.ts', 'acts/forms.ts'];
    for (const name of sources) {
      const text = readFileSync(new URL(`../../../../src/web/console/${name}`, import.meta.url), 'utf8');
      expect(text, name).not.toMatch(/ style="| on[a-z]+="|javascript:/);
    }
  });
});

describe('times and counts', () => {
  const now = Date.parse('2026-11-29T12:00:00Z');
  const at = (minutes: number) => relativeTo(now, now + minutes * 60_000);
  it('say how far away in two units at most', () => {
    expect([
      at(11),
      at(-200),
      at(-0.5),
      at(0.5),
      at(60 * 24 * 3 + 125),
      at(-60 * 24 * 40),
      at(60 * 14 + 5),
      at(60 * 24 * 3 + 5),
    ]).toEqual([
      'in 11 min',
      '3 h 20 min ago',
      'just now',
      'in a moment',
      'in 3 d 2 h',
      '40 d ago',
      'in 14 h',
      'in 3 d',
    ]);
  });
  it('leave out the day of today and the year of this year, in the zone of the viewer', () => {
    const shown = (iso: string, zone = 'Europe/Berlin') => timeIn(zone, new Date(iso), new Date(now));
    expect([shown('2026-11-29T08:05:00Z'), shown('2026-11-28T08:05:00Z'), shown('2025-12-31T23:30:00Z')]).toEqual([
      '09:05',
      '28 Nov 09:05',
      '1 Jan 00:30',
    ]);
    expect(shown('2025-06-01T08:05:00Z')).toBe('1 Jun 2025 10:05');
    expect(shown('2026-11-29T22:30:00Z', 'Asia/Tokyo')).toBe('30 Nov 07:30');
  });
  it('stand in sentences as people read them', () => {
    const said =
      'The clock of case 1 starts; its first response is due by 2026-11-30T13:00:00+00:00, or 2026-11-29T09:05Z.';
    expect(timesSaid(said, 'UTC', new Date(now))).toBe(
      'The clock of case 1 starts; its first response is due by 30 Nov 13:00, or 09:05.',
    );
    for (const other of ['2026-11-30', 'case 2026-11-30T', '']) expect(timesSaid(other, 'UTC')).toBe(other);
  });
  it('end at ten thousand', () => {
    expect([countShown(0), countShown(1234), countShown(10_000), countShown(10_001)]).toEqual([
      '0',
      '1,234',
      '10,000',
      '10,000+',
    ]);
  });
});
