import { describe, expect, it } from 'vitest';
import { dutyOrAll, onDuty } from '../../../src/staff/on-duty.ts';
import { engineersFor, type StaffMember, staffMemberSchema } from '../../../src/staff/staff.ts';
import { policy } from '../../support/world.ts';

const desk = { businessHours: policy.businessHours, holidays: { add: ['2026-03-06'], remove: [] }, timezone: 'UTC' };
const member = (more: object): StaffMember =>
  staffMemberSchema.parse({ name: 'Kim', email: 'kim@desk.example', roles: ['engineer'], ...more });
const there = (more: object, at: string) => onDuty(member(more), at, desk as never);

describe('who is on duty', () => {
  it.each([
    ['the hours of the desk', {}, '2026-03-02T09:00:00Z', true],
    ['the last moment of them', {}, '2026-03-02T16:59:00Z', true],
    ['a moment as the database has it', {}, '2026-03-02T09:00:00.123456Z', true],
    ['the very end of them', {}, '2026-03-02T16:59:59.999999Z', true],
    ['the first moment after them', {}, '2026-03-02T17:00:00Z', false],
    ['a weekend', {}, '2026-03-01T12:00:00Z', false],
    ['a holiday of the desk', {}, '2026-03-06T12:00:00Z', false],
    ['always', { hours: 'always' }, '2026-03-01T03:00:00Z', true],
    ['hours of their own', { hours: { sun: [['02:00', '04:00']] } }, '2026-03-01T03:00:00Z', true],
    ['a zone of their own', { timezone: 'Asia/Tokyo' }, '2026-03-02T01:00:00Z', true],
    [
      'lunch',
      {
        hours: {
          mon: [
            ['09:00', '12:30'],
            ['13:30', '17:00'],
          ],
        },
      },
      '2026-03-02T13:00:00Z',
      false,
    ],
    [
      'the last day of an absence',
      { hours: 'always', absent: [{ from: '2026-03-01', to: '2026-03-02' }] },
      '2026-03-02T23:59:00Z',
      false,
    ],
    [
      'the day after it',
      { hours: 'always', absent: [{ from: '2026-03-01', to: '2026-03-02' }] },
      '2026-03-03T00:00:00Z',
      true,
    ],
  ])('by %s', (_, more, at, is) => {
    expect(there(more, at)).toBe(is);
  });

  it('is everybody where nobody is there', () => {
    const people = [member({}), member({ email: 'lee@desk.example', hours: 'always' })];
    expect(dutyOrAll(people, '2026-03-01T12:00:00Z', desk as never)).toHaveLength(1);
    expect(dutyOrAll(people.slice(0, 1), '2026-03-01T12:00:00Z', desk as never)).toHaveLength(1);
  });

  it('goes by the product where one is named', () => {
    const people = [member({ products: ['Vault'] }), member({ email: 'lee@desk.example' })];
    expect(engineersFor(people, 'vault')).toHaveLength(2);
    expect(engineersFor(people, 'Gate').map(({ email }) => email)).toEqual(['lee@desk.example']);
  });
});
