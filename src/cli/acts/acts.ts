/** `postern act NAME field=value…`: every act by its name, also where no command of its own has been written. */
import type { Command } from 'commander';
import { z } from 'zod';
import type { AnyAct } from '../../acts/act.ts';
import { layoutTable } from '../output/table-layout.ts';
import { terminalColumns } from '../output/terminal.ts';
import { actCommand } from './act-command.ts';

const parsed = (text: string): unknown => {
  try {
    return JSON.parse(text);
  } catch {
    return text;
  }
};

/** Values are taken as text, and as JSON where the act takes no text there. Null: what was wrong has been told. */
function read(act: AnyAct, pairs: readonly string[], command: Command): unknown {
  const fields = pairs.map((pair) => [pair.split('=', 1)[0] ?? '', pair.slice(pair.indexOf('=') + 1)] as const);
  if (pairs.some((pair) => !/^[a-zA-Z]+=/.test(pair))) return command.error('error: write each field as name=value');
  const { error } = act.input.safeParse(Object.fromEntries(fields));
  const noText = error?.issues.filter(({ code }) => code === 'invalid_type' || code === 'invalid_union');
  const asJson = new Set(noText?.map(({ path }) => path[0]));
  return Object.fromEntries(fields.map(([name, text]) => [name, asJson.has(name) ? parsed(text) : text]));
}

type Field = { readonly type?: string; readonly enum?: readonly unknown[]; readonly description?: string };

/** What may be written as `name=value`, from the act's own input. */
function fieldsHelp(act: AnyAct): string {
  const { properties = {}, required = [] } = z.toJSONSchema(act.input, { io: 'input', unrepresentable: 'any' });
  const rows = Object.entries(properties as Record<string, Field>).map(
    ([name, { type, enum: values, description }]) => {
      const may = required.includes(name) ? '' : 'may be left out';
      const form = values ? values.join('|') : type === 'string' || type === undefined ? '' : `${type}, as JSON`;
      return [`  ${name}=`, [description, form, may].filter(Boolean).join('; ') || 'needed'];
    },
  );
  if (rows.length === 0) return '';
  const [, ...lines] = layoutTable(['', ''], rows, terminalColumns());
  return `\nFields, each as name=value:\n${lines.join('\n')}`;
}

/** Those of the clock are not handed in from outside. */
export function actCommands(program: Command, acts: readonly AnyAct[]): void {
  const group = program.command('act').description('anything that can be asked for, by its name');
  for (const act of acts.filter((one) => one.right !== 'none')) {
    const command = actCommand(group, act, {
      name: act.name,
      acts,
      arguments: ['[fields...]'],
      read: (pairs, _, command) => read(act, pairs, command),
    });
    command.addHelpText('after', () => fieldsHelp(act));
  }
}
