import { afterEach, describe, expect, it, vi } from 'vitest';
import { acts } from '../../../../src/acts/list.ts';
import { commandNames } from '../../../../src/intake/commands/commands.ts';
import { actOf } from '../../../../src/intake/commands/run-command.ts';
import { play } from '../../../support/world.ts';

/** A mail of each, which is served. */
const stories = {
  HELP: 'command-help',
  PIN: 'command-pin-verified',
  'PIN PRIVILEGED': 'command-pin-privileged',
  CASES: 'command-cases',
  STATUS: 'command-status',
  CLOSE: 'command-close',
  REOPEN: 'command-reopen',
  LICENCES: 'command-licences',
} as const;

afterEach(() => {
  vi.restoreAllMocks();
});

describe('§7 a command by mail', () => {
  it.each(commandNames)('%s is judged by the act that says so, and by no other', async (name) => {
    const judges = acts.map((act) => [act.name, vi.spyOn(act, 'judge')] as const);
    const { decision } = await play(stories[name]);
    const asked = judges.filter(([, judge]) => judge.mock.calls.length > 0).map(([act]) => act);
    expect(asked).toEqual([actOf[name].name]);
    expect(acts.filter((act) => act.byMail?.split(', ').includes(`\`${name}\``)).map((act) => act.name)).toEqual(asked);
    expect(decision.outcome).toBe('command-done');
    const { changes, letters } = actOf[name].gives;
    for (const { template } of decision.letters) expect(letters).toContain(template);
    for (const kind of changes) expect(decision.changes.map((change) => change.kind)).toContain(kind);
  });
  it('is named by no act that no command comes to', () => {
    const named = acts.flatMap((act) => act.byMail?.match(/(?<=`)[A-Z ]+(?=`)/g) ?? []);
    expect(named.toSorted()).toEqual([...commandNames].toSorted());
  });
});
