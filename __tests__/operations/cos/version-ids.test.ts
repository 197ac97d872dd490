import { describe, expect, it } from '@jest/globals';
import { mockS3 } from 's3-versioning-mock/jest';
import { cosHost } from '../../support/clients/story-client';
import { send, type WireCall } from '../../support/wire-client';

const region = 'us-south-standard';
const s3 = mockS3({
  now: '2025-12-11T06:20:16.787Z',
  buckets: {
    vault: {
      region,
      versioning: 'Enabled',
      objects: { k: [{ versionId: 'mine', body: 'a' }, { body: 'b' }] },
    },
    either: { versioning: 'Enabled' },
  },
});

const call = (one: WireCall) => send({ host: cosHost, ...one });
const idOf = async (one: WireCall) => (await call(one)).header('x-amz-version-id') ?? '';
const put = (key = 'k', body = 'data') => idOf({ method: 'PUT', path: `/vault/${key}`, body });
const uuid = /^[\da-f]{8}-[\da-f]{4}-[\da-f]{4}-[\da-f]{4}-[\da-f]{12}$/;
const unknown = '00000000-0000-0000-0000-019b0c114413';

// Documented: replication.md, a version of 2025-12-11T06:20:16.787Z with the id 00000000-0000-0000-0000-019b0c114413. F50
describe('the id of a version at IBM COS', () => {
  it('is a UUID that ends with the time of the write', async () => {
    const id = await put();
    expect({ id, time: id.slice(-12) }).toEqual({ id: expect.stringMatching(uuid), time: '019b0c114413' });
  });

  it('differs for each write of a moment', async () => {
    const ids = [await put(), await put(), await put('other')];
    expect(new Set(ids).size).toBe(3);
  });

  it.each<{ what: string; one: WireCall }>`
    what                            | one
    ${'a copy'}                     | ${{ method: 'PUT', path: '/vault/copy', headers: { 'x-amz-copy-source': '/vault/k' } }}
    ${'a delete marker'}            | ${{ method: 'DELETE', path: '/vault/k' }}
    ${'a bucket of either service'} | ${{ method: 'PUT', path: '/either/k', body: 'data' }}
  `('has this form in $what', async ({ one }) => {
    expect(await idOf(one)).toMatch(uuid);
  });

  it('has this form in fixtures that give none, and is what the fixture gives', () => {
    expect(
      s3
        .bucket('vault')
        .versions('k')
        .map(({ versionId }) => versionId),
    ).toEqual([expect.stringMatching(uuid), 'mine']);
  });

  it('has this form in versions that a lifecycle rule and a handle make', () => {
    const bucket = s3.bucket('vault');
    expect(bucket.put('k', 'c').versionId).toMatch(uuid);
    bucket.lifecycle = { Rules: [{ ID: 'a', Status: 'Enabled', Filter: {}, Expiration: { Days: 1 } }] };
    s3.clock.advance({ days: 3 });
    expect(bucket.versions('k')[0]).toMatchObject({ deleteMarker: true, versionId: expect.stringMatching(uuid) });
  });

  it('has the form of AWS in a bucket of AWS', async () => {
    const answer = await send({ method: 'PUT', path: '/either/k', body: 'data' });
    expect(answer.header('x-amz-version-id')).toMatch(/^[\w.]{32}$/);
  });
});

describe('an id that no version has, at IBM COS', () => {
  it.each([unknown, 'L4kqtJlcpXroDVBH40Nr8X8gdRQBpUMLUo', 'abc'])('is of no version: %s', async (id) => {
    const answers = [];
    for (const one of [
      { path: `/vault/k?versionId=${id}` },
      { path: `/vault/k?tagging&versionId=${id}` },
      { path: `/vault/k?acl&versionId=${id}` },
      { method: 'PUT', path: '/vault/copy', headers: { 'x-amz-copy-source': `/vault/k?versionId=${id}` } },
    ]) {
      const { status, body } = await call(one);
      answers.push({ status, code: /<Code>(.*?)</.exec(body)?.[1] });
    }
    expect(answers).toEqual(answers.map(() => ({ status: 404, code: 'NoSuchVersion' })));
    expect(s3.requests.last()?.why).toContain('was never issued');
  });

  it('is deleted as if it had been there', async () => {
    expect((await call({ method: 'DELETE', path: `/vault/k?versionId=${unknown}` })).status).toBe(204);
    expect(s3.bucket('vault').versions('k')).toHaveLength(2);
  });

  it('was issued, if its version is gone', async () => {
    const id = await put();
    await call({ method: 'DELETE', path: `/vault/k?versionId=${id}` });
    expect((await call({ path: `/vault/k?versionId=${id}` })).status).toBe(404);
    expect(s3.requests.last()?.why).toContain('was issued, but is gone');
    expect((await call({ path: `/vault/other?versionId=${await put()}` })).status).toBe(404);
    expect(s3.requests.last()?.why).toContain("belongs to 'k'");
  });

  it('continues a listing behind the place of its version', async () => {
    const ids = [await put('z'), await put('z')];
    await call({ method: 'DELETE', path: `/vault/z?versionId=${ids[1]}` });
    const { body } = await call({ path: `/vault?versions&key-marker=z&version-id-marker=${ids[1]}` });
    expect(body.match(/<VersionId>.*?</g)).toEqual([`<VersionId>${ids[0]}<`]);
  });
});
