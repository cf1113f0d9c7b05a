/** One case for a person at a terminal: what it is, and its messages and events in their order. */
import { eventWords } from '../../cases/shown/event-words.ts';
import type { CaseDetail, CaseEvent, CaseMessage } from '../../flows/reports/reports.ts';
import { paint, print, terminalColumns, wrap, wrapParts } from './terminal.ts';
import { printAttachments, printText } from './text-lines.ts';
import { utc } from './times.ts';

type Shown = { readonly at: string; readonly event: boolean; readonly lines: () => void };

const marks = { in: ['cyan', '→'], out: ['green', '←'], note: ['yellow', '✎'] } as const;

/** A letter that went to several people is one. */
type Copied = { readonly message: CaseMessage; copies: number };
function withoutCopies(messages: readonly CaseMessage[]): Copied[] {
  const kept: Copied[] = [];
  for (const message of messages) {
    const same = kept.find(
      (one) =>
        one.message.letter &&
        message.letter &&
        one.message.text === message.text &&
        utc(one.message.at) === utc(message.at),
    );
    if (same) same.copies += 1;
    else kept.push({ message, copies: 1 });
  }
  return kept;
}

function messageLines({ message, copies }: Copied): void {
  const [color, mark] = marks[message.direction];
  const what =
    message.automatic && message.direction === 'in' ? '  automatic' : copies > 1 ? `  to ${copies} people` : '';
  print(`${paint(color, mark)} ${message.from}  ${paint('dim', `${utc(message.at)}${what}`)}`);
  printText(message.text);
  printAttachments(message.attachments as { name?: string; type?: string; size?: number }[]);
  if (message.unreadParts.length > 0) aside(`[not read: ${message.unreadParts.join(', ')}]`);
}

function aside(text: string): void {
  for (const line of wrap(text, terminalColumns() - 2)) print(paint('dim', `  ${line}`));
}

function eventLine(event: CaseEvent): void {
  const when = `· ${utc(event.at)}  `;
  const says = `${eventWords(event.kind, event.detail, utc)}${event.mail ? ` (mail ${event.mail})` : ''}`;
  wrap(says, terminalColumns() - when.length).forEach((line, i) => {
    print(paint('dim', `${i === 0 ? when : ' '.repeat(when.length)}${line}`));
  });
}

function head(found: CaseDetail): void {
  const name = `Case ${found.number}`;
  wrap(found.title, terminalColumns() - name.length - 2).forEach((line, i) => {
    print(`${i === 0 ? paint('bold', name) : ' '.repeat(name.length)}  ${line}`);
  });
  const is = [
    `site ${found.site}`,
    `severity ${found.severity}`,
    found.kind,
    found.product && `${found.product} ${found.version ?? ''}`.trim(),
    found.status,
    found.provisional && 'provisional',
    found.underCovered && 'under-covered',
    ...found.links.map((link) => `${link.kind.replaceAll('-', ' ')} ${link.case}`),
  ];
  const who = [
    found.owner ? `owner ${found.owner}` : 'no owner',
    found.participants.length > 0 && `with ${found.participants.join(', ')}`,
  ];
  const when = [
    found.clock.waiting && `waits since ${utc(found.clock.waiting.since)}`,
    `opened ${utc(found.openedAt)}`,
    found.proposedAt && `solution proposed ${utc(found.proposedAt)}`,
    found.satisfaction && `found ${found.satisfaction.score} of 5`,
    found.closedAt ? `closed ${utc(found.closedAt)}` : found.due && `due ${utc(found.due)}`,
  ];
  for (const facts of [is, who, when])
    for (const line of wrapParts(
      facts.filter((one) => typeof one === 'string'),
      terminalColumns() - 2,
    ))
      print(`  ${line}`);
  print(paint('dim', '  → from the customer  ← from us  ✎ note  · event'));
}

export function printCase(found: CaseDetail): void {
  head(found);
  const all: Shown[] = [
    ...found.events.map((event) => ({ at: event.at, event: true, lines: () => eventLine(event) })),
    ...withoutCopies(found.messages).map((copied) => ({
      at: copied.message.at,
      event: false,
      lines: () => messageLines(copied),
    })),
  ];
  const inOrder = all.toSorted((a, b) => Date.parse(a.at) - Date.parse(b.at));
  inOrder.forEach((one, at) => {
    if (!one.event || !inOrder[at - 1]?.event) print('');
    one.lines();
  });
}
