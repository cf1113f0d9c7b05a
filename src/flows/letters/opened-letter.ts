/** The bytes of a letter as they were written: those with a secret are sealed at rest. */
import { belongsTo } from '../../store/secrets.ts';
import type { Sealer } from '../../vault/seal.ts';

/** Throws where it was sealed under a key that this Postern has no more. */
export const openedLetter = (
  vault: Pick<Sealer, 'open'>,
  { id, raw, sealed }: { readonly id: string; readonly raw: Buffer; readonly sealed: boolean },
): Buffer => (sealed ? vault.open(raw, belongsTo('letters', id, 'raw')) : raw);
