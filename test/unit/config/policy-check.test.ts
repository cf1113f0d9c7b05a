import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, describe, expect, it } from 'vitest';
import { checkPolicy } from '../../../src/config/policy-check.ts';
import { remove, scratch } from '../../support/process.ts';

const folder = scratch('policy-check');
afterAll(() => remove(folder));
const check = (text: string) => {
  const file = join(folder, 'p.yaml');
  writeFileSync(file, text);
  return checkPolicy(file);
};

describe('a policy file looked at before it is used', () => {
  it('names every fault at once, with line, path, value and what is allowed', () => {
    const { faults, policy } = check(
      [
        'languages: [en]',
        'policy:',
        '  reopenDay: 12',
        '  graceDays: { 1: 9999, 2: x }',
        '  businessHours: { days: [9], from: "9:00", to: "17:00" }',
      ].join('\n'),
    );
    expect(policy).toBeNull();
    expect(faults).toMatchObject([
      { line: 3, path: 'policy.reopenDay', says: 'is not a key; did you mean "reopenDays"?' },
      { line: 4, path: 'policy.graceDays.1', value: '9999', allowed: 'a whole number from 0 to 3650' },
      { line: 4, path: 'policy.graceDays.2', value: 'x', allowed: 'a whole number from 0 to 3650' },
      { line: 5, path: 'policy.businessHours.days.0', value: '9', allowed: 'a whole number from 1 to 7' },
      { line: 5, path: 'policy.businessHours.from', value: '9:00', allowed: 'a time such as "09:00"' },
      { line: 5, path: 'policy.businessHours' },
    ]);
  });
  it('names what is wrong in hours by weekday and in holidays by their key', () => {
    const { faults } = check(
      [
        'policy:',
        '  businessHours:',
        '    mon: [["09:00", "12:30"], ["12:00", "17:00"]]',
        '    tuesday: []',
        '    wed: [["9:00", "24:00"]]',
        '  holidays: { add: [2026-12-24, 2026-02-30], remove: [12-31..12-24, 2026-12-31..2026-12-24] }',
      ].join('\n'),
    );
    expect(faults).toMatchObject([
      { line: 3, path: 'policy.businessHours.mon.1', says: expect.stringContaining('begins before') },
      { line: 4, path: 'policy.businessHours.tuesday', says: expect.stringContaining('is not a key') },
      { line: 5, path: 'policy.businessHours.wed.0.0', value: '9:00', allowed: 'a time such as "09:00"' },
      {
        line: 6,
        path: 'policy.holidays.add.1',
        value: '2026-02-30',
        says: expect.stringContaining('is not a day such as'),
      },
      { line: 6, path: 'policy.holidays.remove.1', says: 'ends before it begins' },
    ]);
  });
  it('takes hours by weekday and holidays, and says how they differ', () => {
    const { faults, departures } = check(
      [
        'businessHours: { mon: [["09:00", "12:30"], ["13:30", "17:00"]] }',
        'holidays: { add: [2026-12-24, 12-31, 12-27..01-02] }',
      ].join('\n'),
    );
    expect(faults).toEqual([]);
    expect(departures).toContainEqual({
      path: 'businessHours.mon',
      value: '[[09:00, 12:30], [13:30, 17:00]]',
      default: 'none',
    });
    expect(departures).toContainEqual({
      path: 'holidays.add',
      value: '[2026-12-24, 12-31, 12-27..01-02]',
      default: 'none',
    });
  });
  it('says what differs from the defaults, of postern.yaml and of a policy alone', () => {
    const expected = [
      { path: 'graceDays.1', value: '30', default: '14' },
      { path: 'graceDays.2', value: 'none', default: '14' },
      { path: 'reopenDays', value: '10', default: '30' },
    ];
    const alone = check('reopenDays: 10\ngraceDays: { 1: 30 }\n');
    expect([alone.kind, alone.faults, alone.departures]).toEqual(['policy', [], expected]);
    const whole = check('policy:\n  reopenDays: 10\n  graceDays: { 1: 30 }\n');
    expect([whole.kind, whole.faults, whole.departures]).toEqual(['postern.yaml', [], expected]);
    expect(check('').departures).toEqual([]);
  });
  it('shows no secret, and names a mailbox that nothing signs in to', () => {
    const hidden = check(
      'mailboxes:\n  - { name: support, imap: "imaps://a:hunter22@b.example", password: [hunter22] }\n',
    );
    expect(hidden.faults.length).toBeGreaterThan(0);
    expect(JSON.stringify(hidden)).not.toContain('hunter22');
    const open = check('mailboxes:\n  - { name: support, imap: "imaps://a@b.example" }\n');
    expect(open.faults).toMatchObject([{ path: 'mailboxes.support', says: expect.stringContaining('no password') }]);
  });
  it('says where YAML itself is broken, and that a file is not there', () => {
    expect(check('policy: { reopenDays: 3\n').faults[0]).toMatchObject({ line: expect.any(Number) });
    expect(checkPolicy(join(folder, 'none.yaml')).faults).toMatchObject([
      { line: null, says: 'there is no such file' },
    ]);
  });
});
