/**
 * What the letter says of every command of our people in every state of a case (POLICY §5.4), as its English text. `UPDATE_GOLDEN=1` writes it
 * anew: every sentence has to be true, to say what follows, and how it is undone.
 */
import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { toStaff } from '../../../../src/acts/cases/case-letters.ts';
import type { WorkedCase } from '../../../../src/acts/cases/records.ts';
import { caseNumber, letterId, mailId } from '../../../../src/foundation/ids.ts';
import { decide } from '../../../../src/intake/decide.ts';
import type { Decision } from '../../../../src/intake/decision.ts';
import type { LetterFacts } from '../../../../src/intake/facts.ts';
import type { Policy } from '../../../../src/intake/policy.ts';
import { readMail } from '../../../../src/mail/read.ts';
import { messageIdFor } from '../../../../src/mail/subject/thread-token.ts';
import { renderLetter } from '../../../../src/outbound/rendering/render.ts';
import { staffAnswer } from '../../../support/mails/staff/staff-answer.ts';
import { asking, givenFor, kim, lea, li, now, person, rita, said, workedCase } from '../../../support/worked-case.ts';
import { answer, key, policy as plain, readOptions } from '../../../support/world.ts';
import { templates } from '../../outbound/letters.ts';

const mona = person('Mona Field', 'mona@desk.example', { roles: ['manager'] });
const dora = person('Dora Lane', 'dora@desk.example', { roles: ['director'] });
const gone = person('Gil Orr', 'gil@desk.example', { absent: [{ from: '2026-05-01', to: '2026-05-20' }] });
const people = [lea, kim, mona, dora, rita, li, gone];
const policy: Policy = { ...plain, desk: { ...plain.desk, people, timezone: 'UTC' } };

const ada = said({ at: '2026-05-11T09:00:00Z' });
const open = workedCase({ owner: lea.email, messages: [ada], answeredAt: '2026-05-11T09:30:00Z' });
const event = (kind: string, detail: Record<string, unknown> = {}) => ({ kind, at: '2026-05-11T09:40:00Z', detail });
const waiting = {
  mail: mailId('4000'),
  staff: lea.email,
  at: '2026-05-11T09:59:30Z',
  state: 'waiting' as const,
  dueAt: '2026-05-11T10:00:30Z',
  deeds: [{ act: 'write-on-case', input: { case: '100042', text: 'Please wait.' } }],
  enclosed: [],
};

const states: Readonly<Record<string, WorkedCase>> = {
  open,
  offered: { ...open, owner: null, answeredAt: null },
  'owned by another': { ...open, owner: kim.email, events: [event('owner-set', { to: kim.email })] },
  'severity 2 proposed by us': { ...open, proposal: { to: 2, by: 'staff', until: '2026-05-13T10:00:00Z' } },
  'severity 2 proposed by the customer': {
    ...open,
    proposal: { to: 2, by: 'customer', until: '2026-05-13T10:00:00Z' },
  },
  'solution proposed': {
    ...open,
    proposedAt: '2026-05-11T09:40:00Z',
    events: [event('clock-paused', { until: null })],
  },
  'waits for the customer': { ...open, events: [event('clock-paused', { until: null })] },
  escalated: { ...open, escalation: { level: 1, to: mona.email } },
  'with the director': { ...open, escalation: { level: 2, to: dora.email } },
  'an answer waits': { ...open, answers: [waiting] },
  enhancement: { ...open, kind: 'enhancement' },
  preview: { ...open, kind: 'preview' },
  lapsed: { ...open, of: { ...open.of, plans: [], licences: [] } },
  closed: { ...open, status: 'closed', closedAt: '2026-05-11T09:45:00Z' },
  merged: { ...open, status: 'closed', mergedInto: caseNumber('100077') },
};

const answers: readonly string[] = [
  'TAKE',
  'ASSIGN Kim',
  'ASSIGN Nobody',
  'ASSIGN Rita Voss',
  'ASSIGN Gil',
  'ASSIGN Kim\n\nThey run a fork.',
  'NOTE\n\nThey run a fork.',
  'NOTE',
  'SOLVED',
  'SOLVED\n\nPlease restart it.',
  'WAIT',
  'WAIT 3',
  'WAIT 3\n\nPlease restart it.',
  'SOLVED\nWAIT\n\nPlease restart it.',
  'SEVERITY 2',
  'SEVERITY 3',
  'SEVERITY 2\n\nPlease restart it.',
  'SEVERITY 2\nKIND preview',
  'SEVERITY 3\nKIND preview',
  'KIND preview\nESCALATE',
  'KIND defect V-77',
  'KIND incident',
  'KIND incident 77',
  'KIND enhancement',
  'KIND licensing',
  'KIND preview C-9',
  'CLOSE',
  'CLOSE\n\nThis will be in the next release.',
  'ESCALATE',
  'CANCEL',
  'SEND',
  'TAKE\nWAIT\nNOTE\n\nThey run a fork.',
  'TAKE\nKIND question\n\nPlease restart it.',
  'Please restart it.',
  'Solvd\n\nPlease restart it.',
  'PIN',
];

const number = caseNumber('100042');
const messageId = messageIdFor('31', number, 'desk.example', key);

type More = {
  readonly files?: boolean;
  readonly mail?: WorkedCase['answers'][number]['mail'];
  /** Nobody has checked who sent it. */
  readonly unverified?: boolean;
  readonly senderAuth?: Policy['desk']['senderAuth'];
};
async function decided(on: WorkedCase, text: string, more: More = {}): Promise<Decision> {
  const { files = false, mail, unverified = false, senderAuth = policy.desk.senderAuth } = more;
  // As it was when the notification was written: the owner was Lea, or nobody.
  const noticed = { ...on, owner: on.owner === kim.email ? lea.email : on.owner };
  const [notice] = toStaff(noticed, { why: 'written' }, [lea], givenFor(asking(null), { people }));
  if (notice?.template !== 'case-notice') throw new Error('no notice');
  const shown = renderLetter(templates, notice, ['en']).text;
  const raw = staffAnswer({
    client: 'thunderbird',
    from: { name: 'Lea Brandt', address: lea.email },
    to: 'support@desk.example',
    inReplyTo: messageId,
    subject: 'Re: The vault does not open [Case 100042]',
    text,
    quoted: { text: shown, from: { name: 'Support', address: 'support@desk.example' }, at: new Date(now) },
    headers: unverified ? [] : ['Authentication-Results: mx.desk.example; dmarc=pass header.from=desk.example'],
    ...(files ? { attachments: [{ name: 'fix.txt', type: 'text/plain', content: 'x' }] } : {}),
  });
  const facts = await readMail(raw, { mailFrom: lea.email, rcptTo: [] }, readOptions);
  const letter: LetterFacts = {
    id: letterId('31'),
    template: 'case-notice',
    to: lea.email,
    messageId,
    case: number,
    asks: {
      kind: 'work',
      case: number,
      staff: lea.email,
      at: '2026-05-11T09:50:00Z',
      owner: noticed.owner,
      ...(mail && { mail }),
    },
    settled: false,
    state: 'sent',
    original: null,
    contact: null,
  };
  const bytes = `Content-Type: text/plain; charset=utf-8\r\n\r\n${shown.replaceAll('\n', '\r\n')}`;
  const nothing = await answer({ ...none, sender: lea.email });
  return decide(
    { id: mailId('5001'), arrivedAt: now, mustWait: false, facts },
    {
      ...nothing,
      letters: [letter],
      quotable: [{ id: letter.id, raw: Buffer.from(bytes, 'utf8').toString('base64'), sealed: false }],
      work: { on, repeats: null },
    },
    { ...policy, desk: { ...policy.desk, senderAuth } },
    now,
  );
}

async function told(on: WorkedCase, text: string, more: More = {}): Promise<string> {
  const decision = await decided(on, text, more);
  const mine = decision.letters.filter(({ template }) => template === 'staff-answer');
  if (mine.length === 0) return `(${decision.outcome}: nothing is said)`;
  return mine
    .map((one) => {
      const { subject, text: body } = renderLetter(templates, one, ['en']);
      const words = body.split('\n').slice(2).join('\n').trim();
      return `${subject.replace(': The vault does not open [Case 100042]', '')} | ${words.replaceAll(/\n+/g, '\n  ')}`;
    })
    .join('\n');
}

const none = {
  ...{ mail: '0', arrivedAt: now, messageId: null, contentHash: '', site: null, onlyCode: false, mayBeLoop: false },
  ...{ mayQuote: false, codes: [], ownCodes: [], privileged: [], privilegedNamed: [], pins: [], ownPins: [] },
  ...{ licences: [], copied: [], letters: [], answers: [], returned: [], guesses: [], blocks: [], cases: [] },
  ...{ command: null, access: false, accessSite: null },
};

describe('§5.4 what our people are told by mail', () => {
  it.each(Object.entries(states))('of a case that is: %s', async (state, on) => {
    const lines = [];
    for (const text of answers) lines.push(`${text.replaceAll(/\n+/g, ' / ')}\n  ${await told(on, text)}`);
    const file = new URL(`../../../fixtures/staff-letters/${state.replaceAll(' ', '-')}.txt`, import.meta.url);
    const golden = `${lines.join('\n\n')}\n`;
    if (process.env.UPDATE_GOLDEN || !existsSync(file)) writeFileSync(file, golden);
    expect(golden).toBe(readFileSync(file, 'utf8'));
  });

  it.each([
    // Asked back: all that was asked for. Refused: the words, without what would be refused again.
    ['asked-back', 'WAIT', null],
    ['refused', 'TAKE', [{ act: 'write-on-case', input: { case: '100042', text: 'Please restart it.' } }]],
  ] as const)('SEND lets go what was %s', async (state, word, left) => {
    const act = word === 'WAIT' ? 'wait-for-customer' : 'take-case';
    const deeds = [
      { act, input: { case: '100042' } },
      { act: 'write-on-case', input: { case: '100042', text: 'Please restart it.' } },
    ];
    const on = { ...open, answers: [{ ...waiting, state, deeds }] };
    const { changes, letters } = await decided(on, 'SEND', { mail: waiting.mail });
    expect(changes.find(({ kind }) => kind === 'staff-answer-settled')).toMatchObject({
      state: 'waiting',
      deeds: left,
    });
    expect(letters).toMatchObject([{ values: { why: 'let-go' } }]);
  });

  it('days of WAIT below a text count from when it goes out', async () => {
    const until = async (text: string) => /until [^.]*?, or until ([^.]*)\./.exec(await told(open, text))?.[1];
    expect(await until('WAIT 3')).toMatch(/ 10:00 UTC$/);
    expect(await until('WAIT 3\n\nPlease restart it.')).toMatch(/ 10:01 UTC$/);
  });

  it('SEND lets nothing go that is larger than what may be sent', async () => {
    const enclosed = [{ place: 0, name: 'dump.bin', type: 'application/octet-stream', size: 40 * 2 ** 20 }];
    const on = { ...open, answers: [{ ...waiting, state: 'asked-back' as const, enclosed }] };
    const { changes, letters } = await decided(on, 'SEND', { mail: waiting.mail });
    expect(changes.map(({ kind }) => kind)).toEqual(['mail-filed', 'staff-answered']);
    expect(letters).toMatchObject([{ values: { why: 'refused', refusal: { why: 'too-large' }, send: null } }]);
  });

  it('CLOSE closes an enhancement by mail where it says what was decided', async () => {
    const enhancement = { ...open, kind: 'enhancement' } as const;
    const { changes } = await decided(enhancement, 'CLOSE\n\nThis will be in the next release.');
    expect(changes.find(({ kind }) => kind === 'staff-answered')).toMatchObject({
      state: 'waiting',
      deeds: [{ act: 'write-on-case' }, { act: 'close-case', input: { case: '100042', told: true } }],
    });
  });

  it.each(['sensitive', 'off', 'all'] as const)(
    '§11.2 nothing of an answer that is not verified is done under SENDER_AUTH %s',
    async (senderAuth) => {
      const { outcome, changes, letters } = await decided(open, 'CLOSE', { unverified: true, senderAuth });
      expect(outcome).toBe(senderAuth === 'all' ? 'held-unauthenticated' : 'held-staff-answer');
      expect(changes.filter(({ kind }) => kind === 'staff-answered' || kind === 'case-closed')).toEqual([]);
      expect(letters.filter(({ audience }) => audience !== 'staff')).toEqual([]);
      const verified = await decided(open, 'CLOSE', { senderAuth });
      expect(verified.outcome).toBe('staff-answered');
    },
  );

  it('tells of files that went nowhere', async () => {
    expect(await told(open, 'TAKE', { files: true })).toMatch(/What you attached has not gone out/);
    expect(await told(open, 'NOTE\n\nThey run a fork.', { files: true })).toMatch(/What you attached has not gone out/);
    expect(await told(open, 'SOLVED\n\nTry this.', { files: true })).not.toMatch(/What you attached/);
  });
});
