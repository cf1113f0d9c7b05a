import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { caseNumber, contactId, letterId } from '../../../src/foundation/ids.ts';
import { decide } from '../../../src/intake/decide.ts';
import type { Decision } from '../../../src/intake/decision.ts';
import { type MailAtHand, questionOf, type SenderFacts } from '../../../src/intake/facts.ts';
import { isDecider } from '../../../src/registry/permissions.ts';
import { changesOf } from '../../support/changes.ts';
import { sites as allSites, answer, clock, contacts, policy, read } from '../../support/world.ts';

/** No question but this one is in these situations. */
const settled = (decision: Decision): Decision | null => (decision.outcome === 'answer-settled' ? decision : null);

const base = await read('decider-says-yes');
const strangers = ['nora@elsewhere.example', 'rick@partner.example'];
const addresses = [...contacts.flatMap((one) => [one.email, ...one.aliases]), ...strangers];
const site = allSites[0]?.site;
if (!site) throw new Error('the world has a first site');

const question = (id: string): fc.Arbitrary<SenderFacts> =>
  fc.record({
    id: fc.constant(id),
    site: fc.constant(site.id),
    siteNumber: fc.constant(site.number),
    address: fc.constantFrom(...strangers),
    case: fc.constantFrom(null, caseNumber('100001')),
    caseContact: fc.constantFrom(null, contactId('11'), contactId('12'), contactId('13'), contactId('14')),
    answer: fc.constantFrom(null, null, 'yes' as const, 'no' as const, 'expired' as const),
  });
const word = fc.constantFrom('YES', 'NO', 'ONCE', 'CONTACT', 'ja', 'perhaps');
const line = fc.oneof(
  word,
  fc.tuple(word, fc.constantFrom('S41', 'S42', 'S99')).map((parts) => parts.join(' ')),
  fc.constantFrom('Who is that?', '', '345'),
);

const situation = fc
  .record({
    other: fc.constantFrom(...addresses),
    /** Else half of them would come from somebody who was never asked. */
    asked: fc.constantFrom(true, true, true, false),
    to: fc.constantFrom(
      'ada@aldous.example',
      'max@aldous.example',
      'carla@consult.example',
      'paul@contractor.example',
      ...strangers,
    ),
    grade: fc.constantFrom('verified' as const, 'verified' as const, 'unverified' as const, 'failed' as const),
    senderAuth: fc.constantFrom('sensitive' as const, 'off' as const, 'all' as const),
    class: fc.constantFrom('person' as const, 'person' as const, 'machine' as const),
    nothingOwn: fc.constantFrom(false, false, true),
    signed: fc.constantFrom(true, true, false),
    text: fc.array(line, { minLength: 1, maxLength: 4 }).map((lines) => lines.join('\n')),
    senders: fc.oneof(
      question('41').map((one) => [one]),
      fc.tuple(question('41'), question('42')).map((two) => [...two]),
    ),
  })
  .map((given) => ({ ...given, sender: given.asked ? given.to : given.other }));
type Situation = typeof situation extends fc.Arbitrary<infer T> ? T : never;

const from = (address: string): MailAtHand => ({
  ...base,
  facts: {
    ...base.facts,
    from: { kind: 'one', address, name: '' },
    threads: [{ by: 'message-id', signed: true, letter: '30', case: null }],
  },
});
const known = new Map(
  await Promise.all(addresses.map(async (one) => [one, await answer(questionOf(from(one)))] as const)),
);

function decided(given: Situation): Decision {
  const { nothingOwn: _, ...facts } = from(given.sender).facts;
  const mail: MailAtHand = {
    ...base,
    facts: {
      ...facts,
      class: given.class,
      machine: given.class === 'machine' ? 'auto-submitted' : null,
      grade: given.grade,
      newText: given.text,
      ...(given.nothingOwn ? { nothingOwn: true as const } : {}),
      threads: given.signed ? facts.threads : [],
    },
  };
  const facing = known.get(given.sender);
  if (!facing) throw new Error('an address without an answer');
  const letters = facing.letters.map((one) => ({
    ...one,
    id: letterId('30'),
    to: given.to,
    asks: { kind: 'senders' as const, questions: given.senders.map((sender) => sender.id) },
    senders: given.senders,
  }));
  return decide(
    mail,
    { ...facing, letters },
    { ...policy, desk: { ...policy.desk, senderAuth: given.senderAuth } },
    clock,
  );
}

describe('§3.r16, §8.7: who decides about a sender', () => {
  it('nobody does but whom the letter was written to, entitled still, verified, in new text of their own', () => {
    let some = 0;
    fc.assert(
      fc.property(situation, (given) => {
        const found = settled(decided(given));
        const answers = found ? changesOf(found, 'question-settled') : [];
        if (answers.length === 0) return;
        some += 1;
        const contact = contacts.find(
          (one) => one.siteId === site.id && [one.email, ...one.aliases].includes(given.sender),
        );
        if (!contact) throw new Error('somebody who is no contact of the site has decided');
        expect([contact.email, ...contact.aliases]).toContain(given.to);
        expect(given.class).toBe('person');
        expect(given.signed && !given.nothingOwn).toBe(true);
        expect(given.grade === 'verified' || given.senderAuth === 'off').toBe(true);
        for (const { question: id, answer: said } of answers) {
          const asked = given.senders.find((one) => one.id === id);
          expect(asked?.answer).toBe(null);
          const own = asked?.case != null && asked.caseContact === contact.id && contact.role === 'authorized user';
          expect(isDecider(contact.role, policy) || own).toBe(true);
          if (said === 'once') expect(asked?.case).not.toBe(null);
        }
      }),
      { numRuns: 20_000 },
    );
    expect(some).toBeGreaterThan(20);
  });

  it('each answer is told, and names no PIN', () => {
    fc.assert(
      fc.property(situation, (given) => {
        const found = settled(decided(given));
        for (const letter of found?.letters ?? []) {
          expect(letter.template).toBe('sender-settled');
          expect(JSON.stringify(letter.values)).not.toMatch(/\b(345|340|338)\b/);
        }
      }),
      { numRuns: 500 },
    );
  });
});
