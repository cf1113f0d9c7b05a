/** The routes of the audit. Nothing is done here. */
import { Hono } from 'hono';
import { html } from 'hono/html';
import { type AuditTrail, mostExported } from '../../../flows/audit/audit-trail.ts';
import { consolePage, faultPage } from '../frame/page.ts';
import { type ConsoleContext, type ConsoleEnv, viewerMay } from '../viewer.ts';
import { askedOf, auditAddress } from './asked.ts';
import { auditBody } from './audit-page.ts';

const perPage = 50;

export function auditRoutes({ audit }: { readonly audit: AuditTrail }): Hono<ConsoleEnv> {
  const app = new Hono<ConsoleEnv>({ strict: false });
  const mayNot = (c: ConsoleContext) =>
    faultPage(c, { status: 403, says: 'You may not see the audit.', toDo: 'Ask an admin for a role that may.' });
  const sees = (c: ConsoleContext): boolean => viewerMay(c.get('viewer'), 'audit: view');

  app.get('/audit', async (c) => {
    if (!sees(c)) return mayNot(c);
    const viewer = c.get('viewer');
    const { asked, filter, faults } = askedOf((name) => c.req.query(name), viewer);
    const [page, actions] = await Promise.all([
      audit.list({ ...filter, before: asked.before ?? null, limit: perPage }),
      audit.actions(),
    ]);
    const mails = await audit.mails(page.items.flatMap((one) => (one.subjectKind === 'mail' ? [one.subjectId] : [])));
    const csv = auditAddress('/audit.csv', { ...asked, before: undefined });
    return consolePage(c, {
      title: 'Audit',
      assets: ['audit.css'],
      place: '/audit',
      tools: html`<a class="btn" href="${csv}" download title="At most ${mostExported.toLocaleString('en-GB')} lines, the newest">CSV</a>`,
      body: auditBody({ viewer, asked, faults, actions, mails, ...page }),
    });
  });

  app.get('/audit.csv', async (c) => {
    if (!sees(c)) return mayNot(c);
    const { filter, faults } = askedOf((name) => c.req.query(name), c.get('viewer'));
    if (faults.length > 0)
      return faultPage(c, { status: 400, says: faults.join(' '), toDo: 'Go back and change the filter.' });
    const lines = audit.csv(filter);
    const encoder = new TextEncoder();
    const body = new ReadableStream<Uint8Array>({
      async pull(controller) {
        const next = await lines.next();
        if (next.done) controller.close();
        else controller.enqueue(encoder.encode(next.value));
      },
      async cancel() {
        await lines.return(undefined);
      },
    });
    return c.body(body, 200, {
      'content-type': 'text/csv; charset=utf-8',
      'content-disposition': 'attachment; filename="audit.csv"',
    });
  });
  return app;
}
