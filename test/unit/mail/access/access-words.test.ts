import { describe, expect, it, test } from 'vitest';
import { privilegeNamed, roleNamed } from '../../../../src/mail/access/access-words.ts';
import { countryNamed } from '../../../../src/mail/access/country-named.ts';
import { dayNamed } from '../../../../src/mail/access/day-named.ts';
import { privilegeNames } from '../../../../src/registry/permissions.ts';
import { roles } from '../../../../src/registry/site.ts';

describe('§1 roles and privileges by name', () => {
  it('are those of the registry', () => {
    for (const role of roles) expect(roleNamed(role)).toBe(role);
    for (const name of privilegeNames) expect(privilegeNamed(`${name} none`)).toEqual({ name, level: 'none' });
  });
  test.each(['boss', '', 'technical', 'admin contact', 'users'])('%j is no primary', (text) =>
    expect(roleNamed(text)).not.toBe('primary'),
  );
  test.each(['manage access', 'access everything', 'downloads update', 'cases: all', ''])(
    '%j is no privilege',
    (text) => expect(privilegeNamed(text)).toBeNull(),
  );
});

describe('a day by name', () => {
  test.each([
    ...['2026-12-31', '2026/12/31', '31.12.2026', '31. 12. 2026', '31.12.26', '31/12/2026', '12/31/2026', '31-12-2026'],
    ...['31 December 2026', '31st of December 2026', 'December 31, 2026', 'Dec 31 2026', 'Thursday, 31 December 2026'],
    ...['31. Dezember 2026', 'Donnerstag, 31. Dez. 2026', 'zum 31.12.2026', '31 décembre 2026', 'le 31 déc. 2026'],
    ...['31 de diciembre de 2026', 'el 31 dic 2026', '2026年12月31日', '2026年12月31日（木）', '2026年12月31日まで'],
  ])('is read: %j', (text) => expect(dayNamed(text)).toBe('2026-12-31'));
  test.each([
    ...[
      '03/04/2026',
      '2026-02-30',
      '31 December',
      'Friday',
      'end of 2026',
      '2026',
      '2026-12-31 or later',
      '',
      '12.2026',
    ],
    ...['version 10.12.2026.4', 'not 2026-12-31', 'in 3 months', '2026-13-01', '0031-12-2026'],
  ])('is not read: %j', (text) => expect(dayNamed(text)).toBeNull());
  it('is read where both numbers are the same', () => expect(dayNamed('04/04/2026')).toBe('2026-04-04'));
});

describe('a country by name', () => {
  test.each([
    ['Germany', 'DE'],
    ['Deutschland', 'DE'],
    ['Allemagne', 'DE'],
    ['Alemania', 'DE'],
    ['ドイツ', 'DE'],
    ['de', 'DE'],
    ['Germany (DE)', 'DE'],
    ['The Netherlands', 'NL'],
    ['U.S.A.', 'US'],
    ['us', 'US'],
    ['大韓民国', null],
    ['Atlantis', null],
    ['xx', null],
    ['France or Spain', null],
  ])('%j is %s', (text, code) => expect(countryNamed(text)).toBe(code));
});
