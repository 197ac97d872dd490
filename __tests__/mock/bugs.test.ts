import '../support/in-place';
import { describe, expect, it, jest } from '@jest/globals';
import { Events } from '../../src/events/events';
import { Journal } from '../../src/journal/journal';
import * as tiering from '../../src/model/archives/tiering';
import { Store } from '../../src/model/store';
import * as entryParts from '../../src/service/entry-parts';
import { startedMocks } from '../support/started-mocks';
import { thrownBy } from '../support/thrown';
import { send } from '../support/wire-client';

const start = startedMocks();

describe('a bug of the mock', () => {
  const broken = new RangeError('broken on purpose');
  const breakStore = () =>
    jest.spyOn(Store.prototype, 'deleteBucket').mockImplementation(() => {
      throw broken;
    });
  const deleteVault = () => send({ method: 'DELETE', host: 'vault.s3.amazonaws.com', path: '/' });

  it('is answered 400, which no SDK retries, and recorded with its stack', async () => {
    const s3 = start({ buckets: { vault: {} } });
    breakStore();
    const answer = await deleteVault();
    expect(answer.status).toBe(400);
    expect(answer.body).toContain(
      '<Code>S3MockInternalError</Code><Message>A bug in s3-versioning-mock, not in the code under test: broken on purpose</Message>',
    );
    expect(s3.requests.last()).toMatchObject({
      operation: 'DeleteBucket',
      status: 400,
      error: { code: 'S3MockInternalError' },
      why: broken.stack,
    });
  });

  it('is answered as such to a visitor of a website, and not as a page', async () => {
    const website = { IndexDocument: { Suffix: 'index.html' }, ErrorDocument: { Key: 'index.html' } };
    const objects = { 'index.html': { body: 'home', acl: 'public-read' as const } };
    const open = { ownershipControls: 'ObjectWriter', publicAccessBlock: null } as const;
    const s3 = start({ buckets: { vault: { website, objects, ...open } } });
    jest.spyOn(tiering, 'noteAccess').mockImplementation(() => {
      throw broken;
    });
    const host = 'vault.s3-website-us-east-1.amazonaws.com';
    const { status, body } = await send({ host, path: '/', secure: false });
    expect({ status, body }).toEqual({
      status: 400,
      body: expect.stringContaining('<li>Code: S3MockInternalError</li>'),
    });
    expect(s3.requests.last()).toMatchObject({ error: { code: 'S3MockInternalError' }, why: broken.stack });
    expect(thrownBy(() => s3.reset())).toBe(broken);
  });

  it('is met once by a request that waits for 100 Continue, and answered (F180)', async () => {
    const s3 = start({ buckets: { vault: {} } });
    jest.spyOn(Store.prototype, 'findCaller').mockImplementation(() => {
      throw broken;
    });
    const headers = { Authorization: 'AWS KEY:SIG', Expect: '100-continue' };
    const { status } = await send({ method: 'PUT', host: 'vault.s3.amazonaws.com', path: '/a', headers, body: 'data' });
    expect({ status, requests: s3.requests.length }).toEqual({ status: 400, requests: 1 });
    expect(thrownBy(() => s3.reset())).toBe(broken);
  });

  it('after a change was made gives its events to no later request', async () => {
    const s3 = start({ buckets: { vault: { notification: { EventBridgeConfiguration: {} } } } });
    const break1 = jest.spyOn(entryParts, 'readWireParts').mockImplementation(() => {
      throw broken;
    });
    const put = (path: string) => send({ method: 'PUT', host: 'vault.s3.amazonaws.com', path, body: 'data' });
    await put('/lost');
    break1.mockRestore();
    await put('/a');
    expect(s3.events.map(({ key, cause }) => ({ key, cause }))).toEqual([
      { key: 'a', cause: expect.objectContaining({ key: 'a' }) },
    ]);
    expect(thrownBy(() => s3.reset())).toBe(broken);
  });

  it('is thrown with the first hundred that were met', async () => {
    const s3 = start({ buckets: { vault: {} } });
    breakStore();
    for (let request = 0; request < 101; request += 1) await deleteVault();
    expect(thrownBy(() => s3.reset())).toHaveProperty('errors.length', 100);
  });

  it('is thrown once at reset, which resets all the same', async () => {
    const s3 = start({ buckets: { vault: {} } });
    const break1 = breakStore();
    await deleteVault();
    break1.mockRestore();
    s3.createBucket('scratch');
    expect(thrownBy(() => s3.reset())).toBe(broken);
    expect(s3.buckets.map(({ name }) => name)).toEqual(['vault']);
    expect(thrownBy(() => s3.reset())).toBe('nothing');
    await expect(s3.stop()).resolves.toBeUndefined();
  });

  it('is thrown once at stop, which stops all the same', async () => {
    const s3 = start({ buckets: { vault: {} } });
    breakStore();
    await deleteVault();
    await expect(s3.stop()).rejects.toBe(broken);
    await expect(s3.stop()).resolves.toBeUndefined();
    expect(() => start()).not.toThrow();
  });

  it('is thrown together with all others since the last reset', async () => {
    const s3 = start({ buckets: { vault: {} } });
    breakStore();
    await deleteVault();
    await deleteVault();
    const error = thrownBy(() => s3.reset());
    expect(error).toBeInstanceOf(AggregateError);
    expect((error as AggregateError).message).toBe('s3-versioning-mock met several bugs of its own');
    expect((error as AggregateError).errors).toEqual([broken, broken]);
  });

  it.each([
    ['the journal', () => jest.spyOn(Journal.prototype, 'append')],
    ['the entry of the request', () => jest.spyOn(entryParts, 'readWireParts')],
    ['the events', () => jest.spyOn(Events.prototype, 'append')],
  ] as const)('in %s changes nothing of the answer to what was carried out', async (_place, spyOn) => {
    const s3 = start({
      buckets: { vault: { versioning: 'Enabled', notification: { EventBridgeConfiguration: {} } } },
    });
    (spyOn() as unknown as jest.Mock).mockImplementation(() => {
      throw broken;
    });
    const { status } = await send({ method: 'PUT', host: 'vault.s3.amazonaws.com', path: '/a', body: 'data' });
    jest.restoreAllMocks();
    expect({ status, body: s3.bucket('vault').object('a')?.body.toString() }).toEqual({ status: 200, body: 'data' });
    expect(thrownBy(() => s3.reset())).toBe(broken);
  });

  it('in the events of what S3 does by itself is thrown at reset, and it is done all the same', () => {
    const expiring = { Rules: [{ ID: 'old', Status: 'Enabled', Filter: {}, Expiration: { Days: 1 } }] } as const;
    const bucket = {
      objects: { a: 'data', b: 'data' },
      lifecycle: expiring,
      notification: { EventBridgeConfiguration: {} },
    };
    const s3 = start({ now: '2026-03-01', buckets: { vault: bucket } });
    jest.spyOn(Events.prototype, 'append').mockImplementation(() => {
      throw broken;
    });
    s3.clock.advance({ days: 3 });
    jest.restoreAllMocks();
    expect(s3.bucket('vault').versions()).toEqual([]);
    expect(thrownBy(() => s3.reset())).toBeInstanceOf(AggregateError);
  });
});
