/** An act that opens a case: its number is drawn once it is known that it will be, and stands in no fingerprint. */
import type { Judged } from '../../acts/act.ts';
import { shownToCome, withNumber } from '../../changes/cases/to-come.ts';
import type { CaseNumber } from '../../foundation/ids.ts';
import type { Database } from '../../store/database.ts';
import { reserveIds } from '../../store/intake/reserve-ids.ts';
import { type LetterShown, shownOf } from './preview.ts';

type Done = Extract<Judged, { kind: 'done' }>;

export async function withNewCase(
  { database }: { readonly database: Database },
  made: Done,
  preview: boolean,
): Promise<{
  readonly judged: Done;
  readonly drawn: { readonly id: string; readonly number: CaseNumber } | null;
  /** The fingerprint of what a preview has shown or would show. */
  readonly asShownBefore: (letters: readonly LetterShown[]) => string;
}> {
  const opens = made.changes.some(({ kind }) => kind === 'case-entered');
  const asPreview = opens ? withNumber(made, shownToCome) : made;
  // Its times are those of the moment, and go on until it is confirmed.
  const lasting = asPreview.changes.map((one) =>
    one.kind === 'case-entered' ? { ...one, opens: { ...one.opens, openedAt: '', due: '' } } : one,
  );
  const fingerprint = (letters: readonly LetterShown[]) =>
    shownOf({ ...asPreview, changes: lasting }, letters).fingerprint;
  if (!opens || preview) return { judged: asPreview, drawn: null, asShownBefore: fingerprint };
  const [reserved] = await database.ask((db) => reserveIds(db, [{ cases: 1, letters: 0 }]));
  const drawn = reserved?.cases[0];
  if (!drawn) throw new Error('no case number was drawn');
  const unnumbered = (letter: LetterShown) => ({
    ...letter,
    subject: letter.subject.replaceAll(`[Case ${drawn.number}]`, `[Case ${shownToCome}]`),
  });
  return {
    judged: withNumber(made, drawn.number, drawn.id),
    drawn,
    asShownBefore: (letters) => fingerprint(letters.map(unnumbered)),
  };
}
