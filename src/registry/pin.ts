/** How long a support PIN is good (POLICY §1). An identifier, not a secret: it routes and never authorises (§11.3). */
import type { SiteId } from '../foundation/ids.ts';
import type { RegistryPolicy } from './policy.ts';

export type Pin = {
  /** 3 to 10 digits. */
  readonly pin: string;
  readonly siteId: SiteId;
  /** Instants, ISO 8601; `replacedAt` is null for the active one. */
  readonly issuedAt: string;
  readonly replacedAt: string | null;
};

type PinState = 'active' | 'in grace' | 'retired';

/** A day is 24 hours here, for a PIN has no time zone; the last moment of the grace still counts. */
export function pinState(
  pin: Pick<Pin, 'replacedAt'>,
  at: string,
  policy: Pick<RegistryPolicy, 'pinGraceDays'>,
): PinState {
  if (pin.replacedAt === null) return 'active';
  const moment = Temporal.Instant.from(at);
  const replaced = Temporal.Instant.from(pin.replacedAt);
  if (Temporal.Instant.compare(moment, replaced) < 0) return 'active';
  const end = replaced.add({ hours: policy.pinGraceDays * 24 });
  return Temporal.Instant.compare(moment, end) <= 0 ? 'in grace' : 'retired';
}

/**
 * The one PIN that counts among those on record with the same digits: digits may be given to another site later, and then
 * the active one names its site before the one in grace does. Null where none is good; two in grace: the later replaced.
 */
export function goodPin(
  pins: readonly Pin[],
  at: string,
  policy: Pick<RegistryPolicy, 'pinGraceDays'>,
): { readonly pin: Pin; readonly state: 'active' | 'in grace' } | null {
  const instant = (time: string): bigint => Temporal.Instant.from(time).epochNanoseconds;
  let best: { pin: Pin; state: 'active' | 'in grace'; rank: bigint } | null = null;
  for (const pin of pins) {
    const state = pinState(pin, at, policy);
    if (state === 'retired') continue;
    const until = pin.replacedAt === null ? 2n ** 80n : instant(pin.replacedAt);
    const rank = state === 'active' ? until + 2n ** 81n : until;
    if (best === null || rank > best.rank) best = { pin, state, rank };
  }
  return best && { pin: best.pin, state: best.state };
}
