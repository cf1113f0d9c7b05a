import { describe, expect, it } from 'vitest';
import type { Context } from '../../../src/intake/context.ts';
import { decide } from '../../../src/intake/decide.ts';
import { questionOf } from '../../../src/intake/facts.ts';
import { writtenTo } from '../../../src/intake/written-to.ts';
import { readMail } from '../../../src/mail/read.ts';
import { answer, clock, policy, readOptions } from '../../support/world.ts';

const raw = (to: string) =>
  Buffer.from(
    `Authentication-Results: mx.desk.example; dmarc=pass header.from=aldous.example\r\nFrom: Ada <ada@aldous.example>\r\n${to}\r\nSubject: PIN 345 Printing stops\r\nMessage-ID: <x@aldous.example>\r\n\r\nAfter every page.\r\n`,
  );
const read = (to: string, rcptTo: readonly string[] = []) => readMail(raw(to), { mailFrom: null, rcptTo }, readOptions);
const roles = async (to: string, rcptTo: readonly string[] = []) => {
  const mail = { facts: await read(to, rcptTo) } as Context['mail'];
  return [...writtenTo({ mail, policy })].sort();
};

describe('the addresses of ours that a mail is written to', () => {
  it.each([
    ['To: support@desk.example', [], ['support']],
    ['To: Support <SUPPORT@desk.example>, max@aldous.example\r\nCc: Care <care@desk.example>', [], ['care', 'support']],
    ['To: care+web@desk.example', [], ['care']],
    // What the envelope says counts only where the header names none of ours.
    ['To: support@desk.example', ['security@desk.example'], ['support']],
    ['To: all@aldous.example', ['security@desk.example', 'care@desk.example'], ['care', 'security']],
    ['To: all@aldous.example\r\nDelivered-To: licensing@desk.example', [], ['licensing']],
    ['To: support@desk.example.evil.example, xcare@desk.example', [], []],
    ['To: bounces@desk.example', [], []],
  ] as const)('%j, by %j: %j', async (to, rcptTo, found) => expect(await roles(to, rcptTo)).toEqual(found));

  it('are the same for every copy, and so is what is decided', async () => {
    const to = 'To: support@desk.example, renewals@desk.example\r\nCc: care@desk.example';
    const decided = await Promise.all(
      ['support', 'renewals', 'care'].map(async (one) => {
        const facts = await read(to, [`${one}@desk.example`]);
        const mail = { id: '1' as never, arrivedAt: '2026-05-13T09:00:00Z', mustWait: false, facts };
        const decision = decide(mail, await answer(questionOf(mail)), policy, clock);
        return {
          outcome: decision.outcome,
          letters: decision.letters.map((letter) => `${letter.template} ${letter.to}`),
        };
      }),
    );
    expect(decided[0]).toEqual({
      outcome: 'case-opened',
      letters: [
        'acknowledgement ada@aldous.example',
        'staff-notice rita@desk.example',
        'staff-notice cara@desk.example',
      ],
    });
    for (const other of decided) expect(other).toEqual(decided[0]);
  });

  it('are one where the operator has one address for several', async () => {
    const { desk } = policy;
    const one = { ...policy, desk: { ...desk, addresses: { ...desk.addresses, care: desk.addresses.support } } };
    const mail = { facts: await read('To: support@desk.example') } as Context['mail'];
    expect([...writtenTo({ mail, policy: one })]).toEqual(['support']);
  });
});
