/** Announcements and releases: `postern announce check|start|pause|resume|cancel FILE`, `postern announce list` (POLICY §10.6). */
import { readFile } from 'node:fs/promises';
import { basename } from 'node:path';
import type { Command } from 'commander';
import type { AnyAct } from '../../acts/act.ts';
import { readAnnouncement } from '../../acts/announcements/read-file.ts';
import { takeBackAddress } from '../../acts/announcements/send-announcement.ts';
import {
  cancelAnnouncement,
  pauseAnnouncement,
  resumeAnnouncement,
  startAnnouncement,
} from '../../acts/announcements/turn-announcement.ts';
import { writeAnnouncement } from '../../acts/announcements/write-announcement.ts';
import { audienceIn } from '../../changes/announcements/announcements.ts';
import { perform } from '../../flows/acts/perform.ts';
import { showAnnouncement } from '../../flows/announcements/show-announcement.ts';
import type { App } from '../../runtime/app.ts';
import { listAnnouncements } from '../../store/announcements/list-announcements.ts';
import { actCommand, comesTo } from '../acts/act-command.ts';
import { withApp } from '../open.ts';
import { confirmed, fail, print, printJson, table } from '../output/terminal.ts';
import { printSentence, readableTimes } from '../output/times.ts';

type Flags = { dryRun?: boolean; as?: string; json?: boolean; yes?: boolean };

/** Its text, and the name where the file gives none. Null: it has been said what is wrong. */
async function fileOf(path: string): Promise<{ text: string; name: string } | null> {
  try {
    const text = await readFile(path, 'utf8');
    return {
      text,
      name: basename(path)
        .replace(/\.[a-z]+$/i, '')
        .replace(/[^A-Za-z0-9._-]+/g, '-'),
    };
  } catch (error) {
    fail(`${path} cannot be read: ${(error as NodeJS.ErrnoException).code ?? 'unknown'}`);
    return null;
  }
}

/** What a file, a name or an id stands for. */
async function named(given: string): Promise<string | null> {
  const isFile = /[/\\]|\.md$/i.test(given);
  if (!isFile) return given;
  const file = await fileOf(given);
  if (!file) return null;
  const read = readAnnouncement(file.text, file.name);
  if (read.kind === 'read') return read.announcement.name;
  fail(read.faults.join('\n'));
  return null;
}

type Asked = { readonly act: AnyAct; readonly input: unknown };

/** What would follow; null where it is refused, which has been said. */
async function shown(app: App, { act, input }: Asked, by: { kind: 'command'; staff: string | null }) {
  const outcome = await perform(app, { act: act.name, input, by, preview: true });
  if (outcome.kind === 'preview') return outcome.preview;
  if (outcome.kind === 'refused') fail(outcome.says.replaceAll('; ', '\n'));
  return null;
}

async function check(path: string, { as, json }: Flags): Promise<void> {
  const file = await fileOf(path);
  if (!file) return;
  await withApp(async (app) => {
    const preview = await shown(app, { act: writeAnnouncement, input: file }, { kind: 'command', staff: as ?? null });
    if (!preview) return;
    if (json) return printJson(preview);
    print('Nothing was written. It would come to this:');
    for (const { says } of preview.changes) printSentence(says);
  });
}

/** Shows how many letters go to whom, asks on a terminal, and starts what was shown. */
async function start(path: string, { dryRun, as, json, yes }: Flags): Promise<void> {
  if (dryRun) return check(path, { ...(as !== undefined && { as }), ...(json && { json }) });
  const isFile = /[/\\]|\.md$/i.test(path);
  const file = isFile ? await fileOf(path) : null;
  const id = await named(path);
  if (id === null || (isFile && !file)) return;
  await withApp(async (app) => {
    const by = { kind: 'command', staff: as ?? null } as const;
    if (file) {
      const kept = await perform(app, { act: writeAnnouncement.name, input: file, by });
      if (kept.kind !== 'done')
        return fail(kept.kind === 'refused' ? kept.says.replaceAll('; ', '\n') : 'It could not be kept.');
    }
    const preview = await shown(app, { act: startAnnouncement, input: { id } }, by);
    if (!preview) return;
    if (!json) for (const { says } of preview.changes) printSentence(says);
    const asks = !yes && !json && process.stdin.isTTY && process.stdout.isTTY;
    if (asks && !(await confirmed(`Start ${id}?`)))
      return print('Nothing goes out. It is kept, and can be started later.');
    const done = await perform(app, { act: startAnnouncement.name, input: { id }, by, expect: preview.fingerprint });
    if (done.kind === 'refused') return fail(done.says);
    if (done.kind !== 'done') return fail('Whom it goes to has changed meanwhile; nothing was started. Try again.');
    if (json) printJson(done.done);
    else
      print(
        `${id} was started. \`npx postern announce list\` shows how far it is, \`npx postern announce pause ${id}\` lets it stand still.`,
      );
  });
}

async function list({ json }: Flags): Promise<void> {
  await withApp(async (app) => {
    const all = await listAnnouncements(app.database);
    if (json) for (const one of all) printJson(one);
    else if (all.length === 0) print('There are none. `npx postern announce check FILE` shows whom one would go to.');
    else
      print(
        table(
          ['id', 'name', 'about', 'kind', 'state', 'goes out', 'open', 'written', 'left out', 'came back'],
          all.map((one) => {
            const { open, written, unreachable, ended, gone } = one.recipients;
            const state = one.pausedByItself
              ? 'paused by itself'
              : one.gathered || one.state !== 'running'
                ? one.state
                : 'gathering';
            const back = (one.letters.bounced ?? 0) + (one.letters.failed ?? 0);
            return [
              one.id,
              one.name,
              one.subject,
              one.kind,
              one.dropped === null ? state : `left out: ${one.dropped}`,
              one.dueAt === null ? '' : readableTimes(one.dueAt),
              `${open}`,
              `${written}`,
              `${unreachable + ended + gone}`,
              `${back}`,
            ];
          }),
        ),
      );
  });
}

/** As it stands: also one that goes by itself, before its day. */
async function show(given: string, { json }: Flags): Promise<void> {
  const id = await named(given);
  if (id === null) return;
  await withApp(async (app) => {
    const found = await showAnnouncement(app, id);
    if (!found) return fail(`There is no announcement ${id}; \`npx postern announce list\` has all of them.`);
    if (json) return printJson(found);
    const { name, state, dueAt, audience, letter } = found;
    const when = dueAt === null ? '' : `; it goes out by itself at ${dueAt}`;
    printSentence(`${name} is ${state}${when}. It goes ${audienceIn(audience)}`);
    print(`\nSubject: ${letter.subject}\n\n${letter.text}`);
  });
}

export function announcementCommands(program: Command): void {
  const group = program.command('announce').description('announcements and releases to the contacts of entitled sites');
  comesTo(
    group
      .command('check')
      .argument('<file>', 'front matter and Markdown')
      .description('says what is wrong with a file, and whom it would go to')
      .option('--as <address>', 'the member of staff for whom it is done')
      .option('--json', 'as JSON')
      .action(check),
    writeAnnouncement,
  );
  comesTo(
    group
      .command('start')
      .argument('<file>', 'the file, or the name or id of one that is kept')
      .description(startAnnouncement.does)
      .option('--dry-run', 'say how many get it, change nothing')
      .option('--yes', 'do not ask')
      .option('--as <address>', 'the member of staff for whom it is done')
      .option('--json', 'as JSON')
      .action(start),
    writeAnnouncement,
    startAnnouncement,
  );
  for (const act of [pauseAnnouncement, resumeAnnouncement, cancelAnnouncement])
    actCommand(group, act, {
      name: act.name.split('-')[0] ?? act.name,
      arguments: ['<file>'],
      read: async ([given]) => {
        const id = await named(given ?? '');
        return id === null ? null : { id };
      },
    });
  actCommand(group, takeBackAddress, {
    name: 'take-back',
    arguments: ['<address>'],
    read: ([address]) => ({ address }),
  });
  group
    .command('show')
    .argument('<file>', 'the name or id of one that is kept, or its file')
    .description('one announcement: when it goes out, to whom, and how its letter reads')
    .option('--json', 'as JSON')
    .action(show);
  group
    .command('list')
    .description('announcements, and how far they are')
    .option('--json', 'one line of JSON each')
    .action(list);
}
