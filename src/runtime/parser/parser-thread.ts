/** The entry of a parser thread: reads the mails it is given one after the other, and answers each with its facts. */
import { parentPort } from 'node:worker_threads';
import type { Arrival, MailFacts, ReadOptions } from '../../mail/parsed-mail.ts';
import { readMail } from '../../mail/read.ts';

export type ParserQuestion = {
  readonly id: number;
  readonly raw: Uint8Array;
  readonly arrival: Arrival;
  readonly options: ReadOptions;
};

export type ParserAnswer =
  | { readonly id: number; readonly facts: MailFacts }
  | { readonly id: number; readonly error: string };

const queue: ParserQuestion[] = [];
let reading = false;

async function readAll(): Promise<void> {
  if (reading) return;
  reading = true;
  for (let question = queue.shift(); question; question = queue.shift()) {
    const { id } = question;
    let answer: ParserAnswer;
    try {
      answer = { id, facts: await readMail(question.raw, question.arrival, question.options) };
    } catch (error) {
      answer = { id, error: error instanceof Error ? error.name : 'unknown' };
    }
    parentPort?.postMessage(answer);
  }
  reading = false;
}

parentPort?.on('message', (questions: readonly ParserQuestion[]) => {
  queue.push(...questions);
  void readAll();
});
