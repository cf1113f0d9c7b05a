/** POLICY §8.3: what a request comes to once its address is verified. */
import { describe, expect, it } from 'vitest';
import { runAccessRequest } from '../../../src/acts/access/run-access-request.ts';
import { contactId, siteId, siteNumber } from '../../../src/foundation/ids.ts';
import type { Contact, Role } from '../../../src/registry/site.ts';
import { givenFor } from '../../support/worked-case.ts';

const person = (n: number, role: Role): Contact => ({
  ...{ id: contactId(`${n}`), siteId: siteId('1'), name: `P${n}`, email: `p${n}@aldous.example` },
  ...{ aliases: [], types: [], role },
});
const at = '2026-03-02T10:00:00Z';
const given = givenFor({ kind: 'clock' }, { now: '2026-03-02T10:00:20Z' });

/** Asked and verified, at a site with a primary and so many provisional callers. */
function verified(callers: number) {
  const people = [
    person(1, 'primary'),
    ...Array.from({ length: callers }, (_, n) => person(n + 2, 'provisional caller')),
  ];
  const accessRequest = {
    ...{ id: '17', versionNo: 3, address: 'nora@freelance.example', language: 'en', mail: null, careRuns: false },
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
    steps: [
      { kind: 'asked', at, by: 'mail 1' },
      { kind: 'verify-sent', at, by: 'clock' },
      { kind: 'verified', at, by: 'mail 2' },
    ],
    site: {
      ...{ id: siteId('1'), number: siteNumber('1000345'), name: 'Aldous Robotics', country: 'GB' },
      ...{ timezone: 'Europe/London', language: 'en' },
    },
    ...{ people, peopleVersion: 4 },
  } as const;
  const judged = runAccessRequest.judge({ request: '17' }, { cases: [], letters: [], accessRequest }, given);
  if (judged.kind !== 'done') throw new Error(judged.says);
  return {
    added: judged.changes.flatMap((one) => (one.kind === 'contact-added' ? [one.role] : [])),
    letters: judged.letters.map(({ template }) => template),
  };
}

describe('§8.3 a verified request', () => {
  it('makes a provisional caller, up to five at a site', () => {
    for (const callers of [0, 4]) {
      const { added, letters } = verified(callers);
      expect(added).toEqual(['provisional caller']);
      expect(letters).toEqual(['access-caller', 'access-question']);
    }
  });
  it('goes to the deciders with no sixth caller', () => {
    expect(verified(5)).toEqual({ added: [], letters: ['access-question'] });
  });
});
