import type { Given, Refusal } from '../../../acts/act.ts';
import { answerLetter } from '../../../acts/cases/by-mail/answer-letter.ts';
import { commandsOf, judgeDeeds, textAlone } from '../../../acts/cases/by-mail/deeds.ts';
import { textOf } from '../../../acts/cases/by-mail/send-answers.ts';
import { standsAfter } from '../../../acts/cases/by-mail/stands-after.ts';
import { nameOf } from '../../../acts/cases/working/take-case.ts';
import type { Change } from '../../../changes/change.ts';
import type { StaffAnswerLetter } from '../../../outbound/letter.ts';
import { filed } from '../../cases/case-changes.ts';
import { type Context, evidenceOf } from '../../context.ts';
import { type Decision, noChanges } from '../../decision.ts';
import type { PlannedLetter } from '../../letters/planned-letter.ts';
import type { Rule } from '../../rule.ts';
import { cancelled, isSend, letGo } from '../../staff/after-thought.ts';
import { attachmentsToSend } from '../../staff/answer-attachments.ts';
import { type Deeds, deedsOf } from '../../staff/deeds-of.ts';
import { doneLines } from '../../staff/done-lines.ts';
import { held } from '../../staff/held-answer.ts';
import { besideOf, enclosedOf, type OwnAnswer } from '../../staff/own-answer.ts';
import { keptAnswer, readStaffAnswer } from '../../staff/read-answer.ts';
import { ownerChanged, sinceOf } from '../../staff/since.ts';
import { checkToken, type Token } from '../../staff/token.ts';

type Outcome = {
  readonly state: 'done' | 'waiting' | 'asked-back' | 'refused';
  readonly told: (Pick<StaffAnswerLetter, 'why'> & Partial<StaffAnswerLetter>) | null;
  readonly reason: string;
  readonly deeds?: Deeds;
  readonly answer?: OwnAnswer;
  readonly changes?: readonly Change[];
  readonly letters?: readonly PlannedLetter[];
};

/** Whatever came of it: on record, on its case, and told where there is something to tell. */
function decided(context: Context, { staff, letter, on }: Token, outcome: Outcome): Decision {
  const { mail, now, policy } = context;
  const { state, told, reason, deeds = { now: [], later: [] }, answer, changes = [], letters = [] } = outcome;
  const keeps = state === 'asked-back' || state === 'refused';
  const by = { kind: 'staff', staff: staff.email, mail: mail.id } as const;
  const { id, number, versionNo } = on;
  const dueAt = state === 'waiting' ? dueOf(context) : null;
  const kept = keeps ? [...deeds.now, ...deeds.later] : deeds.later;
  const text = keeps ? textOf(kept) : '';
  // What was refused is refused again: SEND lets go its words alone.
  const sent = state === 'asked-back' ? kept : textAlone(kept);
  return {
    outcome: 'staff-answered',
    rule: 'r6',
    reason,
    evidence: evidenceOf(context, { site: on.of.site.number, note: `notification ${letter.id}` }),
    changes: [
      ...filed(context, on),
      {
        kind: 'staff-answered',
        ...{ case: number, id, versionNo, at: now, by, mail: mail.id, staff: staff.email, letter: letter.id },
        ...{ content: mail.facts.contentHash, state, dueAt, deeds: kept },
        did: keeps ? [] : deeds.now.map(({ act }) => act),
        enclosed: kept.length > 0 && answer ? enclosedOf(mail.facts, answer) : [],
      },
      ...changes,
    ],
    letters: [
      ...letters,
      ...(told
        ? [
            answerLetter(
              on,
              { staff: staff.email, mail: mail.id, keeps: keeps && sent.length > 0 },
              { ...told, text, words: keeps ? commandsOf(sent) : [] },
              { desk: policy.desk, now, policy },
            ),
          ]
        : []),
    ],
  };
}

/** What is enclosed goes along with what is written or asked. */
const carries = ({ later }: Deeds): boolean =>
  later.some(({ act, input }) => input.text !== undefined || act === 'solve-case');

const dueOf = ({ now, policy }: Context): string =>
  Temporal.Instant.from(now).add({ seconds: policy.desk.staffDelay }).toString();

function acted(context: Context, token: Token, answer: OwnAnswer): Decision {
  const { mail, now, policy } = context;
  const { on, staff, asks, letter } = token;
  const nothingBelow = answer.rest === '' && answer.commands.every(({ name }) => name === 'NOTE');
  if (nothingBelow)
    return decided(context, token, {
      state: 'refused',
      told: { why: 'empty', near: 'NOTE', filesStay: answer.attachments.length > 0 },
      reason: 'A note of ours without text.',
    });
  // Whoever has the case says no more by TAKE than by answering.
  const has = on.status === 'open' && on.owner === staff.email;
  const asked = answer.commands.filter(({ name }) => name !== 'TAKE' || !has);
  const deeds = deedsOf(on.number, asked, answer);
  const of = { deeds, answer };
  const words = answer.commands.map(({ name }) => name).join(', ') || 'a text';
  const reason = (what: string) => `An answer of ours to notification ${letter.id} (${words}): ${what}.`;
  const since = sinceOf(on, asks, staff);
  const by = { kind: 'staff', staff: staff.email, mail: mail.id } as const;
  const given: Given = { by, now, desk: policy.desk, policy };
  const carried = { mail: mail.id, enclosed: enclosedOf(mail.facts, answer) };
  const judged = judgeDeeds(on, deeds.now, given, carried);
  const refuse = ({ toStaff: refusal = { why: 'unclear' }, says }: Refusal) => {
    const told = { why: 'refused', refusal, since } as const;
    return decided(context, token, { ...of, state: 'refused', told, reason: reason(`refused: ${says}`) });
  };
  if (judged.kind === 'refused') return refuse(judged);
  const waits = deeds.later.length > 0;
  const goesAt = waits ? dueOf(context) : null;
  // What waits is judged as it will be once it goes out: days of WAIT count from then.
  const behind = standsAfter(on, judged.changes);
  const later = judgeDeeds(behind, deeds.later, { ...given, now: goesAt ?? now }, carried);
  if (later.kind === 'refused') return refuse(later);
  const askedBack = (told: Outcome['told'], why: string) =>
    decided(context, token, { ...of, state: 'asked-back', told, reason: reason(why) });
  if (waits && mail.mustWait) return askedBack({ why: 'late', since }, 'late');
  if (waits && on.owner !== null && ownerChanged(on, asks, staff))
    return askedBack({ why: 'owner-changed', owner: nameOf(policy.desk, on.owner), since }, 'the owner has changed');
  const goesOut = answer.restIs === 'answer' && answer.rest !== '';
  const tell = answer.commands.length > 0 || (waits && since.length > 0);
  return decided(context, token, {
    ...of,
    state: waits ? 'waiting' : 'done',
    told: tell
      ? {
          why: 'done',
          done: doneLines(answer, deeds, { on, changes: [...judged.changes, ...later.changes], desk: policy.desk }),
          goesAt,
          hasText: goesOut,
          takes: waits && on.owner === null && !answer.commands.some(({ name }) => name === 'TAKE'),
          filesStay: answer.attachments.length > 0 && !carries(deeds),
          since: waits ? since : [],
        }
      : null,
    reason: reason(waits ? `it goes out in ${policy.desk.staffDelay} s` : 'done'),
    changes: judged.changes,
    letters: judged.letters,
  });
}

/** §3.r6, §5.4: from staff, *verified* whatever the setting, with the token of a notification. */
export const staffAnswer: Rule = (context) => {
  const checked = checkToken(context);
  if (checked === null) return null;
  if (checked.kind === 'held') return held(context, checked.why);
  const { token } = checked;
  const beside = besideOf(context, token);
  if (beside === null) return held(context, 'no-notification');
  const { facts } = context.mail;
  const asked = (why: StaffAnswerLetter['why'], more: Partial<StaffAnswerLetter>, reason: string) => {
    const answer = keptAnswer(facts, beside);
    const deeds = deedsOf(token.on.number, answer.commands, answer);
    return decided(context, token, { state: 'asked-back', told: { why, ...more }, reason, deeds, answer });
  };
  if (isSend(keptAnswer(facts, beside))) return decided(context, token, letGo(context, token));
  const read = readStaffAnswer(facts, beside);
  switch (read.kind) {
    case 'automatic':
      return {
        outcome: 'machine-recorded',
        rule: 'r6',
        reason: 'An automatic answer to a notification: it reaches nobody.',
        evidence: evidenceOf(context),
        changes: noChanges,
        letters: [],
      };
    case 'empty':
      return decided(context, token, {
        state: 'refused',
        told: { why: 'empty', filesStay: attachmentsToSend(facts.attachments, '', facts.text).length > 0 },
        reason: 'An answer of ours without text.',
      });
    case 'mistyped':
      return asked(
        'mistyped',
        { line: read.line, near: read.near },
        'A line of an answer of ours may be a command, and is none.',
      );
    case 'holds-notification':
      // It is not sent (§5.4), and no SEND lets it go: it has to be written anew.
      return decided(context, token, {
        state: 'refused',
        told: { why: 'holds-notification', line: read.run },
        reason: 'An answer of ours holds words of the notification.',
      });
    case 'answer':
      return acted(context, token, { ...read, commands: [], rest: read.text, restIs: 'answer' });
    case 'command':
      if (read.commands.some(({ name }) => name === 'CANCEL'))
        return decided(context, token, cancelled(context, token));
      return acted(context, token, read);
    default:
      return read satisfies never;
  }
};
