import { describe, expect, it } from 'vitest';
import type { Log } from '../../../src/foundation/log.ts';
import { linkLog } from '../../../src/queues/server/link-log.ts';

describe('a server of queues that is away', () => {
  it('is told of once, then once a minute with how often it was tried, and when it is back', () => {
    const said: string[] = [];
    const tell = (fields: object, message: string) => void said.push(`${message} ${JSON.stringify(fields)}`);
    const log: Log = { debug: tell, info: tell, warn: tell, error: tell };
    let at = 0;
    const links = linkLog(log, () => at);
    for (; at < 59_000; at += 100) links.failed({ queue: 'intake' }, 'away');
    expect(said).toHaveLength(1);
    at = 60_000;
    links.failed({ queue: 'intake' }, 'away');
    expect(said[1]).toContain('"seconds":60');
    links.answered();
    links.answered();
    expect(said).toHaveLength(3);
    links.close();
    links.failed({ queue: 'intake' }, 'away');
    expect(said).toHaveLength(3);
  });
});
