/** Keeps ARCHITECTURE.md true. Each rule is proved by planted violations: one that never turns red keeps nothing. */
import { globSync, readFileSync } from 'node:fs';
import { resolve } from 'node:path';
import { describe, expect, it } from 'vitest';
import { layers, longSql, otherWriters, outcomesNamed } from './architecture/layers.ts';
import { filesOf, moduleOf, rules, type Sources } from './architecture/rules.ts';

const top = resolve(import.meta.dirname, '..');
const read = (...patterns: string[]): Sources =>
  Object.fromEntries(globSync(patterns, { cwd: top }).map((path) => [path, readFileSync(resolve(top, path), 'utf8')]));

const sources = read(
  'src/**/*.{ts,mts,mjs,js}',
  'src/store/sql/*',
  'workers/*.{ts,mts,mjs,js}',
  'bin/*.mjs',
  'templates/**/*.*',
);

/** Sources in which every rule is kept. */
const sound: Sources = {
  'src/foundation/ids.ts': "export const one = '1';",
  'src/mail/read.ts':
    "import { one } from '../foundation/ids.ts';\nexport const read = (at: Date) => [one, new Date(at)];",
  'src/mail/mime/parse.ts': "import { simpleParser } from 'mailparser';\nexport const parse = simpleParser;",
  'src/registry/site.ts': "export const roles = ['primary', 'licence user'];",
  'src/changes/outcome.ts':
    "export const outcomes = { 'case-opened': {}, 'held-unknown': {}, duplicate: {} } as const;",
  'src/store/sql/ask.sql': "-- held: one a line.\nselect a\nfrom b\nwhere c in (select d from e where f = 'new');\n",
  'src/intake/decide.ts': "import { createHmac } from 'node:crypto';\nexport const decide = createHmac;",
  'src/outbound/letter.ts': 'export const letterTemplates = { receipt: { auto: true } } as const satisfies object;',
  'src/queues/definitions.ts': "export const queueNames = ['intake'] as const;",
  'src/queues/producer.ts': 'export const producer = { async addMany(jobs: string[]) { return jobs; } };',
  'src/store/intake/mails.ts':
    "import pg from 'pg';\nexport const mails = (again: boolean) => [pg, again ? 'duplicate' : 'stored'];",
  'src/flows/upkeep/relay-outbox.ts':
    "import type { producer } from '../../queues/producer.ts';\nexport const relay = (p: typeof producer) => p.addMany([]);",
  'src/config/settings.ts': 'export const settings = process.env.X;',
  'workers/intake.ts': "export const start = (queues: any) => queues.consume('intake', () => {});",
  'templates/en/receipt.md': 'Thank you.',
};

type Plant = readonly [rule: keyof typeof rules, story: string, plant: Sources, says: string];

const plants: readonly Plant[] = [
  [
    'layersHold',
    'an import up',
    { 'src/mail/x.ts': "import { decide } from '../intake/decide.ts';\ndecide;" },
    'up from layer 1 to 6',
  ],
  [
    'layersHold',
    'a type-only import up',
    { 'src/mail/x.ts': "import type { settings } from '../config/settings.ts';\nexport type X = typeof settings;" },
    'up from layer 1 to 8',
  ],
  [
    'layersHold',
    'an inline type import up',
    { 'src/mail/x.ts': "export type X = import('../intake/decide.ts').Decide;" },
    'up from layer 1 to 6',
  ],
  [
    'layersHold',
    'a re-export from above',
    { 'src/mail/x.ts': "export { decide } from '../intake/decide.ts';" },
    'up from layer 1 to 6',
  ],
  [
    'layersHold',
    'a re-export of everything above',
    { 'src/mail/x.ts': "export * from '../intake/decide.ts';" },
    'up from layer 1 to 6',
  ],
  [
    'layersHold',
    'a dynamic import up',
    { 'src/mail/x.ts': 'await import(`../intake/decide.ts`);' },
    'up from layer 1 to 6',
  ],
  [
    'layersHold',
    'a require up',
    { 'src/mail/x.ts': "const load = createRequire(import.meta.url);\nload('../intake/decide.ts');" },
    'up from layer 1 to 6',
  ],
  [
    'layersHold',
    'the file of a thread above',
    { 'src/mail/x.ts': "new Worker(new URL('../runtime/thread.ts', import.meta.url));" },
    'up from layer 1 to 9',
  ],
  [
    'layersHold',
    'an import sideways',
    { 'src/smtp/x.ts': "import { mails } from '../store/intake/mails.ts';\nmails;" },
    'sideways',
  ],
  [
    'layersHold',
    'flows and config, which stand side by side',
    { 'src/flows/x.ts': "import { settings } from '../config/settings.ts';\nsettings;" },
    'sideways',
  ],
  [
    'layersHold',
    'a module without a layer',
    { 'src/cellar/x.ts': 'export const x = 1;' },
    'is in no module with a layer',
  ],
  ['layersHold', 'a file beside the modules', { 'src/x.ts': 'export const x = 1;' }, 'is in no module with a layer'],
  [
    'layersHold',
    'an import out of the tests',
    { 'src/mail/x.ts': "import '../../test/support/clock.ts';" },
    'outside the layers',
  ],
  [
    'importsAreThere',
    'a file that is not there',
    { 'src/mail/x.ts': "import '../foundation/gone.ts';" },
    'which is not there',
  ],
  [
    'importsAreThere',
    'an import whose name is worked out',
    { 'src/mail/x.ts': "const name = '../intake/decide.ts';\nawait import(name);" },
    'only known at run time',
  ],
  [
    'noCircles',
    'two files that import each other',
    { 'src/mail/a.ts': "import './b.ts';", 'src/mail/b.ts': "import './a.ts';" },
    'is a circle',
  ],
  [
    'noCircles',
    'a circle by way of a re-export and a dynamic import',
    {
      'src/mail/a.ts': "export * from './b.ts';",
      'src/mail/b.ts': "import './c.ts';",
      'src/mail/c.ts': "await import('./a.ts');",
    },
    'src/mail/a.ts → src/mail/b.ts → src/mail/c.ts → src/mail/a.ts',
  ],
  [
    'noCircles',
    'a circle of which one half is a type',
    {
      'src/intake/rules/a.ts': "import type { Rule } from '../b.ts';\nexport const a: Rule = () => null;",
      'src/intake/b.ts': "import { a } from './rules/a.ts';\nexport type Rule = () => null;\nexport const rules = [a];",
    },
    'src/intake/rules/a.ts → src/intake/b.ts → src/intake/rules/a.ts',
  ],
  [
    'noCircles',
    'two files that name only types of each other, one of them inline',
    {
      'src/mail/a.ts': "import { type B } from './b.ts';\nexport type A = { b: B };",
      'src/mail/b.ts': "export type B = { a: import('./a.ts').A };",
    },
    'is a circle',
  ],
  [
    'oneAdapterAPackage',
    'a library outside its adapter',
    { 'src/mail/x.ts': "import { simpleParser } from 'mailparser';\nsimpleParser;" },
    'go through its adapter (src/mail/mime/parse.ts)',
  ],
  [
    'oneAdapterAPackage',
    'the types of a library outside its adapter',
    { 'src/flows/x.ts': "import type { Queue } from 'bullmq';\nexport type X = Queue;" },
    'go through its adapter',
  ],
  [
    'oneAdapterAPackage',
    'a file deep in a library',
    { 'src/flows/x.ts': "import Composer from 'nodemailer/lib/mail-composer/index.js';\nComposer;" },
    'imports nodemailer: go through',
  ],
  [
    'oneAdapterAPackage',
    'a library of a scope, required',
    { 'src/flows/x.ts': "createRequire(import.meta.url)('@hono/node-server');" },
    'imports @hono/node-server: go through',
  ],
  [
    'oneAdapterAPackage',
    'a library nobody spoke about',
    { 'src/mail/x.ts': "import 'left-pad';" },
    'which has no adapter',
  ],
  [
    'builtinsStayInAdapters',
    'files read by a flow',
    { 'src/flows/x.ts': "import { readFile } from 'node:fs/promises';\nreadFile;" },
    'imports node:fs',
  ],
  [
    'builtinsStayInAdapters',
    'a network connection of a worker',
    { 'workers/x.ts': "import net from 'net';\nnet;" },
    'imports node:net',
  ],
  [
    'pureLayersReachNothing',
    'the clock',
    { 'src/intake/x.ts': 'export const x = () => Date.now();' },
    'the time is handed in',
  ],
  [
    'pureLayersReachNothing',
    'a date of now',
    { 'src/intake/x.ts': 'export const x = () => new Date();' },
    'the time is handed in',
  ],
  [
    'pureLayersReachNothing',
    'the clock of Temporal',
    { 'src/calendar/x.ts': 'export const x = Temporal.Now.instant();' },
    'the time is handed in',
  ],
  [
    'pureLayersReachNothing',
    'the clock by a detour',
    { 'src/intake/x.ts': "export const x = () => globalThis['Date'].now();" },
    'the time is handed in',
  ],
  ['pureLayersReachNothing', 'chance', { 'src/cases/x.ts': 'export const x = Math.random();' }, 'handed in'],
  [
    'pureLayersReachNothing',
    'a random id',
    { 'src/outbound/x.ts': "import { randomUUID } from 'node:crypto';\nrandomUUID();" },
    'randomUUID',
  ],
  [
    'pureLayersReachNothing',
    'all of crypto at once',
    { 'src/outbound/x.ts': "import * as crypto from 'node:crypto';\ncrypto;" },
    'by name',
  ],
  [
    'pureLayersReachNothing',
    'the environment',
    { 'src/registry/x.ts': 'export const x = process.env.TZ;' },
    'comes in through the policy',
  ],
  [
    'pureLayersReachNothing',
    'the network',
    { 'src/mail/x.ts': "export const x = () => fetch('http://localhost');" },
    'handed in as facts',
  ],
  ['pureLayersReachNothing', 'waiting', { 'src/mail/x.ts': 'setTimeout(() => {}, 10);' }, 'does not wait'],
  [
    'pureLayersReachNothing',
    'files',
    { 'src/outbound/x.ts': "import { readFileSync } from 'node:fs';\nreadFileSync;" },
    'reaches nothing',
  ],
  [
    'pureLayersReachNothing',
    'names of hosts',
    { 'src/mail/x.ts': "import { resolve } from 'node:dns/promises';\nresolve;" },
    'reaches nothing',
  ],
  [
    'environmentInConfigOnly',
    'a variable read by an adapter',
    { 'src/store/x.ts': 'export const x = process.env.DATABASE_URL;' },
    'only config/ knows',
  ],
  [
    'environmentInConfigOnly',
    'a variable read by a detour',
    { 'src/web/x.ts': "export const x = process['env']['PORT'];" },
    'only config/ knows',
  ],
  [
    'environmentInConfigOnly',
    'the environment taken out of the process',
    { 'src/cli/x.ts': 'const { env } = process;\nenv;' },
    'only config/ knows',
  ],
  [
    'environmentInConfigOnly',
    'the process as a module',
    { 'src/runtime/x.ts': "import { env } from 'node:process';\nenv;" },
    'only config/ knows',
  ],
  [
    'relayAloneFeedsQueues',
    'a flow that fills a queue',
    { 'src/flows/x.ts': 'export const x = (deps: any) => deps.producer.addMany([]);' },
    'write an outbox row',
  ],
  [
    'relayAloneFeedsQueues',
    'a worker that fills a queue of its own making',
    { 'workers/x.ts': 'export const x = (make: any) => make().addMany([]);' },
    'write an outbox row',
  ],
  [
    'relayAloneFeedsQueues',
    'the method taken out of the producer',
    { 'src/runtime/x.ts': 'export const x = ({ addMany }: any) => addMany([]);' },
    'write an outbox row',
  ],
  [
    'oneWayOfLetters',
    'a flow that inserts letters itself',
    {
      'src/store/letters/letters.ts': 'export const insertLetters = 1;',
      'src/flows/x.ts': "import { insertLetters } from '../store/letters/letters.ts';\ninsertLetters;",
    },
    'hand planned letters to sendLetters',
  ],
  [
    'oneWayOfLetters',
    'a flow that finishes letters under another name',
    {
      'src/flows/letters/write-letters.ts': 'export const finishLetters = 1;',
      'src/flows/x.ts': "import { finishLetters as make } from './write-letters.ts';\nmake;",
    },
    'hand planned letters to sendLetters',
  ],
  [
    'lettersHaveTemplates',
    'a letter without a template',
    { 'src/outbound/letter.ts': "export const letterTemplates = { receipt: {}, 'pin-needed': {} };" },
    'write templates/en/pin-needed.md',
  ],
  [
    'lettersHaveTemplates',
    'a template without a letter',
    { 'templates/de/welcome.md': 'Hallo' },
    'belongs to no letter',
  ],
  [
    'lettersHaveTemplates',
    'letters that are kept elsewhere',
    { 'src/outbound/letter.ts': 'export {};' },
    'lists no letters',
  ],
  [
    'queuesHaveWorkers',
    'a queue that nobody empties',
    { 'src/queues/definitions.ts': "export const queueNames = ['intake', 'notices'] as const;" },
    'Nothing takes from the queue notices',
  ],
  [
    'queuesHaveWorkers',
    'queues that are kept elsewhere',
    { 'src/queues/definitions.ts': 'export {};' },
    'lists no queues',
  ],
  [
    'sqlLinesAreShort',
    'a statement on one line',
    { 'src/store/x.ts': `export const x = sql\`\n  select ${'column, '.repeat(20)} 1\`;` },
    'src/store/x.ts:2 is longer than 120 columns',
  ],
  [
    'sqlLinesAreShort',
    'a fragment in a folder of its own',
    { 'src/store/facts/x.ts': `// ${'a comment '.repeat(20)}\nexport const x = sql\`${'a, '.repeat(50)}\`;` },
    'src/store/facts/x.ts:2 is longer than 120 columns',
  ],
  [
    'sqlLinesAreShort',
    'a file that is short by now',
    { [longSql[0] ?? '']: 'export const x = 1;' },
    'take it out of `longSql`',
  ],
  [
    'sqlFilesAreAClauseALine',
    'two clauses on one line',
    { 'src/store/sql/x.sql': 'select a from b\nwhere c;\n' },
    'src/store/sql/x.sql:1 has two clauses',
  ],
  [
    'sqlFilesAreAClauseALine',
    'a clause behind a subquery',
    { 'src/store/sql/x.sql': 'select a\nfrom (select b from c) d where e\nlimit 1;\n' },
    'src/store/sql/x.sql:2 has two clauses',
  ],
  [
    'noRulesInSql',
    'an outcome that is compared with',
    { 'src/store/x.ts': "export const x = sql`\n  select 1 from mails where outcome = 'case-opened'`;" },
    "src/store/x.ts:2 compares with 'case-opened'",
  ],
  [
    'noRulesInSql',
    'a role in a list, behind a hole',
    { 'src/store/x.ts': `export const x = sql\`select \${1} where role in ('nobody', 'licence user')\`;` },
    "compares with 'licence user'",
  ],
  [
    'noRulesInSql',
    'outcomes by what they begin with, in a function of the database',
    { 'src/store/sql/x.sql': "select a\nfrom b\nwhere outcome like 'held-%';\n" },
    "src/store/sql/x.sql:3 compares with 'held-%'",
  ],
  [
    'noRulesInSql',
    'hours and days',
    { 'src/store/x.ts': "export const x = sql`select now() - interval '24 hours'`;" },
    "has interval '24 hours'",
  ],
  [
    'noRulesInSql',
    'a sentence',
    { 'src/store/x.ts': "export const x = sql`update letters set why = 'stopped by a person'`;" },
    'has the sentence',
  ],
  [
    'noRulesInSql',
    'names that are kept elsewhere',
    { 'src/registry/site.ts': 'export {};', 'src/changes/outcome.ts': 'export const outcomes = {};' },
    'lists no names',
  ],
  [
    'businessTablesHaveTheirWriters',
    'an exception that is needed no more',
    { [Object.keys(otherWriters)[0] ?? '']: 'export const x = sql`select 1 from mails`;' },
    'take it out of `otherWriters`',
  ],
  [
    'businessTablesHaveTheirWriters',
    'a case that is written past the changes',
    { 'src/store/x.ts': 'export const x = sql`\n  update cases set status = 1`;' },
    'src/store/x.ts:2 writes cases',
  ],
  [
    'businessTablesHaveTheirWriters',
    'a row that is taken away',
    { 'src/store/facts/x.ts': 'export const x = sql`with gone as (delete from pins returning id) select 1`;' },
    'writes pins',
  ],
  [
    'noOutcomeBehindTheDecision',
    'a flow that looks at the outcome',
    { 'src/flows/x.ts': "export const x = (one: any) => one.outcome === 'case-opened';" },
    'src/flows/x.ts:1 names the outcome case-opened',
  ],
  [
    'noOutcomeBehindTheDecision',
    'a type of outcomes in the store',
    { 'src/store/changes/x.ts': "export type X = 'held-unknown' | null;" },
    'names the outcome held-unknown',
  ],
  [
    'noOutcomeBehindTheDecision',
    'an outcome handed to a statement',
    { 'src/store/x.ts': "export const x = (outcome: any) => ['select', outcome('held-unknown')];" },
    'names the outcome held-unknown',
  ],
  [
    'noOutcomeBehindTheDecision',
    'an exception that is needed no more',
    { [Object.keys(outcomesNamed)[0] ?? '']: 'export const x = 1;' },
    'take it out of `outcomesNamed`',
  ],
  [
    'foldersAreSmall',
    'sixteen files in one folder',
    Object.fromEntries(Array.from({ length: 16 }, (_, at) => [`src/calendar/x${at}.ts`, 'export {};'])),
    'src/calendar holds 16 files',
  ],
  [
    'foldersAreSmall',
    'sixteen files in a folder of a folder',
    Object.fromEntries(Array.from({ length: 16 }, (_, at) => [`src/store/mail/x${at}.ts`, 'export {};'])),
    'src/store/mail holds 16 files',
  ],
  [
    'webUsesFlows',
    'a route that asks the database itself',
    { 'src/web/api/x.ts': "import { mails } from '../../store/intake/mails.ts';\nmails;" },
    'src/web/api/x.ts:1 imports src/store/intake/mails.ts: ask src/flows/',
  ],
  [
    'webUsesFlows',
    'a page that names a type of the store',
    { 'src/web/x.ts': "export type X = import('../store/intake/mails.ts').Mail;" },
    'handed in by WebDeps',
  ],
];

const everyRule = Object.keys(rules) as (keyof typeof rules)[];

describe('the sources', () => {
  it('are seen: every file, every module, and what they import', () => {
    const modules = filesOf(sources);
    expect(modules.length).toBeGreaterThan(100);
    for (const module of ['src/mail', 'src/intake', 'src/outbound', 'src/store', 'src/queues', 'src/flows', 'workers'])
      expect(modules.filter(([path]) => moduleOf(path) === module).length, module).toBeGreaterThan(2);
    expect(modules.flatMap(([, { imports }]) => imports).length).toBeGreaterThan(300);
    expect(Object.keys(sources).filter((path) => path.startsWith('templates/en/')).length).toBeGreaterThan(3);
    const empty = modules.filter(
      ([path, { imports, mentions }]) => imports.length + mentions.length === 0 && sources[path],
    );
    expect(empty.map(([path]) => path).filter((path) => /\b(?:import|const)\b/.test(sources[path] ?? ''))).toEqual([]);
  });

  it('have every layer in ARCHITECTURE.md', () => {
    const plan = readFileSync(resolve(top, 'ARCHITECTURE.md'), 'utf8');
    const there = new Set(Object.keys(sources).flatMap((path) => moduleOf(path) ?? []));
    for (const module of there) expect(plan, `${module} (layer ${layers[module]})`).toContain(`${module}/`);
  });

  it.each(everyRule)('keep the rule %s', (rule) => {
    expect(rules[rule](sources)).toEqual([]);
  });
});

describe('a rule that cannot turn red keeps nothing', () => {
  it.each(everyRule)('%s finds nothing in sound sources, and has violations planted below', (rule) => {
    expect(rules[rule](sound)).toEqual([]);
    expect(plants.filter(([planted]) => planted === rule).length).toBeGreaterThan(1);
  });

  it.each(plants)('%s finds %s', (rule, _story, plant, says) => {
    const found = rules[rule]({ ...sound, ...plant });
    expect(found).toHaveLength(1);
    expect(found[0]).toContain(says);
  });

  it('is not misled by comments, strings, names of properties and what is handed in', () => {
    const quiet = {
      'src/mail/x.ts': [
        "// import '../intake/decide.ts'; Date.now()",
        'export const text = "import \'../intake/decide.ts\'";',
        'export type Clock = { now: Date; process: string; fetch(): void };',
        'export const at = (clock: Clock) => [clock.now, clock.process, new Date(0), { process: 1, fetch: 2 }];',
      ].join('\n'),
    };
    for (const rule of everyRule) expect(rules[rule]({ ...sound, ...quiet }), rule).toEqual([]);
  });
});
