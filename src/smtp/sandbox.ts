/**
 * A mail server that keeps every letter and passes none on: what the demo sends goes here. A letter is two files of the folder, its
 * bytes and its envelope, so that a second start still shows it.
 */
import { mkdir, readdir, readFile, rename, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { cleanLine } from '../foundation/clean-text.ts';
import { type Log, silentLog } from '../foundation/log.ts';
import { silentMeter } from '../foundation/meter.ts';
import { openMessage } from '../mail/mime/open-message.ts';
import { decodeWords } from '../mail/mime/parse.ts';
import { firstValue, readMessageIds, readRawHeader } from '../mail/mime/raw-headers.ts';
import { openReceiver } from './receive.ts';

type SandboxOptions = {
  readonly host: string;
  /** 0 for any free one. */
  readonly port: number;
  /** Made where it is not there; nothing else should write into it. */
  readonly folder: string;
  readonly log?: Log;
  /** Called for every letter caught. */
  readonly onLetter?: (letter: Caught) => void;
};

type Caught = {
  readonly id: string;
  /** ISO 8601, UTC. */
  readonly at: string;
  /** `''` is the null sender. */
  readonly from: string;
  readonly to: readonly string[];
  readonly subject: string;
  readonly messageId: string | null;
};

type Opened = Caught & {
  readonly html: string | null;
  readonly text: string;
  readonly headers: readonly { readonly name: string; readonly value: string }[];
  readonly raw: Uint8Array;
};

export type Sandbox = {
  readonly port: number;
  /** To be used as SMTP_URL. */
  readonly url: string;
  readonly letters: {
    /** Newest first. */
    list(): readonly Caught[];
    get(id: string): Promise<Opened | null>;
  };
  close(): Promise<void>;
};

const idForm = /^[0-9]{6,12}$/;
const largest = 50 * 2 ** 20;

async function open(caught: Caught, raw: Uint8Array): Promise<Opened> {
  const { headers, html, text } = await openMessage(raw);
  return { ...caught, headers, html, text, raw };
}

/** What an earlier start caught, oldest first. A file that is no letter of ours is passed over. */
async function load(folder: string): Promise<Caught[]> {
  const names = (await readdir(folder)).filter((name) => /^[0-9]{6,12}\.json$/.test(name)).sort();
  const found: Caught[] = [];
  for (const name of names) {
    try {
      found.push(JSON.parse(await readFile(join(folder, name), 'utf8')) as Caught);
    } catch {
      // Cut off by a kill: its sender was not told that we have it.
    }
  }
  return found.filter((one) => idForm.test(one.id)).sort((a, b) => Number(a.id) - Number(b.id));
}

/** Rejects when the port or the folder cannot be had. */
export async function openSandbox(options: SandboxOptions): Promise<Sandbox> {
  const { folder, log = silentLog } = options;
  await mkdir(folder, { recursive: true });
  const letters = (await load(folder)).reverse();
  const byId = new Map(letters.map((letter) => [letter.id, letter]));
  let last = Number(letters[0]?.id ?? 0);

  async function keep(raw: Uint8Array, from: string, to: string[]): Promise<void> {
    last += 1;
    const { lines } = readRawHeader(raw);
    const letter: Caught = {
      id: String(last).padStart(6, '0'),
      at: new Date().toISOString(),
      from,
      to,
      subject: cleanLine(decodeWords(firstValue(lines, 'subject') ?? '')),
      messageId: readMessageIds(firstValue(lines, 'message-id'), 1)[0] ?? null,
    };
    const path = join(folder, letter.id);
    await writeFile(`${path}.eml`, raw);
    // The envelope makes it a letter, so it comes last and whole.
    await writeFile(`${path}.part`, JSON.stringify(letter));
    await rename(`${path}.part`, `${path}.json`);
    const place = letters.findIndex((one) => Number(one.id) < Number(letter.id));
    letters.splice(place < 0 ? letters.length : place, 0, letter);
    byId.set(letter.id, letter);
    options.onLetter?.(letter);
  }

  const server = await openReceiver({
    protocol: 'smtp',
    host: options.host,
    port: options.port,
    addresses: 'any',
    sizeLimit: largest,
    receive: (raw, { mailFrom, rcptTo }) => keep(raw, mailFrom ?? '', rcptTo),
    log,
    meter: silentMeter,
  });
  const host = options.host.includes(':') ? `[${options.host}]` : options.host;
  return {
    port: server.port,
    url: `smtp://${host}:${server.port}`,
    letters: {
      list: () => letters,
      async get(id) {
        const letter = byId.get(id);
        if (!letter) return null;
        try {
          return await open(letter, await readFile(join(folder, `${id}.eml`)));
        } catch {
          return null;
        }
      },
    },
    close: server.close,
  };
}
