/** This process says that it is here, for everybody who wants to see who works. */
import { hostname } from 'node:os';
import { keepBeating } from '../flows/overview/beats.ts';
import type { App } from './app.ts';

/** What `all` stands for. */
const everything = ['inbox', 'intake', 'outbound', 'scheduler', 'web'];

/** `worker`: the name of a worker, `all` for every one in this process. */
export const tellHere = (app: Pick<App, 'database' | 'log' | 'worker'>, worker: string): { close(): Promise<void> } =>
  keepBeating(app, {
    id: app.worker,
    host: hostname(),
    pid: process.pid,
    does: worker === 'all' ? everything : [worker],
  });
