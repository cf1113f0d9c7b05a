/** Where a request comes from: by its connection, or by what a proxy says that we trust. */
import { BlockList, isIP } from 'node:net';
import { getConnInfo } from '@hono/node-server/conninfo';
import type { Context } from 'hono';
import type { Caller } from '../../../flows/sign-in/deps.ts';

const versionOf = (address: string) => (isIP(address) === 6 ? 'ipv6' : 'ipv4');
/** `::ffff:127.0.0.1` is what a socket for both says of the older one. */
const plain = (address: string): string => address.replace(/^::ffff:(?=\d+\.\d+\.\d+\.\d+$)/i, '');

function listOf(networks: readonly string[]): BlockList {
  const list = new BlockList();
  for (const network of networks) {
    const [address = '', bits] = network.split('/');
    if (bits === undefined) list.addAddress(address, versionOf(address));
    else list.addSubnet(address, Number(bits), versionOf(address));
  }
  return list;
}

const peerOf = (c: Context): string | null => {
  // Without a connection there is none: a request that a program hands in by itself.
  const bound = Object(c.env) as { incoming?: unknown };
  const address = bound.incoming === undefined ? undefined : getConnInfo(c).remote.address;
  return address === undefined ? null : plain(address);
};

/** `proxies`: addresses and networks. The last address that none of them has is the one that they were asked from. */
export function callerReader(proxies: readonly string[]): (c: Context) => Caller {
  const trusted = listOf(proxies);
  const isTrusted = (address: string): boolean => isIP(address) !== 0 && trusted.check(address, versionOf(address));
  return (c) => {
    const peer = peerOf(c);
    const userAgent = c.req.header('user-agent');
    if (peer === null || !isTrusted(peer)) return { address: peer, userAgent };
    const named = (c.req.header('x-forwarded-for') ?? '').split(',').map((one) => plain(one.trim()));
    const from = named.findLast((one) => !isTrusted(one));
    return { address: from && isIP(from) !== 0 ? from : peer, userAgent };
  };
}

const forwarded = ['forwarded', 'via', 'x-forwarded-for', 'x-forwarded-host', 'x-forwarded-proto', 'x-real-ip'];
const thisMachine = listOf(['127.0.0.0/8', '::1']);

/** From this machine, to this machine by its own name, with nobody in between: a page elsewhere that sends a browser here has another name. */
export function isOnThisMachine(c: Context): boolean {
  const peer = peerOf(c);
  if (peer === null || !thisMachine.check(peer, versionOf(peer))) return false;
  const host = /^(127\.0\.0\.1|localhost|\[::1\])(?::\d+)?$/.test(c.req.header('host') ?? '');
  return host && forwarded.every((name) => c.req.header(name) === undefined);
}
