/**
 * Every outcome that a mail can have (POLICY §3), with what it means for people. Whoever needs to know more of an outcome than its name
 * asks for a column here: behind the decision no code names one (test/architecture/rules.ts).
 */

/** What lets a mail go on later that was not served, or not yet. */
export type Missing = 'pin' | 'answer-about-sender' | 'code' | 'contract';

export type OutcomeRow = {
  /** It waits for a person. */
  readonly held: boolean;
  /** What a person can do about it: `postern mail <act>`. */
  readonly can: readonly ('release' | 'answer' | 'refuse' | 'done')[];
  /** Whom its letters may go to. */
  readonly told: readonly ('contact' | 'stranger' | 'staff')[];
  readonly waitsFor?: readonly Missing[];
};

const done = (...told: OutcomeRow['told']) => ({ held: false, can: [], told }) as const;
const held = (...told: OutcomeRow['told']) => ({ held: true, can: ['release', 'answer', 'refuse'], told }) as const;

export const outcomes = {
  duplicate: done(),
  'held-unreadable': { ...held('staff'), can: ['answer', 'refuse'] },
  'bounce-recorded': done('staff'),
  'machine-recorded': done(),
  'held-unauthenticated': held(),
  'answer-settled': done('contact', 'staff'),
  'staff-answered': done('contact', 'stranger', 'staff'),
  'held-staff-answer': { ...held('staff'), can: ['answer', 'refuse'] },
  'privileged-pin-used': done('contact'),
  'command-done': done('contact'),
  'command-refused': done('contact', 'staff'),
  'confirmation-asked': { ...done('contact'), waitsFor: ['code'] },
  'case-updated': done('contact', 'staff'),
  'case-reopened': done('contact', 'staff'),
  'case-followed-up': done('contact', 'staff'),
  'held-stranger-on-case': { ...held('stranger'), waitsFor: ['answer-about-sender'] },
  'access-requested': { ...done('contact', 'stranger'), can: ['answer', 'done'] },
  'registration-requested': { ...done('stranger'), can: ['answer', 'done'] },
  'held-may-only-follow': held('contact'),
  'renewal-answered': done('staff'),
  'vulnerability-recorded': done('contact', 'stranger', 'staff'),
  'care-recorded': { ...done('contact', 'stranger', 'staff'), can: ['answer', 'done'] },
  'case-opened': done('contact', 'staff'),
  'support-lapsed': { ...done('contact', 'staff'), waitsFor: ['contract'] },
  // A contact who names the PIN of others is asked for their own as well (§3.r16).
  'held-unregistered': { ...held('contact', 'stranger'), waitsFor: ['pin', 'answer-about-sender'] },
  'answer-not-understood': done('contact'),
  'held-pin-needed': { ...held('contact', 'staff'), waitsFor: ['pin'] },
  'held-unknown': held('stranger', 'staff'),
} as const satisfies Record<string, OutcomeRow>;

export type Outcome = keyof typeof outcomes;
export const outcomeNames = Object.keys(outcomes) as [Outcome, ...Outcome[]];

/** Those of decisions, with that of a mail which a person, or the end of its time, has refused (§3 "Held mail"). */
export const mailOutcomes = [...outcomeNames, 'refused'] as const;

const rowOf = (outcome: string | null): OutcomeRow | undefined => outcomes[outcome as Outcome];

export const isHeld = (outcome: string | null): outcome is string => rowOf(outcome)?.held ?? false;
export const canBe = (outcome: string | null): OutcomeRow['can'] => rowOf(outcome)?.can ?? [];
export const waitsFor = (outcome: string | null, what: Missing): boolean =>
  rowOf(outcome)?.waitsFor?.includes(what) ?? false;
export const waitingFor = (what: Missing): readonly Outcome[] => outcomeNames.filter((name) => waitsFor(name, what));
/** `held-pin-needed` as `pin-needed`. */
export const heldAs = (outcome: string): string => outcome.replace(/^held-/, '');
