/** What a person has written, and what came with it, set in by two spaces and no wider than the window. */
import { paint, print, terminalColumns, wrap } from './terminal.ts';

const sized = (bytes: number): string =>
  bytes < 1024
    ? `${bytes} bytes`
    : bytes < 1_048_576
      ? `${Math.round(bytes / 1024)} KB`
      : `${(bytes / 1_048_576).toFixed(1)} MB`;

export function printText(text: string): void {
  for (const line of text.trimEnd().split('\n'))
    for (const part of line.trim() === '' ? [''] : wrap(line.trimEnd(), terminalColumns() - 2))
      print(part ? `  ${part}` : '');
}

type Attached = { readonly name?: string; readonly type?: string; readonly size?: number };

export function printAttachments(attachments: readonly Attached[]): void {
  for (const one of attachments)
    print(paint('dim', `  [attached: ${one.name || 'without a name'}, ${one.type ?? ''}, ${sized(one.size ?? 0)}]`));
}
