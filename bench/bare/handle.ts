import { fork } from 'node:child_process';
import { join } from 'node:path';
import type { Order } from './process.ts';

export type BareProcess = { readonly pid: number; ask<Answer>(order: Order): Promise<Answer>; stop(): void };

export function startBare(): BareProcess {
  const child = fork(join(import.meta.dirname, 'process.ts'));
  return {
    pid: child.pid ?? 0,
    ask: <Answer>(order: Order) =>
      new Promise<Answer>((resolve, reject) => {
        child.once('message', (message) => {
          const { answer, error } = message as { answer: Answer; error?: string };
          if (error) reject(new Error(error));
          else resolve(answer);
        });
        child.send(order);
      }),
    stop: () => child.disconnect(),
  };
}
