/** What both sides have to agree on, and what goes to somebody above (POLICY §4.2, §5.5). */
import { describe, expect, it } from 'vitest';
import type { AnyAct } from '../../../src/acts/act.ts';
import { escalateCase } from '../../../src/acts/cases/agreeing/escalate-case.ts';
import { leaveCase } from '../../../src/acts/cases/agreeing/leave-case.ts';
import { setSeverity } from '../../../src/acts/cases/agreeing/set-severity.ts';
import { toPeople } from '../../../src/acts/cases/case-letters.ts';
import type { WorkedCase } from '../../../src/acts/cases/records.ts';
import { proposalOver } from '../../../src/acts/cases/timers/proposal-over.ts';
import { wantedByCustomer } from '../../../src/acts/cases/timers/wanted-by-customer.ts';
import type { Proposal } from '../../../src/cases/proposal.ts';
import { caseNumber } from '../../../src/foundation/ids.ts';
import { wordFor } from '../../../src/intake/commands/commands.ts';
import { saysYes } from '../../../src/mail/answers/only-thanks.ts';
import { renderLetter } from '../../../src/outbound/rendering/render.ts';
import { loadTemplates } from '../../../src/runtime/templates.ts';
import {
  asking,
  givenFor,
  kim,
  lea,
  now,
  person,
  recordsOf,
  rita,
  said,
  workedCase,
} from '../../support/worked-case.ts';

const dana = person('Dana Roth', 'dana@desk.example', { roles: ['director'] });
const people = [kim, lea, rita, dana];
const judge = (act: AnyAct, input: object, on: WorkedCase, by = asking(lea.email)) =>
  act.judge(act.input.parse({ case: on.number, ...input }), recordsOf(on), givenFor(by, { people }));
const says = (judged: ReturnType<typeof judge>) => (judged.kind === 'refused' ? judged.says : judged.changes);
const letters = (judged: { letters?: readonly unknown[] } & ReturnType<typeof judge>) =>
  judged.kind === 'done' ? judged.letters : [];
const proposed = (to: Proposal['to'], by: Proposal['by']): Proposal => ({ to, by, until: '2026-05-13T10:00:00Z' });
const answered = (more: Partial<WorkedCase> = {}) => workedCase({ answeredAt: '2026-05-11T09:30:00Z', ...more });

describe('set-severity by our people', () => {
  it('proposes it, and asks the customer until two business days later', () => {
    const judged = judge(setSeverity, { severity: 4 }, answered());
    expect(says(judged)).toMatchObject([
      { kind: 'severity-proposed', from: 3, proposal: { to: 4, by: 'staff', until: '2026-05-13T11:00:00+01:00' } },
    ]);
    expect(letters(judged)).toMatchObject([
      { template: 'severity-proposal', to: 'ada@aldous.example', values: { how: 'asked', from: 3, to: 4 } },
    ]);
  });

  it('sets what the customer has proposed, and tells them', () => {
    const judged = judge(setSeverity, { severity: 2 }, answered({ proposal: proposed(2, 'customer') }));
    expect(says(judged)).toMatchObject([{ kind: 'severity-set', from: 3, to: 2 }]);
    expect(letters(judged)).toMatchObject([{ template: 'severity-set', values: { severity: 2, due: null } }]);
  });

  it('declines it by the severity that the case has', () => {
    const judged = judge(setSeverity, { severity: 3 }, answered({ proposal: proposed(2, 'customer') }));
    expect(says(judged)).toMatchObject([{ kind: 'proposal-ended', why: 'declined' }]);
    expect(letters(judged)).toMatchObject([{ template: 'severity-proposal', values: { how: 'declined' } }]);
  });

  it.each([
    ['the severity it has', 3, {}, /has severity 3 already/],
    ['what they have proposed before', 4, { proposal: proposed(4, 'staff') }, /is proposed .* already/],
    ['a preview', 1, { kind: 'preview' }, /is not for case 100042: preview/],
    ['a closed case', 2, { status: 'closed' }, /is closed/],
  ] as const)('is refused for %s', (_, severity, more, why) => {
    expect(says(judge(setSeverity, { severity }, answered(more as Partial<WorkedCase>)))).toMatch(why);
  });

  it('is no agreement with a proposal of their own for another one', () => {
    expect(says(judge(setSeverity, { severity: 2 }, answered({ proposal: proposed(2, 'staff') })))).toMatch(/already/);
    expect(says(judge(setSeverity, { severity: 2 }, answered({ proposal: proposed(4, 'customer') })))).toMatchObject([
      { kind: 'severity-proposed', proposal: { to: 2, by: 'staff' } },
    ]);
  });
});

describe('a proposal', () => {
  const given = givenFor({ kind: 'clock' }, { people });
  it('is over at its time, and the customer is told that it stays', () => {
    const on = answered({ proposal: proposed(2, 'customer') });
    expect(proposalOver.dueAt(on, given)).toBe('2026-05-13T10:00:00Z');
    expect(proposalOver.runOut(on, given)).toMatchObject({
      changes: [{ kind: 'proposal-ended', why: 'expired' }],
      letters: [{ template: 'severity-proposal', values: { how: 'expired', from: 3, to: 2 } }],
    });
    expect(proposalOver.dueAt(answered(), given)).toBeNull();
    expect(proposalOver.dueAt({ ...on, status: 'closed' }, given)).toBeNull();
  });

  it('§4.3 made as nobody could be reached is over with their next word, and they are told that it stays', () => {
    const proposal = { ...proposed(2, 'staff'), why: 'unreachable' } as const;
    const event = (kind: string, mail: string | null = null) => ({ kind, at: now, mail: mail as never, detail: {} });
    const word = said({ at: now, mail: '9' as never });
    const on = answered({ severity: 1, proposal, events: [event('updated', '8'), event('severity-proposed')] });
    expect(proposalOver.dueAt({ ...on, messages: [word] }, given)).toBe('2026-05-13T10:00:00Z');
    const written = { ...on, events: [...on.events, event('updated', '9')], messages: [word] };
    expect(proposalOver.dueAt(written, given)).toBe(now);
    expect(proposalOver.runOut(written, given)).toMatchObject({
      changes: [{ kind: 'proposal-ended', why: 'reached' }],
      letters: [{ template: 'severity-proposal', values: { how: 'reached', from: 1, to: 2 } }],
    });
    const automatic = { ...written, messages: [{ ...word, automatic: true }] };
    expect(proposalOver.dueAt(automatic, given)).toBe('2026-05-13T10:00:00Z');
    const ours = { ...written, proposal: proposed(2, 'staff') };
    expect(proposalOver.dueAt(ours, given)).toBe('2026-05-13T10:00:00Z');
  });

  it('of the customer is told to the owner, one of ours to nobody', () => {
    const event = (by: string) => ({ kind: 'severity-proposed', at: now, detail: { by } });
    const on = answered({ owner: lea.email, events: [event('customer')] });
    expect(wantedByCustomer.dueAt(on, given)).toBe(now);
    expect(wantedByCustomer.runOut(on, given)).toMatchObject({
      changes: [{ kind: 'staff-told', to: [lea.email] }],
      letters: [{ template: 'case-notice', to: lea.email, values: { why: 'severity-proposed' } }],
    });
    expect(wantedByCustomer.dueAt(answered({ events: [event('staff')] }), given)).toBeNull();
    const told = { kind: 'staff-told', at: now, detail: {} };
    expect(wantedByCustomer.dueAt(answered({ events: [event('customer'), told] }), given)).toBeNull();
  });
});

describe('escalate-case', () => {
  it('names a manager, then the director', () => {
    const first = judge(escalateCase, {}, workedCase());
    expect(says(first)).toMatchObject([{ kind: 'case-escalated', escalation: { level: 1, to: kim.email } }]);
    expect(letters(first)).toMatchObject([{ template: 'case-escalated', values: { level: 1, name: 'Kim Oster' } }]);
    const second = judge(escalateCase, {}, workedCase({ escalation: { level: 1, to: kim.email } }));
    expect(says(second)).toMatchObject([{ escalation: { level: 2, to: dana.email } }]);
  });

  it('tells the customer the plan and its day', () => {
    const on = workedCase({ escalation: { level: 1, to: kim.email } });
    const judged = judge(escalateCase, { plan: 'We rebuild it.', until: '2026-05-15' }, on);
    expect(says(judged)).toMatchObject([{ kind: 'plan-given', until: '2026-05-15' }]);
    expect(letters(judged)).toMatchObject([{ values: { plan: 'We rebuild it.', until: '2026-05-15' } }]);
  });

  it.each([
    ['a preview', { kind: 'preview' }, {}, /a preview, which is not escalated/],
    ['a case with the director', { escalation: { level: 2, to: null } }, {}, /with the director already/],
    ['a plan without a day', { escalation: { level: 1, to: null } }, { plan: 'We look.' }, /a text and a day/],
    ['a plan for what is not escalated', {}, { plan: 'We look.', until: '2026-05-15' }, /is not escalated/],
  ] as const)('is refused: %s', (_, more, input, why) => {
    expect(says(judge(escalateCase, input, workedCase(more as Partial<WorkedCase>)))).toMatch(why);
  });

  it('is told to the owner and the manager, and to the engineers where nobody has either', () => {
    const events = [{ kind: 'escalated', at: now, detail: {} }];
    const given = givenFor({ kind: 'clock' }, { people });
    const on = workedCase({ owner: lea.email, escalation: { level: 1, to: kim.email }, events });
    expect(wantedByCustomer.runOut(on, given).changes).toMatchObject([{ to: [kim.email, lea.email] }]);
    const nobody = workedCase({ escalation: { level: 2, to: null }, events });
    expect(wantedByCustomer.runOut(nobody, given).changes).toMatchObject([{ to: [kim.email, lea.email] }]);
    expect(wantedByCustomer.dueAt({ ...on, status: 'closed' }, given)).toBeNull();
  });
});

describe('leave-case', () => {
  const on = workedCase({ participants: [{ address: 'max@aldous.example', contact: '2' as never }] });
  it('takes out somebody who takes part, and not whoever asked for it', () => {
    expect(says(judge(leaveCase, { address: 'Max@aldous.example' }, on))).toMatchObject([
      { kind: 'participant-left', address: 'max@aldous.example' },
    ]);
    expect(says(judge(leaveCase, { address: 'ada@aldous.example' }, on))).toMatch(/asked for case 100042/);
    expect(says(judge(leaveCase, { address: 'eve@elsewhere.example' }, on))).toMatch(/takes no part/);
  });
});

describe('the way out of a case', () => {
  const of = (more: Partial<WorkedCase>) =>
    toPeople(workedCase(more), { template: 'case-left', values: { number: caseNumber('100042'), title: '' } }).map(
      ({ to, audience, howToLeave = false }) => [to, audience, howToLeave],
    );
  const max = { address: 'max@aldous.example', contact: '2' as never };

  it('is named to those who take part, and never to whoever asked for it, by any address of theirs', () => {
    const own = { address: 'ada.b@aldous.example', contact: '1' as never };
    const eve = { address: 'eve@elsewhere.example', contact: null };
    expect(of({ participants: [{ address: 'ada@aldous.example', contact: '1' as never }, own, max, eve] })).toEqual([
      ['ada@aldous.example', 'contact', false],
      ['ada.b@aldous.example', 'contact', false],
      ['max@aldous.example', 'contact', true],
    ]);
    expect(of({ contact: null, contactAddress: 'eve@elsewhere.example', participants: [max] })).toEqual([
      ['eve@elsewhere.example', 'stranger', false],
      ['max@aldous.example', 'contact', true],
    ]);
  });

  it('is open once the case is closed', () => {
    const closed = workedCase({ status: 'closed', participants: [max] });
    expect(says(judge(leaveCase, { address: max.address }, closed))).toMatchObject([{ kind: 'participant-left' }]);
  });

  it('stands below the letter, with the word of its language', async () => {
    const templates = await loadTemplates();
    for (const language of ['en', 'de', 'fr', 'es', 'ja']) {
      const letter = {
        template: 'case-message',
        values: { number: caseNumber('100042'), title: 'Gauge', text: 'Please try 11.6.', name: 'Kim Oster' },
      } as const;
      const plain = renderLetter(templates, letter, [language]);
      const { text, html } = renderLetter(templates, { ...letter, howToLeave: true }, [language]);
      expect(text.startsWith(plain.text.trimEnd())).toBe(true);
      expect(text.slice(plain.text.trimEnd().length)).toContain(wordFor('LEAVE', language));
      expect(html).toContain(wordFor('LEAVE', language));
      expect(plain.text).not.toContain(wordFor('LEAVE', language));
    }
  });
});

describe('a yes', () => {
  it.each([
    'Yes',
    'yes.\n\nAda',
    'Hello Kim,\n\nI agree, thank you.\n\nBest regards\nAda Byron',
    'JA!',
    'Einverstanden.',
    'Oui',
    'D’accord',
    'Sí.',
    'De acuerdo',
    'はい。',
    'ＯＫ',
  ])('is "%s"', (text) => {
    expect(saysYes(text)).toBe(true);
  });
  it.each([
    '',
    'OK.\nBut please leave it as it is.',
    'Yes, but not today',
    'No',
    'yesterday',
    'Ja und nein',
    'Si no funciona, llame',
  ])('is not "%s"', (text) => {
    expect(saysYes(text)).toBe(false);
  });
});
