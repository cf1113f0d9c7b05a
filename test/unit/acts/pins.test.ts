import { describe, expect, it } from 'vitest';
import type { Records } from '../../../src/acts/act.ts';
import { issuePin } from '../../../src/acts/pins/issue-pin.ts';
import { issuePrivilegedPin } from '../../../src/acts/pins/issue-privileged-pin.ts';
import type { PrivilegedPinRecord, PrivilegedSubject } from '../../../src/acts/pins/records.ts';
import { revokePrivilegedPin } from '../../../src/acts/pins/revoke-privileged-pin.ts';
import { usePrivilegedPin } from '../../../src/acts/pins/use-privileged-pin.ts';
import { sentenceOf } from '../../../src/changes/change.ts';
import { caseNumber, contactId, siteNumber } from '../../../src/foundation/ids.ts';
import { roles } from '../../../src/registry/site.ts';
import { policy } from '../../support/world.ts';

const given = { by: { kind: 'api', staff: null }, now: '2026-03-02T10:00:00Z', desk: policy.desk, policy } as const;
const records = (more: Partial<Records>): Records => ({ cases: [], letters: [], ...more });

const at = { site: siteNumber('1000345'), siteName: 'Aldous Robotics', timezone: 'UTC', language: 'en' };
const on = { ...at, case: caseNumber('100042'), caseId: '7', contact: contactId('3') };
const pin = (more: Partial<PrivilegedPinRecord>): PrivilegedPinRecord => ({
  ...on,
  id: '5',
  state: 'good',
  contactName: 'Tess Turing',
  until: '2026-03-03T09:00:00Z',
  primary: 'ada@aldous.example',
  ...more,
});
const subject = (more: Partial<PrivilegedSubject> = {}): PrivilegedSubject => ({
  ...on,
  caseOpen: true,
  role: 'technical contact',
  address: 'tess@aldous.example',
  reachable: true,
  ...more,
});
const states = ['good', 'open', 'used', 'expired', 'revoked', 'no-right'] as const;

describe('a support PIN', () => {
  it('is issued for a site that is there, and which one it is stands in no preview', () => {
    const site = { id: '1', number: at.site, pin: '0345' };
    const judged = issuePin.judge({ site: '1000345' }, records({ site }), given);
    expect(judged).toMatchObject({ kind: 'done', changes: [{ kind: 'pin-issued', before: '0345', pin: null }] });
    const [change] = judged.kind === 'done' ? judged.changes : [];
    expect(change && sentenceOf(change)).toBe(
      'A new PIN is drawn for site 1000345; the one before, 0345, stays good for the days of grace.',
    );
    expect(issuePin.judge({ site: '1000345' }, records({ site: null }), given)).toMatchObject({ why: 'not-found' });
    expect(issuePin.input.safeParse({ site: '345' }).success).toBe(false);
  });
});

describe('a privileged PIN', () => {
  const asked = { site: '1000345', contact: 'tess@aldous.example', case: '100042' };
  const issue = (more: Partial<PrivilegedSubject>) =>
    issuePrivilegedPin.judge(asked, records({ privilegedSubject: subject(more) }), given);

  it('§1 is for a primary, a secondary or a technical contact, for an open case and an address that takes mail', () => {
    const may = roles.filter((role) => issue({ role }).kind === 'done');
    expect(may.toSorted()).toEqual(['primary', 'secondary', 'technical contact']);
    for (const no of [{ caseOpen: false }, { reachable: false }]) expect(issue(no)).toMatchObject({ why: 'conflict' });
    for (const no of [{ contact: null }, { case: null }]) expect(issue(no)).toMatchObject({ why: 'not-found' });
    expect(issuePrivilegedPin.judge(asked, records({ privilegedSubject: null }), given)).toMatchObject({
      why: 'not-found',
    });
  });
  it('§1 is good for 24 hours, and told in its letter to the address on record alone', () => {
    const judged = issue({});
    expect(judged).toMatchObject({
      changes: [{ kind: 'privileged-pin-issued', hours: 24, address: 'tess@aldous.example', hash: null, pin: null }],
      letters: [
        { template: 'privileged-pin', to: 'tess@aldous.example', values: { until: '2026-03-03T10:00:00.000Z' } },
      ],
    });
  });
  it('is used while it is good and never else; the primary is told, where there is one', () => {
    const use = (more: Partial<PrivilegedPinRecord>) =>
      usePrivilegedPin.judge({ pin: '5' }, records({ privilegedPin: pin(more) }), given);
    expect(states.filter((state) => use({ state }).kind === 'done')).toEqual(['good']);
    expect(use({})).toMatchObject({
      changes: [{ kind: 'privileged-pin-used', pin: '5' }],
      letters: [{ template: 'privileged-pin-used', to: 'ada@aldous.example' }],
    });
    expect(use({ primary: null })).toMatchObject({ letters: [] });
    expect(usePrivilegedPin.judge({ pin: '5' }, records({ privilegedPin: null }), given)).toMatchObject({
      why: 'not-found',
    });
  });
  it('is revoked before its use and after it, also of a person who has lost the right to it; not once it is over', () => {
    const revoke = (state: PrivilegedPinRecord['state']) =>
      revokePrivilegedPin.judge({ pin: '5' }, records({ privilegedPin: pin({ state }) }), given);
    expect(states.filter((state) => revoke(state).kind === 'done')).toEqual(['good', 'open', 'no-right']);
  });
});
