/** The kinds by which people go through held mail: what it is held as, and within that the reasons that are looked for by themselves. */
import { heldAs, isHeld, type Outcome, outcomeNames } from '../changes/outcome.ts';
import { type ReasonCode, reasonCodes } from './decision.ts';

/** What stands on the rows of a kind. */
export type HeldRows = { readonly outcome: Outcome; readonly code: ReasonCode | null };
export type HeldKind = {
  /** `unregistered`, `spam`: as it is asked for. */
  readonly name: string;
  readonly rows: readonly HeldRows[];
};

/** The codes that rules give beside each outcome. */
const codesOf: Readonly<Partial<Record<Outcome, readonly ReasonCode[]>>> = {
  'held-unknown': reasonCodes,
  'held-pin-needed': ['pin-guessing'],
};

const heldNames = outcomeNames.filter(isHeld);

/** Every held mail is in one of them. */
export const heldKinds: readonly HeldKind[] = [
  ...heldNames.map((outcome) => ({ name: heldAs(outcome), rows: [{ outcome, code: null }] })),
  ...reasonCodes.map((code) => ({
    name: code,
    rows: heldNames.filter((outcome) => codesOf[outcome]?.includes(code)).map((outcome) => ({ outcome, code })),
  })),
];

/** Spam stands apart: nobody has to look at it. */
export const waitsForSomebody = ({ name }: Pick<HeldKind, 'name'>): boolean => name !== ('spam' satisfies ReasonCode);

export const heldKind = (name: string): HeldKind | undefined => heldKinds.find((one) => one.name === name);

/** The kind of a row. */
export const kindOfHeld = (outcome: string | null, code: string | null): HeldKind | undefined =>
  heldKinds.find(({ rows }) => rows.some((row) => row.outcome === outcome && row.code === code));

/**
 * Outcomes that come of what is not on record: a contact or a number that is entered later may let such a mail in. What could not be read,
 * or failed the check of its sender, stays what it is.
 */
const ofBytes: readonly Outcome[] = ['held-unreadable', 'held-unauthenticated', 'held-staff-answer'];
export const registryMayLetIn: readonly Outcome[] = heldNames.filter((one) => !ofBytes.includes(one));
