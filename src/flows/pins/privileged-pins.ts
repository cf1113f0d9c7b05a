/** Privileged PINs as they stand (POLICY §1). No message of a failure and no result shows one. */
import type { PinNeeds, PinRecords, PrivilegedPinRecord } from '../../acts/pins/records.ts';
import type { Change } from '../../changes/change.ts';
import { Failure } from '../../foundation/failure.ts';
import { normalisePrivilegedPin } from '../../foundation/pin-form.ts';
import type { Database } from '../../store/database.ts';
import { findPin, openWindows } from '../../store/pins/privileged-pins.ts';
import type { Sealer } from '../../vault/seal.ts';
import { pinKind } from './privileged-secrets.ts';

type PinDeps = { readonly database: Database; readonly vault?: Pick<Sealer, 'hashes'> };

/** The PIN itself, as a person writes it, or the id of its row. */
async function recordOf({ database, vault }: PinDeps, given: string): Promise<PrivilegedPinRecord | null> {
  if (/^\d{1,18}$/.test(given)) return database.ask((db) => findPin(db, { id: given }));
  const pin = normalisePrivilegedPin(given.trim());
  if (!pin) return null;
  if (!vault) throw new Error('a privileged PIN is known by its keyed hash: without the vault it is not found');
  const hashes = vault.hashes(pinKind, pin);
  return database.ask((db) => findPin(db, { hashes }));
}

export const privilegedRecords = async (deps: PinDeps, { privilegedPin }: PinNeeds): Promise<PinRecords> =>
  privilegedPin === undefined ? {} : { privilegedPin: await recordOf(deps, privilegedPin) };

export type PrivilegedWindow = {
  readonly open: boolean;
  readonly site: string;
  readonly case: string;
  readonly contact: string;
  readonly until: string;
};

export type PrivilegedWindows = { readonly open: boolean; readonly windows: PrivilegedWindow[] };

const shown = ({ state, site, case: on, contact, until }: PrivilegedPinRecord): PrivilegedWindow => ({
  open: state === 'open',
  site,
  case: on,
  contact,
  until,
});

/** Of one PIN; fails with `not-found`. */
export async function privilegedWindow(deps: PinDeps, pin: string): Promise<PrivilegedWindow> {
  const found = await recordOf(deps, pin);
  if (!found) throw new Failure('not-found', 'there is no such privileged PIN');
  return shown(found);
}

/** Whether support may write now: by the PIN, or every open window of a site. */
export async function privilegedWindows(
  deps: PinDeps,
  by: { pin: string } | { site: string },
): Promise<PrivilegedWindows> {
  const found =
    'pin' in by
      ? [await privilegedWindow(deps, by.pin)]
      : (await deps.database.ask((db) => openWindows(db, by.site))).map(shown);
  const windows = found.filter((one) => one.open);
  return { open: windows.length > 0, windows };
}

export type IssuedPrivileged = {
  readonly site: string;
  readonly case: string;
  readonly contact: string;
  readonly letter: string;
  /** ISO 8601, with offset. */
  readonly until: string;
};

/** One that was just issued: without the PIN, which stands in its letter alone. */
export function issuedPrivileged(
  { made, wrote }: { readonly made: readonly Change[]; readonly wrote: readonly string[] },
  site: string,
): IssuedPrivileged {
  const issued = made.find((change) => change.kind === 'privileged-pin-issued');
  if (!issued) throw new Error('a privileged PIN was issued, and no change says so');
  const { case: on, contact, at, hours } = issued;
  const until = new Date(Date.parse(at) + hours * 3_600_000).toISOString();
  return { site, case: on, contact, letter: wrote[0] ?? '', until };
}
