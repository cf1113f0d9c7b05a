/** POLICY §5.1 to §5.3: whose a case is, what is written on it, what it is known as. */
import { describe, expect, it } from 'vitest';
import type { AnyAct } from '../../../src/acts/act.ts';
import { endWait } from '../../../src/acts/cases/clock/end-wait.ts';
import { waitForCustomer } from '../../../src/acts/cases/clock/wait-for-customer.ts';
import type { WorkedCase } from '../../../src/acts/cases/records.ts';
import { assignCase } from '../../../src/acts/cases/working/assign-case.ts';
import { giveBackCase } from '../../../src/acts/cases/working/give-back-case.ts';
import { outOfScope } from '../../../src/acts/cases/working/out-of-scope.ts';
import { setKind } from '../../../src/acts/cases/working/set-kind.ts';
import { takeCase } from '../../../src/acts/cases/working/take-case.ts';
import { writeOnCase } from '../../../src/acts/cases/working/write-on-case.ts';
import type { By } from '../../../src/changes/by.ts';
import { sentenceOf } from '../../../src/changes/change.ts';
import { asking, givenFor, kim, lea, person, recordsOf, workedCase } from '../../support/worked-case.ts';

const judge = (act: AnyAct, input: object, on: WorkedCase = workedCase(), by: By = asking('kim@desk.example')) =>
  act.judge(act.input.parse({ case: on.number, ...input }), recordsOf(on), givenFor(by, { people: [...everybody] }));
const gus = person('Gus Oster', 'gus@desk.example', { absent: [{ from: '2026-05-01', to: '2026-05-20' }] });
const everybody = [...givenFor(asking(null)).desk.people, gus];
const says = (judged: ReturnType<typeof judge>) => (judged.kind === 'refused' ? judged.says : judged.changes);
const letters = (judged: ReturnType<typeof judge>) => (judged.kind === 'done' ? judged.letters : []);

describe('take-case', () => {
  it('gives a case that nobody has to whoever asks first, and tells the second who was faster', () => {
    expect(says(judge(takeCase, {}))).toMatchObject([{ kind: 'owner-set', from: null, to: kim.email, how: 'taken' }]);
    const on = workedCase({
      owner: lea.email,
      events: [{ kind: 'owner-set', at: '2026-05-11T09:10:00Z', mail: null, detail: {} }],
    });
    expect(says(judge(takeCase, {}, on))).toBe(
      'Lea Brandt was faster: case 100042 is theirs since 2026-05-11T09:10:00Z.',
    );
  });

  it.each([
    ['nobody named', asking(null), /^Say for whom/],
    ['somebody who is none of our people', asking('eve@elsewhere.example'), /none of our people/],
    ['a member of staff who does not work on cases', asking('rita@desk.example'), /renewal representative.*may not/],
    ['the same by mail', { kind: 'staff', staff: 'rita@desk.example', mail: '5' } as By, /may not/],
  ])('is refused to %s', (_, by, why) => {
    expect(says(judge(takeCase, {}, workedCase(), by))).toMatch(why);
  });

  it('is refused where the case is closed', () => {
    expect(says(judge(takeCase, {}, workedCase({ status: 'closed' })))).toMatch(/is closed/);
  });
});

describe('give-back-case', () => {
  it('lets whoever has a case give it back, to be offered again, and nobody else', () => {
    const mine = workedCase({ owner: kim.email });
    const judged = judge(giveBackCase, {}, mine);
    expect(says(judged)).toMatchObject([{ kind: 'owner-set', from: kim.email, to: null, how: 'given-back' }]);
    expect(letters(judged)).toEqual([]);
    expect(says(judge(giveBackCase, {}, workedCase({ owner: lea.email })))).toMatch(/is Lea Brandt's, who alone/);
    expect(says(judge(giveBackCase, {}, workedCase()))).toMatch(/is nobody's already/);
    expect(says(judge(giveBackCase, {}, workedCase({ owner: kim.email, status: 'closed' })))).toMatch(/is closed/);
  });
});

describe('end-wait', () => {
  const waits = (more: Partial<WorkedCase> = {}) =>
    workedCase({
      events: [{ kind: 'clock-paused', at: '2026-05-11T09:10:00Z', mail: null, detail: { until: null } }],
      ...more,
    });
  it('goes on before the customer has written, and says nothing of a clock where the answer was given', () => {
    expect(says(judge(endWait, {}, waits()))).toMatchObject([{ kind: 'clock-resumed', why: 'ours' }]);
    const answered = waits({ answeredAt: '2026-05-11T09:05:00Z' });
    expect(says(judge(endWait, {}, answered))).toMatchObject([{ kind: 'clock-resumed', due: null }]);
    const wait = judge(waitForCustomer, {}, workedCase({ answeredAt: '2026-05-11T09:05:00Z' }));
    expect(wait.kind === 'done' && wait.changes.map(sentenceOf)).toEqual(['Case 100042 waits for the customer.']);
  });
  it('is refused where the case does not wait', () => {
    expect(says(judge(endWait, {}))).toMatch(/does not wait/);
  });
});

describe('assign-case', () => {
  it.each(['lea', 'Lea Brandt', 'LEA@desk.example'])('finds whom "%s" means, and tells them', (to) => {
    const judged = judge(assignCase, { to }, workedCase({ owner: kim.email }), asking(null));
    expect(says(judged)).toMatchObject([{ from: kim.email, to: lea.email, how: 'assigned' }]);
    expect(letters(judged)).toMatchObject([
      { template: 'case-notice', to: lea.email, values: { why: 'assigned', owner: lea.email } },
    ]);
  });

  it.each([
    ['nobody', '"nobody" is none of our people.'],
    ['oster', '"oster" may be kim@desk.example, gus@desk.example: name one of the addresses.'],
    ['gus', 'Gus Oster is absent until 2026-05-20.'],
    ['rita', 'Rita Voss does not work on cases.'],
  ])('is refused for %s with the reason', (to, why) => {
    expect(says(judge(assignCase, { to }))).toBe(why);
  });
});

describe('write-on-case', () => {
  const participants = [
    { address: 'max@aldous.example', contact: '2' as never },
    { address: 'stranger@elsewhere.example', contact: null },
  ];
  const on = workedCase({ participants, owner: kim.email });

  it('writes to whoever asked and who takes part on record, in the thread, by the name of its writer', () => {
    const messages = [{ direction: 'in', messageId: '<a@aldous.example>' }] as unknown as WorkedCase['messages'];
    const judged = judge(writeOnCase, { text: 'Try it again.' }, { ...on, messages });
    expect(letters(judged)).toMatchObject(
      ['ada@aldous.example', 'max@aldous.example'].map((to) => ({
        template: 'case-message',
        to,
        values: { text: 'Try it again.', name: 'Kim Oster' },
        answers: { messageId: '<a@aldous.example>' },
        audience: 'contact',
      })),
    );
    expect(says(judged)).toMatchObject([
      { kind: 'message-written', direction: 'out', author: kim.email },
      { kind: 'clock-met' },
    ]);
  });

  it('makes whoever answers first the owner, as TAKE does, and changes the owner of no other', () => {
    const first = says(judge(writeOnCase, { text: 'Hello' }, workedCase())) as readonly object[];
    expect(first.at(-1)).toMatchObject({ kind: 'owner-set', to: kim.email });
    const answered = { ...on, answeredAt: '2026-05-11T09:30:00Z' };
    expect(says(judge(writeOnCase, { text: 'Hello' }, answered, asking(lea.email)))).toHaveLength(1);
  });

  it('never sends a note, not even on a closed case', () => {
    const judged = judge(writeOnCase, { text: 'They are cross.', note: true }, workedCase({ status: 'closed' }));
    expect(says(judged)).toMatchObject([{ direction: 'note', text: 'They are cross.' }]);
    expect(letters(judged)).toEqual([]);
  });

  it('encloses what is enclosed, by a harmless type and name', () => {
    const content = Buffer.from('hello').toString('base64');
    const attachments = [{ name: '../größe.html', type: 'message/rfc822', content }];
    const judged = judge(writeOnCase, { text: 'See there.', attachments }, on);
    expect(letters(judged)[0]?.attachments).toEqual([
      { filename: 'größe.html', type: 'application/octet-stream', bytes: Buffer.from('hello') },
    ]);
    expect(says(judged)).toMatchObject([{ attachments: [{ name: 'größe.html', size: 5 }] }, {}]);
  });

  it('is refused on a closed case, and with more than is taken', () => {
    expect(says(judge(writeOnCase, { text: 'Hello' }, workedCase({ status: 'closed' })))).toMatch(/is closed/);
    const attachments = [{ name: 'a', content: Buffer.alloc(11 * 2 ** 20).toString('base64') }];
    expect(says(judge(writeOnCase, { text: 'Hello', attachments }, on))).toMatch(/larger than 10 MB/);
  });
});

describe('set-kind', () => {
  it('gives a defect its id and priority, and tells the customer when a fix is planned and what resolves it', () => {
    const judged = judge(setKind, { kind: 'defect', id: 'VLT-9', priority: 2 });
    expect(says(judged)).toMatchObject([
      { kind: 'kind-set', to: { kind: 'defect', reference: 'VLT-9', priority: '2' } },
    ]);
    expect(letters(judged)).toEqual([]);
    const on = workedCase({ kind: 'defect', reference: 'VLT-9' });
    expect(letters(judge(setKind, { kind: 'defect', planned: '12.1' }, on))).toMatchObject([
      { template: 'case-progress', values: { why: 'planned', planned: '12.1', reference: 'VLT-9' } },
    ]);
    const planned = { ...on, planned: '12.1' };
    expect(letters(judge(setKind, { kind: 'defect', resolvedIn: 'Vault 12.1' }, planned))).toMatchObject([
      { values: { why: 'resolved', resolvedIn: 'Vault 12.1' } },
    ]);
  });

  it('closes a preview with its change request, and the customer hears that', () => {
    const judged = judge(setKind, { kind: 'preview', id: 'CR-7' }, workedCase({ kind: 'preview' }));
    expect(says(judged)).toMatchObject([
      { kind: 'kind-set', to: { kind: 'preview', reference: 'CR-7' } },
      { kind: 'case-closed', title: 'The vault does not open' },
    ]);
    expect(letters(judged)).toMatchObject([
      { template: 'case-progress', to: 'ada@aldous.example', values: { why: 'filed', reference: 'CR-7' } },
    ]);
    const defect = workedCase({ kind: 'defect', reference: 'CR-7' });
    expect(says(judge(setKind, { kind: 'preview', id: 'CR-7' }, defect))).toMatchObject([{}, { kind: 'case-closed' }]);
    expect(says(judge(setKind, { kind: 'preview' }))).toMatchObject([{ kind: 'kind-set' }]);
    expect(says(judge(setKind, { kind: 'preview', planned: '12.1' }))).toMatch(
      /a preview the id of its change request/,
    );
  });

  it.each(['limited', 'discontinued'] as const)('takes no request for an enhancement of a %s version', (stage) => {
    const on = workedCase({ version: '11.0', onRecord: { stage, preview: false } });
    expect(says(judge(setKind, { kind: 'enhancement' }, on))).toBe(
      `Version 11.0 of Vault is ${stage}: no enhancement requests are taken for it.`,
    );
    expect(says(judge(setKind, { kind: 'defect' }, on))).toMatchObject([{ kind: 'kind-set' }]);
    // What was one before that stays one.
    const before = workedCase({ kind: 'enhancement', onRecord: { stage, preview: false } });
    expect(says(judge(setKind, { kind: 'enhancement', id: 'R-7' }, before))).toMatchObject([{ kind: 'kind-set' }]);
  });

  it('lets licensing have what is theirs, and takes it off an engineer', () => {
    const judged = judge(setKind, { kind: 'licensing' }, workedCase({ owner: kim.email }));
    expect(says(judged)).toMatchObject([{ kind: 'kind-set' }, { kind: 'owner-set', from: kim.email, to: null }]);
  });

  it('is refused where it says nothing new, or what its kind cannot have', () => {
    expect(says(judge(setKind, { kind: 'incident' }))).toBe('Case 100042 is so already.');
    expect(says(judge(setKind, { kind: 'question', planned: '12.1' }))).toMatch(/has no id, priority or plan/);
  });
});

describe('out-of-scope', () => {
  it.each([
    ['customisation', 'customisation'],
    ['a virtual environment', 'virtual-environment'],
    ['third-party software', 'third-party'],
    ['It is the printer.', 'other'],
  ])('says by "%s" why the contract does not cover it', (why, reason) => {
    expect(letters(judge(outOfScope, { why }))).toMatchObject([
      { template: 'out-of-scope', to: 'ada@aldous.example', values: { why: reason, words: why, name: 'Kim Oster' } },
    ]);
  });
});
