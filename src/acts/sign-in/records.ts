/** With what our people sign in, and where they are signed in, as acts see them. */

/** One that stands: not ended, and not too long without a request. */
export type SessionRecord = { readonly id: string; readonly staff: string; readonly device: string };
export type PasskeyRecord = { readonly id: string; readonly staff: string; readonly name: string };

/** Addresses, and ids of passkeys. */
export type SignInNeeds = { readonly sessionsOf?: string; readonly passkey?: string };
export type SignInRecords = { readonly sessions?: readonly SessionRecord[]; readonly passkey?: PasskeyRecord | null };
