import { z } from 'zod';
import type { AccessSaid } from '../../changes/access.ts';
import { actorOf } from '../../changes/by.ts';
import type { MailAct } from '../act.ts';
import { notTaken, stepped } from './on-request.ts';
import type { AccessRecord } from './records.ts';

const said = z.string().nullable().optional();
const input = z.strictObject({
  request: z.string(),
  /** What the answer says besides; it fills what was not said before. */
  said: z
    .strictObject({ site: said, name: said, country: said, role: said, justification: said, phone: said })
    .optional(),
});
type VerifyRequest = z.infer<typeof input>;

/** What was not said before; and another number, of whoever has shown that the address is theirs. */
export const filledBy = (
  { said }: Pick<AccessRecord, 'said'>,
  more: { readonly [name in keyof AccessSaid]?: string | null | undefined },
): Partial<AccessSaid> =>
  Object.fromEntries(
    Object.entries(more).filter(
      ([name, value]) => value && (name === 'site' || said[name as keyof AccessSaid] === null),
    ),
  );

/**
 * POLICY §8.2: the answer to our letter shows that the address is theirs. What follows is done by the clock, so that a right and a wrong
 * number take the same time and bring the same letter.
 */
export const verifyRequest: MailAct<VerifyRequest, AccessRecord> = {
  name: 'verify-request',
  input,
  right: 'asked',
  does: 'shows that the address of an access request is the asker’s',
  gives: { changes: ['request-stepped'], letters: [] },
  byMail: 'the answer to `access-verify`',
  judge({ said: more = {} }, on, given) {
    const { by, now: at } = given;
    const made = stepped(on, [{ kind: 'verified', at, by: actorOf(by) }], given, { said: filledBy(on, more) });
    return made.kind === 'not-taken' ? notTaken(made.why) : { kind: 'done', changes: [made.change], letters: [] };
  },
};
