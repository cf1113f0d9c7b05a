/** Whoever was erased hears of no decision, and comes back by none that is taken back (POLICY §8.5, §11.5). */
import { expect, it } from 'vitest';
import type { RequestStep } from '../../../src/access/request.ts';
import type { AccessRecord } from '../../../src/acts/access/records.ts';
import { runAccessRequest } from '../../../src/acts/access/run-access-request.ts';
import { undoDecision } from '../../../src/acts/access/undo-decision.ts';
import { erasePerson } from '../../../src/acts/contacts/erase-person.ts';
import type { By } from '../../../src/changes/by.ts';
import { contactId, mailId, siteId, siteNumber } from '../../../src/foundation/ids.ts';
import type { Contact } from '../../../src/registry/site.ts';
import { givenFor, policy } from '../../support/two-deciders.ts';

const ada: Contact = {
  ...{ id: contactId('1'), siteId: siteId('1'), name: 'Ada Byron', email: 'ada@aldous.example' },
  ...{ aliases: [], types: [], role: 'primary' },
};
const at = '2026-03-02T10:00:00Z';
const denied: readonly RequestStep[] = [
  { kind: 'asked', at, by: 'mail 1' },
  { kind: 'verified', at, by: 'mail 2' },
  { kind: 'deciders-asked', at, by: 'clock' },
  { kind: 'denied', at, by: 'contact 1', reason: 1, words: '', atOnce: true },
];
const told: RequestStep = { kind: 'asker-told', at, by: 'clock' };
const request = (address: string, steps: readonly RequestStep[]): AccessRecord => ({
  ...{ id: '17', versionNo: 3, address, language: 'en', mail: mailId('9'), careRuns: false },
  said: { site: '1000345', country: 'GB', name: null, role: null, justification: null, phone: null },
  site: {
    ...{ id: siteId('1'), number: siteNumber('1000345'), name: 'Aldous Robotics', country: 'GB' },
    ...{ timezone: 'Europe/London', language: 'en' },
  },
  ...{ steps, people: [ada], peopleVersion: 4 },
});
const records = (accessRequest: AccessRecord) => ({ cases: [], letters: [], accessRequest });
const given = (by: By) => givenFor(by, { now: '2026-03-02T10:05:00Z', policy });
const byAda: By = { kind: 'contact', contact: ada.id, mail: mailId('12') };
const [nora, erased] = ['nora@freelance.example', 'erased-7-1@erased.invalid'];

it('a request that was denied just now ends with the erasure, without a timer', () => {
  const erasure = {
    ...{ address: nora, addresses: [nora], wide: [nora], names: [], at: [], held: [], openCases: [], ours: false },
    ...{ mails: 0, letters: 0, mentions: 0, requests: [request(nora, denied)] },
  };
  const judged = erasePerson.judge(
    { address: nora },
    { cases: [], letters: [], erasure } as never,
    given({ kind: 'command', staff: null } as By),
  );
  expect(judged).toMatchObject({
    kind: 'done',
    changes: [{ kind: 'request-stepped', steps: [{ kind: 'erased' }], timerAt: null }, { kind: 'person-erased' }],
  });
});

it('nobody is told of a decision at an address that stands for them, and the clock looks no more', () => {
  expect(
    runAccessRequest.judge({ request: '17' }, records(request(erased, denied)), given({ kind: 'clock' })),
  ).toMatchObject({ kind: 'done', changes: [{ kind: 'request-timer-set', timerAt: null }], letters: [] });
});

it('a decision about them is not taken back, and puts nobody on record', () => {
  const undo = (address: string) =>
    undoDecision.judge({ request: '17' }, records(request(address, [...denied, told])), given(byAda));
  expect(undo(erased)).toMatchObject({ kind: 'refused', decider: 'over' });
  expect(undo(nora)).toMatchObject({ kind: 'done', changes: [{}, { kind: 'contact-added', address: nora }] });
});
