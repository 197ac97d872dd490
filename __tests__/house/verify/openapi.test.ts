import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from '@jest/globals';
import ts from 'typescript';
import { routes } from '../../../src/door/index';
import type { Route } from '../../../src/door/route';
import { nameCall, writeCall } from '../../../src/text/calls';
import { filesIn, root, textOf } from '../files';
import { JsonSchemas, type Schema } from '../json-schema';
import { mendedBy } from '../mended-by';
import { collect } from '../nodes';

const file = 'src/door/openapi.json';
const schemas = new JsonSchemas(filesIn('src/door/routes'));

interface RouteTypes {
  readonly body: ts.Type | undefined;
  readonly answer: ts.Type | undefined;
}

const declared = new Map(
  filesIn('src/door/routes').flatMap((name) => {
    return collect(schemas.treeOf(name), (node): readonly (readonly [string, RouteTypes])[] => {
      if (!ts.isCallExpression(node) || node.expression.getText() !== 'route') return [];
      const [body, answer] = (node.typeArguments ?? []).map((one) => schemas.checker.getTypeFromTypeNode(one));
      return [[`${literalOf(node, 'method')} ${literalOf(node, 'path')}`, { body, answer }]];
    });
  }),
);

function literalOf(call: ts.CallExpression, name: string): string {
  const [given] = call.arguments;
  const members = given !== undefined && ts.isObjectLiteralExpression(given) ? given.properties : [];
  for (const member of members)
    if (ts.isPropertyAssignment(member) && member.name.getText() === name && ts.isStringLiteral(member.initializer))
      return member.initializer.text;
  throw new Error(`a route without a literal ${name}: ${call.getText().slice(0, 80)}`);
}

const failed = { description: 'What the library throws.', content: json({ $ref: '#/components/schemas/Failure' }) };

function json(schema: Schema): Schema {
  return { 'application/json': { schema } };
}

function operationOf(route: Route): Schema {
  const { method, path, call, summary, query = {}, takesBody = false, status, stream, sends } = route;
  const types = declared.get(`${method} ${path}`);
  if (types === undefined) throw new Error(`no declaration of ${method} ${path}`);
  const body = takesBody && types.body ? schemas.of(types.body) : undefined;
  const answer = types.answer === undefined ? undefined : schemas.of(types.answer);
  const named = [...path.matchAll(/\{(\w+)\}/g)].map(([, name]) => ({
    name,
    in: 'path',
    required: true,
    schema: { type: 'string' },
  }));
  const asked = Object.entries(query).map(([name, description]) => ({
    name,
    in: 'query',
    description,
    schema: { type: 'string' },
  }));
  const text = { schema: { type: 'string' } };
  const content =
    sends === undefined
      ? { ...json(answer ?? {}), ...(stream && { 'text/event-stream': text }) }
      : { [sends]: { schema: { ...text.schema, format: 'binary' } } };
  return {
    operationId: nameOf(method, path),
    summary,
    ...(call !== undefined && { description: `The library's \`${writeCall(nameCall(call))}\`.` }),
    ...(named.length + asked.length > 0 && { parameters: [...named, ...asked] }),
    ...(body && { requestBody: { content: json(body) } }),
    responses: {
      ...(answer === undefined
        ? { 204: { description: 'Done.' } }
        : { [status ?? 200]: { description: 'The answer.', content } }),
      default: failed,
    },
  };
}

/** The name of an operation for generated clients: `postClockAdvance`. */
function nameOf(method: string, path: string): string {
  const words = path.split(/[^a-z]+/i).filter((word) => word !== '');
  return method.toLowerCase() + words.map((word) => word.charAt(0).toUpperCase() + word.slice(1)).join('');
}

function document(): Schema {
  const paths: Record<string, Record<string, Schema>> = {};
  for (const route of routes) {
    const at = paths[route.path] ?? {};
    paths[route.path] = at;
    at[route.method.toLowerCase()] = operationOf(route);
  }
  return {
    openapi: '3.1.0',
    info: {
      title: 's3-versioning-mock',
      summary: 'The door of a served mock, by which other languages control it.',
      version: JSON.parse(textOf('package.json')).version,
    },
    servers: [{ url: '/_mock' }],
    paths,
    components: {
      schemas: {
        ...schemas.components,
        Failure: {
          type: 'object',
          properties: {
            error: {
              type: 'object',
              properties: { name: { type: 'string' }, code: { type: 'string' }, message: { type: 'string' } },
              required: ['name', 'message'],
            },
          },
          required: ['error'],
        },
      },
    },
  };
}

const text = `${JSON.stringify(document(), undefined, 1)}\n`;
if (process.env['WRITE_OPENAPI']) writeFileSync(join(root, file), text);

describe('the document of the door', () => {
  it('is the one that npm run generate openapi makes of the routes and their types', () => {
    mendedBy('npm run generate openapi', () => expect(textOf(file)).toBe(text));
  });

  it('has a declaration for each route, and a route for each declaration', () => {
    const names = routes.map(({ method, path }) => `${method} ${path}`);
    expect([...declared.keys()].toSorted()).toEqual(names.toSorted());
  });

  it('refers to components that it has', () => {
    const referred = [...text.matchAll(/"#\/components\/schemas\/([^"]+)"/g)].map(([, name = '']) => name);
    const { components } = JSON.parse(text) as { readonly components: { readonly schemas: object } };
    expect([...new Set(referred)].filter((name) => !Object.hasOwn(components.schemas, name))).toEqual([]);
  });
});
