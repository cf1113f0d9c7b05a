/** The letters of an act, ready to be written or shown. */
import type { ActLetter } from '../../acts/act.ts';
import type { CaseRecord } from '../../acts/cases/records.ts';
import type { LetterAttachment } from '../../outbound/letter.ts';
import { readHistory } from '../../store/letters/letter-history.ts';
import type { LetterRow } from '../../store/letters/letters.ts';
import { type Finished, finish, type LetterDeps } from '../letters/send.ts';
import { heldBack, historyOf } from '../letters/within-limits.ts';
import { letterKeyOf } from '../letters/write-letters.ts';
import { withCodes } from '../pins/codes.ts';
import { withPins } from '../pins/privileged-secrets.ts';
import type { LetterShown } from './preview.ts';

type Given = {
  readonly actor: string;
  readonly now: string;
  /** Those that the act has seen: a letter about one is shown on it. */
  readonly cases: readonly Pick<CaseRecord, 'id' | 'number'>[];
  /** No ids are drawn: they are only shown. */
  readonly preview: boolean;
};

/** What of a mail goes along, cut once for all who get it; one that cannot be cut keeps back no words, and stands on the case. */
async function withEnclosed(deps: LetterDeps, letters: readonly ActLetter[]): Promise<readonly ActLetter[]> {
  const encloses = letters.find((one) => one.encloses)?.encloses;
  if (!encloses || !deps.attachment) return letters;
  const attachments: LetterAttachment[] = [];
  for (const { place, name: filename, type } of encloses.enclosed) {
    const bytes = await deps.attachment(encloses.mail, place);
    if (bytes) attachments.push({ filename, type, bytes });
  }
  return letters.map((one) => (one.encloses ? { ...one, attachments } : one));
}

export async function lettersOfAct(
  deps: LetterDeps,
  letters: readonly ActLetter[],
  { actor, now, cases, preview }: Given,
): Promise<{ finished: Finished; shown: readonly LetterShown[] }> {
  const occasion = { actor, now };
  if (letters.length === 0) return { finished: { planned: [], rows: [], occasion }, shown: [] };
  const planned = withPins(withCodes(preview ? letters : await withEnclosed(deps, letters)));
  const made = await deps.database.ask((db) => finish(deps, preview ? null : db, planned, occasion));
  const rows = made.rows.map((row, i): LetterRow => {
    const { once, mail = null, case: on } = letters[i] as ActLetter;
    const caseId = cases.find((one) => one.number === on)?.id ?? null;
    return { ...row, caseId, causedBy: mail, key: once === undefined ? row.key : letterKeyOf(once, row) };
  });
  const history = await deps.database.ask((db) => historyOf(db, planned, rows, readHistory));
  const shown = heldBack(planned, rows, history, { policy: deps.policy, now });
  return {
    finished: { planned, rows, occasion },
    shown: shown.map(({ template, to, subject, stateReason }) => ({ template, to, subject, heldBack: stateReason })),
  };
}

/** What was shown is what is written: none of them has met another fate meanwhile. */
export const asShown = (written: readonly LetterRow[], shown: readonly LetterShown[]): boolean =>
  written.every((row, i) => (row.state === 'suppressed') === (shown[i]?.heldBack !== null));
