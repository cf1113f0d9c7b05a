/** What would follow from an act, as a person is shown it. */
import { createHash } from 'node:crypto';
import type { Judged } from '../../acts/act.ts';
import type { Trial } from '../../acts/mail/records.ts';
import { type Change, sentenceOf } from '../../changes/change.ts';

export type LetterShown = {
  readonly template: string;
  readonly to: string;
  readonly subject: string;
  /** Why it is on record only, by the numbers of letters; null where it goes out. */
  readonly heldBack: string | null;
};

export type Preview = {
  readonly preview: true;
  /** Of changes and letters; the same as long as the same would follow. */
  readonly fingerprint: string;
  readonly changes: readonly { readonly change: Change['kind']; readonly says: string }[];
  readonly letters: readonly LetterShown[];
  /** Of the mails that are put back: what each would be decided. */
  readonly decisions?: readonly Trial[];
  /** So many more are not listed. */
  readonly more?: number;
};
export type Committed = Omit<Preview, 'preview'>;

/**
 * What only this moment has: its time, the versions that it was judged on, and for whom it is asked. Nothing of that was shown, and
 * whoever was shown it may confirm it for somebody else.
 */
const momentary: readonly string[] = [
  'at',
  'by',
  'versionNo',
  'fence',
  'timerAt',
  'peopleVersion',
  'requestVersion',
  'webhookVersion',
  'counted',
];

/** Of a letter it counts whether it is held back, and not how far a limit is exceeded. */
function fingerprintOf(
  changes: readonly Change[],
  letters: readonly LetterShown[],
  ...more: readonly unknown[]
): string {
  const lasting = (name: string, value: unknown) => (momentary.includes(name) ? undefined : value);
  const hash = createHash('sha256');
  // One by one: an import has tens of thousands.
  for (const change of changes) hash.update(JSON.stringify(change, lasting));
  const shown = letters.map((letter) => ({ ...letter, heldBack: letter.heldBack !== null }));
  return hash
    .update(JSON.stringify([shown, ...more], lasting))
    .digest('hex')
    .slice(0, 32);
}

export const shownOf = (
  { changes, decisions, more }: Omit<Extract<Judged, { kind: 'done' }>, 'letters'>,
  letters: readonly LetterShown[],
): Committed => ({
  fingerprint: fingerprintOf(changes, letters, ...(decisions ? [decisions, more] : [])),
  changes: changes.map((change) => ({ change: change.kind, says: sentenceOf(change) })),
  letters,
  ...(decisions && { decisions }),
  ...(more && { more }),
});
