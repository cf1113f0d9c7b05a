import { beforeAll, describe, expect, it } from 'vitest';
import { caseNumber, letterId, mailId, siteId } from '../../../src/foundation/ids.ts';
import { isNewProblem } from '../../../src/intake/cases/new-problem.ts';
import { contextOf } from '../../../src/intake/context.ts';
import { decide } from '../../../src/intake/decide.ts';
import { type Decision, numberToCome, opened, withNumber } from '../../../src/intake/decision.ts';
import { type CaseFacts, type Facts, type MailAtHand, questionOf } from '../../../src/intake/facts.ts';
import { namedSite } from '../../../src/intake/pins/named-site.ts';
import type { MailFacts, ThreadHint } from '../../../src/mail/parsed-mail.ts';
import { answer, cases, clock, contacts, pins, play, policy, read } from '../../support/world.ts';

let usual: { mail: MailAtHand; facts: Facts };
let asked: { mail: MailAtHand; facts: Facts };
beforeAll(async () => {
  usual = await play('pin-in-the-subject');
  asked = await play('answer-with-the-missing-pin');
});

const decided = (facts: Partial<Facts>, mail: Partial<MailFacts> = {}, given = usual, by = policy) =>
  decide(
    { ...given.mail, facts: { ...given.mail.facts, ...mail } },
    { ...given.facts, earlier: null, ...facts },
    by,
    clock,
  );

const byTag = (number: string): ThreadHint => ({ by: 'case-tag', signed: false, letter: null, case: number });
const byLetter = (letter: string, number: string | null = null): ThreadHint => ({
  by: 'message-id',
  signed: true,
  letter,
  case: number,
});

describe('§3.r9 a receipt for a reply', () => {
  const receipts = async (story: string, replyReceipts: boolean) => {
    const { letters } = decided({}, {}, await play(story), { ...policy, replyReceipts });
    return letters.flatMap(({ template, values }) => (template === 'reply-received' ? [values] : []));
  };
  it.each(['reply-to-an-open-case', 'reply-after-ten-days'])('is none unless it is switched on: %s', async (story) => {
    expect(await receipts(story, false)).toEqual([]);
  });
  it('says that it is on the case, and where that is open again', async () => {
    expect(await receipts('reply-to-an-open-case', true)).toMatchObject([{ reopened: false }]);
    expect(await receipts('reply-after-ten-days', true)).toMatchObject([{ reopened: true }]);
  });
  it.each(['case-number-of-a-closed-case-with-thanks-only', 'reply-after-forty-days', 'out-of-office-in-german'])(
    'is none where nothing or another letter answers: %s',
    async (story) => {
      expect(await receipts(story, true)).toEqual([]);
    },
  );
});

describe('a mail of a contact who may only follow cases', () => {
  it.each([
    ['follower-reports-a-problem', 'case-opened'],
    ['follower-answers-a-case', 'case-updated'],
    // Whatever is released for a site without a thread is a case of its own there.
    ['follower-answers-by-a-bare-number', 'case-opened'],
    ['follower-writes-to-licensing', 'case-opened'],
  ])('goes on once a person has released it: %s', async (name, outcome) => {
    const { mail, facts } = await play(name);
    const released = { ...mail, admitted: { by: 'kim@desk.example', site: siteId('1') } };
    expect(decide(released, facts, policy, clock).outcome).toBe(outcome);
  });
});

describe('which site a mail names', () => {
  const facts = {
    pins,
    licences: [
      { number: 'U-1001', site: siteId('1') },
      { number: 'S-1001', site: siteId('1') },
      { number: 'U-2001', site: siteId('2') },
    ],
  };
  const at = '2026-05-13T09:30:00Z';
  const retired338 = { kind: 'retired', pin: '338', site: '1', replacedAt: '2026-03-01T12:00:00Z' };
  it.each([
    ['one active PIN', ['345'], [], { kind: 'site', site: '1', by: 'pin', pin: '345' }],
    ['a PIN in its 7 days of grace', ['340'], [], { kind: 'site', site: '1', by: 'pin', pin: '340' }],
    ['a retired PIN', ['338'], [], { ...retired338 }],
    ['a PIN nobody has', ['99912'], [], { kind: 'unknown', pin: '99912' }],
    ['two PINs', ['345', '512'], [], { kind: 'several' }],
    ['two PINs of one site', ['345', '340'], [], { kind: 'several' }],
    ['a good PIN and a privileged one', ['p7KQ2M9XWY', '345'], [], { kind: 'site', site: '1', by: 'pin', pin: '345' }],
    ['a privileged PIN alone', ['p7KQ2M9XWY'], [], { kind: 'none' }],
    ['a licence number', [], ['U-1001'], { kind: 'site', site: '1', by: 'licence', pin: null }],
    [
      'two licence numbers of one site',
      [],
      ['U-1001', 'S-1001'],
      { kind: 'site', site: '1', by: 'licence', pin: null },
    ],
    ['licence numbers of two sites', [], ['U-1001', 'U-2001'], { kind: 'several' }],
    [
      'a licence number on record and one that is not',
      [],
      ['X-9', 'U-2001'],
      { kind: 'site', site: '2', by: 'licence', pin: null },
    ],
    ['a retired PIN and a good licence number', ['338'], ['U-1001'], { ...retired338 }],
    ['nothing', [], [], { kind: 'none' }],
  ])('%s', (_, given, licences, expected) => {
    const mail = { ...usual.mail.facts, subject: '', newText: '', pins: given, licenceNumbers: licences };
    const nobody = { own: [], onlyOwn: false, asked: false };
    expect(namedSite({ facts: mail, arrivedAt: at }, facts, nobody, policy)).toEqual(expected);
  });
});

describe('which case a mail belongs to', () => {
  const threadOf = (threads: ThreadHint[], over: Partial<Facts> = {}) =>
    contextOf(
      { ...usual.mail, facts: { ...usual.mail.facts, threads } },
      { ...usual.facts, cases, ...over },
      policy,
      clock,
    ).thread;

  it('is the one of the best hint that is on record', () => {
    expect(threadOf([byTag('777777'), byTag('100001'), byTag('100002')])?.case.number).toBe('100001');
    expect(threadOf([byLetter('999', '100009'), byTag('100001')])?.case.number).toBe('100009');
    expect(threadOf([byTag('777777')])).toBeNull();
  });
  it('is the follow-up where there is one', () => {
    expect(threadOf([byTag('100004')])?.case.number).toBe('100005');
  });
  it('is found even where follow-ups go round, which they never should', () => {
    const round = cases.map((one): CaseFacts => ({ ...one, followedUpBy: caseNumber('100001') }));
    expect(threadOf([byTag('100004')], { cases: round })?.case.number).toBe('100001');
  });
  it('is the case that a held mail has become since it was asked about', () => {
    const letter = asked.facts.letters[0];
    if (!letter?.original) throw new Error('the world has no such letter');
    const become = { ...letter, original: { ...letter.original, case: caseNumber('100001') } };
    expect(threadOf([byLetter('12')], { letters: [become] })?.case.number).toBe('100001');
  });
});

describe('the answer with the missing PIN', () => {
  const letter = () => {
    const [found] = asked.facts.letters;
    if (!found?.original) throw new Error('the world has no such letter');
    return { ...found, original: found.original };
  };
  it('opens the case of the mail that was held, for the person who wrote it', () => {
    const decision = decided({}, {}, asked);
    expect(decision.outcome).toBe('answer-settled');
    expect(opened(decision)).toMatchObject({ contact: '12', openedAt: '2026-05-12T14:20:00.000Z' });
  });
  it('opens nothing a second time: the mail has been settled by another answer', () => {
    const settled = { ...letter(), original: { ...letter().original, outcome: 'case-opened' } };
    expect(decided({ letters: [settled] }, {}, asked).outcome).toBe('held-pin-needed');
  });
  it('opens nothing at a site where the writer of the held mail is not on record', () => {
    const elsewhere = { ...letter(), original: { ...letter().original, writers: [] } };
    expect(decided({ letters: [elsewhere] }, {}, asked).outcome).toBe('held-pin-needed');
  });
  it('settles only what asked for a PIN', () => {
    const other = { ...letter(), asks: null };
    expect(decided({ letters: [other] }, {}, asked).outcome).not.toBe('answer-settled');
  });
  it('takes a PIN that was good when the held mail arrived', () => {
    const retired = pins.map((one) => (one.pin === '345' ? { ...one, replacedAt: '2026-05-06T00:00:00Z' } : one));
    expect(decided({ pins: retired }, {}, asked).outcome).toBe('answer-settled');
    const long = pins.map((one) => (one.pin === '345' ? { ...one, replacedAt: '2026-05-01T00:00:00Z' } : one));
    expect(decided({ pins: long }, {}, asked).outcome).toBe('answer-not-understood');
  });
  it('asks again about the mail that was held first', async () => {
    const { decision } = await play('answer-with-a-wrong-pin');
    expect(decision.letters[0]?.asks).toEqual({ kind: 'missing-pin', mail: mailId('912') });
  });
  it('is no answer to it where it is a new problem, typed anew with the PIN', async () => {
    const { mail } = await play('new-problem-with-the-pin-to-the-question-for-the-missing-pin');
    const held = { title: 'Label printer prints twice' };
    expect(isNewProblem(mail.facts, held)).toBe(true);
    const with_ = (more: Partial<MailFacts>) => isNewProblem({ ...mail.facts, ...more }, held);
    for (const subject of [
      'Re: PIN 345 Export to the archive fails',
      'PIN 345',
      'PIN 345 - Label printer prints twice',
      'Label printer PIN 345',
      'Export to the archive fails',
    ])
      expect(with_({ subject }), subject).toBe(false);
    expect(with_({ newText: 'Here it is.' })).toBe(false);
    expect(with_({ text: `${mail.facts.newText}\n> Please reply with your PIN` })).toBe(true);
    expect(isNewProblem(mail.facts, { title: '' })).toBe(false);
  });
  it('shows nobody but the writer the title of the held mail', async () => {
    const { decision: colleague } = await play('answer-without-the-pin-by-a-colleague');
    expect(colleague.letters[0]?.values).toMatchObject({ title: '' });
    const { decision } = await play('answer-without-a-pin-by-somebody-of-another-site');
    expect(decision.letters[0]?.asks).toEqual({ kind: 'missing-pin', mail: mailId('5001') });
  });
  it('tells the site of a held mail that its support has ended under the title of that mail', async () => {
    const { decision } = await play('answer-with-the-pin-of-a-lapsed-site');
    expect(decision.letters.map((one) => ('title' in one.values ? one.values.title : null))).toEqual([
      'Catalogue is gone',
      'Catalogue is gone',
    ]);
  });
});

describe('a case that is opened', () => {
  it('is asked for a version only where none stands in the product line either', () => {
    const missing = (report: MailFacts['report']) => {
      const [letter] = decided({}, { report }).letters;
      return letter?.template === 'acknowledgement' ? letter.values.missing : null;
    };
    expect(missing({ product: 'Vault 11.6', phone: '1', impact: 'x' })).toEqual([]);
    expect(missing({ product: 'Vault', phone: '1', impact: 'x' })).toEqual(['version']);
    expect(missing({ product: ' ', phone: '', impact: 'x' })).toEqual(['product', 'version', 'phone']);
  });
  it('is asked for what the policy lists, and for nothing twice: not where it follows up', async () => {
    const own: typeof policy = { ...policy, askFor: ['os', 'changed', 'phone'] };
    const missing = ({ letters }: Decision) =>
      letters.flatMap((one) => (one.template === 'acknowledgement' ? [one.values.missing] : []));
    expect(missing(decided({}, { report: { phone: '1' } }, usual, own))).toEqual([['os', 'changed']]);
    expect(missing((await play('reply-after-forty-days')).decision)).toEqual([[]]);
  });
  it('is asked for more where the case is about a product that more is listed of', () => {
    const own: typeof policy = {
      ...policy,
      askFor: ['phone'],
      askForByProduct: { vault: ['os', 'phone', 'serviceTag'], Portal: ['database'] },
    };
    const missing = (report: object) =>
      decided({}, { report }, usual, own).letters.flatMap((one) =>
        one.template === 'acknowledgement' ? [one.values.missing] : [],
      );
    expect(missing({ product: 'Vault 11.6' })).toEqual([['phone', 'os', 'serviceTag']]);
    expect(missing({ product: 'Vault', os: 'Debian' })).toEqual([['phone', 'serviceTag']]);
    expect(missing({ product: 'PORTAL', phone: '1' })).toEqual([['database']]);
    expect(missing({})).toEqual([['phone']]);
  });
  it('keeps a title that reads like the number to come', () => {
    const decision = decided({}, { title: '#new' });
    const done = withNumber(decision, caseNumber('100999'));
    expect(opened(done)?.title).toBe('#new');
    expect(done.letters[0]).toMatchObject({ case: '100999', matter: 'case:100999' });
    expect(decision.letters[0]?.case).toBe(numberToCome);
  });
  it('tells every engineer of a severity 1, and the renewal team of a site in grace', () => {
    const two = { ...policy, desk: { ...policy.desk, staff: ['kim@desk.example', 'lee@desk.example'] } };
    const { letters } = decided({}, { report: { severity: '1' } }, usual, two);
    expect(letters.filter((one) => one.audience === 'staff').map((one) => one.to)).toEqual(two.desk.staff);
  });
  it('gives the number of the default where the country has none, and none below severity 1', async () => {
    const phone = async (story: string) => {
      const [letter] = (await play(story)).decision.letters;
      return letter?.template === 'acknowledgement' ? letter.values.phone : undefined;
    };
    expect(await phone('severity-one-production-down')).toBe('+44 20 7946 0000');
    expect(await phone('severity-one-in-grace')).toBe('+1 555 0100');
    expect(await phone('severity-in-the-subject')).toBeNull();
  });
});

describe('what is asked of the store', () => {
  it('is every PIN of subject and answer, each hint once, and no number longer than a bigint', async () => {
    const mail = await read('answer-with-the-missing-pin');
    const threads = [byLetter('12'), byLetter('12'), byTag('9'.repeat(19)), byTag('100001')];
    const question = questionOf({ ...mail, facts: { ...mail.facts, pins: ['512'], threads } });
    expect(question).toMatchObject({ pins: ['512'], ownPins: ['345'], letters: ['12'], cases: ['100001'] });
    expect(question.sender).toBe('max@aldous.example');
  });
  it('is not more than twenty of each, whatever the mail holds', async () => {
    const mail = await read('pin-in-the-subject');
    const threads = Array.from({ length: 500 }, (_, at) => byTag(`${100_000 + at}`));
    const many = Array.from({ length: 500 }, (_, at) => `${1000 + at}`);
    const question = questionOf({ ...mail, facts: { ...mail.facts, pins: many, licenceNumbers: many, threads } });
    expect([question.pins, question.licences, question.cases].map((one) => one.length)).toEqual([20, 20, 20]);
  });
  it('has an answer in the world of these tests that holds only what was asked', async () => {
    const mail = await read('reply-to-an-open-case');
    const facts = await answer(questionOf(mail));
    expect(facts.letters.map((one) => one.id)).toEqual([letterId('7')]);
    expect(facts.cases.map((one) => one.number)).toEqual(['100001']);
    expect(facts.contacts).toEqual(contacts.filter((one) => one.id === '11'));
    expect(facts.pins).toEqual([]);
  });
});
