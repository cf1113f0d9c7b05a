/**
 * A link of the command line, for the day on which no mail goes, and for the first admin. Opening it changes nothing: programs that look
 * links up do that, too. Its button signs in, once.
 */
import type { By } from '../../changes/by.ts';
import { Failure } from '../../foundation/failure.ts';
import { didYouMean } from '../../foundation/nearest-word.ts';
import { attemptMinutes } from '../../staff/sign-in.ts';
import { writeChanges } from '../../store/changes/write.ts';
import { addAttempt, tryAttempt, useAttempt, waitingAttempt } from '../../store/sign-in/attempts.ts';
import { type Caller, memberOf, type SignInDeps } from './deps.ts';
import { withinLimits } from './limits.ts';
import { drawToken, hashesOf, hashOf, isTokenForm } from './secrets.ts';
import { beginSession, noteFailure } from './sessions.ts';

type LinkDeps = Pick<SignInDeps, 'database' | 'vault' | 'policy' | 'publicUrl'>;

/** @throws Failure `not-found`: nobody of ours has this address. */
export async function makeSignInLink(
  deps: LinkDeps,
  email: string,
  by: By,
): Promise<{ readonly url: string; readonly minutes: number; readonly name: string }> {
  const member = await memberOf(deps, email);
  if (!member) {
    const known = deps.policy.desk.people.map((one) => one.email);
    throw new Failure(
      'not-found',
      `${email} is none of our people${didYouMean(known, email) || '.'} Add them with: postern staff add ${email} --name … --role admin`,
    );
  }
  const token = drawToken();
  await addAttempt(deps.database, {
    token: hashOf(deps.vault, 'sign-in attempt', token),
    way: 'link',
    staff: member.email,
    secret: null,
  });
  const at = new Date().toISOString();
  await deps.database.transaction((tx) =>
    writeChanges(tx, [{ kind: 'sign-in-link-made', staff: member.email, minutes: attemptMinutes, at, by }]),
  );
  return { url: `${deps.publicUrl}/sign-in/link/${token}`, minutes: attemptMinutes, name: member.name };
}

export type Links = {
  /** Whom it signs in; null where it does so no more. */
  look(token: string): Promise<string | null>;
  /** The token of a session; null where it was used, or is too old. */
  use(token: string, caller: Caller): Promise<string | null>;
};

export const openLinks = (deps: SignInDeps): Links => ({
  async look(token) {
    if (!isTokenForm(token)) return null;
    const tokens = hashesOf(deps.vault, 'sign-in attempt', token);
    const found = await waitingAttempt(deps.database, { tokens, way: 'link' });
    return found?.staff ? ((await memberOf(deps, found.staff))?.name ?? null) : null;
  },
  async use(token, caller) {
    if (await withinLimits(deps, { 'tried-from': caller.address ?? '' })) return null;
    const tokens = isTokenForm(token) ? hashesOf(deps.vault, 'sign-in attempt', token) : [];
    const found = await tryAttempt(deps.database, { tokens, way: 'link', most: 1 });
    const session = found?.staff
      ? await beginSession(deps, found.staff, { way: 'link', caller }, (tx) => useAttempt(tx, found.id))
      : null;
    if (session === null)
      await noteFailure(deps, { staff: found?.staff ?? null, way: 'link', why: 'the link is used, too old, or none' });
    return session;
  },
});
