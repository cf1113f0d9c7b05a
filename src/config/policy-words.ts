/** What may stand at a place of a file, said for people from the schema that rules it. */
import { z } from 'zod';
import { nearestWord } from '../foundation/nearest-word.ts';

type Shape = {
  type?: string | string[];
  enum?: unknown[];
  const?: unknown;
  minimum?: number;
  maximum?: number;
  minItems?: number;
  pattern?: string;
  items?: Shape;
  anyOf?: Shape[];
  oneOf?: Shape[];
  properties?: Record<string, Shape>;
  additionalProperties?: Shape | boolean;
};

const shapeOf = (schema: z.ZodType): Shape =>
  z.toJSONSchema(schema, { io: 'input', unrepresentable: 'any', reused: 'inline' }) as Shape;

const branches = (shape: Shape): Shape[] =>
  shape.anyOf || shape.oneOf ? [...(shape.anyOf ?? []), ...(shape.oneOf ?? [])].flatMap(branches) : [shape];

/** Every shape that may stand at the path, over the branches of unions. */
function at(shapes: Shape[], path: readonly PropertyKey[]): Shape[] {
  const [key, ...rest] = path;
  if (key === undefined) return shapes;
  const next = shapes.flatMap((shape) => {
    const named = shape.properties?.[String(key)];
    if (named) return branches(named);
    if (typeof key === 'number' && shape.items) return branches(shape.items);
    return typeof shape.additionalProperties === 'object' ? branches(shape.additionalProperties) : [];
  });
  return at(next, rest);
}

const safe = 2 ** 53 - 1;
function range({ minimum = -safe, maximum = safe }: Shape): string {
  const [from, to] = [minimum > -safe, maximum < safe];
  if (from && to) return ` from ${minimum} to ${maximum}`;
  return from ? `, ${minimum} or more` : to ? `, ${maximum} or less` : '';
}

function said(shape: Shape): string | null {
  if (shape.const !== undefined) return String(shape.const);
  if (shape.enum) return shape.enum.join(', ');
  switch (shape.type) {
    case 'integer':
      return `a whole number${range(shape)}`;
    case 'number':
      return `a number${range(shape)}`;
    case 'string':
      return shape.pattern?.includes('[01][0-9]|2[0-3]') ? 'a time such as "09:00"' : 'a text';
    case 'boolean':
      return 'true, false';
    case 'array': {
      const inner = shape.items ? many(branches(shape.items)) : null;
      return `a list${shape.minItems ? ' with at least one' : ''}${inner ? ` of: ${inner}` : ''}`;
    }
    case 'object':
      return shape.properties ? `the keys ${Object.keys(shape.properties).join(', ')}` : 'keys with a value each';
    default:
      return null;
  }
}

const many = (shapes: readonly Shape[]): string | null =>
  [...new Set(shapes.map(said).filter((one) => one !== null))].join(', or ') || null;

/** `keys`: the names of the keys there, else what the value may be. Null where the schema cannot say. */
export function allowedAt(schema: z.ZodType, path: readonly PropertyKey[], keys: boolean): string | null {
  const shapes = at(branches(shapeOf(schema)), path);
  return many(keys ? shapes.filter((shape) => shape.properties) : shapes);
}

/** The key that somebody may have meant. */
export function nearest(schema: z.ZodType, path: readonly PropertyKey[], key: string): string | null {
  const keys = at(branches(shapeOf(schema)), path).flatMap((shape) => Object.keys(shape.properties ?? {}));
  return nearestWord(keys, key);
}
