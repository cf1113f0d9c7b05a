import { describe, expect, it } from 'vitest';
import type { WorkedCase } from '../../../src/acts/cases/records.ts';
import { tellOwner } from '../../../src/acts/cases/timers/tell-owner.ts';
import { mailId } from '../../../src/foundation/ids.ts';
import { staffMemberSchema } from '../../../src/staff/staff.ts';
import { workedCase as anyCase, said } from '../../support/worked-case.ts';
import { policy } from '../../support/world.ts';

const kim = staffMemberSchema.parse({ name: 'Kim', email: 'kim@desk.example', roles: ['engineer'], hours: 'always' });
const jan = staffMemberSchema.parse({ name: 'Jan', email: 'jan@desk.example', roles: ['engineer'], hours: 'always' });
const given = {
  by: { kind: 'clock' },
  now: '2026-03-02T11:01:00Z',
  desk: { ...policy.desk, people: [kim, jan] },
  policy,
} as const;
const event = (kind: string, at: string, mail: string | null = null) => ({
  kind,
  at,
  mail: mail === null ? null : mailId(mail),
  detail: {},
});
const reply = (mail: string, at: string, more = {}) =>
  said({ mail: mailId(mail), at, text: 'PIN 345, it stops again.', ...more });
const opened = event('opened', '2026-03-02T10:00:00Z', '7');
const taken = event('owner-set', '2026-03-02T10:30:00Z');
const owned = { owner: kim.email };
const first = [said({ at: '2026-03-02T10:00:00Z' })];
const workedCase = (more: Partial<WorkedCase>) =>
  anyCase({ openedAt: '2026-03-02T10:00:00Z', messages: first, ...more });

describe('what the customer writes', () => {
  const on = workedCase({
    ...owned,
    events: [
      opened,
      taken,
      event('updated', '2026-03-02T11:00:00Z', '8'),
      event('updated', '2026-03-02T11:00:40Z', '9'),
    ],
    messages: [...first, reply('8', '2026-03-02T11:00:00Z'), reply('9', '2026-03-02T11:00:40Z')],
  });

  it('is told to the owner of the case within a minute, all of it in one letter', () => {
    expect(tellOwner.dueAt(on, given)).toBe('2026-03-02T11:01:00Z');
    const { changes, letters } = tellOwner.runOut(on, given);
    expect(changes).toMatchObject([{ kind: 'owner-told', case: '100042', to: [kim.email] }]);
    expect(letters.map(({ to, template }) => [to, template])).toEqual([[kim.email, 'case-notice']]);
  });

  it('can be answered by whom it was sent to, and shows no PIN', () => {
    const [letter] = tellOwner.runOut(on, given).letters;
    expect(letter?.asks).toEqual({ kind: 'work', case: '100042', staff: kim.email, at: given.now, owner: kim.email });
    if (letter?.template !== 'case-notice') throw new Error('another letter');
    expect(letter.values.messages.map(({ text }) => text)).toContain('PIN •••, it stops again.');
    expect(letter.values.contract).toMatchObject({ opened: { kind: 'entitled', plan: 'standard' }, today: null });
  });

  it('or says by phone (§4.4) is told as well, unless the owner has taken the call', () => {
    const called = (staff: string | null) => {
      const event = { kind: 'updated', at: '2026-03-02T11:00:00Z', mail: null, detail: { identified: 'PIN', staff } };
      return tellOwner.dueAt(workedCase({ ...owned, events: [opened, taken, event] }), given);
    };
    expect(called(jan.email)).toBe('2026-03-02T11:01:00Z');
    expect(called(null)).toBe('2026-03-02T11:01:00Z');
    expect(called(kim.email)).toBeNull();
  });

  it('is told once', () => {
    const told = { ...on, events: [...on.events, event('owner-told', '2026-03-02T11:01:00Z')] };
    expect(tellOwner.dueAt(told, given)).toBeNull();
  });

  it('is told of nothing that stood there when the case was taken', () => {
    expect(tellOwner.dueAt(workedCase({ ...owned, events: [opened, taken] }), given)).toBeNull();
    const before = [opened, event('updated', '2026-03-02T10:20:00Z', '8'), taken];
    const messages = [...first, reply('8', '2026-03-02T10:20:00Z')];
    expect(tellOwner.dueAt(workedCase({ ...owned, events: before, messages }), given)).toBeNull();
  });

  it('is told of nothing that came before a close, once the case is open again', () => {
    const thanks = event('updated', '2026-03-02T10:40:00Z', '8');
    const again = event('reopened', '2026-03-02T11:00:00Z', '9');
    const events = [opened, taken, event('closed', '2026-03-02T10:40:00Z', '8'), thanks, again];
    const messages = [...first, reply('8', '2026-03-02T10:40:00Z'), reply('9', '2026-03-02T11:00:00Z')];
    expect(tellOwner.dueAt(workedCase({ ...owned, events, messages }), given)).toBe('2026-03-02T11:01:00Z');
  });

  it('is told of even where it was written down after the case was taken, and had come before', () => {
    const after = [opened, taken, event('updated', '2026-03-02T10:29:59Z', '8')];
    const messages = [...first, reply('8', '2026-03-02T10:29:59Z')];
    expect(tellOwner.dueAt(workedCase({ ...owned, events: after, messages }), given)).toBe('2026-03-02T10:30:59Z');
  });

  it.each([
    ['an automatic mail', { ...on, messages: on.messages.map((one) => ({ ...one, automatic: true })) }],
    ['a case that nobody has', { ...on, owner: null }],
    ['a closed case', { ...on, status: 'closed' as const }],
  ])('is not told of %s', (_, one) => {
    expect(tellOwner.dueAt(one, given)).toBeNull();
  });

  it('is told to those on duty where its owner is none of our people any more', () => {
    const { letters } = tellOwner.runOut({ ...on, owner: 'gone@desk.example' }, given);
    expect(letters.map(({ to }) => to)).toEqual([kim.email, jan.email]);
  });
});
