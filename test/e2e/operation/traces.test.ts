/** A mail is one trace, from its arrival to what the mail server answers to its letters, as a collector of OpenTelemetry gets it. */
import { readdirSync, readFileSync } from 'node:fs';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { resolve } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { mail, startApp } from '../../support/app.ts';

type Value = { readonly stringValue?: string; readonly intValue?: number };
type Span = {
  readonly traceId: string;
  readonly spanId: string;
  readonly parentSpanId?: string;
  readonly name: string;
  readonly attributes: readonly { readonly key: string; readonly value: Value }[];
};

const spans: Span[] = [];
const bodies: string[] = [];
const headers: string[] = [];
const collector = createServer(async (request, response) => {
  let body = '';
  for await (const part of request) body += part;
  bodies.push(body);
  headers.push(`${request.url} ${request.headers.authorization}`);
  for (const { scopeSpans } of JSON.parse(body).resourceSpans)
    for (const { spans: some } of scopeSpans) spans.push(...some);
  response.writeHead(200, { 'content-type': 'application/json' }).end('{}');
});

let postern: Awaited<ReturnType<typeof startApp>>;
beforeAll(async () => {
  await new Promise<void>((done) => collector.listen(0, '127.0.0.1', done));
  const { port } = collector.address() as AddressInfo;
  postern = await startApp({
    OTEL_EXPORTER_OTLP_ENDPOINT: `http://127.0.0.1:${port}`,
    OTEL_EXPORTER_OTLP_HEADERS: 'authorization=Bearer%20collect',
  });
  await postern.anew();
});
afterAll(async () => {
  await postern.stop();
  collector.close();
});

const field = ({ attributes }: Span, name: string): string | undefined =>
  attributes.find(({ key }) => key === name)?.value.stringValue;
const ofTrace = (id: string) => spans.filter(({ traceId }) => traceId === id);

describe('a mail', () => {
  it('is one trace through both queues, and holds no word of it', async () => {
    await postern.handIn(mail({ subject: 'PIN 345 The secretword stops', body: 'It says secretword again.' }));
    await postern.sink.waitFor(1);
    await postern.until('the letter is in a span', async () => spans.some(({ name }) => name === 'send letter'));
    const root = spans.find(({ name }) => name === 'receive mail');
    if (!root) throw new Error('no mail was received');
    const wanted = ['receive mail', 'read mail', 'decide mail', 'send letter'];
    const parts = [/^add intake/, /^process intake/, /^add outbound/, /^process outbound/];
    /** A step is told of when it ends, so that what is above it comes later. */
    const isWhole = () => {
      const all = ofTrace(root.traceId);
      const known = new Set(all.map(({ spanId }) => spanId));
      return (
        wanted.every((name) => all.some((one) => one.name === name)) &&
        parts.every((part) => all.some(({ name }) => part.test(name))) &&
        all.every((one) => one === root || known.has(one.parentSpanId ?? ''))
      );
    };
    await postern.until('all of it, each below another', async () => isWhole());
    const all = ofTrace(root.traceId);
    expect(root.parentSpanId ?? '').toBe('');
    const sent = all.find(({ name }) => name === 'send letter');
    expect(sent && [field(sent, 'postern.outcome'), field(sent, 'postern.smtp')]).toEqual(['sent', '250']);
    const decided = all.find(({ name }) => name === 'decide mail');
    expect(decided && field(decided, 'postern.outcome')).toBe('case-opened');
    expect(bodies.join()).not.toMatch(/secretword|aldous|PIN/);
    expect(headers[0]).toBe('/v1/traces Bearer collect');
  });
  it('of many at once each has a trace of its own, and what ticks has none', async () => {
    await Promise.all(
      Array.from({ length: 20 }, (_, n) => postern.handIn(mail({ subject: `PIN 345 Matter ${n} of twenty` }))),
    );
    const roots = () => spans.filter(({ name }) => name === 'receive mail');
    await postern.until('every mail', async () => roots().length === 21, 40);
    const done = (id: string) => ofTrace(id).some(({ name }) => name === 'decide mail');
    await postern.until('every decision', async () => roots().every(({ traceId }) => done(traceId)), 40);
    expect(new Set(roots().map(({ traceId }) => traceId)).size).toBe(21);
    const traces = new Set(roots().map(({ traceId }) => traceId));
    expect(spans.filter(({ traceId }) => !traces.has(traceId)).map(({ name }) => name)).toEqual([]);
  });
});

it('nothing of it is loaded where nobody asks for it', () => {
  const home = resolve(import.meta.dirname, '../../..');
  const files = ['src', 'workers'].flatMap((folder) =>
    readdirSync(resolve(home, folder), { recursive: true })
      .map(String)
      .filter((name) => name.endsWith('.ts'))
      .map((name) => resolve(home, folder, name)),
  );
  const loading = files.filter((file) =>
    /^import (?!type\b)[^;]*traces\/open-traces|^export [^;]*traces\/open-traces/m.test(readFileSync(file, 'utf8')),
  );
  expect(loading).toEqual([]);
});
