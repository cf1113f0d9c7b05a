/**
 * An access request (POLICY §8) is a list of steps that only grows, and its state is what they come to. Which step may follow in which
 * state is data; what a step needs beside it is asked for by `takeStep`.
 */
import type { Grade } from '../mail/parsed-mail.ts';

export const requestStates = ['to-verify', 'waiting', 'granted', 'denied', 'with-client-care', 'expired'] as const;
export type RequestState = (typeof requestStates)[number];

/** §8.11: why it is client care's who registers a licence. `registration`: its site has nobody on record. */
export const registrationReasons = ['registration', 'no-such-licence', 'site-has-people'] as const;
/** Why a request is client care's (§8.3, §8.6, §8.11). */
export type HandedOver =
  | 'wrong-number'
  | 'no-decider'
  | 'no-answer'
  | 'second-decider'
  | (typeof registrationReasons)[number];

/** What a decider may grant (§8.4). */
export const grantedRoles = ['secondary', 'technical contact', 'authorized user', 'licence user'] as const;

/** Instants are ISO 8601. `by` is whoever did it as the audit names them; a decider by their id, so that they are known again. */
type At = { readonly at: string; readonly by: string };

/** Of a grant. */
type Terms = {
  readonly role: string;
  readonly privileges: Readonly<Record<string, string>>;
  readonly justification: string;
  /** The last day of the access, in the site's time zone. */
  readonly until: string | null;
  /** The asker hears at once (`NOW`, §8.5). */
  readonly atOnce: boolean;
};

/** Of the asker, set right with the grant. Kept until the second confirms it; that writes them on record. */
type Corrected = { readonly name?: string; readonly phone?: string };

export type RequestStep = At &
  /** Again, where somebody asks once more who has not shown that the address is theirs. */
  (
    | {
        readonly kind: 'asked';
        /** A licence (§8.11), which is for client care. */
        readonly registers?: true;
        /** How its mail was graded (§11.1): nobody is asked whether that address is theirs. */
        readonly grade?: Grade;
      }
    | { readonly kind: 'verify-sent' }
    /** The asker's address is theirs (§8.2). */
    | { readonly kind: 'verified' }
    | { readonly kind: 'deciders-asked' }
    | { readonly kind: 'reminded' }
    | { readonly kind: 'handed-over'; readonly why: HandedOver }
    | ({ readonly kind: 'granted' } & Terms)
    /** By the first of two who have to (`twoDeciders`); the others are asked to confirm it, and the first may withdraw it until then. */
    | ({ readonly kind: 'first-granted' } & Terms & Corrected)
    | { readonly kind: 'second-asked' }
    | { readonly kind: 'first-withdrawn' }
    | { readonly kind: 'denied'; readonly reason: 1 | 2 | 3; readonly words: string; readonly atOnce: boolean }
    | { readonly kind: 'taken-back' }
    /** A code was typed on the page of that letter, and it was not the letter's. */
    | { readonly kind: 'code-wrong'; readonly letter: string }
    /** The asker has the letter with the decision. */
    | { readonly kind: 'asker-told' }
    /** Both sides have heard that the access is about to end. */
    | { readonly kind: 'end-told' }
    | { readonly kind: 'ended' }
    /** The asker is erased (§11.5): nobody decides any more. */
    | { readonly kind: 'erased' }
    /** One of our people has set right what was said: these of it. What they say stands with the request, from where it goes with the asker. */
    | { readonly kind: 'corrected'; readonly fields: readonly string[] }
  );
export type StepKind = RequestStep['kind'];

export type AccessRequest = readonly RequestStep[];

/** `before` is the state in which it was decided. */
type Next = RequestState | 'before';

const decisions = { granted: 'granted', denied: 'denied' } as const;
/** Until the second has confirmed it. */
const firstOfTwo = ['first-granted', 'second-asked', 'first-withdrawn'] as const;
const staying = <S extends RequestState>(state: S) =>
  Object.fromEntries(firstOfTwo.map((kind) => [kind, state])) as Record<(typeof firstOfTwo)[number], S>;

/** Where a step is not among those of a state it cannot be taken there. */
const next: Readonly<Record<RequestState, Partial<Record<StepKind, Next>>>> = {
  'to-verify': {
    ...({ asked: 'to-verify', 'verify-sent': 'to-verify', corrected: 'to-verify', verified: 'waiting' } as const),
    ...({ ended: 'expired', erased: 'expired' } as const),
    // Of a registration (§8.11): client care sees whose the address is.
    'handed-over': 'with-client-care',
  },
  waiting: {
    ...({ 'deciders-asked': 'waiting', reminded: 'waiting', 'code-wrong': 'waiting', corrected: 'waiting' } as const),
    ...({ 'handed-over': 'with-client-care', erased: 'expired', ...decisions } as const),
    ...staying('waiting'),
  },
  'with-client-care': {
    ...({ 'code-wrong': 'with-client-care', erased: 'expired' } as const),
    // Client care asks the deciders once more, or sets right what was said.
    ...({ reminded: 'with-client-care', corrected: 'with-client-care' } as const),
    ...{ ...decisions, ...staying('with-client-care') },
  },
  granted: {
    ...({ 'asker-told': 'granted', 'taken-back': 'before', 'end-told': 'granted' } as const),
    ...({ ended: 'expired', erased: 'expired' } as const),
  },
  // Else the letter with the decision would still go out, and it could be taken back.
  denied: { 'asker-told': 'denied', 'taken-back': 'before', erased: 'expired' },
  expired: {},
};

const movesOf = (steps: Partial<Record<StepKind, Next>>, state: string): [string, RequestState][] =>
  Object.entries(steps).flatMap(([kind, to]) => (to === state || to === 'before' ? [] : [[kind, to]]));

/**
 * For a search among rows, whose steps were all possible where they were taken: the state after the last step of these kinds. After one that
 * leads `back` it is that after the last one which is no decision, and at the beginning `first`.
 */
export const stateAfter = {
  first: 'to-verify' satisfies RequestState,
  back: 'taken-back' satisfies StepKind,
  decisions: Object.keys(decisions),
  step: Object.fromEntries(Object.entries(next).flatMap(([state, steps]) => movesOf(steps, state))),
};

const isDecision = (step: RequestStep): step is Decision => step.kind === 'granted' || step.kind === 'denied';
export type Decision = Extract<RequestStep, { readonly kind: 'granted' | 'denied' }>;

/** A step that is not possible there leaves the state as it is: rows that were written are never an error to read. */
export function stateOf(request: AccessRequest): RequestState {
  let state: RequestState = 'to-verify';
  let before: RequestState = state;
  for (const step of request) {
    const to: Next | undefined = next[state][step.kind];
    if (to === undefined) continue;
    if (isDecision(step)) before = state;
    state = to === 'before' ? before : to;
  }
  return state;
}

/** The decision that stands; null where there is none, or it was taken back. */
export function decisionOf(request: AccessRequest): Decision | null {
  let stands: Decision | null = null;
  for (const step of request) {
    if (isDecision(step)) stands = step;
    if (step.kind === 'taken-back') stands = null;
  }
  return stands;
}

export type FirstGrant = Extract<RequestStep, { readonly kind: 'first-granted' }>;

/** What the first of two has granted, and nobody has confirmed, denied or withdrawn. */
export function firstGrantOf(request: AccessRequest): FirstGrant | null {
  let stands: FirstGrant | null = null;
  for (const step of request) {
    if (step.kind === 'first-granted') stands = step;
    else if (isDecision(step) || step.kind === 'first-withdrawn') stands = null;
  }
  return stands;
}

/** Where that stands among the steps, which only grow: a letter that shows it says so, and confirms no other. */
export function firstGrantPlace(request: AccessRequest): number | null {
  const first = firstGrantOf(request);
  return first && request.indexOf(first);
}

/** How often they have decided about it, also as the first of two: the token of a letter is good for one decision (§8.7). */
export const turnOf = (request: AccessRequest, by: string): number =>
  request.filter((step) => (isDecision(step) || step.kind === 'first-granted') && step.by === by).length;

/** On the page of that letter. */
export const wrongCodes = (request: AccessRequest, letter: string): number =>
  request.filter((step) => step.kind === 'code-wrong' && step.letter === letter).length;

/** Since the decision that stands, or since the beginning. */
export function stepsSince(request: AccessRequest, step: RequestStep | null): AccessRequest {
  return step === null ? request : request.slice(request.indexOf(step) + 1);
}

/**
 * Why a step is not taken. `decided`: the first decision counts. `not-verified`: nobody has been asked yet. `too-late`, `not-theirs`: only
 * who decided takes it back, and only for a while (§8.5).
 */
export type NotTaken = 'decided' | 'not-verified' | 'not-decided' | 'over' | 'too-late' | 'not-theirs' | 'done-before';

function whyNot(state: RequestState, kind: StepKind): NotTaken {
  switch (state) {
    case 'to-verify':
      return 'not-verified';
    case 'waiting':
    case 'with-client-care':
      return kind === 'taken-back' || kind === 'asker-told' || kind === 'end-told' || kind === 'ended'
        ? 'not-decided'
        : 'done-before';
    case 'granted':
    case 'denied':
      return 'decided';
    case 'expired':
      return 'over';
    default:
      return state satisfies never;
  }
}

/** Until when whoever decided can take it back (§8.5); null: there is nothing to take back, or not any more. */
export function undoUntil(
  request: AccessRequest,
  { undoMinutes }: { readonly undoMinutes: number },
  now: string,
): string | null {
  const decision = decisionOf(request);
  if (decision === null || next[stateOf(request)]['taken-back'] === undefined) return null;
  const until = Temporal.Instant.from(decision.at).add({ minutes: undoMinutes });
  return Temporal.Instant.compare(now, until) <= 0 ? until.toString() : null;
}

/** Steps that happen once in their state. */
const once: ReadonlySet<StepKind> = new Set(['deciders-asked', 'asker-told', 'end-told']);

export function takeStep(
  request: AccessRequest,
  step: RequestStep,
  { undoMinutes }: { readonly undoMinutes: number },
):
  | { readonly kind: 'taken'; readonly request: AccessRequest }
  | { readonly kind: 'not-taken'; readonly why: NotTaken } {
  const state = stateOf(request);
  // Only a registration is client care's before its address is verified (§8.11).
  const early = state === 'to-verify' && step.kind === 'handed-over';
  if (early && !request.some((one) => one.kind === 'asked' && one.registers))
    return { kind: 'not-taken', why: 'not-verified' };
  if (next[state][step.kind] === undefined) return { kind: 'not-taken', why: whyNot(state, step.kind) };
  const decision = decisionOf(request);
  if (once.has(step.kind) && stepsSince(request, decision).some((past) => past.kind === step.kind))
    return { kind: 'not-taken', why: 'done-before' };
  if (step.kind === 'taken-back' && decision) {
    if (decision.by !== step.by) return { kind: 'not-taken', why: 'not-theirs' };
    if (undoUntil(request, { undoMinutes }, step.at) === null) return { kind: 'not-taken', why: 'too-late' };
  }
  return { kind: 'taken', request: [...request, step] };
}
