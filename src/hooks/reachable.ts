/**
 * Where webhooks may go: to public addresses, and to networks that the operator has named. Whoever may add an endpoint shall not reach
 * what stands beside this machine, by a name that leads there either.
 */
import { BlockList, isIP } from 'node:net';

/** IANA's registries of special-purpose addresses: this host, private, shared, link-local, documentation, multicast, reserved. */
const notPublic = [
  '0.0.0.0/8',
  '10.0.0.0/8',
  '100.64.0.0/10',
  '127.0.0.0/8',
  '169.254.0.0/16',
  '172.16.0.0/12',
  '192.0.0.0/24',
  '192.0.2.0/24',
  '192.88.99.0/24',
  '192.168.0.0/16',
  '198.18.0.0/15',
  '198.51.100.0/24',
  '203.0.113.0/24',
  '224.0.0.0/3',
  '::/128',
  '::1/128',
  '64:ff9b:1::/48',
  '100::/64',
  '2001::/23',
  '2001:db8::/32',
  '2002::/16',
  '3fff::/20',
  '5f00::/16',
  'fc00::/7',
  'fe80::/10',
  'fec0::/10',
  'ff00::/8',
];

function listOf(networks: readonly string[]): BlockList {
  const list = new BlockList();
  for (const one of networks) {
    const [address = '', bits] = one.split('/');
    const family = isIP(address) === 6 ? 'ipv6' : 'ipv4';
    list.addSubnet(address, bits === undefined ? (family === 'ipv6' ? 128 : 32) : Number(bits), family);
  }
  return list;
}

const special = listOf(notPublic);

/** An IPv4 address that an IPv6 one stands for, mapped (RFC 4291), or by NAT64 (RFC 6052); null where it stands for none. */
function embedded(address: string): string | null {
  const host = URL.parse(`http://[${address}]/`)?.hostname.slice(1, -1) ?? '';
  const [, high = '', low = ''] = /^(?:::ffff:|::|64:ff9b::)([0-9a-f]{1,4}):([0-9a-f]{1,4})$/.exec(host) ?? [];
  if (high === '') return null;
  const [a, b] = [Number.parseInt(high, 16), Number.parseInt(low, 16)];
  return `${a >> 8}.${a & 255}.${b >> 8}.${b & 255}`;
}

export type Reachable = (address: string) => boolean;

/** `allowed`: addresses and networks such as `10.20.0.0/16`. */
export function reachable(allowed: readonly string[]): Reachable {
  const ours = listOf(allowed);
  return (given) => {
    const plain = given.replace(/%.*$/, '');
    const address = isIP(plain) === 6 ? (embedded(plain) ?? plain) : plain;
    const family = isIP(address);
    if (family === 0) return false;
    const kind = family === 6 ? 'ipv6' : 'ipv4';
    return ours.check(address, kind) || !special.check(address, kind);
  };
}
