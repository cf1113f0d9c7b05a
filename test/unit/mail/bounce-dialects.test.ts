/** Bounces of many servers and languages, and mail about bounces, each by the way that every mail takes. */
import { describe, expect, it } from 'vitest';
import { readMail } from '../../../src/mail/read.ts';
import { ofGateways } from '../../fixtures/bounces/gateways.ts';
import { inLanguages } from '../../fixtures/bounces/languages.ts';
import { ofServers } from '../../fixtures/bounces/mtas.ts';
import { noBounces } from '../../fixtures/bounces/persons.ts';
import { readingWith } from '../../support/mails/reading.ts';

const options = readingWith();
const read = (head: readonly string[], body: string) =>
  readMail(
    Buffer.from(
      ['To: support@desk.example', 'Message-ID: <b1@acme.example>', ...head, '', body]
        .join('\n')
        .replace(/\n/g, '\r\n'),
    ),
    { mailFrom: null, rcptTo: [] },
    options,
  );

describe.each([
  ['servers', ofServers],
  ['gateways', ofGateways],
  ['languages', inLanguages],
])('what came back, of %s', (_, mails) => {
  it.each(mails)('$name', async ({ head, body, failed, action }) => {
    const facts = await read(head, body);
    expect(facts.class).toBe('bounce');
    expect(facts.bounce?.recipients.map((one) => one.address).sort()).toEqual([...failed].sort());
    for (const one of facts.bounce?.recipients ?? []) expect(one.action).toBe(action ?? 'failed');
  });
});

describe('no bounce', () => {
  it.each(noBounces)('$name', async ({ head, body }) => {
    const facts = await read(head, body);
    expect(facts.bounce).toBeNull();
    expect(facts.class).not.toBe('bounce');
  });
});
