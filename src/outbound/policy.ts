/** Letters' part of the policy file (POLICY §3 "Letters, how many"; MAIL.md §4). `config/` puts the parts together. */
import { z } from 'zod';

const count = z.number().int().min(0).max(1_000_000);
const atLeastOne = z.number().int().min(1).max(1_000_000);

export const letterPolicySchema = z.strictObject({
  letters: z
    .strictObject({
      /** Neutral receipts to one address not on record, a day. */
      receiptsPerStrangerDay: count.default(1),
      /** To all addresses not on record together. */
      strangersPerHour: count.default(20),
      strangersPerDay: count.default(200),
      /** Acknowledgements to one contact; above that one letter sums up. */
      acknowledgementsPerHour: count.default(60),
      acknowledgementsPerDay: count.default(300),
      /** Letters of one kind about one matter an hour. */
      sameMatterPerHour: count.default(1),
      /** What came of their answers to notifications, to one of our people: a program that answers for them is not to answer us for ever. */
      staffAnswersPerHour: atLeastOne.default(60),
      /** Letters that ask a contact one and the same question, such as for the PIN of one mail. */
      sameQuestionPerHour: count.default(3),
      sameQuestionPerDay: count.default(5),
      /** Letters of one kind to one address in 24 hours, where they may be those of a loop: they follow our own and nothing new has come. */
      loopPerDay: count.default(3),
      /** Questions to one decider: the first at once, then gathered. */
      questionsPerHour: count.default(1),
      questionsPerDay: count.default(10),
      /** Waits before the next try, in minutes; the last one is repeated. */
      retryMinutes: z.array(z.number().min(0.01)).min(1).default([1, 5, 15, 30, 60]),
      answersGiveUpHours: count.default(48),
      noticesGiveUpHours: count.default(120),
      /** After a connection was cut behind DATA: minutes until the same bytes go again. */
      unknownMinutes: z.number().min(0.01).default(5),
      /** The most that go out in a minute of the clock, by all workers together: to everybody, and to one domain. What your server takes. */
      lettersPerMinute: atLeastOne.default(60_000),
      lettersPerMinutePerDomain: atLeastOne.default(30_000),
    })
    .prefault({}),
});
export type LetterPolicy = z.infer<typeof letterPolicySchema>;
