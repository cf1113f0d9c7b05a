/** Generates and hashes one-time codes: randomness and keys are kept out of the pure modules. */
import { randomInt } from 'node:crypto';
import type { Change } from '../../changes/change.ts';
import { codeOf } from '../../foundation/code-form.ts';
import type { PlannedLetter } from '../../intake/letters/planned-letter.ts';
import { codeToCome } from '../../intake/questions/confirmation.ts';
import type { LetterRow } from '../../store/letters/letters.ts';
import type { Sealer } from '../../vault/seal.ts';

const kind = 'confirmation-code';

export const hashOfCode = (vault: Pick<Sealer, 'hash'>, code: string): string => vault.hash(kind, code).toString('hex');

/** Under every key, so that a code stands a change of keys. */
export const hashesOfCode =
  (vault: Pick<Sealer, 'hashes'>) =>
  (code: string): string[] =>
    vault.hashes(kind, code).map((hash) => hash.toString('hex'));

function drawCode(): string {
  for (;;) {
    const code = codeOf(Array.from({ length: 8 }, () => randomInt(32)));
    if (code !== null) return code;
  }
}

/** Each letter that asks for a code gets one of its own. */
export const withCodes = (letters: readonly PlannedLetter[]): PlannedLetter[] =>
  letters.map((letter) =>
    letter.template === 'confirm-code' && letter.values.code === codeToCome
      ? { ...letter, values: { ...letter.values, code: drawCode() } }
      : letter,
  );

/** Codes and privileged PINs by their hash, as their letters tell them; one whose letter is not written is none. */
export const withHashes = <C extends Change>(changes: readonly C[], letters: readonly LetterRow[]): C[] =>
  changes.flatMap((change): C[] => {
    if (change.kind !== 'code-asked' && change.kind !== 'privileged-pin-issued') return [change];
    const row = letters[change.letterAt];
    if (!row || row.raw === null) return [];
    return change.kind === 'code-asked'
      ? [{ ...change, letter: row.id, hash: row.codeHash ?? null }]
      : [{ ...change, hash: row.pinHash ?? null }];
  });
