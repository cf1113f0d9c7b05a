/** POLICY §8.3, §8.6: what client care does with a request beside deciding: deciders are reminded, and what was said is set right. */
import { describe, expect, it } from 'vitest';
import { type RequestStep, stateOf } from '../../../src/access/request.ts';
import { correctRequest } from '../../../src/acts/access/by-hand/correct-request.ts';
import { remindDeciders } from '../../../src/acts/access/by-hand/remind-deciders.ts';
import type { AccessRecord } from '../../../src/acts/access/records.ts';
import { sentenceOf } from '../../../src/changes/change.ts';
import { contactId, siteId, siteNumber } from '../../../src/foundation/ids.ts';
import type { Contact, Role } from '../../../src/registry/site.ts';
import { givenFor } from '../../support/worked-case.ts';

const now = '2026-03-02T12:00:00Z';
const given = givenFor({ kind: 'console', staff: 'kim@desk.example' }, { now });
const person = (n: number, role: Role): Contact => ({
  ...{ id: contactId(`${n}`), siteId: siteId('1'), name: `P${n}`, email: `p${n}@aldous.example` },
  ...{ aliases: [], types: [], role },
});
const site = {
  ...{ id: siteId('1'), number: siteNumber('1000345'), name: 'Aldous Robotics', country: 'GB' },
  ...{ timezone: 'Europe/London', language: 'en' },
} as const;
const step = (kind: string, at = '2026-03-02T10:00:00Z', more: object = {}): RequestStep =>
  ({ kind, at, by: 'clock', ...more }) as RequestStep;
const said = {
  ...{ site: '1000345', country: 'GB', name: 'Nora Eck', role: null, justification: null, phone: null },
};
const request = (steps: readonly RequestStep[], more: Partial<AccessRecord> = {}): AccessRecord => ({
  ...{ id: '17', versionNo: 3, address: 'nora@freelance.example', language: 'en', mail: null, careRuns: false },
  ...{ said, steps: [step('asked'), step('verified'), ...steps], site, people: [person(1, 'primary')] },
  ...{ peopleVersion: 4, ...more },
});
const records = (accessRequest: AccessRecord, more: object = {}) => ({
  cases: [],
  letters: [],
  accessRequest,
  ...more,
});
const remind = (on: AccessRecord) => remindDeciders.judge({ request: '17' }, records(on), given);
const correct = (on: AccessRecord, asked: object, more: object = {}) =>
  correctRequest.judge({ request: '17', ...asked }, records(on, more), given);
const asked = step('deciders-asked');

describe('reminding by hand', () => {
  it('asks everybody who decides once more, and is a step like a reminder of the clock', () => {
    const on = request([asked]);
    const judged = remind(on);
    if (judged.kind !== 'done') throw new Error(judged.says);
    expect(judged.letters.map(({ template, to }) => [template, to])).toEqual([
      ['access-question', 'p1@aldous.example'],
    ]);
    expect(judged.letters[0]?.values).toMatchObject({ reminder: true, decides: true });
    const [change] = judged.changes;
    if (change?.kind !== 'request-stepped') throw new Error('no step');
    expect(stateOf([...on.steps, ...change.steps])).toBe('waiting');
    expect(change.steps.map(({ kind, by }) => [kind, by])).toEqual([['reminded', 'kim@desk.example']]);
  });
  it.each([
    ['within the hour', request([step('deciders-asked', '2026-03-02T11:30:00Z')]), 'They were asked 30 min ago'],
    ['before they were asked', request([]), 'about to be asked'],
    ['of a wrong number', request([asked], { site: null }), 'set it right first'],
    [
      'where nobody decides',
      request([asked], { people: [person(2, 'licence user')] }),
      'Nobody at site 1000345 decides',
    ],
    ['once it is decided', request([asked, step('denied', now, { reason: 1, words: '' })]), 'was decided before'],
    ['of a registration', request([], { said: { ...said, licence: 'U-1' } }), 'A registration is for client care'],
  ])('is refused %s', (_, on, says) => {
    expect(remind(on)).toMatchObject({ kind: 'refused', says: expect.stringContaining(says) });
  });
  it('is for a person who is named', () => {
    const nobody = givenFor({ kind: 'command', staff: null }, { now });
    expect(remindDeciders.judge({ request: '17' }, records(request([asked])), nobody)).toMatchObject({
      kind: 'refused',
    });
  });
  it('asks for the first time where client care has set the site right', () => {
    const on = request([
      step('handed-over', now, { why: 'wrong-number' }),
      step('corrected', now, { fields: ['site'] }),
    ]);
    const judged = remind(on);
    expect(judged.kind === 'done' && judged.letters[0]?.values).toMatchObject({ reminder: false });
    expect(judged.kind === 'done' && stateOf([...on.steps, step('reminded')])).toBe('with-client-care');
  });
});

describe('what was said, set right', () => {
  const wrong = request([step('handed-over', now, { why: 'wrong-number' })], {
    ...{ said: { ...said, site: '7654321' }, site: null, people: [] },
  });
  it('names the fields in the steps, and nothing of what they say', () => {
    const judged = correct(wrong, { site: '1000345', name: 'Nora Eck' }, { people: { site } });
    if (judged.kind !== 'done') throw new Error(judged.says);
    const [change] = judged.changes;
    if (change?.kind !== 'request-stepped') throw new Error('no step');
    expect(change.steps).toEqual([{ kind: 'corrected', fields: ['site'], at: now, by: 'kim@desk.example' }]);
    expect(change.said).toEqual({ site: '1000345' });
    expect(sentenceOf(change)).toBe('Request 17 of nora@freelance.example is set right: site 1000345.');
    expect(stateOf([...wrong.steps, ...change.steps])).toBe('with-client-care');
  });
  it.each([
    ['a site that nobody has', wrong, { site: '7777777' }, { people: null }, 'There is no site 7777777'],
    [
      'the site once its deciders have it',
      request([asked]),
      { site: '2000345' },
      {},
      'Those who decide at that site have it',
    ],
    ['what it says already', wrong, { name: 'Nora Eck' }, {}, 'It says so already'],
    ['a decided request', request([asked, step('denied', now, { reason: 1 })]), { name: 'N' }, {}, 'decided before'],
    [
      'the site of a registration',
      request([], { said: { ...said, licence: 'U-1' } }),
      { country: 'DE' },
      {},
      'that of its licence',
    ],
    [
      'the site once it was asked by hand',
      request([
        step('handed-over', now, { why: 'wrong-number' }),
        step('corrected', now, { fields: ['site'] }),
        step('reminded'),
      ]),
      { site: '2000345' },
      {},
      'Those who decide at that site have it',
    ],
  ])('is refused: %s', (_, on, fields, more, says) => {
    expect(correct(on, fields, more)).toMatchObject({ kind: 'refused', says: expect.stringContaining(says) });
  });
  it('may set right who asks while the deciders have it', () => {
    expect(correct(request([asked]), { phone: '+44 1', justification: 'Runs the printers' })).toMatchObject({
      changes: [{ said: { phone: '+44 1', justification: 'Runs the printers' } }],
    });
  });
});
