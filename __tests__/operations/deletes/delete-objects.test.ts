import { beforeEach, describe, expect, it } from '@jest/globals';
import { mockS3 } from 's3-versioning-mock/jest';
import { cosHost } from '../../support/clients/story-client';
import {
  codeInvalid,
  declaration,
  devPay,
  malformedXml,
  mfaRequired,
  ownerOnly,
  signedBy,
  signedV4,
  textOf,
  textsOf,
  undeclared,
} from '../../support/documents';
import { documentHead } from '../../support/heads';
import {
  answered,
  deleteMany,
  elements,
  get,
  markDeleted,
  md5Of,
  put,
  putVersion,
  refusal,
  setVersioning,
  threeStates,
} from '../../support/objects';
import { send, type WireCall } from '../../support/wire-client';

const s3 = mockS3(threeStates);

const entry = (Key: string, VersionId?: string, ETag?: string) =>
  `<Object>${elements({ Key, ...(VersionId !== undefined && { VersionId }), ...(ETag !== undefined && { ETag }) })}</Object>`;
const deleted = (values: Record<string, string>) => `<Deleted>${elements(values)}</Deleted>`;
const failed = (values: Record<string, string>) => `<Error>${elements(values)}</Error>`;
const marked = (Key: string, DeleteMarkerVersionId: string) =>
  deleted({ Key, DeleteMarker: 'true', DeleteMarkerVersionId });

const result = (...entries: readonly string[]) =>
  `${declaration}<DeleteResult xmlns="http://s3.amazonaws.com/doc/2006-03-01/">${entries.join('')}</DeleteResult>`;

async function newestOf(bucket: string, key: string): Promise<string> {
  return textOf('VersionId', await get(`/${bucket}?versions&prefix=${key}`)) ?? '';
}

const idsOf = async (bucket: string) => textsOf('VersionId', await get(`/${bucket}?versions`));

// Recorded: dyus/meeseeks-s3, tests/delete_objects/golden. F71
describe('POST ?delete', () => {
  // Recorded: dyus/meeseeks-s3, tests/delete_objects/golden. F626
  it('answers with the headers of S3, and ends the connection', async () => {
    const { status, head } = await deleteMany('plain', entry('k'));
    expect(status).toBe(200);
    expect(head).toEqual(documentHead('Connection: close'));
  });

  it('keeps the connection on IBM COS', async () => {
    const body = `<Delete>${entry('k')}</Delete>`;
    const headers = { 'Content-MD5': md5Of(body), Authorization: signedBy(s3.account) };
    const { status, head } = await send({ method: 'POST', path: '/plain?delete', body, headers, host: cosHost });
    expect({ status, head: head.filter((line) => /^connection/i.test(line)) }).toEqual({ status: 200, head: [] });
  });

  it('reports only the key if versioning was never set, whether it exists or not', async () => {
    await put('/plain/there');
    expect((await deleteMany('plain', entry('there') + entry('missing'))).text).toBe(
      result(deleted({ Key: 'there' }), deleted({ Key: 'missing' })),
    );
    expect((await get('/plain/there')).status).toBe(404);
  });

  it('leaves a marker while Enabled, whether the key exists or not', async () => {
    await put('/vault/a');
    const { text } = await deleteMany('vault', entry('a') + entry('b'));
    expect(text).toBe(result(marked('a', await newestOf('vault', 'a')), marked('b', await newestOf('vault', 'b'))));
  });

  it('leaves the null marker while Suspended', async () => {
    const old = await putVersion('/vault/k', 'data');
    setVersioning(s3, 'vault', 'Suspended');
    expect((await deleteMany('vault', entry('k') + entry('missing'))).text).toBe(
      result(marked('k', 'null'), marked('missing', 'null')),
    );
    expect(await idsOf('vault')).toEqual(['null', old, 'null']);
  });

  it('reports a delete marker that it deletes', async () => {
    await put('/vault/k');
    const marker = await markDeleted('/vault/k');
    expect((await deleteMany('vault', entry('k', marker))).text).toBe(
      result(deleted({ Key: 'k', VersionId: marker, DeleteMarker: 'true', DeleteMarkerVersionId: marker })),
    );
    expect((await get('/vault/k')).status).toBe(200);
  });

  it('deletes the null version and the null marker', async () => {
    await put('/paused/k', 'null-ver');
    expect((await deleteMany('paused', entry('k', 'null'))).text).toBe(
      result(deleted({ Key: 'k', VersionId: 'null' })),
    );
    await markDeleted('/paused/k');
    expect((await deleteMany('paused', entry('k', 'null'))).text).toBe(
      result(deleted({ Key: 'k', VersionId: 'null', DeleteMarker: 'true', DeleteMarkerVersionId: 'null' })),
    );
    expect(await idsOf('paused')).toEqual([]);
  });

  it('reports a version that is gone or belongs to another key as deleted', async () => {
    const [gone, other] = [await putVersion('/vault/k'), await putVersion('/vault/other')];
    await deleteMany('vault', entry('k', gone));
    expect((await deleteMany('vault', entry('k', gone) + entry('k', other))).text).toBe(
      result(deleted({ Key: 'k', VersionId: gone }), deleted({ Key: 'k', VersionId: other })),
    );
    expect(await idsOf('vault')).toEqual([other]);
  });

  it('notes in the journal the first five entries whose key has no such version', async () => {
    const id = await putVersion('/vault/other');
    const keys = ['a', 'b', 'c', 'd', 'e', 'f', 'other'];
    await deleteMany('vault', keys.map((key) => entry(key, id)).join(''));
    const notes = keys
      .slice(0, 5)
      .map((key) => `nothing was deleted: '${key}' has no version ${id}, which belongs to 'other'`);
    expect(s3.requests.last()?.notes).toEqual([...notes, 'and 1 more']);
  });

  it.each(['plain', 'vault', 'paused'])('reports an invalid id in %s, and deletes the others', async (bucket) => {
    await put(`/${bucket}/k`);
    await put(`/${bucket}/l`);
    const { status, text } = await deleteMany(bucket, entry('k', 'bad-vid') + entry('l'));
    const lost = failed({
      Key: 'k',
      VersionId: 'bad-vid',
      Code: 'NoSuchVersion',
      Message: 'The specified version does not exist.',
    });
    expect(status).toBe(200);
    expect(text).toContain(lost);
    expect(text).toContain('<Key>l</Key>');
    expect((await get(`/${bucket}/k`)).status).toBe(200);
    expect((await get(`/${bucket}/l`)).status).toBe(404);
  });

  // brendanhay/amazonka#160, whose client sent such an element with each entry. F71
  it.each(['plain', 'vault', 'paused'])('reports an empty id in %s as one of no version', async (bucket) => {
    await put(`/${bucket}/k`);
    await put(`/${bucket}/l`);
    const { status, text } = await deleteMany(bucket, entry('k', '') + entry('l', '') + entry('l'));
    const lost = { VersionId: '', Code: 'NoSuchVersion', Message: 'The specified version does not exist.' };
    expect(status).toBe(200);
    expect(text).toContain(failed({ Key: 'k', ...lost }) + failed({ Key: 'l', ...lost }));
    const [kept, removed] = [await get(`/${bucket}/k`), await get(`/${bucket}/l`)];
    expect({ kept: kept.status, removed: removed.status }).toEqual({ kept: 200, removed: 404 });
  });

  it('says in the journal how to delete an object whose entry has an empty id', async () => {
    await put('/vault/k');
    await deleteMany('vault', entry('k', ''));
    expect(s3.requests.last()?.why).toContain(
      'k: its VersionId is empty, which is the id of no version; leave the VersionId out to delete the current object',
    );
  });

  it('reports an empty id at IBM COS likewise', async () => {
    await put('/plain/k');
    const body = `<Delete>${entry('k', '')}</Delete>`;
    const headers = { 'Content-MD5': md5Of(body), Authorization: signedBy(s3.account) };
    const { text } = await send({ method: 'POST', path: '/plain?delete', body, headers, host: cosHost });
    expect(text).toContain('<Code>NoSuchVersion</Code>');
    expect((await get('/plain/k')).status).toBe(200);
  });

  it('deletes an entry once if it is named twice', async () => {
    const v1 = await putVersion('/vault/k', 'v1');
    expect((await deleteMany('vault', entry('k', v1) + entry('k', v1))).text).toBe(
      result(deleted({ Key: 'k', VersionId: v1 })),
    );
    await deleteMany('vault', entry('l') + entry('l'));
    expect(await idsOf('vault')).toHaveLength(1);
    await put('/paused/k');
    expect((await deleteMany('paused', entry('k', 'null') + entry('k', 'null'))).text).toBe(
      result(deleted({ Key: 'k', VersionId: 'null' })),
    );
  });

  it('deletes both entries of a key, with a version and without one', async () => {
    const [v1, v2] = [await putVersion('/vault/k', 'v1'), await putVersion('/vault/k', 'v2')];
    const { text } = await deleteMany('vault', entry('k') + entry('k', v1));
    const marker = await newestOf('vault', 'k');
    expect(text).toBe(result(marked('k', marker), deleted({ Key: 'k', VersionId: v1 })));
    expect(await idsOf('vault')).toEqual([marker, v2]);
    const only = await putVersion('/vault/only');
    await deleteMany('vault', entry('only', only) + entry('only'));
    expect(await idsOf('vault')).toEqual([marker, v2, await newestOf('vault', 'only')]);
  });

  it('reports only errors if Quiet is true', async () => {
    await put('/vault/k');
    expect((await deleteMany('vault', `<Quiet>true</Quiet>${entry('k')}${entry('missing')}`)).text).toBe(result());
    expect((await deleteMany('vault', `${entry('k', 'bad-vid')}${entry('k')}<Quiet>true</Quiet>`)).text).toBe(
      result(
        failed({
          Key: 'k',
          VersionId: 'bad-vid',
          Code: 'NoSuchVersion',
          Message: 'The specified version does not exist.',
        }),
      ),
    );
    expect(await idsOf('vault')).toHaveLength(4);
  });

  it.each(['false', 't', 'perhaps', ''])('reads Quiet %j as false', async (quiet) => {
    expect((await deleteMany('plain', `<Quiet>${quiet}</Quiet>${entry('k')}`)).text).toBe(
      result(deleted({ Key: 'k' })),
    );
  });

  // https://docs.aws.amazon.com/AmazonS3/latest/userguide/conditional-deletes.html; versitygw, test_rest_delete_objects.sh. F74, F574
  it('compares the ETag of an entry with the current object', async () => {
    const etag = '8d777f385d3dfec8815d20f7496026dc';
    for (const key of ['right', 'bare', 'any', 'wrong', 'weak', 'several']) await put(`/plain/${key}`);
    const { text } = await deleteMany(
      'plain',
      entry('right', undefined, `&quot;${etag}&quot;`) +
        entry('bare', undefined, etag) +
        entry('any', undefined, '*') +
        entry('wrong', undefined, '0') +
        entry('weak', undefined, `W/&quot;${etag}&quot;`) +
        entry('several', undefined, `0,${etag}`) +
        entry('missing', undefined, etag),
    );
    expect(text).toBe(
      result(
        deleted({ Key: 'right' }),
        deleted({ Key: 'bare' }),
        deleted({ Key: 'any' }),
        ...['wrong', 'weak', 'several'].map((Key) =>
          failed({
            Key,
            Code: 'PreconditionFailed',
            Message: 'At least one of the pre-conditions you specified did not hold',
          }),
        ),
        failed({ Key: 'missing', Code: 'NoSuchKey', Message: 'The specified key does not exist.' }),
      ),
    );
    expect((await get('/plain/wrong')).status).toBe(200);
  });

  it('tells the condition that an entry with a version id has', async () => {
    const id = await putVersion('/vault/k');
    await deleteMany('vault', entry('k', id, '&quot;0&quot;'));
    expect(s3.requests.last()?.why).toContain(`ETag is '"0"'`);
  });

  it('deletes a thousand keys of any legal form', async () => {
    const keys = Array.from({ length: 1000 }, (_, index) => `key-${index}`);
    const { status, body } = await deleteMany('plain', keys.map((key) => entry(key)).join(''));
    expect({ status, deleted: body.match(/<Deleted>/g)?.length }).toEqual({ status: 200, deleted: 1000 });
    for (const [key, path] of [
      ['a&amp;&lt;b', 'a%26%3Cb'],
      ['é中😀', '%C3%A9%E4%B8%AD%F0%9F%98%80'],
      ['__proto__', '__proto__'],
      ['a/../b//', 'a/../b//'],
      ['a&#13;b', 'a%0Db'],
      [' ', '%20'],
    ] as const) {
      await put(`/plain/${path}`);
      expect((await deleteMany('plain', entry(key))).text).toBe(result(deleted({ Key: key })));
      expect((await get(`/plain/${path}`)).status).toBe(404);
    }
  });

  // F550
  it.each([
    ['&#x1;', '%01', '&#x1;'],
    ['\u0010', '%10', 'U+0010'],
    ['&#xFFFE;', '%EF%BF%BE', '&#xFFFE;'],
  ])('refuses a key with %j, which DeleteObject deletes', async (key, path, shown) => {
    await put(`/plain/${path}`);
    await put('/plain/other');
    expect(await answered(deleteMany('plain', entry('other') + entry(key)))).toEqual({
      status: 400,
      text: undeclared(malformedXml),
    });
    expect(s3.requests.last()?.why).toBe(
      `the body is not well-formed XML: ${shown} at character 103 is not a character of XML 1.0; delete such a key with DeleteObject, and list it with encoding-type=url`,
    );
    expect((await get('/plain/other')).status).toBe(200);
    expect((await send({ method: 'DELETE', path: `/plain/${path}` })).status).toBe(204);
    expect((await get(`/plain/${path}`)).status).toBe(404);
  });

  // F552
  it('reads a carriage return as a line feed, unless it is a reference', async () => {
    await put('/plain/a%0D');
    await put('/plain/a%0A');
    expect((await deleteMany('plain', entry('a\r'))).text).toBe(result(deleted({ Key: 'a\n' })));
    expect((await get('/plain/a%0D')).status).toBe(200);
    expect((await get('/plain/a%0A')).status).toBe(404);
  });

  // Measured: justincormack/argmin crates/s3-tests/tests/malformed_xml.rs. F57, F627
  it('refuses the whole request for a key that is too long, without a declaration', async () => {
    await put('/plain/k');
    const { status, text } = await deleteMany('plain', entry('k') + entry('x'.repeat(1025)));
    const fields = { Code: 'KeyTooLongError', Message: 'Your key is too long', Size: '1025', MaxSizeAllowed: '1024' };
    expect({ status, text }).toEqual({ status: 400, text: expect.stringMatching(`^<Error>${elements(fields)}`) });
    expect((await get('/plain/k')).status).toBe(200);
  });

  it('ignores a key in the path, and reads a document in any namespace', async () => {
    const body = `<d:Delete xmlns:d="urn:x"><d:Object><d:Key>k</d:Key></d:Object></d:Delete>`;
    const headers = { 'Content-MD5': md5Of(body) };
    expect((await send({ method: 'POST', path: '/plain/other?delete', body, headers })).text).toBe(
      result(deleted({ Key: 'k' })),
    );
  });

  it('accepts a checksum in place of Content-MD5', async () => {
    const body = `<Delete>${entry('k')}</Delete>`;
    const headers = { 'x-amz-checksum-sha256': 'N3LHxLM6RcANrxrdozvL0QrfTWiSV7BCaLd/CXMfyF0=' };
    expect(body).toBe('<Delete><Object><Key>k</Key></Object></Delete>');
    expect((await send({ method: 'POST', path: '/plain?delete', body, headers })).status).toBe(200);
  });
});

// Measured: brekkylab/backlot, 2026-09-29; aws-sdk-java#1293. F71
describe('POST ?delete is refused as a whole for', () => {
  const malformed = { status: 400, text: undeclared(malformedXml) }; // F627
  const userKey = refusal(400, 'UserKeyMustBeSpecified', 'User key must be specified.');
  const post = (body: string, headers: WireCall['headers'] = { 'Content-MD5': md5Of(body) }, bucket = 'plain') =>
    answered(send({ method: 'POST', path: `/${bucket}?delete`, body, headers }));

  it.each([
    ['no entry', '<Delete></Delete>'],
    ['no entry, closed', '<Delete/>'],
    ['Quiet alone', '<Delete><Quiet>true</Quiet></Delete>'],
    ['Quiet twice', `<Delete><Quiet>true</Quiet><Quiet>true</Quiet>${entry('k')}</Delete>`],
    ['an empty entry', '<Delete><Object></Object></Delete>'],
    ['an entry without a key', '<Delete><Object><VersionId>null</VersionId></Object></Delete>'],
    ['two keys', '<Delete><Object><Key>k</Key><Key>l</Key></Object></Delete>'],
    [
      'two version ids',
      '<Delete><Object><Key>k</Key><VersionId>a</VersionId><VersionId>b</VersionId></Object></Delete>',
    ],
    ['two ETags', '<Delete><Object><Key>k</Key><ETag>a</ETag><ETag>b</ETag></Object></Delete>'],
    ['a size', '<Delete><Object><Key>k</Key><Size>4</Size></Object></Delete>'],
    ['a time', '<Delete><Object><Key>k</Key><LastModifiedTime>x</LastModifiedTime></Object></Delete>'],
    ['an unknown element', `<Delete><Other/>${entry('k')}</Delete>`],
    ['another root', `<Remove>${entry('k')}</Remove>`],
    ['no XML', 'delete everything'],
    ['1,001 entries', `<Delete>${entry('k').repeat(1001)}</Delete>`],
    ['an empty key before what is malformed', `<Delete>${entry('')}<Other/></Delete>`],
  ])('%s', async (_what, body) => {
    await put('/plain/k');
    expect(await post(body)).toEqual(malformed);
    expect((await get('/plain/k')).status).toBe(200);
  });

  it('an empty key among others', async () => {
    await put('/plain/k');
    expect(await post(`<Delete>${entry('k')}${entry('')}</Delete>`)).toEqual(userKey);
    expect((await get('/plain/k')).status).toBe(200);
  });

  it('a missing body', async () => {
    expect(await post('')).toEqual(refusal(400, 'MissingRequestBodyError', 'Request Body is empty'));
  });

  it('a missing digest', async () => {
    expect(await post(`<Delete>${entry('k')}</Delete>`, {})).toEqual(
      refusal(400, 'InvalidRequest', 'Missing required header for this request: Content-MD5 OR x-amz-checksum-*'),
    );
  });

  const body = `<Delete>${entry('k')}</Delete>`;
  const wrongMd5 = refusal(
    400,
    'BadDigest',
    'The Content-MD5 you specified did not match what we received.',
    elements({ CalculatedDigest: md5Of(body), ExpectedDigest: md5Of('other') }),
  );
  const badMd5 = refusal(
    400,
    'InvalidDigest',
    'The Content-MD5 you specified was invalid.',
    elements({ 'Content-MD5': 'none' }),
  );
  const badChecksum = refusal(400, 'InvalidRequest', 'Value for x-amz-checksum-crc32 header is invalid.');

  it("wrong digests, and of two problems for the first in S3's order", async () => {
    const hash = { 'x-amz-content-sha256': '0'.repeat(64), Authorization: signedV4() };
    expect(await post(body, { 'Content-MD5': 'none', 'x-amz-checksum-crc32': 'none' })).toEqual(badChecksum);
    expect(await post('', { 'Content-MD5': 'none' })).toEqual(badMd5);
    expect(await post('', {})).toEqual(
      refusal(400, 'InvalidRequest', 'Missing required header for this request: Content-MD5 OR x-amz-checksum-*'),
    );
    expect(await post('<Delete/>', { 'Content-MD5': md5Of('other') })).toEqual(malformed);
    expect(await post(`<Delete>${entry('')}</Delete>`, { 'Content-MD5': md5Of('other') })).toEqual(userKey);
    expect(await post(body, { 'Content-MD5': md5Of('other'), ...hash })).toEqual(wrongMd5);
    expect(await post(body, { 'Content-MD5': md5Of(body), ...hash })).toEqual({
      status: 400,
      text: expect.stringContaining('<Code>XAmzContentSHA256Mismatch</Code>'),
    });
    expect(await idsOf('plain')).toEqual([]);
  });
});

// https://docs.aws.amazon.com/AmazonS3/latest/API/API_DeleteObjects.html; ceph#69987, ceph#69821. F69
describe('POST ?delete while MFA Delete is on', () => {
  let id: string;
  beforeEach(async () => {
    s3.bucket('vault').mfaDelete = 'Enabled';
    id = await putVersion('/vault/k');
  });

  it.each<{ entries: string; code: string; status: number; kept: number }>`
    entries               | code       | status | kept
    ${'bare'}             | ${'none'}  | ${200} | ${2}
    ${'bare'}             | ${'right'} | ${200} | ${2}
    ${'bare'}             | ${'wrong'} | ${400} | ${1}
    ${'version'}          | ${'none'}  | ${403} | ${1}
    ${'version'}          | ${'right'} | ${200} | ${0}
    ${'version'}          | ${'wrong'} | ${400} | ${1}
    ${'bare and version'} | ${'none'}  | ${403} | ${1}
    ${'bare and version'} | ${'right'} | ${200} | ${1}
    ${'bare and version'} | ${'wrong'} | ${400} | ${1}
    ${'invented'}         | ${'none'}  | ${403} | ${1}
  `('$entries with code $code is $status', async ({ entries, code, status, kept }) => {
    const content: Record<string, string> = {
      bare: entry('k'),
      version: entry('k', id),
      'bare and version': entry('k') + entry('k', id),
      invented: entry('k', 'bad-vid'),
    };
    const codes: Record<string, string | undefined> = {
      right: s3.mfa.header(),
      wrong: `${s3.mfa.serial} ${s3.mfa.wrongCode()}`,
    };
    const answer = await deleteMany('vault', content[entries] ?? '', { 'x-amz-mfa': codes[code] });
    expect(answer.status).toBe(status);
    if (status !== 200) expect(answer.text).toBe(code === 'none' ? mfaRequired : codeInvalid);
    expect(await idsOf('vault')).toHaveLength(kept);
  });

  it('spends one code for all entries', async () => {
    const [other, mfa] = [await putVersion('/vault/k'), s3.mfa.header()];
    expect((await deleteMany('vault', entry('k', id) + entry('k', other), { 'x-amz-mfa': mfa })).status).toBe(200);
    expect(await idsOf('vault')).toEqual([]);
    expect((await deleteMany('vault', entry('k', other), { 'x-amz-mfa': mfa })).text).toBe(codeInvalid);
  });

  it('refuses the other users of the account', async () => {
    const headers = { Authorization: signedBy(s3.account.user('clerk')), 'x-amz-mfa': s3.mfa.header() };
    expect((await deleteMany('vault', entry('k', id), headers)).text).toBe(ownerOnly);
    expect((await deleteMany('vault', entry('k'), { ...headers, 'x-amz-mfa': undefined })).status).toBe(200);
  });

  // F200
  it.each(['bare', 'version'])('refuses temporary credentials with a code for an entry: %s', async (which) => {
    const headers = { 'x-amz-security-token': 'FwoGZXIvYXdzEXAMPLE', 'x-amz-mfa': s3.mfa.header() };
    expect(await answered(deleteMany('vault', entry('k', which === 'bare' ? undefined : id), headers))).toEqual({
      status: 400,
      text: devPay,
    });
    expect(await idsOf('vault')).toEqual([id]);
    expect((await deleteMany('vault', entry('k'), { 'x-amz-security-token': 'FwoG' })).status).toBe(200);
  });

  it('ignores the header if MFA Delete is off', async () => {
    s3.bucket('vault').mfaDelete = 'Disabled';
    expect((await deleteMany('vault', entry('k', id), { 'x-amz-mfa': '970589' })).status).toBe(200);
  });
});

it("POST ?delete at COS reports failed entries in COS's words", async () => {
  await put('/vault/k');
  const body = `<Delete>${entry('k', undefined, '"other"')}</Delete>`;
  const { status, body: document } = await send({
    method: 'POST',
    host: cosHost,
    path: '/vault?delete',
    body,
    headers: { 'Content-MD5': md5Of(body) },
  });
  expect({ status, document }).toEqual({
    status: 200,
    document: expect.stringContaining(
      '<Message>At least one of the preconditions you specified did not hold.</Message>',
    ),
  });
});
