/** The page that asks how it was: the letter behind its token, and the act that it hands in. */
import type { SatisfactionRecord } from '../../acts/cases/closing/records.ts';
import { type Score, satisfactionOf } from '../../cases/satisfaction.ts';
import { readPageToken } from '../../mail/subject/thread-token.ts';
import { satisfactionRecords } from '../../store/cases/satisfaction.ts';
import { type ActDeps, commit } from '../acts/commit.ts';

type Deps = ActDeps & { readonly keys: readonly string[] };

async function asked({ database, keys }: Deps, token: string): Promise<SatisfactionRecord | null> {
  const letter = readPageToken(token, keys);
  return letter === null
    ? null
    : ((await satisfactionRecords(database, { satisfaction: letter })).satisfaction ?? null);
}

const give = (deps: Deps, { letter }: SatisfactionRecord, score: Score, preview: boolean) =>
  commit(deps, { act: 'give-satisfaction', input: { letter, score }, by: { kind: 'page', letter }, preview });

export const openSatisfaction = (deps: Deps) => ({
  /** Null: nobody was sent it, or it takes no answer any more. */
  async find(token: string) {
    const on = await asked(deps, token);
    if (!on || (await give(deps, on, 3, true)).kind !== 'preview') return null;
    return { case: on.case, language: on.language, chosen: satisfactionOf(on.answers)?.score ?? null };
  },
  /** False where it was not taken. */
  async give(token: string, score: Score): Promise<boolean> {
    const on = await asked(deps, token);
    return on !== null && (await give(deps, on, score, false)).kind === 'done';
  },
});
