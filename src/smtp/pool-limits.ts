/** What the mail server takes of us at once: found out by what it refuses, and kept to while the pool is open. */
import type { RefusalKind } from '../foundation/faults/smtp-refusal.ts';
import type { Log } from '../foundation/log.ts';
import { type Say, said } from './outcome.ts';
import { type Handed, limitsOf, openConnections, type Pool } from './pool.ts';

type Failed = Extract<Handed, { ok: false }>;

type Limited = { readonly pool: Pool; readonly maxConnections: number; readonly log: Log; readonly say: Say };

/** Fewer letters a session, or fewer connections, where the server has shown that it takes no more; true where another try may do. */
export function yieldTo(limited: Limited, refusal: RefusalKind | null, failed: Failed, handedOver: boolean): boolean {
  const { session, error } = failed;
  const code = error.responseCode ?? 0;
  // A connection that was refused before the greeting, or for being one too many, while others are open.
  const turnedAway = session === null && code >= 400 && code < 500;
  if (refusal === 'connections' || turnedAway) return useFewerConnections(limited, failed);
  if (session === null || session.took === 0 || (handedOver && refusal === null)) return false;
  const full = refusal === 'session-limit' || code === 421;
  if (!full && code >= 400) return false;
  session.close();
  const limits = limitsOf(limited.pool);
  if (full && session.took < limits.maxMessages) {
    limits.maxMessages = session.took;
    limited.log.info(
      { letters: session.took, response: said(error, limited.say) },
      'the mail server takes so many letters a session',
    );
  }
  return true;
}

function useFewerConnections({ pool, maxConnections, log, say }: Limited, { session, error }: Failed): boolean {
  const limits = limitsOf(pool);
  const others = openConnections(pool) - (session ? 1 : 0);
  if (others < 1) {
    limits.maxConnections = maxConnections;
    return false;
  }
  if (others < limits.maxConnections) {
    limits.maxConnections = others;
    log.warn(
      { connections: others, response: said(error, say) },
      'the mail server does not allow so many connections; fewer are used. Set smtp.connections to what it allows',
    );
  }
  return true;
}
