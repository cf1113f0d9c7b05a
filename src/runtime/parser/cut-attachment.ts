/** An attachment is cut in a thread of its own that is ended after 10 s: a hostile mail holds nobody else up (MAIL.md §2). */
import { Worker } from 'node:worker_threads';
import type { Attachment } from '../../mail/parsed-mail.ts';

type CutAttachment = Attachment & { readonly content: Uint8Array };

const mostMs = 10_000;

/** Null where the mail has none at that place (from 0), or where it cannot be cut within the limits. */
export function cutInThread(raw: Uint8Array, index: number): Promise<CutAttachment | null> {
  const worker = new Worker(new URL('./attachment-thread.ts', import.meta.url), {
    workerData: { raw, index },
    resourceLimits: { maxOldGenerationSizeMb: 384, maxYoungGenerationSizeMb: 8, stackSizeMb: 4 },
    env: {},
  });
  return new Promise<CutAttachment | null>((resolve) => {
    const timer = setTimeout(() => resolve(null), mostMs);
    worker.once('message', (found: CutAttachment | null) => resolve(found));
    worker.once('error', () => resolve(null));
    worker.once('exit', () => {
      clearTimeout(timer);
      resolve(null);
    });
  }).finally(() => worker.terminate());
}
