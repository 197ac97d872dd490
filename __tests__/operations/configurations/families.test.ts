import { createHash } from 'node:crypto';
import { describe, expect, it } from '@jest/globals';
import { mockS3 } from 's3-versioning-mock/jest';
import type { FamilyName } from '../../../src/model/configurations';
import { type FamilyCase, familyCases } from '../../support/configuration-families';
import { answerDocument, declaration, errorDocument, malformedXml, undeclared } from '../../support/documents';
import { as } from '../../support/limited-users';
import { answered } from '../../support/objects';
import { send } from '../../support/wire-client';

const namespace = 'xmlns="http://s3.amazonaws.com/doc/2006-03-01/"';
const md5Of = (text: string) => createHash('md5').update(text).digest('base64');
const table = Object.entries(familyCases) as readonly (readonly [FamilyName, FamilyCase<FamilyName>])[]; // its own keys

// F380, F381, F382, F383
describe.each(table)('the family %s', (name, row) => {
  const { query, root, rootOfList, document, prologOfList } = row;
  const s3 = mockS3({ buckets: { vault: {} } });
  const of = (id: string, bucket = 'vault') => `/${bucket}?${query}&id=${encodeURIComponent(id)}`;
  const bodyOf = (content: string) => `<${root} ${namespace}>${content}</${root}>`;
  const put = (id: string, content: string, headers: Readonly<Record<string, string>> = {}) =>
    send({ method: 'PUT', path: of(id), body: bodyOf(content), headers });
  const smallestOf = (id: string) => row.smallest.replace('ID', id);
  const listed = (content: string, before = '') =>
    `${prologOfList}<${rootOfList} ${namespace}><IsTruncated>${before === '' ? 'false' : before}</IsTruncated>${content}</${rootOfList}>`;
  const items = (...ids: readonly string[]) => ids.map((id) => `<${root}>${smallestOf(id)}</${root}>`).join('');
  const list = async (more = '') => (await send({ path: `/vault?${query}${more}` })).text;
  const idsIn = () => (Reflect.get(s3.bucket('vault'), name) ?? []).map(({ Id }: { Id: string | undefined }) => Id);
  const noSuch = errorDocument('NoSuchConfiguration', 'The specified configuration does not exist.');
  const noSuchConfiguration = row.declaresRefusal ? noSuch : undeclared(noSuch);
  const refusal = (document: string) => (row.declaresOthers ? document : undeclared(document));
  const malformed = refusal(malformedXml);

  it('has none on a new bucket', async () => {
    const { status, text, header } = await send({ path: `/vault?${query}` });
    expect({ status, text, contentType: header('content-type') }).toEqual({
      status: 200,
      text: listed(''),
      contentType: undefined,
    });
    const one = await send({ path: of('a') });
    expect({ status: one.status, text: one.text, contentType: one.header('content-type') }).toEqual({
      status: 404,
      text: noSuchConfiguration,
      contentType: 'application/xml',
    });
    expect(s3.requests.at(-1)?.why).toContain("id is 'a'");
    expect(Reflect.get(s3.bucket('vault'), name)).toBeUndefined();
    expect(s3.bucket('vault')).not.toHaveConfiguration(name as 'metrics');
  });

  it('answers a configuration as it was put', async () => {
    expect(await answered(put('a', document))).toEqual({ status: 204, text: '' });
    const read = await send({ path: of('a') });
    expect({ status: read.status, text: read.text, contentType: read.header('content-type') }).toEqual({
      status: 200,
      text: answerDocument(root, document).replace(declaration, row.prologOfOne),
      contentType: undefined,
    });
    expect(await list()).toBe(listed(`<${root}>${document}</${root}>`));
    expect(s3.bucket('vault')).toHaveConfiguration(name as 'metrics', [row.value as { Id: string }]);
    expect(s3.requests[0]?.input).toMatchObject({ Bucket: 'vault', Id: 'a', [root]: row.value });
  });

  it('replaces the configuration of that id, and no other', async () => {
    await put('a', document);
    await put('b', smallestOf('b'));
    await put('a', smallestOf('a'));
    expect(await list()).toBe(listed(items('a', 'b')));
  });

  it('deletes a configuration once', async () => {
    await put('a', document);
    await put('b', smallestOf('b'));
    expect(await answered(send({ method: 'DELETE', path: of('a') }))).toEqual({ status: 204, text: '' });
    expect(await answered(send({ method: 'DELETE', path: of('a') }))).toEqual({
      status: 404,
      text: noSuchConfiguration,
    });
    expect(idsIn()).toEqual(['b']);
    await send({ method: 'DELETE', path: of('b') });
    expect(Reflect.get(s3.bucket('vault'), name)).toBeUndefined();
  });

  it('sorts by the bytes of the ids', async () => {
    for (const id of ['b', 'a', '_', 'B', 'a-1', '1']) await put(id, smallestOf(id));
    const ids = ['1', 'B', '_', 'a', 'a-1', 'b'];
    expect(await list()).toBe(listed(items(...ids)));
    expect(idsIn()).toEqual(ids);
  });

  it('answers an empty token, and refuses one that it did not issue, unless there is an id', async () => {
    await put('a', smallestOf('a'));
    expect(await list('&continuation-token=')).toBe(listed(`<ContinuationToken></ContinuationToken>${items('a')}`));
    expect(await answered(send({ path: `/vault?${query}&continuation-token=strange` }))).toEqual({
      status: 400,
      text: refusal(errorDocument('MalformedContinuationToken', 'The continuation-token you provided invalid.')),
    });
    expect(s3.requests.at(-1)?.why).toContain("'strange'");
    expect((await send({ path: `${of('a')}&continuation-token=strange` })).status).toBe(200);
  });

  it('refuses a document with another id', async () => {
    expect(await answered(put('b', smallestOf('a')))).toEqual({
      status: 400,
      text: refusal(errorDocument(...row.otherId)),
    });
    expect(s3.requests.at(-1)?.why).toContain("the Id 'a' is not 'b', as in the query");
    expect(idsIn()).toEqual([]);
  });

  it('refuses a DELETE without an id, or with an empty one', async () => {
    for (const path of [`/vault?${query}`, of('')]) {
      expect(await answered(send({ method: 'DELETE', path }))).toEqual({
        status: 400,
        text: refusal(errorDocument('InvalidConfigurationId', 'The specified configuration id is invalid.')),
      });
    }
  });

  it.each([
    ...Object.entries(row.malformed),
    ['an unknown member', `${smallestOf('a')}<Strange/>`] as const,
    ['an empty root', ''] as const,
  ])('refuses %s as malformed', async (_what, content) => {
    expect(await answered(put('a', content))).toEqual({ status: 400, text: malformed });
    expect(s3.requests.at(-1)?.why).toEqual(expect.any(String));
    expect(idsIn()).toEqual([]);
  });

  it('refuses a document that does not fit before one with another id', async () => {
    const [content = ''] = Object.values(row.malformed);
    expect((await put('b', content)).text).toBe(malformed);
  });

  // F1020
  it('asks for the right before it reads the document, unless it is an inventory', async () => {
    const reader = as(s3, 'reader', 's3:GetObject');
    const statuses = {
      otherId: (await put('b', smallestOf('a'), reader)).status,
      right: (await put('a', smallestOf('a'), reader)).status,
      withoutId: (await send({ method: 'PUT', path: `/vault?${query}`, body: bodyOf(smallestOf('a')) })).status,
    };
    const isInventory = name === 'inventory';
    expect(statuses).toEqual({ otherId: isInventory ? 400 : 403, right: 403, withoutId: isInventory ? 500 : 400 });
  });

  it('refuses a document of another root as malformed', async () => {
    const body = `<Other ${namespace}>${smallestOf('a')}</Other>`;
    expect(await answered(send({ method: 'PUT', path: of('a'), body }))).toEqual({ status: 400, text: malformed });
  });

  it('is read by those who have the right to it', async () => {
    await put('a', smallestOf('a'));
    const { status, text } = await send({ path: of('a'), headers: as(s3, 'reader', 's3:GetObject') });
    expect({ status, isDeclared: text.startsWith(declaration) }).toEqual({
      status: 403,
      isDeclared: row.declaresOthers,
    });
  });

  it('refuses a request without a body', async () => {
    expect(await answered(send({ method: 'PUT', path: of('a') }))).toEqual({ status: 400, text: malformed });
  });

  it('needs no digest, and compares one that is sent', async () => {
    expect((await put('a', smallestOf('a'), { 'Content-MD5': md5Of('another') })).text).toContain(
      '<Code>BadDigest</Code>',
    );
    expect((await put('a', smallestOf('a'), { 'Content-MD5': md5Of(bodyOf(smallestOf('a'))) })).status).toBe(204);
  });

  it('is not read by HEAD', async () => {
    expect((await send({ method: 'HEAD', path: of('a') })).status).toBe(405);
  });

  it('is given by a fixture, set on a handle, and kept by JSON and snapshots', async () => {
    const members = [{ ...row.value, Id: 'b' }, row.value];
    s3.createBucket('given', { [name]: members });
    expect(Reflect.get(s3.bucket('given'), name)).toEqual([row.value, { ...row.value, Id: 'b' }]);
    expect(String(s3.bucket('given'))).toContain(name.replace(/[A-Z]/g, (letter) => ` ${letter.toLowerCase()}`));
    const before = s3.snapshot();
    Reflect.set(s3.bucket('given'), name, []);
    expect(Reflect.get(s3.bucket('given'), name)).toBeUndefined();
    s3.restore(before);
    const options = JSON.parse(JSON.stringify(s3));
    Reflect.set(s3.bucket('given'), name, undefined);
    expect(JSON.parse(JSON.stringify(s3)).buckets.given).toEqual({});
    s3.createBucket('copy', options.buckets.given);
    expect(Reflect.get(s3.bucket('copy'), name)).toEqual([row.value, { ...row.value, Id: 'b' }]);
  });

  it('refuses a fixture that S3 would refuse', () => {
    const refused = (members: unknown) => expect(() => Reflect.set(s3.bucket('vault'), name, members));
    refused([row.value, row.value]).toThrow(`bucket 'vault': ${name}: two configurations have the Id 'a'`);
    refused([{ ...row.value, Id: '' }]).toThrow(/^bucket 'vault': \w+: .*the Id '' is not 1 to 64 letters/);
    refused([{ ...row.value, Strange: true }]).toThrow(/Strange/);
    refused(row.value).toThrow(`bucket 'vault': ${name}`);
    expect(Reflect.get(s3.bucket('vault'), name)).toBeUndefined();
  });

  it('is gone with its bucket', async () => {
    await put('a', smallestOf('a'));
    await send({ method: 'DELETE', path: '/vault' });
    await send({ method: 'PUT', path: '/vault' });
    expect(await list()).toBe(listed(''));
  });
});
