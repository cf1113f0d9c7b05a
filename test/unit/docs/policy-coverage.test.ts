/** Keeps docs/policy-coverage.md true: whoever builds a rule, or takes a test away, is told to look at the page. */
import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { resolve } from 'node:path';
import { describe, expect, it } from 'vitest';
import { commandNames } from '../../../src/intake/commands/commands.ts';
import { type Point, readCoverage } from './coverage.ts';
import { hasTitle, type Titles, titlesOf } from './titles.ts';

const top = resolve(import.meta.dirname, '../../..');
const mails = resolve(top, 'test/fixtures/mail');

const rows = Array.from({ length: 19 }, (_, n) => `r${n}`).flatMap((row) =>
  row === 'r13' || row === 'r16' ? [row, `${row}a`] : [row],
);
const paragraphs = [
  'Letters, how many',
  'The neutral receipt',
  'Guessing',
  'Held mail',
  'The PIN in the subject',
  'The case number',
  'A good report',
];
const commands = [
  'HELP',
  'PIN',
  'PIN PRIVILEGED',
  'CASES',
  'STATUS',
  'CLOSE',
  'REOPEN',
  'ESCALATE',
  'SEVERITY',
  'USERS',
  'ADD',
  'REMOVE',
  'ROLE',
  'PRIVILEGE',
  'CONTACTS',
  'CONTACTS CONFIRM',
  'LICENCES',
  'REGISTER',
  'UPGRADE',
  'UNSUBSCRIBE',
];
const trust = ['11.1', '11.2', '11.3', '11.4', '11.5', '11.6', '11.7', '11.8'];

type Sources = {
  /** Titles of a file below `test/`; null where it is not there. */
  readonly titles: (file: string) => Titles | null;
  /** The row of §3 that decides a mail of test/fixtures/mail; null where it is not there. */
  readonly ruleOf: (mail: string) => string | null;
  /** Rows that decide some mail, and commands that are done. */
  readonly built: ReadonlySet<string>;
};

/** All that is wrong with the page, one plain sentence each. */
function faultsOf(points: readonly Point[], sources: Sources): string[] {
  const keys = points.map((point) => point.key);
  const missing = [...rows, ...paragraphs, ...commands, ...trust].filter((key) => !keys.includes(key));
  const twice = keys.filter((key, i) => keys.indexOf(key) !== i);
  const ofPoint = ({ key, claims }: Point): string[] => {
    const shown = claims.filter((one) => !one.later);
    const { built } = sources;
    const isBuilt = built.has(key);
    return [
      ...(claims.length === 0 ? [`${key} claims nothing`] : []),
      ...(isBuilt && shown.length === 0 ? [`${key} is built, and the page says that it comes later`] : []),
      ...(rows.includes(key) && isBuilt && !shown.some((one) => one.mails.some((mail) => sources.ruleOf(mail) === key))
        ? [`${key} names no mail that it decides`]
        : []),
      ...([...rows, ...commands].includes(key) && !isBuilt && shown.length > 0
        ? [`${key} is not built, and the page shows it`]
        : []),
      ...claims.flatMap((one) => [
        ...(one.fault ? [`${key}, "${one.claim}" ${one.fault}`] : []),
        ...one.mails.filter((mail) => sources.ruleOf(mail) === null).map((mail) => `${key}: there is no mail ${mail}`),
        ...one.tests.flatMap(({ file, title }) => {
          const titles = sources.titles(file);
          if (!titles) return [`${key}: there is no file ${file}`];
          return hasTitle(titles, title) ? [] : [`${key}: ${file} has no test "${title}"`];
        }),
      ]),
    ];
  };
  return [
    ...missing.map((key) => `${key} is missing`),
    ...twice.map((key) => `${key} is there twice`),
    ...points.flatMap(ofPoint),
  ];
}

const read = new Map<string, Titles | null>();
function titles(file: string): Titles | null {
  const path = resolve(top, 'test', file);
  if (!read.has(file)) read.set(file, existsSync(path) ? titlesOf(readFileSync(path, 'utf8')) : null);
  return read.get(file) ?? null;
}

const decided = new Map(
  readdirSync(mails)
    .filter((name) => name.endsWith('.decision.json'))
    .map((name) => {
      const { rule } = JSON.parse(readFileSync(resolve(mails, name), 'utf8')) as { rule: string };
      return [name.slice(0, -'.decision.json'.length), rule] as const;
    }),
);

const here: Sources = {
  titles,
  ruleOf: (mail) => decided.get(mail) ?? null,
  built: new Set<string>([...decided.values(), ...commandNames]),
};
const page = readFileSync(resolve(top, 'docs/policy-coverage.md'), 'utf8');

describe('docs/policy-coverage.md', () => {
  it('shows every row, paragraph, command and point by tests that are there, or says that it comes later', () => {
    expect(faultsOf(readCoverage(page), here)).toEqual([]);
  });

  it('speaks of much, so that what it is checked by cannot be empty', () => {
    const claims = readCoverage(page).flatMap((point) => point.claims);
    expect(claims.length).toBeGreaterThan(130);
    expect(claims.flatMap((one) => one.tests).length).toBeGreaterThan(100);
    expect(new Set(claims.flatMap((one) => one.mails)).size).toBeGreaterThan(150);
  });

  const policy = resolve(top, 'docs/POLICY.md');
  it('has the rows, paragraphs, commands and points that the policy has', () => {
    const text = readFileSync(policy, 'utf8');
    const part = (n: number) =>
      text
        .split(/^## /m)
        .find((one) => one.startsWith(`${n}. `))
        ?.replace(/^.*/, '') ?? '';
    expect([...part(3).matchAll(/^\| (r[0-9]+a?) \|/gm)].map((found) => found[1])).toEqual(rows);
    const bold = [...part(3).matchAll(/^(?:\*\*([^*]+?)\.?\*\*|### (.+)$)/gm)].map((found) => found[1] ?? found[2]);
    expect(bold).toEqual(paragraphs);
    const words = [...part(7).matchAll(/`([A-Z]+(?: [A-Z]+)?)(?: <[^`]*)?`/g)].map((found) => found[1]);
    expect(words).toEqual(commands);
    expect([...part(11).matchAll(/^([0-9]+)\. /gm)].map((found) => `11.${found[1]}`)).toEqual(trust);
  });
});

describe('a page that is not true', () => {
  const tests = titlesOf(`
    describe('a group', () => {
      it('does one thing', () => {});
      it.skip('is left out', () => {});
      it.todo('is to come');
      // it('is a comment', () => {});
      it.each([['red'], ['blue']])('is %s', () => {});
    });
    describe.skip('off', () => { it('sleeps', () => {}); });
    it(\`counts \${many}\`, () => {});
  `);
  const sources: Sources = {
    titles: (file) => (file === 'unit/a.test.ts' ? tests : null),
    ruleOf: (mail) => (/^r[0-9]+$/.test(mail) ? mail : null),
    built: new Set(['r1', 'HELP']),
  };
  const all = [...rows, ...paragraphs, ...commands, ...trust];
  const sound = Object.fromEntries(all.map((key) => [key, '- It is kept → comes later']));
  const withPoints = (more: Record<string, string>) =>
    Object.entries({
      ...sound,
      r1: '- It is kept → `r1`; `unit/a.test.ts` “does one thing”',
      HELP: '- It is kept → `unit/a.test.ts` “a group › does one thing”',
      ...more,
    })
      .map(([key, text]) => `### ${key}: as it is named\n\n${text}\n`)
      .join('\n');
  const faults = (more: Record<string, string>) => faultsOf(readCoverage(withPoints(more)), sources);

  it('is told from one that is', () => {
    expect(faults({})).toEqual([]);
    expect(
      faults({ r1: '- A claim\n  over two lines →\n  `r1`,\n  `unit/a.test.ts` “is blue” “is %s” “counts %s”' }),
    ).toEqual([]);
  });

  it.each([
    ['nothing is claimed', { Guessing: '' }, 'Guessing claims nothing'],
    ['a claim without an arrow', { '11.1': '- It is kept' }, '11.1, "It is kept" has no arrow, or several'],
    ['nothing behind the arrow', { '11.1': '- It is kept → ' }, 'has neither a test nor "comes later"'],
    ['words behind the arrow', { '11.1': '- It is kept → of course' }, 'cannot be read: of course'],
    ['a title without a file', { '11.1': '- It is kept → “does one thing”' }, 'stands behind no file'],
    [
      'a file that is gone',
      { '11.1': '- Kept → `unit/b.test.ts` “does one thing”' },
      'there is no file unit/b.test.ts',
    ],
    [
      'a title that is gone',
      { '11.1': '- Kept → `unit/a.test.ts` “does two things”' },
      'has no test "does two things"',
    ],
    ['a test that is skipped', { '11.1': '- Kept → `unit/a.test.ts` “is left out”' }, 'has no test "is left out"'],
    ['a test that is to come', { '11.1': '- Kept → `unit/a.test.ts` “is to come”' }, 'has no test "is to come"'],
    ['a group that is skipped', { '11.1': '- Kept → `unit/a.test.ts` “sleeps”' }, 'has no test "sleeps"'],
    ['a test in a comment', { '11.1': '- Kept → `unit/a.test.ts` “is a comment”' }, 'has no test "is a comment"'],
    ['a case that is none of them', { '11.1': '- Kept → `unit/a.test.ts` “is green”' }, 'has no test "is green"'],
    ['a mail that is gone', { '11.1': '- Kept → `lost-mail`' }, 'there is no mail lost-mail'],
    ['a row by mails of other rows', { r1: '- Kept → `r2`' }, 'r1 names no mail that it decides'],
    ['a row that was built', { r1: '- Kept → comes later' }, 'r1 is built, and the page says that it comes later'],
    ['a command that was built', { HELP: '- Kept → comes later' }, 'HELP is built'],
    ['a command that is not', { ROLE: '- Kept → `r1`' }, 'ROLE is not built, and the page shows it'],
  ])('by %s', (_, more, says) => {
    expect(faults(more as Record<string, string>).join('\n')).toContain(says);
  });

  it.each(all)('by %s, where it is missing', (key) => {
    const points = readCoverage(withPoints({})).filter((point) => point.key !== key);
    expect(faultsOf(points, sources)).toEqual([`${key} is missing`]);
  });
});
