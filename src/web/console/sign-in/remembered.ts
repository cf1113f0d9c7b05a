/**
 * Sessions while the database is away: whoever was known to be signed in within the minute before it went is still shown pages, so that
 * the overview can say what is wrong. Nothing can be changed meanwhile, and as soon as it answers again it alone knows.
 */
import { createHash } from 'node:crypto';
import { Failure, isFailure } from '../../../foundation/failure.ts';

type Find<T> = (token: string, seen: boolean) => Promise<T | null>;
type FindKnown<T> = (
  token: string,
  /** `fresh`: for what changes something, the database alone says who that is, and is waited for. */
  how: { readonly seen: boolean; readonly fresh: boolean },
) => Promise<T | null>;

const mostKept = 1_000;

export function remembered<T>(
  find: Find<T>,
  { withinMs = 60_000, patienceMs = 2_000, clock = () => performance.now() } = {},
): FindKnown<T> {
  const known = new Map<string, { readonly signed: T; readonly at: number }>();
  let awaySince: number | null = null;
  const keyOf = (token: string) => createHash('sha256').update(token).digest('base64url');

  /** A database that swallows questions is away, too: whoever is remembered does not wait for its silence to end. */
  async function soon(token: string, seen: boolean, limitMs: number | null): Promise<T | null> {
    const asked = find(token, seen);
    if (limitMs === null) return asked;
    asked.catch(() => {});
    const { promise, reject } = Promise.withResolvers<never>();
    const timer = setTimeout(() => reject(new Failure('database-away', 'no answer in time')), limitMs);
    return Promise.race([asked, promise]).finally(() => clearTimeout(timer));
  }

  return async (token, { seen, fresh }) => {
    const key = keyOf(token);
    const before = fresh ? undefined : known.get(key);
    try {
      const signed = await soon(token, seen, before ? patienceMs : null);
      awaySince = null;
      known.delete(key);
      if (signed !== null) known.set(key, { signed, at: clock() });
      for (const oldest of known.keys()) {
        if (known.size <= mostKept) break;
        known.delete(oldest);
      }
      return signed;
    } catch (error) {
      if (!isFailure(error, 'database-away')) throw error;
      awaySince ??= clock();
      if (before && before.at >= awaySince - withinMs) return before.signed;
      throw error;
    }
  };
}
