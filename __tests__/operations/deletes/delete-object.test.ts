import { beforeEach, describe, expect, it } from '@jest/globals';
import { mockS3 } from 's3-versioning-mock/jest';
import { cosHost } from '../../support/clients/story-client';
import { devPay, mfaRequired, ownerOnly, signedBy, textOf } from '../../support/documents';
import { answerHead } from '../../support/heads';
import {
  answered,
  badArgument,
  elements,
  get,
  markDeleted,
  noSuchKey,
  notImplemented,
  preconditionFailed,
  put,
  putVersion,
  refusal,
  remove,
  setVersioning,
  tellingLines,
  threeStates,
} from '../../support/objects';
import { send, sendAsIs } from '../../support/wire-client';

const s3 = mockS3(threeStates);

const deletes = async (path: string, headers = {}) => {
  const answer = await remove(path, headers);
  expect(answer).toMatchObject({ status: 204, body: '' });
  return tellingLines(answer);
};

// Recorded: dyus/meeseeks-s3, tests/delete_object_versioning/golden. F54
describe('DELETE of a key', () => {
  it('answers 204 without a type or a length', async () => {
    await put('/plain/k');
    expect((await remove('/plain/k')).head).toEqual(answerHead());
    expect(await answered(get('/plain/k'))).toEqual(noSuchKey('k'));
  });

  it.each(['that is there', 'that is not'])(
    'of one %s leaves a marker while Enabled, and each repeat another',
    async (which) => {
      if (which === 'that is there') await put('/vault/k');
      const lines = [expect.stringMatching(/^x-amz-version-id: [A-Za-z0-9._]{32}$/), 'x-amz-delete-marker: true'];
      const first = await deletes('/vault/k');
      const second = await deletes('/vault/k');
      expect({ first, second }).toEqual({ first: lines, second: lines });
      expect(second[0]).not.toBe(first[0]);
      const listed = (await get('/vault?versions')).body;
      expect(listed.match(/<DeleteMarker>/g)).toHaveLength(2);
      expect(listed.match(/<Version>/g)).toEqual(which === 'that is there' ? ['<Version>'] : null);
    },
  );

  it.each(['that is there', 'that is not'])('of one %s leaves only the null marker while Suspended', async (which) => {
    if (which === 'that is there') await put('/paused/k');
    const lines = ['x-amz-version-id: null', 'x-amz-delete-marker: true'];
    for (let times = 0; times < 2; times++) expect(await deletes('/paused/k')).toEqual(lines);
    const listed = (await get('/paused?versions')).body;
    expect({ markers: listed.match(/<DeleteMarker>/g), versions: listed.match(/<Version>/g) }).toEqual({
      markers: ['<DeleteMarker>'],
      versions: null,
    });
  });
});

describe('DELETE of a version', () => {
  it.each([
    ['the null version', 'paused', 'put', ['x-amz-version-id: null']],
    ['the null marker', 'paused', 'delete', ['x-amz-version-id: null', 'x-amz-delete-marker: true']],
    ['no null version', 'vault', 'put', ['x-amz-version-id: null']],
    ['the only version of a bucket without versioning', 'plain', 'put', ['x-amz-version-id: null']],
    ['nothing', 'vault', '', ['x-amz-version-id: null']],
  ])('null: %s', async (_what, bucket, before, lines) => {
    if (before === 'put') await put(`/${bucket}/k`);
    if (before === 'delete') await remove(`/${bucket}/k`);
    expect(await deletes(`/${bucket}/k?versionId=null`)).toEqual(lines);
    expect((await get(`/${bucket}/k`)).status).toBe(bucket === 'vault' && before === 'put' ? 200 : 404);
  });

  it('repeats the id of a version that is gone or belongs to another key', async () => {
    const gone = await putVersion('/vault/k');
    await remove(`/vault/k?versionId=${gone}`);
    const other = await putVersion('/vault/other');
    for (const id of [gone, other])
      expect(await deletes(`/vault/k?versionId=${id}`)).toEqual([`x-amz-version-id: ${id}`]);
    expect((await get('/vault/other')).header('x-amz-version-id')).toBe(other);
  });

  it('notes in the journal that nothing was deleted, if the key has no such version', async () => {
    const own = await putVersion('/vault/k');
    const other = await putVersion('/vault/other');
    const notes = async (id: string) => {
      await deletes(`/vault/k?versionId=${id}`);
      return s3.requests.last()?.notes;
    };
    expect(await notes(other)).toEqual([
      `nothing was deleted: 'k' has no version ${other}, which belongs to 'other'; the key has '${own}'`,
    ]);
    expect(await notes('null')).toEqual([`nothing was deleted: 'k' has no null version; the key has '${own}'`]);
    expect(await notes(own)).toEqual([]);
    expect(await notes(own)).toEqual([`nothing was deleted: 'k' has no version ${own}, which was issued, but is gone`]);
  });

  it('names the three newest versions that the key has', async () => {
    const ids: (string | undefined)[] = [];
    for (let count = 0; count < 4; count += 1) ids.unshift(await putVersion('/vault/k'));
    await deletes('/vault/k?versionId=null');
    expect(s3.requests.last()?.notes).toEqual([
      `nothing was deleted: 'k' has no null version; the key has '${ids[0]}', '${ids[1]}', '${ids[2]}' and older versions, the newest first`,
    ]);
  });

  it('leaves nothing of a key if it was the last version', async () => {
    const id = await putVersion('/vault/k');
    await remove(`/vault/k?versionId=${id}`);
    const answer = await get('/vault/k');
    expect(answer).toMatchObject(noSuchKey('k'));
    expect(answer.header('x-amz-delete-marker')).toBeUndefined();
    expect((await remove('/vault')).status).toBe(204);
  });

  it.each(['plain', 'vault', 'paused'])(
    'refuses an invalid id in %s, whether the key exists or not',
    async (bucket) => {
      await put(`/${bucket}/there`);
      for (const key of ['there', 'missing']) {
        expect(await answered(remove(`/${bucket}/${key}?versionId=INVALID_FORMAT_12345`))).toEqual(
          badArgument('Invalid version id specified', 'versionId', 'INVALID_FORMAT_12345'),
        );
        for (const query of ['?versionId=', '?versionId'])
          expect(await answered(remove(`/${bucket}/${key}${query}`))).toEqual(
            badArgument('Version id cannot be the empty string', 'versionId', ''),
          );
      }
      expect((await get(`/${bucket}/there`)).status).toBe(200);
    },
  );
});

const notEmpty = (name: string, more = '') =>
  refusal(
    409,
    'BucketNotEmpty',
    `The bucket you tried to delete is not empty${more && `.${more}`}`,
    elements({ BucketName: name }),
  );

// Recorded: localstack, test_delete_bucket_with_* and test_delete_versioned_bucket_with_objects. F76
describe('DELETE of a bucket that is not empty', () => {
  it.each([
    ['objects, versioning never set', 'plain', 'put', ''],
    ['versions', 'vault', 'put', ' You must delete all versions in the bucket.'],
    ['delete markers alone', 'vault', 'delete', ' You must delete all versions in the bucket.'],
    ['the null version', 'paused', 'put', ' You must delete all versions in the bucket.'],
  ])('is refused: %s', async (_what, bucket, before, more) => {
    await (before === 'put' ? put(`/${bucket}/k`) : remove(`/${bucket}/k`));
    expect(await answered(remove(`/${bucket}`))).toEqual(notEmpty(bucket, more));
    expect(s3.bucket(bucket).name).toBe(bucket);
  });
});

// Measured: localstack#13894 and ministack#1475. F74, F574
describe('the condition of a DELETE', () => {
  const etag = '"8d777f385d3dfec8815d20f7496026dc"';

  it.each([
    ['the ETag without quotes', 'object', { 'If-Match': etag.replaceAll('"', '') }, 204],
    ['another ETag', 'object', { 'If-Match': '"0"' }, preconditionFailed('If-Match')],
    ['several ETags', 'object', { 'If-Match': `"0", ${etag}` }, preconditionFailed('If-Match')],
    ['the ETag as a weak one', 'object', { 'If-Match': `W/${etag}` }, preconditionFailed('If-Match')],
    ['* among ETags', 'object', { 'If-Match': '"0", *' }, preconditionFailed('If-Match')],
    // Measured: justincormack/argmin. F1606
    [
      'an empty If-Match',
      'object',
      { 'If-Match': '' },
      refusal(
        400,
        'InvalidArgument',
        'The value provided for the If-Match query parameter cannot be empty for this API.',
        '<ArgumentName>If-Match</ArgumentName>',
      ),
    ],
    ['* without an object', 'none', { 'If-Match': '*' }, noSuchKey('k')],
    ['an ETag without an object', 'none', { 'If-Match': etag }, noSuchKey('k')],
    [
      'a time',
      'object',
      { 'x-amz-if-match-last-modified-time': 'Tue, 31 Mar 2026 07:35:05 GMT' },
      notImplemented('x-amz-if-match-last-modified-time'),
    ],
    ['a size', 'object', { 'x-amz-if-match-size': '4' }, notImplemented('x-amz-if-match-size')],
    [
      'all three',
      'object',
      { 'x-amz-if-match-size': '4', 'x-amz-if-match-last-modified-time': 'x', 'If-Match': etag },
      notImplemented('x-amz-if-match-last-modified-time'),
    ],
  ])('%s', async (_what, state, headers, expected) => {
    if (state !== 'none') await put('/vault/k');
    const before = (await get('/vault?versions')).text;
    const { status, text } = await answered(remove('/vault/k', headers as Record<string, string>));
    expect(expected === 204 ? status : { status, text }).toEqual(expected);
    expect((await get('/vault?versions')).text === before).toBe(expected !== 204);
  });

  // Measured: justincormack/argmin. F1606
  it('in two lines is 400, and the object stays', async () => {
    await put('/vault/k');
    const headers = { 'If-Match': `${etag}\r\nIf-Match: ${etag}`, Connection: 'close' };
    const { status, body } = await sendAsIs({ method: 'DELETE', path: '/vault/k', headers });
    expect({ status, code: textOf('Code', { body }) }).toEqual({ status: 400, code: 'InvalidRequest' });
    expect(s3.requests.last()?.why).toContain('If-Match is ');
    expect((await get('/vault/k')).status).toBe(200);
  });
});

// https://docs.aws.amazon.com/AmazonS3/latest/userguide/MultiFactorAuthenticationDelete.html. F69
describe('DELETE while MFA Delete is on', () => {
  const required = { status: 403, text: mfaRequired };
  let id: string;
  beforeEach(async () => {
    s3.bucket('vault').mfaDelete = 'Enabled';
    id = await putVersion('/vault/k');
  });

  it('needs no code if it leaves a marker', async () => {
    expect(await deletes('/vault/k')).toEqual([
      expect.stringMatching(/^x-amz-version-id/),
      'x-amz-delete-marker: true',
    ]);
    expect((await remove('/vault/k', { 'x-amz-mfa': 'bad' })).status).toBe(204);
    setVersioning(s3, 'vault', 'Suspended');
    expect(await deletes('/vault/k')).toEqual(['x-amz-version-id: null', 'x-amz-delete-marker: true']);
  });

  it.each(['a version', 'the null version', 'a marker', 'a version that is gone'])(
    'needs a code to delete %s',
    async (which) => {
      const marker = await markDeleted('/vault/k');
      const named =
        which === 'a version' ? id : which === 'a marker' ? marker : which === 'the null version' ? 'null' : marker;
      if (which === 'a version that is gone')
        await remove(`/vault/k?versionId=${marker}`, { 'x-amz-mfa': s3.mfa.header() });
      expect(await answered(remove(`/vault/k?versionId=${named}`))).toEqual(required);
      expect((await remove(`/vault/k?versionId=${named}`, { 'x-amz-mfa': s3.mfa.header() })).status).toBe(204);
    },
  );

  it('refuses the other users of the account, with any code', async () => {
    const headers = { Authorization: signedBy(s3.account.user('clerk')), 'x-amz-mfa': s3.mfa.header() };
    expect(await answered(remove(`/vault/k?versionId=${id}`, headers))).toEqual({ status: 403, text: ownerOnly });
    expect((await remove('/vault/k', headers)).status).toBe(204);
  });

  // F200
  it('refuses temporary credentials where a code is asked for, whoever has them', async () => {
    const token = { 'x-amz-security-token': 'FwoGZXIvYXdzEXAMPLE' };
    const headers = { ...token, 'x-amz-mfa': s3.mfa.header() };
    const Authorization = signedBy(s3.account.user('clerk'));
    expect(await answered(remove(`/vault/k?versionId=${id}`, headers))).toEqual({ status: 400, text: devPay });
    expect(await answered(remove(`/vault/k?versionId=${id}`, { ...headers, Authorization }))).toEqual({
      status: 400,
      text: devPay,
    });
    expect(await answered(remove(`/vault/k?versionId=${id}`, token))).toEqual(required);
    expect((await remove('/vault/k', headers)).status).toBe(204);
  });

  it('reads the id before the code, and spends no code on an invalid id', async () => {
    const mfa = s3.mfa.header();
    expect(await answered(remove('/vault/k?versionId=bad-vid', { 'x-amz-mfa': mfa }))).toEqual(
      badArgument('Invalid version id specified', 'versionId', 'bad-vid'),
    );
    expect((await remove(`/vault/k?versionId=${id}`, { 'x-amz-mfa': mfa })).status).toBe(204);
  });

  it('checks the code before the condition', async () => {
    expect(await answered(remove(`/vault/k?versionId=${id}`, { 'If-Match': '*' }))).toEqual(required);
  });

  it('needs a code while Suspended, and none after MFA Delete is off', async () => {
    setVersioning(s3, 'vault', 'Suspended');
    expect(await answered(remove(`/vault/k?versionId=${id}`))).toEqual(required);
    s3.bucket('vault').mfaDelete = 'Disabled';
    expect((await remove(`/vault/k?versionId=${id}`, { 'x-amz-mfa': 'bad' })).status).toBe(204);
  });

  it('also needs a code at COS', async () => {
    const host = cosHost;
    expect(await send({ method: 'DELETE', host, path: `/vault/k?versionId=${id}` })).toMatchObject({
      status: 403,
      body: expect.stringContaining('Mfa Authentication must be used for this request'),
    });
  });
});
