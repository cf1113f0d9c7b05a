import { describe, expect, it } from 'vitest';
import type { AnyAct, Given } from '../../../src/acts/act.ts';
import { caseStatus } from '../../../src/acts/cases/case-status.ts';
import { closeCase } from '../../../src/acts/cases/close-case.ts';
import { listCases } from '../../../src/acts/cases/list-cases.ts';
import type { CaseRecord } from '../../../src/acts/cases/records.ts';
import { reopenCase } from '../../../src/acts/cases/reopen-case.ts';
import { tellPin } from '../../../src/acts/pins/tell-pin.ts';
import { listLicences } from '../../../src/acts/registry/list-licences.ts';
import type { OwnCaseLine, OwnRecord, OwnStanding } from '../../../src/acts/self-service/records.ts';
import { tellHelp } from '../../../src/acts/self-service/tell-help.ts';
import type { By } from '../../../src/changes/by.ts';
import { auditOf, eventsOf, sentenceOf } from '../../../src/changes/change.ts';
import { caseNumber, contactId, mailId, siteId, siteNumber } from '../../../src/foundation/ids.ts';
import { type Role, roles } from '../../../src/registry/site.ts';
import { policy } from '../../support/world.ts';

const given = (by: By): Given => ({ by, now: '2026-03-02T10:00:00Z', desk: policy.desk, policy });
const staff = given({ kind: 'command', staff: 'kim@desk.example' });
const customer = given({ kind: 'contact', contact: contactId('3'), mail: mailId('7') });

const site = {
  id: siteId('1'),
  number: siteNumber('1000345'),
  name: 'Aldous Robotics',
  country: 'GB',
  timezone: 'UTC',
  language: 'de',
};
const line = (more: Partial<OwnCaseLine> = {}): OwnCaseLine => ({
  number: caseNumber('100042'),
  site: site.id,
  title: 'The vault is shut',
  status: 'open',
  severity: 3,
  kind: 'incident',
  openedAt: '2026-03-01T10:00:00Z',
  closedAt: null,
  due: null,
  contact: contactId('9'),
  participants: [],
  events: null,
  ...more,
});
const own = (role: Role, more: Partial<OwnRecord> = {}): OwnRecord => ({
  site,
  plans: [],
  licences: [],
  contact: {
    id: contactId('3'),
    siteId: site.id,
    name: 'Tess Turing',
    email: 'tess@aldous.example',
    aliases: [],
    role,
    types: [],
  },
  address: 'tess@aldous.example',
  pin: '345',
  cases: [line()],
  commands: [{ name: 'HELP', word: 'HILFE' }],
  several: false,
  ...more,
});
const on = (more: Partial<CaseRecord> = {}): CaseRecord => ({
  id: '7',
  number: caseNumber('100042'),
  title: 'The vault is shut',
  status: 'closed',
  versionNo: 4,
  ...more,
});
const judge = (act: AnyAct, input: object, by: Given, record: CaseRecord, asker?: OwnRecord) =>
  act.judge({ case: '100042', ...input }, { cases: [record], letters: [], ...(asker && { own: asker }) }, by);

describe('§6.2 reopening a case', () => {
  it('needs a reason of our own people, which stands in audit and event, and tells nobody', () => {
    expect(judge(reopenCase, {}, staff, on())).toMatchObject({ kind: 'refused', why: 'bad-input' });
    const judged = judge(reopenCase, { reason: 'It is broken again' }, staff, on());
    expect(judged).toMatchObject({ kind: 'done', letters: [] });
    const [change] = judged.kind === 'done' ? judged.changes : [];
    if (!change) throw new Error('nothing is reopened');
    expect(sentenceOf(change)).toBe('Case 100042 is reopened: It is broken again');
    expect(auditOf(change)).toMatchObject({ action: 'case-reopened', detail: { reason: 'It is broken again' } });
    expect(eventsOf(change)).toMatchObject([
      { kind: 'reopened', detail: { by: 'command', reason: 'It is broken again' } },
    ]);
  });
  it('is no business of a case that is open, and none that is not there', () => {
    const asked = { reason: 'x' };
    expect(judge(reopenCase, asked, staff, on({ status: 'open' }))).toMatchObject({ why: 'conflict' });
    expect(judge(reopenCase, { ...asked, case: '7' }, staff, on())).toMatchObject({ why: 'not-found' });
  });
  it('§6.3 a customer does three times a day, without a reason, and is told in their language', () => {
    const times = [0, 1, 2, 3].map((reopensToday) =>
      judge(reopenCase, {}, customer, on(), own('authorized user', { answers: { participants: [], reopensToday } })),
    );
    expect(times.map((one) => one.kind)).toEqual(['done', 'done', 'done', 'refused']);
    expect(times[3]).toMatchObject({ told: 'reopened-often' });
    expect(times[0]).toMatchObject({
      changes: [{ kind: 'case-reopened', versionNo: 4 }],
      letters: [
        { template: 'command-changed', to: 'tess@aldous.example', language: 'de', values: { now: 'reopened' } },
      ],
    });
  });
});

describe('§6.1 closing a case', () => {
  it('that is closed already is a conflict to our own people, and told to a customer', () => {
    expect(judge(closeCase, {}, staff, on())).toMatchObject({ kind: 'refused', why: 'conflict' });
    expect(judge(closeCase, {}, customer, on(), own('primary'))).toMatchObject({
      changes: [],
      letters: [{ values: { now: 'was-closed' } }],
    });
  });
  it('a licence user does only where they take part, and so with reopening', () => {
    for (const [act, status] of [
      [closeCase, 'open'],
      [reopenCase, 'closed'],
    ] as const) {
      const others = judge(act, {}, customer, on({ status }), own('licence user'));
      expect(others).toMatchObject({ kind: 'refused', told: 'no-right' });
      const answers = { participants: ['tess@aldous.example'], reopensToday: 0 };
      expect(judge(act, {}, customer, on({ status }), own('licence user', { answers })).kind).toBe('done');
    }
  });
});

describe('§7 what is told', () => {
  const asked = { site: '1000345', contact: 'tess@aldous.example', case: '100042' };
  const tell = (act: AnyAct, by: Given, asker: OwnRecord | null) =>
    act.judge(asked, { cases: [], letters: [], own: asker }, by);

  it('is told to the roles that may ask for it, and to no other for them either', () => {
    const may = (act: AnyAct) => roles.filter((role) => tell(act, staff, own(role)).kind === 'done');
    expect(may(tellPin)).toEqual(roles.filter((role) => role !== 'provisional caller'));
    expect(may(listLicences)).toEqual(['primary', 'secondary', 'technical contact', 'licence user']);
    expect(may(listCases)).toEqual(roles);
    expect(may(tellHelp)).toEqual(roles);
    // A case of somebody else's.
    expect(may(caseStatus)).toEqual(['primary', 'secondary', 'technical contact', 'authorized user']);
    expect(tell(listLicences, staff, own('authorized user'))).toMatchObject({
      why: 'no-right',
      says: 'The role of tess@aldous.example (authorized user) does not include LICENCES.',
    });
    expect(tell(listLicences, customer, own('authorized user'))).toMatchObject({
      says: 'The role of the sender (authorized user) does not include LICENCES.',
    });
  });
  it('goes in one letter to the address on record, in the language of the site, and changes nothing', () => {
    for (const act of [tellPin, listCases, caseStatus, listLicences, tellHelp]) {
      const judged = tell(act, staff, own('primary', { address: 't.turing@aldous.example' }));
      expect(judged).toMatchObject({ changes: [], letters: [{ to: 't.turing@aldous.example', language: 'de' }] });
      expect(judged.kind === 'done' && judged.letters.map((one) => one.template)).toEqual(act.gives.letters);
      expect(tell(act, staff, null)).toMatchObject({ why: 'not-found' });
    }
  });
  const standing = (more: Partial<OwnStanding>): OwnStanding => ({
    ...{ proposedAt: null, waits: null, proposal: null, reference: null },
    ...{ planned: null, resolvedIn: null, mergedInto: null, ...more },
  });
  const waits = { since: '2026-03-01T12:00:00Z', until: null };
  const status = (more: Partial<OwnCaseLine>, others: readonly OwnCaseLine[] = [], role: Role = 'primary') => {
    const judged = tell(caseStatus, customer, own(role, { cases: [line(more), ...others] }));
    const [letter] = judged.kind === 'done' ? judged.letters : [];
    if (letter?.template !== 'command-status') throw new Error('another letter');
    return letter;
  };

  it('says what a case waits for: a word on the solution, which the letter asks for, a severity, an answer', () => {
    const solution = status({ stands: standing({ proposedAt: waits.since, waits }) });
    expect(solution).toMatchObject({
      asks: { kind: 'solved', case: '100042', yesCounts: false },
      values: { waitsFor: 'solution', proposedAt: waits.since, mayAnswer: true },
    });
    const proposal = { to: 2, by: 'staff', until: '2026-03-04T10:00:00Z' } as const;
    expect(status({ stands: standing({ proposal, waits }) })).toMatchObject({
      asks: null,
      values: { waitsFor: 'severity', proposal, waits },
    });
    expect(status({ stands: standing({ waits }) }).values).toMatchObject({ waitsFor: 'answer', waits });
    const theirs = { ...proposal, by: 'customer' } as const;
    expect(status({ stands: standing({ proposal: theirs }) }).values).toMatchObject({
      waitsFor: null,
      proposal: theirs,
    });
    const closed = status({ status: 'closed', stands: standing({ proposedAt: waits.since, waits, proposal }) });
    expect(closed.values).toMatchObject({ waitsFor: null, proposedAt: null, waits: null, proposal: null });
  });

  it('says how to answer to whoever may, and what is planned until it is resolved', () => {
    const may = (role: Role, more: Partial<OwnCaseLine> = {}) =>
      status({ kind: 'licensing', contact: contactId('3'), ...more }, [], role).values.mayAnswer;
    expect(may('authorized user')).toBe(true);
    expect(may('licence user')).toBe(false);
    expect(may('licence user', { participants: ['tess@aldous.example'] })).toBe(true);
    const planned = { reference: 'VLT-17', planned: '12.1' };
    expect(status({ stands: standing(planned) }).values).toMatchObject({ ...planned, resolvedIn: null });
    expect(status({ stands: standing({ ...planned, resolvedIn: '12.0' }) }).values).toMatchObject({
      ...{ reference: 'VLT-17', planned: null, resolvedIn: '12.0' },
    });
  });

  it('tells of a merged case how the one stands that goes on in its place, as far as they may see it', () => {
    const [first, last] = [caseNumber('100043'), caseNumber('100044')];
    const into = (mergedInto: OwnStanding['mergedInto']) => ({ stands: standing({ mergedInto }) });
    const others = [line({ number: first, status: 'closed', ...into(last) }), line({ number: last, ...into(null) })];
    expect(status({ status: 'closed', ...into(first) }, others)).toMatchObject({
      case: last,
      values: { number: last, asked: '100042', status: 'open', mergedInto: null },
    });
    const mine = { participants: ['tess@aldous.example'] };
    expect(status({ ...mine, status: 'closed', ...into(last) }, others, 'provisional caller')).toMatchObject({
      case: '100042',
      values: { number: '100042', asked: null, mergedInto: last },
    });
  });

  it('marks in the list what waits for the customer', () => {
    const cases = [
      line({ number: caseNumber('1'), stands: standing({}) }),
      line({ number: caseNumber('2'), stands: standing({ waits }) }),
    ];
    const judged = tell(listCases, customer, own('primary', { cases }));
    expect(judged).toMatchObject({ letters: [{ values: { cases: [{ waitsFor: null }, { waitsFor: 'answer' }] } }] });
  });

  it('holds the open cases that somebody may see: a provisional caller own ones, a licence user those about licences', () => {
    const cases = [
      line({ number: caseNumber('1') }),
      line({ number: caseNumber('2'), contact: contactId('3') }),
      line({ number: caseNumber('3'), participants: ['tess@aldous.example'] }),
      line({ number: caseNumber('4'), kind: 'licensing' }),
      line({ number: caseNumber('5'), status: 'closed', contact: contactId('3') }),
    ];
    const seen = (role: Role) => {
      const judged = tell(listCases, customer, own(role, { cases }));
      const [letter] = judged.kind === 'done' ? judged.letters : [];
      return letter?.template === 'command-cases' ? letter.values.cases.map((one) => one.number) : null;
    };
    expect([seen('authorized user'), seen('licence user'), seen('provisional caller')]).toEqual([
      ['1', '2', '3', '4'],
      ['2', '3', '4'],
      ['2', '3'],
    ]);
  });
});
