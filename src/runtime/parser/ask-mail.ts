/** What a person wants to see of a mail is taken out of it in a thread of its own that is ended after 10 s: a hostile mail holds nobody else up (MAIL.md §2). */
import { Worker } from 'node:worker_threads';
import type { Attachment } from '../../mail/parsed-mail.ts';
import type { ShownParts } from '../../mail/shown-parts.ts';
import type { AskedOfMail } from './asked-of-mail.ts';

type CutAttachment = Attachment & { readonly content: Uint8Array };

const mostMs = 10_000;

/** Null where it cannot be had within the limits. */
function inThread<T>(raw: Uint8Array, asked: AskedOfMail): Promise<T | null> {
  const worker = new Worker(new URL('./mail-thread.ts', import.meta.url), {
    workerData: { raw, asked },
    resourceLimits: { maxOldGenerationSizeMb: 384, maxYoungGenerationSizeMb: 8, stackSizeMb: 4 },
    env: {},
  });
  return new Promise<T | null>((resolve) => {
    const timer = setTimeout(() => resolve(null), mostMs);
    worker.once('message', (found: T | null) => resolve(found));
    worker.once('error', () => resolve(null));
    worker.once('exit', () => {
      clearTimeout(timer);
      resolve(null);
    });
  }).finally(() => worker.terminate());
}

/** Null also where the mail has no attachment at that place (from 0). */
export const cutInThread = (raw: Uint8Array, index: number): Promise<CutAttachment | null> =>
  inThread(raw, { kind: 'attachment', index });

export const partsInThread = (raw: Uint8Array): Promise<ShownParts | null> => inThread(raw, { kind: 'parts' });
