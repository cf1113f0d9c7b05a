/** POLICY §5.1: the queue. */
import { describe, expect, it } from 'vitest';
import type { WorkedCase } from '../../../src/acts/cases/records.ts';
import { handoverTimer } from '../../../src/acts/cases/timers/handover.ts';
import { offeringTimer } from '../../../src/acts/cases/timers/offering.ts';
import { rate } from '../../../src/cases/rating.ts';
import { givenFor, kim, lea, li, person, rita, workedCase } from '../../support/worked-case.ts';
import { policy } from '../../support/world.ts';

const clock = { kind: 'clock' } as const;
/** Four hours from ten to two, in a week without holidays. */
const rating = rate({ severity: 3, plan: 'standard', base: 'standard', timezone: 'UTC', country: 'GB' }, {
  ...policy,
  businessHours: { days: [1, 2, 3, 4, 5], from: '09:00', to: '17:00' },
} as typeof policy);
const opened = { kind: 'opened', at: '2026-05-12T10:00:00Z', detail: {} };
const offered = (percent: number) => ({ kind: 'offered', at: '2026-05-12T10:00:05Z', detail: { percent } });
const on = (more: Partial<WorkedCase> = {}) =>
  workedCase({
    openedAt: opened.at,
    clock: [{ type: 'started', at: opened.at, rating }],
    events: [opened],
    ...more,
  });
const at = (now: string, people = [kim, lea, rita, li], more = {}) => givenFor(clock, { now, people, policy: more });
const night = person('Nora Ng', 'nora@desk.example', { hours: { days: [1, 2, 3, 4, 5], from: '20:00', to: '24:00' } });
const morning = '2026-05-12T10:00:05Z';
const told = (of: WorkedCase, given = at(morning)) => {
  const { changes, letters } = offeringTimer.runOut(of, given);
  return {
    changes: changes.map((one) =>
      one.kind === 'owner-set' ? `${one.how} ${one.to}` : 'percent' in one ? one.percent : one.kind,
    ),
    letters: letters.map((one) => `${'why' in one.values ? one.values.why : ''} ${one.to}`),
  };
};

describe('a case that nobody has', () => {
  it('is offered at once to every engineer on duty for its product, and to nobody else', () => {
    const pump = person('Pat', 'pat@desk.example', { products: ['Pump'] });
    expect(offeringTimer.dueAt(on(), at(morning))).toBe(opened.at);
    expect(told(on(), at(morning, [kim, lea, night, pump, rita, li]))).toEqual({
      changes: [0],
      letters: ['offered kim@desk.example', 'offered lea@desk.example'],
    });
  });

  it('says what the contract is', () => {
    const [letter] = offeringTimer.runOut(on(), at(morning)).letters;
    expect(letter?.values).toMatchObject({ why: 'offered', contract: { opened: { kind: 'entitled' }, today: null } });
  });

  it('is told of again at half of its time, and to a manager at 80 percent', () => {
    const once = on({ events: [opened, offered(0)] });
    expect(offeringTimer.dueAt(once, at(morning))).toMatch(/^2026-05-12T12:00/);
    expect(told(once, at('2026-05-12T12:00:01Z')).letters).toEqual([
      'untaken kim@desk.example',
      'untaken lea@desk.example',
    ]);
    const twice = on({ events: [opened, offered(0), offered(50)] });
    expect(offeringTimer.dueAt(twice, at('2026-05-12T12:00:01Z'))).toMatch(/^2026-05-12T13:12/);
    expect(told(twice, at('2026-05-12T13:12:01Z'))).toEqual({ changes: [80], letters: ['untaken kim@desk.example'] });
    expect(offeringTimer.dueAt(on({ events: [opened, offered(0), offered(80)] }), at(morning))).toBeNull();
  });

  it('is told of once where a downtime has passed over both', () => {
    expect(told(on({ events: [opened, offered(0)] }), at('2026-05-12T13:50:00Z')).changes).toEqual([80]);
  });

  it('is told to all who are not absent where nobody is on duty', () => {
    expect(told(on(), at(morning, [night])).letters).toEqual(['offered nora@desk.example']);
  });

  it('goes to whoever on duty has the fewest open cases, where cases are assigned', () => {
    const given = at(morning, [kim, lea, night], { assignment: 'assigned' });
    expect(told(on({ load: { 'kim@desk.example': 2, 'lea@desk.example': 1 } }), given)).toEqual({
      changes: ['given lea@desk.example'],
      letters: ['assigned lea@desk.example'],
    });
  });

  it('goes to licensing where it is theirs, also once it has been offered to engineers', () => {
    const moved = { kind: 'kind-set', at: '2026-05-12T10:30:00Z', detail: { kind: 'licensing', was: 'incident' } };
    const licensing = on({ kind: 'licensing', events: [opened, offered(0), moved] });
    expect(offeringTimer.dueAt(licensing, at(morning))).toBe(moved.at);
    expect(told(licensing).letters).toEqual(['offered li@desk.example']);
  });

  it('waits for nothing where nobody works on cases, somebody has it, or it is closed', () => {
    expect(offeringTimer.dueAt(on(), at(morning, [rita]))).toBeNull();
    expect(offeringTimer.dueAt(on({ owner: kim.email }), at(morning))).toBeNull();
    expect(offeringTimer.dueAt(on({ status: 'closed' }), at(morning))).toBeNull();
  });
});

describe('the owner of a case', () => {
  const away = person('Kim Oster', 'kim@desk.example', { absent: [{ from: '2026-05-13', to: '2026-05-20' }] });
  const owned = on({ owner: away.email });

  it('keeps it to the end, and is looked at with each day', () => {
    expect(handoverTimer.dueAt(owned, at(morning, [away, lea]))).toBe('2026-05-13T00:00:00Z');
  });

  it.each([
    ['with the first day of an absence', '2026-05-13T00:00:00Z', [away, lea]],
    ['once they are none of our people', morning, [lea]],
  ])('has it no more %s: it goes to the queue', (_, now, people) => {
    const given = at(now, [...people]);
    expect(handoverTimer.dueAt(owned, given)).toBe(now);
    const { changes } = handoverTimer.runOut(owned, given);
    expect(changes).toMatchObject([{ kind: 'owner-set', from: away.email, to: null, how: 'handed-over' }]);
    const after = { kind: 'owner-set', at: now, detail: { to: null } };
    const free = on({ events: [opened, offered(0), after] });
    expect(offeringTimer.dueAt(free, given)).toBe(now);
    expect(told(free, given).letters).toEqual(['offered lea@desk.example']);
  });

  it('keeps it through an absence where nobody else could take it', () => {
    expect(handoverTimer.dueAt(owned, at('2026-05-13T08:00:00Z', [away, rita]))).toBe('2026-05-14T00:00:00Z');
  });
});
