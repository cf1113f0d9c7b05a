/**
 * Tables of the registry (INTERFACE.md "postern registry import"), as spreadsheets of all countries write them: any of three
 * delimiters, with or without BOM, UTF-8, UTF-16 or Windows-1252. Every cell is taken as it is written.
 */
import { CsvError, parse } from 'csv-parse/sync';
import { stringify } from 'csv-stringify/sync';
import { cellText, type Fault, type RegistryDocument, type TableName, tableNames } from './registry-form.ts';

const csvColumns: Record<TableName, readonly string[]> = {
  sites: [
    ...['number', 'name', 'country', 'state', 'timezone', 'language', 'pin', 'businessHours', 'holidays'],
    'representative',
  ],
  contacts: [
    ...['site', 'name', 'email', 'aliases', 'phone', 'hours', 'street', 'city', 'state', 'postalCode'],
    ...['role', 'types', 'privileges', 'until'],
  ],
  licences: ['site', 'number', 'product', 'edition', 'kind', 'quantity', 'from', 'to', 'registered', 'serviceTag'],
  plans: ['site', 'kind', 'from', 'to'],
  products: ['name'],
  versions: ['product', 'version', 'stage', 'preview', 'fullUntil'],
};
const identity: Record<TableName, readonly string[]> = {
  sites: ['number'],
  contacts: ['site', 'email'],
  licences: ['site', 'number'],
  plans: ['site', 'kind', 'from'],
  products: ['name'],
  versions: ['product', 'version'],
};
/** As the columns are spelled; a header may be written in small letters. */
const spelled = new Map(
  Object.values(csvColumns).flatMap((columns) => columns.map((column) => [column.toLowerCase(), column] as const)),
);
const lists = new Set(['aliases', 'types']);

type CsvRow = { readonly line: number; readonly cells: Record<string, string | string[]> };

export const isTable = (file: string): boolean => /\.(?:csv|tsv|txt)$/i.test(file);

/** Excel saves as UTF-8 with a BOM, as "Unicode text", or in the code page of Western Europe. */
export function decodeText(bytes: Uint8Array): string {
  if (bytes[0] === 0xff && bytes[1] === 0xfe) return new TextDecoder('utf-16le').decode(bytes);
  if (bytes[0] === 0xfe && bytes[1] === 0xff) return new TextDecoder('utf-16be').decode(bytes);
  try {
    return new TextDecoder('utf-8', { fatal: true }).decode(bytes);
  } catch {
    return new TextDecoder('windows-1252').decode(bytes);
  }
}

/** How many letters have to be put in, left out or changed. */
function distance(a: string, b: string): number {
  let row = Array.from({ length: b.length + 1 }, (_, i) => i);
  for (const [i, letter] of [...a].entries()) {
    const next = [i + 1];
    for (let j = 0; j < b.length; j += 1)
      next.push(Math.min((row[j + 1] ?? 0) + 1, (next[j] ?? 0) + 1, (row[j] ?? 0) + (b[j] === letter ? 0 : 1)));
    row = next;
  }
  return row[b.length] ?? 0;
}

const nearest = (word: string, known: readonly string[]): string | undefined =>
  known.map((one) => ({ one, far: distance(word.slice(0, 40), one) })).sort((a, b) => a.far - b.far)[0]?.one;

function tableByName(file: string): TableName | undefined {
  const base = (file.split(/[\\/]/).pop() ?? '').toLowerCase().replace('licenses', 'licences');
  const parts = base.split(/[^a-z]+/);
  return tableNames.find((name) => parts.includes(name));
}

function tableByColumns(head: readonly string[]): TableName | undefined {
  const fits = tableNames.filter(
    (name) =>
      identity[name].every((key) => head.includes(key)) &&
      head.every((key) => key === '' || csvColumns[name].includes(key)),
  );
  return fits.length === 1 ? fits[0] : undefined;
}

/** The delimiter of the first line that holds anything; quoted cells do not count. */
function delimiterOf(text: string): string {
  const first = (text.split('\n').find((line) => line.trim() !== '') ?? '').replace(/"[^"]*"/g, '');
  const counted = [',', ';', '\t'].map((one) => ({ one, count: first.split(one).length }));
  return counted.sort((a, b) => b.count - a.count)[0]?.one ?? ',';
}

/** A spreadsheet takes a cell that begins so for a formula; an apostrophe before it says that it is text. */
const risky = /^[=+\-@＝＋－＠\t\r']/;
const guarded = (cell: string): string => (risky.test(cell) ? `'${cell}` : cell);
const unguarded = (cell: string): string => (cell.startsWith("'") && risky.test(cell.slice(1)) ? cell.slice(1) : cell);

const joined = (values: readonly string[]): string => values.map((one) => one.replace(/[\\|]/g, '\\$&')).join('|');
const split = (cell: string): string[] =>
  (cell.match(/(?:\\[\\|]|[^|])+/g) ?? [])
    .map((one) => one.replace(/\\([\\|])/g, '$1').trim())
    .filter((one) => one !== '');

type Header = { readonly table: TableName; readonly head: readonly string[]; readonly usable: boolean };

/** What the first row says of the table, with the faults of its columns; null where nobody knows which table it is. */
function readHeader(file: string, line: number, cells: readonly string[], faults: Fault[]): Header | null {
  const head = cells.map((cell) => cell.trim().toLowerCase()).map((cell) => spelled.get(cell) ?? cell);
  while (head.at(-1) === '') head.pop();
  const table = tableByName(file) ?? tableByColumns(head);
  if (!table) {
    faults.push({
      file,
      line,
      says: `which table is this? Name the file ${tableNames.map((name) => `${name}.csv`).join(', ')} or something-${tableNames[0]}.csv`,
    });
    return null;
  }
  for (const [at, column] of head.entries()) {
    const says =
      column === ''
        ? `column ${at + 1} has no name`
        : !csvColumns[table].includes(column)
          ? `there is no column "${column}" in ${table}; did you mean "${nearest(column, csvColumns[table])}"?`
          : head.indexOf(column) < at
            ? `column "${column}" stands here twice`
            : null;
    if (says) faults.push({ file, line, column: column || String(at + 1), says });
  }
  const missing = identity[table].filter((key) => !head.includes(key));
  for (const key of missing)
    faults.push({ file, line, column: key, says: `column "${key}" is missing; ${table} cannot do without it` });
  // Cells are still judged where their column is known; what identifies a row has to be there.
  return { table, head, usable: missing.length === 0 };
}

function readRow({ table, head }: Header, cells: readonly string[]): CsvRow['cells'] {
  const named: Record<string, string | string[]> = {};
  for (const [i, column] of head.entries()) {
    if (!csvColumns[table].includes(column)) continue;
    const cell = unguarded((cells[i] ?? '').trim());
    if (lists.has(column)) named[column] = split(cell);
    else if (column === 'preview') named[column] = cell === '' ? 'false' : cell.toLowerCase();
    // A PIN is never taken away by an empty cell.
    else if (column !== 'pin' || cell !== '') named[column] = cell;
  }
  return named;
}

const breaks = (cells: readonly string[]): number => cells.reduce((sum, cell) => sum + cell.split('\n').length - 1, 0);

/**
 * Each row is handed to `take` as it is read and not kept. Faults of the table itself; what the cells say is judged with the
 * entries. The table's name comes back, null where it cannot be
 * read, or not to its end.
 */
export function readTable(
  file: string,
  given: string,
  faults: Fault[],
  take: (table: TableName, row: CsvRow) => void,
): TableName | null {
  const text = given.replace(/^\uFEFF/, '').replace(/\r\n?/g, '\n');
  let header: Header | null | undefined;
  const record = (cells: string[], { lines }: { lines: number }): null => {
    if (header === null || cells.every((cell) => cell.trim() === '')) return null;
    // The parser counts to the end of a row, people to its beginning.
    const line = lines - breaks(cells);
    if (header === undefined) {
      header = readHeader(file, line, cells, faults);
      return null;
    }
    if (!header.usable) return null;
    const { head, table } = header;
    while (cells.length > head.length && cells.at(-1)?.trim() === '') cells.pop();
    if (cells.length === head.length) take(table, { line, cells: readRow(header, cells) });
    else
      faults.push({
        file,
        line,
        says: `this row has ${cells.length} cells, the header has ${head.length}; is a cell with the delimiter in it quoted?`,
      });
    return null;
  };
  try {
    parse(text, {
      delimiter: delimiterOf(text),
      relax_column_count: true,
      record_delimiter: '\n',
      max_record_size: 1 << 20,
      on_record: record,
    });
  } catch (error) {
    if (!(error instanceof CsvError)) throw error;
    const line = Number((error as { lines?: unknown }).lines ?? 1);
    const quote = error.code.includes('QUOTE');
    faults.push({
      file,
      line,
      says: quote
        ? 'a quoted cell is not closed, or goes on after its quote; a quote inside a cell is written twice'
        : `is no table: ${error.message}`,
    });
    return null;
  }
  if (header === undefined) faults.push({ file, line: 1, says: 'is empty; its first row names the columns' });
  return header?.usable ? header.table : null;
}

/** A plain line feed is no end of a row to the writer, but it is to those who read. */
const forSpreadsheets = { bom: true, record_delimiter: 'windows', quoted_match: /[\r\n]/ } as const;

/** Rows for a spreadsheet, none of whose cells is a formula there. */
export const writeRows = (rows: readonly (readonly string[])[]): string =>
  stringify(
    rows.map((row) => row.map(guarded)),
    forSpreadsheets,
  );

/** Every table by the name of its file; comma, UTF-8 with a BOM so that spreadsheets do not guess, CRLF (RFC 4180). */
export function writeTables(document: RegistryDocument): Record<`${TableName}.csv`, string> {
  const rowsOf: Record<TableName, object[]> = {
    sites: [...document.sites],
    contacts: document.sites.flatMap((site) => (site.contacts ?? []).map((one) => ({ site: site.number, ...one }))),
    licences: document.sites.flatMap((site) => (site.licences ?? []).map((one) => ({ site: site.number, ...one }))),
    plans: document.sites.flatMap((site) => (site.plans ?? []).map((one) => ({ site: site.number, ...one }))),
    products: [...document.products],
    versions: document.products.flatMap((product) =>
      product.versions.map((one) => ({ product: product.name, ...one, preview: one.preview ?? false })),
    ),
  };
  const text = (value: unknown): string => {
    if (value === undefined || value === null) return '';
    if (Array.isArray(value)) return joined(value as string[]);
    return typeof value === 'object' ? cellText(value) : String(value);
  };
  const cell = (value: unknown): string => guarded(text(value));
  const write = (table: TableName) =>
    stringify(
      [
        csvColumns[table],
        ...rowsOf[table].map((row) => csvColumns[table].map((key) => cell((row as Record<string, unknown>)[key]))),
      ],
      forSpreadsheets,
    );
  return Object.fromEntries(tableNames.map((name) => [`${name}.csv`, write(name)])) as Record<
    `${TableName}.csv`,
    string
  >;
}
