/** From planned letters to rows: ids are drawn and bytes finished before the transaction, so that nothing is rendered inside it (MAIL.md §4). */

import type { PlannedLetter } from '../intake/letters.ts';
import { foldPlus } from '../mail/address.ts';
import { giveUpHours } from '../outbound/delivery-outcome.ts';
import type { LetterPolicy } from '../outbound/policy.ts';
import type { LetterRow } from '../store/letters.ts';
import type { LetterShop } from './letter-shop.ts';

/** `ids` are those of the rows to come, one a letter. */
export async function finishLetters(
  planned: readonly PlannedLetter[],
  ids: readonly string[],
  given: { shop: LetterShop; policy: LetterPolicy; at: string; cause: string; mail: string | null },
): Promise<LetterRow[]> {
  return Promise.all(
    planned.map(async (letter, i): Promise<LetterRow> => {
      const { asks, followsOwn, fate } = letter;
      const id = ids[i] as string;
      const finished = await given.shop.finish(letter, { id, at: given.at });
      const notice = letter.audience === 'staff';
      return {
        id,
        key: `${given.cause}:${letter.template}:${letter.to}:${letter.matter}`,
        template: letter.template,
        priority: notice ? 1 : 0,
        language: letter.language,
        to: letter.to,
        stranger: letter.audience === 'stranger',
        rateKey: foldPlus(letter.to),
        followsOwn,
        matter: letter.matter,
        subject: finished.subject,
        messageId: finished.messageId,
        envelopeFrom: finished.envelopeFrom,
        raw: fate.kind === 'suppress' ? null : finished.raw,
        text: finished.text,
        caseId: null,
        causedBy: given.mail,
        asks,
        state: ({ send: 'queued', wait: 'waiting', suppress: 'suppressed' } as const)[fate.kind],
        stateReason: fate.kind === 'send' ? null : fate.why,
        giveUpHours: giveUpHours(notice ? 'notice' : 'answer', given.policy),
      };
    }),
  );
}
