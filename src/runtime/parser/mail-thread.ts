/** The entry of a thread that takes one thing out of a mail and ends. */
import { parentPort, workerData } from 'node:worker_threads';
import { cutAttachment } from '../../mail/read.ts';
import { readShownParts } from '../../mail/shown-parts.ts';
import type { AskedOfMail } from './asked-of-mail.ts';

const { raw, asked } = workerData as { raw: Uint8Array; asked: AskedOfMail };
parentPort?.postMessage(asked.kind === 'parts' ? await readShownParts(raw) : await cutAttachment(raw, asked.index));
