/** The page on which a decider decides: the letter behind its token, and the act that it hands in (POLICY §8.7). */
import { timingSafeEqual } from 'node:crypto';
import { type Decision, firstGrantPlace, stateOf } from '../../access/request.ts';
import { askerOf, firstToldOf } from '../../acts/access/access-letters.ts';
import type { decideOnPage } from '../../acts/access/decide-on-page.ts';
import { decisionPage } from '../../acts/access/decision-page.ts';
import type { AccessRecord } from '../../acts/access/records.ts';
import { normaliseCode } from '../../foundation/code-form.ts';
import { decisionCodeFor, readDecisionToken } from '../../mail/subject/thread-token.ts';
import type { AccessResult } from '../../outbound/letters/access.ts';
import { loadRecords } from '../../store/records.ts';
import { type ActDeps, commit } from '../acts/commit.ts';

type Deps = ActDeps & { readonly keys: readonly string[] };
type Input = Parameters<typeof decideOnPage.judge>[0];
/** As it was typed; what is left out of the form is left out. */
export type DecisionTyped = Omit<Input, 'letter' | 'code'> & { readonly code: string };

type OfRequest = {
  readonly language: string;
  readonly siteName: string;
  readonly asker: ReturnType<typeof askerOf>;
};
export type ShownDecision = OfRequest &
  (
    | { readonly kind: 'spent' | 'over' | 'locked' | 'waits' }
    | {
        readonly kind: 'open';
        readonly siteNumber: string;
        readonly country: string;
        readonly undoMinutes: number;
        /** What the first of two has granted. */
        readonly first: ReturnType<typeof firstToldOf>;
        /** Its place among the steps, which the form hands in: what was not shown is not confirmed. */
        readonly shows: number | null;
        /** Of wrong codes that may be typed. */
        readonly left: number;
      }
    | {
        readonly kind: 'decided';
        readonly decision: Decision;
        /** By name; null: one of our people, or somebody who has left. */
        readonly who: string | null;
        /** It was granted until a day that is past. */
        readonly ended: boolean;
        readonly timezone: string;
      }
  );
/** No more is shown to who may not decide; the language is that of the letter. */
export type DecisionShown = ShownDecision | { readonly kind: 'no-right'; readonly language: string };

/** Why nothing was decided: no code, a wrong one, or what the act says. */
export type DecisionFault = 'no-code' | 'code-wrong' | AccessResult | 'else';
export type DecisionTold = { readonly shown: DecisionShown; readonly fault: DecisionFault | null };

async function asked({ database, keys, policy }: Deps, token: string) {
  const read = readDecisionToken(token, keys);
  if (!read) return null;
  const {
    accessLetter: letter,
    accessRequest: on,
    now,
  } = await loadRecords(database, { accessLetter: read.letter }, policy);
  return letter && on ? { letter, on, key: read.key, page: decisionPage(letter, on, { now, policy }) } : null;
}

function shownOf(
  { letter, on, page }: NonNullable<Awaited<ReturnType<typeof asked>>>,
  { policy }: Deps,
): DecisionShown {
  const { language } = letter;
  if (page.kind === 'no-right') return { kind: page.kind, language };
  const { name: siteName, number: siteNumber, country, timezone } = page.site;
  const of = { language, siteName, asker: askerOf(on) };
  switch (page.kind) {
    case 'open':
      return {
        ...{ ...of, kind: 'open', siteNumber, country, left: page.left, first: firstToldOf(on) },
        ...{ undoMinutes: policy.access.undoMinutes, shows: firstGrantPlace(on.steps) },
      };
    case 'decided': {
      const { decision } = page;
      return {
        ...{ ...of, kind: 'decided', decision, who: nameOf(on, decision), timezone },
        ended: decision.kind === 'granted' && stateOf(on.steps) === 'expired',
      };
    }
    case 'spent':
    case 'over':
    case 'locked':
    case 'waits':
      return { ...of, kind: page.kind };
    default:
      return page satisfies never;
  }
}

const nameOf = ({ people }: AccessRecord, { by }: Decision): string | null =>
  people.find(({ id }) => by === `contact ${id}`)?.name ?? null;

function isCode(typed: string, letter: string, key: string): boolean {
  const [given, right] = [normaliseCode(typed.trim()) ?? '', decisionCodeFor(letter, key)];
  return given.length === right.length && timingSafeEqual(Buffer.from(given), Buffer.from(right));
}

export const openDecisionPages = (deps: Deps) => {
  const find = async (token: string): Promise<DecisionShown | null> => {
    const found = await asked(deps, token);
    return found && shownOf(found, deps);
  };
  return {
    /** Null: nobody was sent it. Nothing is written. */
    find,
    async decide(token: string, { code, ...said }: DecisionTyped): Promise<DecisionTold | null> {
      const found = await asked(deps, token);
      if (!found) return null;
      if (found.page.kind !== 'open') return { shown: shownOf(found, deps), fault: null };
      if (code.trim() === '') return { shown: shownOf(found, deps), fault: 'no-code' };
      const { letter, key } = found;
      const right = isCode(code, letter.id, key);
      const done = await commit(deps, {
        act: 'decide-on-page',
        input: { ...said, letter: letter.id, code: right ? 'right' : 'wrong' },
        by: { kind: 'page', letter: letter.id },
      });
      const shown = await find(token);
      if (!shown) return null;
      if (!right) return { shown, fault: shown.kind === 'open' ? 'code-wrong' : null };
      const refused = done.kind === 'refused' && shown.kind === 'open';
      return { shown, fault: refused ? (done.decider ?? 'else') : null };
    },
  };
};
