/** The page that shows how a case stands, behind the link of an acknowledgement: the letter of the link, and the case of the letter. */
import { clockShown } from '../../cases/clock-shown.ts';
import { type Standing, standingOf } from '../../cases/pages/standing.ts';
import { readCasePageToken } from '../../mail/subject/thread-token.ts';
import { casePageOf } from '../../store/cases/case-page.ts';
import type { ActDeps } from '../acts/commit.ts';

type Deps = Pick<ActDeps, 'database' | 'policy'> & { readonly keys: readonly string[] };

export type ShownCase = {
  readonly number: string;
  /** The case that was asked for, where it was merged into this one. */
  readonly merged: string | null;
  readonly openedAt: string;
  readonly standing: Standing;
  readonly timezone: string;
  readonly language: string;
  readonly now: string;
};

/** No letter has this number: what is asked for with a link that is none of ours takes as long as with one whose time is over. */
const none = '0';

export const openCasePages = ({ database, policy, keys }: Deps) => ({
  /** Null: nobody was sent it, its reader may not see the case any more, or it was closed long ago. Nothing is written. */
  async find(token: string): Promise<ShownCase | null> {
    const row = await casePageOf(database, readCasePageToken(token, keys) ?? none);
    if (!row) return null;
    const { clockEvents: events, warnedAt, waiting, now, number, asked, openedAt, timezone, language } = row;
    const clock = clockShown({ events, warnedAt, waiting, now }, policy.publicHolidays);
    const standing = standingOf({ ...row, clock }, now);
    return standing && { number, merged: asked === number ? null : asked, openedAt, standing, timezone, language, now };
  },
});
