/**
 * Whether whoever holds the terminal session is still there. `su USER -c '…'` puts its shell into a session of its own and answers Ctrl-C by
 * ending that shell alone: no signal reaches what the shell had started, which would stay behind for ever.
 */
import { readFileSync } from 'node:fs';

/** Session, state and start of a process (proc(5)), null where it is gone or the system has no /proc. */
function look(pid: number | 'self'): { session: number; state: string; start: string } | null {
  try {
    const text = readFileSync(`/proc/${pid}/stat`, 'utf8');
    // The name in parentheses may hold anything, spaces too.
    const fields = text.slice(text.lastIndexOf(')') + 2).split(' ');
    return { state: fields[0] ?? '', session: Number(fields[3]), start: fields[19] ?? '' };
  } catch {
    return null;
  }
}

/** Calls `gone` once when the leader of our session has ended. Does nothing without a terminal, or where we lead the session ourselves. */
export function watchSessionLeader(gone: () => void, everyMs = 1_000): { close(): void } {
  const own = look('self');
  const leader = own && own.session > 0 && own.session !== process.pid ? look(own.session) : null;
  if (!process.stdout.isTTY || !own || !leader) return { close() {} };
  const timer = setInterval(() => {
    const now = look(own.session);
    if (now !== null && now.start === leader.start && now.state !== 'Z') return;
    clearInterval(timer);
    gone();
  }, everyMs).unref();
  return { close: () => clearInterval(timer) };
}
