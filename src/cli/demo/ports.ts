/** Ports of the loopback for the demo: the wanted one, or the next that is free. */
import { createServer } from 'node:net';

/** Nobody else gets it until it is released: two demos that start at the same moment would else choose the same one. */
export type HeldPort = { readonly port: number; readonly release: () => Promise<void> };

const mostTried = 200;

const hold = (port: number): Promise<HeldPort | null> =>
  new Promise((done) => {
    const holder = createServer();
    holder.once('error', () => done(null));
    holder.listen(port, '127.0.0.1', () =>
      done({ port, release: () => new Promise((released) => holder.close(() => released())) }),
    );
  });

export async function holdPortFrom(wanted: number): Promise<HeldPort> {
  for (let port = wanted; port < wanted + mostTried; port += 1) {
    const held = await hold(port);
    if (held) return held;
  }
  throw new Error(`no free port from ${wanted} to ${wanted + mostTried - 1}`);
}
