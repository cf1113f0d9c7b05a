import { describe, expect, it } from 'vitest';
import { mailActs } from '../../../src/acts/list.ts';
import { decide } from '../../../src/intake/decide.ts';
import type { Facts } from '../../../src/intake/facts.ts';
import { confirmedActVersion, readConfirmedAct } from '../../../src/intake/questions/confirmed-act.ts';
import { clock, play, policy } from '../../support/world.ts';

type Asks = NonNullable<Facts['confirmations']>[number]['asks'];
/** The answer with the right code, where the act was stored in another way. */
async function answered(story: string, stored: (asks: Asks) => object) {
  const { mail, facts } = await play(story);
  const confirmations = facts.confirmations?.map((one) => ({ ...one, asks: { ...one.asks, ...stored(one.asks) } }));
  return decide(mail, { ...facts, ...(confirmations && { confirmations }) } as Facts, policy, clock);
}
const right = ['code-right', 'code-for-a-privileged-pin', 'code-for-the-command-pin-privileged'] as const;

describe('§11.2 an act that waits for its code', () => {
  it.each(right)('is done as it was stored, also before there were versions: %s', async (story) => {
    const { decision } = await play(story);
    expect(await answered(story, () => ({ version: confirmedActVersion }))).toEqual(decision);
    expect(decision.letters.map((one) => one.template)).not.toContain('command-refused');
  });

  it.each(right)('is asked for once more, and nothing is done, where it cannot be read any more: %s', async (story) => {
    const done = await play(story);
    for (const stored of [
      () => ({ version: confirmedActVersion + 1 }),
      ({ act }: Asks) => ({ act: { ...act, kind: 'no-act-of-ours' } }),
      ({ act }: Asks) => ({ act: { kind: act.kind, site: act.site } }),
    ]) {
      const decision = await answered(story, stored);
      expect(decision).toMatchObject({
        outcome: 'answer-settled',
        reason: expect.stringContaining('not known in this form any more'),
        letters: [{ template: 'command-refused', values: { why: 'code-ask-again' } }],
      });
      expect(decision.changes.map((one) => one.kind)).toEqual(['mail-decided-anew', 'code-used']);
      expect(decision.changes).toMatchObject([{ outcome: 'command-refused' }, { outcome: 'command-refused' }]);
    }
    expect(done.decision.letters[0]).not.toMatchObject({ values: { why: 'code-ask-again' } });
  });

  it('is read in the shapes it is stored in, and in no others', () => {
    const command = { kind: 'command', command: 'PIN', site: '1', argument: '' };
    const senders = { kind: 'senders', site: '1', answers: [{ question: '4', answer: 'once' }] };
    for (const act of [command, senders, { kind: 'privileged-pin', site: '1', pin: '51' }])
      expect(readConfirmedAct({ act })).toEqual(act);
    for (const act of [
      null,
      { ...command, command: 'GRANT' },
      { ...command, more: 1 },
      { ...senders, answers: [{ question: '4', answer: 'perhaps' }] },
    ])
      expect(readConfirmedAct({ act })).toBeNull();
  });
});

it.each([
  'answer-with-the-missing-pin',
  'answer-with-the-pin-of-a-lapsed-site',
  'code-right',
  'code-for-a-privileged-pin',
  'code-for-the-command-pin-privileged',
  'contact-admits-a-stranger-to-the-case-once',
])('%s changes nothing that the acts of its answer do not name', async (story) => {
  const { decision } = await play(story);
  const named = new Set(mailActs.flatMap((act) => act.gives.changes));
  for (const { kind } of decision.changes) expect(named).toContain(kind);
});
