import type { PinTried } from '../../changes/pins/pin.ts';
import { guessKeys } from '../../mail/address/guess-keys.ts';
import type { ActPolicy } from '../act.ts';

/** §3 "Guessing": of somebody not on record, by their address and its domain. Numbers of sites and licences count like PINs. */
export function numberTried(
  sender: string,
  of: Pick<PinTried, 'mail' | 'tried' | 'wrong' | 'at' | 'by'>,
  { wrongPerAddress, wrongPerDomain, withinMinutes, lockHours }: ActPolicy['guessing'],
): PinTried {
  const [address, domain] = guessKeys(sender);
  const keys = [
    { key: address, most: wrongPerAddress },
    { key: domain, most: wrongPerDomain },
  ];
  return { kind: 'pin-tried', ...of, keys, withinMinutes, lockHours };
}
