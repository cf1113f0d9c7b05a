/** Senders who get no answer (POLICY §3.r18). */
import { z } from 'zod';
import { domainOf, foldPlus, normaliseAddress } from '../../mail/address/address.ts';
import type { Act } from '../act.ts';

/** An address is counted with what follows its plus; a domain may be written with or without an @. Null where it is neither. */
export function blockKey(given: string): string | null {
  const text = given.trim();
  const address = normaliseAddress(text);
  if (address !== null) return foldPlus(address);
  const asDomain = normaliseAddress(`x@${text.replace(/^@/, '')}`);
  const domain = asDomain === null ? null : domainOf(asDomain);
  return domain?.includes('.') ? `@${domain}` : null;
}

const input = z.strictObject({
  sender: z
    .string()
    .refine((given) => blockKey(given) !== null, {
      error: ({ input }) => `"${input}" is neither an address nor a domain`,
    })
    .describe('an address, or a domain with all that is below it'),
});
type BlockSender = z.infer<typeof input>;

/** What is so already stays so, which is no fault. */
const blocking = (name: string, does: string, kind: 'sender-blocked' | 'sender-unblocked'): Act<BlockSender> => ({
  name,
  input,
  right: 'senders: block',
  does,
  gives: { changes: [kind], letters: [] },
  needs: (asked) => ({ block: blockKey(asked.sender) ?? '' }),
  judge(asked, records, { by, now: at }) {
    const key = blockKey(asked.sender) ?? '';
    const changes = records.block?.stands === (kind === 'sender-blocked') ? [] : [{ kind, key, at, by }];
    return { kind: 'done', changes, letters: [] };
  },
});

export const blockSender = blocking(
  'block-sender',
  'lets a sender not on record, or all of a domain, hear nothing from us',
  'sender-blocked',
);
export const unblockSender = blocking('unblock-sender', 'lifts a block', 'sender-unblocked');
