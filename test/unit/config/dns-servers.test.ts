import { expect, it } from 'vitest';
import { readDnsServers } from '../../../src/config/dns-servers.ts';

const read = (value: string | undefined) => {
  const faults: string[] = [];
  const add = (name: string, says: string) => {
    faults.push(`${name}: ${says}`);
    return null;
  };
  return { servers: readDnsServers({ add }, value), faults };
};

it('takes the name servers of the machine, none, or those that are given', () => {
  expect(read(undefined)).toEqual({ servers: 'system', faults: [] });
  expect(read('off')).toEqual({ servers: null, faults: [] });
  expect(read('192.0.2.53, [2001:db8::53]:5353,2001:db8::1, 127.0.0.1:53').servers).toHaveLength(4);
  expect(read('192.0.2.53, [2001:db8::53]:5353,2001:db8::1, 127.0.0.1:53').faults).toEqual([]);
});

it.each(['dns.example', '192.0.2.53:port', 'on', '192.0.2.53,,'])('refuses %j', (value) => {
  expect(read(value).faults[0]).toMatch(/^DNS_SERVERS: /);
});
