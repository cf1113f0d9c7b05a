/**
 * Which envelope sender a server takes (MAIL.md §4). Where it refuses the one a letter has, the account's own address goes in its place,
 * until the next start: what is refused today may be allowed tomorrow.
 */
import type { Log } from '../foundation/log.ts';

/** Automatic replies have the null sender, other letters one that their bounces come back to. */
type SenderKind = 'null' | 'return-path';
const kindOf = (sender: string): SenderKind => (sender === '' ? 'null' : 'return-path');

type EnvelopeSenders = {
  /** The sender to begin with. */
  first(wanted: string): string;
  /** What to try once `tried` was refused; null where there is nothing else. */
  instead(tried: string): string | null;
  /** The server took the account's own address where it had refused what was wanted. */
  replaced(wanted: string, response: string): void;
};

export function envelopeSenders(own: string, log: Pick<Log, 'warn'>): EnvelopeSenders {
  const refused = new Set<SenderKind>();
  return {
    first: (wanted) => (refused.has(kindOf(wanted)) && own !== '' ? own : wanted),
    instead: (tried) => (own === '' || tried === own ? null : own),
    replaced(wanted, response) {
      const kind = kindOf(wanted);
      if (refused.has(kind)) return;
      refused.add(kind);
      log.warn(
        { sender: kind, instead: own, response },
        kind === 'null'
          ? 'the mail server refuses the null sender; until the next start such letters leave from the account’s own address'
          : 'the mail server refuses our return path; until the next start letters leave from the account’s own address',
      );
    },
  };
}
