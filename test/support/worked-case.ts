/** A case as acts and timers see it, and what they are given. */
import type { Given } from '../../src/acts/act.ts';
import type { CaseMessage, WorkedCase } from '../../src/acts/cases/records.ts';
import type { By } from '../../src/changes/by.ts';
import { caseNumber, contactId, mailId } from '../../src/foundation/ids.ts';
import { type StaffMember, staffMemberSchema } from '../../src/staff/staff.ts';
import { policy, sites } from './world.ts';

export const person = (name: string, email: string, more: Record<string, unknown> = {}): StaffMember =>
  staffMemberSchema.parse({ name, email, roles: ['engineer'], hours: 'always', timezone: 'UTC', ...more });

export const kim = person('Kim Oster', 'kim@desk.example', { roles: ['engineer', 'manager'] });
export const lea = person('Lea Brandt', 'lea@desk.example');
export const rita = person('Rita Voss', 'rita@desk.example', { roles: ['renewal representative'] });
export const li = person('Li Wen', 'li@desk.example', { roles: ['licensing'] });

/** Monday. */
export const now = '2026-05-11T10:00:00Z';

export const givenFor = (
  by: By,
  more: { people?: readonly StaffMember[]; now?: string; policy?: object } = {},
): Given => {
  const { people = [kim, lea, rita, li], now: at = now } = more;
  return {
    by,
    now: at,
    desk: { ...policy.desk, people, timezone: 'UTC' },
    policy: { ...policy, ...more.policy },
  };
};
export const asking = (staff: string | null): By => ({ kind: 'api', staff });

export const workedCase = (more: Partial<WorkedCase> = {}): WorkedCase => ({
  id: '7',
  number: caseNumber('100042'),
  title: 'The vault does not open',
  status: 'open',
  versionNo: 3,
  of: sites[0] as WorkedCase['of'],
  severity: 3,
  kind: 'incident',
  reference: null,
  priority: null,
  planned: null,
  resolvedIn: null,
  declined: false,
  product: 'Vault',
  version: null,
  onRecord: null,
  provisional: false,
  lapsed: false,
  openedAt: '2026-05-11T09:00:00Z',
  closedAt: null,
  owner: null,
  load: {},
  contact: { id: '1' as never, name: 'Ada Byron', phone: null },
  contactAddress: 'ada@aldous.example',
  language: 'en',
  participants: [],
  proposedAt: null,
  answeredAt: null,
  due: null,
  pins: ['345'],
  clock: [],
  answers: [],
  events: [],
  silentUntil: null,
  messages: [],
  ...more,
});
export const recordsOf = (on: WorkedCase) => ({ cases: [], letters: [], worked: [on] });

let id = 0;
export const said = (given: Partial<CaseMessage> & { at: string }): CaseMessage => ({
  id: `${++id}`,
  mail: mailId('7'),
  letter: null,
  direction: 'in',
  author: 'ada@aldous.example',
  contact: contactId('1'),
  automatic: false,
  messageId: '<a@aldous.example>',
  text: 'The nightly workflow stops.',
  attachments: [],
  ...given,
});
