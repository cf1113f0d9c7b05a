/**
 * What an SMTP server takes at most: the same bytes again and again by nodemailer's pool, from a process that does nothing else.
 * `node bare-letters.ts URL CONNECTIONS SECONDS FILE` prints letters a second.
 */
import { spawn } from 'node:child_process';
import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { createTransport } from 'nodemailer';
import { bareEnvironment, ended, remove, scratch } from '../../support/process.ts';

type Given = { readonly url: string; readonly connections: number; readonly seconds: number; readonly raw: Uint8Array };

/** Letters a second, all of them to one address. */
async function sendBare({ url, connections, seconds, raw }: Given): Promise<number> {
  const transport = createTransport({ url, pool: true, maxConnections: connections, maxMessages: 500 });
  const envelope = { from: 'bare@desk.example', to: ['bare@limit.example'] };
  let sent = 0;
  const began = performance.now();
  const passed = () => (performance.now() - began) / 1000;
  await Promise.all(
    Array.from({ length: 2 * connections }, async () => {
      for (; passed() < seconds; sent += 1) await transport.sendMail({ envelope, raw: Buffer.from(raw) });
    }),
  );
  const took = passed();
  transport.close();
  return sent / took;
}

export async function limitOf({ url, connections, seconds, raw }: Given): Promise<number> {
  const folder = scratch('bare');
  try {
    const file = join(folder, 'letter');
    writeFileSync(file, raw);
    const args = [import.meta.filename, url, `${connections}`, `${seconds}`, file];
    const { out, err } = await ended(
      spawn(process.execPath, args, { env: bareEnvironment(), stdio: ['ignore', 'pipe', 'pipe'] }),
    );
    const [line] = out.split('\n');
    if (!line || !(Number(line) > 0)) throw new Error(`the limit of the server could not be measured: ${err}`);
    return Number(line);
  } finally {
    remove(folder);
  }
}

if (import.meta.main) {
  const [url = '', connections, seconds, file = ''] = process.argv.slice(2);
  const given = { url, connections: Number(connections), seconds: Number(seconds), raw: readFileSync(file) };
  console.log(String(await sendBare(given)));
}
