/** Roles whose grant needs two who decide (`policy.access.twoDeciders`). */
import { describe, expect, it } from 'vitest';
import { type RequestStep, stateOf } from '../../../src/access/request.ts';
import { decideRequest } from '../../../src/acts/access/decide-request.ts';
import type { AccessRecord } from '../../../src/acts/access/records.ts';
import { runAccessRequest } from '../../../src/acts/access/run-access-request.ts';
import { undoDecision } from '../../../src/acts/access/undo-decision.ts';
import type { Judged } from '../../../src/acts/act.ts';
import { accessChanges } from '../../../src/changes/access.ts';
import type { By } from '../../../src/changes/by.ts';
import { contactId, mailId, siteId, siteNumber } from '../../../src/foundation/ids.ts';
import type { Contact, Role } from '../../../src/registry/site.ts';
import { asking, givenFor, policy } from '../../support/two-deciders.ts';

const person = (n: number, role: Role): Contact => ({
  ...{ id: contactId(`${n}`), siteId: siteId('1'), name: `P${n}`, email: `p${n}@aldous.example` },
  ...{ aliases: [], types: [], role },
});
const [ada, tom] = [person(1, 'primary'), person(2, 'technical contact')] as const;
const at = '2026-03-02T10:00:00Z';
const verified: readonly RequestStep[] = [
  { kind: 'asked', at, by: 'mail 1' },
  { kind: 'verify-sent', at, by: 'clock' },
  { kind: 'verified', at, by: 'mail 2' },
  { kind: 'deciders-asked', at, by: 'clock' },
];
const request = (steps: readonly RequestStep[], people: readonly Contact[] = [ada, tom]): AccessRecord => ({
  ...{ id: '17', versionNo: 3, address: 'nora@freelance.example', language: 'en', mail: mailId('9'), careRuns: false },
  said: {
    ...{
      site: '1000345',
      country: 'GB',
      name: 'Nora Eck',
      role: null,
      justification: 'Runs the printers',
      phone: null,
    },
  },
  site: {
    ...{ id: siteId('1'), number: siteNumber('1000345'), name: 'Aldous Robotics', country: 'GB' },
    ...{ timezone: 'Europe/London', language: 'en' },
  },
  ...{ steps, people, peopleVersion: 4 },
});
const by = (one: Contact): By => ({ kind: 'contact', contact: one.id, mail: mailId('12') });
const given = (who: By) => givenFor(who, { now: '2026-03-02T10:05:00Z', policy });
const records = (accessRequest: AccessRecord) => ({ cases: [], letters: [], accessRequest });
const grant = (who: By, on: AccessRecord, more: object = {}) =>
  decideRequest.judge({ request: '17', decision: 'grant', ...more } as never, records(on), given(who));
const stepsOf = (judged: Judged): readonly RequestStep[] =>
  judged.kind === 'done' ? judged.changes.flatMap((one) => (one.kind === 'request-stepped' ? [...one.steps] : [])) : [];
const kinds = (judged: Judged) => (judged.kind === 'done' ? judged.changes.map(({ kind }) => kind) : judged.says);

const user = { role: 'authorized user' };
const first = stepsOf(grant(by(ada), request(verified), { ...user, until: '2026-12-31' }));
const begun = [...verified, ...first];
/** By its place among the steps. */
const shown = { confirms: 4 };

describe('a grant of a role that needs two', () => {
  it('waits for the second, who confirms it with a word', () => {
    expect(first).toMatchObject([{ kind: 'first-granted', role: 'authorized user', by: 'contact 1' }]);
    expect(kinds(grant(by(ada), request(verified), user))).toEqual(['request-stepped']);
    expect(stateOf(begun)).toBe('waiting');
    const judged = grant(by(tom), request(begun), shown);
    expect(stepsOf(judged)).toMatchObject([{ kind: 'granted', until: '2026-12-31', by: 'contact 2' }]);
    expect(judged).toMatchObject({
      changes: [{}, { kind: 'contact-added', role: 'authorized user', until: '2026-12-31' }],
    });
  });

  it('of the same person twice is one, and is told so', () => {
    expect(grant(by(ada), request(begun), shown)).toMatchObject({ kind: 'refused', decider: 'first-waits' });
    expect(grant(by(ada), request(begun), { ...user, until: '2026-12-31' })).toMatchObject({ decider: 'first-waits' });
  });

  it('with other terms is the first anew', () => {
    const other = grant(by(tom), request(begun), { ...user, until: '2026-11-30' });
    expect(stepsOf(other)).toMatchObject([{ kind: 'first-granted', until: '2026-11-30', by: 'contact 2' }]);
    const next = request([...begun, ...stepsOf(other)]);
    expect(stepsOf(grant(by(ada), next, { confirms: 5 }))).toMatchObject([{ kind: 'granted', until: '2026-11-30' }]);
  });

  it('is withdrawn by the first, and ended by a denial of anybody', () => {
    const undo = (who: By) => undoDecision.judge({ request: '17' }, records(request(begun)), given(who));
    expect(stepsOf(undo(by(ada)))).toMatchObject([{ kind: 'first-withdrawn' }]);
    expect(undo(by(tom))).toMatchObject({ kind: 'refused', decider: 'not-decided' });
    const gone = request([...begun, ...stepsOf(undo(by(ada)))]);
    expect(stepsOf(grant(by(tom), gone, user))).toMatchObject([{ kind: 'first-granted', until: null }]);
    for (const who of [ada, tom]) {
      const denied = decideRequest.judge(
        { request: '17', decision: 'deny', reason: 2 },
        records(request(begun)),
        given(by(who)),
      );
      expect(stepsOf(denied)).toMatchObject([{ kind: 'denied', reason: 2 }]);
    }
  });

  it('goes to the others at once, and to client care where there are none', () => {
    const run = (people: readonly Contact[]) =>
      runAccessRequest.judge({ request: '17' }, records(request(begun, people)), given({ kind: 'clock' }));
    expect(run([ada, tom])).toMatchObject({
      changes: [{ steps: [{ kind: 'second-asked' }] }],
      letters: [
        {
          ...{ template: 'access-question', to: 'p2@aldous.example', asks: { first: 4 } },
          values: { first: { who: 'P1', privileges: {}, until: '2026-12-31', reason: 'Runs the printers' } },
        },
      ],
    });
    const alone = run([ada]);
    expect(stepsOf(alone)).toMatchObject([{ kind: 'second-asked' }, { kind: 'handed-over', why: 'second-decider' }]);
    expect(kinds(alone)).toEqual(['request-stepped', 'care-clock-started']);
    const handed = request([...begun, ...stepsOf(alone)], [ada]);
    expect(stepsOf(grant(asking('kim@desk.example'), handed))).toMatchObject([
      { kind: 'granted', by: 'kim@desk.example' },
    ]);
  });

  it('of who decides no longer does not count', () => {
    const less = { ...ada, role: 'authorized user' as const };
    const third = person(3, 'primary');
    expect(stepsOf(grant(by(tom), request(begun, [third, tom, less]), user))).toMatchObject([
      { kind: 'first-granted' },
    ]);
  });

  it('is confirmed by a word only where it was shown', () => {
    for (const confirms of [undefined, null, 3]) {
      const alone = stepsOf(grant(by(tom), request(begun), confirms === undefined ? {} : { confirms }));
      expect(alone).toMatchObject([{ kind: 'first-granted', until: null, by: 'contact 2' }]);
    }
    // Another grant has come in its place meanwhile.
    const other = { kind: 'first-granted', ...user, privileges: {}, justification: 'x', atOnce: false, at } as const;
    const next = request([...begun, { ...other, until: '2027-01-31', by: 'kim@desk.example' }]);
    expect(stepsOf(grant(by(tom), next, shown))).toMatchObject([{ kind: 'first-granted', until: null }]);
  });

  it('keeps what the first has set right, and that the asker hears at once', () => {
    const corrects = { name: 'Nora Ekk', phone: '+44 20 7946 0000', now: true };
    const judged = grant(by(ada), request(verified), { ...user, ...corrects });
    const on = request([...verified, ...stepsOf(judged)]);
    expect(grant(by(tom), on, shown)).toMatchObject({
      changes: [
        { steps: [{ kind: 'granted', atOnce: true }] },
        { kind: 'contact-added', name: 'Nora Ekk', details: { phone: '+44 20 7946 0000' } },
      ],
    });
    expect(grant(by(tom), on, { ...shown, name: 'Nora E.', now: false })).toMatchObject({
      changes: [{ steps: [{ atOnce: false }] }, { name: 'Nora E.', details: { phone: '+44 20 7946 0000' } }],
    });
    // The audit outlives the person.
    const [change] = judged.kind === 'done' ? judged.changes : [];
    if (change?.kind !== 'request-stepped') throw new Error('no step');
    expect(JSON.stringify(accessChanges['request-stepped'].audit(change))).not.toMatch(/Ekk|7946/);
  });

  it('is of one person however their address is typed, and as whomever they write', () => {
    const kim = stepsOf(grant(asking('kim@desk.example'), request(verified), user));
    const cam: Contact = { ...person(4, 'primary'), aliases: ['kim@desk.example'] };
    const on = request([...verified, ...kim], [ada, cam]);
    expect(grant(asking('Kim@Desk.example'), on)).toMatchObject({ decider: 'first-waits' });
    expect(grant(by(cam), on, shown)).toMatchObject({ decider: 'first-waits' });
    const run = runAccessRequest.judge({ request: '17' }, records(on), given({ kind: 'clock' }));
    expect(run).toMatchObject({ letters: [{ to: 'p1@aldous.example' }] });
    expect(run.kind === 'done' && run.letters).toHaveLength(1);
    const undone = undoDecision.judge({ request: '17' }, records(on), given(by(cam)));
    expect(stepsOf(undone)).toMatchObject([{ kind: 'first-withdrawn' }]);
    expect(stepsOf(grant(by(ada), on, shown))).toMatchObject([{ kind: 'granted' }]);
  });

  it('is of a lesser role with a privilege that decides as well', () => {
    const lesser = { role: 'licence user', privileges: { 'manage access': 'update' } };
    const one = stepsOf(grant(by(ada), request(verified), lesser));
    expect(one).toMatchObject([{ kind: 'first-granted', privileges: lesser.privileges }]);
    expect(stepsOf(grant(by(tom), request([...verified, ...one]), shown))).toMatchObject([
      { kind: 'granted', role: 'licence user', privileges: lesser.privileges },
    ]);
  });

  it('needs one where the role is not chosen', () => {
    expect(stepsOf(grant(by(tom), request(begun), { role: 'licence user' }))).toMatchObject([{ kind: 'granted' }]);
  });
});
