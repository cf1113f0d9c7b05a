/** Outcomes as people say them, in a few words. */
import type { mailOutcomes } from '../../changes/outcome.ts';

export const outcomeWords: Readonly<Record<(typeof mailOutcomes)[number], string>> = {
  duplicate: 'copy of another mail',
  'held-unreadable': 'held: cannot be read',
  'bounce-recorded': 'delivery report',
  'machine-recorded': 'automatic mail',
  'held-unauthenticated': 'held: failed check',
  'answer-settled': 'answer taken',
  'staff-answered': 'answer of ours',
  'held-staff-answer': 'held: answer of ours',
  'privileged-pin-used': 'privileged PIN used',
  'command-done': 'command done',
  'command-refused': 'command refused',
  'confirmation-asked': 'code asked for',
  'case-updated': 'reply to a case',
  'case-reopened': 'case reopened',
  'case-followed-up': 'new case, linked',
  'held-stranger-on-case': 'held: stranger on a case',
  'access-requested': 'access asked for',
  'registration-requested': 'registration asked for',
  'held-may-only-follow': 'held: may only follow cases',
  'renewal-answered': 'for renewals',
  'vulnerability-recorded': 'for security',
  'care-recorded': 'for client care',
  'case-opened': 'case opened',
  'support-lapsed': 'support has ended',
  'held-unregistered': 'held: not registered',
  'answer-not-understood': 'answer not understood',
  'held-pin-needed': 'held: PIN needed',
  'held-unknown': 'held: unknown sender',
  refused: 'refused',
};

export const sayOutcome = (outcome: string): string =>
  Object.hasOwn(outcomeWords, outcome) ? outcomeWords[outcome as keyof typeof outcomeWords] : outcome;
