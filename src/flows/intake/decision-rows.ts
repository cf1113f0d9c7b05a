/** Turns a decision into rows: case, events, messages, letters, audit. Queries nothing. */
import { isOwn } from '../../changes/change.ts';
import { toldOfDecision } from '../../changes/webhooks/told.ts';
import type { Decision } from '../../intake/decision.ts';
import type { Facts, MailAtHand, Question } from '../../intake/facts.ts';
import type { Policy } from '../../intake/policy.ts';
import { isMarked } from '../../outbound/letter.ts';
import type { AuditLine } from '../../store/audit.ts';
import { addressOf, batchedRowsOf, type MailOf } from '../../store/changes/batched.ts';
import type { DecisionRows, MessageRow } from '../../store/intake/decision-rows.ts';
import { fingerprint } from '../../store/intake/facts.ts';
import type { LetterRow } from '../../store/letters/letters.ts';

export type ToApply = {
  readonly mail: MailAtHand;
  readonly question: Question;
  readonly facts: Facts;
  readonly letterCounts: Readonly<Record<string, number>>;
  readonly decision: Decision;
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

/** The mail that is decided, or one that its answer lets become a case. */
function mailsOf({ mail, facts }: ToApply): MailOf {
  return (id) => {
    if (id === mail.id) return { facts: mail.facts, decided: true };
    const original = facts.letters.find((letter) => letter.original?.id === id)?.original;
    if (!original) throw new Error(`the decision speaks of mail ${id}, which was not among its facts`);
    return { facts: original.facts, decided: false };
  };
}

/** The audit row of every decision; those of its changes come from their table. */
const decidedLine = ({ mail, decision: { outcome, rule } }: ToApply): AuditLine => ({
  actor: 'intake',
  action: 'mail-decided',
  subjectKind: 'mail',
  subjectId: mail.id,
  detail: { outcome, rule },
});

const dayMs = 86_400_000;

/** `letters` are those of `given` after the numbers of letters were looked at. */
export function decisionRows(given: ToApply, letters: readonly LetterRow[]): DecisionRows {
  const { mail, decision } = given;
  const { facts } = mail;
  const { on, duplicateOf, anew, audit, ...parts } = batchedRowsOf(decision.changes, mailsOf(given));
  const caseId = on?.id ?? null;
  const rows = letters.map((letter) => ({ ...letter, caseId }));
  const shown = rows.filter((row) => !isMarked(row.template, 'offCase') && row.state !== 'suppressed');
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
      duplicateOf,
      fingerprint: duplicateOf === null ? fingerprint(given.question) : null,
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
    decisions: [{ ...decided, mail: mail.id, outcome }, ...anew.map((one) => ({ ...decided, ...one }))],
    audit: [decidedLine(given), ...audit],
    // What has a statement of its own is told of by that.
    told: toldOfDecision(
      decision.changes.filter((change) => !isOwn(change)),
      mail.id,
      outcome,
    ),
  };
}
