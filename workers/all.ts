import type { App } from '../src/runtime/app.ts';
import type { SandboxLetters } from '../src/web/deps.ts';
import type { createMeter } from '../src/web/metrics.ts';
import { type Inbox, startInbox } from './inbox.ts';
import { startIntake } from './intake.ts';
import { startOutbound } from './outbound.ts';
import { startScheduler } from './scheduler.ts';
import { startWeb, type WebWorker } from './web.ts';
import type { Gone, Worker } from './worker.ts';

type Everything = Worker & { readonly inbox: Inbox; readonly web: WebWorker };

/** Every worker in one process. The ways in close first, so that nothing new comes while the rest finishes. */
export async function startAll(
  app: App,
  gone: Gone,
  given: { metrics: ReturnType<typeof createMeter>; sandbox?: SandboxLetters },
): Promise<Everything> {
  const running: Worker[] = [];
  const keep = <W extends Worker>(worker: W): W => {
    running.push(worker);
    return worker;
  };
  const close = async () => {
    const [last, ...first] = running.splice(0).reverse();
    await last?.close();
    await Promise.all(first.map((worker) => worker.close()));
  };
  try {
    keep(await startIntake(app, gone));
    keep(await startOutbound(app, gone));
    keep(await startScheduler(app, gone));
    const web = keep(await startWeb(app, { ...given, others: () => running }));
    const inbox = keep(await startInbox(app));
    return { name: 'all', inbox, web, problems: () => running.flatMap((worker) => worker.problems()), close };
  } catch (error) {
    await close();
    throw error;
  }
}
