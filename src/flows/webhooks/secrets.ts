/** Secrets of webhooks: drawn and sealed as an act is written, opened where something is signed or somebody is shown one. */
import { randomBytes, randomUUID } from 'node:crypto';
import type { OwnChange } from '../../changes/change.ts';
import type { SealedSecret } from '../../changes/webhooks/webhooks.ts';
import { belongsTo } from '../../store/secrets.ts';
import type { Sealer } from '../../vault/seal.ts';

const place = (id: string): string => belongsTo('webhook_secrets', id, 'secret');

/** Standard Webhooks: 24 to 64 octets in base64, behind `whsec_`. */
const drawSecret = (): string => `whsec_${randomBytes(32).toString('base64')}`;

function sealedSecret(vault: Pick<Sealer, 'seal'>): SealedSecret {
  const id = randomUUID();
  return { id, sealed: vault.seal(Buffer.from(drawSecret()), place(id)) };
}

/** Like PINs they are drawn where it is certain that they are written: no preview and no fingerprint has them. */
export function withWebhookSecrets(
  changes: readonly OwnChange[],
  vault: Pick<Sealer, 'seal'> | undefined,
): readonly OwnChange[] {
  return changes.map((change) => {
    if (change.kind !== 'webhook-added' && change.kind !== 'webhook-secret-rotated') return change;
    if (!vault) throw new Error(`${change.kind} draws a secret and cannot be written without the vault`);
    return { ...change, secret: sealedSecret(vault) };
  });
}

export const openSecret = (vault: Pick<Sealer, 'open'>, { id, sealed }: SealedSecret): string =>
  vault.open(sealed, place(id)).toString();
