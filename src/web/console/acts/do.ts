/** The routes behind every button: an act is done as it was shown, or what would follow now is shown instead. */
import { type Context, Hono } from 'hono';
import { html } from 'hono/html';
import type { ContentfulStatusCode } from 'hono/utils/http-status';
import { answeringIt } from '../../../changes/cases/work.ts';
import type { Change } from '../../../changes/change.ts';
import type { CommitOutcome } from '../../../flows/acts/commit.ts';
import type { Html } from '../../html.ts';
import { problemOf } from '../../problem.ts';
import { withinConsole } from '../frame/back.ts';
import { type Notice, tellNext } from '../frame/notice.ts';
import { consolePage, faultPage } from '../frame/page.ts';
import { byOf, type ConsoleContext, type ConsoleEnv, mayDo } from '../viewer.ts';
import { type Asked, formAgain, notYours, ownNames, willShown } from './forms.ts';
import { foresee, type OfferDeps } from './offer.ts';
import { type Said, saidOf } from './said.ts';
import { faultsOf, inputOf } from './typed.ts';
import { isFinal, undoOf } from './undo.ts';

const textsOf = (value: unknown): string[] => [value].flat().filter((one): one is string => typeof one === 'string');

/** Null: there is no such act. */
async function askedOf(c: Context, deps: OfferDeps) {
  const act = deps.acts.find(({ name }) => name === c.req.param('act'));
  if (!act) return null;
  const body = await c.req.parseBody({ all: true });
  const last = (name: string): string => textsOf(body[name]).at(-1) ?? '';
  const typed = Object.fromEntries(
    Object.entries(body)
      .filter(([name]) => !(ownNames as readonly string[]).includes(name) && !name.startsWith('page-'))
      .map(([name, value]) => [name, textsOf(value)]),
  );
  const own = {
    ...{ input: last('input'), back: withinConsole(last('back')), offer: last('offer') },
    ...{ says: last('says'), asks: last('asks') },
  };
  const asked: Asked = { act, own: { ...own, says: own.says || 'Do it' }, typed };
  return { ...asked, expect: last('expect'), sure: last('sure'), shown: last('shown') === 'yes' };
}

function fixedOf(text: string): unknown {
  try {
    return text === '' ? {} : JSON.parse(text);
  } catch {
    return {};
  }
}

const scripted = (c: Context): boolean => c.req.header('hx-request') !== undefined;
const knownOffer = /^do-[a-z-]+-[0-9a-f]{8}$/;

/** Said beside the button, where everything typed still stands; without scripts on a page with the form once more. */
function toldAgain(
  c: ConsoleContext,
  asked: Asked,
  told: {
    readonly status: ContentfulStatusCode;
    readonly title: string;
    readonly says: readonly string[];
    readonly will?: Html;
  },
): Response | Promise<Response> {
  const { status, title, says, will } = told;
  const { offer } = asked.own;
  const sentences = html`<p><b>${title}</b></p>${says.map((one) => html`<p>${one}</p>`)}`;
  if (scripted(c) && knownOffer.test(offer)) {
    c.header('hx-retarget', `#${offer}-told`);
    c.header('hx-reswap', 'innerHTML');
    c.header('hx-reselect', '.said');
    const above = will ? html`<div id="${offer}-will" hx-swap-oob="innerHTML">${will}</div>` : '';
    return c.html(html`<div class="said${will ? ' now' : ''}">${sentences}</div>${above}`, status);
  }
  return consolePage(c, {
    title,
    place: '',
    status,
    body: html`${says.map((one) => html`<p class="lead">${one}</p>`)}${formAgain(c, asked, {
      above: will ?? html``,
      hide: will !== undefined,
    })}`,
  });
}

/** What follows, to be confirmed: nobody was shown it with what they have typed. */
const shownFirst = (
  c: ConsoleContext,
  asked: Asked,
  said: Parameters<typeof willShown>[1],
  fingerprint: string,
): Response | Promise<Response> =>
  toldAgain(c, asked, {
    ...{ status: 200, title: asked.own.says },
    says: [`${asked.own.asks || 'This is what follows.'} Press again to do it.`],
    will: willShown(asked.act, said, fingerprint),
  });

/** Whoever opens a case goes on with it. */
const leadsToWhatItOpened: ReadonlySet<string> = new Set(['open-case']);

/** Nothing leaves the house and one button takes it back: nobody is asked, but where somebody else is at it. */
const isHarmless = (act: string, { first, more }: Said): boolean =>
  act === 'take-case' && ![...first, ...more].some((one) => one.includes(answeringIt));

type Outcome = Exclude<CommitOutcome, { kind: 'preview' }>;
const statuses = { 'not-found': 404, conflict: 409, 'no-right': 403, 'bad-input': 422 } as const;

export type ActDeps = OfferDeps & {
  /** What an act has made possible, told beside what it did; null: nothing. */
  readonly opened?: (made: readonly Change[]) => Promise<NonNullable<Notice['way']> | null>;
};

/** It is done by then, so that what cannot be looked up is left out. */
async function wayOpened({ opened, log }: ActDeps, made: readonly Change[]) {
  try {
    return (await opened?.(made)) ?? null;
  } catch (error) {
    log.warn({ error: String(error) }, 'what an act has made possible could not be looked up');
    return null;
  }
}

async function answer(
  c: ConsoleContext,
  deps: ActDeps,
  asked: Asked,
  { input, outcome, unseen }: { readonly input: unknown; readonly outcome: Outcome; readonly unseen: boolean },
): Promise<Response> {
  switch (outcome.kind) {
    case 'done': {
      const { first, more } = saidOf(outcome.done, { zone: c.get('viewer').zone, done: true });
      const undo = undoOf(asked.act.name, input, outcome.done, outcome.made);
      const rest = more.length > 0 ? [`And ${more.length} more, which the audit lists.`] : [];
      const way = await wayOpened(deps, outcome.made);
      const goesThere = way !== null && leadsToWhatItOpened.has(asked.act.name);
      tellNext(c, {
        says: [first.join(' '), ...rest],
        ...(undo && { undo }),
        ...(isFinal(asked.act.name) && { final: true }),
        ...(way && !goesThere && { way }),
      });
      const back = goesThere ? way.href : asked.own.back;
      const here = c.req.header('hx-current-url');
      const elsewhere = here && URL.canParse(here) && new URL(here).pathname !== back.split(/[?#]/)[0];
      if (!scripted(c) || !elsewhere) return c.redirect(back, 303);
      c.header('hx-redirect', back);
      return c.body(null, 200);
    }
    case 'moved':
      if (unseen) return shownFirst(c, asked, saidOf(outcome.preview, c.get('viewer')), outcome.preview.fingerprint);
      return toldAgain(c, asked, {
        status: 409,
        title: 'Something has changed meanwhile, so nothing was done.',
        says: ['This is what would follow now. Press again to do it.'],
        will: willShown(asked.act, saidOf(outcome.preview, c.get('viewer')), outcome.preview.fingerprint),
      });
    case 'refused':
      return toldAgain(c, asked, { status: statuses[outcome.why], title: 'Not done.', says: [outcome.says] });
    default:
      return outcome satisfies never;
  }
}

/** What was typed stays, whatever went wrong. */
function failedTo(c: ConsoleContext, asked: Asked, { log }: OfferDeps, error: unknown): Response | Promise<Response> {
  const problem = problemOf(error);
  if (!problem) log.error({ act: asked.act.name, error: String(error) }, 'a button of the console failed');
  return toldAgain(c, asked, {
    status: problem?.status ?? 500,
    title: 'Not done.',
    says: problem
      ? [problem.message, 'Press again in a moment.']
      : ['Something is wrong here; the log says what. It may be done all the same: look before you press again.'],
  });
}

export function actRoutes(deps: ActDeps): Hono<ConsoleEnv> {
  const app = new Hono<ConsoleEnv>({ strict: false });
  const none = (c: ConsoleContext) =>
    faultPage(c, {
      status: 404,
      says: 'There is nothing to do by this name.',
      toDo: 'Go back and open the page again.',
    });

  app.post('/do/:act/preview', async (c) => {
    const asked = await askedOf(c, deps);
    if (!asked || !mayDo(c.get('viewer'), asked.act)) return c.html(html``, asked ? 403 : 404);
    const input = inputOf(asked.act, fixedOf(asked.own.input), asked.typed);
    const foreseen = await foresee(deps, c.get('viewer'), asked.act, input);
    switch (foreseen.kind) {
      case 'will':
        return c.html(willShown(asked.act, foreseen.said, foreseen.fingerprint));
      // What is not filled in yet is no fault while somebody types.
      case 'unfit':
        return c.html(html`<!-- -->`);
      case 'refused':
        return c.html(html`<p>${foreseen.says}</p>`);
      default:
        return foreseen satisfies never;
    }
  });

  app.post('/do/:act', async (c) => {
    const asked = await askedOf(c, deps);
    if (!asked) return none(c);
    const { act, own, typed, expect, sure, shown } = asked;
    const viewer = c.get('viewer');
    if (!mayDo(viewer, act))
      return faultPage(c, { status: 403, says: 'You may not do this.', toDo: notYours(viewer, act) });
    const input = inputOf(act, fixedOf(own.input), typed);
    const parsed = act.input.safeParse(input);
    if (!parsed.success)
      return toldAgain(c, asked, { status: 422, title: 'Not done yet.', says: faultsOf(act, parsed.error) });
    if (expect === '' && sure !== 'yes') {
      const foreseen = await foresee(deps, viewer, act, input);
      if (foreseen.kind === 'will' && !(sure === 'alone' && isHarmless(act.name, foreseen.said))) return shownFirst(c, asked, foreseen.said, foreseen.fingerprint);
    }
    try {
      const how = { by: byOf(viewer), preview: false, ...(expect !== '' && { expect }) };
      const outcome = await deps.perform(act.name, parsed.data, how);
      if (outcome.kind === 'preview') throw new Error(`${act.name} was only previewed`);
      // Without scripts the sentence beside the fields is that of before they were filled in.
      const filled = Object.values(typed).some((texts) => texts.some((one) => one.trim() !== ''));
      const unseen = filled && !shown && !scripted(c);
      return await answer(c, deps, asked, { input: parsed.data, outcome, unseen });
    } catch (error) {
      return failedTo(c, asked, deps, error);
    }
  });
  return app;
}
