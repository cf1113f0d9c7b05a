/** The acts that the commands and the text of an engineer's answer ask for (POLICY §5.4): one table. */
import type { Deed } from '../../changes/cases/staff-mail.ts';
import type { CaseNumber } from '../../foundation/ids.ts';
import type { StaffCommand } from './command-line.ts';

type Command<Name extends StaffCommand['name']> = Extract<StaffCommand, { name: Name }>;
type Asked = Omit<Deed['input'], 'case'>;
type Named = Exclude<StaffCommand['name'], 'NOTE' | 'CANCEL'>;

/** `NOTE` is its text, and `CANCEL` stops what was asked for before. `SOLVED` says what the rest of the mail says. */
const acts: {
  readonly [name in Named]: readonly [act: string, asked: (command: Command<name>, rest: string) => Asked];
} = {
  TAKE: ['take-case', () => ({})],
  ASSIGN: ['assign-case', ({ to }) => ({ to })],
  SOLVED: ['solve-case', (_, rest) => (rest === '' ? {} : { text: rest })],
  WAIT: ['wait-for-customer', ({ days }) => (days === null ? {} : { days })],
  SEVERITY: ['set-severity', ({ severity }) => ({ severity })],
  KIND: ['set-kind', ({ caseKind, id }) => ({ kind: caseKind, ...(id === null ? {} : { id }) })],
  // What stands below it goes out first, and says what was decided.
  CLOSE: ['close-case', (_, rest) => (rest === '' ? {} : { told: true })],
  ESCALATE: ['escalate-case', () => ({})],
};

/** They speak to the customer, or say what becomes of the case once the text below them has. */
const behindText: ReadonlySet<StaffCommand['name']> = new Set(['SOLVED', 'WAIT', 'CLOSE']);

export type Deeds = { readonly now: readonly Deed[]; readonly later: readonly Deed[] };

/** Which of the commands come behind the text of their mail. */
export const waitsForText =
  ({ later }: Deeds) =>
  ({ name }: StaffCommand): boolean =>
    name !== 'NOTE' && name !== 'CANCEL' && behindText.has(name) && later.some(({ act }) => act === acts[name][0]);

export function deedsOf(
  number: CaseNumber,
  commands: readonly StaffCommand[],
  { rest, restIs }: { readonly rest: string; readonly restIs: 'answer' | 'note' | 'none' },
): Deeds {
  const solved = commands.some(({ name }) => name === 'SOLVED');
  const goesOut = solved || (rest !== '' && restIs === 'answer');
  const deed = (command: StaffCommand): Deed[] => {
    if (command.name === 'NOTE' || command.name === 'CANCEL') return [];
    const [act, asked] = acts[command.name] as readonly [string, (command: StaffCommand, rest: string) => Asked];
    return [{ act, input: { case: number, ...asked(command, restIs === 'answer' ? rest : '') } }];
  };
  const text: Deed[] =
    rest === '' || restIs === 'none' || (solved && restIs === 'answer')
      ? []
      : [{ act: 'write-on-case', input: { case: number, text: rest, ...(restIs === 'note' ? { note: true } : {}) } }];
  const waits = ({ name }: StaffCommand) => goesOut && behindText.has(name);
  const later = commands.filter(waits).flatMap(deed);
  // What kind of case it is decides which severities it may have, in whichever order they are written.
  const kindFirst = commands.toSorted((a, b) => Number(b.name === 'KIND') - Number(a.name === 'KIND'));
  const now = kindFirst.filter((one) => !waits(one)).flatMap(deed);
  return restIs === 'answer' ? { now, later: [...text, ...later] } : { now: [...now, ...text], later };
}
