/** What came to a receiver, of each letter its recipients and a hash of each copy: for more letters than fit into memory. */
import { createHash } from 'node:crypto';
import type pg from 'pg';
import type { SinkLetter } from '../../support/servers/smtp-sink.ts';

type Came = { readonly to: readonly string[]; readonly copies: string[] };

export function letterCounter() {
  const came = new Map<string, Came>();
  let all = 0;
  return {
    /** By Message-ID. */
    came: came as ReadonlyMap<string, Came>,
    all: () => all,
    take({ raw, rcptTo }: Pick<SinkLetter, 'raw' | 'rcptTo'>): void {
      all += 1;
      const head = raw.toString('latin1', 0, raw.indexOf('\r\n\r\n'));
      const id = /^Message-ID: (<.*>)\r?$/im.exec(head)?.[1] ?? '';
      const one = came.get(id) ?? { to: rcptTo, copies: [] };
      one.copies.push(createHash('sha256').update(raw).digest('base64'));
      came.set(id, one);
    },
    /** Message-IDs of each recipient: who has had two different letters has two. */
    byRecipient(): Map<string, string[]> {
      const all = new Map<string, string[]>();
      for (const [id, { to }] of came) for (const one of to) all.set(one, [...(all.get(one) ?? []), id]);
      return all;
    },
  };
}
export type LetterCounter = ReturnType<typeof letterCounter>;

type Ask = <T extends pg.QueryResultRow>(text: string) => Promise<T[]>;

/** Every letter of the database came, alike each time, and no more often than 1 + the times it was counted as unknown. */
export async function brokenOfLetters(
  ask: Ask,
  { came }: Pick<LetterCounter, 'came'>,
): Promise<{ broken: string[]; letters: number; unknown: number }> {
  const letters = await ask<{ id: string; state: string; unknown: number }>(
    `select message_id as id, state, unknown_times as unknown from letters where state <> 'suppressed'`,
  );
  const [known, found] = [new Set(letters.map(({ id }) => id)), { unsent: 0, tooMany: 0, unlike: 0, unknown: 0 }];
  for (const letter of letters) {
    const { copies } = came.get(letter.id) ?? { copies: [] };
    if (copies.length === 0 || letter.state !== 'sent') found.unsent += 1;
    if (copies.length > 1 + letter.unknown) found.tooMany += 1;
    if (new Set(copies).size > 1) found.unlike += 1;
    found.unknown += letter.unknown;
  }
  const strange = [...came.keys()].filter((id) => !known.has(id)).length;
  const broken: string[] = [];
  if (found.unsent > 0) broken.push(`I1: ${found.unsent} letters never came to the receiver`);
  if (found.tooMany > 0) broken.push(`I4: ${found.tooMany} letters came more often than was counted`);
  if (found.unlike > 0) broken.push(`I4: copies of ${found.unlike} letters are not alike`);
  if (strange > 0) broken.push(`I4: ${strange} letters came that nobody wrote down`);
  return { broken, letters: letters.length, unknown: found.unknown };
}
