/**
 * Shows that the harness bites (RELIABILITY "Faults"): the tree is copied, one promise is broken in the copy by a small
 * replacement of text, and a small kill run there has to find it out, for the right reason. First the same faults hit the copy
 * as it is, and nothing may be found. `node test/long/support/saboteurs.ts [name…]` runs all of them, or those named; `none` is the control.
 */
import { spawn } from 'node:child_process';
import { cpSync, readFileSync, symlinkSync, writeFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { bareEnvironment, remove, scratch } from '../../support/process.ts';
import type { KillRun } from './kills.ts';
import type { NoticesRun } from './notices-killed.ts';

type Change = { readonly file: string; readonly from: string; readonly to: string };
export type Saboteur = {
  readonly name: string;
  readonly changes: readonly Change[];
  /** Of mails, or of letters about what ends. */
  readonly run: KillRun | NoticesRun;
  /** What has to be among the broken promises. */
  readonly expects: RegExp;
};

const small = {
  mails: 40,
  kills: 4,
  backend: 'postgres',
  hurry: 'all',
  strikes: ['intake', 'outbound'],
  patience: 30,
} as const satisfies KillRun;
const sending = 'src/flows/letters/send-letter.ts';

/** No sabotage, and every fault that the saboteurs are met with; what was left is brought back by nobody but the sweeper. */
export const control: Saboteur = {
  name: 'none',
  changes: [],
  run: {
    ...small,
    kills: 7,
    hurry: 'ages',
    patience: 60,
    points: {
      inbox: ['after flag'],
      intake: ['stop decided@2'],
      outbound: ['before the mark@2', 'after the mark@2'],
    },
  },
  expects: /^/,
};

export const saboteurs: readonly Saboteur[] = [
  {
    name: 'flag before commit',
    changes: [
      {
        file: 'src/flows/mailboxes/watch-mailbox/read-new.ts',
        from: `    await deps.receive(fetched.mails, { lease });
    const uids = fetched.mails.flatMap(({ origin }) => (origin.kind === 'imap' ? [origin.uid] : []));
`,
        to: `    const uids = fetched.mails.flatMap(({ origin }) => (origin.kind === 'imap' ? [origin.uid] : []));
`,
      },
      {
        file: 'src/flows/mailboxes/watch-mailbox/read-new.ts',
        from: `    await markStored(watching, session, uids);
    await save(batch.at(-1)?.mail.uid ?? upTo);
`,
        // Flags alone lose nothing, as nobody goes by them: the watermark has to go before the commit with them.
        to: `    await save(batch.at(-1)?.mail.uid ?? upTo);
    await markStored(watching, session, uids);
    await deps.receive(fetched.mails, { lease });
`,
      },
    ],
    // I1 alone would prove nothing: a slow machine that has not decided its mails yet breaks it as well.
    run: { ...small, points: { inbox: ['after flag'] } },
    expects: /^I6:/,
  },
  {
    name: "no unique key on a case's mail",
    changes: [
      {
        file: 'src/store/migrations/0001-the-house.ts',
        from: 'opened_by_mail bigint unique references mails',
        to: 'opened_by_mail bigint references mails',
      },
      {
        file: 'src/store/sql/apply_decisions.sql',
        from: `      and x.claimed_by = m.worker
      and x.state || '' = 'new'
    for update of x`,
        to: '    for update of x',
      },
    ],
    run: { ...small, points: { intake: ['stop decided@2'] } },
    expects: /^I2:/,
  },
  {
    name: 'mark sent before 250',
    changes: [
      {
        file: sending,
        from: '      const tried = await traces.ofMail(',
        to: `      const early: SendOutcome = { kind: 'sent', response: '250 surely' };
      const step = await writeDown(letter, early);
      const tried = await traces.ofMail(`,
      },
      {
        file: sending,
        from: `      return { kind: 'tried', outcome, step: await writeDown(letter, outcome) };`,
        to: `      return { kind: 'tried', outcome: early, step };`,
      },
    ],
    run: { ...small, points: { outbound: ['after the mark@2'] } },
    expects: /^I1: .*letters never came/,
  },
  {
    name: 'a new Message-ID a try',
    changes: [
      {
        file: sending,
        from: `raw: openedLetter(deps.vault, letter) });`,
        to: `raw: Buffer.from(openedLetter(deps.vault, letter).toString('latin1').replace(/^Message-ID: </im, (m) => m + (letter.attempts > 1 ? Math.random() + '.' : '')), 'latin1') });`,
      },
    ],
    run: { ...small, points: { outbound: ['before the mark@2'] } },
    expects: /^I4: .*that nobody wrote down/,
  },
  {
    name: 'no sweeper',
    changes: [
      {
        file: 'src/flows/upkeep/sweep.ts',
        from: '  const counts = await',
        to: '  if (deps) return { mails: 0, letters: 0 };\n  const counts = await',
      },
    ],
    // Of letters: a mail that a killed worker had comes back by its job as well, once BullMQ holds that for stalled.
    run: { ...small, hurry: 'ages', patience: 45, points: { outbound: ['before the mark@2'] } },
    expects: /^I5:/,
  },
  {
    name: 'a tick that sends by itself',
    changes: [
      {
        file: 'src/store/changes/schedule/renewals.ts',
        from: `  await take(tx, change, { state: 'sent', reason: null, settled: true });
`,
        to: '',
      },
      {
        file: 'src/flows/renewals/run-renewals.ts',
        from: `  crashPoint('notice inserted');
`,
        // What it has sent it notes when it comes to it, and not with the letter.
        to: `  crashPoint('notice inserted');
  const { sql } = await import('kysely');
  await deps.database.ask((db) => sql\`update renewal_steps set state = 'sent', settled_at = now() where id = \${renewal}::bigint\`.execute(db));
`,
      },
    ],
    run: { notices: 60, kills: 4, hurry: true, patience: 30 },
    expects: /^I3: .*told twice/,
  },
];

const home = resolve(import.meta.dirname, '..', '..', '..');
const copied = ['src', 'workers', 'test', 'templates', 'bin', 'docs', 'package.json', 'tsconfig.json'];

function copyOfTree(): string {
  const folder = scratch('saboteur');
  for (const part of copied) cpSync(join(home, part), join(folder, part), { recursive: true });
  symlinkSync(join(home, 'node_modules'), join(folder, 'node_modules'));
  return folder;
}

function apply(folder: string, { file, from, to }: Change): void {
  const path = join(folder, file);
  const text = readFileSync(path, 'utf8');
  if (text.split(from).length !== 2) throw new Error(`the text to sabotage is not found once in ${file}: ${from}`);
  writeFileSync(
    path,
    text.replace(from, () => to),
  );
}

const runner = (run: KillRun | NoticesRun) => {
  const [name, file] = 'notices' in run ? ['noticesRun', 'notices-killed'] : ['killRun', 'kills'];
  return `import { it } from 'vitest';
import { ${name} } from './support/${file}.ts';
it('kills', async () => {
  const { broken, figures } = await ${name}(${JSON.stringify(run)});
  const { kills = figures.killsOf.scheduler + figures.killsOf.outbound } = figures;
  if (kills === 0) throw new Error('nothing was killed');
  console.log('VERDICT ' + JSON.stringify({ broken, figures }));
}, 400_000);
`;
};
const configuration = `export default { test: { pool: 'forks', include: ['test/long/saboteur.test.ts'], globalSetup: ['test/support/global-setup.ts'], hookTimeout: 120_000 } };
`;

export type Verdict = { readonly caught: boolean; readonly broken: readonly string[] };

/** Throws where the run itself fails. */
export async function tryOut(saboteur: Saboteur): Promise<Verdict> {
  const folder = copyOfTree();
  try {
    for (const change of saboteur.changes) apply(folder, change);
    writeFileSync(join(folder, 'test/long/saboteur.test.ts'), runner(saboteur.run));
    writeFileSync(join(folder, 'saboteur.config.mjs'), configuration);
    const vitest = join(home, 'node_modules', 'vitest', 'vitest.mjs');
    const child = spawn(process.execPath, [vitest, 'run', '--config', 'saboteur.config.mjs'], {
      cwd: folder,
      env: { ...bareEnvironment(), HOME: process.env.HOME },
      stdio: ['ignore', 'pipe', 'pipe'],
    });
    let said = '';
    child.stdout.on('data', (chunk) => (said += String(chunk)));
    child.stderr.on('data', (chunk) => (said += String(chunk)));
    await new Promise((done) => child.once('exit', done));
    const verdict = /VERDICT (\{.*\})/.exec(said)?.[1];
    if (!verdict) throw new Error(`${saboteur.name}: the run came to no verdict\n${said.slice(-3_000)}`);
    const { broken } = JSON.parse(verdict) as { broken: string[] };
    return { caught: broken.some((one) => saboteur.expects.test(one)), broken };
  } finally {
    remove(folder);
  }
}

if (import.meta.main) {
  const named = process.argv.slice(2);
  for (const one of [control, ...saboteurs].filter(({ name }) => named.length === 0 || named.includes(name))) {
    const began = performance.now();
    const { caught, broken } = await tryOut(one);
    const said = one === control ? (caught ? 'NOT GREEN' : 'green') : caught ? 'caught' : 'NOT CAUGHT';
    console.log(`${said}: ${one.name} (${((performance.now() - began) / 1000).toFixed(0)} s): ${broken.join('; ')}`);
    if (caught === (one === control)) process.exitCode = 1;
  }
}
