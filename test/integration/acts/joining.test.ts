/** Cases merged, taken apart and split, in the database (POLICY §5). */
import { afterAll, beforeAll, beforeEach, expect, it } from 'vitest';
import { perform } from '../../../src/flows/acts/perform.ts';
import { registrySql } from '../../support/app.ts';
import { letterDeps } from '../../support/letter-deps.ts';
import { addCase, addMail, openWeb, type TestWeb, told } from '../web/support.ts';

let web: TestWeb;
let number = 700_000;
let [one, other] = ['', ''];

beforeAll(async () => {
  const intake = () => {
    throw new Error('no mail is to be read');
  };
  web = await openWeb({
    actions: { perform: (act, input, how) => perform({ ...letterDeps(web.database), intake }, { act, input, ...how }) },
  });
  await web.sql(registrySql);
});
afterAll(() => web.close());
beforeEach(async () => {
  number += 2;
  [one, other] = [`${number}`, `${number + 1}`];
  for (const each of [one, other]) await addCase(web, { number: each, site_id: 1, contact_id: 1 });
});

const post = (path: string, body: unknown) =>
  web.ask(`/api/v1/cases/${path}`, {
    method: 'POST',
    body: JSON.stringify(body),
    headers: { 'content-type': 'application/json' },
  });
const standing = (each: string) =>
  web.sql(
    `select c.status, t.number as into, array(select address::text from case_participants p where p.case_id = c.id) as people
     from cases c left join cases t on t.id = c.merged_into where c.number = $1`,
    [each],
  );

it('of two people who merge two cases into each other at once one is told that it is done', async () => {
  const answers = await Promise.all([post(`${one}/merge`, { into: other }), post(`${other}/merge`, { into: one })]);
  expect(answers.map(({ status }) => status).toSorted()).toEqual([200, 409]);
  const stand = [...(await standing(one)), ...(await standing(other))];
  expect(stand.map(({ status }) => status).toSorted()).toEqual(['closed', 'open']);
});

it('a merge brings its people, and takes them away again', async () => {
  await web.sql(
    `insert into case_participants (case_id, address, added_at) select id, 'max@aldous.example', now() from cases where number = $1`,
    [one],
  );
  const merged = await told(await post(`${one}/merge`, { into: other }));
  expect(merged).toMatchObject({ status: 'closed', links: [{ kind: 'merged-into', case: other }] });
  expect((await standing(other))[0].people.toSorted()).toEqual(['ada@aldous.example', 'max@aldous.example']);
  expect(await told(await post(`${one}/reopen`, { reason: 'It broke.' }))).toMatchObject({
    detail: `Case ${one} was merged into case ${other}, which goes on in its place.`,
  });
  expect(await told(await post(`${one}/unmerge`, { from: other }))).toMatchObject({ status: 'open', links: [] });
  expect(await standing(other)).toMatchObject([{ status: 'open', people: [] }]);
});

it('a mail that is split off is on its own case, with who wrote it, and both know of each other', async () => {
  const mails = [await addMail(web, { raw: `Subject: ${one}` }), await addMail(web, { raw: `Subject: ${other}` })];
  for (const mail of mails)
    await web.sql(
      `insert into case_messages (case_id, mail_id, direction, author, text, at)
       select id, $2, 'in', 'max@aldous.example', 'And the printer', now() from cases where number = $1`,
      [one, mail],
    );
  const split = await told(await post(`${one}/split`, { mails: mails.slice(1), title: 'The printer' }));
  const made = split.links[0].case;
  expect(split).toMatchObject({ links: [{ kind: 'split' }], messages: [{ mail: mails[0] }] });
  expect(await told(await web.ask(`/api/v1/cases/${made}`))).toMatchObject({
    title: 'The printer',
    contact: 'max@aldous.example',
    participants: ['max@aldous.example'],
    links: [{ kind: 'split-from', case: one }],
    messages: [{ mail: mails[1] }],
  });
});
