/**
 * Writes docs/troubleshooting.md: breaks a set-up in every way an operator meets and keeps what Postern says of it.
 *
 *     npm run troubleshooting              all of it, and the page
 *     npm run troubleshooting -- --check   all of it; fails where the page says something else, or where a fault does not name variable and cure
 *
 * The servers are real and on the loopback: Dovecot, Redis, PostgreSQL, SMTP. Ports and folders are shown by names, so that the page stays the same.
 */
import { spawn } from 'node:child_process';
import { mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { remove, scratch } from '../../test/support/process.ts';
import { type Break, breaks } from './broken-setups.ts';
import { openServers, type Servers } from './servers.ts';

const home = resolve(import.meta.dirname, '..', '..');
const page = join(home, 'docs', 'troubleshooting.md');

const literal = (text: string): string => text.replace(/[.*+?^${}()|[\]\\]/g, '\\$&');

/** What a run printed, with the names of this run's ports and folders taken out. */
function readable(text: string, folder: string, names: ReadonlyMap<string, string>): string {
  let out = text.replaceAll('\r', '').replaceAll(folder, '/srv/postern').replaceAll(home, '/opt/postern');
  for (const [value, name] of names) out = out.replace(new RegExp(`(?<!\\d)${literal(value)}(?!\\d)`, 'g'), name);
  return out.replace(/\(process \d+\)/g, '(process N)').trimEnd();
}

/** Ends by itself, or is ended once it has said what it has to say. */
function run(folder: string, args: readonly string[], env: Record<string, string>, until?: RegExp): Promise<string> {
  return new Promise((done) => {
    const child = spawn(process.execPath, [join(home, 'bin', 'postern.mjs'), ...args], {
      cwd: folder,
      env: { PATH: process.env.PATH ?? '', HOME: folder, NO_COLOR: '1', LOG_LEVEL: 'silent', ...env },
      stdio: ['ignore', 'pipe', 'pipe'],
    });
    let said = '';
    const stop = () => child.kill('SIGTERM');
    const timer = setTimeout(stop, 40_000);
    for (const stream of [child.stdout, child.stderr])
      stream.on('data', (data) => {
        said += data;
        if (until?.test(said)) stop();
      });
    child.once('close', () => {
      clearTimeout(timer);
      done(said);
    });
  });
}

/** Of `doctor` only what it complains of: the rest of a broken set-up is not what this is about. */
function complaints(said: string, about: RegExp): string {
  const kept: string[] = [];
  let keep = false;
  for (const line of said.split('\n')) {
    if (/^[✓✗!] /.test(line)) keep = !line.startsWith('✓') && about.test(line);
    if (keep) kept.push(line);
  }
  return kept.join('\n');
}

type Shown = { readonly what: Break; readonly command: string; readonly said: string };

async function show(what: Break, servers: Servers): Promise<Shown> {
  const folder = scratch('broken');
  try {
    const { env, yaml, dotenv, files, args, until } = await what.setUp(servers, folder);
    for (const [name, text] of Object.entries(files ?? {})) {
      mkdirSync(join(folder, name, '..'), { recursive: true });
      writeFileSync(join(folder, name), text);
    }
    if (yaml !== undefined) writeFileSync(join(folder, 'postern.yaml'), yaml);
    const all = { ...servers.sound(), ...env };
    // Without quotes, as .env.example has it and people write it.
    const lines = Object.entries({ ...all, ...dotenv }).map(([name, value]) => `${name}=${value}`);
    writeFileSync(join(folder, '.env'), `${lines.join('\n')}\n`);
    const said = readable(await run(folder, args, {}, until), folder, servers.names);
    return {
      what,
      command: `npx postern ${args.join(' ')}`,
      said: args[0] === 'doctor' ? complaints(said, what.about) : said,
    };
  } finally {
    await what.mend?.(servers);
    remove(folder);
  }
}

/** Every answer names what to mend, and none shows the inside of a library. */
function faultsOf({ what, said }: Shown): string[] {
  const faults: string[] = [];
  if (said.trim() === '') faults.push('nothing was said');
  if (!what.names.test(said)) faults.push(`it does not name ${what.names.source}`);
  if (/\bat .*\.(?:js|ts):\d+|node:internal|\bE[A-Z]{4,}\b.*errno|\[object|undefined/.test(said))
    faults.push('it shows the inside of a program');
  return faults.map((fault) => `${what.title}: ${fault}\n${said.replace(/^/gm, '    ')}`);
}

const head = `# Troubleshooting

What Postern says when something is missing or broken, and what to do. Written by \`npm run troubleshooting\`, which breaks a set-up in each of these ways; look for the words that you see.

\`npx postern doctor\` tries everything that is set up. ✓ is well, ✗ has to be mended, ! should be known. Where it is not enough: [operating.md](operating.md).
`;

const servers = await openServers();
const shown: Shown[] = [];
try {
  for (const what of breaks) {
    process.stderr.write(`  ${what.title}\n`);
    shown.push(await show(what, servers));
  }
} finally {
  await servers.close();
}
const sections = [...new Set(breaks.map((one) => one.section))];
const text = `${head}${sections
  .map((section) => {
    const entries = shown.filter((one) => one.what.section === section);
    return `\n## ${section}\n${entries.map(({ what, command, said }) => `\n### ${what.title}\n\n\`${command}\`\n\n\`\`\`\n${said}\n\`\`\`\n`).join('')}`;
  })
  .join('')}`;
const faults = shown.flatMap(faultsOf);
if (process.argv.includes('--check')) {
  if (readFileSync(page, 'utf8') !== text)
    faults.push('docs/troubleshooting.md says something else: run npm run troubleshooting');
} else writeFileSync(page, text);
for (const fault of faults) process.stdout.write(`FAULT ${fault}\n`);
process.stdout.write(`${shown.length - faults.length} passed, ${faults.length} failed\n`);
process.exitCode = faults.length > 0 ? 1 : 0;
