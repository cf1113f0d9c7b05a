import { describe, expect, it } from 'vitest';
import type { Given } from '../../../src/acts/act.ts';
import type { WorkedCase } from '../../../src/acts/cases/records.ts';
import { breachTimer } from '../../../src/acts/cases/timers/breach.ts';
import { unreachableTimer, updatesTimer } from '../../../src/acts/cases/timers/critical-updates.ts';
import { reRatingTimer } from '../../../src/acts/cases/timers/re-rating.ts';
import { caseTimersAct } from '../../../src/acts/cases/timers/run-case-timers.ts';
import type { CaseTimer } from '../../../src/acts/cases/timers/timer.ts';
import { waitOverTimer } from '../../../src/acts/cases/timers/wait-over.ts';
import { warningsTimer } from '../../../src/acts/cases/timers/warnings.ts';
import { givenAt, opened, person, workedCase } from '../../support/clock/clocked-case.ts';

const at = (time: string, day = '02') => `2026-03-${day}T${time}:00Z`;
const same = (one: string | null) => (one === null ? null : Temporal.Instant.from(one).toString());
const event = (kind: string, when: string, detail = {}) => ({ kind, at: when, detail });
const message = (direction: 'in' | 'out' | 'note', when: string, automatic = false) =>
  ({ direction, at: when, automatic, text: '', author: '' }) as WorkedCase['messages'][number];

const kim = person('Kim', ['engineer']);
const lee = person('Lee', ['engineer'], { absent: [{ from: '2026-03-01', to: '2026-03-09' }] });
const mia = person('Mia', ['manager'], { hours: 'always' });
const dan = person('Dan', ['director']);
const people = [lee, kim, mia, dan];

const due = (timer: CaseTimer, on: WorkedCase, now = opened, more: Partial<Given['policy']> = {}) =>
  same(timer.dueAt(on, givenAt(now, people, more)));
/** What is done at that moment, and who is told of what. */
function done(timer: CaseTimer, on: WorkedCase, now: string, all = people) {
  const { changes, letters } = timer.runOut(on, givenAt(now, all));
  return {
    changes,
    told: letters.map(({ to }) => to.split('@')[0]),
    why: letters.map(({ values }) => ('why' in values ? values.why : '')),
  };
}

describe('warnings (POLICY §4.6)', () => {
  const kims = { owner: kim.email, events: [event('owner-set', at('09:05'))] };

  it('come at 50 and 80 % of the time, of a case that somebody has', () => {
    expect(due(warningsTimer, workedCase(kims))).toBe(at('11:00'));
    expect(due(warningsTimer, workedCase())).toBeNull();
    const warned = { ...kims, events: [...kims.events, event('clock-warned', at('11:00'), { percent: 50 })] };
    expect(due(warningsTimer, workedCase(warned), at('11:00'))).toBe(at('12:12'));
    const twice = { ...kims, events: [...warned.events, event('clock-warned', at('12:12'), { percent: 80 })] };
    expect(due(warningsTimer, workedCase(twice), at('12:12'))).toBeNull();
  });

  it('tell only of what passed while somebody had it, and of the last where several have', () => {
    const late = workedCase({ owner: kim.email, events: [event('owner-set', at('11:30'))] });
    expect(due(warningsTimer, late, at('11:30'))).toBe(at('12:12'));
    expect(done(warningsTimer, workedCase(kims), at('12:30')).changes).toMatchObject([{ percent: 80 }]);
    expect(due(warningsTimer, workedCase(kims), at('13:00'))).toBeNull();
  });

  it('stand while the customer is waited for, and end with the first response', () => {
    const { clock } = workedCase();
    const paused = workedCase({ ...kims, clock: [...clock, { type: 'paused', at: at('10:00') }] });
    expect(due(warningsTimer, paused)).toBeNull();
    expect(due(warningsTimer, workedCase({ ...kims, answeredAt: at('10:00') }))).toBeNull();
  });

  it('go to the owner; to the engineers on duty besides where the owner is away; to a manager where there are none', () => {
    const of = (owner: string | null, now = at('11:00'), all = people) =>
      done(warningsTimer, workedCase({ ...kims, owner }), now, all).told;
    expect(of(kim.email)).toEqual(['kim']);
    expect(of(lee.email)).toEqual(['lee', 'kim']);
    expect(of(lee.email, at('11:00'), [lee, mia])).toEqual(['lee', 'mia']);
    expect(of('left@desk.example')).toEqual(['kim']);
    expect(of(lee.email, at('11:00'), [lee])).toEqual(['lee']);
  });
});

describe('the breach (POLICY §4.6)', () => {
  it('rings once, at the deadline, whether or not somebody has the case', () => {
    expect(due(breachTimer, workedCase())).toBe(at('13:00'));
    expect(due(breachTimer, workedCase({ owner: kim.email }))).toBe(at('13:00'));
    expect(due(breachTimer, workedCase({ events: [event('clock-breached', at('13:00'))] }))).toBeNull();
    expect(due(breachTimer, workedCase({ answeredAt: at('12:00') }))).toBeNull();
    expect(due(breachTimer, workedCase({ status: 'closed' }))).toBeNull();
  });

  it('tells a manager too, and a director at severity 1', () => {
    expect(done(breachTimer, workedCase({ owner: kim.email }), at('13:00'))).toMatchObject({
      changes: [{ kind: 'clock-breached' }],
      told: ['kim', 'mia'],
      why: ['breached', 'breached'],
    });
    expect(done(breachTimer, workedCase({ severity: 1 }), at('10:00')).told).toEqual(['kim', 'mia', 'dan']);
  });

  it('hurries nobody for a preview (§4.5)', () => {
    expect(due(breachTimer, workedCase({ kind: 'preview' }))).toBeNull();
    expect(due(warningsTimer, workedCase({ kind: 'preview', owner: kim.email }))).toBeNull();
  });
});

describe('waiting for the customer (POLICY §4.6)', () => {
  const { clock } = workedCase();
  const waits = (until: string | null) =>
    workedCase({
      clock: [...clock, { type: 'paused', at: at('10:00') }],
      events: [event('clock-paused', at('10:00'), { until })],
    });

  it('ends at its time, and what was left is left', () => {
    expect(due(waitOverTimer, waits(null))).toBeNull();
    expect(due(waitOverTimer, waits(at('09:00', '04')))).toBe(at('09:00', '04'));
    const { changes, told } = done(waitOverTimer, waits(at('09:00', '04')), at('09:00', '04'));
    expect(changes).toMatchObject([{ kind: 'clock-resumed', why: 'time', due: '2026-03-04T12:00:00+00:00' }]);
    expect(told).toEqual(['kim']);
  });

  it('has ended once they have written, or the case is closed', () => {
    const on = waits(at('09:00', '04'));
    for (const kind of ['clock-resumed', 'closed'])
      expect(due(waitOverTimer, { ...on, events: [...on.events, event(kind, at('12:00'))] })).toBeNull();
  });
});

describe('the second clock of severity 1 (POLICY §4.3)', () => {
  const critical = (more: Partial<WorkedCase> = {}) => workedCase({ severity: 1, ...more });

  it('asks for words to the customer every two hours', () => {
    expect(due(updatesTimer, critical())).toBe(at('11:00'));
    expect(due(updatesTimer, critical({ messages: [message('out', at('09:40'))] }))).toBe(at('11:40'));
    expect(
      due(updatesTimer, critical({ messages: [message('out', at('09:40'), true), message('note', at('09:50'))] })),
    ).toBe(at('11:00'));
    const asked = critical({ events: [event('update-owed', at('11:00'))] });
    expect(due(updatesTimer, asked, at('11:00'))).toBe(at('13:00'));
    expect(done(updatesTimer, critical({ owner: kim.email }), at('11:00')).told).toEqual(['kim']);
    expect(done(updatesTimer, { ...asked, owner: kim.email }, at('13:00')).told).toEqual(['kim', 'mia', 'dan']);
  });

  it('rests at another severity, and while a proposed solution stands', () => {
    expect(due(updatesTimer, workedCase({ severity: 2 }))).toBeNull();
    expect(due(updatesTimer, critical({ status: 'closed' }))).toBeNull();
    const solved = critical({ events: [event('solution-proposed', at('10:00'))] });
    expect(due(updatesTimer, solved)).toBeNull();
    const again = { ...solved, events: [...solved.events, event('solution-answered', at('12:00'))] };
    expect(due(updatesTimer, again)).toBe(at('14:00'));
  });

  it('has severity 2 proposed, once, where nobody was reached for four hours', () => {
    const { clock } = critical();
    const waits = critical({ clock: [...clock, { type: 'paused', at: at('10:00') }] });
    expect(due(unreachableTimer, critical())).toBeNull();
    expect(due(unreachableTimer, waits)).toBe(at('14:00'));
    expect(due(unreachableTimer, { ...waits, messages: [message('in', at('12:00'))] })).toBeNull();
    expect(due(unreachableTimer, { ...waits, events: [event('nobody-reached', at('14:00'))] })).toBeNull();
    expect(done(unreachableTimer, { ...waits, owner: kim.email }, at('14:00'))).toMatchObject({
      changes: [
        { kind: 'nobody-reached', since: at('10:00') },
        {
          kind: 'severity-proposed',
          from: 1,
          proposal: { to: 2, by: 'staff', why: 'unreachable', until: '2026-03-04T14:00:00+00:00' },
        },
      ],
      told: ['ada', 'kim'],
      why: ['', 'unreachable'],
    });
  });

  it('has it proposed beside no other proposal, which our people are told of all the same', () => {
    const { clock } = critical();
    const proposal = { to: 3, by: 'customer', until: at('09:00', '04') } as const;
    const waits = critical({ clock: [...clock, { type: 'paused', at: at('10:00') }], owner: kim.email, proposal });
    expect(done(unreachableTimer, waits, at('14:00'))).toMatchObject({
      changes: [{ kind: 'nobody-reached' }],
      told: ['kim'],
    });
    expect(done(unreachableTimer, waits, at('14:00')).changes).toHaveLength(1);
  });

  it('does not ask again after a no, but where nobody is reached once more, as long after', () => {
    const { clock } = critical();
    const first = [event('nobody-reached', at('14:00')), event('severity-proposed', at('14:00'), { by: 'staff' })];
    const no = { messages: [message('in', at('14:30'))], events: [...first, event('updated', at('14:30'))] };
    const paused = { type: 'paused', at: at('10:00') } as const;
    const resumed = { type: 'resumed', at: at('14:30') } as const;
    const on = critical({ ...no, clock: [...clock, paused, resumed] });
    expect(due(unreachableTimer, on, at('14:31'))).toBeNull();
    const again = critical({ ...no, clock: [...clock, paused, resumed, { type: 'paused', at: at('15:00') }] });
    expect(due(unreachableTimer, again, at('15:01'))).toBe(at('11:00', '03'));
  });
});

describe('rated anew (POLICY §4.6)', () => {
  const moved = (site: object, more: object = {}): WorkedCase => {
    const on = workedCase();
    return { ...on, of: { ...on.of, site: { ...on.of.site, ...site }, ...more } };
  };
  const rerated = (on: WorkedCase, now: string) => done(reRatingTimer, on, now).changes;

  it('at once where the site has moved or has other hours, with what was counted, and both deadlines', () => {
    const abroad = moved({ timezone: 'America/New_York' });
    expect(due(reRatingTimer, abroad, at('11:00'))).toBe(at('11:00'));
    expect(rerated(abroad, at('11:00'))).toMatchObject([
      { why: ['zone'], before: '2026-03-02T13:00:00+00:00', due: '2026-03-02T11:00:00-05:00' },
    ]);
    const short = moved({ businessHours: { days: [1, 2, 3, 4, 5], from: '09:00', to: '12:00' } });
    expect(rerated(short, at('11:00'))).toMatchObject([{ why: ['calendar'], due: '2026-03-03T10:00:00+00:00' }]);
  });

  it('shows no deadline where the clock stands', () => {
    const abroad = moved({ timezone: 'America/New_York' });
    const paused = { ...abroad, clock: [...abroad.clock, { type: 'paused', at: at('10:00') } as const] };
    expect(rerated(paused, at('11:00'))).toMatchObject([{ before: null, due: null }]);
  });

  it('on the day on which another plan begins, and not before', () => {
    const plans = [
      { kind: 'standard', from: '2026-01-01', to: '2026-12-31' },
      { kind: 'premier', from: '2026-03-04', to: '2026-12-31' },
    ];
    const on = moved({}, { plans });
    expect(due(reRatingTimer, on, at('11:00'))).toBe(at('00:00', '04'));
    expect(rerated(on, at('00:00', '04'))).toMatchObject([{ why: ['plan', 'target'] }]);
  });

  it('not where the same hours are written another way, support has ended, it was answered, or only the targets of the policy are others', () => {
    const week = Object.fromEntries(['mon', 'tue', 'wed', 'thu', 'fri'].map((day) => [day, [['09:00', '17:00']]]));
    const none = (on: WorkedCase, more: Partial<Given['policy']> = {}) =>
      expect(due(reRatingTimer, on, at('11:00'), more)).not.toBe(at('11:00'));
    none(workedCase());
    none(moved({ businessHours: week }));
    none(moved({ timezone: 'America/New_York' }, { plans: [], licences: [] }));
    none({ ...moved({ timezone: 'America/New_York' }), answeredAt: at('10:00') });
    const { response } = givenAt(opened).policy;
    none(workedCase(), { response: { ...response, standard: { ...response.standard, 3: { minutes: 600 } } } });
  });
});

describe('of before the events of a clock said what it runs by (POLICY §11.6)', () => {
  const old = (more: Partial<WorkedCase> = {}) =>
    workedCase({ silentUntil: at('15:00'), clock: [], events: [event('clock-started', opened)], ...more });

  it('it is given that at once, from when it started, and told to nobody', () => {
    expect(due(reRatingTimer, old(), at('15:00'))).toBe(at('15:00'));
    expect(done(reRatingTimer, old(), at('15:00'))).toMatchObject({
      changes: [{ kind: 'clock-rated', startedAt: opened, due: '2026-03-02T13:00:00+00:00', rating: { severity: 3 } }],
      told: [],
    });
    const licensing = done(reRatingTimer, old({ kind: 'licensing' }), at('15:00'));
    expect(licensing.changes).toMatchObject([{ due: '2026-03-03T09:00:00+00:00' }]);
  });

  it('what it has waited since is kept, though it stands before that', () => {
    const paused = [
      { type: 'paused', at: at('10:00') },
      { type: 'resumed', at: at('11:00') },
    ] as const;
    expect(done(reRatingTimer, old({ clock: paused }), at('15:00')).changes).toMatchObject([
      { due: '2026-03-02T14:00:00+00:00' },
    ]);
    expect(done(reRatingTimer, old({ clock: paused.slice(0, 1) }), at('15:00')).changes).toMatchObject([{ due: null }]);
  });

  it('one that was closed as the timers began starts anew as it is reopened', () => {
    const reopened = old({
      silentUntil: null,
      clock: [
        { type: 'stopped', at: at('12:00') },
        { type: 'resumed', at: at('14:00') },
      ],
      events: [event('clock-started', opened), event('closed', at('12:00')), event('reopened', at('14:00'))],
    });
    expect(due(reRatingTimer, reopened, at('14:00'))).toBe(at('14:00'));
    const { changes, told } = done(reRatingTimer, reopened, at('14:00'));
    expect(changes).toMatchObject([
      { kind: 'clock-rated', startedAt: at('14:00'), due: '2026-03-03T10:00:00+00:00', rating: { severity: 3 } },
    ]);
    expect(told).toEqual([]);
  });

  it('not where it was answered, is closed, has it, or was not taken over', () => {
    for (const more of [{ answeredAt: at('10:00') }, { status: 'closed' }, { silentUntil: null }] as const)
      expect(due(reRatingTimer, old(more), at('15:00'))).not.toBe(at('15:00'));
    expect(due(reRatingTimer, old({ clock: workedCase().clock }), at('15:00'))).not.toBe(at('15:00'));
  });
});

describe('the looks at a case', () => {
  const looked = (on: WorkedCase, now: string) => {
    const judged = caseTimersAct([waitOverTimer, breachTimer]).judge(
      { case: on.number },
      { cases: [], letters: [], worked: [on] },
      givenAt(now, people),
    );
    if (judged.kind === 'refused') throw new Error(judged.says);
    return judged;
  };

  it('ring for nobody about what lay behind as its timers began (§11.6), and say so in its events', () => {
    const behind = looked(workedCase({ silentUntil: at('15:00') }), at('15:00'));
    expect(behind.changes).toMatchObject([{ kind: 'clock-breached' }, { kind: 'timer-set' }]);
    expect(behind.letters).toEqual([]);
    expect(looked(workedCase({ silentUntil: at('12:00') }), at('15:00')).letters.length).toBe(2);
  });

  it('put the deadline right that a case has on record', () => {
    const set = (on: WorkedCase) => looked(on, at('10:00')).changes.at(-1);
    expect(set(workedCase())).toMatchObject({ kind: 'timer-set', due: '2026-03-02T13:00:00+00:00' });
    expect(set(workedCase({ due: at('13:00') }))).not.toHaveProperty('due');
    expect(set(workedCase({ status: 'closed' }))).not.toHaveProperty('due');
  });
});
