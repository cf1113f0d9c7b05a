/**
 * A code by mail. Whether an address is one of ours can be told neither by the answer nor by its time: the same statements run for every
 * address, and the letter is written behind the answer.
 */
import { randomInt } from 'node:crypto';
import { normaliseCode } from '../../foundation/code-form.ts';
import type { PlannedLetter } from '../../intake/letters/planned-letter.ts';
import { attemptMinutes, codeTries, deviceOf } from '../../staff/sign-in.ts';
import type { StaffMember } from '../../staff/staff.ts';
import { addAttempt, tryAttempt, useAttempt } from '../../store/sign-in/attempts.ts';
import { sendLetters } from '../letters/send.ts';
import { type Caller, memberOf, type SignInDeps } from './deps.ts';
import { type TooMany, withinLimits } from './limits.ts';
import { codeFor, drawSignInCode, drawToken, hashesOf, hashOf, isOneOf, isTokenForm } from './secrets.ts';
import { beginSession, noteFailure } from './sessions.ts';

export type Asked = { readonly kind: 'asked'; readonly token: string } | TooMany;
export type Tried =
  | { readonly kind: 'in'; readonly session: string }
  /** `left`: tries with the code that was sent. */
  | { readonly kind: 'wrong'; readonly left: number }
  /** Used, too old, or too often wrong: another one has to be asked for. */
  | { readonly kind: 'over' }
  | TooMany;

const planned = (
  { policy: { desk }, publicUrl }: SignInDeps,
  to: string,
  code: string,
  caller: Caller,
): PlannedLetter => ({
  template: 'sign-in-code',
  values: { code, minutes: attemptMinutes, device: deviceOf(caller.userAgent), host: new URL(publicUrl).host },
  to,
  audience: 'staff',
  language: desk.languages[0] ?? 'en',
  matter: 'sign-in',
  case: null,
  answers: null,
  followsOwn: false,
  asks: null,
  fate: { kind: 'send' },
});

/** The answer is out before anything of the letter begins, and when that is says nothing either. */
const behindTheAnswer = (): Promise<void> =>
  new Promise((resolve) => {
    setTimeout(resolve, randomInt(50, 500));
  });

/** Given up with its code: a later one would only puzzle. */
async function tellCode(deps: SignInDeps, member: StaffMember, code: string, caller: Caller): Promise<void> {
  await behindTheAnswer();
  const now = new Date().toISOString();
  const occasion = { actor: 'sign-in', now, giveUpHours: attemptMinutes / 60 };
  // Handed over below, before the queue hears of it; what cannot be handed over now goes by the queue.
  const own = { ...deps, relay: { wake() {} } };
  const rows = await sendLetters(own, [planned(deps, member.email, code, caller)], occasion, (_, write) => write());
  try {
    for (const { id } of rows) await deps.sendNow(id);
  } finally {
    deps.relay.wake();
  }
}

export type Codes = {
  /** `email` as addresses stand on record. */
  ask(email: string, caller: Caller): Promise<Asked>;
  try(token: unknown, typed: string, caller: Caller): Promise<Tried>;
  /** Until every letter that was asked for is written and handed over, or its failure in the log. */
  settled(): Promise<void>;
};

export function openCodes(deps: SignInDeps): Codes {
  const behind = new Set<Promise<unknown>>();
  return {
    async ask(email, caller) {
      const many = await withinLimits(deps, { 'asked-from': caller.address ?? '', 'asked-for': email });
      if (many) {
        if (many.first) await noteFailure(deps, { staff: null, way: 'code', why: 'too many codes were asked for' });
        return many;
      }
      const member = await memberOf(deps, email);
      const token = drawToken();
      const code = drawSignInCode();
      await addAttempt(deps.database, {
        token: hashOf(deps.vault, 'sign-in attempt', token),
        way: 'code',
        staff: member?.email ?? null,
        secret: hashOf(deps.vault, 'sign-in code', codeFor(token, code)),
      });
      if (member) {
        const told: Promise<unknown> = tellCode(deps, member, code, caller)
          .catch((error: unknown) => deps.log.error({ error: String(error) }, 'a code to sign in could not be sent'))
          .finally(() => behind.delete(told));
        behind.add(told);
      }
      return { kind: 'asked', token };
    },
    async try(token, typed, caller) {
      const many = await withinLimits(deps, { 'tried-from': caller.address ?? '' });
      if (many) {
        if (many.first) await noteFailure(deps, { staff: null, way: 'code', why: 'too many tries from one address' });
        return many;
      }
      if (!isTokenForm(token)) return { kind: 'over' };
      const tokens = hashesOf(deps.vault, 'sign-in attempt', token);
      const attempt = await tryAttempt(deps.database, { tokens, way: 'code', most: codeTries });
      if (!attempt) return { kind: 'over' };
      const { staff, secret, id, tries } = attempt;
      const code = normaliseCode(typed);
      const right = isOneOf(
        secret ?? Buffer.alloc(0),
        hashesOf(deps.vault, 'sign-in code', codeFor(token, code ?? '')),
      );
      if (right && code !== null && staff !== null) {
        const session = await beginSession(deps, staff, { way: 'code', caller }, (tx) => useAttempt(tx, id));
        return session === null ? { kind: 'over' } : { kind: 'in', session };
      }
      await noteFailure(deps, { staff, way: 'code', why: 'the code was not the one that was sent' });
      return tries >= codeTries ? { kind: 'over' } : { kind: 'wrong', left: codeTries - tries };
    },
    async settled() {
      while (behind.size > 0) await Promise.all(behind);
    },
  };
}
