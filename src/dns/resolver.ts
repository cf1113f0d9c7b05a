/**
 * DNS look-ups of the sender check: each with a time limit, answers cached for a while, and an unreachable name server asked again
 * only after a pause, so that not every mail waits for it.
 */
import { promises as dns } from 'node:dns';

type RecordType = 'TXT' | 'A' | 'CNAME';
/** Rejects with an error that has a `code`: `ENOTFOUND` and `ENODATA` say that there is none, any other that nobody knows. */
export type Resolve = (name: string, type: RecordType) => Promise<string[] | string[][]>;

type ResolverOptions = {
  /** `address` or `address:port`; null takes those of the system. */
  readonly servers: readonly string[] | null;
  /** For one question. */
  readonly milliseconds?: number;
};

const keptMs = 300_000;
const absentMs = 60_000;
const mostKept = 2_000;
const missesUntilAway = 4;
const awayMs = 30_000;

const codeOf = (error: unknown): string =>
  error instanceof Error && 'code' in error ? String(error.code) : 'EUNKNOWN';
const isAbsent = (error: unknown): boolean => ['ENOTFOUND', 'ENODATA'].includes(codeOf(error));

/** Throws where a server is no address. */
export function openResolver(options: ResolverOptions): Resolve {
  const resolver = new dns.Resolver({ timeout: options.milliseconds ?? 900, tries: 2 });
  if (options.servers !== null) resolver.setServers(options.servers);
  return kept(async (name, type) =>
    type === 'TXT' ? resolver.resolveTxt(name) : type === 'A' ? resolver.resolve4(name) : resolver.resolveCname(name),
  );
}

/** The same, remembering. `now` is in milliseconds and only ever grows. */
export function kept(ask: Resolve, now: () => number = () => performance.now()): Resolve {
  const known = new Map<string, { readonly until: number; readonly answer: ReturnType<Resolve> }>();
  let misses = 0;
  let awayUntil = 0;
  const keep = (key: string, answer: ReturnType<Resolve>, milliseconds: number) => {
    known.delete(key);
    // The oldest goes first: a map keeps the order in which it was filled.
    if (known.size >= mostKept) for (const [oldest] of known.entries().take(1)) known.delete(oldest);
    known.set(key, { until: now() + milliseconds, answer });
  };
  return (name, type) => {
    const key = `${type} ${name.toLowerCase()}`;
    const found = known.get(key);
    if (found && found.until > now()) return found.answer;
    if (now() < awayUntil)
      return Promise.reject(Object.assign(new Error('the name servers do not answer'), { code: 'ETIMEOUT' }));
    const answer = ask(name, type);
    // Mails that come together ask once.
    keep(key, answer, keptMs);
    answer.then(
      () => {
        misses = 0;
      },
      (error: unknown) => {
        if (isAbsent(error)) {
          misses = 0;
          keep(key, answer, absentMs);
          return;
        }
        known.delete(key);
        // A zone may be broken by itself; only silence says that there is no way out.
        if (!['ETIMEOUT', 'ECONNREFUSED', 'ECANCELLED'].includes(codeOf(error))) return;
        misses += 1;
        if (misses >= missesUntilAway) {
          misses = 0;
          awayUntil = now() + awayMs;
        }
      },
    );
    return answer;
  };
}
