/** Decides a stored mail once more, by the policy and the registry of today and its own time of arrival (POLICY §2). */
import { mailId } from '../foundation/ids.ts';
import { decide } from '../intake/decide.ts';
import { type Decision, opened } from '../intake/decision.ts';
import { letterLine } from '../intake/explain.ts';
import { reclaimMail, storedMail } from '../store/replay.ts';
import { askFacts } from './ask-facts.ts';
import { decideAndApply, type IntakeDeps, readClaimed } from './process-intake.ts';

export type Replayed =
  | {
      readonly id: string;
      readonly before: string | null;
      readonly after: string;
      readonly changed: boolean;
      readonly why: string;
      /** Where it changes: the letters, by template and kind of reader, and the case. */
      readonly letters?: readonly string[];
      readonly opens?: { readonly severity: number; readonly due: string } | null;
    }
  | { readonly id: string; readonly notFound: true };

function follows(decision: Decision): Pick<Exclude<Replayed, { notFound: true }>, 'letters' | 'opens'> {
  const opens = opened(decision);
  return {
    letters: decision.letters.map(letterLine),
    opens: opens && { severity: opens.severity, due: opens.due },
  };
}

/** A mail that has its case changes nothing; one whose outcome stays the same neither. `dryRun` writes nothing at all. */
export async function replayMail(
  deps: IntakeDeps,
  id: string,
  options: { dryRun: boolean; actor: string },
): Promise<Replayed> {
  const stored = await storedMail(deps.database, id);
  if (!stored) return { id, notFound: true };
  const same = { id, before: stored.outcome, after: stored.outcome ?? 'new', changed: false };
  if (stored.case) return { ...same, why: `it is on case ${stored.case}` };
  if (stored.raw === null) return { ...same, why: 'its bytes are not kept any more' };
  if (stored.state === 'new') return { ...same, why: 'it is waiting to be decided' };
  const read = await readClaimed(deps, { ...stored, id: mailId(id) });
  const { mail, loaded } = await askFacts(deps.lanes.facts, read, deps.vault);
  const { facts, now } = loaded;
  const preview = decide(mail, facts, deps.policy, now);
  if (preview.outcome === stored.outcome) return { ...same, after: preview.outcome, why: preview.reason };
  if (!options.dryRun) {
    if (!(await reclaimMail(deps.database, id, deps.worker, options.actor)))
      return { ...same, why: 'another worker has it in hand' };
    const decision = await decideAndApply(deps, mail);
    return {
      id,
      before: stored.outcome,
      after: decision.outcome,
      changed: true,
      why: decision.reason,
      ...follows(decision),
    };
  }
  return {
    id,
    before: stored.outcome,
    after: preview.outcome,
    changed: true,
    why: preview.reason,
    ...follows(preview),
  };
}
