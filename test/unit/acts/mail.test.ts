import { describe, expect, it } from 'vitest';
import type { AnyAct, Records } from '../../../src/acts/act.ts';
import { answerMail } from '../../../src/acts/mail/answer-mail.ts';
import { blockSender, unblockSender } from '../../../src/acts/mail/block-sender.ts';
import { careDone } from '../../../src/acts/mail/care-done.ts';
import { expireHeld } from '../../../src/acts/mail/expire-held.ts';
import { holdAgain } from '../../../src/acts/mail/hold-again.ts';
import type { MailRecord, MailRecords, ReleaseRecord, Trial } from '../../../src/acts/mail/records.ts';
import { refuseMail } from '../../../src/acts/mail/refuse-mail.ts';
import { releaseMail } from '../../../src/acts/mail/release-mail.ts';
import { renewLapsed } from '../../../src/acts/mail/renew-lapsed.ts';
import { replayMail } from '../../../src/acts/mail/replay-mail.ts';
import type { By } from '../../../src/changes/by.ts';
import { caseNumber, mailId, siteId } from '../../../src/foundation/ids.ts';
import { policy } from '../../support/world.ts';

const now = '2026-03-03T10:00:00Z';
const by: By = { kind: 'api', staff: 'kim@desk.example' };
const judged = (act: AnyAct, input: unknown, records: MailRecords = {}) =>
  act.judge(input, { cases: [], letters: [], ...records } satisfies Records, { by, now, desk: policy.desk, policy });
const kinds = (act: AnyAct, input: unknown, records?: MailRecords) => {
  const done = judged(act, input, records);
  return done.kind === 'done' ? done.changes.map((change) => change.kind) : done.says;
};

const held: MailRecord = {
  id: mailId('7'),
  state: 'decided',
  outcome: 'held-unregistered',
  case: null,
  fence: '3',
  kept: true,
  from: 'nora@elsewhere.example',
  messageId: '<1@elsewhere.example>',
  references: [],
  language: null,
  careRuns: false,
  heldAs: null,
  settledBy: null,
};
const trial: Trial = {
  mail: mailId('7'),
  outcome: 'case-opened',
  reason: 'It names the site.',
  changes: [],
  letters: ['acknowledgement to the contact is sent'],
  opens: null,
};
const site = { id: siteId('5'), number: '1000345' };
const nora = { address: 'nora@elsewhere.example', name: 'Nora Quist' };
const registry = {
  products: [],
  sites: [
    {
      number: '1000345',
      name: 'Aldous Robotics',
      country: 'GB',
      timezone: 'Europe/London',
      language: 'en',
      contacts: [{ name: 'Ada Byron', email: 'ada@aldous.example', role: 'primary' as const }],
    },
  ],
};
const asked = { site: null, at: site, from: nora, onCase: null };
const released: ReleaseRecord = { ...asked, trial, registry, others: [], more: 0 };
const mail = { mail: '7' };
const notHeld = [
  ['there is none', [], 'there is no mail 7'],
  ['it is being decided', [{ ...held, state: 'new', outcome: null }], 'Mail 7 is being decided.'],
  [
    'it was decided',
    [{ ...held, outcome: 'case-opened', case: caseNumber('100042') }],
    'Mail 7 is not held: it was decided case-opened (case 100042).',
  ],
] as const;

describe('a held mail is', () => {
  it.each(notHeld)('neither released, refused nor answered where %s', (_, mails, says) => {
    for (const [act, input] of [
      [releaseMail, mail],
      [refuseMail, mail],
      [answerMail, { ...mail, text: 'Hello' }],
    ] as const)
      expect(judged(act, input, { mails, release: released })).toMatchObject({ kind: 'refused', says });
  });
  it('refused, with the questions that nobody waits for any more', () => {
    expect(kinds(refuseMail, mail, { mails: [held] })).toEqual(['mail-refused', 'questions-lapsed']);
  });
  it('refused with a reason, which stands in its decision', () => {
    const reason = (why?: string) => {
      const done = judged(refuseMail, { ...mail, ...(why !== undefined && { reason: why }) }, { mails: [held] });
      return done.kind === 'done' ? done.changes.flatMap((one) => ('reason' in one ? [one.reason] : [])) : [];
    };
    expect(reason(' An advertisement ')).toEqual(['A person has refused the mail: An advertisement']);
    expect(reason('  ')).toEqual(reason());
    expect(refuseMail.input.safeParse({ ...mail, reason: 'two\nlines' }).success).toBe(false);
  });
  it('told to be settled by whoever was faster', () => {
    const gone = { ...held, outcome: 'case-opened', case: caseNumber('100042') };
    const says = (actor: string, was = false) =>
      judged(refuseMail, mail, { mails: [{ ...gone, settledBy: { actor, refused: was } }] });
    expect(says('console for robin@desk.example')).toMatchObject({
      says: 'robin@desk.example was faster and has let it in. Mail 7 is not held: it was decided case-opened (case 100042).',
    });
    expect(says('api for robin@desk.example', true)).toMatchObject({ says: expect.stringMatching(/has refused it/) });
    expect(says('mail:12')).toMatchObject({ says: 'Mail 7 is not held: it was decided case-opened (case 100042).' });
  });
  it('answered, and stays held; the clock of client care stops where one runs', () => {
    const input = { ...mail, text: 'Hello' };
    expect(kinds(answerMail, input, { mails: [held] })).toEqual(['mail-answered']);
    expect(judged(answerMail, input, { mails: [held] })).toMatchObject({
      letters: [{ template: 'held-answer', to: held.from, values: { text: 'Hello', support: 'support@desk.example' } }],
    });
    const care = { ...held, outcome: 'care-recorded', careRuns: true };
    expect(kinds(answerMail, input, { mails: [care] })).toEqual(['mail-answered', 'care-clock-stopped']);
    expect(kinds(answerMail, input, { mails: [{ ...held, from: null }] })).toMatch(/names no single plain sender/);
    expect(judged(answerMail, { ...mail, text: ' \n' }, { mails: [held] })).toMatchObject({ why: 'bad-input' });
  });
  it('refused at the end of its time, spam without closing questions', () => {
    const due = [{ id: mailId('7'), was: 'held-unknown' as const, from: null, arrivedAt: now }];
    expect(kinds(expireHeld, { days: 90, spam: false }, { due })).toEqual(['mail-refused', 'questions-lapsed']);
    expect(kinds(expireHeld, { days: 14, spam: true }, { due })).toEqual(['mail-refused']);
    expect(judged(expireHeld, { days: 90, spam: false }, { due })).toMatchObject({
      letters: [{ template: 'staff-notice', to: 'kim@desk.example', matter: 'held-refused:2026-03-03' }],
    });
    expect(judged(expireHeld, { days: 14, spam: true }, { due })).toMatchObject({ letters: [] });
    expect(kinds(expireHeld, { days: 90, spam: false }, { due: [] })).toEqual([]);
  });
});

describe('a refusal is taken back', () => {
  const refusedMail: MailRecord = { ...held, outcome: 'refused', heldAs: 'held-unregistered' };
  it('and the mail is held as before, without a letter', () => {
    expect(judged(holdAgain, mail, { mails: [refusedMail] })).toEqual({
      kind: 'done',
      changes: [{ kind: 'mail-held-again', mail: '7', fence: '3', outcome: 'held-unregistered', at: now, by }],
      letters: [],
    });
  });
  it('of one that is held nothing changes', () => {
    expect(kinds(holdAgain, mail, { mails: [held] })).toEqual([]);
  });
  it.each([
    ['there is none', [], 'there is no mail 7'],
    [
      'it was never refused',
      [{ ...held, outcome: 'case-opened' }],
      'Mail 7 is not refused, so there is no refusal to take back.',
    ],
    ['its bytes are gone', [{ ...refusedMail, kept: false }], 'The bytes of mail 7 are not kept any more.'],
  ] as const)('not where %s', (_, mails, says) => {
    expect(judged(holdAgain, mail, { mails })).toMatchObject({ kind: 'refused', says });
  });
});

describe('a held mail is released', () => {
  const release = (more: Partial<ReleaseRecord>, input = {}, on: Partial<MailRecord> = {}) =>
    judged(releaseMail, { ...mail, ...input }, { mails: [{ ...held, ...on }], release: { ...released, ...more } });
  it('as if its sender had been let in, and the preview says what it becomes', () => {
    expect(release({ site })).toEqual({
      kind: 'done',
      changes: [
        {
          kind: 'mail-released',
          mail: '7',
          fence: '3',
          was: 'held-unregistered',
          admitted: { by: 'api for kim@desk.example', site: '5' },
          at: now,
          by,
        },
      ],
      letters: [],
      decisions: [trial],
    });
  });
  it('with the registration of its sender, whose other mails are decided as well', () => {
    const others = [{ ...trial, mail: mailId('8') }];
    const done = release({ others }, { register: { role: 'technical contact' } });
    expect(done).toMatchObject({
      changes: [
        { kind: 'mail-released' },
        { kind: 'sender-registered', siteNumber: '1000345', name: 'Nora Quist', role: 'technical contact' },
        { kind: 'mails-put-back', site: '5', address: nora.address, question: null, except: '7' },
      ],
      decisions: [trial, ...others],
    });
  });
  it('not with a registration that the registry would refuse, and the preview says so already', () => {
    expect(release({}, { register: { role: 'primary' } })).toMatchObject({
      kind: 'refused',
      why: 'bad-input',
      says: expect.stringMatching(/^site 1000345 has 2 primaries/),
    });
    const nobody = { registry: { products: [], sites: [] } };
    expect(release(nobody, { register: {} })).toMatchObject({ says: 'there is no site 1000345' });
  });
  it('onto the case it was held on, where its sender may write from now on', () => {
    const onCase = caseNumber('100042');
    expect(release({ onCase, trial: { ...trial, outcome: 'held-stranger-on-case' } })).toMatchObject({
      changes: [{ kind: 'mail-released' }, { kind: 'sender-admitted', case: '100042', address: nora.address }],
    });
  });
  it.each([
    ['its bytes are gone', {}, {}, { kept: false }, 'conflict', /not kept any more/],
    ['it could not be read', {}, {}, { outcome: 'held-unreadable' }, 'conflict', /look at its bytes/],
    [
      'it names no site',
      { trial: { ...trial, outcome: 'held-unknown' } },
      {},
      {},
      'conflict',
      /site number or the PIN/,
    ],
    ['nobody can be registered', { from: null }, { register: {} }, {}, 'conflict', /nobody to let in/],
    ['no site is there to register at', { at: null }, { register: {} }, {}, 'conflict', /names no site/],
    [
      'it would be held again',
      { trial: { ...trial, outcome: 'held-unregistered', reason: 'So it is.' } },
      {},
      {},
      'conflict',
      /held again: So it is/,
    ],
  ] as const)('not where %s', (_, more, input, on, why, says) => {
    expect(release(more, input, on)).toMatchObject({ kind: 'refused', why, says: expect.stringMatching(says) });
  });
  it('not for a site that does not go with the PIN', () => {
    const fault = 'no site has this PIN';
    expect(judged(releaseMail, mail, { mails: [held], release: { fault } })).toMatchObject({
      why: 'bad-input',
      says: fault,
    });
  });
});

describe('mail that was decided is decided again', () => {
  it('where something else would come of it', () => {
    expect(kinds(replayMail, mail, { mails: [held], replay: trial })).toEqual(['mail-replayed']);
    expect(kinds(replayMail, mail, { mails: [held], replay: { ...trial, outcome: 'held-unregistered' } })).toEqual([]);
    expect(kinds(replayMail, mail, { mails: [held], replay: null })).toEqual([]);
    expect(judged(replayMail, mail, { mails: [] })).toMatchObject({ kind: 'refused', why: 'not-found' });
  });
  it('by the contract of today, where it would be a case by that', () => {
    const admitted = { by: 'renewal', site: site.id, renewed: true } as const;
    const one = { mail: mailId('7'), fence: '3', admitted, trial };
    const found = [one, { ...one, mail: mailId('8'), trial: { ...trial, outcome: 'support-lapsed' } }];
    const done = judged(renewLapsed, { after: null }, { lapsed: { found, next: null } });
    expect(done).toMatchObject({ changes: [{ kind: 'mail-renewed', mail: '7', was: 'support-lapsed', admitted }] });
  });
});

it('the clock of client care is stopped once', () => {
  expect(kinds(careDone, mail, { mails: [{ ...held, careRuns: true }] })).toEqual(['care-clock-stopped']);
  expect(kinds(careDone, mail, { mails: [held] })).toBe('No answer of client care to mail 7 is waited for.');
  expect(kinds(careDone, mail, { mails: [] })).toBe('No answer of client care to mail 7 is waited for.');
});

it('a sender or a domain is blocked and let in again; what is so already stays so', () => {
  const [free, blocked] = [{ block: { stands: false } }, { block: { stands: true } }];
  const done = judged(blockSender, { sender: 'pest.example' }, free);
  expect(done).toMatchObject({ changes: [{ kind: 'sender-blocked', key: '@pest.example' }] });
  expect(kinds(blockSender, { sender: 'Pat+x@pest.example' }, blocked)).toEqual([]);
  expect(kinds(unblockSender, { sender: '@pest.example' }, blocked)).toEqual(['sender-unblocked']);
  expect(kinds(unblockSender, { sender: '@pest.example' }, free)).toEqual([]);
  expect(blockSender.input.safeParse({ sender: 'pest' }).success).toBe(false);
});
