/** What the form of an answer is sent to: kept, put together, read as it will leave, and sent once everything was seen. */
import type { Hono } from 'hono';
import { gapsIn } from '../../../cases/shown/canned-answers.ts';
import type { Draft, OpenedCase } from '../../../flows/cases/one/case-desk.ts';
import { maskPage, maskPins } from '../../mask.ts';
import { notYours } from '../acts/forms.ts';
import { saidOf } from '../acts/said.ts';
import { faultsOf } from '../acts/typed.ts';
import { tellNext } from '../frame/notice.ts';
import { faultPage } from '../frame/page.ts';
import { foreignHtml } from '../frame/policy.ts';
import { byOf, type ConsoleContext, type ConsoleEnv, viewerMay } from '../viewer.ts';
import { answerInput, answerWill, keptSays } from './answer-form.ts';
import type { CaseDeps } from './deps.ts';
import { previewPage } from './preview-page.ts';

export const noSuchCase = (c: ConsoleContext): Promise<Response> =>
  faultPage(c, { status: 404, says: 'There is no such case.', toDo: 'Look for it in the list of cases.' });

export const mayNot = (c: ConsoleContext): Promise<Response> =>
  faultPage(c, {
    status: 403,
    says: 'You may not do this.',
    toDo: notYours(c.get('viewer'), { right: 'cases: work' }),
  });

const textOf = (value: unknown): string => (typeof value === 'string' ? value.replaceAll('\r\n', '\n') : '');
const idOf = (value: unknown): string => (typeof value === 'string' && /^\d{1,18}$/.test(value) ? value : '0');
const longest = 100_000;

async function bodyOf(c: ConsoleContext) {
  const body = await c.req.parseBody({ all: true });
  const files = [body.files].flat().filter((one): one is File => one instanceof File && one.size > 0);
  return {
    what: textOf([body.do].flat().at(-1)) || 'send',
    /** Null: the form has no text of its own, and that of the draft stays. A privileged PIN goes out in none. */
    text: typeof body.text === 'string' ? maskPins(textOf(body.text).slice(0, longest).replaceAll('\u0000', '')) : null,
    seen: idOf(body.seen),
    canned: idOf(body.canned),
    expect: textOf([body.expect].flat().at(-1)),
    files: await Promise.all(
      files.map(async (one) => ({
        name: one.name.slice(0, 200) || 'file',
        type: one.type.slice(0, 100),
        bytes: new Uint8Array(await one.arrayBuffer()),
      })),
    ),
  };
}
type Body = Awaited<ReturnType<typeof bodyOf>>;

export function answerRoutes(app: Hono<ConsoleEnv>, deps: CaseDeps): void {
  const { caseDesk: desk } = deps;

  async function opened(c: ConsoleContext): Promise<OpenedCase | Response> {
    if (!viewerMay(c.get('viewer'), 'cases: work')) return mayNot(c);
    return (await desk.open(c.req.param('number') ?? '')) ?? noSuchCase(c);
  }
  const mine = (c: ConsoleContext, { on }: OpenedCase) => ({ caseId: on.id, staff: c.get('viewer').address });

  /** The text with each pause of typing; answered with what sending it would do. */
  app.post('/cases/:number{[0-9]+}/answer/draft', async (c) => {
    const found = await opened(c);
    if (found instanceof Response) return found;
    const viewer = c.get('viewer');
    const { text, seen } = await bodyOf(c);
    const of = mine(c, found);
    await desk.keepDraft({ ...of, text, seen });
    await desk.sayPresent({ ...of, session: viewer.session, typing: true });
    const draft = await desk.draft(of);
    const input = answerInput(found.on.number, draft?.text ?? '', {
      seen: draft?.seen ?? seen,
      files: await desk.filesOfDraft(of),
    });
    const will = await answerWill({ ...deps, perform: found.preview }, viewer, input);
    c.header('cache-control', 'no-store');
    return c.json({ kept: draft ? keptSays(draft, viewer) : '', will: maskPage(String(will)) });
  });

  /** One that is kept, filled in for this case, as the text takes it in. */
  app.post('/cases/:number{[0-9]+}/answer/kept', async (c) => {
    const found = await opened(c);
    if (found instanceof Response) return found;
    const { canned } = await bodyOf(c);
    const text = await desk.filledCanned(canned, found.on, c.get('viewer').address);
    c.header('cache-control', 'no-store');
    return c.json({ text: text ?? '' });
  });

  /** Without scripts the form itself is sent; its buttons say what for. */
  app.post('/cases/:number{[0-9]+}/answer', async (c) => {
    const found = await opened(c);
    if (found instanceof Response) return found;
    const { on } = found;
    const of = mine(c, found);
    const body = await bodyOf(c);
    const here = `/cases/${on.number}`;
    if (body.what === 'drop') {
      await desk.dropDraft(of);
      tellNext(c, { says: ['The draft is thrown away.'] });
      return c.redirect(here, 303);
    }
    const { text, seen, files } = body;
    // What was shown on the page of the letter has been seen.
    await desk.keepDraft({ ...of, text, seen, files, anew: body.what === 'sure' });
    if (body.what.startsWith('off:')) await desk.takeFileOff({ ...of, file: idOf(body.what.slice(4)) });
    if (body.what === 'insert') return inserted(c, found, body);
    if (body.what === 'preview') return c.redirect(`${here}/answer`, 303);
    if (body.what === 'send' || body.what === 'sure') return sent(c, found, body);
    if (body.what === 'keep') tellNext(c, { says: ['The draft is kept. It is here whenever you come back.'] });
    return c.redirect(`${here}#answer`, 303);
  });

  async function inserted(c: ConsoleContext, found: OpenedCase, { canned, seen }: Body): Promise<Response> {
    const of = mine(c, found);
    const filled = await desk.filledCanned(canned, found.on, of.staff);
    if (filled !== null) {
      const before = (await desk.draft(of))?.text.trimEnd() ?? '';
      await desk.keepDraft({ ...of, text: before === '' ? filled : `${before}\n\n${filled}`, seen });
    } else tellNext(c, { says: ['Choose which answer to put in.'] });
    return c.redirect(`/cases/${found.on.number}#answer`, 303);
  }

  /** Nothing goes out that was not shown: what others wrote meanwhile, and what follows, are read first on a page of their own. */
  async function sent(c: ConsoleContext, found: OpenedCase, { expect }: Body): Promise<Response> {
    const of = mine(c, found);
    const draft = (await desk.draft(of)) as Draft;
    const { number } = found.on;
    const since = await desk.since({ ...of, seen: draft.seen });
    if (draft.text.trim() === '' || since.length > 0 || expect === '')
      return previewPage(c, deps, { opened: found, asked: true });
    const gaps = gapsIn(draft.text);
    if (gaps.length > 0)
      return previewPage(c, deps, {
        ...{ opened: found, asked: true },
        says: `Nothing was sent: ${gaps.join(' and ')} ${gaps.length > 1 ? 'are gaps' : 'is a gap'} of a kept answer whose value is not known here. Write what belongs there, or take it out.`,
      });
    const input = answerInput(number, draft.text, { seen: draft.seen, files: await desk.filesOfDraft(of) });
    const act = deps.acts.find(({ name }) => name === 'write-on-case');
    if (!act) throw new Error('there is no act write-on-case');
    const parsed = act.input.safeParse(input);
    if (!parsed.success)
      return previewPage(c, deps, { opened: found, asked: true, says: faultsOf(act, parsed.error).join(' ') });
    const outcome = await deps.perform(act.name, parsed.data, {
      by: byOf(c.get('viewer')),
      preview: false,
      expect,
    });
    switch (outcome.kind) {
      case 'done': {
        await desk.dropDraft({ ...of, text: draft.text });
        const { first, more } = saidOf(outcome.done, { zone: c.get('viewer').zone, done: true });
        tellNext(c, { says: [[...first, ...more].join(' ')] });
        return c.redirect(`/cases/${number}`, 303);
      }
      case 'refused':
        return previewPage(c, deps, { opened: found, asked: true, says: outcome.says });
      default:
        return previewPage(c, deps, { opened: found, asked: true });
    }
  }

  app.get('/cases/:number{[0-9]+}/answer', async (c) => {
    const found = await opened(c);
    return found instanceof Response ? found : previewPage(c, deps, { opened: found, asked: false });
  });
  app.get('/cases/:number{[0-9]+}/answer/html', async (c) => {
    const found = await opened(c);
    if (found instanceof Response) return found;
    const draft = await desk.draft(mine(c, found));
    const input = answerInput(found.on.number, draft?.text ?? '', {});
    const ahead = await desk.lettersAhead({ act: 'write-on-case', input, by: byOf(c.get('viewer')) });
    const letters = ahead.kind === 'letters' ? ahead.letters : [];
    const letter = letters.find(({ to }) => to === c.req.query('to')) ?? letters[0];
    // Its sanitiser and parser of styles are some 5 MB that no other page needs.
    const { shownHtml } = await import('../../shown-html.ts');
    return foreignHtml(shownHtml(maskPins(letter?.html ?? '<p>It has no HTML.</p>')));
  });
  /** Said every few seconds while the page is looked at. */
  app.post('/cases/:number{[0-9]+}/here', async (c) => {
    const viewer = c.get('viewer');
    if (!viewerMay(viewer, 'cases: work')) return mayNot(c);
    const caseId = await desk.rowOf(c.req.param('number'));
    if (caseId === null) return noSuchCase(c);
    const { typing } = await c.req.parseBody();
    const { present, newest } = await desk.sayPresent({
      ...{ caseId, staff: viewer.address },
      session: viewer.session,
      typing: typing === 'yes' ? true : typing === 'no' ? false : null,
    });
    c.header('cache-control', 'no-store');
    return c.json({ says: presentSays(present), newest });
  });
}

/** `Robin Hale is answering it. Kim Oster looks at it.` */
export function presentSays(present: readonly { readonly name: string; readonly typing: boolean }[]): string {
  const say = (all: readonly { readonly name: string }[], one: string, many: string): string[] =>
    all.length === 0 ? [] : [`${all.map(({ name }) => name).join(' and ')} ${all.length === 1 ? one : many}.`];
  return [
    ...say(
      present.filter(({ typing }) => typing),
      'is answering it',
      'are answering it',
    ),
    ...say(
      present.filter(({ typing }) => !typing),
      'looks at it, too',
      'look at it, too',
    ),
  ].join(' ');
}
