/** The registry in from files: what would become otherwise is shown in words, or every fault with its line, before anything is done. */
import { html } from 'hono/html';
import type { ImportTried } from '../../../flows/registry/customers.ts';
import { decodeText } from '../../../registry/registry-csv.ts';
import type { Fault, SourceFile } from '../../../registry/registry-file.ts';
import type { Html } from '../../html.ts';
import { maskPins } from '../../mask.ts';
import { notYours, ownFields } from '../acts/forms.ts';
import { csrfField } from '../frame/csrf.ts';
import { consolePage, faultPage } from '../frame/page.ts';
import { alert, card, details, empty } from '../frame/parts.ts';
import { byOf, type ConsoleContext, viewerMay } from '../viewer.ts';
import { type CustomerDeps, fileRight, place, sheet } from './deps.ts';
import { counted } from './words.ts';

/** The files go to the browser and back with what they come to, so that nothing is kept here of what nobody has confirmed. */
const mostBytes = 700_000;
const mostFiles = 20;
const mostLines = 300;

type Typed = { readonly text: string; readonly prune: boolean; readonly welcome: boolean };

const box = (name: string, says: string, on: boolean): Html =>
  html`<label class="check"><input type="checkbox" name="${name}" value="yes"${on ? html` checked` : ''}> ${says}</label>`;

const importForm = (c: ConsoleContext, { text, prune, welcome }: Typed, site: string | null): Html =>
  card(
    html`<form class="form" method="post" action="${place}/import" enctype="multipart/form-data">${csrfField(c)}${
      site === null
        ? html`<label class="field"><span>Files</span><input type="file" name="file" multiple accept=".yaml,.yml,.csv,.tsv,.txt"><small>YAML, or tables as a spreadsheet saves them: sites.csv, contacts.csv, licences.csv, plans.csv, products.csv, versions.csv. ${Math.round(mostBytes / 1000)} kB at most; more with <code>postern registry import</code>.</small></label>`
        : html`<input type="hidden" name="site" value="${site}">`
    }<label class="field"><span>${site === null ? 'Or YAML, typed here' : 'The site as YAML'}</span><textarea class="yaml" name="text" rows="${text === '' ? 6 : 24}" spellcheck="false">${text}</textarea></label>
<div>${box('prune', 'Within the sites named, contacts, licences and plans that are not named go', prune)}${box('welcome', 'Welcome the sites named that were not yet', welcome)}</div>
<div class="act"><button class="btn main">Show what would change</button>${site === null ? '' : html`<a class="btn" href="${place}/${site}">Leave it</a>`}</div></form>`,
  );

const faultLine = ({ file, line, column, says }: Fault): Html =>
  html`<li><code>${file}:${line}</code>${column === undefined ? '' : html` <b>${column}</b>`} ${maskPins(says)}</li>`;

const shownAtOnce = (lines: readonly Html[]): Html =>
  html`<ul class="changes">${lines.slice(0, mostLines)}</ul>${
    lines.length > mostLines ? html`<p class="hint">And ${counted(lines.length - mostLines, 'more line')}.</p>` : ''
  }`;

const warned = (warnings: readonly Fault[]): Html | string =>
  warnings.length === 0
    ? ''
    : html`<div class="alert warn"><i></i><div><p>${counted(warnings.length, 'thing')} to know; ${warnings.length === 1 ? 'it does' : 'they do'} not stand in the way.</p><ul class="changes">${warnings.map(faultLine)}</ul></div></div>`;

/** `site 1000345: licence S-1 quantity 40 → 50` stands below the name of what it is about. */
function differenceShown(lines: readonly string[]): Html {
  const bySite = [...Map.groupBy(lines, (line) => /^site \d{7}/.exec(line)?.[0] ?? 'products')];
  const shown = bySite.slice(0, mostLines);
  return html`${shown.map(
    ([of, own]) =>
      html`<section class="difference"><h3>${of === 'products' ? 'Products' : html`<a href="${place}/${of.slice(5)}">Site ${of.slice(5)}</a>`}</h3>${shownAtOnce(
        own.map((line) => {
          const says = line.replace(new RegExp(`^${of}:? ?`), '');
          return html`<li class="${line.endsWith('removed') ? 'goes' : 'comes'}">${maskPins(says || line)}</li>`;
        }),
      )}</section>`,
  )}${bySite.length > shown.length ? html`<p class="hint">And ${counted(bySite.length - shown.length, 'more site')}.</p>` : ''}`;
}

type Asked = { readonly files: readonly SourceFile[]; readonly typed: Typed; readonly site: string | null };

function confirmForm(c: ConsoleContext, { files, typed, site }: Asked, fingerprint: string): Html {
  const { prune, welcome } = typed;
  const input = JSON.stringify({ files, prune, welcome });
  const back = site === null ? place : `${place}/${site}`;
  const own = { input, back, offer: '', says: 'Write it into the registry', asks: '' };
  return html`<form class="act" method="post" action="/do/import-registry" enctype="multipart/form-data">${ownFields(c, { own })}<input type="hidden" name="expect" value="${fingerprint}"><button class="btn main" data-key="w">Write it into the registry <kbd>w</kbd></button><a class="btn" href="${back}">Leave it</a></form>`;
}

function triedShown(c: ConsoleContext, asked: Asked, tried: ImportTried): Html {
  switch (tried.kind) {
    case 'refused':
      return alert(tried.says, 'Nothing was done.');
    case 'faults':
      return html`<div class="alert" role="alert"><i></i><div><p>${counted(tried.faults.length, 'fault')}; nothing was done, and nothing can be until ${tried.faults.length === 1 ? 'it is' : 'all are'} put right.</p>${shownAtOnce(tried.faults.map(faultLine))}</div></div>`;
    case 'differs':
      return tried.lines.length === 0 && tried.welcomes === 0
        ? empty('Nothing changes: the registry says the same already.')
        : card(
            html`<div class="inner">${differenceShown(tried.lines)}${
              tried.welcomes > 0
                ? html`<p>${counted(tried.welcomes, 'site')} ${tried.welcomes === 1 ? 'is' : 'are'} welcomed: the primary, and the technical contacts.</p>`
                : asked.typed.welcome
                  ? html`<p>Nobody is welcomed: all of these sites were.</p>`
                  : html`<p class="dim">Nobody is written to about it but for proofs of entitlement that are named here.</p>`
            }${confirmForm(c, asked, tried.fingerprint)}</div>`,
            `${counted(tried.lines.length, 'change')}, all of them or none`,
          );
    default:
      return tried satisfies never;
  }
}

const mayNot = (c: ConsoleContext) =>
  faultPage(c, {
    status: 403,
    says: 'You may not do this.',
    toDo: `Importing changes customers. ${notYours(c.get('viewer'), { right: 'registry: update' })}`,
  });

const titleOf = (site: string | null): string => (site === null ? 'Import customers' : `Site ${site} as text`);
const upOf = (site: string | null) =>
  site === null ? { href: place, says: 'Customers' } : { href: `${place}/${site}`, says: `Site ${site}` };

const lead = (site: string | null): Html =>
  site === null
    ? html`<p class="lead">What is not named stays as it is. All of it is done, or nothing; the same file twice changes nothing. You see first what would change.</p>`
    : html`<p class="lead">Change what stands here, such as a plan or a licence. You see first what would change. What you take out goes, as long as the box below is ticked.</p>`;

export async function importPage(c: ConsoleContext, { customers }: CustomerDeps): Promise<Response> {
  if (!viewerMay(c.get('viewer'), fileRight)) return mayNot(c);
  const asked = c.req.query('site') ?? '';
  const text = /^\d{7}$/.test(asked) ? await customers.yaml(asked) : null;
  const site = text === null ? null : asked;
  return consolePage(c, {
    ...{ title: titleOf(site), place, up: upOf(site), assets: sheet },
    body: html`${lead(site)}${importForm(c, { text: text ?? '', prune: site !== null, welcome: false }, site)}`,
  });
}

const textOf = (value: unknown): string => (typeof value === 'string' ? value : '');

async function askedOf(c: ConsoleContext): Promise<Asked> {
  const body = await c.req.parseBody({ all: true });
  const given = [body.file].flat().filter((one): one is File => one instanceof File && one.size > 0);
  const files: SourceFile[] = [];
  for (const file of given.slice(0, mostFiles))
    files.push({
      name: file.name.slice(0, 200) || 'file.yaml',
      text: decodeText(new Uint8Array(await file.arrayBuffer())),
    });
  const text = textOf(body.text).replaceAll('\r\n', '\n');
  const site = textOf(body.site);
  const isOne = /^\d{7}$/.test(site);
  if (text.trim() !== '') files.push({ name: isOne ? `site ${site}` : 'typed here', text });
  const typed = { text, prune: body.prune === 'yes', welcome: body.welcome === 'yes' };
  return { files, typed, site: isOne ? site : null };
}

export async function tryImportPage(c: ConsoleContext, { customers }: CustomerDeps): Promise<Response> {
  const viewer = c.get('viewer');
  if (!viewerMay(viewer, fileRight)) return mayNot(c);
  const asked = await askedOf(c);
  const { files, typed, site } = asked;
  const size = files.reduce((sum, { text }) => sum + Buffer.byteLength(text), 0);
  const wrong =
    files.length === 0
      ? (['Nothing was given to import.', 'Choose a file, or type the YAML.'] as const)
      : size > mostBytes
        ? ([
            `That is ${Math.round(size / 1000)} kB; this page takes ${Math.round(mostBytes / 1000)} kB.`,
            'Take fewer sites at once, or use postern registry import, which takes any number.',
          ] as const)
        : null;
  const tried = wrong ? null : await customers.tryImport(files, { ...typed, by: byOf(viewer) });
  const status = tried === null || tried.kind !== 'differs' ? 422 : 200;
  const again = importForm(c, typed, site);
  return consolePage(c, {
    ...{ title: titleOf(site), place, up: upOf(site), status, assets: sheet },
    keys: [['w', 'Write it into the registry']],
    body: html`${wrong ? alert(wrong[0], wrong[1]) : ''}${tried ? html`${triedShown(c, asked, tried)}${warned(tried.warnings)}` : ''}${
      tried?.kind === 'differs' ? details('Something else instead', again) : again
    }`,
  });
}
