/** What the letter tells of each command of an engineer's answer (POLICY §5.4): read from what the acts have changed, or will. */
import type { WorkedCase } from '../../acts/cases/records.ts';
import { nameOf } from '../../acts/cases/working/take-case.ts';
import type { Change } from '../../changes/change.ts';
import type { WorkDone } from '../../outbound/letter.ts';
import type { Policy } from '../policy.ts';
import type { StaffCommand } from './command-line.ts';
import { type Deeds, waitsForText } from './deeds-of.ts';
import type { OwnAnswer } from './own-answer.ts';

type Line = Omit<WorkDone, 'word' | 'later'>;
type Read = { readonly on: WorkedCase; readonly changes: readonly Change[]; readonly desk: Policy['desk'] };

const line = (did: WorkDone['did'], more: Partial<Line> = {}): Line => ({
  did,
  what: null,
  more: null,
  until: null,
  ...more,
});

const find = <K extends Change['kind']>(changes: readonly Change[], kind: K) =>
  changes.findLast((one): one is Extract<Change, { kind: K }> => one.kind === kind);

function severityLine({ on, changes }: Read, severity: number): Line {
  const proposed = find(changes, 'severity-proposed');
  if (proposed) return line('severity-proposed', { what: severity, more: on.severity, until: proposed.proposal.until });
  const ended = find(changes, 'proposal-ended');
  if (ended?.why === 'declined') return line('severity-declined', { what: severity, more: ended.proposal.to });
  return line('severity-set', { what: severity, more: find(changes, 'kind-set') ? 'kind' : null });
}

function kindLine({ changes }: Read, { caseKind, id }: Extract<StaffCommand, { name: 'KIND' }>): Line {
  const set = { what: caseKind, more: id };
  if (find(changes, 'case-closed')) return line('kind-filed', set);
  const moved = find(changes, 'kind-set');
  return line(moved?.to.kind === 'licensing' && moved.from.kind !== 'licensing' ? 'kind-licensing' : 'kind', set);
}

/** What the kind has ended besides. */
function dropped({ changes }: Read): Line[] {
  const ended = find(changes, 'proposal-ended');
  return ended?.why === 'kind' ? [line('proposal-dropped', { what: ended.proposal.to })] : [];
}

function lineOf(command: StaffCommand, read: Read, { rest }: OwnAnswer): Line {
  const { changes, desk } = read;
  switch (command.name) {
    case 'ASSIGN': {
      const to = find(changes, 'owner-set')?.to;
      return line('assigned', { what: to ? nameOf(desk, to) : command.to });
    }
    case 'SEVERITY':
      return severityLine(read, command.severity);
    case 'KIND':
      return kindLine(read, command);
    case 'WAIT':
      return line('waits', { until: find(changes, 'clock-paused')?.until ?? null });
    case 'ESCALATE': {
      const { level, to } = find(changes, 'case-escalated')?.escalation ?? { level: 1, to: null };
      return line(level === 1 ? 'escalated' : 'escalated-again', { what: to && nameOf(desk, to) });
    }
    case 'NOTE':
      return line(rest === '' ? 'note-empty' : 'noted');
    case 'SOLVED':
      return line('asks-solved');
    case 'CLOSE':
      return line('closed');
    // CANCEL has a letter of its own.
    case 'TAKE':
    case 'CANCEL':
      return line('taken');
    default:
      return command satisfies never;
  }
}

/** `changes` are those of all its acts, also of those that wait. */
export function doneLines(answer: OwnAnswer, deeds: Deeds, read: Read): WorkDone[] {
  const { commands, rest, restIs } = answer;
  const later = waitsForText(deeds);
  const lines = commands.flatMap((command) => {
    const all = [lineOf(command, read, answer), ...(command.name === 'KIND' ? dropped(read) : [])];
    return all.map((one) => ({ word: command.name, later: later(command), ...one }));
  });
  // What stands below ASSIGN or ESCALATE is a note without the word.
  const noted = restIs === 'note' && rest !== '' && !commands.some(({ name }) => name === 'NOTE');
  return noted ? [...lines, { word: 'NOTE', later: false, ...line('noted') }] : lines;
}
