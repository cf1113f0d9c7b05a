/** The routes of held mail. */
import { Hono } from 'hono';
import { html } from 'hono/html';
import type { HeldLine } from '../../../flows/mail/held-desk.ts';
import { consolePage } from '../frame/page.ts';
import { countShown } from '../live/figures.ts';
import type { ConsoleContext, ConsoleEnv } from '../viewer.ts';
import { letInOffer, letInRows } from './let-in.ts';
import { doMany, type ManyDeps, manyForm, manyPage } from './many.ts';
import { type HeldPageDeps, heldPage } from './page.ts';

async function letInPage(c: ConsoleContext, deps: HeldPageDeps): Promise<Response> {
  const { held } = deps;
  const { mails, count } = await held.letIn({ look: true });
  const [lines, trials] = await Promise.all([held.among(mails), held.trials(mails)]);
  const shown = lines.length === 0 ? '' : manyForm('/held/let-in', [['let-in', 'Let them in', 'm']]);
  return consolePage(c, {
    title: 'Mails that would be let in now',
    place: '/held',
    up: { href: '/held', says: 'Held mail' },
    body: html`<p class="lead">${
      count === 0
        ? ''
        : html`What kept ${count === 1 ? 'this mail' : `these ${countShown(count)} mails`} is mended: the sender, or the number that it names, has come on record. Decided again by what stands now:`
    }</p>${
      lines.length === 0
        ? ''
        : html`<form class="act" method="get" action="/held/many"><input type="hidden" name="back" value="/held/let-in">${lines.map(
            ({ id }) => html`<input type="hidden" name="mail" value="${id}">`,
          )}<button class="btn main" name="do" value="let-in" data-key="r">Let ${lines.length === 1 ? 'it' : `all ${countShown(lines.length)}`} in <kbd>r</kbd></button></form>`
    }${letInRows({ lines, trials, count, viewer: c.get('viewer'), form: 'many' })}${shown}`,
    keys: [
      ['r', 'Let all in'],
      ['m', 'Let those chosen in'],
    ],
  });
}

export function heldRoutes(deps: HeldPageDeps): Hono<ConsoleEnv> {
  const app = new Hono<ConsoleEnv>({ strict: false });
  const lines = async (ids: readonly string[]): Promise<readonly HeldLine[]> => deps.held.among(ids);
  const many: ManyDeps = { ...deps, lines };
  app.get('/held', (c) => heldPage(c, deps));
  app.get('/held/let-in', (c) => letInPage(c, deps));
  app.get('/held/let-in/offer', async (c) => {
    const { count } = await deps.held.letIn({ look: true });
    c.header('cache-control', 'no-store');
    return c.html(letInOffer(count, { look: false }));
  });
  app.get('/held/many', (c) => manyPage(c, many));
  app.post('/held/many', (c) => doMany(c, many));
  return app;
}
