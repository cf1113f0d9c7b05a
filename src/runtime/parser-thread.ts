/** The entry of a parser thread: reads one mail at a time and answers with its facts. */
import { parentPort } from 'node:worker_threads';
import type { Arrival, MailFacts, ReadOptions } from '../mail/parsed-mail.ts';
import { readMail } from '../mail/read.ts';

export type ParserQuestion = {
  readonly id: number;
  readonly raw: Uint8Array;
  readonly arrival: Arrival;
  readonly options: ReadOptions;
};

export type ParserAnswer =
  | { readonly id: number; readonly facts: MailFacts }
  | { readonly id: number; readonly error: string };

parentPort?.on('message', async (question: ParserQuestion) => {
  const { id } = question;
  let answer: ParserAnswer;
  try {
    answer = { id, facts: await readMail(question.raw, question.arrival, question.options) };
  } catch (error) {
    answer = { id, error: error instanceof Error ? error.name : 'unknown' };
  }
  parentPort?.postMessage(answer);
});
