/** Changes that go by the batched statement of the mails, as its rows: see store/intake/decision-rows.ts. */
import { auditOf, type BatchedKind, type Change, type ChangeOf, eventsOf, isOwn } from '../../changes/change.ts';
import type { MessageAdded } from '../../changes/message.ts';
import type { CaseNumber } from '../../foundation/ids.ts';
import type { ForwardedMail, MailFacts } from '../../mail/parsed-mail.ts';
import type { AuditLine } from '../audit.ts';
import type { CaseUpdateRow, DecisionRows, MessageRow } from '../intake/decision-rows.ts';

type Mutable<T> = { -readonly [key in keyof T]: T[key] };
type List<T> = T extends readonly (infer one)[] ? one[] : never;

export type Rows = {
  /** The case that the mail belongs to, and the mail that it is a copy of. */
  on: { readonly id: string; readonly number: CaseNumber } | null;
  duplicateOf: string | null;
  /** Earlier mails that have another decision now. */
  readonly anew: { readonly mail: string; readonly outcome: string }[];
  readonly cases: List<DecisionRows['cases']>;
  /** One for each case: its version is looked at, and raised, once. */
  readonly changes: Mutable<CaseUpdateRow>[];
  readonly participants: List<DecisionRows['participants']>;
  readonly events: List<DecisionRows['events']>;
  readonly messages: List<DecisionRows['messages']>;
  readonly audit: AuditLine[];
};

/** A mail that a change speaks of: the one that is decided is shown from what is stored of it. */
export type MailOf = (id: string) => { readonly facts: MailFacts; readonly decided: boolean };

export const addressOf = (facts: MailFacts): string | null => (facts.from.kind === 'one' ? facts.from.address : null);

/** A mail that was attached to this one, as it is shown behind its text. */
const carried = ({ sender, subject, text }: ForwardedMail): string =>
  `\n\n----- Attached message -----\nFrom: ${sender}\nSubject: ${subject}\n\n${text}\n`;

function messageOf(change: MessageAdded, mailOf: MailOf): MessageRow {
  const { id, mail, contact, automatic, shown, text, at } = change;
  const { facts, decided } = mailOf(mail);
  const stored = text === null && decided && facts.forwarded === undefined;
  const whole = () => `${facts[shown]}${(facts.forwarded ?? []).map(carried).join('')}`.trimStart();
  return {
    caseId: id,
    mail,
    letter: null,
    direction: 'in',
    author: addressOf(facts) ?? '',
    contact,
    automatic,
    text: stored ? null : (text ?? whole()),
    shown: stored ? shown : null,
    attachments: facts.attachments,
    unreadParts: facts.unreadParts,
    at,
  };
}

function caseOf(rows: Rows, { case: number, versionNo }: { case: string; versionNo: number }): Mutable<CaseUpdateRow> {
  const found = rows.changes.find((row) => row.number === number);
  if (found) return found;
  const row = { number, versionNo, reopen: false, lapse: false, fillsIn: {} };
  rows.changes.push(row);
  return row;
}

const eventAlone = () => {};

const adders = {
  'case-opened': (rows, { opens, case: number, id, mail, follows }) => {
    const { rating: _, ...row } = opens;
    rows.cases.push({ ...row, id, number, mail, follows });
  },
  'case-updated': (rows, change) => {
    caseOf(rows, change).fillsIn = change.fillsIn;
  },
  'case-reopened': (rows, change) => {
    const row = caseOf(rows, change);
    row.fillsIn = change.fillsIn;
    row.reopen = true;
  },
  'case-followed-up': eventAlone,
  'case-linked': eventAlone,
  'clock-started': eventAlone,
  'clock-stopped': (rows, change) => {
    caseOf(rows, change).lapse = true;
  },
  'mail-decided-anew': (rows, { mail, outcome }) => {
    rows.anew.push({ mail, outcome });
  },
  'mail-filed': (rows, { id, case: number }) => {
    rows.on = { id, number };
  },
  'mail-repeated': (rows, change) => {
    rows.duplicateOf = change.of;
  },
  'message-added': (rows, change, mailOf) => {
    rows.messages.push(messageOf(change, mailOf));
  },
  'participant-added': (rows, { id, address, contact, at }) => {
    rows.participants.push({ caseId: id, address, contact, at });
  },
} as const satisfies {
  [kind in BatchedKind]: (rows: Rows, change: ChangeOf<kind>, mailOf: MailOf) => void;
};

type Adder = (rows: Rows, change: Change, mailOf: MailOf) => void;

/** Of a change that has a statement of its own only the version of its case is looked at, and raised. */
export function batchedRowsOf(changes: readonly Change[], mailOf: MailOf): Rows {
  const rows: Rows = {
    on: null,
    duplicateOf: null,
    anew: [],
    cases: [],
    changes: [],
    participants: [],
    events: [],
    messages: [],
    audit: [],
  };
  for (const change of changes) {
    if ('versionNo' in change) caseOf(rows, change);
    if (isOwn(change)) continue;
    (adders[change.kind] as Adder)(rows, change, mailOf);
    rows.events.push(...eventsOf(change));
    const audit = auditOf(change);
    if (audit) rows.audit.push(audit);
  }
  return rows;
}
