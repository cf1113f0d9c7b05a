/** docs/webhooks.md: what other programs can hear of, and how. `npm run webhooks` writes it. */
import { writeFileSync } from 'node:fs';
import { resolve } from 'node:path';
import { changeRows } from '../../src/changes/change.ts';
import { everyTopic, hookFields, hookTopics, testTopic } from '../../src/changes/webhooks/topics.ts';
import { signatureOf } from '../../src/hooks/send-webhook.ts';

const kindsOf = (topic: string): string[] =>
  Object.entries(changeRows).flatMap(([kind, row]) => (row.topic === topic ? [kind] : []));

const topicLines = Object.entries(hookTopics).map(([topic, { says, carries }]) => {
  const changes = topic === 'mail.held' ? ['mail-held'] : kindsOf(topic);
  return `| \`${topic}\` | ${says} | ${changes.map((one) => `\`${one}\``).join(' ')} | ${carries.map((one) => `\`${one}\``).join(' ') || 'nothing more'} |`;
});

/** JSON Schema of what is posted; `data` may hold what the topic carries. */
export const payloadSchema = {
  $schema: 'https://json-schema.org/draft/2020-12/schema',
  type: 'object',
  required: ['type', 'timestamp', 'data'],
  properties: {
    type: { enum: [...Object.keys(hookTopics), testTopic] },
    timestamp: { type: 'string', format: 'date-time' },
    data: {
      type: 'object',
      required: ['change', 'by'],
      properties: {
        change: { type: 'string' },
        by: { type: 'string' },
        ...Object.fromEntries(
          Object.entries(hookFields).map(([name, description]) => [name, { type: 'string', description }]),
        ),
      },
    },
  },
} as const;

const example = {
  id: 'msg_5f0c1d2e3b4a59687706f5e4d3c2b1a0',
  at: new Date('2026-11-29T10:20:30Z'),
  body: JSON.stringify({
    type: 'case.opened',
    timestamp: '2026-11-29T10:20:29.871Z',
    data: { change: 'case-opened', by: 'contact', case: '100042', mail: '4711' },
  }),
  secret: 'whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSwMfKQ9r8GKYo=',
};

export const webhooksPage = (): string => `# Webhooks

Made by \`npm run webhooks\` from the code; a test compares them.

Other programs hear of what happens here by [Standard Webhooks](https://www.standardwebhooks.com): each event is posted as JSON to an address of theirs, signed, and sent again until it is taken. An event holds ids, numbers and times, and no word of a mail: whoever wants more asks the API for it, with a token of its own.

## To begin

1. In the console, *Webhooks*, *Add a webhook*: the address, and what it is sent. Or \`npx postern webhook add https://hooks.example.com/postern --topic case.opened --topic case.closed\`; \`--topic '*'\` is all of it, and what is added later. Or \`POST /api/v1/webhooks\`. It takes the right \`webhooks: manage\`, which managers, directors and admins have.
2. *Show the secret* (\`npx postern webhook secret 1\`), and give it to the program that receives. The audit says who was shown it.
3. *Send a test*: an event \`${testTopic}\` arrives.

## What is posted

\`\`\`
POST /postern HTTP/1.1
content-type: application/json
webhook-id: ${example.id}
webhook-timestamp: ${Math.floor(example.at.getTime() / 1000)}
webhook-signature: ${signatureOf({ ...example, secrets: [example.secret] })}

${example.body}
\`\`\`

Signed with \`${example.secret}\`. \`type\` is the topic, \`timestamp\` when it happened, \`data.change\` the kind of change, \`data.by\` by which way it came: \`contact\`, \`mail\`, \`staff\`, \`page\`, \`preferences\`, \`api\`, \`command\`, \`console\`, \`clock\`, \`outbound\`, \`intake\`. Ids are strings. Take what you do not know as it is: fields and topics may be added.

\`\`\`json
${JSON.stringify(payloadSchema, null, 2)}
\`\`\`

## To receive

- **Check the signature** with a [library of the standard](https://github.com/standard-webhooks/standard-webhooks), over the bytes as they came, before anything else. It refuses what is older than five minutes, too.
- **Answer 2xx within 15 seconds**, and work afterwards. Of the answer the status counts alone; its body is not looked at. A redirect is no answer and is not followed.
- **Know an event by its \`webhook-id\`.** It is the same each time the same event is sent, and an event may come twice: each is sent at least once.
- **What is told of one case comes in its order.** The next one of a case waits for the one before it, until that was taken or given up. Of different cases nothing is said about order; nor is it of an event that is sent once more by hand.
- Answer 410 to hear nothing more: the webhook is switched off.

## When it is not taken

It is sent again after 5 seconds, 5 minutes, 30 minutes, 2, 5, 10, 14 and 20 hours, and a last time three days after the first; a little later each, so that they do not come at once. An endpoint that takes nothing at all is asked at most every five minutes, four events at a time, and when it takes again all that waits goes at once.

After three days the event is given up. Where the endpoint has taken nothing else meanwhile it is switched off: an alert says so, those who hear of alerts get a letter and admins do, and the overview has it until somebody switches it on or removes it. What waits is kept and goes first when it is switched on; what happens while it is off is not kept for it.

What was sent is in the log for 30 days (\`retention.webhookDays\`), with every try and what was answered. *Send it again* sends one event, *Send all again* those of some time (\`npx postern webhook resend-since 1 2026-11-29T08:00:00Z\`), each under its own id.

## The secret

\`whsec_\` and 32 random octets in base64, sealed in the database with \`SECRET_KEY\`. *Make a new secret* signs with both for a day, or for as many hours as you say, so that whoever receives can change over without losing anything: \`webhook-signature\` has two signatures then, and one that fits is enough. With 0 hours the one before signs nothing more.

## Where it may go

To public addresses, by TLS. What a name leads to is looked at as the connection is made, on the address that is connected to, so that no name can lead into your network, nor change where it leads in between: not to this machine, private, link-local, shared or reserved addresses. Networks of your own that may be reached stand in \`WEBHOOK_PRIVATE\`, such as \`WEBHOOK_PRIVATE=10.20.0.0/16\`; there \`http://\` is taken, too. Every process that may send needs it: \`postern start\`, \`postern work scheduler\`.

## Topics

| Topic | When | \`change\` | May carry |
| --- | --- | --- | --- |
${topicLines.join('\n')}
| \`${testTopic}\` | Somebody asks for a test; no endpoint has to want it. | \`${testTopic}\` | nothing more |

\`${everyTopic}\` wants all of them. ${Object.entries(hookFields)
  .map(([name, says]) => `\`${name}\`: ${says}`)
  .join('; ')}.
`;

if (import.meta.main) writeFileSync(resolve(import.meta.dirname, '..', 'webhooks.md'), webhooksPage());
