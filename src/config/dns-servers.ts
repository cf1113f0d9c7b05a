import { isIP } from 'node:net';

/**
 * `DNS_SERVERS`: addresses separated by commas, with a port where it is not 53 (`[::1]:5353` for IPv6); `off` for desks that cannot
 * or may not ask; without it, those of the machine.
 */
export function readDnsServers(
  faults: { add(name: string, says: string): null },
  value: string | undefined,
): readonly string[] | 'system' | null {
  const said = (value ?? '').trim();
  if (said === '') return 'system';
  if (said === 'off') return null;
  const servers = said.split(',').map((server) => server.trim());
  for (const server of servers) {
    const bare = isIP(server) > 0 ? server : (/^(.*):\d{1,5}$/.exec(server)?.[1] ?? '');
    if (isIP(bare.replace(/^\[(.*)\]$/, '$1')) === 0)
      faults.add('DNS_SERVERS', `"${server}" is no IP address; several go with commas, "off" asks nobody`);
  }
  return servers;
}
