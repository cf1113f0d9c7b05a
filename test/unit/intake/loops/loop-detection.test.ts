import { describe, expect, it } from 'vitest';
import { maskedCode } from '../../../../src/foundation/code-form.ts';
import { decide } from '../../../../src/intake/decide.ts';
import type { Facts } from '../../../../src/intake/facts.ts';
import { clock, play, policy } from '../../../support/world.ts';

type Said = Facts['history']['saidBefore'];

/** The fate of the letter to the sender after three of them today, where the sender has said before what `said` makes of the mail. */
async function fateOf(story: string, template: string, said: (newText: string) => Said) {
  const { mail, facts } = await play(story);
  const three = ['a', 'b', 'c'].map((matter) => ({
    template,
    matter,
    at: '2026-05-13T02:00:00Z',
    followsOwn: false,
    suppressed: false,
    case: null,
  }));
  const history = { ...facts.history, toSender: three, saidBefore: said(mail.facts.newText) };
  const { letters } = decide(mail, { ...facts, history }, policy, clock);
  expect(letters.map((letter) => letter.template)).toContain(template);
  return letters.find((letter) => letter.template === template)?.fate;
}
const same = (newText: string): Said => [{ text: newText, newText }];
const loop = { kind: 'suppress', why: expect.stringContaining('a loop') };
const send = { kind: 'send' };

describe('§3 loops: letters that ask back follow our own after three a day', () => {
  it.each([
    // The gateway of a decider, who was asked about a sender.
    ['decider-writes-prose-about-a-sender', 'answer-not-understood'],
    ['answer-asks-which-pin-in-german', 'answer-not-understood'],
    ['code-is-answered-with-a-yes', 'answer-not-understood'],
    // Words that look like a code each time.
    ['code-wrong', 'command-refused'],
    ['code-too-late', 'command-refused'],
    ['no-pin-from-a-contact', 'pin-needed'],
  ])('%s gets no %s where the same was said before', async (story, template) => {
    expect(await fateOf(story, template, same)).toEqual(loop);
    expect(await fateOf(story, template, () => [])).toEqual(send);
  });

  it('what only sends our question back gets none', async () => {
    expect(await fateOf('decider-only-sends-the-question-back', 'answer-not-understood', () => [])).toEqual(loop);
  });

  it('another code is something new', async () => {
    for (const before of ['AAAA-1111', maskedCode]) {
      const other = [{ text: before, newText: before }];
      expect(await fateOf('code-wrong', 'command-refused', () => other), before).toEqual(send);
    }
  });
});

describe('§3 loops: the own PIN above nothing of ours is something new', () => {
  const lapsed = 'lapsed-customer';
  it('though the same was said before', async () => {
    expect(await fateOf(lapsed, 'support-lapsed', same)).toEqual(send);
    expect(await fateOf('pin-in-the-subject', 'acknowledgement', same)).toEqual(send);
  });
  it('and not the PIN of somebody else', async () => {
    expect(await fateOf('pin-unknown-from-a-contact', 'pin-needed', same)).toEqual(loop);
  });
});

describe('§3 loops: a command or an answer is something new, though the same was said before', () => {
  it.each([
    // The code that went out for it may have been lost, or closed by wrong ones: our letter says to ask again.
    ['command-pin-unverified', 'confirm-code'],
    ['decider-answers-unverified', 'confirm-code'],
    ['command-pin-verified', 'command-pin'],
    ['command-status-of-no-case', 'command-refused'],
    ['command-status-without-a-number', 'command-refused'],
    ['decider-says-yes', 'sender-settled'],
  ])('%s gets its %s', async (story, template) => {
    expect(await fateOf(story, template, same)).toEqual(send);
  });
});
