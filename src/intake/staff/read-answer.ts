/**
 * What an engineer's answer to a notification says (POLICY §5.4, §3.r6). Pure: of the mail's facts and the notification's own text.
 * In doubt nothing goes out, and the engineer is asked back.
 */
import { isAbsence } from '../../mail/automatic/absence.ts';
import type { MailFacts } from '../../mail/parsed-mail.ts';
import type { StaffCommandName } from '../commands/staff-words.ts';
import { attachmentsToSend, withPictureNames } from './answer-attachments.ts';
import { readCommandLine, type StaffCommand, strayCommand } from './command-line.ts';
import { type NotificationWords, wordsOfNotification } from './notification-words.ts';
import { blank, ownText, trimEnds } from './own-text.ts';

export type StaffAnswer =
  | {
      readonly kind: 'command';
      readonly commands: readonly StaffCommand[];
      /** What stands below the commands; empty where nothing does. */
      readonly rest: string;
      /** `note`: it stays with us. `none`: it goes nowhere, as below CANCEL. */
      readonly restIs: 'answer' | 'note' | 'none';
      readonly attachments: readonly number[];
    }
  /** `attachments` are places in the list of the mail's attachments. */
  | { readonly kind: 'answer'; readonly text: string; readonly attachments: readonly number[] }
  /** `line` as it was written; `near` what may have been meant, null where that is no command of the staff. */
  | { readonly kind: 'mistyped'; readonly line: string; readonly near: StaffCommandName | null }
  /** `run`: the words, as the mail has them. */
  | { readonly kind: 'holds-notification'; readonly run: string }
  | { readonly kind: 'automatic' }
  | { readonly kind: 'empty' };

export type StaffAnswerFacts = Pick<
  MailFacts,
  'class' | 'unanswerable' | 'from' | 'text' | 'attachments' | 'forwarded'
>;

export type Beside = {
  /** The text part of the notification that is answered. */
  readonly notification: string;
  /** What it shows that the customer wrote or was sent: messages of the case, its title. Never an internal note. */
  readonly shared: readonly string[];
};

/** The words that an inline answer is about: up to three lines of the customer's, directly above. */
const mostQuoted = 3;
function quotation(above: readonly string[], words: NotificationWords): string[] {
  const out: string[] = [];
  for (let i = above.length - 1; i >= 0 && out.length < mostQuoted; i--) {
    const line = (above[i] ?? '').trim();
    if (line === '') {
      if (out.length > 0) break;
      continue;
    }
    if (!words.isShared(line)) break;
    out.unshift(`> ${line}`);
  }
  return out;
}

function isAutomatic(facts: StaffAnswerFacts, text: string): boolean {
  if (facts.class !== 'person') return true;
  if (facts.unanswerable === 'null-return-path' || facts.unanswerable === 'precedence') return true;
  return isAbsence(text);
}

/** Commands stand on the first lines; below NOTE everything is the note. */
function commandsOf(lines: readonly string[]): {
  commands: StaffCommand[];
  rest: readonly string[];
  mistyped: Extract<StaffAnswer, { kind: 'mistyped' }> | null;
} {
  const commands: StaffCommand[] = [];
  for (const [i, line] of lines.entries()) {
    if (blank(line)) continue;
    if (commands.at(-1)?.name === 'NOTE') return { commands, rest: lines.slice(i), mistyped: null };
    const read = readCommandLine(line);
    if (read.kind === 'text') return { commands, rest: lines.slice(i), mistyped: null };
    const again = read.kind === 'command' && commands.some((one) => one.name === read.command.name);
    if (read.kind === 'mistyped' || again) {
      const near = read.kind === 'mistyped' ? read.near : read.command.name;
      return { commands, rest: [], mistyped: { kind: 'mistyped', line: line.trim().slice(0, 200), near } };
    }
    commands.push(read.command);
  }
  return { commands, rest: [], mistyped: null };
}

/** ASSIGN and ESCALATE speak to colleagues: what stands below them is theirs (docs/decisions/0033). */
function restOf(commands: readonly StaffCommand[]): 'answer' | 'note' | 'none' {
  const has = (...names: readonly StaffCommandName[]) => commands.some(({ name }) => names.includes(name));
  if (has('CANCEL')) return 'none';
  return has('NOTE', 'ASSIGN', 'ESCALATE') ? 'note' : 'answer';
}

/** What is kept of an answer that is asked back about: its text as it stands, behind the commands that could be read. */
export function keptAnswer(facts: StaffAnswerFacts, beside: Beside) {
  const { blocks } = ownText(facts, beside.notification);
  const [first, ...later] = blocks;
  if (first === undefined) return { commands: [], rest: '', restIs: 'answer', attachments: [] } as const;
  const { commands, rest, mistyped } = commandsOf(first.own);
  const own = [mistyped ? first.own : trimEnds(rest), ...later.map((block) => block.own)];
  const text = own
    .map((lines) => lines.join('\n'))
    .filter(Boolean)
    .join('\n\n');
  const attachments = attachmentsToSend(facts.attachments, text, facts.text);
  const restIs = mistyped ? 'answer' : restOf(commands);
  return { commands: mistyped ? [] : commands, rest: withPictureNames(text), restIs, attachments } as const;
}

export function readStaffAnswer(facts: StaffAnswerFacts, beside: Beside): StaffAnswer {
  if (facts.class !== 'person') return { kind: 'automatic' };
  const { blocks, sure } = ownText(facts, beside.notification);
  const said = blocks.map(({ own }) => own.join('\n')).join('\n\n');
  if (isAutomatic(facts, said)) return { kind: 'automatic' };
  const [first, ...later] = blocks;
  if (first === undefined) return { kind: 'empty' };
  const words = wordsOfNotification(beside.notification, beside.shared);
  const { commands, rest, mistyped } = commandsOf(first.own);
  if (mistyped) return mistyped;
  const parts = [{ ...first, own: trimEnds(rest) }, ...later].filter(({ own }) => own.length > 0);
  // What stands bare between two pieces of the engineer's was put there on purpose, and is judged with them.
  const text = parts
    .map(({ own, above, bare }, i) => [...(bare && i > 0 ? trimEnds(above) : quotation(above, words)), own.join('\n')])
    .map((lines) => (lines.length > 1 ? [...lines.slice(0, -1), '', lines.at(-1)] : lines).join('\n'))
    .join('\n\n')
    .replace(/\n{3,}/g, '\n\n');
  const restIs = restOf(commands);
  const goesOut = restIs === 'answer' && text !== '';
  if (goesOut) {
    const stray = parts.flatMap(({ own }) => own).find((line) => strayCommand(line) !== null);
    if (stray !== undefined) return { kind: 'mistyped', line: stray.trim(), near: strayCommand(stray) };
    const enclosed = (facts.forwarded ?? []).map((one) => one.text);
    const run = [text, ...enclosed].map(words.runIn).find((found) => found !== null) ?? null;
    if (run !== null) return { kind: 'holds-notification', run };
    if (!sure) return { kind: 'holds-notification', run: text.slice(0, 200) };
  }
  const attachments = attachmentsToSend(facts.attachments, text, facts.text);
  const shown = withPictureNames(text);
  return commands.length > 0
    ? { kind: 'command', commands, rest: shown, restIs, attachments }
    : { kind: 'answer', text: shown, attachments };
}
