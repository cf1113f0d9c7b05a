/** A case as acts and timers see it, of the first site of the tests' world. */
import type { CaseMessage, WorkedCase } from '../../src/acts/cases/records.ts';
import { caseNumber, contactId, mailId } from '../../src/foundation/ids.ts';
import { sites } from './world.ts';

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

export const workedCase = (more: Partial<WorkedCase> = {}): WorkedCase =>
  ({
    id: '1',
    number: caseNumber('100042'),
    title: 'Workflow stopped',
    status: 'open',
    versionNo: 3,
    of: sites[0],
    severity: 3,
    kind: 'incident',
    product: 'Vault',
    version: null,
    provisional: false,
    lapsed: false,
    openedAt: '2026-03-02T10:00:00Z',
    closedAt: null,
    owner: null,
    contact: { id: contactId('1'), name: 'Ada Byron', phone: null },
    contactAddress: 'ada@aldous.example',
    language: 'en',
    participants: [],
    answeredAt: null,
    due: '2026-03-02T14:00:00Z',
    pins: ['345'],
    clock: [],
    events: [{ kind: 'opened', at: '2026-03-02T10:00:00Z', mail: mailId('7'), detail: {} }],
    answers: [],
    messages: [said({ at: '2026-03-02T10:00:00Z' })],
    ...more,
  }) as WorkedCase;
