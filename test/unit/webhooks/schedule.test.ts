import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { reachable } from '../../../src/hooks/reachable.ts';
import { signatureOf } from '../../../src/hooks/send-webhook.ts';
import { nextTry, restUntil } from '../../../src/upkeep/webhook-schedule.ts';

const first = '2026-11-29T10:00:00.000Z';
const hour = 3_600_000;

describe('an event that is not taken', () => {
  it('is tried again more and more seldom, and a last time three days after the first', () => {
    const waits: number[] = [];
    let at = first;
    for (let tries = 1; ; tries += 1) {
      const next = nextTry({ tries, firstAt: first, at, id: '0' });
      if (next === null) break;
      waits.push((Date.parse(next) - Date.parse(at)) / 1000);
      at = next;
    }
    expect(waits.slice(0, 8)).toEqual([5, 300, 1_800, 7_200, 18_000, 36_000, 50_400, 72_000]);
    expect(Date.parse(at) - Date.parse(first)).toBe(72 * hour);
  });
  it('never before it was tried, never later than three days, and then given up', () => {
    fc.assert(
      fc.property(
        fc.integer({ min: 1, max: 50 }),
        fc.integer({ min: 0, max: 72 * hour - 1 }),
        fc.bigInt({ min: 1n, max: 10n ** 17n }),
        (tries, passed, id) => {
          const at = new Date(Date.parse(first) + passed).toISOString();
          const next = nextTry({ tries, firstAt: first, at, id: String(id) });
          if (next === null) throw new Error('given up too early');
          expect(Date.parse(next)).toBeGreaterThan(Date.parse(at));
          expect(Date.parse(next)).toBeLessThanOrEqual(Date.parse(first) + 72 * hour);
          const end = new Date(Date.parse(first) + 72 * hour + passed).toISOString();
          expect(nextTry({ tries, firstAt: first, at: end, id: String(id) })).toBeNull();
        },
      ),
    );
  });
  it('lets its endpoint rest for five minutes at most', () => {
    const rests = [1, 2, 3, 7, 100].map(
      (failures) => (Date.parse(restUntil(failures, first)) - Date.parse(first)) / 1000,
    );
    expect(rests).toEqual([5, 10, 20, 300, 300]);
  });
});

describe('addresses that may be reached', () => {
  const may = reachable([]);
  it.each([
    ...[
      '127.0.0.1',
      '127.9.9.9',
      '10.0.0.1',
      '172.16.0.1',
      '172.31.255.255',
      '192.168.1.1',
      '169.254.169.254',
      '0.0.0.0',
    ],
    ...[
      '100.64.0.1',
      '198.18.0.1',
      '224.0.0.1',
      '255.255.255.255',
      '192.0.2.1',
      '::',
      '::1',
      'fe80::1',
      'fe80::1%eth0',
    ],
    ...[
      'fc00::1',
      'fd12::1',
      'ff02::1',
      '::ffff:127.0.0.1',
      '::ffff:10.0.0.1',
      '64:ff9b::7f00:1',
      '2002:7f00:1::',
      '2001:db8::1',
    ],
    ...['localhost', '', '1.2.3'],
  ])('are not %s', (address) => {
    expect(may(address)).toBe(false);
  });
  it.each(['1.1.1.1', '172.32.0.1', '192.169.0.1', '2606:4700::1111', '::ffff:1.1.1.1', '64:ff9b::101:101'])(
    'are %s',
    (address) => {
      expect(may(address)).toBe(true);
    },
  );
  it('are those of a network that is named, and no others beside it', () => {
    const own = reachable(['10.20.0.0/16', '127.0.0.1', 'fd00::/8']);
    expect(['10.20.3.4', '127.0.0.1', '::ffff:10.20.0.1', 'fd12::1'].map(own)).toEqual([true, true, true, true]);
    expect(['10.21.0.1', '127.0.0.2', 'fc00::1', '169.254.169.254'].map(own)).toEqual([false, false, false, false]);
  });
});

describe('the signature', () => {
  const given = {
    id: 'msg_p5jXN8AQM9LWM0D4loKWxJek',
    at: new Date(1_614_265_330_000),
    body: '{"test": 2432232314}',
  };
  it('is that of the standard’s own example', () => {
    expect(signatureOf({ ...given, secrets: ['whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw'] })).toBe(
      'v1,g0hM9SsE+OTPJTGt/tmIKtSyZlE3uFJELVlNIOLJ1OE=',
    );
  });
  it('has a part for each secret', () => {
    const both = signatureOf({
      ...given,
      secrets: ['whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw', 'whsec_AAAA9r8GKYqrTwjUPD8ILPZIo2LaLaSw'],
    });
    expect(both.split(' ')).toHaveLength(2);
    expect(both.split(' ')[0]).toBe('v1,g0hM9SsE+OTPJTGt/tmIKtSyZlE3uFJELVlNIOLJ1OE=');
  });
});
