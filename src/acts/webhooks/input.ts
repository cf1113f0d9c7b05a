/** What is said of an endpoint. Whether its address may be reached is seen when it is connected to, on the address that its name has then. */
import { z } from 'zod';
import { everyTopic, isTopic, topicNames } from '../../changes/webhooks/topics.ts';
import { didYouMean } from '../../foundation/nearest-word.ts';
import { type Given, type Refusal, refused } from '../act.ts';
import type { WebhookRecord } from './records.ts';

export const webhookId = z.string().regex(/^\d{1,18}$/, 'is no webhook');

const urlFault = (typed: string): string | null => {
  const url = URL.parse(typed);
  if (!url) return 'is no address such as https://hooks.example.com/postern';
  if (url.protocol !== 'https:' && url.protocol !== 'http:') return 'has to begin with https://';
  if (url.username || url.password) return 'must hold no name and no password: the signature says who sends';
  if (url.hash) return 'must hold no #';
  return null;
};
export const webhookUrl = z
  .string()
  .trim()
  .min(1, 'is needed')
  .max(500)
  .superRefine((typed, ctx) => {
    const fault = urlFault(typed);
    if (fault) ctx.addIssue({ code: 'custom', message: fault });
  })
  .describe('where it is sent to: https://…');

const topic = z
  .string()
  .trim()
  .superRefine((typed, ctx) => {
    if (typed !== everyTopic && !isTopic(typed))
      ctx.addIssue({
        code: 'custom',
        message: `"${typed.slice(0, 60)}" is no topic${didYouMean(topicNames, typed) || '; docs/webhooks.md has them'}`,
      });
  });
/** In the order of the list, each once; everything is everything. */
export const inOrder = (topics: readonly string[]): string[] =>
  topics.includes(everyTopic) ? [everyTopic] : topicNames.filter((one) => topics.includes(one));
export const webhookTopics = z
  .array(topic)
  .min(1, 'have to be one or more')
  .max(200)
  .describe('what it is sent; * is all of it');
export const webhookAbout = z.string().trim().max(200).describe('what it is for').optional();

export const hostOf = (url: string): string => URL.parse(url)?.host ?? url;

/** Without TLS only where addresses of this network are allowed; whether it is one is seen when it is connected to. */
export const unlessPlain = (url: string, { desk }: Pick<Given, 'desk'>): Refusal | null =>
  url.startsWith('http:') && (desk.webhookPrivate ?? []).length === 0
    ? refused('bad-input', 'url: has to begin with https://; without TLS only networks of WEBHOOK_PRIVATE are sent to.')
    : null;

export const noWebhook = (id: string): Refusal => refused('not-found', `There is no webhook ${id}.`);

export const ofWebhook = (found: WebhookRecord, { by, now: at }: Pick<Given, 'by' | 'now'>) => ({
  ...{ webhook: found.id, host: hostOf(found.url), webhookVersion: found.version, at, by },
});
