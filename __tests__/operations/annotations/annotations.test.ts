import { describe, expect, it } from '@jest/globals';
import { mockS3 } from 's3-versioning-mock/jest';
import { checksum, md5 } from '../../../src/formats/digests';
import { answerDocument, refusalIn } from '../../support/documents';
import { answerHead } from '../../support/heads';
import {
  answered,
  elements,
  get,
  markDeleted,
  markerNotAllowed,
  md5Of,
  noSuchKey,
  noSuchVersion,
  preconditionFailed,
  put,
  putVersion,
  refusal,
  remove,
  tellingLines,
  threeStates,
} from '../../support/objects';
import { send } from '../../support/wire-client';

const s3 = mockS3(threeStates);

const at = (path: string, name: string, more = '') => `${path}?annotation&annotationName=${name}${more}`;
const annotate = (path: string, body: string | Uint8Array = 'A report.', headers: Record<string, string> = {}) =>
  send({ method: 'PUT', path, body, headers });
const noSuchAnnotation = (AnnotationName: string) =>
  refusal(404, 'NoSuchAnnotation', 'The specified annotation does not exist.', elements({ AnnotationName }));
const hexOf = (body: string) => md5(Buffer.from(body)).toString('hex');
const of = (bucket: string, key = 'k') =>
  s3
    .bucket(bucket)
    .versions(key)
    .map(({ annotations }) => annotations);

describe('an annotation', () => {
  it('is put on the current version, with a CRC64NVME if no checksum came (F841)', async () => {
    const id = await putVersion('/vault/k');
    const answer = await annotate(at('/vault/k', 'ml.sentiment'));
    expect(answer).toMatchObject({
      status: 200,
      text: answerDocument('PutObjectAnnotationOutput', elements({ Key: 'k', AnnotationName: 'ml.sentiment' })),
    });
    expect(tellingLines(answer)).toEqual([
      `x-amz-object-version-id: ${id}`,
      `ETag: "${hexOf('A report.')}"`,
      `x-amz-checksum-crc64nvme: ${answer.header('x-amz-checksum-crc64nvme')}`,
      'x-amz-checksum-type: FULL_OBJECT',
      'x-amz-server-side-encryption: AES256',
    ]);
    expect(of('vault')).toEqual([{ 'ml.sentiment': 'A report.' }]);
  });

  it('is read with its own time, ETag and size, and with its checksum if that is asked for (F841)', async () => {
    await put('/plain/k');
    s3.clock.advance({ hours: 1 });
    const value = checksum('CRC32', Buffer.from('A report.'));
    await annotate(at('/plain/k', 'summary'), 'A report.', { 'x-amz-checksum-crc32': value });
    const { status, body, head } = await get(at('/plain/k', 'summary'));
    expect({ status, body }).toEqual({ status: 200, body: 'A report.' });
    expect(head).toEqual(
      answerHead(
        'Last-Modified: Tue, 31 Mar 2026 08:35:05 GMT',
        'Content-Length: 9',
        `ETag: "${hexOf('A report.')}"`,
        'x-amz-server-side-encryption: AES256',
      ),
    );
    const withChecksum = await get(at('/plain/k', 'summary'), { 'x-amz-checksum-mode': 'ENABLED' });
    expect(withChecksum.header('x-amz-checksum-crc32')).toBe(value);
    const wrong = await get(at('/plain/k', 'summary'), { 'x-amz-checksum-mode': 'garbage' });
    expect(wrong.text).toContain('Value for x-amz-checksum-mode header is invalid.');
  });

  it('is replaced by another of its name, without a new version (F841)', async () => {
    await put('/vault/k');
    await annotate(at('/vault/k', 'a'), 'first');
    await annotate(at('/vault/k', 'a'), 'second');
    expect(of('vault')).toEqual([{ a: 'second' }]);
  });

  it('leaves the object as it was: ETag, time and tags (F841)', async () => {
    await put('/vault/k');
    const before = s3.bucket('vault').current('k');
    s3.clock.advance({ days: 1 });
    await annotate(at('/vault/k', 'a'));
    expect(s3.bucket('vault').current('k')).toEqual({ ...before, annotations: { a: 'A report.' } });
  });

  it('is checked by the digests of its request', async () => {
    await put('/plain/k');
    const wrong = await annotate(at('/plain/k', 'a'), 'A report.', { 'Content-MD5': md5Of('another') });
    expect({ status: wrong.status, annotations: of('plain') }).toEqual({ status: 400, annotations: [{}] });
    expect(wrong.text).toContain('BadDigest');
    const right = await annotate(at('/plain/k', 'a'), 'A report.', { 'Content-MD5': md5Of('A report.') });
    expect(right.status).toBe(200);
  });

  it('has a new ETag at each write if a KMS key encrypts its version (F844)', async () => {
    s3.bucket('plain').put('k', 'data', { encryption: 'aws:kms' });
    const first = await annotate(at('/plain/k', 'a'));
    const second = await annotate(at('/plain/k', 'a'));
    expect(first.header('ETag')).not.toBe(second.header('ETag'));
    expect(first.header('x-amz-server-side-encryption')).toBe('aws:kms');
  });

  // F841
  it('names its version in every answer', async () => {
    const id = await putVersion('/vault/k');
    const idOf = async (answer: ReturnType<typeof send>) => (await answer).header('x-amz-object-version-id');
    expect({
      put: await idOf(annotate(at('/vault/k', 'a'))),
      read: await idOf(get(at('/vault/k', 'a'))),
      list: await idOf(get('/vault/k?annotation')),
      remove: await idOf(remove(at('/vault/k', 'a'))),
    }).toEqual({ put: id, read: id, list: id, remove: id });
  });

  it('is neither put nor read while the KMS key of its version is disabled (F844)', async () => {
    const key = 'arn:aws:kms:us-east-1:000000000000:key/00000000-0000-4000-8000-000000000001';
    s3.bucket('plain').put('k', 'data', { encryption: { ServerSideEncryption: 'aws:kms', SSEKMSKeyId: key } });
    expect((await annotate(at('/plain/k', 'a'))).status).toBe(200);
    s3.kmsKeys.set(key, 'disabled');
    for (const answer of [await annotate(at('/plain/k', 'b')), await get(at('/plain/k', 'a'))])
      expect(refusalIn(answer)).toMatchObject({ status: 400, code: 'KMS.DisabledException' });
  });

  it('is put and read on a version in an archive (F841)', async () => {
    s3.bucket('plain').put('k', 'data', { storageClass: 'DEEP_ARCHIVE' });
    expect((await annotate(at('/plain/k', 'a'))).status).toBe(200);
    expect((await get(at('/plain/k', 'a'))).body).toBe('A report.');
  });
});

describe('the annotations of a version (F841)', () => {
  it('are those of the named version alone', async () => {
    const first = await putVersion('/vault/k', 'first');
    await putVersion('/vault/k', 'second');
    const answer = await annotate(at('/vault/k', 'a', `&versionId=${first}`));
    expect(answer.header('x-amz-object-version-id')).toBe(first);
    expect(of('vault')).toEqual([{}, { a: 'A report.' }]);
    expect(await answered(get(at('/vault/k', 'a')))).toEqual(noSuchAnnotation('a'));
    expect((await get(at('/vault/k', 'a', `&versionId=${first}`))).body).toBe('A report.');
  });

  it('do not come to the next version, and stay below a delete marker', async () => {
    const first = await putVersion('/vault/k');
    await annotate(at('/vault/k', 'a'));
    await putVersion('/vault/k');
    await markDeleted('/vault/k');
    expect(of('vault')).toEqual([undefined, {}, { a: 'A report.' }]);
    await remove(`/vault/k?versionId=${first}`);
    expect(of('vault')).toEqual([undefined, {}]);
  });

  it.each(['plain', 'paused'])('go with the null version that a write replaces in %s', async (bucket) => {
    await put(`/${bucket}/k`);
    await annotate(at(`/${bucket}/k`, 'a'));
    expect(of(bucket)).toEqual([{ a: 'A report.' }]);
    await put(`/${bucket}/k`);
    expect(of(bucket)).toEqual([{}]);
  });

  it('have no version id in answers while versioning was never set, and null while it is suspended', async () => {
    await put('/plain/k');
    await put('/paused/k');
    expect((await annotate(at('/plain/k', 'a'))).header('x-amz-object-version-id')).toBeUndefined();
    expect((await annotate(at('/paused/k', 'a'))).header('x-amz-object-version-id')).toBe('null');
  });
});

describe('a deletion of an annotation (F841)', () => {
  it('is permanent, and answers 204 with the id of the version', async () => {
    const id = await putVersion('/vault/k');
    await annotate(at('/vault/k', 'a'));
    const gone = await remove(at('/vault/k', 'a'));
    expect({ status: gone.status, lines: tellingLines(gone) }).toEqual({
      status: 204,
      lines: [`x-amz-object-version-id: ${id}`],
    });
    expect(of('vault')).toEqual([{}]);
  });

  it('of a name that the version does not have is answered in the same way, and the journal says so', async () => {
    await put('/plain/k');
    await annotate(at('/plain/k', 'a'));
    expect((await remove(at('/plain/k', 'b'))).status).toBe(204);
    expect(s3.requests.last()?.notes).toEqual(["the version has 'a'"]);
  });
});

describe('requests for annotations are refused', () => {
  it.each(['GET', 'PUT', 'DELETE'])('by %s of a key or a version that does not exist', async (method) => {
    const id = await putVersion('/vault/k');
    const ask = (path: string) => answered(send({ method, path, body: method === 'PUT' ? 'x' : '' }));
    expect(await ask(at('/vault/none', 'a'))).toEqual(noSuchKey('none'));
    expect(await ask(at('/vault/other', 'a', `&versionId=${id}`))).toEqual(noSuchVersion('other', id));
    expect(await ask(at('/plain/none', 'a', '&versionId=null'))).toEqual(noSuchVersion('none', 'null'));
  });

  it.each(['GET', 'PUT', 'DELETE'])('by %s of a delete marker, named or current', async (method) => {
    await put('/vault/k');
    const marker = await markDeleted('/vault/k');
    const ask = (path: string) => answered(send({ method, path, body: method === 'PUT' ? 'x' : '' }));
    expect(await ask(at('/vault/k', 'a', `&versionId=${marker}`))).toEqual(markerNotAllowed(method));
    expect(await ask(at('/vault/k', 'a'))).toEqual(markerNotAllowed(method));
  });

  it.each(['GET', 'PUT', 'DELETE'])('by %s with an empty name, also for a key that does not exist', async (method) => {
    const empty = refusal(400, 'UserAnnotationNameMustBeSpecified', 'You must specify a user annotation name.');
    expect(await answered(send({ method, path: at('/plain/none', '') }))).toEqual(empty);
  });

  it('if the object has another ETag than the request expects', async () => {
    await put('/plain/k');
    const etag = `"${hexOf('data')}"`;
    const failed = preconditionFailed('x-amz-object-if-match');
    expect(await answered(annotate(at('/plain/k', 'a'), 'x', { 'x-amz-object-if-match': '"other"' }))).toEqual(failed);
    expect((await annotate(at('/plain/k', 'a'), 'x', { 'x-amz-object-if-match': etag })).status).toBe(200);
    expect(await answered(remove(at('/plain/k', 'a'), { 'x-amz-object-if-match': '"other"' }))).toEqual(failed);
    expect(of('plain')).toEqual([{ a: 'x' }]);
    expect((await remove(at('/plain/k', 'a'), { 'x-amz-object-if-match': etag })).status).toBe(204);
  });
});

describe('an annotation that S3 does not take (F842)', () => {
  it('is refused by its condition before its name, and by its name before its text', async () => {
    await put('/plain/k');
    const other = { 'x-amz-object-if-match': '"other"' };
    const answers = [await annotate(at('/plain/k', 'aws'), '', other), await annotate(at('/plain/k', 'aws'), '')];
    expect(answers.map(({ text }) => /<Code>(.*)<\/Code>/.exec(text)?.[1])).toEqual([
      'PreconditionFailed',
      'InvalidAnnotationName',
    ]);
  });

  it.each<{ name: string; code: string }>`
    name               | code
    ${'a:b'}           | ${'InvalidAnnotationName'}
    ${'aws'}           | ${'InvalidAnnotationName'}
    ${'n'.repeat(513)} | ${'AnnotationNameTooLong'}
  `('has the name $name: $code', async ({ name, code }) => {
    await put('/plain/k');
    const { status, text } = await annotate(at('/plain/k', encodeURIComponent(name)));
    expect({ status, code: /<Code>(.*)<\/Code>/.exec(text)?.[1], annotations: of('plain') }).toEqual({
      status: 400,
      code,
      annotations: [{}],
    });
    expect(s3.requests.last()?.why).toContain(name.length > 512 ? '513 bytes' : `'${name}'`);
  });

  it.each(['my.aws', 'x-S3', '_', 'Größe', '評価', '1.2-3', 'n'.repeat(512), '\u00e9'.repeat(256)])(
    'does not have the name %s',
    async (name) => {
      await put('/plain/k');
      expect((await annotate(at('/plain/k', encodeURIComponent(name)))).status).toBe(200);
      expect(of('plain')).toEqual([{ [name]: 'A report.' }]);
    },
  );

  it('is empty, larger than a mebibyte or not UTF-8', async () => {
    await put('/plain/k');
    const mebibyte = 1024 * 1024;
    const answers = [
      await answered(annotate(at('/plain/k', 'a'), '')),
      await answered(annotate(at('/plain/k', 'a'), 'x'.repeat(mebibyte + 1))),
      await answered(annotate(at('/plain/k', 'a'), Buffer.of(0xff))),
    ];
    expect(answers).toEqual([
      refusal(
        400,
        'EntityTooSmall',
        'Your proposed upload is smaller than the minimum allowed size',
        elements({ ProposedSize: 0, MinSizeAllowed: 1 }),
      ),
      refusal(
        400,
        'EntityTooLarge',
        'Your proposed upload exceeds the maximum allowed size',
        elements({ ProposedSize: mebibyte + 1, MaxSizeAllowed: mebibyte }),
      ),
      refusal(
        415,
        'UnsupportedMediaType',
        'The request payload contains an unsupported media type. The annotation payload must be valid UTF-8 encoded text.',
      ),
    ]);
    expect((await annotate(at('/plain/k', 'a'), 'x'.repeat(mebibyte))).status).toBe(200);
  });

  it('is the thousand and first of its version', async () => {
    const names = Array.from({ length: 1000 }, (_, index) => `n${index}`);
    s3.bucket('plain').put('k', 'data', { annotations: Object.fromEntries(names.map((name) => [name, 'x'])) });
    expect(await answered(annotate(at('/plain/k', 'one-more')))).toEqual(
      refusal(400, 'AnnotationLimitExceeded', 'The object annotation count exceeds the limit (1000).'),
    );
    expect((await annotate(at('/plain/k', 'n7'))).status).toBe(200);
  });

  it("is of an object with a customer's key (F844)", async () => {
    s3.bucket('plain').put('k', 'data', { encryption: { SSECustomerKey: Buffer.alloc(32, 'k') } });
    expect(await answered(annotate(at('/plain/k', 'a')))).toEqual(
      refusal(400, 'InvalidRequest', 'The object is encrypted with SSE-C, which does not support annotations.'),
    );
    expect(s3.requests.last()?.why).toContain("the MD5 of the object's key is '");
    expect(await answered(get(at('/plain/k', 'a')))).toEqual(noSuchAnnotation('a'));
  });
});
