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

/** Letters go out all the same, in the words that were shipped. */
const templatesOf = ({ templates = [] }: Pick<Look, 'templates'>): Trouble[] =>
  templates.map(({ language, name, by, faults }) => ({
    key: `template ${language}/${name}`,
    level: 'soon',
    says: `The template ${language}/${name} that was changed here does not check any more, so the shipped one is used.`,
    because: faults[0] ?? null,
    meanwhile: `Its letters go out in the words that were shipped; what ${by} wrote is kept.`,
    since: null,
    way: page(`/templates/${language}/${name}`, 'Mend it'),
  }));

export function troublesOf(look: Look): readonly Trouble[] {
  // With the database away what it said last is no news.
  const seen = look.database.fault === null ? look.database.seen : null;
  const servers = serversOf(look, seen);
  const found = [...servers, ...(seen ? [...workOf(look, seen), ...deskOf(seen, look.at)] : [])];
  const all = [...found, ...templatesOf(look), ...ofProcess(look.database.fault === null ? look.problems : [], found)];
  const place = { now: 0, soon: 1 } as const;
  return all.toSorted((a, b) => place[a.level] - place[b.level]);
}
