/** One attachment of a mail, cut from its bytes. A mail that quotes a secret is opened for it, and privileged PINs in text are masked. */
import { maskPrivilegedPins } from '../../foundation/pin-form.ts';
import type { Database } from '../../store/database.ts';
import { storedBytes } from '../../store/reports/reports.ts';
import { belongsTo } from '../../store/secrets.ts';
import type { Sealer } from '../../vault/seal.ts';

export type ShownAttachment = { readonly name: string; readonly type: string; readonly content: Uint8Array };

type Cut = (raw: Uint8Array, index: number) => Promise<ShownAttachment | null>;

const masked = (content: Uint8Array): Uint8Array =>
  Buffer.from(maskPrivilegedPins(Buffer.from(content).toString('latin1')), 'latin1');

/** `index` counts from 0, in the order in which the case lists them. Null where there is no such mail or attachment. */
export async function mailAttachment(
  deps: { readonly database: Database; readonly vault: Pick<Sealer, 'open'>; readonly cut: Cut },
  id: string,
  index: number,
): Promise<ShownAttachment | null> {
  const stored = await storedBytes(deps.database, id);
  if (stored === null) return null;
  const raw = stored.sealed ? deps.vault.open(stored.raw, belongsTo('mail_bytes', id, 'raw')) : stored.raw;
  const found = await deps.cut(raw, index);
  if (found === null) return null;
  const { type, content } = found;
  const name = maskPrivilegedPins(found.name);
  return { name, type, content: /^(?:text|message)\//.test(type) ? masked(content) : content };
}
