import { afterEach, describe, expect, it, vi } from 'vitest';
import { acts } from '../../../../src/acts/list.ts';
import { commandNames } from '../../../../src/intake/commands/commands.ts';
import { actOf } from '../../../../src/intake/commands/run-command.ts';
import { decide } from '../../../../src/intake/decide.ts';
import { changeOf } from '../../../../src/intake/decision.ts';
import { play, policy } from '../../../support/world.ts';

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
  ESCALATE: 'command-escalate',
  SEVERITY: 'command-severity-proposes',
  LEAVE: 'command-leave',
  REGISTER: 'command-register',
  DOCUMENTS: 'command-documents',
  UPGRADE: 'command-upgrade',
  UNSUBSCRIBE: 'command-unsubscribe',
  SUBSCRIBE: 'command-subscribe',
  USERS: 'command-users',
  CONTACTS: 'command-contacts',
  'CONTACTS CONFIRM': 'command-contacts-confirm',
  ADD: 'command-add',
  REMOVE: 'command-remove',
  ROLE: 'command-role',
  PRIVILEGE: 'command-privilege',
} as const;
/** What these give besides is for the other side. */
const otherwise: readonly string[] = ['severity-set', 'proposal-ended', 'plan-given'];

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
    for (const kind of changes.filter((one) => !otherwise.includes(one)))
      expect(decision.changes.map((change) => change.kind)).toContain(kind);
  });
  it('is named by no act that no command comes to', () => {
    // What our own people write is read elsewhere (intake/staff).
    const named = acts
      .filter((act) => act.forStaff !== true)
      .flatMap((act) => act.byMail?.match(/(?<=`)[A-Z ]+(?=`)/g) ?? []);
    expect(named.toSorted()).toEqual([...commandNames].toSorted());
  });
  it('PIN PRIVILEGED issues nothing where its letter is held back: nobody would be told', async () => {
    const { mail, facts, decision } = await play(stories['PIN PRIVILEGED']);
    const issued = changeOf(decision, 'privileged-pin-issued');
    const [letter] = decision.letters;
    if (!issued || !letter) throw new Error('no PIN is issued');
    const past = {
      template: letter.template,
      matter: letter.matter,
      at: issued.at,
      followsOwn: false,
      suppressed: false,
    };
    const often = { ...facts, history: { ...facts.history, toSender: [past] } };
    const again = decide(mail, often, policy, issued.at);
    expect(again.letters).toMatchObject([{ template: 'privileged-pin', fate: { kind: 'suppress' } }]);
    expect(changeOf(again, 'privileged-pin-issued')).toBeUndefined();
  });
});
