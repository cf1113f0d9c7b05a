/** Passkeys of our people: added by whoever is signed in, and good for signing in with nothing else. */
import {
  askForNewPasskey,
  askForPasskey,
  newPasskey,
  type PasskeySite,
  type PublicKeyCredentialCreationOptionsJSON,
  type PublicKeyCredentialRequestOptionsJSON,
  passkeyCounter,
} from '../../sign-in/passkeys.ts';
import type { StaffMember } from '../../staff/staff.ts';
import { writeChanges } from '../../store/changes/write.ts';
import type { Tx } from '../../store/database.ts';
import { type AttemptWay, addAttempt, tryAttempt, useAttempt } from '../../store/sign-in/attempts.ts';
import { listPasskeys, markPasskeyUsed, passkeyWith } from '../../store/sign-in/passkeys.ts';
import type { Caller, SignInDeps } from './deps.ts';
import { type TooMany, withinLimits } from './limits.ts';
import { drawToken, hashesOf, hashOf, isTokenForm } from './secrets.ts';
import { beginSession, noteFailure } from './sessions.ts';

type Begun<Options> = { readonly kind: 'begun'; readonly token: string; readonly options: Options };
export type PasskeyTried = { readonly kind: 'in'; readonly session: string } | { readonly kind: 'refused' } | TooMany;

export type Passkeys = {
  begin(caller: Caller): Promise<Begun<PublicKeyCredentialRequestOptionsJSON> | TooMany>;
  end(token: unknown, response: unknown, caller: Caller): Promise<PasskeyTried>;
  beginNew(member: StaffMember): Promise<Begun<PublicKeyCredentialCreationOptionsJSON>>;
  /** False where the answer is not right, or came too late. */
  endNew(member: StaffMember, given: { token: unknown; response: unknown; name: string }): Promise<boolean>;
};

const idOf = (response: unknown): string => {
  const { id } = Object(response) as { id?: unknown };
  return typeof id === 'string' && id.length <= 1400 ? id : '';
};

export function openPasskeys(deps: SignInDeps, site: PasskeySite): Passkeys {
  const { database, vault } = deps;
  async function begun<Options extends { challenge: string }>(way: AttemptWay, staff: string | null, options: Options) {
    const token = drawToken();
    const attempt = hashOf(vault, 'sign-in attempt', token);
    await addAttempt(database, { token: attempt, way, staff, secret: Buffer.from(options.challenge, 'base64url') });
    return { kind: 'begun', token, options } as const;
  }
  const attemptOf = (token: unknown, way: AttemptWay) =>
    tryAttempt(database, {
      tokens: isTokenForm(token) ? hashesOf(vault, 'sign-in attempt', token) : [],
      way,
      most: 1,
    });

  return {
    async begin(caller) {
      const many = await withinLimits(deps, { 'asked-from': caller.address ?? '' });
      return many ?? begun('passkey', null, await askForPasskey(site));
    },
    async end(token, response, caller) {
      const many = await withinLimits(deps, { 'tried-from': caller.address ?? '' });
      if (many) return many;
      const attempt = await attemptOf(token, 'passkey');
      const passkey = await passkeyWith(database, idOf(response));
      const challenge = attempt?.secret?.toString('base64url');
      const counter = passkey && challenge ? await passkeyCounter(site, { response, challenge, passkey }) : null;
      const alone = async (tx: Tx) =>
        attempt !== null &&
        passkey !== null &&
        counter !== null &&
        (await useAttempt(tx, attempt.id)) &&
        (await markPasskeyUsed(tx, { id: passkey.id, counter }));
      const session =
        counter === null || passkey === null
          ? null
          : await beginSession(deps, passkey.staff, { way: 'passkey', caller }, alone);
      if (session !== null) return { kind: 'in', session };
      const why = passkey === null ? 'the passkey is not on record' : 'the answer of the passkey was not right';
      await noteFailure(deps, { staff: passkey?.staff ?? null, way: 'passkey', why });
      return { kind: 'refused' };
    },
    async beginNew({ email, name }) {
      const has = await listPasskeys(database, email);
      const known = has.map(({ id, transports }) => ({ id, transports, counter: 0, publicKey: new Uint8Array() }));
      const id = hashOf(vault, 'sign-in account', email);
      return begun('new-passkey', email, await askForNewPasskey(site, { id, email, name, has: known }));
    },
    async endNew({ email }, { token, response, name }) {
      const attempt = await attemptOf(token, 'new-passkey');
      const challenge = attempt?.staff === email ? attempt.secret?.toString('base64url') : undefined;
      const made = challenge ? await newPasskey(site, { response, challenge }) : null;
      if (!attempt || !made) return false;
      const { id: passkey, publicKey, counter, transports } = made;
      const at = new Date().toISOString();
      const by = { kind: 'console', staff: email } as const;
      return database.transaction(async (tx) => {
        if (!(await useAttempt(tx, attempt.id))) return false;
        const of = { staff: email, passkey, name, publicKey, counter, transports, at, by };
        await writeChanges(tx, [{ kind: 'passkey-added', ...of }]);
        return true;
      });
    },
  };
}
