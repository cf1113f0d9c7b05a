/** Turns planned letters into rows: ids are reserved and bytes finished before the transaction, so that nothing is rendered inside it (MAIL.md §4). */

import type { PlannedLetter } from '../../intake/letters/planned-letter.ts';
import { foldPlus } from '../../mail/address/address.ts';
import { messageIdAtRest } from '../../mail/subject/thread-token.ts';
import { giveUpHours } from '../../outbound/delivery-outcome.ts';
import { isMarked, secretOf } from '../../outbound/letter.ts';
import { asksByToken } from '../../outbound/letters/access.ts';
import type { LetterPolicy } from '../../outbound/policy.ts';
import type { LetterRow } from '../../store/letters/letters.ts';
import { belongsTo } from '../../store/secrets.ts';
import type { Sealer } from '../../vault/seal.ts';
import { hashOfCode } from '../pins/codes.ts';
import { hashOfPin } from '../pins/privileged-secrets.ts';
import type { LetterBuilder } from './letter-builder.ts';

/** A letter that tells a secret, or whose Message-ID is one, is at rest without it: its bytes sealed, its text masked. */
function sealedParts(
  letter: PlannedLetter,
  row: { id: string; raw: Uint8Array | null; text: string },
  vault: Pick<Sealer, 'seal' | 'hash'> | undefined,
): Partial<LetterRow> {
  const secret = secretOf(letter);
  if (secret === null && !asksByToken(letter.asks)) return {};
  if (!vault) throw new Error(`${letter.template} tells a secret and cannot be written without the vault`);
  return {
    text: secret === null ? row.text : row.text.replaceAll(secret, '••••••••'),
    ...(row.raw === null ? {} : { raw: vault.seal(row.raw, belongsTo('letters', row.id, 'raw')), sealed: true }),
    ...(letter.template === 'confirm-code' ? { codeHash: hashOfCode(vault, letter.values.code) } : {}),
    ...(letter.template === 'privileged-pin' ? { pinHash: hashOfPin(vault, letter.values.pin) } : {}),
  };
}

/** The same key twice is one letter. */
export const letterKeyOf = (
  cause: string,
  { template, to, matter }: Pick<LetterRow, 'template' | 'to' | 'matter'>,
): string => `${cause}:${template}:${to}:${matter}`;

/** Few letters have one: what writes it is loaded with the first. */
async function withTable(letter: PlannedLetter): Promise<PlannedLetter> {
  const { table } = letter;
  if (!table) return letter;
  const { writeRows } = await import('../../registry/registry-csv.ts');
  const bytes = Buffer.from(writeRows(table.rows));
  const file = { filename: table.filename, type: 'text/csv; charset=utf-8', bytes };
  return { ...letter, attachments: [...(letter.attachments ?? []), file] };
}

/** `ids` are those of the rows to come, one a letter. */
export async function finishLetters(
  planned: readonly PlannedLetter[],
  ids: readonly string[],
  given: {
    letterBuilder: LetterBuilder;
    policy: LetterPolicy;
    at: string;
    cause: string;
    mail: string | null;
    /** Needed for letters that tell a secret. */
    vault?: Pick<Sealer, 'seal' | 'hash'>;
  },
): Promise<LetterRow[]> {
  return Promise.all(
    planned.map(async (letter, i): Promise<LetterRow> => {
      const { asks, followsOwn, fate } = letter;
      const id = ids[i] as string;
      const finished = await given.letterBuilder.finish(await withTable(letter), { id, at: given.at });
      const notice = letter.audience === 'staff' || isMarked(letter.template, 'notice');
      const raw = fate.kind === 'suppress' ? null : finished.raw;
      return {
        id,
        key: letterKeyOf(given.cause, letter),
        template: letter.template,
        priority: isMarked(letter.template, 'urgent') ? -1 : notice ? 1 : 0,
        language: letter.language,
        to: letter.to,
        stranger: letter.audience === 'stranger',
        rateKey: foldPlus(letter.to),
        followsOwn,
        matter: letter.matter,
        subject: finished.subject,
        messageId: messageIdAtRest(finished.messageId),
        envelopeFrom: finished.envelopeFrom,
        raw,
        text: finished.text,
        caseId: null,
        causedBy: given.mail,
        asks,
        state: ({ send: 'queued', wait: 'waiting', suppress: 'suppressed' } as const)[fate.kind],
        stateReason: fate.kind === 'send' ? null : fate.why,
        ...(fate.kind === 'suppress' && fate.code ? { stateCode: fate.code } : {}),
        giveUpHours: giveUpHours(notice ? 'notice' : 'answer', given.policy),
        ...sealedParts(letter, { id, raw, text: finished.text }, given.vault),
      };
    }),
  );
}
