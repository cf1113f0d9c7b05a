import { readdirSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { mailId } from '../../../src/foundation/ids.ts';
import { compare } from '../../../src/intake/compare.ts';
import { decide } from '../../../src/intake/decide.ts';
import { type HistoricalRecords, historicalFacts } from '../../../src/intake/historical-facts.ts';
import type { Policy } from '../../../src/intake/policy.ts';
import { clock, play, policy } from '../../support/world.ts';

const stories = readdirSync(new URL('../../fixtures/mail/', import.meta.url))
  .filter((name) => name.endsWith('.eml'))
  .map((name) => name.slice(0, -'.eml'.length));

const tried = async (story: string, changed: Partial<Policy>) => {
  const { mail, facts } = await play(story);
  return compare(decide(mail, facts, policy, clock), decide(mail, facts, { ...policy, ...changed }, clock));
};

describe('a changed policy, tried on a mail', () => {
  it('under the same policy no mail of the collection is decided otherwise', async () => {
    expect(stories.length).toBeGreaterThan(100);
    const { desk: _desk, publicHolidays: _holidays, ...numbers } = policy;
    const found = await Promise.all(stories.map((story) => tried(story, structuredClone(numbers))));
    expect(stories.filter((_, i) => found[i] !== null)).toEqual([]);
  }, 60_000);
  it('§2.5 longer grace opens what was refused: outcome, rule, severity, deadline and letters', async () => {
    const found = await tried('lapsed-customer', { graceDays: { 1: 3650, 2: 3650, 3: 3650, 4: 3650 } });
    expect(found).toMatchObject({
      outcome: { now: 'support-lapsed', tried: 'case-opened' },
      rule: { now: 'r15', tried: 'r14' },
      severity: { now: null },
      letters: { noMore: expect.arrayContaining(['support-lapsed']), new: expect.arrayContaining(['acknowledgement']) },
    });
    expect(found?.due?.tried).toMatch(/^2026-/);
  });
  it('§4 another target moves the deadline and nothing else', async () => {
    const target = { 1: { minutes: 1 }, 2: { minutes: 1 }, 3: { minutes: 1 }, 4: { minutes: 1 } };
    const found = await tried('pin-in-the-subject', {
      response: { standard: target, '24x7': target, premier: target },
    });
    expect(found).toMatchObject({ severity: null, letters: { noMore: [], new: [] }, says: ['acknowledgement'] });
    expect(found?.outcome.now).toBe(found?.outcome.tried);
    expect(found?.due?.now).not.toBe(found?.due?.tried);
  });
  it('a letter that is not sent any more is told with its fate', async () => {
    const found = await tried('pin-in-the-subject', { letters: { ...policy.letters, acknowledgementsPerHour: 0 } });
    expect(found?.letters).toEqual({
      noMore: ['acknowledgement'],
      new: expect.arrayContaining(['acknowledgement, not sent']),
    });
  });
});

const nothing: HistoricalRecords = {
  cases: [],
  letters: [],
  answered: [],
  codes: [],
  privileged: [],
  history: { toSender: [], saidBefore: [], strangersHour: 0, strangersDay: 0, toStaff: [] },
};

describe('facts as they were when a mail was decided', () => {
  const of = { id: mailId('5001'), usedBefore: false, duplicateOf: null, code: null };
  it('leaves out a later copy and keeps the earlier one', async () => {
    const { facts } = await play('pin-in-the-subject');
    const with_ = (mail: string) => ({ ...facts, earlier: { mail: mailId(mail), case: null } });
    expect(historicalFacts(with_('5002'), nothing, of).earlier).toBeNull();
    expect(historicalFacts(with_('4999'), nothing, of).earlier).toMatchObject({ mail: '4999' });
  });
  it('takes away a case that the mail has opened itself, wherever it is spoken of', async () => {
    const { facts } = await play('bottom-posted-reply');
    const [one] = facts.cases;
    if (!one) throw new Error('the story has a case');
    const row = {
      id: one.id,
      number: one.number,
      changedSince: false,
      closedThen: null,
      reopensToday: 0,
      severityThen: null,
      participants: [],
    };
    const spoken = { ...facts, answeredMails: [{ id: mailId('7'), state: 'decided', case: one.number }] };
    const own = historicalFacts(spoken, { ...nothing, cases: [{ ...row, known: false }] }, of);
    expect([own.cases, own.answeredMails[0]?.case]).toEqual([[], null]);
    const closed = { ...row, known: true, changedSince: true, closedThen: '2026-05-01T00:00:00Z' };
    expect(historicalFacts(spoken, { ...nothing, cases: [closed] }, of).cases[0]).toMatchObject({
      status: 'closed',
      closedAt: '2026-05-01T00:00:00Z',
    });
  });
});
