/** A letter of every kind and variant, by which templates are checked before the start and looked at by hand. */

import { caseNumber, letterId, mailId, siteNumber } from '../foundation/ids.ts';
import type { ReportField, UnreadableReason } from '../mail/parsed-mail.ts';
import { alertCauses } from '../upkeep/alerts.ts';
import {
  type Acknowledgement,
  type CaseContract,
  type CaseNotice,
  type Closing,
  caseNotices,
  caseProgress,
  changes,
  closings,
  confirmedKinds,
  heldOutcomes,
  type Letter,
  notUnderstood,
  outsideScope,
  privilegedRefusals,
  proposalSteps,
  refusals,
  type StaffNotice,
  sinceNotice,
  staffAnswerResults,
  staffAnswersHeld,
  toldEvents,
  workDone,
  workRefusals,
} from './letter.ts';
import { accessSamples } from './samples/access.ts';
import { contactLetters } from './samples/contacts.ts';
import { licenceLetters } from './samples/licences.ts';
import { renewalLetters } from './samples/renewals.ts';

const fields: readonly ReportField[] = [
  'company',
  'contact',
  'phone',
  'hours',
  'product',
  'version',
  'severity',
  'symptoms',
  'impact',
  'os',
  'database',
  'serviceTag',
  'licence',
  'reproducible',
  'scope',
  'changed',
];

const unreadable: readonly UnreadableReason[] = [
  'too-large',
  'header-too-large',
  'too-many-addresses',
  'too-many-parts',
  'too-deep',
  'parser-overrun',
  'parser-failed',
  'empty-result',
  'not-fetched',
];

const plainCase: Acknowledgement = {
  number: caseNumber('100042'),
  follows: null,
  linked: null,
  title: 'Workflow stopped unexpectedly',
  severity: 3,
  target: { minutes: 240 },
  hours: 'business',
  due: '2026-11-23T13:30:00+00:00',
  timezone: 'Europe/London',
  missing: [],
  assumed: false,
  phone: null,
  lowered: null,
  graceSince: null,
  productUnknown: null,
  stage: 'full',
  preview: false,
  link: 'https://desk.example/case/4c92.0123456789abcdef0123456789abcdef',
};

const cases: readonly Partial<Acknowledgement>[] = [
  { missing: ['product', 'version', 'phone', 'impact'] },
  { severity: 1, target: { minutes: 30 }, hours: 'round-the-clock', phone: '+44 20 0000 0000' },
  { severity: 2, target: { minutes: 60 }, graceSince: '2026-11-15' },
  { severity: 4, target: { businessDays: 1 }, follows: caseNumber('100007') },
  { target: { businessDays: 2 }, productUnknown: 'Vault Express', missing: fields },
  { target: { minutes: 1 }, lowered: 'trial', stage: 'limited' },
  { target: { minutes: 120 }, lowered: 'provisional caller', stage: 'discontinued' },
  { preview: true, lowered: 'preview', title: '' },
  { assumed: true, phone: '+44 20 0000 0000', missing: ['product'] },
  { assumed: true },
  { severity: 2, target: { minutes: 120 }, linked: caseNumber('100012') },
];

const at = {
  mail: mailId('17'),
  command: 'npx postern case 100042',
  site: siteNumber('1000345'),
  siteName: 'Aldous Robotics',
  contact: 'Ada Byron',
  title: 'Workflow stopped unexpectedly',
} as const;
const ended = { product: null, endedOn: '2026-10-31', beginsOn: null } as const;
const number = caseNumber('100042');
const quote = {
  begins: ['Hello,', 'all workflows have stopped since 09:40, and nobody can sign in.', '> Phone: +1 555 0199'],
  phone: '+44 20 7946 0018',
} as const;

const notices: readonly StaffNotice[] = [
  ...staffAnswersHeld.map(
    (why, at): StaffNotice => ({
      kind: 'staff-answer-held',
      why,
      from: 'kim@desk.example',
      title: at === 0 ? '' : 'Re: Workflow stopped',
      case: at === 0 ? null : caseNumber('100042'),
      mail: mailId('17'),
      command: 'npx postern mail show 17',
    }),
  ),
  ...unreadable.map((why): StaffNotice => ({ kind: 'unreadable-mail', mail: at.mail, command: at.command, why })),
  ...(['renewal-answered', 'vulnerability-reported', 'postmaster-wrote'] as const).flatMap((kind) =>
    [at.siteName, null].map(
      (siteName): StaffNotice => ({
        kind,
        mail: at.mail,
        command: at.command,
        from: 'ada@aldous.example',
        siteName,
        title: siteName === null ? '' : at.title,
      }),
    ),
  ),
  {
    ...{ kind: 'renewal-answered', mail: at.mail, command: at.command, from: 'ada@aldous.example', renewal: '77' },
    ...{ siteName: at.siteName, title: at.title },
  } as const,
  ...[at.siteName, null].map(
    (siteName): StaffNotice => ({
      kind: 'care-wrote',
      receipt: siteName !== null,
      mail: at.mail,
      command: at.command,
      from: 'ada@aldous.example',
      siteName,
      title: siteName === null ? '' : at.title,
      due: '2026-11-24T17:00:00+00:00',
      timezone: 'Europe/London',
    }),
  ),
  ...(['renewals', 'security', 'care', 'licensing'] as const).map(
    (team): StaffNotice => ({
      kind: 'wrote-beside-support',
      mail: at.mail,
      command: at.command,
      team,
      ...(team === 'renewals' && { renewal: '77' }),
      from: 'ada@aldous.example',
      siteName: team === 'care' ? null : at.siteName,
      title: team === 'care' ? '' : at.title,
      case: number,
    }),
  ),
  ...[0, 3].map(
    (more): StaffNotice => ({
      kind: 'attestation-unanswered',
      sites: [1, 2].slice(more === 0 ? 1 : 0).map((open) => ({ site: at.site, siteName: at.siteName, open })),
      more,
      mail: mailId(''),
      command: 'npx postern schedule',
    }),
  ),
  {
    kind: 'care-overdue',
    mail: at.mail,
    command: 'npx postern mail care',
    mails: [
      { id: '17', from: 'nora@elsewhere.example', due: '2026-11-24T17:00:00+00:00' },
      { id: '18', from: null, due: '2026-11-24T17:00:00+00:00' },
    ],
    more: 1,
    timezone: 'UTC',
  },
  {
    kind: 'care-overdue',
    mail: at.mail,
    command: 'npx postern mail care',
    mails: [{ id: '17', from: 'nora@elsewhere.example', due: '2026-11-24T17:00:00+00:00' }],
    more: 0,
    timezone: 'UTC',
  },
  ...[0, 14].map((more): Extract<Letter, { template: 'staff-notice' }>['values'] => ({
    kind: 'cases-overdue',
    mail: at.mail,
    command: 'npx postern cases --status open',
    cases: [
      { number, title: at.title, severity: 2, siteName: at.siteName, due: '2026-11-24T17:00:00+00:00' },
      ...(more > 0
        ? [{ number, title: '', severity: 3 as const, siteName: at.siteName, due: '2026-11-24T17:00:00+00:00' }]
        : []),
    ],
    more,
    timezone: 'Europe/London',
  })),
  ...[false, true].map(
    (has): StaffNotice => ({
      kind: 'upgrade-wanted',
      ...{ mail: at.mail, command: at.command, site: at.site, siteName: at.siteName, contact: at.contact },
      from: 'ada@aldous.example',
      plan: has ? '24x7' : 'premier',
      plans: has
        ? [
            { kind: 'standard', endsOn: '2027-12-31' },
            { kind: '24x7', endsOn: '2027-12-31' },
          ]
        : [],
      has,
      lacksBase: !has,
      covered: has,
      endedOn: has ? null : '2026-10-31',
      case: has ? number : null,
      ...(has && { begins: ['We open a night shift.'] }),
    }),
  ),
  { kind: 'licensing-opened', ...at, case: number, due: '2026-11-24T17:00:00+00:00', timezone: 'Europe/London' },
  {
    kind: 'letter-failed',
    mail: at.mail,
    command: at.command,
    letter: letterId('23'),
    to: 'ada@aldous.example',
    why: '550 5.1.1 No such user here',
  },
  {
    kind: 'held-refused',
    mail: at.mail,
    command: at.command,
    days: 90,
    mails: heldOutcomes.map((was, n) => ({
      id: `${17 + n}`,
      was,
      from: was === 'held-unreadable' ? null : 'nora@elsewhere.example',
      arrivedAt: '2026-08-22T07:10:00+00:00',
    })),
    more: 3,
  },
  {
    kind: 'privileged-pin-refused',
    mail: at.mail,
    command: at.command,
    tries: privilegedRefusals.map((why, n) => ({
      mail: String(17 + n),
      why,
      from: why === 'several' ? null : 'nora@elsewhere.example',
      case: why === 'unknown' || why === 'several' ? null : number,
    })),
    more: 2,
  },
  {
    kind: 'privileged-pin-refused',
    mail: at.mail,
    command: at.command,
    tries: [{ mail: '17', why: 'used', from: 'max@aldous.example', case: number }],
    more: 0,
  },
  {
    kind: 'contact-guesses',
    mail: at.mail,
    command: at.command,
    from: 'ada@aldous.example',
    contact: at.contact,
    site: at.site,
    siteName: at.siteName,
    most: 10,
  },
  { kind: 'lapsed-wrote', ...at, ...ended, case: null },
  { kind: 'lapsed-wrote', ...at, ...ended, product: 'Vault', beginsOn: '2026-12-01', case: null },
  { kind: 'lapsed-wrote', ...at, ...ended, endedOn: null, case: number },
  { kind: 'grace-wrote', ...at, endedOn: '2026-11-15', case: number },
  { kind: 'under-covered-wrote', ...at, case: number, product: 'Vault', users: 50, support: 40 },
  { kind: 'severity-1-opened', ...at, case: number, due: '2026-11-23T13:30:00+00:00', timezone: 'Europe/London' },
  ...[true, false].map(
    (phoneOnRecord): StaffNotice => ({
      kind: 'severity-1-opened',
      ...at,
      ...quote,
      phoneOnRecord,
      case: number,
      due: '2026-11-23T13:30:00+00:00',
      timezone: 'Europe/London',
    }),
  ),
  {
    kind: 'vulnerability-reported',
    mail: at.mail,
    command: 'npx postern mail show 17',
    from: 'nora@elsewhere.example',
    siteName: null,
    title: at.title,
    begins: ['<b>Not bold</b>, nor is [this](https://elsewhere.example) a link …'],
    phone: null,
  },
];

const newcomer = { ref: 'S17', address: 'nora@elsewhere.example', case: null } as const;
const stranger = { ref: 'S18', address: 'rick@partner.example', case: number } as const;
const asked = { title: at.title, arrivedAt: '2026-11-21T09:12:00+00:00' } as const;
const results = ['registered', 'once', 'refused', 'was-registered', 'was-once', 'was-refused', 'expired'] as const;

const inList = { number, title: at.title, severity: 3, due: plainCase.due, waitsFor: null } as const;
const standing = {
  asked: null,
  mergedInto: null,
  proposedAt: null,
  waits: null,
  proposal: null,
  mayAnswer: true,
  reference: null,
  planned: null,
  resolvedIn: null,
  link: plainCase.link,
} as const;
const since = '2026-11-20T09:12:00+00:00';
const until = '2026-11-25T09:12:00+00:00';
const standings: readonly Partial<Extract<Letter, { template: 'command-status' }>['values']>[] = [
  { asked: caseNumber('100041'), proposedAt: since, planned: '12.1', reference: 'VLT-17' },
  { mergedInto: caseNumber('100041'), status: 'closed' },
  { waits: { since, until: null }, resolvedIn: '12.0', reference: 'VLT-17' },
  { waits: { since, until }, planned: '12.1' },
  { proposal: { to: 2, by: 'staff', until }, resolvedIn: '12.0' },
  { proposal: { to: 2, by: 'staff', until }, proposedAt: since, mayAnswer: false },
  { proposal: { to: 1, by: 'customer', until } },
];
const summed = { number, title: at.title, severity: 3, due: plainCase.due } as const;
const privileged = {
  siteName: at.siteName,
  site: at.site,
  case: number,
  until: plainCase.due,
  timezone: plainCase.timezone,
} as const;
const lapsed = {
  ...ended,
  title: at.title,
  siteName: at.siteName,
  renewals: 'renewals@desk.example',
  teamKnows: true,
} as const;

/** What stands in the last letter for a while. */
export const sampleClosings: readonly Closing[] = [
  { last: 'hour', phone: '+44 20 0000 0000' },
  { last: 'day', phone: '+44 20 0000 0000' },
  { last: 'day', phone: null },
];

const entitledBy = (plan: NonNullable<CaseContract['plan']>): CaseContract => ({ kind: 'entitled', plan, until: null });
const plainContract: CaseNotice['contract'] = { opened: entitledBy('24x7'), today: null };
const sampleContracts: readonly CaseNotice['contract'][] = [
  plainContract,
  { opened: { kind: 'trial', plan: 'standard', until: '2026-12-15' }, today: entitledBy('standard') },
  { opened: { kind: 'under-covered', plan: 'premier', until: null }, today: null },
  { opened: entitledBy('standard'), today: { kind: 'grace', plan: 'standard', until: '2026-11-20' } },
  {
    opened: { kind: 'grace', plan: 'standard', until: '2026-11-20' },
    today: { kind: 'lapsed', plan: null, until: '2026-11-20' },
  },
  { opened: { kind: 'lapsed', plan: null, until: null }, today: null },
];
const sampleMessages: CaseNotice['messages'] = [
  {
    direction: 'in',
    author: 'ada@aldous.example',
    at: '2026-11-23T10:30:00+00:00',
    text: 'It stops again, now at step four.\n\nThe log is enclosed.',
    attachments: [
      { name: 'workflow.log', size: 48_300 },
      { name: 'screen.png', size: 2_410_000 },
    ],
  },
  {
    direction: 'note',
    author: 'kim@desk.example',
    at: '2026-11-23T10:10:00+00:00',
    text: 'Looks like 4711.',
    attachments: [],
  },
  {
    direction: 'out',
    author: 'kim@desk.example',
    at: '2026-11-23T10:05:00+00:00',
    text: 'Please try the new build.',
    attachments: [],
  },
];

const keepsText = (why: string): boolean =>
  !['done', 'let-go', 'cancelled', 'too-late', 'nothing-waits', 'empty'].includes(why);
const sampleStaffAnswers = staffAnswerResults.flatMap((why): Letter[] =>
  [true, false].map((full) => ({
    template: 'staff-answer',
    values: {
      why,
      number,
      title: full ? plainCase.title : '',
      done:
        why === 'done'
          ? workDone.flatMap((did) =>
              [true, false].map((later) => ({
                ...{ word: 'WAIT', did, later },
                what: did.startsWith('kind') ? 'defect' : full || !did.startsWith('escalated') ? '77' : null,
                more: full || did !== 'kind' ? '78' : null,
                until: full || did !== 'waits' ? plainCase.due : null,
              })),
            )
          : [],
      goesAt: (why === 'done' && full) || why === 'too-late' ? plainCase.due : null,
      timezone: plainCase.timezone,
      hasText: full,
      takes: full,
      filesStay: full,
      days: 30,
      refusal: why === 'refused' ? { why: full ? 'case-closed' : 'no-right' } : null,
      line: why === 'mistyped' ? 'Solvd' : why === 'holds-notification' ? 'Contract: 24x7' : null,
      near: why === 'mistyped' && full ? 'SOLVED' : null,
      owner: why === 'owner-changed' ? '77' : null,
      since: full
        ? sinceNotice.map((what) => ({ what, who: what === 'severity' ? '2' : '77', at: plainCase.due }))
        : [],
      send: keepsText(why) ? (full ? 'once-open' : 'now') : null,
      words: full ? ['WAIT'] : [],
      text: keepsText(why) ? 'Good morning,\nplease try this:\n\n1. Stop the service.' : '',
    },
  })),
);

const sampleRefusals = workRefusals.flatMap((refused): Letter[] => {
  const [first] = sampleStaffAnswers;
  if (first?.template !== 'staff-answer') return [];
  const mores = {
    'severity-not-allowed': ['trial', 'preview', 'grace', 'lapsed'],
    'no-enhancements': ['limited', 'discontinued'],
  } as const;
  const all: readonly string[] = refused in mores ? mores[refused as keyof typeof mores] : ['77'];
  return all.map((more, i) => ({
    template: 'staff-answer',
    values: {
      ...first.values,
      ...{ why: 'refused', done: [], goesAt: null, since: [], filesStay: false },
      refusal: {
        why: refused,
        what: refused.startsWith('kind') ? 'defect' : '77',
        more,
        ...(i === 0 ? { at: plainCase.due } : {}),
        day: '2026-11-30',
      },
    },
  }));
});

export const sampleLetters: readonly Letter[] = [
  ...cases.map((part): Letter => ({ template: 'acknowledgement', values: { ...plainCase, ...part } })),
  { template: 'opened-summary', values: { cases: [summed], timezone: plainCase.timezone, renewed: true } },
  {
    template: 'opened-summary',
    values: {
      cases: [summed, { ...summed, number: caseNumber('100043') }],
      timezone: plainCase.timezone,
      renewed: false,
    },
  },
  { template: 'neutral-receipt', values: { support: 'support@desk.example', access: 'access@desk.example' } },
  { template: 'security-receipt', values: { security: 'security@desk.example' } },
  { template: 'care-receipt', values: { care: 'care@desk.example' } },
  ...accessSamples,
  ...(Object.keys(notUnderstood) as (keyof typeof notUnderstood)[]).flatMap((kind) =>
    notUnderstood[kind].flatMap((why): Letter[] =>
      [at.title, ''].map((title) => ({
        template: 'answer-not-understood',
        values: {
          asked: kind,
          why,
          title: kind === 'missing-pin' ? title : '',
          ...(kind === 'attest' && { person: 'ada@aldous.example' }),
          open: kind === 'senders' ? [newcomer, stranger] : [],
        },
      })),
    ),
  ),
  ...[at.title, ''].map((title): Letter => ({ template: 'added-to-case', values: { number, title } })),
  ...[false, true].map(
    (reopened): Letter => ({ template: 'reply-received', values: { number, title: at.title, reopened } }),
  ),
  { template: 'pin-needed', values: { title: '', cause: 'none' } },
  { template: 'pin-needed', values: { title: at.title, cause: 'several' } },
  { template: 'pin-needed', values: { title: at.title, cause: 'not-yours', pin: '7003' } },
  {
    template: 'pin-needed',
    values: {
      title: at.title,
      cause: 'retired',
      replacedAt: '2026-11-02T09:00:00+00:00',
      goodUntil: '2026-11-09T09:00:00+00:00',
      timezone: plainCase.timezone,
    },
  },
  {
    template: 'pin-needed',
    values: {
      title: at.title,
      cause: 'which-site',
      sites: [
        { number: at.site, name: at.siteName },
        { number: '1000808', name: 'Côte Transit' },
      ],
    },
  },
  { template: 'support-lapsed', values: { ...lapsed, case: null } },
  { template: 'support-lapsed', values: { ...lapsed, case: number } },
  { template: 'support-lapsed', values: { ...lapsed, teamKnows: false, case: null } },
  { template: 'support-lapsed', values: { ...lapsed, title: '', endedOn: null, case: null } },
  { template: 'support-lapsed', values: { ...lapsed, product: 'Vault', beginsOn: '2026-12-01', case: null } },
  { template: 'support-lapsed', values: { ...lapsed, product: 'Vault', endedOn: null, case: null } },
  { template: 'support-lapsed', values: { ...lapsed, endedOn: null, beginsOn: '2026-12-01', case: number } },
  ...[[newcomer], [stranger], [newcomer, stranger]].map(
    (lines): Letter => ({
      template: 'sender-question',
      values: {
        siteName: at.siteName,
        timezone: plainCase.timezone,
        lines: lines.map((line) => ({ ...line, ...asked })),
      },
    }),
  ),
  ...results.map(
    (result): Letter => ({ template: 'sender-settled', values: { lines: [{ ...stranger, result }], open: [] } }),
  ),
  { template: 'sender-settled', values: { lines: [{ ...newcomer, result: 'registered' }], open: [stranger] } },
  { template: 'sender-settled', values: { lines: [], open: [newcomer, stranger] } },
  {
    template: 'held-answer',
    values: {
      text: 'Dear Ms Blau,\n\nthank you for your message. Our price list is\nenclosed with the next letter.\n\nKim Oster',
      support: 'support@desk.example',
    },
  },
  ...confirmedKinds.flatMap((act): Letter[] =>
    [24, 1].map((hours) => ({
      template: 'confirm-code',
      values: {
        ...{ act, siteName: at.siteName, code: '7KQ2-M9XW', hours, case: number },
        lines: act === 'contacts' ? ['REMOVE nia@aldous.example', 'ROLE max@aldous.example secondary'] : null,
      },
    })),
  ),
  { template: 'privileged-pin', values: { ...privileged, pin: 'p7KQ2M9XWY' } },
  { template: 'privileged-pin-accepted', values: privileged },
  { template: 'privileged-pin-used', values: { ...privileged, contact: 'Max Ernst' } },
  { template: 'command-pin', values: { siteName: at.siteName, site: at.site, pin: '345' } },
  ...[(['solution', 'severity', 'answer'] as const).map((waitsFor) => ({ ...inList, due: null, waitsFor }))].map(
    (cases): Letter => ({
      template: 'command-cases',
      values: { siteName: at.siteName, cases, more: 0, timezone: plainCase.timezone },
    }),
  ),
  ...standings.map(
    (part): Letter => ({
      template: 'command-status',
      values: {
        ...{ ...inList, ...standing, status: 'open', openedAt: since, closedAt: null, events: [] },
        ...{ timezone: plainCase.timezone, ...part },
      },
    }),
  ),
  ...[[], [inList], [inList, { ...inList, number: caseNumber('100043'), severity: 1, due: null } as const]].map(
    (lines, more): Letter => ({
      template: 'command-cases',
      values: { siteName: at.siteName, cases: lines, more, timezone: plainCase.timezone },
    }),
  ),
  {
    template: 'case-message',
    values: {
      number,
      title: plainCase.title,
      text: 'Good morning,\nplease try this:\n\n1. Stop the service.\n2. Start it again.',
      name: 'Kim Oster',
    },
  },
  { template: 'case-left', values: { number, title: plainCase.title } },
  ...proposalSteps.map(
    (how, at): Letter => ({
      template: 'severity-proposal',
      values: {
        number,
        title: at === 3 ? '' : plainCase.title,
        how,
        from: 3,
        to: at === 1 ? 1 : 2,
        until: plainCase.due,
        timezone: plainCase.timezone,
        phone: at === 1 ? '+44 20 0000 0000' : null,
      },
    }),
  ),
  ...([1, 2] as const).flatMap((level) =>
    [null, 'Kim Oster'].flatMap((name) =>
      [null, 'We rebuild the index tonight.\nThe service stays up.'].map(
        (plan): Letter => ({
          template: 'case-escalated',
          values: { number, title: plainCase.title, level, name, plan, until: plan && '2026-11-25' },
        }),
      ),
    ),
  ),
  ...[false, true].map(
    (undone): Letter => ({
      template: 'case-merged',
      values: { number, title: undone ? '' : plainCase.title, other: caseNumber('100041'), undone },
    }),
  ),
  { template: 'case-split', values: { number, title: plainCase.title, from: caseNumber('100041') } },
  ...caseProgress.flatMap((why, at) =>
    (['defect', 'enhancement'] as const).map(
      (kind): Letter => ({
        template: 'case-progress',
        values: {
          why,
          number,
          title: at === 1 ? '' : plainCase.title,
          kind,
          reference: at === 2 ? null : 'VLT-1234',
          planned: '12.1',
          resolvedIn: 'Vault 12.1',
          name: kind === 'defect' ? 'Kim Oster' : null,
        },
      }),
    ),
  ),
  ...outsideScope.map(
    (why, at): Letter => ({
      template: 'out-of-scope',
      values: {
        why,
        words: 'The printer is of another vendor.',
        number,
        title: plainCase.title,
        offers: at === 0 ? [] : [{ text: 'Vault Consulting', link: 'https://desk.example/consulting' }],
        name: at === 1 ? null : 'Kim Oster',
      },
    }),
  ),
  ...caseNotices.map(
    (why, at): Letter => ({
      template: 'case-notice',
      values: {
        why,
        number,
        title: at === 1 ? '' : plainCase.title,
        severity: at === 5 ? 1 : 3,
        kind: 'incident',
        site: siteNumber('1000345'),
        siteName: 'Aldous Robotics',
        contact: 'Ada Byron',
        phone: at === 2 ? null : '+44 20 7946 0123',
        owner: at === 0 || at === 1 ? null : 'kim@desk.example',
        percent: why === 'warning' || why === 'untaken' ? 50 : null,
        due: at === 3 || at === 4 ? null : plainCase.due,
        answeredAt: at === 3 ? '2026-11-23T10:05:00+00:00' : null,
        product: at === 2 ? null : 'Vault 11.6',
        contract: sampleContracts[at % sampleContracts.length] ?? plainContract,
        timezone: plainCase.timezone,
        messages: at === 1 ? [] : sampleMessages,
      },
    }),
  ),
  ...(
    [
      { severity: 1, from: 3, phone: '+44 20 0000 0000', owed: true },
      { severity: 1, from: 2, phone: '+44 20 0000 0000' },
      { severity: 2, from: 3, kept: null },
      { severity: 3, from: 3, kept: 'trial', due: null, before: null },
      { severity: 3, from: 4, kept: 'provisional caller', title: '' },
      { severity: 2, from: 2, kept: 'grace', due: null, before: null },
      { severity: 3, from: 3, kept: 'preview', preview: true, due: null, before: null },
      { severity: 4, from: 3, due: null },
      { severity: 3, from: 2, kept: 'preview', preview: true, byUs: true },
      { severity: 2, from: 3, byUs: true },
    ] as const
  ).map(
    (part): Letter => ({
      template: 'severity-set',
      values: {
        number,
        title: at.title,
        byUs: false,
        kept: null,
        preview: false,
        due: plainCase.due,
        before: '2026-11-23T16:30:00+00:00',
        owed: false,
        timezone: plainCase.timezone,
        phone: null,
        ...part,
      },
    }),
  ),
  ...changes.flatMap((now): Letter[] =>
    [0, 1, 30].map((days) => ({
      template: 'command-changed',
      values: {
        number: plainCase.number,
        title: days === 1 ? '' : plainCase.title,
        now,
        who: days === 1 ? null : 'Ada Byron',
        days,
      },
    })),
  ),
  ...[null, 'Please install 11.6.\nThe gauge reads right with it.\n\nKind regards'].map(
    (text): Letter => ({
      template: 'solution-proposed',
      values: {
        number: plainCase.number,
        title: text === null ? '' : plainCase.title,
        text,
        name: 'Ada Byron',
      },
    }),
  ),
  ...[null, '2026-12-02T09:12:00+00:00'].map(
    (closes): Letter => ({
      template: 'solution-reminder',
      values: {
        number: plainCase.number,
        title: closes === null ? plainCase.title : '',
        proposedAt: '2026-11-20T09:12:00+00:00',
        closes,
        timezone: plainCase.timezone,
      },
    }),
  ),
  ...[null, 'Which version do you run?\nAnd since when?\n\nPlease send us the log of that day.'].flatMap((text) =>
    [null, 'Kim Oster'].map(
      (name): Letter => ({
        template: 'wait-reminder',
        values: {
          number: plainCase.number,
          title: text === null ? plainCase.title : '',
          since: '2026-11-20T09:12:00+00:00',
          text,
          name,
          timezone: plainCase.timezone,
        },
      }),
    ),
  ),
  ...closings.flatMap((how): Letter[] =>
    [0, 1, 30].map((days) => ({
      template: 'case-closed',
      values: {
        number: plainCase.number,
        title: days === 1 ? '' : plainCase.title,
        how,
        who: days === 1 ? null : 'Ada Byron',
        text: how === 'ours' && days === 1 ? 'We have decided to build it.\n\nIt comes with 12.0.' : null,
        days,
        link: days === 0 ? null : 'https://desk.example/rate/4c92.0123456789abcdef01234567',
      },
    })),
  ),
  {
    template: 'command-status',
    values: {
      ...inList,
      ...standing,
      status: 'open',
      openedAt: '2026-11-20T09:12:00+00:00',
      closedAt: null,
      timezone: plainCase.timezone,
      events: toldEvents.map((kind) => ({ kind, at: '2026-11-20T09:12:00+00:00' })),
    },
  },
  {
    template: 'command-status',
    values: {
      ...inList,
      ...standing,
      due: null,
      title: '',
      status: 'closed',
      openedAt: '2026-11-02T09:12:00+00:00',
      closedAt: '2026-11-20T16:40:00+00:00',
      timezone: plainCase.timezone,
      events: [],
    },
  },
  {
    template: 'command-licences',
    values: {
      siteName: at.siteName,
      site: at.site,
      renewals: 'renewals@desk.example',
      covered: true,
      licences: [
        {
          number: 'U-1001',
          serviceTag: '77-4711',
          product: 'Vault',
          kind: 'user',
          quantity: 50,
          endsOn: null,
          daysLeft: null,
        },
        {
          number: 'S-1001',
          serviceTag: null,
          product: 'Vault',
          kind: 'support',
          quantity: 50,
          endsOn: '2027-12-31',
          daysLeft: 405,
        },
        {
          number: 'T-5001',
          serviceTag: null,
          product: 'Vault',
          kind: 'trial',
          quantity: 3,
          endsOn: '2026-11-22',
          daysLeft: 1,
        },
        {
          number: 'S-0900',
          serviceTag: null,
          product: 'Vault',
          kind: 'support',
          quantity: 5,
          endsOn: '2026-11-21',
          daysLeft: 0,
        },
      ],
      plans: [
        { kind: 'standard', endsOn: '2027-12-31', daysLeft: 405 },
        { kind: '24x7', endsOn: '2026-10-31', daysLeft: -21 },
        { kind: 'premier', endsOn: '2026-12-31', daysLeft: 40 },
      ],
    },
  },
  {
    template: 'command-licences',
    values: {
      ...{ siteName: at.siteName, site: at.site, renewals: 'renewals@desk.example' },
      ...{ covered: false, licences: [], plans: [] },
    },
  },
  ...(
    [
      { plan: 'premier', plans: [{ kind: 'standard', endsOn: '2027-12-31' }], has: false, lacksBase: false },
      { plan: 'premier', plans: [], has: false, lacksBase: true },
      { plan: 'premier', plans: [], has: false, lacksBase: true, teamKnows: false },
      { plan: '24x7', plans: [], has: false, lacksBase: false },
      {
        plan: '24x7',
        plans: [
          { kind: '24x7', endsOn: '2027-12-31' },
          { kind: 'premier', endsOn: '2027-03-31' },
        ],
        has: true,
        lacksBase: false,
      },
    ] as const
  ).map(
    (values): Letter => ({
      template: 'upgrade-requested',
      values: { siteName: at.siteName, site: at.site, renewals: 'renewals@desk.example', teamKnows: true, ...values },
    }),
  ),
  ...[number, null].map(
    (on): Letter => ({
      template: 'work-by-mail',
      values: {
        ...{ title: on ? at.title : '', case: on, command: 'npx postern mail show 17' },
        assign: 'npx postern case assign 100042 kim@desk.example',
      },
    }),
  ),
  ...contactLetters,
  ...licenceLetters,
  ...renewalLetters,
  ...[false, true].map(
    (several): Letter => ({
      template: 'command-help',
      values: {
        commands: [
          ...['HELP', 'PIN', 'PIN PRIVILEGED', 'CASES', 'STATUS', 'LICENCES', 'REGISTER', 'DOCUMENTS', 'UPGRADE'],
          ...['USERS', 'CONTACTS', 'CONTACTS CONFIRM', 'ADD', 'REMOVE', 'ROLE', 'PRIVILEGE'],
        ].map((name) => ({
          name,
          word: '77',
        })),
        several,
        support: 'support@desk.example',
      },
    }),
  ),
  ...refusals.flatMap((why): Letter[] =>
    [1, 3].map((left) => ({
      template: 'command-refused',
      values: {
        why,
        word: why.startsWith('code') || why === 'privileged-pin-over' ? '' : '77',
        sites: why === 'which-site' ? [{ number: at.site, name: at.siteName }] : [],
        left,
        meant: why === 'which-plan' && left === 1 ? 'premier' : null,
      },
    })),
  ),
  ...(['begun', 'goes-on', 'over'] as const).map(
    (state): Letter => ({
      template: 'alert',
      values: {
        link: 'https://desk.example/readyz',
        causes: [...alertCauses, 'queue-age' as const].map((cause, n) => ({
          cause,
          subject: cause === 'queue-age' ? (n % 2 === 0 ? 'jobs' : 'mails') : `m${n}`,
          state,
          since: '2026-11-20T09:12:00+00:00',
          count: n % 3 === 0 ? 1 : 12,
          why: n % 2 === 0 ? null : '550 5.7.1',
        })),
      },
    }),
  ),
  {
    template: 'alert',
    values: {
      link: 'https://desk.example/readyz',
      causes: [
        {
          cause: 'login-refused',
          subject: 'letters',
          state: 'begun',
          since: '2026-11-20T09:12:00+00:00',
          count: 0,
          why: null,
        },
      ],
    },
  },
  {
    template: 'sign-in-code',
    values: { code: '7KQ2-M9XW', minutes: 10, device: 'Firefox, Linux', host: 'desk.example' },
  },
  { template: 'test-letter', values: { support: 'support@desk.example', server: 'mail.desk.example' } },
  ...sampleStaffAnswers,
  ...sampleRefusals,
  ...notices.map((values): Letter => ({ template: 'staff-notice', values })),
];
