/**
 * Each mail of test/fixtures/mail is read and decided for real, and what came out is compared with the decision beside it.
 * The letters that the decision plans are rendered in English and compared with the text beside it, whatever becomes of them.
 * `UPDATE_GOLDEN=1` writes both anew; read every one that changes against POLICY before it is committed.
 */
import { existsSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import type { NewCase } from '../../../src/changes/case.ts';
import { type Change, sentenceOf } from '../../../src/changes/change.ts';
import { outcomeNames as outcomes } from '../../../src/changes/outcome.ts';
import type { CaseNumber } from '../../../src/foundation/ids.ts';
import { changeOf, type Decision, numberToCome, opened, withNumber } from '../../../src/intake/decision.ts';
import type { MailAtHand } from '../../../src/intake/facts.ts';
import type { PlannedLetter } from '../../../src/intake/letters/planned-letter.ts';
import { renderLetter } from '../../../src/outbound/rendering/render.ts';
import { loadTemplates } from '../../../src/runtime/templates.ts';
import { changesOf } from '../../support/changes.ts';
import { play, settings } from '../../support/world.ts';

const folder = new URL('../../fixtures/mail/', import.meta.url);
const stories = readdirSync(folder)
  .filter((name) => name.endsWith('.eml'))
  .map((name) => name.slice(0, -'.eml'.length))
  .sort();

/** Values that say nothing about the decision. */
const beside: readonly string[] = ['mail'];

const shown = (value: unknown): boolean => value !== null && value !== false;

const letterOf = (letter: PlannedLetter) => ({
  template: letter.template,
  to: letter.to,
  audience: letter.audience,
  language: letter.language,
  matter: letter.matter,
  fate: letter.fate.kind === 'send' ? 'send' : `${letter.fate.kind}: ${letter.fate.why}`,
  ...(letter.closing ? { last: `of the ${letter.closing.last}, call ${letter.closing.phone}` } : {}),
  ...(letter.asks
    ? {
        asks:
          letter.asks.kind === 'missing-pin' ? `${letter.asks.kind} for mail ${letter.asks.mail}` : letter.asks.kind,
      }
    : {}),
  values: Object.fromEntries(
    Object.entries(letter.values).filter(([name, value]) => !beside.includes(name) && shown(value)),
  ),
});

const caseOf = (opens: NewCase, linked: CaseNumber | undefined) => ({
  title: opens.title,
  severity: opens.severity,
  kind: opens.kind,
  openedAt: opens.openedAt,
  due: opens.due,
  counts: opens.rating.counts,
  plan: opens.rating.plan,
  contact: opens.contact,
  contactAddress: opens.contactAddress,
  product: opens.product,
  version: opens.version,
  provisional: opens.provisional,
  underCovered: opens.underCovered,
  report: opens.report,
  ...(linked ? { linked } : {}),
});

const has = (decision: Decision, kind: Change['kind']) => changeOf(decision, kind) !== undefined;

const isAct = (outcome: string) =>
  ['privileged-pin-used', 'command-done', 'command-refused', 'confirmation-asked'].includes(outcome);

/** The case that the mail belongs to, of outcomes that may have one and open none. */
function caseNamed(decision: Decision) {
  const filed = changeOf(decision, 'mail-filed');
  if (opened(decision)) return {};
  return filed || isAct(decision.outcome) || decision.outcome === 'machine-recorded'
    ? { case: filed?.case ?? null }
    : {};
}

function copied(decision: Decision) {
  const copy = changeOf(decision, 'mail-repeated');
  return copy ? { of: copy.of, case: copy.case } : {};
}

function followed(decision: Decision) {
  const old = changeOf(decision, 'case-followed-up') ?? changeOf(decision, 'case-linked');
  return old && decision.outcome === 'case-followed-up' ? { follows: old.case } : {};
}

function updated(decision: Decision) {
  if (decision.outcome !== 'case-updated') return {};
  // Said each time, and stopped once.
  const nowLapsed = decision.reason.includes('support has ended');
  return { nowLapsed, fillsIn: changeOf(decision, 'case-updated')?.fillsIn };
}

function rerated(decision: Decision) {
  const change = changeOf(decision, 'severity-set');
  if (!change) return {};
  const { from, to, rating, before, due } = change;
  return { rerates: { from, to, rating: rating.counts, before, due } };
}

function cared(decision: Decision) {
  const clock = changeOf(decision, 'care-clock-started');
  return clock ? { due: clock.due } : {};
}

/** The letter that asked and waits on, which the reason names. */
const askedBack = ({ outcome, reason }: Decision) =>
  outcome === 'answer-not-understood' ? { question: /letter (\d+)/.exec(reason)?.[1] } : {};

function takenOff(decision: Decision) {
  const taken = changeOf(decision, 'mail-taken-off');
  return taken ? { from: taken.from } : {};
}

function decidedAnew(decision: Decision) {
  const anew = changeOf(decision, 'mail-decided-anew');
  return anew ? { original: anew.mail, originalOutcome: anew.outcome } : {};
}

/** Answers about senders, at once or by a code; none where all of them came too late. */
function answered(decision: Decision) {
  const anew = changeOf(decision, 'mail-decided-anew');
  if (decision.outcome !== 'answer-settled' || (anew && anew.outcome !== 'answer-settled')) return {};
  return { answers: changesOf(decision, 'question-settled').map(({ question, answer }) => ({ question, answer })) };
}

const returnedOf = (decision: Decision) =>
  changesOf(decision, 'letter-returned').map(({ letter, address, how, diagnostic, contact }) => ({
    letter,
    address,
    kind: how,
    diagnostic,
    contact,
    unreachable: changesOf(decision, 'contact-unreachable').length > 0,
  }));

function summary(decision: Decision, mail: MailAtHand) {
  const { evidence } = decision;
  const wrong = changesOf(decision, 'code-wrong');
  const [used] = changesOf(decision, 'privileged-pin-used');
  const [refused] = changesOf(decision, 'privileged-pin-tried');
  const opens = opened(decision);
  return {
    outcome: decision.outcome,
    rule: decision.rule,
    reason: decision.reason,
    class: mail.facts.class,
    grade: evidence.grade,
    pin: evidence.pin,
    site: evidence.site,
    contact: evidence.contact,
    role: evidence.role,
    contract: evidence.contract?.kind ?? null,
    thread: evidence.thread,
    ...(evidence.messageIdUsedBefore ? { messageIdUsedBefore: true } : {}),
    ...(isAct(decision.outcome)
      ? { adds: changeOf(decision, 'message-added')?.text ?? null, reopens: has(decision, 'case-reopened') }
      : {}),
    ...(decision.changes.some((change) => change.kind === 'case-closed') ? { closes: true } : {}),
    ...(decision.changes.length > 0 ? { changes: decision.changes.map(sentenceOf) } : {}),
    ...(wrong.length > 0 ? { wrongCodes: wrong.map((one) => one.letter) } : {}),
    ...caseNamed(decision),
    ...cared(decision),
    ...askedBack(decision),
    ...takenOff(decision),
    ...copied(decision),
    ...followed(decision),
    ...updated(decision),
    ...rerated(decision),
    ...decidedAnew(decision),
    ...(used ? { uses: used.pin } : {}),
    ...(refused ? { privilegedTry: { why: refused.why, pin: refused.pin, case: refused.case } } : {}),
    ...answered(decision),
    ...(decision.outcome === 'bounce-recorded' ? { returned: returnedOf(decision) } : {}),
    opens: opens && caseOf(opens, changeOf(decision, 'case-linked')?.case),
    letters: decision.letters.map(letterOf),
  };
}

const templates = await loadTemplates();

const rule = '='.repeat(72);

/** Subject and text part in English of each letter, and whether it goes out; empty where nothing is written to anybody. */
const lettersText = (letters: readonly PlannedLetter[]): string =>
  letters
    .map((letter) => {
      const { subject, text } = renderLetter(templates, letter, ['en']);
      const { fate } = letter;
      const about = [
        `To: ${letter.to}`,
        ...(fate.kind === 'send' ? [] : [`Not sent (${fate.kind}): ${fate.why}`]),
        `Subject: ${subject}`,
      ];
      return `${rule}\n${about.join('\n')}\n\n${text.trimEnd()}\n`;
    })
    .join('\n');

/** What stands in the file, which is written first where that was asked for. A file that would hold nothing is not there. */
function compared(name: string, now: string): string {
  const file = new URL(name, folder);
  if (process.env.UPDATE_GOLDEN === '1') {
    if (now === '') rmSync(file, { force: true });
    else writeFileSync(file, now);
  }
  return existsSync(file) ? readFileSync(file, 'utf8') : '';
}

const written = (value: unknown) =>
  `${JSON.stringify(value, null, 2).replaceAll(JSON.stringify(numberToCome).slice(1, -1), '(new)')}\n`;

describe('each mail is decided as it was read against the policy', () => {
  for (const story of stories) {
    it(story.replaceAll('-', ' '), async () => {
      const { decision, mail } = await play(story);
      const now = written(summary(decision, mail));
      const said = lettersText(withNumber(decision, '(new)' as CaseNumber).letters);
      const before = {
        decision: compared(`${story}.decision.json`, now),
        said: compared(`${story}.letters.txt`, said),
      };
      expect(JSON.parse(now)).toEqual(JSON.parse(before.decision));
      expect(said).toBe(before.said);
    });
  }
});

describe('the collection of mails', () => {
  it('has a mail for every outcome there is', () => {
    const seen = stories.map(
      (story) => JSON.parse(readFileSync(new URL(`${story}.decision.json`, folder), 'utf8')) as { outcome: string },
    );
    // What our own people answer is decided on a whole case: test/e2e/staff.
    const here = outcomes.filter((name) => name !== 'staff-answered');
    expect(new Set(seen.map((one) => one.outcome))).toEqual(new Set(here));
  });
  it('has a mail for every setting, every decision and every letter', () => {
    for (const name of [...Object.keys(settings), ...named('.decision.json'), ...named('.letters.txt')])
      expect(existsSync(new URL(`${name}.eml`, folder)), name).toBe(true);
  });
});

const named = (end: string) =>
  readdirSync(folder)
    .filter((name) => name.endsWith(end))
    .map((name) => name.slice(0, -end.length));
