/** Letters about requests for access (POLICY §8), with their values as data. */
import { registrationReasons } from '../../access/request.ts';
import type { SiteNumber } from '../../foundation/ids.ts';
import type { Grade } from '../../mail/parsed-mail.ts';
import type { Granted } from '../../registry/contacts/privileges.ts';

/** The same for a site number that is right and one that is not; holds nothing of the mail. `access`: where access is asked for. */
type AccessVerify = { readonly access: string; readonly days: number };
/** `registers`: a licence (§8.11); the same whatever licence was named. */
type AccessNext = { readonly access: string; readonly registers: boolean };

/** §8.3: what a provisional caller may. */
type AccessCaller = { readonly siteName: string; readonly support: string };

/** Who asks, as they said it. */
type AskerTold = {
  readonly name: string;
  readonly address: string;
  readonly role: string;
  readonly justification: string | null;
  readonly phone: string | null;
};

/** Where two have to decide: who has granted it (null: one of our people), and all that a second confirms. */
export type FirstTold = {
  readonly who: string | null;
  readonly role: string;
  readonly privileges: Granted;
  readonly until: string | null;
  readonly reason: string;
  /** Of the asker, set right: name and phone. */
  readonly corrects: readonly string[];
};

/** §8.3, §8.6: to the deciders, who answer it, and to the site technical contacts, who may not. */
type AccessQuestion = {
  readonly asker: AskerTold;
  readonly siteName: string;
  readonly siteNumber: SiteNumber;
  readonly country: string;
  readonly deciders: readonly string[];
  readonly decides: boolean;
  readonly reminder: boolean;
  readonly first: FirstTold | null;
  readonly undoMinutes: number;
  /** §8.7: where it can be decided as well, by the code; null for who does not decide. Both are made with the letter. */
  readonly link: string | null;
  readonly code: string | null;
};

/** They stand for the token in the link, and for the code. They hold a NUL, which neither does. */
export const decisionToCome = '\u0000decision';
export const decisionCodeToCome = '\u0000decision-code';

/** What came of a decider's answer. `was-`: somebody was faster. `ends`, `ended`: by the day that was set. */
export const accessResults = [
  // Of a role that needs two: for the first, and what became of it.
  ...(['first-granted', 'first-waits', 'second-granted', 'second-denied'] as const),
  ...(['granted', 'denied', 'taken-back', 'was-granted', 'was-denied', 'ends', 'ended', 'over'] as const),
  ...(['too-late', 'not-theirs', 'not-decided', 'no-right', 'more-than-own', 'too-many', 'no-reason', 'past'] as const),
  ...(['unclear-reason', 'unclear-role', 'unclear-privilege', 'unclear-until', 'unclear-address'] as const),
  ...(['unclear-condition', 'unclear-two', 'unclear-words', 'unclear'] as const),
] as const;
export type AccessResult = (typeof accessResults)[number];

type AccessSettled = {
  readonly result: AccessResult;
  readonly name: string;
  readonly address: string;
  readonly siteName: string;
  readonly role: string | null;
  /** ISO date. */
  readonly until: string | null;
  /** §8.4: 1 to 3. */
  readonly reason: number | null;
  /** The asker hears at once; else when a decision can be taken back no more. */
  readonly atOnce: boolean;
  readonly undoMinutes: number;
  /** Who was faster. */
  readonly who: string | null;
  /** What could not be read, or is more than the decider has. */
  readonly said: string | null;
};

/** To the asker. `on-record`: they are, and need not ask. */
export const accessDecisions = ['granted', 'denied', 'taken-back', 'ends', 'ended', 'on-record'] as const;
type AccessDecided = {
  readonly result: (typeof accessDecisions)[number];
  /** A licence (§8.11): what is denied, or taken back. */
  readonly registers: boolean;
  /** Null where a wrong number was denied, and of a registration that is not granted. */
  readonly siteName: string | null;
  readonly role: string | null;
  readonly until: string | null;
  readonly reason: number | null;
  /** Of the decider. */
  readonly words: string | null;
  readonly support: string;
};

/** §8.3, §8.6, §8.11: to client care. */
export const careReasons = [
  'wrong-number',
  'no-decider',
  'no-answer',
  'second-decider',
  'taken-back',
  ...registrationReasons,
] as const;
type AccessWithCare = {
  readonly request: string;
  readonly why: (typeof careReasons)[number];
  readonly asker: AskerTold;
  /** As they were said. */
  readonly siteNamed: string | null;
  readonly countryNamed: string | null;
  /** Of a registration: the number as it is on record, else as it was named; null: it asks for access. */
  readonly first: FirstTold | null;
  readonly licence: { readonly number: string; readonly product: string | null } | null;
  /** Of a registration: how its mail was graded, for nobody has shown that the address is theirs. Null of all others. */
  readonly grade: Grade | null;
  /** Of the site that has this number. */
  readonly siteName: string | null;
  /** Its recipient, where it is one of our people and no shared mailbox. */
  readonly decider: string | null;
  readonly due: string;
  readonly timezone: string;
};

export type AccessLetter =
  | { readonly template: 'access-verify'; readonly values: AccessVerify }
  | { readonly template: 'access-next'; readonly values: AccessNext }
  | { readonly template: 'access-caller'; readonly values: AccessCaller }
  | { readonly template: 'access-question'; readonly values: AccessQuestion }
  | { readonly template: 'access-settled'; readonly values: AccessSettled }
  | { readonly template: 'access-decided'; readonly values: AccessDecided }
  | { readonly template: 'access-with-care'; readonly values: AccessWithCare };

/** What such a letter asks for, of whom it went to. */
export type AccessAsks =
  | { readonly kind: 'verify-access'; readonly request: string }
  /** `turn`: how often its recipient had decided about the request before; a token decides once. */
  | {
      readonly kind: 'decide-access';
      readonly request: string;
      readonly turn: number;
      /** The place of the first of two grants that it shows: `GRANT` in its answer confirms that one, and no other. */
      readonly first?: number;
    };

/** §8.7: the answer shows a one-time token, which stands in the Message-ID of the letter. */
export const asksByToken = (asks: { readonly kind: string } | null | undefined): boolean =>
  asks?.kind === 'verify-access' || asks?.kind === 'decide-access';
