import { describe, expect, it } from '@jest/globals';
import { declaredRoutes, makeDocument } from '../../../build/door-document/document';
import { routes } from '../../../src/door/index';

const text = JSON.stringify(makeDocument());

describe('the document of the door', () => {
  it('has a declaration for each route, and a route for each declaration', () => {
    const names = routes.map(({ method, path }) => `${method} ${path}`);
    expect([...declaredRoutes.keys()].toSorted()).toEqual(names.toSorted());
  });

  it('has each route with the types of its body and of its answer', () => {
    expect(JSON.parse(text)).toMatchObject({
      openapi: '3.1.0',
      paths: {
        '/clock': {
          get: { operationId: 'getClock', responses: { 200: { content: { 'application/json': {} } } } },
        },
      },
    });
  });

  it('refers to components that it has', () => {
    const referred = [...text.matchAll(/"#\/components\/schemas\/([^"]+)"/g)].map(([, name = '']) => name);
    const { components } = JSON.parse(text) as { readonly components: { readonly schemas: object } };
    expect(referred.length).toBeGreaterThan(50);
    expect([...new Set(referred)].filter((name) => !Object.hasOwn(components.schemas, name))).toEqual([]);
  });
});
