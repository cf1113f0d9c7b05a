import { describe, expect, it } from 'vitest';
import { nameWarning } from '../../../src/staff/name-warning.ts';
import { staffMemberSchema } from '../../../src/staff/staff.ts';

const people = [staffMemberSchema.parse({ name: 'Kim Oster', email: 'kim@desk.example', roles: ['engineer'] })];
const short = (name: string, address = 'office@build-it.example') => nameWarning({ name, address }, people)?.short ?? null;

describe('a name before an address', () => {
  it.each([
    'Ada Byron',
    '',
    'Kimberley Ostermann',
    'office@build-it.example',
    'Office <OFFICE@build-it.example>',
    'Kim',
    'Support @ Build-It',
  ])('says nothing where it is one: %s', (name) => {
    expect(short(name)).toBeNull();
  });
  it.each(['support@desk.example', 'Desk "support@desk.example"', 'support＠desk.example'])(
    'is told where it is another address: %s',
    (name) => {
      expect(short(name)).toBe('name looks like an address');
    },
  );
  it.each(['Kim Oster', 'kim oster', 'Kim  Oster (Support)', 'Kím Öster', 'Kim.Oster', 'KIM\u00a0OSTER'])(
    'is told where it is that of one of ours: %s',
    (name) => {
      expect(short(name)).toBe('name looks like staff');
    },
  );
  it('is theirs where they write themselves', () => {
    expect(short('Kim Oster', 'kim@desk.example')).toBeNull();
  });
});
