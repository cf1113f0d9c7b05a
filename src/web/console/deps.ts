/** What the console is handed, a member for each subject. */
import type { AnyAct } from '../../acts/act.ts';
import type { By } from '../../changes/by.ts';
import type { CommitOutcome } from '../../flows/acts/commit.ts';
import type { Log } from '../../foundation/log.ts';
import type { Figures } from './live/figures.ts';
import type { Viewer } from './viewer.ts';

/** Does an act, or says what would follow. */
export type ConsolePerform = (
  act: string,
  input: unknown,
  how: { by: By; preview: boolean; expect?: string },
) => Promise<CommitOutcome>;

export type ConsoleDeps = {
  readonly perform: ConsolePerform;
  readonly acts: readonly AnyAct[];
  readonly log: Log;
  /** As browsers name it: forms that come from elsewhere are refused. */
  readonly publicUrl: string;
  readonly sessions: {
    /** By the cookies of a request; null: nobody is signed in. `csrf` is bound to the session. */
    find(cookies: string | undefined): Promise<{ readonly viewer: Viewer; readonly csrf: string } | null>;
  };
  /** Figures that are shown live, one source a subject: all are asked at once, at most every 5 s and while somebody looks. */
  readonly figures?: readonly (() => Promise<Figures>)[];
};
