import { readdirSync } from 'node:fs';
import path from 'node:path';
import ts from 'typescript';
import { routes } from '../../src/door/index';
import type { Route } from '../../src/door/route';
import { nameCall, writeCall } from '../../src/text/calls';
import { JsonSchemas, type Schema } from './json-schema';

const folder = 'src/door/routes';
const files = readdirSync(path.resolve(__dirname, '../..', folder)).map((name) => `${folder}/${name}`);
const schemas = new JsonSchemas(files);

interface RouteTypes {
  readonly body: ts.Type | undefined;
  readonly answer: ts.Type | undefined;
}

/** The types of the routes by method and path, as their declarations have them. */
export const declaredRoutes: ReadonlyMap<string, RouteTypes> = new Map(
  files.flatMap((file) => listTypes(schemas.treeOf(file))),
);

function listTypes(node: ts.Node): readonly (readonly [route: string, types: RouteTypes])[] {
  const children: ts.Node[] = [];
  ts.forEachChild(node, (child) => void children.push(child));
  const below = children.flatMap(listTypes);
  if (!ts.isCallExpression(node) || node.expression.getText() !== 'route') return below;
  const [body, answer] = (node.typeArguments ?? []).map((one) => schemas.checker.getTypeFromTypeNode(one));
  return [[`${literalOf(node, 'method')} ${literalOf(node, 'path')}`, { body, answer }], ...below];
}

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
  const { method, path, call, summary, query = {}, takesBody = false, status, stream, sends, plainText } = route;
  const types = declaredRoutes.get(`${method} ${path}`);
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
      ? {
          ...json(answer ?? {}),
          ...(plainText !== undefined && { 'text/plain': text }),
          ...(stream && { 'text/event-stream': text }),
        }
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

/** Makes the document of the door, of its routes and of their types. */
export function makeDocument(): Schema {
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
      version: (require('../../package.json') as { readonly version: string }).version,
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
