/** Everything that is wrong, the most urgent first. */
import { deskOf } from './desk-troubles.ts';
import type { Look } from './look.ts';
import { serversOf } from './server-troubles.ts';
import { page, sentence, type Trouble } from './trouble.ts';
import { workOf } from './work-troubles.ts';

/** What the workers of this process say by themselves, where nothing else has said it. */
const ofProcess = (problems: readonly string[], known: readonly Trouble[]): Trouble[] =>
  problems
    .filter((problem) => !known.some(({ because }) => because !== null && problem.includes(because.replace(/\.$/, ''))))
    .map((problem) => ({
      key: `problem ${problem}`,
      level: 'now',
      says: sentence(problem.charAt(0).toUpperCase() + problem.slice(1)),
      because: null,
      meanwhile: 'Everything else goes on.',
      since: null,
      way: page('/queues', 'What is affected'),
    }));

export function troublesOf(look: Look): readonly Trouble[] {
  // With the database away what it said last is no news.
  const seen = look.database.fault === null ? look.database.seen : null;
  const servers = serversOf(look, seen);
  const found = [...servers, ...(seen ? [...workOf(look, seen), ...deskOf(seen, look.at)] : [])];
  const all = [...found, ...ofProcess(look.database.fault === null ? look.problems : [], found)];
  const place = { now: 0, soon: 1 } as const;
  return all.toSorted((a, b) => place[a.level] - place[b.level]);
}
