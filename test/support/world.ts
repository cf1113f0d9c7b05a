/**
 * A small world of customers, held in memory: what the database would answer to a mail's question, which
 * test/integration/store/facts.test.ts compares with what it does answer. Its clock stands at
 * Wednesday 13 May 2026; a mail arrives at the time that its topmost Received line says.
 */

import { createHash } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { defaultAccessPolicy } from '../../src/access/policy.ts';
import type { OwnStanding } from '../../src/acts/self-service/records.ts';
import { holidaysOf } from '../../src/calendar/holidays.ts';
import type { Severity } from '../../src/cases/case.ts';
import { rate } from '../../src/cases/rating.ts';
import type { ClockEvent } from '../../src/cases/response-clock.ts';
import type { SatisfactionAnswer } from '../../src/cases/satisfaction.ts';
import { besideLetters } from '../../src/flows/intake/ask-facts.ts';
import { caseNumber, contactId, letterId, mailId, type SiteId, siteId, siteNumber } from '../../src/foundation/ids.ts';
import { asksForPeople, isAboutSubscriptions } from '../../src/intake/commands/commands.ts';
import { decide } from '../../src/intake/decide.ts';
import type { Decision } from '../../src/intake/decision.ts';
import {
  type Admission,
  type CaseFacts,
  type ConfirmationFacts,
  type Facts,
  type LetterFacts,
  type MailAtHand,
  type PastLetter,
  type PrivilegedFacts,
  type Question,
  questionOf,
  type SelfService,
  type SenderFacts,
  type SiteFacts,
} from '../../src/intake/facts.ts';
import { type Desk, intakePolicySchema, type Policy } from '../../src/intake/policy.ts';
import type { ConfirmedAct } from '../../src/intake/questions/confirmed-act.ts';
import type { Arrival, MailFacts, ReadOptions } from '../../src/mail/parsed-mail.ts';
import { readMail } from '../../src/mail/read.ts';
import { messageIdFor, plusAddressFor, returnPathFor } from '../../src/mail/subject/thread-token.ts';
import type { OptionalKind, OwnSubscription } from '../../src/notices/kinds.ts';
import { noticesPolicySchema } from '../../src/notices/policy.ts';
import type { Pin } from '../../src/registry/pin.ts';
import type { Contact, Licence, ProductVersion, Site } from '../../src/registry/site.ts';
import { staffMemberSchema } from '../../src/staff/staff.ts';
import { defaultCasesPolicy, defaultLetterPolicy, defaultRegistryPolicy } from './default-policies.ts';
import { quotedLetters } from './mails/our-letters.ts';

export const clock = '2026-05-13T10:00:00Z';
export const key = 'a key that only the tests know';

export const readOptions: ReadOptions = {
  addresses: {
    support: 'support@desk.example',
    access: 'access@desk.example',
    renewals: 'renewals@desk.example',
    security: 'security@desk.example',
    care: 'care@desk.example',
    licensing: 'licensing@desk.example',
    bounces: 'bounces@desk.example',
  },
  lists: ['help.desk.example'],
  authservId: 'mx.desk.example',
  keys: [key],
  spam: [{ name: 'x-spam-flag', value: 'yes' }],
};

const desk: Desk = {
  addresses: {
    support: 'support@desk.example',
    access: 'access@desk.example',
    renewals: 'renewals@desk.example',
    security: 'security@desk.example',
    care: 'care@desk.example',
    licensing: 'licensing@desk.example',
  },
  languages: ['en', 'de'],
  phones: { GB: '+44 20 7946 0000', DE: '+49 30 5550000', default: '+1 555 0100' },
  staff: ['kim@desk.example'],
  people: [staffMemberSchema.parse({ name: 'Kim Oster', email: 'kim@desk.example', roles: ['engineer'] })],
  staffDelay: 60,
  outOfScope: [],
  timezone: 'Europe/London',
  renewalTeam: ['rita@desk.example'],
  security: ['sec@desk.example'],
  care: ['cara@desk.example'],
  licensing: ['lee@desk.example'],
  senderAuth: 'sensitive',
  publicUrl: 'https://desk.example',
};

export const policy: Policy = {
  ...defaultRegistryPolicy,
  ...defaultAccessPolicy,
  ...defaultCasesPolicy,
  ...defaultLetterPolicy,
  ...intakePolicySchema.parse({}),
  ...noticesPolicySchema.parse({}),
  desk,
  publicHolidays: holidaysOf,
};

const year = { from: '2026-01-01', to: '2026-12-31' } as const;
const licence = (number: string, product: string, kind: Licence['kind'], quantity: number, from: string, to: string) =>
  ({ number, product, kind, quantity, from, to, registeredOn: null }) satisfies Licence;
const site = (id: string, number: string, name: string, rest: Omit<Site, 'id' | 'number' | 'name'>): Site => ({
  id: siteId(id),
  number: siteNumber(number),
  name,
  ...rest,
});

export const sites: readonly SiteFacts[] = [
  {
    // Entitled, standard.
    site: site('1', '1000345', 'Aldous Robotics', { country: 'GB', timezone: 'Europe/London', language: 'en' }),
    plans: [{ kind: 'standard', ...year }],
    licences: [
      licence('U-1001', 'Vault', 'user', 50, '2025-01-01', '2027-12-31'),
      licence('S-1001', 'Vault', 'support', 50, '2026-01-01', '2026-12-31'),
    ],
  },
  {
    // Entitled round the clock, in a state with holidays of its own.
    site: site('2', '1000512', 'Bergwerk Maschinenbau', {
      country: 'DE',
      state: 'BY',
      timezone: 'Europe/Berlin',
      language: 'de',
    }),
    plans: [{ kind: '24x7', ...year }],
    licences: [
      licence('U-2001', 'Vault', 'user', 10, '2025-01-01', '2027-12-31'),
      licence('TAG-77XK2', 'Vault', 'support', 10, '2026-01-01', '2026-12-31'),
    ],
  },
  {
    // Premier on top of standard.
    site: site('3', '1000777', 'Nihon Seiki', { country: 'JP', timezone: 'Asia/Tokyo', language: 'ja' }),
    plans: [
      { kind: 'standard', ...year },
      { kind: 'premier', ...year },
    ],
    licences: [
      licence('U-3001', 'Vault', 'user', 5, '2025-01-01', '2027-12-31'),
      licence('S-3001', 'Vault', 'support', 5, '2026-01-01', '2026-12-31'),
    ],
  },
  {
    // Fewer support than user licences.
    site: site('4', '1000808', 'Côte Transit', { country: 'FR', timezone: 'Europe/Paris', language: 'fr' }),
    plans: [{ kind: 'standard', ...year }],
    licences: [
      licence('U-4001', 'Vault', 'user', 40, '2025-01-01', '2027-12-31'),
      licence('S-4001', 'Vault', 'support', 25, '2026-01-01', '2026-12-31'),
    ],
  },
  {
    // A trial of 30 days, the last one 30 May.
    site: site('5', '1000909', 'Pixel Startup', { country: 'US', timezone: 'America/New_York', language: 'en' }),
    plans: [],
    licences: [
      {
        number: 'T-5001',
        product: 'Vault',
        kind: 'trial',
        quantity: 3,
        from: '2026-04-20',
        to: null,
        registeredOn: '2026-05-01',
      },
    ],
  },
  {
    // Support ended on 5 May: grace up to and including 19 May.
    site: site('6', '1001010', 'Hidalgo Textil', { country: 'ES', timezone: 'Europe/Madrid', language: 'es' }),
    plans: [{ kind: 'standard', from: '2025-05-06', to: '2026-05-05' }],
    licences: [
      licence('U-6001', 'Vault', 'user', 8, '2025-01-01', '2027-12-31'),
      licence('S-6001', 'Vault', 'support', 8, '2025-05-06', '2026-05-05'),
    ],
  },
  {
    // Lapsed since the end of February.
    site: site('7', '1001111', 'Oldtown Books', { country: 'GB', timezone: 'Europe/London', language: 'en' }),
    plans: [{ kind: 'standard', from: '2025-03-01', to: '2026-02-28' }],
    licences: [
      licence('U-7001', 'Vault', 'user', 2, '2025-01-01', '2027-12-31'),
      licence('S-7001', 'Vault', 'support', 2, '2025-03-01', '2026-02-28'),
    ],
  },
  {
    // Premier all year; the plan beneath it ended on 12 May, and the next begins in June. Another product is covered no more.
    site: site('8', '1001212', 'Hudson Freight', { country: 'US', timezone: 'America/New_York', language: 'en' }),
    plans: [
      { kind: 'premier', ...year },
      { kind: 'standard', from: '2025-06-01', to: '2026-05-12' },
      { kind: '24x7', from: '2026-06-01', to: '2027-05-31' },
    ],
    licences: [
      licence('U-8001', 'Vault', 'user', 6, '2025-01-01', '2027-12-31'),
      licence('S-8001', 'Vault', 'support', 6, '2025-06-01', '2027-05-31'),
      licence('U-8002', 'Pump', 'user', 2, '2025-01-01', '2027-12-31'),
      licence('S-8002', 'Pump', 'support', 2, '2025-03-01', '2026-02-28'),
    ],
  },
];

const contact = (
  id: string,
  at: string,
  name: string,
  email: string,
  role: Contact['role'],
  aliases: string[] = [],
  phone: { phone?: string } = {},
): Contact => ({ id: contactId(id), siteId: siteId(at), name, email, aliases, role, types: [], ...phone });

export const contacts: readonly Contact[] = [
  contact('11', '1', 'Ada Byron', 'ada@aldous.example', 'primary'),
  contact('12', '1', 'Max Ernst', 'max@aldous.example', 'authorized user', ['m.ernst@aldous.example'], {
    phone: '+44 20 7946 0012',
  }),
  contact('13', '1', 'Lise Keller', 'keys@aldous.example', 'licence user'),
  contact('14', '1', 'Paul Visser', 'paul@contractor.example', 'provisional caller'),
  contact('15', '1', 'Carla Neri', 'carla@consult.example', 'technical contact'),
  { ...contact('18', '1', 'Wilma Rowe', 'wilma@aldous.example', 'authorized user'), privileges: { cases: 'view' } },
  { ...contact('19', '1', 'Noel Park', 'noel@aldous.example', 'authorized user'), privileges: { cases: 'none' } },
  contact('21', '2', 'Jürgen Müller', 'juergen.mueller@bergwerk.example', 'primary'),
  contact('22', '2', 'Sabine Köhler', 'sabine.koehler@bergwerk.example', 'technical contact'),
  contact('31', '3', '田中 宏', 'tanaka@nihonseiki.example', 'primary'),
  contact('41', '4', 'Élodie Girard', 'elodie.girard@cotetransit.example', 'primary', [], {
    phone: '+33 1 55 50 41 41',
  }),
  contact('42', '4', 'Carla Neri', 'carla@consult.example', 'authorized user'),
  contact('51', '5', 'Sam Rivera', 'sam@pixel.example', 'primary'),
  contact('61', '6', 'Lucía Hidalgo', 'lucia@hidalgo.example', 'primary'),
  contact('71', '7', 'Tom Reed', 'tom@oldtown.example', 'primary'),
  contact('81', '8', 'Dana Cole', 'dana@hudson.example', 'primary'),
];

const pin = (digits: string, at: string, replacedAt: string | null = null): Pin => ({
  pin: digits,
  siteId: siteId(at),
  issuedAt: '2025-01-01T00:00:00Z',
  replacedAt,
});

export const pins: readonly Pin[] = [
  pin('345', '1'),
  pin('340', '1', '2026-05-10T12:00:00Z'),
  pin('338', '1', '2026-03-01T12:00:00Z'),
  pin('512', '2'),
  pin('7777', '3'),
  pin('808', '4'),
  pin('909', '5'),
  pin('1010', '6'),
  pin('1111', '7'),
  pin('1212', '8'),
];

export const products = ['Pump', 'Vault'];
export const versions: readonly ProductVersion[] = [
  { product: 'Vault', version: '12.0', stage: 'full', preview: true },
  { product: 'Vault', version: '11.6', stage: 'full', preview: false },
  { product: 'Vault', version: '11.0', stage: 'limited', preview: false },
  { product: 'Vault', version: '10.2', stage: 'discontinued', preview: false },
];

const onRecord = (
  number: string,
  at: string,
  rest: Partial<CaseFacts> & Pick<CaseFacts, 'title' | 'status'>,
): CaseFacts => ({
  id: `9${number}`,
  number: caseNumber(number),
  site: siteId(at),
  severity: 3,
  kind: 'incident',
  answered: false,
  clock: [],
  product: 'Vault',
  closedAt: null,
  proposed: false,
  reopensToday: 0,
  lapsed: false,
  language: 'en',
  participants: [],
  requester: 'nobody@rows.example',
  followedUpBy: null,
  versionNo: 1,
  ...rest,
});
const closed = (day: string): Pick<CaseFacts, 'status' | 'closedAt'> => ({
  status: 'closed',
  closedAt: `${day}T12:00:00Z`,
});

/** Its clock has run since nine in London that morning, and nobody has answered yet. */
const running = (at: string, severity: Severity, plan: 'standard' | '24x7' = 'standard'): readonly ClockEvent[] => {
  const { timezone, country } = (sites.find((one) => one.site.id === at) as SiteFacts).site;
  const rating = rate({ severity, plan, base: plan, timezone, country }, defaultCasesPolicy);
  return [{ type: 'started', at: '2026-05-13T08:00:00Z', rating }];
};

/** Half an hour of it has passed; since then it waits for the customer. */
const waiting = (at: string, severity: Severity): readonly ClockEvent[] => [
  ...running(at, severity),
  { type: 'paused', at: '2026-05-13T08:30:00Z' },
];

export const cases: readonly CaseFacts[] = [
  onRecord('100001', '1', {
    title: 'Workflow stopped',
    status: 'open',
    participants: ['ada@aldous.example', 'helper@partner.example'],
  }),
  onRecord('100012', '1', { title: 'Badge is refused', status: 'open', participants: ['paul@contractor.example'] }),
  onRecord('100002', '1', { title: 'Import hangs', ...closed('2026-05-03') }),
  onRecord('100003', '1', {
    title: 'Nightly backup fails',
    severity: 2,
    ...closed('2026-04-03'),
    participants: ['helper@partner.example'],
  }),
  onRecord('100004', '1', { title: 'Report is empty', ...closed('2026-03-10'), followedUpBy: caseNumber('100005') }),
  onRecord('100005', '1', { title: 'Report is empty again', status: 'open' }),
  onRecord('100040', '1', { title: 'Report is blank', ...closed('2026-05-11'), mergedInto: caseNumber('100041') }),
  onRecord('100041', '1', { title: 'Report has no lines', ...closed('2026-05-12'), mergedInto: caseNumber('100005') }),
  onRecord('100006', '1', { title: 'Login loop', ...closed('2026-05-12'), reopensToday: 3 }),
  onRecord('100007', '7', { title: 'Catalogue is slow', status: 'open' }),
  onRecord('100008', '7', { title: 'Printer driver', status: 'open', lapsed: true }),
  onRecord('100009', '2', { title: 'Dienst startet neu', status: 'open', severity: 2, language: 'de' }),
  onRecord('100010', '6', { title: 'Telar parado', ...closed('2026-03-20'), severity: 2, language: 'es' }),
  onRecord('100011', '5', { title: 'Trial question', ...closed('2026-03-20'), severity: 2 }),
  onRecord('100021', '1', {
    title: 'Import is slow',
    status: 'open',
    clock: running('1', 3),
    escalation: { level: 1, to: null },
  }),
  onRecord('100022', '1', {
    title: 'Badge is slow',
    status: 'open',
    clock: running('1', 3),
    answered: true,
    participants: ['max@aldous.example'],
    proposal: { to: 2, by: 'staff', until: '2026-05-15T17:00:00+01:00' },
  }),
  onRecord('100023', '5', { title: 'Trial stops', status: 'open', severity: 4, clock: running('5', 4) }),
  onRecord('100024', '1', { title: 'Preview stops', status: 'open', kind: 'preview', clock: running('1', 3) }),
  onRecord('100025', '2', { title: 'Import hängt', status: 'open', clock: running('2', 3, '24x7'), language: 'de' }),
  onRecord('100026', '6', {
    title: 'Telar lento',
    status: 'open',
    severity: 2,
    clock: running('6', 2),
    language: 'es',
  }),
  onRecord('100027', '3', { title: '取り込みが遅い', status: 'open', clock: running('3', 3), language: 'ja' }),
  onRecord('100028', '4', {
    title: 'Import lent',
    status: 'open',
    severity: 1,
    clock: running('4', 1),
    language: 'fr',
  }),
  onRecord('100033', '1', { title: 'Gauge reads low', status: 'open', answered: true, proposed: true }),
  onRecord('100034', '2', { title: 'Anzeige fehlt', status: 'open', answered: true, proposed: true, language: 'de' }),
  onRecord('100031', '5', { title: 'Gauge drifts', status: 'open', clock: waiting('5', 3) }),
  onRecord('100032', '5', { title: 'Gauge beeps', status: 'open', clock: waiting('5', 3), answered: true }),
];

/** Who has left a case. */
export const leavers = [{ case: caseNumber('100012'), address: 'max@aldous.example' }];

export type LetterRow = Omit<LetterFacts, 'id' | 'messageId' | 'original' | 'contact' | 'settled' | 'state'> & {
  readonly id: string;
  readonly lastHardBounce?: string;
  /** The held mail it asks about: a story, when it arrived, and the case it has become. */
  readonly about?: { readonly story: string; readonly case: string | null; readonly outcome?: string };
};

const acknowledged = (id: string, number: string, to: string, more: Partial<LetterRow> = {}): LetterRow => ({
  id,
  template: 'acknowledgement',
  to,
  case: caseNumber(number),
  asks: null,
  ...more,
});
const asked = (id: string, to: string, about: NonNullable<LetterRow['about']>): LetterRow => ({
  id,
  template: 'pin-needed',
  to,
  case: null,
  asks: { kind: 'missing-pin', mail: mailId(`9${id}`) },
  about,
});

const nora: SenderFacts = {
  id: '41',
  site: siteId('1'),
  siteNumber: '1000345',
  address: 'nora@elsewhere.example',
  case: null,
  caseContact: null,
  answer: null,
};
const rick: SenderFacts = {
  ...nora,
  id: '42',
  address: 'rick@partner.example',
  case: caseNumber('100001'),
  caseContact: contactId('12'),
};
const aboutSenders = (id: string, to: string, number: string | null, senders: readonly SenderFacts[]): LetterRow => ({
  id,
  template: 'sender-question',
  to,
  case: number === null ? null : caseNumber(number),
  asks: { kind: 'senders', questions: senders.map((one) => one.id) },
  senders,
});

const proposed = (id: string, number: string, to: string, yesCounts: boolean): LetterRow => ({
  ...acknowledged(id, number, to, { template: 'solution-proposed' }),
  asks: { kind: 'solved', case: caseNumber(number), yesCounts },
});
/** Asked when it was closed; `longAgo` of world-rows. */
const askedHowItWas = (id: string, number: string, to: string, answers: readonly SatisfactionAnswer[]): LetterRow => ({
  ...acknowledged(id, number, to, { template: 'case-closed' }),
  asks: { kind: 'satisfaction', case: caseNumber(number) },
  satisfaction: { askedAt: '2026-05-01T09:00:00+00:00', answers },
});

const attest = (
  id: string,
  to: string,
  { template, ...about }: { template: string } & ({ period: string } | { contact: Contact['id'] }),
  at = '1',
): LetterRow => ({
  ...{ id, template, to, case: null },
  asks: { kind: 'attest', site: siteId(at), ...about },
});
/** Of whom it is asked whether they may still open cases. */
export const toAttest: Readonly<Record<string, string>> = { '12': '2026-Q2', '13': '2026-Q2', '22': '2026-Q2' };
const listed = (id: string, site: string, to: string): LetterRow => ({
  id,
  template: 'contacts-list',
  to,
  case: null,
  asks: { kind: 'contacts', site: siteId(site) },
});

/** Whichever kind is meant, or one that its answer ends (POLICY §10.6). */
const endable = (id: string, to: string, name: OptionalKind | null): LetterRow => ({
  ...acknowledged(id, '100001', to, { template: 'subscriptions' }),
  case: null,
  asks: { kind: 'subscription', name, wanted: false },
});

export const letterRows: readonly LetterRow[] = [
  endable('110', 'ada@aldous.example', null),
  endable('111', 'max@aldous.example', 'releases'),
  // Went to an address that somebody has named for it, and that is no contact's.
  { ...endable('112', 'wilma@home.example', 'releases'), template: 'announcement' },
  proposed('90', '100033', 'ada@aldous.example', true),
  proposed('91', '100033', 'ada@aldous.example', false),
  proposed('92', '100034', 'juergen.mueller@bergwerk.example', true),
  askedHowItWas('93', '100002', 'ada@aldous.example', []),
  askedHowItWas('94', '100003', 'max@aldous.example', []),
  askedHowItWas('95', '100010', 'lucia@hidalgo.example', [{ score: 5, at: '2026-05-04T09:00:00+00:00', by: 'page' }]),
  listed('96', '1', 'ada@aldous.example'),
  listed('97', '2', 'juergen.mueller@bergwerk.example'),
  listed('98', '3', 'tanaka@nihonseiki.example'),
  acknowledged('7', '100001', 'ada@aldous.example'),
  acknowledged('8', '100002', 'ada@aldous.example'),
  acknowledged('9', '100003', 'max@aldous.example'),
  acknowledged('10', '100004', 'ada@aldous.example'),
  acknowledged('11', '100009', 'juergen.mueller@bergwerk.example'),
  acknowledged('15', '100007', 'tom@oldtown.example'),
  acknowledged('16', '100008', 'tom@oldtown.example'),
  acknowledged('17', '100009', 'sabine.koehler@bergwerk.example', { lastHardBounce: '2026-05-11T08:00:00Z' }),
  acknowledged('18', '100006', 'max@aldous.example'),
  acknowledged('19', '100010', 'lucia@hidalgo.example'),
  acknowledged('20', '100011', 'sam@pixel.example'),
  acknowledged('81', '100021', 'ada@aldous.example'),
  acknowledged('82', '100022', 'ada@aldous.example'),
  acknowledged('83', '100023', 'sam@pixel.example'),
  acknowledged('84', '100024', 'ada@aldous.example'),
  { ...acknowledged('190', '100022', 'ada@aldous.example'), template: 'severity-proposal' },
  acknowledged('85', '100025', 'juergen.mueller@bergwerk.example'),
  acknowledged('86', '100026', 'lucia@hidalgo.example'),
  acknowledged('87', '100027', 'tanaka@nihonseiki.example'),
  acknowledged('88', '100028', 'elodie.girard@cotetransit.example'),
  acknowledged('181', '100031', 'sam@pixel.example'),
  acknowledged('182', '100032', 'sam@pixel.example'),
  acknowledged('89', '100012', 'paul@contractor.example'),
  asked('12', 'max@aldous.example', { story: 'no-pin-from-a-contact', case: null }),
  asked('13', 'tom@oldtown.example', { story: 'no-pin-from-a-lapsed-site', case: null }),
  asked('14', 'max@aldous.example', { story: 'no-pin-from-a-contact', case: '100001' }),
  asked('22', 'juergen.mueller@bergwerk.example', { story: 'no-pin-in-german', case: null }),
  asked('25', 'ada@aldous.example', { story: 'renewals-beside-support-without-a-pin', case: null }),
  asked('26', 'carla@consult.example', { story: 'licensing-from-a-contact-of-two-sites', case: null }),
  asked('44', 'elodie.girard@cotetransit.example', { story: 'no-pin-in-french', case: null }),
  asked('45', 'lucia@hidalgo.example', { story: 'no-pin-in-spanish', case: null }),
  asked('46', 'tanaka@nihonseiki.example', { story: 'no-pin-in-japanese', case: null }),
  asked('47', 'carla@consult.example', { story: 'contact-of-two-sites-names-none', case: null }),
  asked('48', 'ada@aldous.example', { story: 'pin-of-another-site', case: null }),
  aboutSenders('30', 'ada@aldous.example', null, [nora]),
  aboutSenders('31', 'ada@aldous.example', null, [
    nora,
    rick,
    { ...nora, id: '43', address: 'eve@elsewhere.example', answer: 'no' },
  ]),
  aboutSenders('36', 'ada@aldous.example', null, [{ ...nora, answer: 'yes' }]),
  aboutSenders('32', 'ada@aldous.example', '100001', [rick]),
  {
    // A receipt for what was added by a bare number.
    ...acknowledged('33', '100001', 'ada@aldous.example', { template: 'added-to-case' }),
    asks: { kind: 'own-case', mail: mailId('933') },
    about: { story: 'case-number-opens-the-subject', case: '100001', outcome: 'case-updated' },
  },
  {
    ...acknowledged('35', '100001', 'ada@aldous.example', { template: 'added-to-case' }),
    asks: { kind: 'own-case', mail: mailId('935') },
    about: { story: 'case-number-opens-the-subject', case: '100005', outcome: 'case-opened' },
  },
  {
    id: '34',
    template: 'answer-not-understood',
    to: 'ada@aldous.example',
    case: null,
    asks: { kind: 'code', letter: letterId('61') },
  },
  {
    id: '21',
    template: 'neutral-receipt',
    to: 'nora@elsewhere.example',
    case: null,
    asks: null,
  },
  { id: '24', template: 'care-receipt', to: 'nora@elsewhere.example', case: null, asks: null },
  { id: '23', template: 'security-receipt', to: 'sam@finder.example', case: null, asks: null },
  ...['61', '62', '63', '64', '65'].map((id) => ({
    id,
    template: 'confirm-code',
    to: id === '62' ? 'juergen.mueller@bergwerk.example' : 'ada@aldous.example',
    case: null,
    asks: null,
  })),
  ...['66', '67', '68'].map((id) => ({
    id,
    template: 'confirm-code',
    to: 'carla@consult.example',
    case: caseNumber('100001'),
    asks: null,
  })),
  attest('37', 'ada@aldous.example', { template: 'contacts-quarterly', period: '2026-Q2' }),
  attest('38', 'ada@aldous.example', { template: 'contact-unreached', contact: contactId('12') }),
  { ...listed('39', '1', 'ada@aldous.example'), template: 'contacts-monthly' },
  attest('40', 'juergen.mueller@bergwerk.example', { template: 'contacts-quarterly', period: '2026-Q2' }, '2'),
  ...['72', '73', '74', '75'].map((id) => ({
    id,
    template: 'confirm-code',
    to: id === '72' ? 'ada@aldous.example' : 'max@aldous.example',
    case: null,
    asks: null,
  })),
  acknowledged('70', '100001', 'ada@aldous.example', { template: 'privileged-pin' }),
  acknowledged('71', '100001', 'carla@consult.example', { template: 'privileged-pin' }),
];

/** What is different from the usual in one story. */
export type Setting = {
  readonly senderAuth?: Desk['senderAuth'];
  readonly mustWait?: boolean;
  readonly arrival?: Arrival;
  /** A person has released it. */
  readonly admitted?: Admission;
  /** Letters of the last day to the sender. */
  readonly toSender?: readonly PastLetter[];
  readonly toStaff?: readonly PastLetter[];
  readonly saidBefore?: Facts['history']['saidBefore'];
  readonly pinLock?: Facts['pinLock'];
  /** Keys as they are blocked: an address, or a domain behind an @. */
  readonly blocked?: readonly string[];
  readonly strangersHour?: number;
  readonly strangersDay?: number;
};

const past = (template: string, matter: string, at = '2026-05-13T09:30:00Z', more: Partial<PastLetter> = {}) => ({
  template,
  matter,
  at,
  followsOwn: false,
  suppressed: false,
  case: null,
  ...more,
});

/** Asked back so many minutes ago. */
const askedBack = (matter: string, minutes: readonly number[]): readonly PastLetter[] =>
  minutes.map((ago) => past('answer-not-understood', matter, new Date(Date.parse(clock) - ago * 60_000).toISOString()));

/** Three letters of each kind that a gateway without manners gets. */
const threeToday: readonly PastLetter[] = [1, 2, 3].flatMap((n) => [
  past('acknowledgement', `case:10000${n}`, `2026-05-13T02:0${n}:00Z`),
  past('pin-needed', `mail:400${n}`, `2026-05-13T02:1${n}:00Z`),
]);
const alarm = 'Disk 17 is full. Free: 0 bytes. Time: 09:12:44.';
const said = 'Dear customer, thank you for your message. It has been given number 4470.';
/** What a gateway without manners answered to the last of them: words of its own above our letter. */
const gatewaySaid = {
  newText: said,
  text: `${said}\n\n> Thank you for your message. It came without your support PIN, so we cannot\n> tell yet which of your contracts it belongs to.\n> Please reply to this message with your PIN in the first line.\n> Kind regards`,
};

export const settings: Readonly<Record<string, Setting>> = {
  'released-for-a-site-that-it-does-not-name': { admitted: { by: 'api', site: siteId('1') } },
  'released-from-an-unregistered-sender': { admitted: { by: 'command', site: null } },
  'released-though-dmarc-failed': { admitted: { by: 'api', site: null } },
  'released-without-a-site': { admitted: { by: 'api', site: null } },
  'released-for-a-lapsed-site': { admitted: { by: 'api', site: siteId('7') } },
  'released-though-it-names-two-senders': { admitted: { by: 'api', site: siteId('1') } },
  'decider-answers-unverified-where-grades-are-off': { senderAuth: 'off' },
  'dmarc-failed-where-grades-are-off': { senderAuth: 'off' },
  'command-pin-where-grades-are-off': { senderAuth: 'off' },
  'command-pin-privileged-unverified-where-grades-are-off': { senderAuth: 'off' },
  'command-pin-privileged-failed-where-grades-are-off': { senderAuth: 'off' },
  'privileged-pin-unverified-where-grades-are-off': { senderAuth: 'off' },
  'privileged-pin-verified-where-grades-are-off': { senderAuth: 'off' },
  'privileged-pin-failed-where-grades-are-off': { senderAuth: 'off' },
  'forged-contact-without-pin-where-grades-are-off': { senderAuth: 'off' },
  'failed-stranger-where-grades-are-off': { senderAuth: 'off' },
  'two-senders-where-grades-are-off': { senderAuth: 'off' },
  'unverified-where-all-must-be': { senderAuth: 'all' },
  'verified-where-all-must-be': { senderAuth: 'all' },
  'unverified-out-of-office-where-all-must-be': { senderAuth: 'all' },
  'old-mail-of-a-mailbox-just-met': { mustWait: true },
  'old-severity-one-of-a-mailbox-just-met': { mustWait: true },
  'second-mail-of-a-stranger-today': { toSender: [past('neutral-receipt', 'receipt')] },
  'strangers-hour-is-full': { strangersHour: 20 },
  'strangers-day-is-full': { strangersDay: 200 },
  'sixty-first-case-of-the-hour': {
    toSender: Array.from({ length: 60 }, () => past('acknowledgement', 'case', '2026-05-13T09:50:00Z')),
  },
  'lapsed-customer-writes-twice-an-hour': { toSender: [past('support-lapsed', 'lapsed:1001111')] },
  'empty-reply-in-a-loop': {
    toSender: Array.from({ length: 3 }, (_, n) =>
      past('pin-needed', `mail:${n}`, '2026-05-13T04:00:00Z', { followsOwn: true }),
    ),
  },
  'stranger-guesses-on-while-locked': { pinLock: { locked: true, silent: true } },
  'stranger-without-pin-while-locked': { pinLock: { locked: true, silent: true } },
  'contact-with-the-pin-while-the-domain-is-locked': { pinLock: { locked: true, silent: true } },
  'contact-with-a-wrong-pin-while-the-domain-is-locked': { pinLock: { locked: true, silent: true } },
  'contact-names-one-more-pin-of-others': { pinLock: { locked: false, silent: false, contact: true } },
  'contact-with-the-own-pin-after-many-of-others': { pinLock: { locked: false, silent: false, contact: true } },
  'unregistered-with-the-pin-after-many-tries': { pinLock: { locked: false, silent: true } },
  'second-report-to-security-of-the-hour': {
    toSender: [past('security-receipt', 'security-receipt')],
    toStaff: [past('staff-notice', 'vulnerability-reported:sam@finder.example')],
  },
  'twenty-first-report-of-the-hour': {
    toStaff: Array.from({ length: 20 }, (_, n) => past('staff-notice', `vulnerability-reported:s${n}@spam.example`)),
  },
  'blocked-stranger': { blocked: ['nora@elsewhere.example'] },
  'blocked-stranger-with-the-pin': { blocked: ['@elsewhere.example'] },
  'blocked-stranger-to-care': { blocked: ['@elsewhere.example'] },
  'blocked-stranger-to-security': { blocked: ['nora@elsewhere.example'] },
  'blocked-domain-of-a-contact': { blocked: ['@aldous.example'] },
  'gateway-answers-again': { toSender: threeToday, saidBefore: [gatewaySaid] },
  'gateway-with-other-words-each-time': { toSender: threeToday, saidBefore: [gatewaySaid] },
  'gateway-that-knows-the-pin': { toSender: threeToday, saidBefore: [gatewaySaid] },
  'the-same-alarm-again-with-the-pin': {
    toSender: threeToday,
    saidBefore: Array.from({ length: 3 }, () => ({ text: alarm, newText: alarm })),
  },
  'person-writes-something-new-without-pin': { toSender: threeToday, saidBefore: [gatewaySaid] },
  'third-answer-without-the-code-within-the-hour': { toSender: askedBack('question:code:61', [20, 40]) },
  'fourth-answer-without-the-code-within-the-hour': { toSender: askedBack('question:code:61', [20, 40, 50]) },
  'fifth-answer-without-the-pin-of-the-day': {
    toSender: askedBack('mail:912', [100, 200, 300, 400]),
  },
  'sixth-answer-without-the-pin-of-the-day': {
    toSender: askedBack('mail:912', [100, 200, 300, 400, 500]),
  },
  'third-answer-about-another-question': { toSender: askedBack('question:code:60', [20, 30, 40]) },
  'by-lmtp-with-the-null-sender': { arrival: { mailFrom: '', rcptTo: ['support@desk.example'] } },
};

/** Mails that were taken before: what a copy or a forged Message-ID is compared with. */
export const received: readonly { readonly id: string; readonly story: string; readonly case: string | null }[] = [
  { id: '801', story: 'pin-in-the-subject', case: '100001' },
];

const folder = new URL('../fixtures/mail/', import.meta.url);
const attributes = (text: string) =>
  Object.fromEntries([...text.matchAll(/(\w+)=(\S+)/g)].map((found) => [found[1] as string, found[2] as string]));

/** Fills in what only we can sign: `{{token letter=7 case=100001}}`, `{{plus case=100001}}`, `{{bounces letter=7}}`. */
export function fill(text: string): string {
  return text.replace(/\{\{(token|plus|bounces) ([^}]*)\}\}/g, (_, what: string, rest: string) => {
    const { letter = '', case: number = null } = attributes(rest);
    if (what === 'token') return messageIdFor(letter, number, 'desk.example', key);
    if (what === 'plus') return plusAddressFor('support@desk.example', number ?? '', key);
    return returnPathFor('bounces@desk.example', letter, key);
  });
}

export const rawMail = (story: string): Buffer =>
  Buffer.from(fill(readFileSync(new URL(`${story}.eml`, folder), 'latin1')), 'latin1');

/** The end of the topmost Received line, which our own server wrote. */
function arrivedAt(raw: Buffer): string {
  const found = /^Received:[^;]*;\s*([^\r\n]+)/m.exec(raw.toString('latin1'));
  if (!found?.[1]) throw new Error('the fixture has no Received line with a time');
  return new Date(found[1]).toISOString();
}

export async function read(story: string): Promise<MailAtHand> {
  const raw = rawMail(story);
  const setting = settings[story] ?? {};
  const facts = await readMail(raw, setting.arrival ?? { mailFrom: null, rcptTo: [] }, readOptions);
  return {
    id: mailId('5001'),
    arrivedAt: arrivedAt(raw),
    mustWait: setting.mustWait ?? false,
    ...(setting.admitted ? { admitted: setting.admitted } : {}),
    facts,
  };
}

async function original(id: string, about: LetterRow['about']): Promise<LetterFacts['original']> {
  if (!about) return null;
  const mail = await read(about.story);
  const waits = about.story === 'pin-of-another-site' ? 'held-unregistered' : 'held-pin-needed';
  const outcome = about.outcome ?? (about.case === null ? waits : 'case-opened');
  const number = about.case === null ? null : caseNumber(about.case);
  const { facts } = mail;
  const writers = contacts.filter((one) => facts.from.kind === 'one' && one.email === facts.from.address);
  return { id: mailId(`9${id}`), arrivedAt: mail.arrivedAt, outcome, case: number, facts, writers };
}

export async function letterFacts(row: LetterRow): Promise<LetterFacts> {
  const to = contacts.find((one) => one.email === row.to || one.aliases.includes(row.to));
  const code = codeLetters.find((one) => one.letter === row.id);
  return {
    id: letterId(row.id),
    template: row.template,
    to: row.to,
    messageId: messageIdFor(row.id, row.case, 'desk.example', key),
    case: row.case,
    asks: code ? asksForCode(code) : row.asks,
    settled: row.about?.case != null && row.about.outcome === undefined,
    state: 'sent',
    original: await original(row.id, row.about),
    contact: to ? { id: to.id, lastHardBounce: row.lastHardBounce ?? null } : null,
    senders: row.senders ?? null,
    satisfaction: row.satisfaction ?? null,
    sealed: row.template === 'confirm-code' || row.template === 'privileged-pin',
  };
}

/** Questions that wait for the code 7KQ2-M9XW, by the letter that asked. */
export type CodeLetter = { letter: string; contact: string; site: string; state: Partial<ConfirmationFacts> } & {
  case?: string;
  act?: (site: SiteId) => ConfirmedAct;
};
export const codeLetters: readonly CodeLetter[] = [
  { letter: '61', contact: '11', site: '1', state: {} },
  { letter: '62', contact: '21', site: '2', state: {} },
  { letter: '63', contact: '11', site: '1', state: { expired: true } },
  { letter: '64', contact: '11', site: '1', state: { closed: 'used' } },
  { letter: '65', contact: '11', site: '1', state: { wrong: 4 } },
  ...(['51', '55'] as const).map(
    (pin): CodeLetter => ({
      letter: pin === '51' ? '66' : '68',
      contact: '15',
      site: '1',
      state: {},
      case: '100001',
      act: (site) => ({ kind: 'privileged-pin', site, pin }),
    }),
  ),
  {
    letter: '67',
    contact: '15',
    site: '1',
    state: {},
    case: '100001',
    act: (site) => ({ kind: 'command', command: 'PIN PRIVILEGED', site, argument: '' }),
  },
  // Asked for by Ada, and by Max, who decides nothing; and whether Max takes over.
  ...(['72', '74'] as const).map(
    (letter): CodeLetter => ({
      letter,
      contact: letter === '72' ? '11' : '12',
      site: '1',
      state: { wrong: 1 },
      act: (site) => ({
        kind: 'contacts',
        site,
        lines: [
          { do: 'add', name: 'Nia Vale', address: 'nia@aldous.example', role: 'secondary' },
          { do: 'remove', address: 'keys@aldous.example' },
        ],
      }),
    }),
  ),
  // Of the primary, and of somebody who is not.
  ...(['73', '75'] as const).map(
    (letter): CodeLetter => ({
      letter,
      contact: '12',
      site: '1',
      state: { wrong: 1 },
      act: (site) => ({ kind: 'hand-over', site, from: contactId(letter === '73' ? '11' : '15') }),
    }),
  ),
];
export const hashOf = (secret: string): string => createHash('sha256').update(secret).digest('hex');
const asksForCode = ({ letter, contact: id, site: at, case: on, act }: CodeLetter): ConfirmationFacts['asks'] => ({
  kind: 'confirm',
  act: act?.(siteId(at)) ?? { kind: 'command', command: 'PIN', site: siteId(at), argument: '' },
  contact: contactId(id),
  case: on ? caseNumber(on) : null,
  mail: mailId(`9${letter}`),
});
const goodCode = hashOf('7KQ2-M9XW');

function confirmations(question: Question, found: readonly Contact[]): ConfirmationFacts[] {
  return codeLetters
    .filter(
      ({ letter, contact: id, state }) =>
        question.letters.includes(letter) ||
        letterRows.some(
          (row) => row.asks?.kind === 'code' && row.asks.letter === letter && question.letters.includes(row.id),
        ) ||
        (question.letters.length === 0 &&
          !state.closed &&
          !state.expired &&
          !state.wrong &&
          question.onlyCode &&
          found.some((one) => one.id === id)),
    )
    .map((one) => ({
      letter: letterId(one.letter),
      to: letterRows.find((row) => row.id === one.letter)?.to ?? '',
      asks: asksForCode(one),
      hash: goodCode,
      matches: question.ownCodes.includes(goodCode),
      expired: false,
      wrong: 0,
      closed: null,
      ...one.state,
    }));
}

/** By the PINs themselves, which the database knows by their hash. */
export const privilegedRows: readonly (Pick<PrivilegedFacts, 'id' | 'state'> & {
  pin: string;
  contact: string;
  on: string;
})[] = [
  { id: '51', pin: 'p3TB8N5HCY', contact: '15', on: '100001', state: 'good' },
  { id: '52', pin: 'p6WD4R2ZJN', contact: '11', on: '100001', state: 'good' },
  { id: '53', pin: 'p8XK3V7PQZ', contact: '21', on: '100009', state: 'good' },
  { id: '54', pin: 'p5FM9G4TSS', contact: '15', on: '100002', state: 'good' },
  { id: '55', pin: 'p2NH6Y8ABY', contact: '15', on: '100001', state: 'expired' },
  { id: '56', pin: 'p9CJ5Q3WEB', contact: '15', on: '100001', state: 'open' },
  { id: '57', pin: 'p4RS7D2KMD', contact: '15', on: '100001', state: 'revoked' },
];

function privilegedOf(question: Question, asked: readonly ConfirmationFacts[]): PrivilegedFacts[] {
  const acts = asked.map(({ asks }) => asks.act);
  return privilegedRows.flatMap(({ id, pin, contact: owner, on, state }) => {
    const hash = hashOf(pin);
    const told = question.privileged.includes(hash);
    if (!told && !acts.some((act) => act.kind === 'privileged-pin' && act.pin === id)) return [];
    const person = contacts.find((one) => one.id === owner) as Contact;
    const primary = contacts.find((one) => one.siteId === person.siteId && one.role === 'primary') as Contact;
    return [
      {
        id,
        told,
        named: question.privilegedNamed.includes(hash),
        state,
        contact: person.id,
        address: person.email,
        site: person.siteId,
        case: caseNumber(on),
        until: state === 'expired' ? '2026-05-12T08:00:00Z' : '2026-05-14T08:00:00Z',
        primary: primary.email,
      },
    ];
  });
}

function selfServiceOf(question: Question, found: readonly Contact[], asked: readonly CaseFacts[]): SelfService {
  const own = new Set<string>(found.map((one) => one.siteId));
  const shown =
    question.command === 'STATUS'
      ? asked
      : cases.filter((one) => question.command === 'CASES' && one.status === 'open' && own.has(one.site));
  return {
    doubtful: [],
    pins: pins
      .filter((one) => own.has(one.siteId) && one.replacedAt === null)
      .map((one) => ({ site: one.siteId, pin: one.pin })),
    cases: [...shown]
      .sort((a, b) => a.severity - b.severity || (a.number < b.number ? -1 : 1))
      .map((one) => ({
        number: one.number,
        site: one.site,
        title: one.title,
        status: one.status,
        severity: one.severity,
        kind: one.kind,
        openedAt: '2026-05-01T09:00:00Z',
        closedAt: one.closedAt,
        due: one.status === 'open' && !one.answered ? '2026-05-13T15:00:00Z' : null,
        contact: contactOn[one.number] ?? null,
        participants: one.participants,
        events: question.command === 'STATUS' ? eventsOf(one) : null,
        ...((question.command === 'STATUS' || question.command === 'CASES') && { stands: standingOf(one) }),
      })),
  };
}

/** Of cases that somebody is asked about: who wrote them. */
const contactOn: Readonly<Record<string, Contact['id']>> = { '100001': contactId('12') };

function standingOf({ proposed, clock: events, proposal, mergedInto }: CaseFacts): OwnStanding {
  const last = events.findLast(({ type }) => type === 'paused' || type === 'resumed');
  return {
    proposedAt: proposed ? '2026-05-01T09:00:00Z' : null,
    waits: last?.type === 'paused' ? { since: last.at, until: null } : null,
    proposal: proposal ?? null,
    ...{ reference: null, planned: null, resolvedIn: null },
    mergedInto: mergedInto ?? null,
  };
}

const eventsOf = (one: CaseFacts) => [
  ...Array.from({ length: one.reopensToday }, () => ({ kind: 'reopened', at: '2026-05-13T09:30:00Z' })),
  ...one.clock.toReversed().map(({ type, at }) => ({ kind: `clock-${type}`, at })),
  { kind: 'opened', at: '2026-05-01T09:00:00Z' },
];

/** Mails of the sender's last day, where letters of the day may be a loop: the story's own, and before them what a letter asked about. */
function saidBefore(
  question: Question,
  setting: Setting,
  found: readonly Contact[],
  letters: readonly LetterFacts[],
): Facts['history']['saidBefore'] {
  if (!question.mayBeLoop || found.length === 0 || (setting.toSender ?? []).length < 2) return [];
  const at = Date.parse(question.arrivedAt);
  const originals = letters.flatMap(({ original: one }) => {
    const age = one ? at - Date.parse(one.arrivedAt) : -1;
    if (!one || age < 0 || age >= 24 * 3_600_000 || one.facts.from.kind !== 'one') return [];
    if (one.facts.from.address !== question.sender) return [];
    return [{ text: one.facts.text, newText: one.facts.newText, case: one.case }];
  });
  return [...(setting.saidBefore ?? []), ...originals];
}

/** Only of a mail that has copies. */
function copiedOf({ copied }: Question, numbers: ReadonlySet<string>): Pick<Facts, 'copied' | 'leavers'> {
  const there = contacts.filter(({ email, aliases }) => [email, ...aliases].some((one) => copied.includes(one)));
  const left = leavers.filter((one) => copied.length > 0 && numbers.has(one.case));
  return { ...(there.length > 0 && { copied: there }), ...(left.length > 0 && { leavers: left }) };
}

/** As `store/intake/facts/people.ts` has them. */
function peopleFacts(
  question: Question,
  given: {
    readonly found: readonly Contact[];
    readonly letters: readonly LetterFacts[];
    readonly asked: readonly ConfirmationFacts[];
    readonly known: ReadonlySet<string>;
  },
): Pick<Facts, 'people'> {
  const own = question.command && asksForPeople(question.command) ? given.found.map((one) => one.siteId) : [];
  const codes = given.asked.flatMap(({ matches, asks: { act } }) =>
    matches && (act.kind === 'contacts' || act.kind === 'hand-over' || act.kind === 'attest') ? [act.site] : [],
  );
  const answered = given.letters.flatMap(({ asks }) =>
    asks?.kind === 'attest' || asks?.kind === 'contacts' ? [asks.site] : [],
  );
  const ids = new Set<string>([...own, ...codes, ...answered]);
  const there = sites.filter(({ site }) => ids.has(site.id) && given.known.has(site.id));
  if (there.length === 0) return {};
  return {
    people: there.map(({ site }) => ({
      site,
      version: 0,
      confirmedAt: null,
      people: contacts
        .filter((one) => one.siteId === site.id)
        .map((one) => {
          const asked = toAttest[one.id];
          const said = subscriptions[one.id];
          return { ...one, ...(asked !== undefined && { toAttest: asked }), ...(said && { subscriptions: said }) };
        }),
      addedByMail: { hour: 0, day: 0 },
    })),
  };
}

/** Of whom a kind of letters goes elsewhere, or has ended; as `store/contacts/subscriptions.ts` has them. */
export const subscriptions: Readonly<Record<string, readonly OwnSubscription[]>> = {
  '12': [{ kind: 'media', wanted: false, address: 'max@aldous.example' }],
  '15': [{ kind: 'releases', wanted: false, address: 'carla@consult.example' }],
  '18': [{ kind: 'releases', wanted: true, address: 'wilma@home.example' }],
};
function subscriberFacts({ sender, command }: Question, letters: readonly LetterFacts[]): Pick<Facts, 'subscribers'> {
  const about =
    (command !== null && isAboutSubscriptions(command)) || letters.some(({ asks }) => asks?.kind === 'subscription');
  if (!about || sender === null) return {};
  const subscribers = contacts.flatMap((one) => {
    const said = subscriptions[one.id] ?? [];
    const speaks = one.email === sender || one.aliases.includes(sender) || said.some((s) => s.address === sender);
    const site = sites.find(({ site: { id } }) => id === one.siteId)?.site;
    return speaks && site ? [{ ...one, siteNumber: site.number, language: site.language, subscriptions: said }] : [];
  });
  return { subscribers };
}

/** What `store/intake/facts` would answer. */
export async function answer(question: Question, setting: Setting = {}, quoted?: string): Promise<Facts> {
  // What a letter asked about is read from its mail: only where the mail names it.
  const letters = await Promise.all(
    letterRows
      .filter(
        ({ id, case: on }) =>
          question.letters.includes(id) || question.returned.includes(messageIdFor(id, on, 'desk.example', key)),
      )
      .map(letterFacts),
  );
  const before = await Promise.all(received.map(async (one) => ({ ...one, facts: (await read(one.story)).facts })));
  const same = (facts: MailFacts) => facts.messageId === question.messageId;
  const earlier = before.find(
    ({ facts }) =>
      same(facts) &&
      facts.contentHash === question.contentHash &&
      facts.from.kind === 'one' &&
      facts.from.address === question.sender,
  );
  const found = contacts.filter(
    (one) =>
      question.sender !== null && (one.email === question.sender || one.aliases.includes(question.sender as string)),
  );
  const foundPins = pins.filter(
    (one) =>
      question.pins.includes(one.pin) ||
      (question.ownPins.includes(one.pin) && found.some((contact) => contact.siteId === one.siteId)),
  );
  const foundLicences = sites.flatMap((one) =>
    [...one.licences.map((each) => each.number), one.site.number]
      .filter((number) => question.licences.includes(number))
      .map((number) => ({ number, site: one.site.id })),
  );
  const asked = confirmations(question, found);
  const privileged = privilegedOf(question, asked);
  const numbers = new Set<string>([
    ...question.cases,
    ...privileged.map((one) => one.case),
    ...asked.flatMap(({ asks }) => asks.case ?? []),
    ...before.flatMap(({ facts, case: on }) => (on && question.answers.includes(facts.messageId ?? '') ? [on] : [])),
    ...letters.flatMap((one) => [one.case, one.original?.case ?? null].filter((each) => each !== null)),
  ]);
  for (const one of cases) {
    const next = one.mergedInto ?? one.followedUpBy;
    if (numbers.has(one.number) && next) numbers.add(next);
  }
  const foundCases = cases.filter((one) => numbers.has(one.number));
  const ids = new Set<string>([
    ...found.map((one) => one.siteId),
    ...foundPins.map((one) => one.siteId),
    ...foundLicences.map((one) => one.site),
    ...foundCases.map((one) => one.site),
    ...(question.site === null ? [] : [question.site]),
  ]);
  return {
    earlier: earlier
      ? { mail: mailId(earlier.id), case: earlier.case === null ? null : caseNumber(earlier.case) }
      : null,
    messageIdUsedBefore:
      question.messageId !== null &&
      before.some(({ facts }) => same(facts) && facts.contentHash !== question.contentHash),
    answeredMails: question.answers.flatMap((id) =>
      before
        .filter(({ facts }) => facts.messageId === id)
        .map((one) => ({
          id: mailId(one.id),
          state: 'decided',
          case: one.case === null ? null : caseNumber(one.case),
        })),
    ),
    contacts: found,
    pins: foundPins,
    licences: foundLicences,
    confirmations: asked,
    privileged,
    ...(quoted === undefined || !question.mayQuote ? {} : { quotable: [{ text: quoted, letter: true }] }),
    ...peopleFacts(question, { found, letters, asked, known: ids }),
    ...subscriberFacts(question, letters),
    ...(question.access && question.sender !== null ? { access: { request: null, own: [] } } : {}),
    selfService:
      question.command === null && question.ownCodes.length === 0 ? null : selfServiceOf(question, found, foundCases),
    // Looked at where a PIN is named.
    pinLock: { locked: false, silent: false, contact: false, ...(question.guesses.length > 0 ? setting.pinLock : {}) },
    blocked: found.length === 0 && question.blocks.some((one) => setting.blocked?.includes(one)),
    sites: Object.fromEntries(sites.filter((one) => ids.has(one.site.id)).map((one) => [one.site.id, one])),
    products,
    versions,
    ...copiedOf(question, numbers),
    cases: foundCases,
    letters,
    history: {
      toSender: setting.toSender ?? [],
      saidBefore: saidBefore(question, setting, found, letters),
      strangersHour: setting.strangersHour ?? 0,
      strangersDay: Math.max(setting.strangersHour ?? 0, setting.strangersDay ?? 0),
      toStaff: setting.toStaff ?? [],
    },
  };
}

/** The moment of the decision: the fixed clock, or the arrival of a mail that comes later. */
export const nowFor = (mail: MailAtHand): string =>
  Date.parse(mail.arrivedAt) > Date.parse(clock) ? mail.arrivedAt : clock;

/** Reads a fixture, asks this world about it and decides. */
export async function play(story: string): Promise<{ mail: MailAtHand; facts: Facts; decision: Decision }> {
  const alone = await read(story);
  const setting = settings[story] ?? {};
  // The mail a copy is compared with is not a copy of itself.
  const already = received.some((one) => one.story === story);
  const ask = (one: MailAtHand) =>
    answer(
      questionOf(
        one,
        (code) => [hashOf(code)],
        (pin) => [hashOf(pin)],
      ),
      setting,
      quotedLetters[story],
    );
  const first = await ask(alone);
  // Beside the letter that it answers, as flows/intake/ask-facts does.
  const mail = besideLetters(alone, first, null) ?? alone;
  const answered = mail === alone ? first : await ask(mail);
  const facts = already ? { ...answered, earlier: null } : answered;
  const senderAuth = setting.senderAuth ?? desk.senderAuth;
  const decision = decide(mail, facts, { ...policy, desk: { ...desk, senderAuth } }, nowFor(mail));
  return { mail, facts, decision };
}
