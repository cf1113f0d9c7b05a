/** How often may be tried, by address of the network and by account. */
import { type SignInLimit, signInLimits } from '../../staff/sign-in.ts';
import { countTries } from '../../store/sign-in/counts.ts';
import type { SignInDeps } from './deps.ts';
import { hashOf } from './secrets.ts';

/** Null: it may be tried; else in so many minutes. `first` is the one with which it becomes too many. */
export type TooMany = { readonly kind: 'too-many'; readonly minutes: number; readonly first: boolean };

const kinds = {
  'asked-from': 'sign-in network',
  'asked-for': 'sign-in account',
  'tried-from': 'sign-in network',
} as const satisfies Record<SignInLimit, string>;

/** Counts one more of each. What has no address of the network is counted together. */
export async function withinLimits(
  { database, vault }: Pick<SignInDeps, 'database' | 'vault'>,
  of: Partial<Record<SignInLimit, string>>,
): Promise<TooMany | null> {
  const asked = Object.entries(of) as [SignInLimit, string][];
  const counted = asked.map(([limit, value]) => ({
    key: `${limit}:${hashOf(vault, kinds[limit], value).toString('hex')}`,
    minutes: signInLimits[limit].minutes,
  }));
  const counts = await countTries(database, counted);
  const over = counts.flatMap(({ n, seconds }, i) => {
    const most = signInLimits[asked[i]?.[0] ?? 'tried-from'].most;
    return n > most ? [{ seconds, first: n === most + 1 }] : [];
  });
  if (over.length === 0) return null;
  const seconds = Math.max(...over.map((one) => one.seconds));
  return { kind: 'too-many', minutes: Math.max(1, Math.ceil(seconds / 60)), first: over.some((one) => one.first) };
}
