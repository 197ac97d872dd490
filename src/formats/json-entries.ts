/** A value of JSON. Objects keep the order of their members, and keep several members with the same name. */
export type JsonValue = string | number | boolean | null | readonly JsonValue[] | JsonObject;

export type JsonEntry = readonly [name: string, value: JsonValue];

export class JsonObject {
  constructor(readonly entries: readonly JsonEntry[]) {}
}

interface Open {
  readonly items: JsonValue[];
  readonly entries: JsonEntry[] | undefined;
  name: string | undefined;
}

const token = /"(?:[^"\\]|\\.)*"|[{}[\]]|[^\s{}[\],:"]+/g;

/** Reads JSON. `JSON.parse` alone would keep only the last of several members with the same name. */
export function readJson(text: string): JsonValue | undefined {
  try {
    JSON.parse(text);
  } catch {
    return undefined;
  }
  return readTokens([...text.matchAll(token)].map(([part]) => part));
}

/** Builds the value without recursion, since a text can nest deeper than the call stack allows. */
function readTokens(tokens: readonly string[]): JsonValue | undefined {
  const root: Open = { items: [], entries: undefined, name: undefined };
  const open: Open[] = [root];
  for (const part of tokens) {
    const inner = open.at(-1) ?? root;
    if (part === '{' || part === '[') open.push({ items: [], entries: part === '{' ? [] : undefined, name: undefined });
    else if (part === '}' || part === ']') {
      open.pop();
      add(open.at(-1) ?? root, inner.entries === undefined ? inner.items : new JsonObject(inner.entries));
    } else if (inner.entries !== undefined && inner.name === undefined) inner.name = JSON.parse(part);
    else add(inner, JSON.parse(part));
  }
  return root.items[0];
}

function add(to: Open, value: JsonValue): void {
  if (to.entries === undefined) to.items.push(value);
  else to.entries.push([to.name ?? '', value]);
  to.name = undefined;
}
