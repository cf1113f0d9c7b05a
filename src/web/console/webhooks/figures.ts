import type { Webhooks } from '../../../flows/webhooks/webhooks.ts';
import type { Figures } from '../live/figures.ts';

/** Those that were switched off by themselves: somebody has to look. */
export async function webhookFigures(webhooks: Pick<Webhooks, 'failed'>): Promise<Figures> {
  return { 'webhooks.failed': String(await webhooks.failed()) };
}
