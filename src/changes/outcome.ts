/** Every outcome that a mail can have (POLICY §3), with what follows from it for people. */

type Row = {
  /** It waits for a person. */
  readonly held: boolean;
  /** What a person can do about it: `postern mail <act>`. */
  readonly can: readonly ('release' | 'answer' | 'refuse' | 'done')[];
  /** Whom its letters may go to. */
  readonly told: readonly ('contact' | 'stranger' | 'staff')[];
};

const done = (...told: Row['told']) => ({ held: false, can: [], told }) as const;
const held = (...told: Row['told']) => ({ held: true, can: ['release', 'answer', 'refuse'], told }) as const;

export const outcomes = {
  duplicate: done(),
  'held-unreadable': held('staff'),
  'bounce-recorded': done('staff'),
  'machine-recorded': done(),
  'held-unauthenticated': held(),
  'answer-settled': done('contact', 'staff'),
  'privileged-pin-used': done('contact'),
  'command-done': done('contact'),
  'command-refused': done('contact'),
  'confirmation-asked': done('contact'),
  'case-updated': done('contact', 'staff'),
  'case-reopened': done('contact', 'staff'),
  'case-followed-up': done('contact', 'staff'),
  'held-stranger-on-case': held('stranger'),
  'renewal-answered': done('staff'),
  'vulnerability-recorded': done('contact', 'stranger', 'staff'),
  'care-recorded': { ...done('contact', 'stranger', 'staff'), can: ['answer', 'done'] },
  'case-opened': done('contact', 'staff'),
  'support-lapsed': done('contact', 'staff'),
  'held-unregistered': held('contact', 'stranger'),
  'answer-not-understood': done('contact'),
  'held-pin-needed': held('contact', 'staff'),
  'held-unknown': held('stranger', 'staff'),
} as const satisfies Record<string, Row>;

export type Outcome = keyof typeof outcomes;
export const outcomeNames = Object.keys(outcomes) as [Outcome, ...Outcome[]];

/** Those of decisions, with that of a mail which a person, or the end of its time, has refused (§3 "Held mail"). */
export const mailOutcomes = [...outcomeNames, 'refused'] as const;

const rowOf = (outcome: string | null): Row | undefined => outcomes[outcome as Outcome];

export const isHeld = (outcome: string | null): outcome is string => rowOf(outcome)?.held ?? false;
export const canBe = (outcome: string | null): Row['can'] => rowOf(outcome)?.can ?? [];
/** `held-pin-needed` as `pin-needed`. */
export const heldAs = (outcome: string): string => outcome.replace(/^held-/, '');
