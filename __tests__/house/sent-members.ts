import * as sdk from '@aws-sdk/client-s3';
import { wordsOfInputs } from './sdk-types';

/**
 * The members of operations, written from the schemas that `@aws-sdk/client-s3` has of itself.
 * @module
 */

interface Traits {
  readonly httpHeader?: string;
  readonly httpQuery?: string;
  readonly httpPayload?: 1;
  readonly xmlName?: string;
  readonly xmlAttribute?: 1;
  readonly xmlFlattened?: 1;
}

type Schema = number | (() => Schema) | readonly unknown[];

const kinds = { simple: 0, list: 1, structure: 3, union: 4 } as const;
/** Members that the pattern or every request has. */
const known = /^(?:Bucket|Key|VersionId|ExpectedBucketOwner|RequestPayer|ContentMD5|Checksum(?!Mode).*)$/;

interface Member {
  readonly schema: Schema;
  readonly traits: Traits;
}

function memberOf(schema: Schema): Member {
  if (!Array.isArray(schema) || (typeof schema[0] === 'number' && schema.length > 2))
    return { schema: resolved(schema), traits: {} };
  const [target, traits] = schema as unknown as readonly [Schema, Traits | number]; // the SDK's form of a member with traits
  return { schema: resolved(target), traits: typeof traits === 'object' ? traits : {} };
}

function resolved(schema: Schema): Schema {
  return typeof schema === 'function' ? resolved(schema()) : schema;
}

function membersOf(schema: readonly unknown[]): readonly (readonly [name: string, member: Member])[] {
  const names = schema[4] as readonly string[];
  return names.map((name, index) => [name, memberOf((schema[5] as readonly Schema[])[index] ?? 0)]);
}

const leaves: Readonly<Record<number, readonly [inDocument: string, outside: string]>> = {
  0: ['text', 'text'],
  1: ['long', 'integer'],
  2: ['boolean', 'boolean'],
  4: ['date', 'httpDate'],
  5: ['date', 'date'],
  6: ['httpDate', 'httpDate'],
};

const typeMask = 7;

class Writer {
  /** The name and the number of uses of each structure, by its members: two of the SDK's may have the same. */
  readonly #structures = new Map<string, { readonly name: string; uses: number }>();
  readonly used = new Set<string>();
  readonly #words: ReadonlyMap<string, readonly string[]>;

  constructor(operations: readonly string[]) {
    this.#words = wordsOfInputs(operations);
  }

  use(builder: string): string {
    this.used.add(builder);
    return builder;
  }

  operation(name: string): string {
    const input = resolved(Reflect.get(sdk, `${name}Request$`) as Schema) as readonly unknown[]; // each operation's own
    const members = membersOf(input).filter(([member]) => !known.test(member));
    return members
      .map(([member, { schema, traits }]) => {
        const value = this.#placed(`${name}.${member}`, schema, traits);
        return `    ${member}: ${value},\n`;
      })
      .join('');
  }

  #placed(path: string, schema: Schema, traits: Traits): string {
    const { httpHeader, httpQuery, httpPayload } = traits;
    const wire = httpHeader ?? httpQuery;
    if (wire !== undefined) {
      const place = this.use(httpHeader === undefined ? 'query' : 'header');
      const leaf = this.#leaf(path, schema, 1);
      if (leaf === 'text') return `${place}('${wire}')`;
      return leaf.startsWith('word')
        ? `${place}('${wire}', ${leaf})`
        : `${place}('${wire}', ${leaf}, { ignoredBy: 'both' })`;
    }
    if (Array.isArray(schema) && schema[0] === kinds.simple) return `${this.use('sentBody')}()`;
    if (httpPayload) return `${this.use('sentDocument')}(${this.#structure(path, schema)})`;
    return `${this.use('inDocument')}(${this.#element(path, schema, traits)})`;
  }

  #element(path: string, schema: Schema, { xmlName, xmlAttribute, xmlFlattened }: Traits): string {
    const name = xmlName === undefined ? '' : `, '${xmlName}'`;
    if (xmlAttribute) return `${this.use('attribute')}('${xmlName}', ${this.#leaf(path, schema, 0)})`;
    if (Array.isArray(schema) && schema[0] === kinds.list) {
      const { schema: item, traits } = memberOf(schema[4] as Schema);
      const content = this.#content(path, item);
      if (xmlFlattened) return `${this.use('list')}(${content}${name})`;
      return `${this.use('wrappedList')}(${content}, '${traits.xmlName ?? 'member'}'${name})`;
    }
    return `${this.use('element')}(${this.#content(path, schema)}${name})`;
  }

  #content(path: string, schema: Schema): string {
    const isLeaf = typeof schema === 'number' || (Array.isArray(schema) && schema[0] === kinds.simple);
    return isLeaf ? this.#leaf(path, schema, 0) : this.#structure(path, schema);
  }

  #leaf(path: string, schema: Schema, at: 0 | 1): string {
    const kind = Array.isArray(schema) ? schema[4] : schema;
    const words = this.#words.get(path);
    if (words !== undefined) return `${this.use('word')}(${words.map((word) => `'${word}'`).join(', ')})`;
    const builder = leaves[Number(kind) & typeMask]?.[at];
    if (builder === undefined) throw new Error(`${path} has the kind ${kind}, which no builder has`);
    return this.use(builder);
  }

  #structure(path: string, schema: Schema): string {
    const [, , sdkName] = schema as readonly [number, string, string];
    const name = sdkName.replace(/^(?:[A-Z0-9]+(?=[A-Z][a-z])|[A-Z])/, (start) => start.toLowerCase());
    const members = membersOf(schema as readonly unknown[]).map(
      ([member, one]) => `${member}: ${this.#element(`${path}.${member}`, one.schema, one.traits)},\n`,
    );
    const text = members.join('');
    const structure = this.#structures.get(text) ?? { name, uses: 0 };
    structure.uses += 1;
    // A structure comes after those that it has.
    this.#structures.set(text, structure);
    return `@${structure.name}@`;
  }

  /** The structures with several uses as constants, and the rows that use them. Any other structure is written in its place. */
  finish(rows: string): string {
    const structures = [...this.#structures].map(([text, { name, uses }]) => ({ text, name, uses })).toReversed();
    let constants = structures
      .flatMap(({ text, name, uses }) => (uses > 1 ? [`const ${name} = {\n${text}};\n`] : []))
      .toReversed()
      .join('\n');
    let written = rows;
    for (const { text, name, uses } of structures) {
      const value = uses > 1 ? name : `{\n${text}}`;
      constants = constants.replaceAll(`@${name}@`, value);
      written = written.replaceAll(`@${name}@`, value);
    }
    return `${constants}\n${written}`;
  }
}

const modules = {
  elements: ['attribute', 'element', 'list', 'wrappedList'],
  places: ['header', 'inDocument', 'query', 'sentBody', 'sentDocument'],
  values: ['boolean', 'date', 'httpDate', 'integer', 'long', 'text', 'word'],
};

export function writeSentMembers(operations: readonly string[]): string {
  const writer = new Writer(operations);
  const rows = operations
    .map((name) => [name, writer.operation(name)] as const)
    .filter(([, members]) => members !== '');
  const imports = Object.entries(modules).flatMap(([module, builders]) => {
    const used = builders.filter((builder) => writer.used.has(builder));
    return used.length === 0 ? [] : [`import { ${used.join(', ')} } from '../../shapes/${module}';\n`];
  });
  return `${imports.join('')}
/**
 * The members of the operations that the mock lacks, as \`npm run generate shapes\` writes them from the schemas of @aws-sdk/client-s3 (F231).
 * @module
 */

${writer.finish(`/** The members by operation, without the members that its path or every request contains. */
export const sentMembers = {
${rows.map(([name, members]) => `  ${name}: {\n${members}  },\n`).join('')}};
`)}`;
}
