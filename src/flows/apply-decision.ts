/** One transaction for decision, case, events, letters, jobs and audit: all of it stands, or none. */
import { crashPoint } from '../foundation/crash-point.ts';
import { type CaseNumber, caseNumber } from '../foundation/ids.ts';
import type { Decision } from '../intake/decision.ts';
import { opened } from '../intake/decision.ts';
import type { Facts, MailAtHand, Question } from '../intake/facts.ts';
import { fateOf } from '../outbound/letter-limits.ts';
import type { LetterPolicy } from '../outbound/policy.ts';
import { type AuditLine, writeAudit } from '../store/audit.ts';
import { addCaseEvent, addCaseLetters, addCaseMail, addParticipant, changeCase, insertCase } from '../store/cases.ts';
import type { Database, Tx } from '../store/database.ts';
import { addDecision, finishMail, markReturned, noteContent, settleOriginal } from '../store/decided.ts';
import { lockHistory } from '../store/letter-history.ts';
import { insertLetters, type LetterRow } from '../store/letters.ts';

export type ToApply = {
  readonly mail: MailAtHand;
  readonly question: Question;
  readonly facts: Facts;
  readonly decision: Decision;
  /** Drawn where the decision opens a case. */
  readonly number: CaseNumber | null;
  readonly letters: readonly LetterRow[];
  readonly worker: string;
  /** PostgreSQL's clock as the decision saw it. */
  readonly now: string;
  readonly policy: LetterPolicy;
  /** Our own address, as the author of letters shown on the case. */
  readonly desk: string;
};

type OnCase = { readonly id: string; readonly number: CaseNumber };

/** Opens or changes the case; null where the mail has none. */
async function applyToCase(tx: Tx, given: ToApply): Promise<OnCase | null> {
  const { mail, facts, decision } = given;
  const contact = decision.evidence.contact;
  const sender = mail.facts.from.kind === 'one' ? mail.facts.from.address : null;
  const at = mail.arrivedAt;
  const opens = opened(decision);

  if (opens && given.number) {
    const original =
      decision.outcome === 'answer-settled'
        ? facts.letters.find((letter) => letter.id === decision.letter)?.original
        : null;
    const first = original ?? mail;
    const follows = decision.outcome === 'case-followed-up' ? decision.follows : null;
    const id = await insertCase(tx, opens, {
      number: given.number,
      mail: first.id,
      sender: first.facts.from.kind === 'one' ? first.facts.from.address : null,
      follows,
    });
    await addCaseMail(tx, {
      caseId: id,
      mail: first.id,
      at: first.arrivedAt,
      facts: first.facts,
      contact: opens.contact,
      whole: follows === null,
    });
    if (original) {
      await addCaseMail(tx, { caseId: id, mail: mail.id, at, facts: mail.facts, contact, whole: false });
      if (sender) await addParticipant(tx, { caseId: id, address: sender, contact, at });
    }
    if (follows) {
      const old = facts.cases.find((one) => one.number === follows);
      if (old)
        await addCaseEvent(tx, {
          caseId: await changeCase(tx, { number: follows, versionNo: old.versionNo }),
          at,
          kind: 'followed-up',
          mail: mail.id,
          detail: { by: given.number },
        });
    }
    return { id, number: given.number };
  }

  const on = 'case' in decision && decision.case ? facts.cases.find((one) => one.number === decision.case) : undefined;
  if (!on) return null;
  const it = { id: on.id, number: on.number };
  switch (decision.outcome) {
    case 'case-updated': {
      await changeCase(tx, {
        number: on.number,
        versionNo: on.versionNo,
        lapse: decision.nowLapsed,
        fillsIn: decision.fillsIn,
      });
      await addCaseMail(tx, { caseId: on.id, mail: mail.id, at, facts: mail.facts, contact, whole: false });
      await addCaseEvent(tx, {
        caseId: on.id,
        at,
        kind: 'updated',
        mail: mail.id,
        detail: Object.keys(decision.fillsIn).length > 0 ? { filledIn: Object.keys(decision.fillsIn) } : {},
      });
      if (decision.nowLapsed && !on.lapsed)
        await addCaseEvent(tx, {
          caseId: on.id,
          at,
          kind: 'clock-stopped',
          mail: mail.id,
          detail: { why: 'support has ended' },
        });
      break;
    }
    case 'case-reopened': {
      await changeCase(tx, {
        number: on.number,
        versionNo: on.versionNo,
        reopen: true,
        fillsIn: mail.facts.report as Record<string, string>,
      });
      await addCaseMail(tx, { caseId: on.id, mail: mail.id, at, facts: mail.facts, contact, whole: false });
      await addCaseEvent(tx, { caseId: on.id, at, kind: 'reopened', mail: mail.id });
      break;
    }
    case 'machine-recorded':
      await addCaseMail(tx, { caseId: on.id, mail: mail.id, at, facts: mail.facts, contact, whole: false });
      break;
    // Held for a stranger, or a copy of a mail that is there already: the case is named, and stays as it is.
    default:
      break;
  }
  if (
    sender &&
    decision.evidence.contact &&
    (decision.outcome === 'case-updated' || decision.outcome === 'case-reopened')
  ) {
    await addParticipant(tx, { caseId: on.id, address: sender, contact, at });
  }
  return it;
}

function auditLines(given: ToApply, on: OnCase | null): AuditLine[] {
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
  else if (on && (decision.outcome === 'case-updated' || decision.outcome === 'case-reopened')) {
    lines.push({ actor, action: decision.outcome, subjectKind: 'case', subjectId: on.number });
  }
  if (decision.outcome === 'answer-settled')
    lines.push({
      actor,
      action: 'mail-settled',
      subjectKind: 'mail',
      subjectId: decision.original,
      detail: { outcome: decision.originalOutcome },
    });
  if (decision.outcome === 'case-followed-up')
    lines.push({ actor, action: 'case-followed-up', subjectKind: 'case', subjectId: decision.follows });
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

/** Once more by the numbers of letters, on what stands now: a letter may still be held back, never let out. */
async function withinLimits(tx: Tx, given: ToApply): Promise<LetterRow[]> {
  const { decision, letters } = given;
  const going = letters.filter((row) => row.state === 'queued');
  if (going.length === 0) return [...letters];
  const history = await lockHistory(
    tx,
    going.map((row) => row.rateKey),
    going.some((row) => row.stranger),
  );
  const { strangersHour, strangersDay } = history;
  return letters.map((row, i): LetterRow => {
    const planned = decision.letters[i];
    if (row.state !== 'queued' || !planned) return row;
    const fate = fateOf(
      planned,
      { letters: history.byKey.get(row.rateKey) ?? [], strangersHour, strangersDay },
      given.policy,
      given.now,
    );
    return fate.kind === 'suppress' ? { ...row, raw: null, state: 'suppressed', stateReason: fate.why } : row;
  });
}

/**
 * Throws `claim-lost` (another worker has the mail: nothing is written) and `facts-stale` (decide again on new facts).
 * Returns the number of the case the mail is on.
 */
export async function applyDecision(database: Database, given: ToApply): Promise<CaseNumber | null> {
  return database.transaction(async (tx) => {
    const { mail, decision } = given;
    const on = await applyToCase(tx, given);
    await finishMail(tx, {
      mail,
      worker: given.worker,
      decision,
      caseId: on?.id ?? null,
      messageIdUsedBefore: given.facts.messageIdUsedBefore,
    });
    if (decision.outcome !== 'duplicate') await noteContent(tx, given.question);
    const rows = (await withinLimits(tx, given)).map((letter) => ({ ...letter, caseId: on?.id ?? null }));
    await insertLetters(tx, rows, `mail:${mail.id}`);
    const shown = rows.flatMap((row) =>
      row.caseId && row.template !== 'staff-notice' && row.template !== 'neutral-receipt' && row.state !== 'suppressed'
        ? [{ id: row.id, caseId: row.caseId, author: given.desk, text: row.text, at: given.now }]
        : [],
    );
    await addCaseLetters(tx, shown);
    const told = rows.map((row) => ({
      id: row.id,
      template: row.template,
      to: row.to,
      state: row.state,
      why: row.stateReason,
    }));
    await addDecision(tx, { mail: mail.id, at: given.now, decision, caseId: on?.id ?? null, letters: told });
    if (decision.outcome === 'answer-settled') {
      const settled = {
        original: decision.original,
        by: mail.id,
        outcome: decision.originalOutcome,
        reason: decision.reason,
        caseId: on?.id ?? null,
        letter: decision.letter,
      };
      await settleOriginal(tx, settled);
      await addDecision(tx, {
        mail: decision.original,
        at: given.now,
        decision,
        outcome: decision.originalOutcome,
        caseId: on?.id ?? null,
        letters: told,
      });
    }
    if (decision.outcome === 'bounce-recorded') for (const one of decision.returned) await markReturned(tx, one);
    await writeAudit(tx, auditLines(given, on));
    crashPoint('in the transaction');
    return on ? caseNumber(on.number) : null;
  });
}
