import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { areSimilar, mayBeLoop, quotedPart } from '../../../../src/intake/loops/text-similarity.ts';
import type { MailFacts } from '../../../../src/mail/parsed-mail.ts';
import { cpuTime } from '../../../support/cpu-time.ts';

const ours = ['support@desk.example'];

describe('two texts are alike', () => {
  it('where only numbers, times and marks differ', () => {
    expect(areSimilar('Ticket 4711 was opened at 10:03.', '> ticket 4712 was opened at 22:59!', 0.9)).toBe(true);
  });
  it('or most of the words stand in the same order', () => {
    const one = 'Dear customer, thank you for your message. Our office is open again on Monday. Anna is on duty.';
    const other = 'Dear customer, thank you for your message. Our office is open again on Monday. Bert is on call.';
    expect(areSimilar(one, other, 0.6)).toBe(true);
    expect(areSimilar(one, other, 0.9)).toBe(false);
  });
  it('whatever identifiers stand in them, and how many lines a program lets pile up', () => {
    const one = 'We will see to your inquiry.\nRef: 7f3a-99b1 XKQJWZ';
    expect(areSimilar(one, 'We will see to your inquiry.\nRef: e0b4-12aa PLMVRT', 0.8)).toBe(true);
    const piled = Array.from({ length: 30 }, (_, n) => `Your message is number ${n} on our list.`).join('\n');
    expect(areSimilar('Your message is number 99 on our list.', piled, 0.8)).toBe(true);
  });
  it('in writing without spaces', () => {
    const one = '受付番号は4711です。担当者より順次ご連絡いたします。';
    expect(areSimilar(one, '受付番号は4712です。担当者より順次ご連絡をいたします。', 0.8)).toBe(true);
    expect(areSimilar(one, 'プリンターが二重に印刷されます。至急ご確認をお願いします。', 0.8)).toBe(false);
  });
  it('and not by what stands below every mail of a person', () => {
    const below = `\n\n${'This message is confidential and meant for its recipient alone. Please delete it if that is not you. '.repeat(6)}`;
    const one = `The scanner on the second floor has stopped reading labels since the update of last night.${below}`;
    const other = `Where can we change the language of the printed notes that go out to customers abroad?${below}`;
    expect(areSimilar(one, other, 0.8)).toBe(false);
    const lines = Array.from(
      { length: 40 },
      (_, n) => `line ${'abcdefghij'[n % 10]}${'klmnopqrst'[n >> 2]} of our terms`,
    ).join('\n');
    expect(areSimilar(`The scanner stopped.\n${lines}`, `The scanner stopped!\n${lines}`, 0.8)).toBe(true);
  });
  it('and not where a person writes about something else in the same tone', () => {
    const one = 'Hello, the scanner on the second floor has stopped reading labels. Regards, Max';
    const other = 'Hello, the stock report shows the numbers of yesterday since the update. Regards, Max';
    expect(areSimilar(one, other, 0.6)).toBe(false);
  });
  it('with no word at all, where they are the same', () => {
    expect(areSimilar('345', '345', 0.9)).toBe(true);
    expect(areSimilar('345', '512', 0.9)).toBe(false);
  });
  it('with themselves, and in either order', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'binary' }), fc.string({ unit: 'binary' }), (a, b) => {
        expect(areSimilar(a, a, 1)).toBe(true);
        expect(areSimilar(a, b, 0.6)).toBe(areSimilar(b, a, 0.6));
      }),
    );
  });
  it('in time that grows with their length only', () => {
    const long = `${'a'.repeat(500_000)} ${'b '.repeat(500_000)}`;
    const from = cpuTime();
    areSimilar(long, `${long}x`, 0.6);
    expect(cpuTime() - from).toBeLessThan(200);
  });
});

describe('what a mail quotes', () => {
  it('are the marked lines', () => {
    expect(quotedPart({ newText: 'Thanks', text: 'Thanks\n> a\n> b\n> c' }, ours)).toBe('> a\n> b\n> c');
  });
  it('else what is below the own words, where one of our addresses is in it', () => {
    const below = 'From: Support <Support@desk.example>\nSent: Monday\n\nHello';
    expect(quotedPart({ newText: 'Thanks', text: `Thanks\n${below}` }, ours)).toContain('Sent: Monday');
  });
  it('and never a signature', () => {
    expect(quotedPart({ newText: 'Thanks', text: 'Thanks\n-- \nMax Ernst\nAldous Robotics\nHall 3' }, ours)).toBe('');
  });
});

describe('what the sender said before is looked up', () => {
  const of = (more: Partial<MailFacts>) =>
    mayBeLoop({ class: 'person', threads: [], pins: [], text: 'a', newText: 'a', ...more } as unknown as MailFacts);
  it('for no new request with its PIN, and no reply to a case', () => {
    expect(of({ pins: ['345'] })).toBe(false);
    expect(of({ threads: [{ by: 'case-tag', signed: false, letter: null, case: '100001' }] })).toBe(false);
  });
  it('for mail without a PIN, and with a PIN where something is quoted', () => {
    expect(of({})).toBe(true);
    expect(of({ pins: ['345'], text: `a\n${'> quoted words\n'.repeat(4)}` })).toBe(true);
  });
});
