/** UIDs of a mailbox are looked at again: what is on the server and not here is fetched, what is here is passed over. */
import { z } from 'zod';
import { type Act, refused } from '../act.ts';

const uid = z.coerce.number().int().min(1).max(4_294_967_295);
const input = z.strictObject({
  mailbox: z.string().min(1).max(200).describe('the name of the mailbox'),
  from: uid.describe('the first UID'),
  to: uid.describe('the last UID'),
});

/** More is asked for in parts: a server lists them in one answer. */
const mostUids = 100_000;

export const fetchAgain: Act<z.infer<typeof input>> = {
  name: 'fetch-again',
  input,
  right: 'system: operate',
  does: 'looks at a range of UIDs of a mailbox again, and fetches what is not here',
  gives: { changes: ['fetch-again-asked'], letters: [] },
  needs: (asked) => ({ range: asked }),
  judge({ mailbox, from, to }, { range }, { by, now: at }) {
    if (to < from) return refused('bad-input', 'The last UID is not below the first one.');
    if (to - from >= mostUids)
      return refused('bad-input', `At most ${mostUids.toLocaleString('en-GB')} UIDs at once; ask for the rest then.`);
    if (!range) return refused('not-found', `Mailbox ${mailbox} has not been opened yet.`);
    if (from > range.watermark)
      return refused('conflict', `UIDs above ${range.watermark} have not been read yet: they come by themselves.`);
    if (range.open > 0)
      return refused('conflict', `A range of mailbox ${mailbox} is being fetched already; wait until it is done.`);
    const last = Math.min(to, range.watermark);
    return {
      kind: 'done',
      changes: [{ kind: 'fetch-again-asked', mailbox, epoch: range.epoch, from, to: last, known: range.known, at, by }],
      letters: [],
    };
  },
};
