import { describe, expect, it } from '@jest/globals';
import { mockS3 } from 's3-versioning-mock/jest';
import { answerDocument, undeclared } from '../../support/documents';
import { answerHead } from '../../support/heads';
import {
  answered,
  badArgument,
  get,
  noSuchBucket,
  noSuchKey,
  noSuchVersion,
  put,
  putVersion,
  refusal,
  remove,
  type StatusAndText,
  threeStates,
} from '../../support/objects';
import { begin, complete, partElement, sendPart } from '../../support/uploads';

const s3 = mockS3(threeStates);

const attributes = (path: string, names: string | undefined, headers = {}) =>
  get(`${path}?attributes`, { 'x-amz-object-attributes': names, ...headers });
const answer = (content: string) => answerDocument('GetObjectAttributesResponse', content);

const etag = '<ETag>8d777f385d3dfec8815d20f7496026dc</ETag>';
const checksum =
  '<Checksum><ChecksumCRC64NVME>7a5hQ478J4A=</ChecksumCRC64NVME><ChecksumType>FULL_OBJECT</ChecksumType></Checksum>';
const storageClass = '<StorageClass>STANDARD</StorageClass>';
const size = '<ObjectSize>4</ObjectSize>';

// Recorded: localstack, test_get_object_attributes; measured: brekkylab/backlot, 2026-09-29 and 2026-09-30. F75
describe('GET ?attributes', () => {
  it('answers with the time and the version, and without a type', async () => {
    const id = await putVersion('/vault/k', 'data');
    const { status, head, text } = await attributes('/vault/k', 'ETag');
    expect({ status, text }).toEqual({ status: 200, text: answer(etag) });
    expect(head).toEqual(
      answerHead(
        'Last-Modified: Tue, 31 Mar 2026 07:35:05 GMT',
        `x-amz-version-id: ${id}`,
        `Content-Length: ${Buffer.byteLength(answer(etag))}`,
      ),
    );
  });

  it.each([
    ['ObjectSize,StorageClass,ObjectParts,Checksum,ETag', etag + checksum + storageClass + size],
    ['ETag, ObjectSize', etag + size],
    ['ETag,', etag],
    ['ETag,,', etag],
  ])("returns %s in S3's order", async (names, content) => {
    await put('/plain/k');
    expect((await attributes('/plain/k', names)).text).toBe(answer(content));
  });

  // F193
  it.each(['-1', '0'])('accepts a maximum of %s parts', async (parts) => {
    await put('/plain/k');
    expect(await answered(attributes('/plain/k', 'ETag,ObjectParts', { 'x-amz-max-parts': parts }))).toEqual({
      status: 200,
      text: answer(etag),
    });
  });

  it('returns the attributes of the named version', async () => {
    const old = await putVersion('/vault/k', 'data');
    await put('/vault/k', 'longer', { 'x-amz-storage-class': 'STANDARD_IA' });
    const read = await get(`/vault/k?attributes&versionId=${old}`, {
      'x-amz-object-attributes': 'ObjectSize,StorageClass',
    });
    expect({ text: read.text, versionId: read.header('x-amz-version-id') }).toEqual({
      text: answer(storageClass + size),
      versionId: old,
    });
    expect((await attributes('/vault/k', 'StorageClass')).text).toBe(
      answer('<StorageClass>STANDARD_IA</StorageClass>'),
    );
  });

  // Measured: justincormack/argmin, test_get_object_attributes_multipart_response_shape, byte for byte. F75
  it('returns the parts after what is said of them, each with its number first', async () => {
    const id = await begin('/plain/k', { 'x-amz-checksum-algorithm': 'CRC32' });
    const bodies = [Buffer.alloc(5 * 1024 * 1024, 'B'), 'attributes-second-part'];
    const checksums = ['QoZTGg==', 'd7wqew=='];
    const parts: string[] = [];
    for (const [at, body] of bodies.entries()) {
      const { header } = await sendPart('/plain/k', id, at + 1, body, { 'x-amz-checksum-crc32': checksums[at] });
      parts.push(partElement(at + 1, header('etag') ?? '', `<ChecksumCRC32>${checksums[at]}</ChecksumCRC32>`));
    }
    await complete('/plain/k', id, parts.join(''));
    expect((await attributes('/plain/k', 'Checksum,ObjectParts,ObjectSize,StorageClass')).text).toBe(
      answer(
        '<Checksum><ChecksumCRC32>1wbLhg==</ChecksumCRC32><ChecksumType>COMPOSITE</ChecksumType></Checksum><ObjectParts>' +
          '<PartsCount>2</PartsCount><PartNumberMarker>0</PartNumberMarker><NextPartNumberMarker>2</NextPartNumberMarker>' +
          '<MaxParts>1000</MaxParts><IsTruncated>false</IsTruncated>' +
          '<Part><PartNumber>1</PartNumber><Size>5242880</Size><ChecksumCRC32>QoZTGg==</ChecksumCRC32></Part>' +
          '<Part><PartNumber>2</PartNumber><Size>22</Size><ChecksumCRC32>d7wqew==</ChecksumCRC32></Part></ObjectParts>' +
          '<StorageClass>STANDARD</StorageClass><ObjectSize>5242902</ObjectSize>',
      ),
    );
    const behind = { 'x-amz-part-number-marker': '-1' };
    expect((await attributes('/plain/k', 'ObjectParts', behind)).status).toBe(500);
    expect(s3.requests.last()?.why).toContain("x-amz-part-number-marker is '-1'");
  });
});

// Without an XML declaration if the header, the key or the version is missing. F75
describe('GET ?attributes is refused for', () => {
  const undeclaredRefusal = ({ status, text }: StatusAndText) => ({ status, text: undeclared(text) });
  const missing = undeclaredRefusal(
    refusal(
      400,
      'InvalidRequest',
      'The x-amz-object-attributes header specifying the attributes to be retrieved is either missing or empty',
    ),
  );
  const invalid = (name: string) => badArgument('Invalid attribute name specified.', 'x-amz-object-attributes', name);

  it.each([[undefined], [','], [',,']])(
    'missing attributes: %j, after the bucket is checked and before the key',
    async (names) => {
      expect(await answered(attributes('/plain/k', names))).toEqual(missing);
      expect(await answered(attributes('/missing/k', names))).toEqual(noSuchBucket('missing'));
    },
  );

  it('missing attributes, after the version id is checked', async () => {
    expect(await answered(get('/plain/k?attributes&versionId=bad-vid'))).toEqual(
      badArgument('Invalid version id specified', 'versionId', 'bad-vid'),
    );
  });

  it.each([
    ['Colour', 'Colour'],
    ['etag', 'etag'],
    ['ETag,Colour,Other', 'Colour'],
    ['', ''],
    [',ETag', ''],
    ['ETag,,ObjectSize', ''],
    ['ETag, ,ObjectSize', ''],
  ])('%j, before the caller and the bucket are checked', async (names, told) => {
    expect(await answered(attributes('/plain/k', names))).toEqual(invalid(told));
    expect(await answered(attributes('/missing/k', names, { Authorization: 'AWS bad' }))).toEqual(invalid(told));
  });

  // F193
  it.each(['1.5', '', '2147483648'])('a maximum of %j parts, after the bucket is checked', async (parts) => {
    const headers = { 'x-amz-max-parts': parts };
    expect(await answered(attributes('/plain/k', 'ETag', headers))).toEqual(
      badArgument('Provided x-amz-max-parts not an integer or within integer range', 'x-amz-max-parts', parts),
    );
    expect(await answered(attributes('/missing/k', 'ETag', headers))).toEqual(noSuchBucket('missing'));
  });

  it('an object that does not exist', async () => {
    const gone = await putVersion('/vault/k');
    await remove(`/vault/k?versionId=${gone}`);
    const of = (id: string) =>
      answered(get(`/vault/k?attributes&versionId=${id}`, { 'x-amz-object-attributes': 'ETag' }));
    expect(await answered(attributes('/vault/k', 'ETag'))).toEqual(undeclaredRefusal(noSuchKey('k')));
    expect(await of(gone)).toEqual(undeclaredRefusal(noSuchVersion('k', gone)));
    expect(await of('bad-vid')).toEqual(badArgument('Invalid version id specified', 'versionId', 'bad-vid'));
    expect(await of('')).toEqual(badArgument('Version id cannot be the empty string', 'versionId', ''));
  });
});
