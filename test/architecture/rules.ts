/** The rules of the layout, each a function over `{ path: source }`. What comes back says what to do instead. */
import { builtinModules } from 'node:module';
import { posix } from 'node:path';
import {
  businessTables,
  lastPureLayer,
  layers,
  longSql,
  openImports,
  otherWriters,
  outcomesNamed,
  packages,
  pureBuiltins,
  reachingBuiltins,
  reachingFolders,
  requireAllowed,
  tableWriters,
} from './layers.ts';
import { type Import, type Module, scan } from './scan.ts';

/** TypeScript and JavaScript of `src/`, `workers/` and `bin/`, and the templates, by path from the top of the repository. */
export type Sources = Readonly<Record<string, string>>;
export type Rule = (sources: Sources) => string[];

const isCode = (path: string): boolean => /^(?:src|workers|bin)\/.*\.m?[tj]s$/.test(path);

export function filesOf(sources: Sources): [path: string, module: Module][] {
  return Object.entries(sources).flatMap(([path, source]) => (isCode(path) ? [[path, scan(path, source)]] : []));
}

/** `src/mail/bounce/x.ts` is in `src/mail`; null for a file that is in no module. */
export function moduleOf(path: string): string | null {
  if (path.startsWith('workers/')) return 'workers';
  const [top, module, file] = path.split('/');
  return top === 'src' && module && file ? `src/${module}` : null;
}

/** The widest name of a line says it all: `process.env.X` is `process.env` and `process`, too. */
const onePerLine = (found: readonly { readonly line: number; readonly says: string }[]): string[] => [
  ...new Map(found.toReversed().map(({ line, says }) => [line, says])).values(),
];

const within = (path: string, places: readonly string[]): boolean =>
  places.some((place) => path === place || (place.endsWith('/') && path.startsWith(place)));

const targetOf = (path: string, one: Import): string | null =>
  one.target?.startsWith('.') ? posix.join(posix.dirname(path), one.target) : null;

const builtinOf = (target: string | null): string | null => {
  const name = target?.replace(/^node:/, '') ?? '';
  return target?.startsWith('node:') || builtinModules.includes(name) ? (name.split('/')[0] ?? null) : null;
};

const packageOf = (target: string | null): string | null => {
  if (target === null || target.startsWith('.') || builtinOf(target) !== null) return null;
  return target
    .split('/')
    .slice(0, target.startsWith('@') ? 2 : 1)
    .join('/');
};

const isPure = (path: string): boolean => (layers[moduleOf(path) ?? ''] ?? 99) <= lastPureLayer;

/** Type-only, re-exported and dynamic imports count like any other. */
export const layersHold: Rule = (sources) =>
  filesOf(sources).flatMap(([path, { imports }]) => {
    if (path.startsWith('bin/')) return [];
    const module = moduleOf(path);
    const layer = layers[module ?? ''];
    if (module === null || layer === undefined)
      return [
        `${path} is in no module with a layer: move it into one, or give its module a layer in ARCHITECTURE.md and here.`,
      ];
    return imports.flatMap((one) => {
      const target = targetOf(path, one);
      if (target === null) return [];
      const other = moduleOf(target);
      const lower = layers[other ?? ''];
      if (other === module) return [];
      const at = `${path}:${one.line} imports ${target}`;
      if (lower === undefined) return [`${at}, which is outside the layers: what it needs has to come into a module.`];
      if (lower < layer) return [];
      return [
        lower === layer
          ? `${at}, sideways: modules of one layer do not know each other; declare the shape you need and let runtime/ or workers/ hand it in.`
          : `${at}, up from layer ${layer} to ${lower}: move what both need down, or have it handed in by whoever calls you.`,
      ];
    });
  });

export const importsAreThere: Rule = (sources) =>
  filesOf(sources).flatMap(([path, { imports }]) =>
    imports.flatMap((one) => {
      if (one.target === null)
        return within(path, openImports)
          ? []
          : [
              `${path}:${one.line} imports something that is only known at run time: write the name out, so that this test sees it.`,
            ];
      const target = targetOf(path, one);
      if (target === null || target in sources || /\.(?:json|css|html)$/.test(target)) return [];
      return [`${path}:${one.line} imports ${target}, which is not there: write the whole name with its ending.`];
    }),
  );

/** Type-only imports count: two files whose types name each other can only be read, moved and tested together. */
export const noCircles: Rule = (sources) => {
  const graph = new Map(
    filesOf(sources).map(([path, { imports }]) => [path, imports.flatMap((one) => targetOf(path, one) ?? [])]),
  );
  const found: string[] = [];
  const done = new Set<string>();
  const walk = (path: string, way: readonly string[]): void => {
    const before = way.indexOf(path);
    if (before >= 0) {
      found.push(
        `${[...way.slice(before), path].join(' → ')} is a circle: move what both need, types too, into a third file.`,
      );
      return;
    }
    if (done.has(path)) return;
    for (const next of graph.get(path) ?? []) walk(next, [...way, path]);
    done.add(path);
  };
  for (const path of graph.keys()) walk(path, []);
  return found;
};

export const oneAdapterAPackage: Rule = (sources) =>
  filesOf(sources).flatMap(([path, { imports }]) =>
    imports.flatMap((one) => {
      const name = packageOf(one.target);
      if (name === null) return [];
      const adapters = packages[name];
      if (adapters === undefined)
        return [
          `${path}:${one.line} imports ${name}, which has no adapter: name its place in test/architecture/layers.ts.`,
        ];
      return within(path, adapters)
        ? []
        : [
            `${path}:${one.line} imports ${name}: go through its adapter (${adapters.join(', ')}), and hand in what it gives.`,
          ];
    }),
  );

export const builtinsStayInAdapters: Rule = (sources) =>
  filesOf(sources).flatMap(([path, { imports }]) =>
    imports.flatMap((one) => {
      const name = builtinOf(one.target);
      if (name === null || !reachingBuiltins.includes(name) || within(path, reachingFolders)) return [];
      return [
        `${path}:${one.line} imports node:${name}: only adapters, config/, web/, runtime/ and cli/ reach the system; have it handed in.`,
      ];
    }),
  );

const clocks = ['Date.now', 'new Date()', 'Date()', 'performance', 'process.hrtime', 'process.uptime'];
const chances = ['Math.random', 'crypto.randomUUID', 'crypto.getRandomValues', 'crypto.subtle'];
const outside = ['fetch', 'WebSocket', 'EventSource', 'XMLHttpRequest', 'navigator'];
const timers = ['setTimeout', 'setInterval', 'setImmediate', 'queueMicrotask'];
const names = (list: readonly string[], name: string): boolean =>
  list.some((one) => name === one || name.startsWith(`${one}.`));

/** No clock, no chance, no environment, no network in pure modules. */
export const pureLayersReachNothing: Rule = (sources) =>
  filesOf(sources).flatMap(([path, { imports, mentions }]) => {
    if (!isPure(path)) return [];
    const about = (name: string, at: string): string[] => {
      if (names(clocks, name) || names(['Temporal.Now'], name)) return [`${at}: the time is handed in as an argument.`];
      if (names(chances, name)) return [`${at}: ids, keys and salts are made by a flow or an adapter and handed in.`];
      if (name === 'process' || name.startsWith('process.'))
        return [`${at}: what depends on the process or its environment comes in through the policy or an argument.`];
      if (names(outside, name)) return [`${at}: what is outside is looked up by a flow and handed in as facts.`];
      if (names(timers, name)) return [`${at}: a pure module does not wait; whoever calls it does.`];
      return [];
    };
    const found = onePerLine(
      mentions.flatMap(({ name, line }) => about(name, `${path}:${line} uses ${name}`).map((says) => ({ line, says }))),
    );
    const reached = imports.flatMap((one) => {
      const name = builtinOf(one.target);
      const at = `${path}:${one.line} imports ${one.target}`;
      if (name === null || (name === 'module' && within(path, requireAllowed))) return [];
      if (!pureBuiltins.includes(name)) return [`${at}: a pure module reaches nothing; have its result handed in.`];
      const chance =
        name === 'crypto' &&
        one.names.filter((taken) => /^(?:random|getRandom|generate|webcrypto|\*|default)/.test(taken));
      return chance && chance.length > 0
        ? [`${at} for ${chance.join(', ')}: hashes with keys handed in are fine (by name), chance is handed in.`]
        : [];
    });
    return [...found, ...reached];
  });

export const environmentInConfigOnly: Rule = (sources) =>
  filesOf(sources).flatMap(([path, { imports, mentions }]) => {
    if (within(path, ['src/config/', 'bin/'])) return [];
    const says =
      'only config/ knows that there is an environment; declare the option you need and let config/ fill it in.';
    return [
      ...onePerLine(
        mentions
          .filter(({ name }) => name === 'process' || names(['process.env', 'import.meta.env'], name))
          .map(({ name, line }) => ({ line, says: `${path}:${line} uses ${name}: ${says}` })),
      ),
      ...imports
        .filter((one) => builtinOf(one.target) === 'process')
        .map((one) => `${path}:${one.line} imports ${one.target}: ${says}`),
    ];
  });

/** State, letters and jobs are committed together; only the relay hands jobs on, after the commit. */
export const relayAloneFeedsQueues: Rule = (sources) =>
  filesOf(sources).flatMap(([path, { mentions }]) =>
    within(path, ['src/queues/', 'src/flows/upkeep/relay-outbox.ts'])
      ? []
      : mentions
          .filter(({ name }) => name.endsWith('.addMany'))
          .map(
            ({ line }) =>
              `${path}:${line} puts jobs into a queue: write an outbox row in your transaction and wake the relay.`,
          ),
  );

/** Draws, finishes and inserts letters; a decision has its letters in its own statement. */
const wayOfLetters = ['src/flows/letters/', 'src/flows/letters/write-letters.ts', 'src/flows/intake/process-intake.ts'];

/** The numbers of letters are asked, and what is told stands or falls with the rows that say so. */
export const oneWayOfLetters: Rule = (sources) =>
  filesOf(sources).flatMap(([path, { imports }]) =>
    within(path, wayOfLetters)
      ? []
      : imports.flatMap(({ line, names: taken }) =>
          taken
            .filter((name) => ['drawLetterIds', 'finishLetters', 'insertLetters'].includes(name))
            .map(
              (name) => `${path}:${line} takes ${name}: hand planned letters to sendLetters of flows/letters/send.ts.`,
            ),
        ),
  );

/** Every letter has its English template, and no template is without its letter. */
export const lettersHaveTemplates: Rule = (sources) => {
  const home = 'src/outbound/letter.ts';
  const letters = scan(home, sources[home] ?? '').lists.get('letterTemplates') ?? [];
  if (letters.length === 0) return [`${home} lists no letters: keep them in \`letterTemplates\`.`];
  const missing = letters
    .filter((letter) => !(`templates/en/${letter}.md` in sources))
    .map((letter) => `The letter ${letter} has no template: write templates/en/${letter}.md.`);
  const named = [...letters, ...(scan(home, sources[home] ?? '').lists.get('letterParts') ?? [])];
  const stray = Object.keys(sources)
    .filter((path) => /^templates\/[^/]+\/.*\.md$/.test(path) && !named.includes(posix.basename(path, '.md')))
    .map((path) => `${path} belongs to no letter: add it to \`letterTemplates\` or take it away.`);
  return [...missing, ...stray];
};

export const queuesHaveWorkers: Rule = (sources) => {
  const home = 'src/queues/definitions.ts';
  const queues = scan(home, sources[home] ?? '').lists.get('queueNames') ?? [];
  if (queues.length === 0) return [`${home} lists no queues: keep them in \`queueNames\`.`];
  const consumed = filesOf(sources)
    .filter(([path]) => path.startsWith('workers/'))
    .flatMap(([, { calls }]) => calls.map((call) => call.name));
  return queues
    .filter((queue) => !consumed.includes(`consume:${queue}`))
    .map((queue) => `Nothing takes from the queue ${queue}: let a worker in workers/ consume it.`);
};

const mostFiles = 15;

/** A folder is one that can be seen through. Migrations and functions of the database are a history and a list. */
export const foldersAreSmall: Rule = (sources) => {
  const folders = Map.groupBy(
    Object.keys(sources).filter((path) => /^(?:src|workers)\//.test(path)),
    (path) => posix.dirname(path),
  );
  return [...folders]
    .filter(([folder, files]) => files.length > mostFiles && !/^src\/store\/(?:migrations|sql)$/.test(folder))
    .map(
      ([folder, files]) =>
        `${folder} holds ${files.length} files, and a folder has at most ${mostFiles}: give each subject in it a folder of its own.`,
    );
};

/** SQL is read a clause a line: no line of a statement is longer than the code around it may be. */
export const sqlLinesAreShort: Rule = (sources) =>
  Object.entries(sources).flatMap(([path, source]) => {
    // A released migration is never changed.
    if (!path.startsWith('src/store/') || path.startsWith('src/store/migrations/')) return [];
    const long = source.split('\n').flatMap((line, at) => {
      const isComment = /^\s*(?:\/?\*|\/\/)/.test(line);
      return line.length > 120 && !isComment ? [at + 1] : [];
    });
    if (longSql.includes(path))
      return long.length > 0 ? [] : [`${path} has no long line any more: take it out of \`longSql\`.`];
    return long.map((line) => `${path}:${line} is longer than 120 columns: write one clause a line.`);
  });

/** The SQL of a file of the store, piece by piece, without comments. */
function sqlOf(path: string, source: string): { readonly text: string; readonly line: number }[] {
  if (!path.startsWith('src/store/') || path.startsWith('src/store/migrations/')) return [];
  const pieces = path.endsWith('.sql')
    ? [{ name: source, line: 1 }]
    : isCode(path)
      ? scan(path, source).texts.filter(({ name }) => name.length > 0)
      : [];
  return pieces.map(({ name, line }) => ({ text: name.replace(/--.*/g, ''), line }));
}

const lineIn = (text: string, at: number): number => text.slice(0, at).split('\n').length - 1;

/** What a file may be left with, where it is listed with a reason; a listed file that has nothing of it any more is said. */
function unlessListed(
  sources: Sources,
  list: Readonly<Record<string, string>>,
  name: string,
  find: (path: string, source: string) => string[],
): string[] {
  return Object.entries(sources).flatMap(([path, source]) => {
    const found = find(path, source);
    if (!Object.hasOwn(list, path)) return found;
    return found.length > 0 ? [] : [`${path} needs no exception any more: take it out of \`${name}\`.`];
  });
}

const clause =
  /^ *(?:\) as |\w+ as \( *)?(select|from|where|(?:left |cross )?join|group by|order by|having|returning|union all|insert into|on conflict)\b(.*)/;
/** What begins a clause of its own behind another one. */
const second = / (?:from|where|join|group by|order by|having|returning|union all) /;

/** Functions of the database: a clause that is not in brackets begins a line. */
export const sqlFilesAreAClauseALine: Rule = (sources) =>
  Object.entries(sources).flatMap(([path, source]) =>
    path.startsWith('src/store/sql/')
      ? source.split('\n').flatMap((line, at) => {
          const rest = clause.exec(line.replace(/--.*/, ''))?.[2] ?? '';
          let outer = rest;
          for (let was = ''; was !== outer; ) {
            was = outer;
            outer = outer.replace(/\([^()]*\)/g, '');
          }
          // What is left open goes on in lines of its own.
          return second.test(`${outer.replace(/\(.*/, '')} `) ? [`${path}:${at + 1} has two clauses: one a line.`] : [];
        })
      : [],
  );

const core = ['src/registry/site.ts', 'src/changes/outcome.ts'] as const;

/** Who may, what became of a mail, for how long, and what is said of it is for the core to say: it comes in from there. */
export const noRulesInSql: Rule = (sources) => {
  const lists = core.map((path) => scan(path, sources[path] ?? '').lists);
  const names = new Set([...(lists[0]?.get('roles') ?? []), ...(lists[1]?.get('outcomes') ?? []), 'refused']);
  if (names.size < 3) return [`${core.join(' or ')} lists no names: keep them in \`roles\` and \`outcomes\`.`];
  return Object.entries(sources).flatMap(([path, source]) =>
    sqlOf(path, source).flatMap(({ text, line }) => {
      const say = (at: number, says: string) => `${path}:${line + lineIn(text, at)} ${says}`;
      return [
        ...[...text.matchAll(/(?:=|<>|\blike|\bin \() *((?:'[^'\n]*'(?:, *)?)+)/g)].flatMap((found) =>
          [...(found[1] ?? '').matchAll(/'([^']*)'/g)]
            .map(([, name = '']) => name)
            .filter((name) => names.has(name) || name.startsWith('held-'))
            .map((name) => say(found.index, `compares with '${name}': take it from the core (store/literals.ts).`)),
        ),
        ...[...text.matchAll(/interval '[0-9]+ (?:hour|day)s?'/g)].map((found) =>
          say(found.index, `has ${found[0]}: hours and days come from the policy or the core.`),
        ),
        // One literal after the other, so that what stands between two of them is none.
        ...[...text.matchAll(/'((?:[^']|'')*)'/g)]
          .filter(([, said = '']) => /[A-Za-z]{2,} [a-z]+ [a-z]{2,}/.test(said) && !names.has(said))
          .map((found) =>
            say(found.index, `has the sentence ${found[0]}: sentences are handed in, and found by codes.`),
          ),
      ];
    }),
  );
};

/** What the business knows is written in few places, where each change has its audit row. */
export const businessTablesHaveTheirWriters: Rule = (sources) =>
  unlessListed(sources, otherWriters, 'otherWriters', (path, source) =>
    within(path, tableWriters)
      ? []
      : sqlOf(path, source).flatMap(({ text, line }) =>
          [...text.matchAll(/\b(?:insert into|update|delete from|truncate)\s+(?:only )?([a-z_]+)/g)]
            .filter(([, table]) => businessTables.includes(table ?? ''))
            .map(
              (found) =>
                `${path}:${line + lineIn(text, found.index)} writes ${found[1]}: let a change of src/store/changes/ do it.`,
            ),
        ),
  );

const outcomesIn = (sources: Sources): ReadonlySet<string> =>
  new Set(scan(core[1], sources[core[1]] ?? '').lists.get('outcomes') ?? []);

/** What follows from a decision is its changes and letters: whoever looked at the outcome again would be a second list of what follows. */
export const noOutcomeBehindTheDecision: Rule = (sources) => {
  const names = outcomesIn(sources);
  if (names.size === 0) return [`${core[1]} lists no names: keep them in \`outcomes\`.`];
  return unlessListed(sources, outcomesNamed, 'outcomesNamed', (path, source) =>
    /^src\/(?:flows|store)\/(?!migrations\/).*\.ts$/.test(path)
      ? scan(path, source)
          .strings.filter(({ name }) => names.has(name))
          .map(
            ({ name, line }) =>
              `${path}:${line} names the outcome ${name}: go by a change of the decision, or by a column of \`outcomes\`.`,
          )
      : [],
  );
};

/** Console, API and command line show the same: what is asked of the database is asked by a use case. */
export const webUsesFlows: Rule = (sources) =>
  filesOf(sources).flatMap(([path, { imports }]) =>
    path.startsWith('src/web/')
      ? imports.flatMap((one) => {
          const target = targetOf(path, one);
          return target?.startsWith('src/store/')
            ? [`${path}:${one.line} imports ${target}: ask src/flows/ (reports, say), handed in by WebDeps.`]
            : [];
        })
      : [],
  );

export const rules = {
  layersHold,
  importsAreThere,
  noCircles,
  oneAdapterAPackage,
  builtinsStayInAdapters,
  pureLayersReachNothing,
  environmentInConfigOnly,
  relayAloneFeedsQueues,
  oneWayOfLetters,
  lettersHaveTemplates,
  queuesHaveWorkers,
  sqlLinesAreShort,
  foldersAreSmall,
  sqlFilesAreAClauseALine,
  noRulesInSql,
  businessTablesHaveTheirWriters,
  noOutcomeBehindTheDecision,
  webUsesFlows,
} as const satisfies Record<string, Rule>;
