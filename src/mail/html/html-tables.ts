/** Tables as lines (MAIL.md §2): a row ends a line, a cell a space, and a label with its value beside it is a labelled line. */

import { isReportLabel } from '../report/report-labels.ts';
import type { DomNode, FormatCallback } from './html-node.ts';

type Cell = { readonly text: string };

const cellNames = new Set(['td', 'th', 'dt', 'dd']);
const groupNames = new Set(['thead', 'tbody', 'tfoot', 'center', 'form', 'div']);

const says = (node: DomNode): boolean => (node.type === 'text' ? (node.data ?? '').trim() !== '' : node.type === 'tag');

/** The rows of a table or of a list of definitions, each with its cells; what stands loose between them is a cell too. */
function rowsOf(nodes: readonly DomNode[]): DomNode[][][] {
  const rows: DomNode[][][] = [];
  let loose: DomNode[][] = [];
  let open = false;
  const end = () => {
    if (loose.length > 0) rows.push(loose);
    loose = [];
    open = false;
  };
  const put = (node: DomNode) => {
    if (open) loose.at(-1)?.push(node);
    else loose.push([node]);
    open = true;
  };
  for (const node of nodes) {
    const name = node.type === 'tag' ? (node.name ?? '') : '';
    const children = (node.children as DomNode[] | undefined) ?? [];
    const isGroup = groupNames.has(name) && (name !== 'div' || children.some((one) => cellNames.has(one.name ?? '')));
    if (name === 'tr' || isGroup) {
      end();
      if (name === 'tr') rows.push(rowsOf(children).flat());
      else for (const row of rowsOf(children)) rows.push(row);
    } else if (cellNames.has(name)) {
      if (name === 'dt') end();
      loose.push(children);
      open = false;
    } else if (says(node)) put(node);
  }
  end();
  return rows;
}

const oneLine = (text: string): boolean => !text.includes('\n') && !text.startsWith('>');

const labelled = (label: string, value: string): string =>
  `${label}${/[:：=]\s*$/.test(label) ? '' : ':'} ${value.replace(/\n{2,}/g, '\n')}`.trimEnd();

/** Label and value in turn, once or several times. */
const inPairs = (texts: readonly string[]): boolean =>
  texts.length >= 2 &&
  texts.length % 2 === 0 &&
  texts.every((text, i) => (i % 2 === 0) === isReportLabel(text) && (i % 2 === 1 || text !== ''));

function rowText(texts: readonly string[]): string {
  if (inPairs(texts))
    return texts.flatMap((label, i) => (i % 2 === 0 ? [labelled(label, texts[i + 1] ?? '')] : [])).join('\n');
  const said = texts.filter((text) => text !== '');
  if (inPairs(said)) return rowText(said);
  return said.join(said.every(oneLine) ? ' ' : '\n');
}

function tableText(rows: readonly (readonly Cell[])[]): string {
  const texts = rows.map((row) => row.map(({ text }) => text.trim())).filter((row) => row.some((text) => text !== ''));
  const [heads = [], values = []] = texts;
  // A row of labels above a row of values.
  const below =
    texts.length === 2 &&
    heads.length >= 2 &&
    heads.length === values.length &&
    heads.every(isReportLabel) &&
    values.every((text) => oneLine(text) && !isReportLabel(text));
  if (below) return heads.map((label, i) => labelled(label, values[i] ?? '')).join('\n');
  return texts.map(rowText).join('\n');
}

export const formatTable: FormatCallback = (elem, walk, builder) => {
  builder.openTable();
  for (const row of rowsOf((elem.children as DomNode[] | undefined) ?? [])) {
    builder.openTableRow();
    for (const cell of row) {
      builder.openTableCell();
      walk(cell, builder);
      builder.closeTableCell();
    }
    builder.closeTableRow();
  }
  builder.closeTable({
    tableToString: (rows) => tableText(rows as unknown as readonly (readonly Cell[])[]),
    leadingLineBreaks: 1,
    trailingLineBreaks: 1,
  });
};
