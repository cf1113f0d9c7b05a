/** POLICY §8.11: a register of somebody who is not on record, from the clock that hands it over to what client care makes of it. */
import { describe, expect, it } from 'vitest';
import type { RequestStep } from '../../../src/access/request.ts';
import { decideRequest } from '../../../src/acts/access/decide-request.ts';
import type { AccessRecord } from '../../../src/acts/access/records.ts';
import { runAccessRequest } from '../../../src/acts/access/run-access-request.ts';
import { undoDecision } from '../../../src/acts/access/undo-decision.ts';
import type { Judged } from '../../../src/acts/act.ts';
import { contactId, mailId, siteId, siteNumber } from '../../../src/foundation/ids.ts';
import type { Contact, Licence, Role } from '../../../src/registry/site.ts';
import { asking, givenFor } from '../../support/worked-case.ts';

const at = '2026-03-02T10:00:00Z';
const clock = givenFor({ kind: 'clock' }, { now: '2026-03-02T10:00:20Z' });
const cara = givenFor(asking('kim@desk.example'), { now: '2026-03-02T12:00:00Z' });

const person = (n: number, role: Role): Contact => ({
  ...{ id: contactId(`${n}`), siteId: siteId('1'), name: `P${n}`, email: `p${n}@corbel.example` },
  ...{ aliases: [], types: [], role },
});
const licence: Licence = {
  ...{ number: 'U-2001', product: 'Vault', kind: 'user', quantity: 5, from: '2026-01-01', to: null },
  registeredOn: null,
};
const site = {
  ...{ id: siteId('1'), number: siteNumber('4000345'), name: 'Corbel Sons', country: 'GB' },
  ...{ timezone: 'Europe/London', language: 'en' },
} as const;
const asked: RequestStep = { kind: 'asked', registers: true, at, by: 'mail:9' };
const handed: RequestStep = { kind: 'handed-over', why: 'registration', at, by: 'clock' };

const request = (more: Partial<AccessRecord> = {}): AccessRecord => ({
  ...{ id: '17', versionNo: 3, address: 'lou@corbel.example', language: 'en', mail: mailId('9'), careRuns: false },
  said: {
    ...{ site: null, country: null, name: 'Lou Corbel', role: null, justification: null, phone: null },
    licence: 'u-2001',
  },
  ...{ steps: [asked], site, people: [], peopleVersion: 0 },
  registers: { pin: '777', licences: [licence] },
  ...more,
});
const records = (accessRequest: AccessRecord) => ({ cases: [], letters: [], accessRequest });
const run = (on: AccessRecord) => runAccessRequest.judge({ request: '17' }, records(on), clock);
const decide = (on: AccessRecord, more: object) =>
  decideRequest.judge({ request: '17', decision: 'grant', ...more } as never, records(on), cara);
const kinds = (judged: Judged) => (judged.kind === 'done' ? judged.changes.map(({ kind }) => kind) : judged.says);
const withCare = (more: Partial<AccessRecord> = {}) => request({ steps: [asked, handed], careRuns: true, ...more });

describe('§8.11 a register of somebody who is not on record', () => {
  it.each([
    ['registration', {}, 'Corbel Sons', 0],
    ['site-has-people', { people: [person(1, 'licence user')] }, 'Corbel Sons', 0],
    ['no-such-licence', { site: null, registers: null }, null, 1],
  ] as const)('goes to client care, by its clock: %s', (why, more, siteName, wrong) => {
    const judged = run(request(more));
    expect(kinds(judged)).toEqual(['request-stepped', 'care-clock-started', 'pin-tried']);
    expect(judged).toMatchObject({
      changes: [
        { steps: [{ kind: 'handed-over', why }], timerAt: null },
        { mail: '9', due: '2026-03-03T10:00:20+00:00' },
        { tried: 1, wrong },
      ],
      letters: expect.arrayContaining([
        expect.objectContaining({
          template: 'access-with-care',
          audience: 'staff',
          values: expect.objectContaining({
            why,
            siteName,
            licence: expect.objectContaining({ number: expect.stringMatching(/^u-2001$/i) }),
          }),
        }),
      ]),
    });
    // Nobody of the site is asked, and the asker hears nothing of it.
    if (judged.kind === 'done')
      expect(new Set(judged.letters.map(({ audience }) => audience))).toEqual(new Set(['staff']));
  });

  it('makes the first person its primary, registers the licence and welcomes them, at once', () => {
    const judged = decide(withCare(), {});
    expect(kinds(judged)).toEqual(['request-stepped', 'contact-added', 'licence-registered', 'care-clock-stopped']);
    expect(judged).toMatchObject({
      changes: [
        { steps: [{ kind: 'granted', role: 'primary', by: 'kim@desk.example' }, { kind: 'asker-told' }] },
        { role: 'primary', name: 'Lou Corbel', address: 'lou@corbel.example', peopleVersion: 0 },
        { site: '4000345', licence: 'U-2001', on: '2026-03-02' },
        { mail: '9' },
      ],
      letters: [{ template: 'site-welcome', to: 'lou@corbel.example', values: { pin: '777', site: '4000345' } }],
    });
  });

  it.each(['verified', 'unverified', 'failed', undefined] as const)(
    'tells that nobody has confirmed the address, and how its mail was graded: %s',
    (grade) => {
      const steps: RequestStep[] = [{ ...asked, ...(grade && { grade }) } as RequestStep];
      const said = { ...request().said, phone: '+44 20 7946 0000' };
      expect(run(request({ steps }))).toMatchObject({
        letters: expect.arrayContaining([
          expect.objectContaining({ values: expect.objectContaining({ grade: grade ?? 'unverified' }) }),
        ]),
      });
      const details = (more: object) => {
        const judged = decide(withCare({ steps: [...steps, handed], said }), more);
        const [, added] = judged.kind === 'done' ? judged.changes : [];
        return added?.kind === 'contact-added' ? added.details : null;
      };
      expect(details({})).toEqual(grade === 'verified' ? { phone: '+44 20 7946 0000' } : {});
      expect(details({ phone: '+44 20 7946 0009' })).toEqual({ phone: '+44 20 7946 0009' });
    },
  );

  it('makes whoever comes second an authorized user, or what client care says', () => {
    const on = withCare({ people: [person(1, 'primary')] });
    expect(decide(on, {})).toMatchObject({
      changes: [{}, { kind: 'contact-added', role: 'authorized user' }, { kind: 'licence-registered' }, {}],
      letters: [{ template: 'access-decided', values: { result: 'granted', registers: true } }],
    });
    expect(decide(on, { role: 'technical contact' })).toMatchObject({
      changes: [{}, { role: 'technical contact' }, {}, {}],
    });
  });

  it('changes nothing of who came on record meanwhile, and registers no licence twice', () => {
    const there: Contact = { ...person(1, 'primary'), email: 'lou@corbel.example' };
    expect(kinds(decide(withCare({ people: [there] }), {}))).toEqual([
      'request-stepped',
      'licence-registered',
      'care-clock-stopped',
    ]);
    const before = { pin: null, licences: [{ ...licence, registeredOn: '2026-02-01' }] };
    expect(kinds(decide(withCare({ registers: before }), {}))).not.toContain('licence-registered');
  });

  it.each([
    ['a role for the first', {}, { role: 'secondary' }, /is its primary: leave out the role/],
    ['an end for the first', {}, { until: '2027-01-01' }, /never without a primary/],
    ['a licence of nobody', { site: null, registers: null }, {}, /No licence has this number/],
    [
      'what is decided',
      { steps: [asked, handed, { kind: 'denied', reason: 1, words: '', atOnce: false, at, by: 'x' }] as const },
      {},
      /is decided/,
    ],
  ])('refuses %s, and says what to do', (_, more, given, says) => {
    expect(kinds(decide(withCare(more), given))).toMatch(says);
  });

  it('is for nobody of the site to decide', () => {
    const ada = person(1, 'primary');
    const by = { kind: 'contact', contact: ada.id, mail: mailId('12') } as const;
    const judged = decideRequest.judge({ request: '17', decision: 'grant' }, records(withCare({ people: [ada] })), {
      ...cara,
      by,
    });
    expect(judged).toMatchObject({ kind: 'refused', why: 'no-right' });
  });

  it('is denied without a word about the site, and what is let through is not taken back', () => {
    const denied = { kind: 'denied', reason: 3, words: '', atOnce: true, at, by: 'kim@desk.example' } as const;
    expect(kinds(decide(withCare(), { decision: 'deny', reason: 3 }))).toEqual([
      'request-stepped',
      'care-clock-stopped',
    ]);
    const told = run(withCare({ steps: [asked, handed, denied] }));
    expect(told).toMatchObject({
      letters: [{ template: 'access-decided', values: { result: 'denied', siteName: null, registers: true } }],
    });
    expect(JSON.stringify(told)).not.toContain('Corbel Sons');
    const undo = (steps: readonly RequestStep[]) =>
      undoDecision.judge({ request: '17' }, records(withCare({ steps })), cara);
    const { kind, ...grant } = { ...denied, role: 'primary', privileges: {}, justification: 'so', until: null };
    expect(undo([asked, handed, { kind: 'granted', ...grant }])).toMatchObject({
      kind: 'refused',
      says: expect.stringContaining('is not taken back'),
    });
    const late = { ...denied, at: '2026-03-02T11:30:00Z' };
    expect(kinds(undo([asked, handed, late, { kind: 'asker-told', at: late.at, by: 'clock' }]))).toEqual([
      'request-stepped',
      'care-clock-started',
    ]);
  });
});
