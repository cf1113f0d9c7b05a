/** What a decider's answer about access comes to (POLICY §8.4, §8.5): the same for one that was verified and one that brought its code. */
import { decisionOf } from '../../access/request.ts';
import { decideRequest } from '../../acts/access/decide-request.ts';
import { decidersAt, rightSite } from '../../acts/access/on-request.ts';
import type { AccessRecord } from '../../acts/access/records.ts';
import { undoDecision } from '../../acts/access/undo-decision.ts';
import type { RequestStepped } from '../../changes/access.ts';
import type { Change } from '../../changes/change.ts';
import type { DecisionSaid } from '../../mail/access/decision-said.ts';
import type { AccessResult } from '../../outbound/letters/access.ts';
import type { Granted } from '../../registry/contacts/privileges.ts';
import type { Contact, Site } from '../../registry/site.ts';
import type { Done } from '../commands/done.ts';
import { type Context, givenBy } from '../context.ts';
import type { ConfirmationFacts, SiteFacts } from '../facts.ts';
import { deciderLetter } from '../letters/access-letters.ts';
import type { PlannedLetter } from '../letters/planned-letter.ts';
import type { AccessAnswer } from './confirmed-act.ts';

/** As acts take it. `confirms`: the first of two grants that the answered letter shows. */
export function answerOf(
  { id: request }: AccessRecord,
  said: Exclude<DecisionSaid, { kind: 'unclear' }>,
  confirms: number | null,
): AccessAnswer {
  switch (said.kind) {
    case 'undo':
      return { undo: true };
    case 'deny': {
      const { reason, words, atOnce } = said;
      return { request, decision: 'deny', reason, ...(words !== '' && { words }), ...(atOnce && { now: true }) };
    }
    case 'grant': {
      const { role, privileges, until, justification, corrects, atOnce } = said;
      const granted = Object.fromEntries(privileges.map(({ name, level }) => [name, level])) as Granted;
      return {
        ...{ request, decision: 'grant', confirms, ...corrects },
        ...(role !== null && { role }),
        ...(privileges.length > 0 && { privileges: granted }),
        ...(until !== null && { until }),
        ...(justification !== null && { justification }),
        ...(atOnce && { now: true }),
      };
    }
    default:
      return said satisfies never;
  }
}

/** The mail shows the one-time token of the letter that it answers (§8.7). */
export const showsToken = ({ mail, answered }: Pick<Context, 'mail' | 'answered'>): boolean =>
  mail.facts.threads.some((hint) => hint.by === 'message-id' && hint.token === true && hint.letter === answered?.id);

type By = { readonly on: AccessRecord; readonly site: Site; readonly contact: Contact };
type Settled = { readonly reason: string; readonly changes: readonly Change[]; readonly letters: PlannedLetter[] };

const isStep = (change: Change): change is RequestStepped => change.kind === 'request-stepped';

const reasons = {
  ...{ granted: 'granted', denied: 'denied', 'taken-back': 'open again: the decision was taken back' },
  'first-granted': 'granted by the first of two, and waits for the second',
} as const;

/** The decider hears of all of it: of a decision that came too late what was decided. */
export function settleAnswer(context: Context, said: AccessAnswer, { on, site, contact }: By): Settled {
  const given = { ...givenBy(context, contact.id), now: context.now };
  const records = { cases: [], letters: [], accessRequest: on };
  const done =
    said.undo === true
      ? undoDecision.judge({ request: on.id }, records, given)
      : decideRequest.judge(said, records, given);
  if (done.kind === 'refused') {
    const before = decisionOf(on.steps);
    const late = before?.kind === 'granted' ? 'was-granted' : 'was-denied';
    const result: AccessResult = done.decider ?? (before ? late : 'over');
    const letters = [deciderLetter(context, on, site, contact, { result, said: done.says })];
    return { reason: `Access request ${on.id}: ${done.says}`, changes: [], letters };
  }
  const steps = done.changes.find(isStep)?.steps ?? [];
  const last = steps.at(-1);
  const decision = last?.kind === 'granted' || last?.kind === 'denied' ? last : null;
  // Of a role that needs two this was the first: it is told like a grant that waits.
  const first = last?.kind === 'first-granted' ? ({ ...last, kind: 'granted' } as const) : null;
  const result = first ? 'first-granted' : (decision?.kind ?? 'taken-back');
  return {
    reason: `Access request ${on.id} is ${reasons[result]}.`,
    changes: done.changes,
    letters: [
      deciderLetter(context, { ...on, steps: [...on.steps, ...steps] }, site, contact, {
        result,
        decision: decision ?? first,
      }),
    ],
  };
}

/** The act that a code has confirmed: who brought it has to decide there still. */
export function settleDecision(
  context: Context,
  said: AccessAnswer,
  {
    contact: { id },
  }: { readonly contact: Contact; readonly site: SiteFacts; readonly confirmation: ConfirmationFacts },
): Done {
  const on = context.facts.access?.request;
  const site = on ? rightSite(on) : null;
  const contact = on && decidersAt(on, givenBy(context, id)).find((one) => one.id === id);
  if (!on || !site || !contact)
    return { kind: 'refused', reason: 'Whoever answered may not decide about this request any more.', letters: [] };
  return { kind: 'done', ...settleAnswer(context, said, { on, site, contact }) };
}
