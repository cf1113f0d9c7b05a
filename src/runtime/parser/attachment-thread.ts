/** The entry of a thread that cuts one attachment out of a mail and ends. */
import { parentPort, workerData } from 'node:worker_threads';
import { cutAttachment } from '../../mail/read.ts';

const { raw, index } = workerData as { raw: Uint8Array; index: number };
parentPort?.postMessage(await cutAttachment(raw, index));
