/** A decision as the rows that follow from it: case, events, messages, letters, audit. Nothing is asked for in here. */
import { actorOf } from '../changes/by.ts';
import { auditOf as auditCell, eventOf } from '../changes/change.ts';
import type { CaseNumber } from '../foundation/ids.ts';
import type { Decision } from '../intake/decision.ts';
import { opened } from '../intake/decision.ts';
import type { Facts, MailAtHand, Question } from '../intake/facts.ts';
import type { Policy } from '../intake/policy.ts';
import type { SeverityChange } from '../intake/severity-change.ts';
import type { ForwardedMail, MailFacts } from '../mail/parsed-mail.ts';
import type { AuditLine } from '../store/audit.ts';
import { fingerprint } from '../store/facts.ts';
import type { LetterRow } from '../store/letters.ts';
import type { CaseRow, MessageRow, Writing } from '../store/writing.ts';

export type ToApply = {
  readonly mail: MailAtHand;
  readonly question: Question;
  readonly facts: Facts;
  readonly letterCounts: Readonly<Record<string, number>>;
  readonly decision: Decision;
  /** Drawn where the decision opens a case: the row's id, and the number people see. */
  readonly drawn: { readonly id: string; readonly number: CaseNumber } | null;
  readonly letters: readonly LetterRow[];
  readonly worker: string;
  /** The mail quotes a secret: its bytes are sealed with this. */
  readonly sealWith: { seal(plain: Uint8Array, belongsTo: string): Buffer } | null;
  /** PostgreSQL's clock as the decision saw it. */
  readonly now: string;
  readonly policy: Policy;
  /** Our own address, as the author of letters shown on the case. */
  readonly desk: string;
};

export type OnCase = { readonly id: string; readonly number: CaseNumber };

type Parts = Pick<Writing, 'cases' | 'changes' | 'participants' | 'events' | 'messages'> & {
  readonly on: OnCase | null;
};

const nothing: Parts = { cases: [], changes: [], participants: [], events: [], messages: [], on: null };

const addressOf = (facts: MailFacts): string | null => (facts.from.kind === 'one' ? facts.from.address : null);

/** A mail that was attached to this one, as it is shown behind its text. */
const carried = ({ sender, subject, text }: ForwardedMail): string =>
  `\n\n----- Attached message -----\nFrom: ${sender}\nSubject: ${subject}\n\n${text}\n`;

/** The first mail is shown whole, replies by what is new in them. */
function messageOf(
  given: Pick<MessageRow, 'caseId' | 'contact' | 'automatic'> & { mail: MailAtHand; whole: boolean; own: boolean },
): MessageRow {
  const { facts, id, arrivedAt } = given.mail;
  const shown = given.whole ? 'text' : 'newText';
  const carries = facts.forwarded !== undefined;
  return {
    caseId: given.caseId,
    mail: id,
    letter: null,
    direction: 'in',
    author: addressOf(facts) ?? '',
    contact: given.contact,
    automatic: given.automatic,
    text: given.own && !carries ? null : `${facts[shown]}${(facts.forwarded ?? []).map(carried).join('')}`.trimStart(),
    shown: given.own && !carries ? shown : null,
    attachments: facts.attachments,
    unreadParts: facts.unreadParts,
    at: arrivedAt,
  };
}

function opensCase(given: ToApply, drawn: OnCase): Parts {
  const { mail, facts, decision } = given;
  const opens = opened(decision);
  if (!opens) return nothing;
  const contact = decision.evidence.contact;
  const sender = addressOf(mail.facts);
  const original =
    decision.outcome === 'answer-settled'
      ? (facts.letters.find((letter) => letter.id === decision.letter)?.original ?? null)
      : null;
  const first: MailAtHand = original ? { ...original, mustWait: false } : mail;
  const { openedAt, rating, site, linked, ...rest } = opens;
  const follows = decision.outcome === 'case-followed-up' && linked === null ? decision.follows : null;
  const other = follows ?? linked;
  const old = other === null ? undefined : facts.cases.find((one) => one.number === other);

  const row: CaseRow = { ...rest, site, openedAt, id: drawn.id, number: drawn.number, mail: first.id, follows };
  const people = new Set([opens.contactAddress, addressOf(first.facts)].filter((one) => one !== null));
  const started = {
    severity: opens.severity,
    kind: opens.kind,
    provisional: opens.provisional,
    underCovered: opens.underCovered,
    follows,
  };
  const event = { caseId: drawn.id, at: openedAt, mail: first.id };
  return {
    on: drawn,
    cases: [row],
    changes: old ? [{ number: old.number, versionNo: old.versionNo, reopen: false, lapse: false, fillsIn: {} }] : [],
    participants: [
      ...[...people].map((address) => ({ caseId: drawn.id, address, contact: opens.contact, at: openedAt })),
      ...(original && sender ? [{ caseId: drawn.id, address: sender, contact, at: mail.arrivedAt }] : []),
    ],
    events: [
      { ...event, kind: 'opened', detail: started },
      { ...event, kind: 'clock-started', detail: { due: opens.due, rating } },
      ...(old
        ? [
            {
              caseId: old.id,
              at: mail.arrivedAt,
              kind: linked === null ? 'followed-up' : 'linked',
              mail: mail.id,
              detail: linked === null ? { by: drawn.number } : { case: drawn.number },
            },
          ]
        : []),
      ...(linked === null ? [] : [{ ...event, kind: 'linked', detail: { case: linked } }]),
      ...(old && 'settles' in decision && decision.settles === 'own-case'
        ? [{ caseId: old.id, at: mail.arrivedAt, kind: 'taken-off', mail: first.id, detail: { to: drawn.number } }]
        : []),
    ],
    messages: [
      messageOf({
        caseId: drawn.id,
        mail: first,
        contact: opens.contact,
        automatic: false,
        whole: follows === null,
        own: original === null,
      }),
      ...(original ? [messageOf({ caseId: drawn.id, mail, contact, automatic: false, whole: false, own: true })] : []),
    ],
  };
}

/** Changes the case that a mail answers; the case stays as it is where the mail is only noted or held. */
function changesCase(given: ToApply): Parts {
  const { mail, facts, decision } = given;
  const on = 'case' in decision && decision.case ? facts.cases.find((one) => one.number === decision.case) : undefined;
  if (!on) return nothing;
  const contact = decision.evidence.contact;
  const sender = addressOf(mail.facts);
  const at = mail.arrivedAt;
  const it: OnCase = { id: on.id, number: on.number };
  const event = { caseId: on.id, at, mail: mail.id };
  const parts: Parts = { ...nothing, on: it };
  const automatic = decision.outcome === 'machine-recorded';
  const said = [messageOf({ caseId: on.id, mail, contact, automatic, whole: false, own: true })];
  const present = sender && contact ? [{ caseId: on.id, address: sender, contact, at }] : [];
  const change = { number: on.number, versionNo: on.versionNo, reopen: false, lapse: false };
  const rerated = ({ from, to, before, due, rating }: SeverityChange) => ({
    ...event,
    kind: 'severity-changed',
    detail: { from, to, by: 'customer', before, due, rating },
  });
  switch (decision.outcome) {
    case 'case-updated': {
      const filledIn = Object.keys(decision.fillsIn);
      return {
        ...parts,
        changes: [{ ...change, lapse: decision.nowLapsed, fillsIn: decision.fillsIn }],
        participants: present,
        messages: said,
        events: [
          { ...event, kind: 'updated', detail: filledIn.length > 0 ? { filledIn } : {} },
          ...(decision.nowLapsed && !on.lapsed
            ? [{ ...event, kind: 'clock-stopped', detail: { why: 'support has ended' } }]
            : []),
          ...(decision.rerates ? [rerated(decision.rerates)] : []),
        ],
      };
    }
    case 'case-reopened':
      return {
        ...parts,
        changes: [{ ...change, reopen: true, fillsIn: mail.facts.report as Record<string, string> }],
        participants: present,
        messages: said,
        events: [{ ...event, kind: 'reopened', detail: {} }, ...(decision.rerates ? [rerated(decision.rerates)] : [])],
      };
    case 'privileged-pin-used':
    case 'command-done':
    case 'command-refused':
    case 'confirmation-asked': {
      const changed = decision.changes ?? [];
      const adds = decision.adds !== null;
      if (!adds && !decision.reopens && changed.length === 0) return parts;
      return {
        ...parts,
        changes: [{ ...change, reopen: decision.reopens, fillsIn: {} }],
        participants: present,
        messages: adds ? said.map((row) => ({ ...row, text: decision.adds, shown: null })) : [],
        events: [
          ...(decision.reopens
            ? [{ ...event, kind: 'reopened', detail: {} }]
            : adds
              ? [{ ...event, kind: 'updated', detail: {} }]
              : []),
          ...changed.flatMap((change) => {
            const told = eventOf(change);
            return told ? [{ ...event, ...told }] : [];
          }),
        ],
      };
    }
    case 'machine-recorded':
      return { ...parts, messages: said };
    // Held for a stranger, or a copy of a mail that is there already: the case is named, and stays as it is.
    default:
      return parts;
  }
}

function auditOf(given: ToApply, on: OnCase | null): AuditLine[] {
  const { mail, decision } = given;
  const actor = `mail:${mail.id}`;
  const lines: AuditLine[] = [
    {
      actor: 'intake',
      action: 'mail-decided',
      subjectKind: 'mail',
      subjectId: mail.id,
      detail: { outcome: decision.outcome, rule: decision.rule },
    },
  ];
  if (on && opened(decision)) lines.push({ actor, action: 'case-opened', subjectKind: 'case', subjectId: on.number });
  else if (on && 'adds' in decision && (decision.adds !== null || decision.reopens))
    lines.push({
      actor,
      action: decision.reopens ? 'case-reopened' : 'case-updated',
      subjectKind: 'case',
      subjectId: on.number,
    });
  else if (on && (decision.outcome === 'case-updated' || decision.outcome === 'case-reopened')) {
    lines.push({ actor, action: decision.outcome, subjectKind: 'case', subjectId: on.number });
  }
  if (on && 'rerates' in decision && decision.rerates) {
    const { from, to } = decision.rerates;
    const changed = { action: 'case-severity-changed', subjectKind: 'case', detail: { from, to } } as const;
    lines.push({ actor, subjectId: on.number, ...changed });
  }
  for (const change of decision.changes ?? []) {
    const audit = auditCell(change);
    if (audit) lines.push({ actor: actorOf(change.by), ...audit });
  }
  if (decision.outcome === 'answer-settled' && 'original' in decision)
    lines.push({
      actor,
      action: 'mail-settled',
      subjectKind: 'mail',
      subjectId: decision.original,
      detail: { outcome: decision.originalOutcome },
    });
  if (decision.outcome === 'case-followed-up' && decision.opens.linked === null)
    lines.push({ actor, action: 'case-followed-up', subjectKind: 'case', subjectId: decision.follows });
  const linked = opened(decision)?.linked;
  if (linked) lines.push({ actor, action: 'case-linked', subjectKind: 'case', subjectId: linked });
  if (decision.outcome === 'bounce-recorded') {
    for (const one of decision.returned) {
      lines.push({ actor, action: `letter-returned-${one.kind}`, subjectKind: 'letter', subjectId: one.letter });
      if (one.contact && one.kind === 'hard')
        lines.push({
          actor,
          action: one.unreachable ? 'contact-unreachable' : 'contact-doubtful',
          subjectKind: 'contact',
          subjectId: one.contact,
        });
    }
  }
  return lines;
}

const dayMs = 86_400_000;

/** Templates that the customer is not shown on the case: they are not about it, or not for them. */
const unshown = new Set(['staff-notice', 'neutral-receipt']);

/** `letters` are those of `given` after the numbers of letters were looked at. */
export function writingOf(given: ToApply, letters: readonly LetterRow[]): Writing & { readonly on: OnCase | null } {
  const { mail, decision } = given;
  const { facts } = mail;
  const { on, ...parts } = given.drawn && opened(decision) ? opensCase(given, given.drawn) : changesCase(given);
  const caseId = on?.id ?? null;
  const rows = letters.map((letter) => ({ ...letter, caseId }));
  const shown = rows.filter((row) => !unshown.has(row.template) && row.state !== 'suppressed');
  const told = rows.map((row) => ({
    id: row.id,
    template: row.template,
    to: row.to,
    state: row.state,
    why: row.stateReason,
  }));
  const { outcome, rule, reason, evidence } = decision;
  const since = new Date(Date.parse(given.now) - dayMs).toISOString();
  const keys = new Set(rows.filter((row) => row.state === 'queued').map((row) => row.rateKey));
  const decided = { at: given.now, rule, reason, evidence, caseId, letters: told };
  return {
    on,
    ...parts,
    mail: {
      id: mail.id,
      worker: given.worker,
      outcome,
      reason,
      code: decision.code ?? null,
      caseId,
      messageId: facts.messageId,
      from: addressOf(facts),
      subject: facts.subject,
      to: [...facts.to, ...facts.cc].map((box) => box.address).slice(0, 50),
      contentHash: facts.contentHash,
      facts,
      usedBefore: given.facts.messageIdUsedBefore,
      duplicateOf: decision.outcome === 'duplicate' ? decision.of : null,
      fingerprint: decision.outcome === 'duplicate' ? null : fingerprint(given.question),
      arrivedAt: given.question.arrivedAt,
    },
    keys: [...keys].map((key) => ({ key, n: given.letterCounts[key] ?? 0, since })),
    letters: rows,
    messages: [
      ...parts.messages,
      ...(caseId === null
        ? []
        : shown.map(
            (row): MessageRow => ({
              caseId,
              mail: null,
              letter: row.id,
              direction: 'out',
              author: given.desk,
              contact: null,
              automatic: true,
              text: row.text,
              shown: null,
              attachments: [],
              unreadParts: [],
              at: given.now,
            }),
          )),
    ],
    decisions: [
      { ...decided, mail: mail.id, outcome },
      ...(decision.outcome === 'answer-settled' && 'original' in decision
        ? [{ ...decided, mail: decision.original, outcome: decision.originalOutcome }]
        : []),
    ],
    audit: auditOf(given, on),
  };
}
