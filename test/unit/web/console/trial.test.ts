/** A policy that is tried, while it runs: who is offered to stop it. */
import { expect, it } from 'vitest';
import type { Trial } from '../../../../src/flows/policy/policy-pages.ts';
import { trialBody } from '../../../../src/web/console/policy/trial-page.ts';

const trial: Trial = {
  ...{ id: '7', state: 'running', startedAt: '2026-11-23T10:00:00Z', by: 'robin@desk.example' },
  ...{ decided: 9, asked: 9, compared: 3, differs: 0, unlike: 0, unread: 0, outcomes: [], severities: 0, deadlines: 0 },
  ...{ letters: { noMore: 0, new: 0, otherwise: 0 }, samples: [], yaml: '', changed: [] },
};
const shownTo = async (address: string, role: string, of = trial) => {
  const viewer = { address, name: 'x', roles: [role], zone: 'UTC', session: '1' };
  const c = { get: (name: string) => (name === 'viewer' ? viewer : 'token') };
  return `${await trialBody(c as never, of, 'postern.yaml')}`;
};

it.each([
  ['robin@desk.example', 'renewal representative', true],
  ['kim@desk.example', 'engineer', true],
  ['vic@desk.example', 'viewer', false],
])('%s, %s: %s', async (address, role, may) => {
  const shown = await shownTo(address, role);
  expect(shown.includes('action="/policy/tried/7/stop"')).toBe(may);
  expect(shown.includes('robin@desk.example has started it')).toBe(!may);
});

it('names letters as people do, and not by their templates', async () => {
  const sample = {
    ...{ mail: '1', from: 'ada@aldous.example', subject: 'Robot', arrivedAt: '2026-11-20T10:00:00Z' },
    ...{ outcome: { now: 'case-opened', tried: 'case-opened' }, severity: null, due: null },
    letters: { noMore: ['pin-needed'], new: ['staff-notice (case)', 'acknowledgement, waiting'] },
  };
  const shown = await shownTo('vic@desk.example', 'viewer', { ...trial, samples: [sample as never] });
  for (const says of [
    'no how to get the PIN',
    'notice to our people (case) goes out',
    'acknowledgement of a case, waiting',
  ])
    expect(shown).toContain(says);
});
