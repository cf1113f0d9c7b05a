/** What a failed try means for the letter and for the way out (MAIL.md §4). */
import type { FaultStep } from '../foundation/faults/outside-fault.ts';
import { type RefusalKind, refusalOf } from '../foundation/faults/smtp-refusal.ts';
import type { SendOutcome } from '../outbound/delivery-outcome.ts';
import type { PoolError } from './pool.ts';

export type Say = (text: string) => string;
export const said = (error: PoolError, say: Say): string => say(error.response ?? error.message);

/** What a server says of the letter or its recipient stands behind one of these; anything else is about the session. */
const aboutTheLetter = new Set(['EENVELOPE', 'EMESSAGE']);
/** No letter is to be blamed for these, at whatever place they are said. */
const ofAllLetters = new Set<RefusalKind>(['sender', 'session-limit', 'connections', 'rate', 'quota']);

export function refusalIn(error: PoolError): RefusalKind | null {
  const { responseCode: code = 0, command = '', response = '' } = error;
  return code >= 400 ? refusalOf({ code, command, response }) : null;
}

export function outcomeOf(error: PoolError, handedOver: boolean, say: Say, says: string): SendOutcome {
  const response = said(error, say);
  const code = error.responseCode ?? 0;
  const refusal = refusalIn(error);
  // Our own sender is in every letter: who refuses it refuses all of them. 552 is the size of this one (RFC 1870).
  const ofTheSession =
    code === 421 ||
    (refusal !== null && ofAllLetters.has(refusal)) ||
    (code >= 400 && code !== 552 && error.command === 'MAIL FROM');
  if (ofTheSession) return { kind: 'session-refused', code, response, says };
  if (code >= 400 && aboutTheLetter.has(error.code ?? '')) {
    return { kind: 'recipient-refused', code, permanent: code >= 500, response };
  }
  if (handedOver) return { kind: 'unknown', response };
  // An address or a size that is refused before anything is said: no other try can end otherwise.
  if (aboutTheLetter.has(error.code ?? '')) return { kind: 'recipient-refused', code: 550, permanent: true, response };
  if (code >= 400 || ['EAUTH', 'ETLS', 'EPROTOCOL'].includes(error.code ?? '')) {
    const login = stepOf(error) === 'sign in' && code >= 500 ? { login: true as const } : {};
    return { kind: 'session-refused', code, response, says, ...login };
  }
  return { kind: 'connection', response, says };
}

/** What was being done when it failed. */
export const stepOf = ({ command = '', code = '' }: PoolError): FaultStep =>
  command.startsWith('AUTH') || code === 'EAUTH'
    ? 'sign in'
    : ['MAIL FROM', 'RCPT TO', 'DATA'].includes(command)
      ? 'hand over'
      : 'connect';
