import net from 'node:net';

/**
 * pass: bytes go through. refuse: no new connections, open ones go on. reset: all connections are reset, new ones too.
 * hold: bytes and ends are kept, and come in order once it passes again. drop: bytes and ends are swallowed while the
 * sockets stay open, which is what a lost route looks like.
 */
export type ProxyMode = 'pass' | 'refuse' | 'reset' | 'hold' | 'drop';

export type TcpProxy = {
  /** The port to connect to instead, on 127.0.0.1. It stays the same for as long as the proxy lives. */
  port: number;
  /** Holds for open connections too. Resolves when it holds. */
  mode(next: ProxyMode): Promise<void>;
  /** How many clients have a connection open now, dead ones too. */
  connections(): number;
  stop(): Promise<void>;
};

/** A connection that has lost bytes is `dead` for good: what came after the gap would make no sense to either side. */
type Pair = { near: net.Socket; far: net.Socket; dead: boolean };

export async function startTcpProxy(to: { port: number; host?: string }): Promise<TcpProxy> {
  const pairs = new Set<Pair>();
  let now: ProxyMode = 'pass';

  function join(pair: Pair, from: net.Socket, other: net.Socket): void {
    from.on('data', (bytes) => {
      if (now === 'drop') pair.dead = true;
      if (!pair.dead) other.write(bytes);
    });
    from.on('end', () => {
      if (now === 'drop') pair.dead = true;
      if (pair.dead) from.end();
      else other.end();
    });
    from.on('error', () => {});
    from.on('close', () => {
      if (now === 'drop') pair.dead = true;
      // In `hold` the other side hears of it later, in a dead pair never: a server keeps the locks of a lost client.
      if (!pair.dead && now !== 'hold') other.destroy();
      if (from.destroyed && other.destroyed) pairs.delete(pair);
    });
    if (now === 'hold') from.pause();
  }

  function take(near: net.Socket): void {
    if (now === 'reset') {
      near.on('error', () => {});
      near.resetAndDestroy();
      return;
    }
    const far = new net.Socket({ allowHalfOpen: true });
    const pair: Pair = { near, far, dead: now === 'drop' };
    pairs.add(pair);
    join(pair, near, far);
    join(pair, far, near);
    if (!pair.dead) far.connect({ port: to.port, host: to.host ?? '127.0.0.1' });
  }

  const open = (port: number) =>
    new Promise<net.Server>((resolve, reject) => {
      const server = net.createServer({ allowHalfOpen: true }, take).once('error', reject);
      server.listen(port, '127.0.0.1', () => resolve(server));
    });
  let listening: net.Server | undefined = await open(0);
  const { port } = listening.address() as net.AddressInfo;
  const shut = () => {
    listening?.close();
    listening = undefined;
  };
  const sockets = () => [...pairs].flatMap((pair) => [pair.near, pair.far]);

  return {
    port,
    async mode(next) {
      now = next;
      if (next === 'refuse') shut();
      else listening ??= await open(port);
      if (next === 'reset') for (const socket of sockets()) socket.resetAndDestroy();
      for (const { near, far, dead } of pairs) {
        for (const [from, other] of [[near, far] as const, [far, near] as const]) {
          if (next === 'hold') from.pause();
          else if (next !== 'drop' && !dead && other.destroyed) from.destroy();
          else from.resume();
        }
      }
    },
    connections: () => [...pairs].filter(({ near }) => !near.destroyed).length,
    async stop() {
      shut();
      for (const socket of sockets()) socket.destroy();
      pairs.clear();
    },
  };
}
