import { describe, expect, it } from '@jest/globals';
import { routes } from '../../src/door/index';
import { doorRoutes, suggestRoute } from '../../src/text/door-paths';
import { ask } from '../capture/scene';
import { startedMocks } from '../support/started-mocks';

const start = startedMocks();

async function served(door?: { readonly path: string } | false) {
  const s3 = start({ buckets: { vault: {}, rules: {} }, hosts: { only: [] } });
  const { url } = await s3.listen(door === undefined ? {} : { door });
  return async (method: string, path: string, headers = {}) => {
    const { headers: answer } = await ask(url + path, { method, headers });
    return { hint: answer['x-s3-mock-hint'], why: s3.requests.at(-1)?.why };
  };
}

it('the paths are those of the routes', () => {
  expect(doorRoutes).toEqual(routes.map(({ method, path }) => `${method} ${path}`));
});

describe('a request to a route without the prefix of the door', () => {
  it.each([
    ['POST', '/reset', 'POST /_mock/reset'],
    ['GET', '/reset', 'POST /_mock/reset'],
    ['PUT', '/clock', 'PUT /_mock/clock'],
    ['POST', '/clock/advance/', 'POST /_mock/clock/advance'],
    ['GET', '/requests?operation=PutObject', 'GET /_mock/requests'],
    ['GET', '/accounts/default', 'GET /_mock/accounts/default'],
    ['POST', '/__mock/reset', 'POST /_mock/reset'],
    ['POST', '/_localstack/state/reset', 'POST /_mock/reset'],
    ['GET', '/_localstack/health', 'GET /_mock/mock'],
    ['POST', '/moto-api/reset', 'POST /_mock/reset'],
    ['POST', '/__admin/reset', 'POST /_mock/reset'],
    ['DELETE', '/__admin/requests', 'GET /_mock/requests'],
    ['GET', '/minio/health/live', 'GET /_mock/mock'],
    ['GET', '/health', 'GET /_mock/mock'],
  ])('%s %s names the route in its reason and in its answer', async (method, path, route) => {
    const send = await served();
    const hint = `did you mean ${route}?`;
    expect(await send(method, path)).toEqual({ hint, why: expect.stringMatching(new RegExp(`${escaped(hint)}$`)) });
  });

  it('names the prefix that the door has', async () => {
    const send = await served({ path: '/_s3' });
    expect(await send('POST', '/reset')).toMatchObject({ hint: 'did you mean POST /_s3/reset?' });
  });
});

describe('no route is named', () => {
  it.each([
    ['for the bucket of a client that signs', 'GET', '/requests', { authorization: 'AWS AKIAIOSFODNN7EXAMPLE:c2ln' }],
    ['for a bucket that exists', 'GET', '/rules', {}],
    ['for another path', 'GET', '/vaults/a.txt', {}],
  ])('%s', async (_, method, path, headers) => {
    const send = await served();
    const { hint, why } = await send(method, path, headers);
    expect({ hint, why: String(why) }).toEqual({ hint: undefined, why: expect.not.stringContaining('/_mock') });
  });

  it('if the door is closed', async () => {
    const send = await served(false);
    expect(await send('POST', '/reset')).toMatchObject({ hint: undefined });
    expect(suggestRoute('/_mock', 'GET', '/')).toBeUndefined();
  });
});

function escaped(text: string): string {
  return text.replace(/[?/]/g, '\\$&');
}
