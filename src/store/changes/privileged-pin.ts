/** How changes of privileged PINs are written. Whoever finds the row otherwise than it was judged fails with `facts-stale`. */
import { sql } from 'kysely';
import { actorOf } from '../../changes/by.ts';
import type {
  PrivilegedPinIssued,
  PrivilegedPinRevoked,
  PrivilegedPinTried,
  PrivilegedPinUsed,
} from '../../changes/pins/privileged-pin.ts';
import { Failure } from '../../foundation/failure.ts';
import type { Tx } from '../database.ts';
import { redeem, revoke, writeIssued } from '../pins/privileged-pins.ts';

/** Fails as well where the person has lost role or address meanwhile, or the case is closed. */
export async function writePrivilegedPinIssued(tx: Tx, change: PrivilegedPinIssued): Promise<PrivilegedPinIssued> {
  if (change.hash === null) throw new Error('a privileged PIN is written with the letter that tells it');
  const pin = await writeIssued(tx, { ...change, hash: Buffer.from(change.hash, 'hex'), actor: actorOf(change.by) });
  if (pin === null) throw new Failure('facts-stale', 'contact or case of a privileged PIN have changed meanwhile');
  return { ...change, pin };
}

const over = (pin: string) => new Failure('facts-stale', `privileged PIN ${pin} was used, revoked or over meanwhile`);

export async function writePrivilegedPinUsed(tx: Tx, change: PrivilegedPinUsed): Promise<void> {
  if (!(await redeem(tx, change.pin, actorOf(change.by)))) throw over(change.pin);
}

export async function writePrivilegedPinRevoked(tx: Tx, change: PrivilegedPinRevoked): Promise<void> {
  if (!(await revoke(tx, change.pin, actorOf(change.by)))) throw over(change.pin);
}

/** Once a mail, however often it is decided. */
export async function writePrivilegedPinTried(tx: Tx, change: PrivilegedPinTried): Promise<PrivilegedPinTried | null> {
  const { mail, pin, why } = change;
  const { rows } = await sql<{ pin: string | null }>`
    insert into privileged_tries (mail_id, pin_id, why)
    select ${mail}::bigint, (select id from privileged_pins where id = ${pin}::bigint), ${why}::text
    on conflict (mail_id) do nothing
    returning pin_id::text as pin`.execute(tx);
  return rows[0] ? { ...change, pin: rows[0].pin } : null;
}
