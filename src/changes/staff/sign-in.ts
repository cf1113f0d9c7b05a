/** Who signs in to the console and how, and what they sign in with. */
import type { SignInWay } from '../../staff/sign-in.ts';
import type { By } from '../by.ts';
import { type ChangeRow, none } from '../row.ts';

type OfStaff = { readonly staff: string; readonly at: string; readonly by: By };
/** `session` is known once it is written; `token` is the hash of what the browser holds. */
export type SessionStarted = OfStaff & {
  readonly kind: 'session-started';
  readonly session: string;
  readonly token: string;
  readonly way: SignInWay;
  readonly device: string;
};
export type SessionEnded = OfStaff & {
  readonly kind: 'session-ended';
  readonly session: string;
  readonly device: string;
};
/** `staff`: null where it is nobody's account; what was typed there is not kept. */
export type SignInFailed = Omit<OfStaff, 'staff'> & {
  readonly kind: 'sign-in-failed';
  readonly staff: string | null;
  readonly way: SignInWay;
  readonly why: string;
};
export type SignInLinkMade = OfStaff & { readonly kind: 'sign-in-link-made'; readonly minutes: number };
export type PasskeyAdded = OfStaff & {
  readonly kind: 'passkey-added';
  /** As its device knows it. */
  readonly passkey: string;
  readonly name: string;
  readonly publicKey: Uint8Array;
  readonly counter: number;
  readonly transports: readonly string[];
};
export type PasskeyRemoved = OfStaff & {
  readonly kind: 'passkey-removed';
  readonly passkey: string;
  readonly name: string;
};
export type SignInChange =
  | SessionStarted
  | SessionEnded
  | SignInFailed
  | SignInLinkMade
  | PasskeyAdded
  | PasskeyRemoved;

const common = {
  event: none('our people belong to no case'),
  topic: none('who signs in is told to no other program'),
  batched: false,
} as const;

const byWay = {
  code: 'a code by mail',
  passkey: 'a passkey',
  provider: 'the login of the organisation',
  link: 'a link from the command line',
  demo: 'being on the machine of the demo',
} as const satisfies Record<SignInWay, string>;

const cell = (action: string, subjectId: string, detail: Readonly<Record<string, unknown>>) =>
  ({ action, subjectKind: 'staff', subjectId, detail }) as const;

export const signInChanges = {
  'session-started': {
    ...common,
    audit: ({ staff, session, way, device }) => cell('session-started', staff, { session, way, device }),
    says: ({ staff, way, device }) => `${staff} is signed in by ${byWay[way]} (${device}).`,
  },
  'session-ended': {
    ...common,
    audit: ({ staff, session, device }) => cell('session-ended', staff, { session, device }),
    says: ({ staff, device }) => `${staff} is signed out on ${device}.`,
  },
  'sign-in-failed': {
    ...common,
    audit: ({ staff, way, why }) => cell('sign-in-failed', staff ?? 'nobody of ours', { way, why }),
    says: ({ staff, why }) => `${staff ?? 'Somebody'} could not sign in: ${why}.`,
  },
  'sign-in-link-made': {
    ...common,
    audit: ({ staff, minutes }) => cell('sign-in-link-made', staff, { minutes }),
    says: ({ staff, minutes }) => `A link signs ${staff} in, once, within ${minutes} minutes.`,
  },
  'passkey-added': {
    ...common,
    audit: ({ staff, passkey, name }) => cell('passkey-added', staff, { passkey, name }),
    says: ({ staff, name }) => `${staff} can sign in with the passkey “${name}”.`,
  },
  'passkey-removed': {
    ...common,
    audit: ({ staff, passkey, name }) => cell('passkey-removed', staff, { passkey, name }),
    says: ({ staff, name }) => `The passkey “${name}” of ${staff} signs nobody in any more.`,
  },
} as const satisfies { [kind in SignInChange['kind']]: ChangeRow<Extract<SignInChange, { kind: kind }>> };
