import { describe, expect, it } from '@jest/globals';
import { mockS3 } from 's3-versioning-mock/jest';
import { answerDocument, signedBy, textOf, textsOf } from '../../support/documents';
import { documentHead } from '../../support/heads';
import { answered, refusal } from '../../support/objects';
import { addPart, begin, copyPart, put } from '../../support/uploads';
import { send } from '../../support/wire-client';

const s3 = mockS3({ now: '2026-03-31T07:35:05.250Z', buckets: { vault: {} } });

const path = '/vault/big.bin';
const list = (id: string, query = '') => send({ path: `${path}?uploadId=${id}${query}` });

const data = '&quot;8d777f385d3dfec8815d20f7496026dc&quot;';
const part = (number: number, checksum = '') =>
  `<Part><PartNumber>${number}</PartNumber><LastModified>2026-03-31T07:35:05.000Z</LastModified><ETag>${data}</ETag><Size>4</Size>${checksum}</Part>`;

async function pageOf(query: string) {
  const id = await begin(path);
  for (const number of [10, 1, 2]) await addPart(path, id, number, 'data');
  const answer = await list(id, query);
  expect(answer.status).toBe(200);
  return {
    parts: textsOf('PartNumber', answer).map(Number),
    marker: textOf('PartNumberMarker', answer),
    next: textOf('NextPartNumberMarker', answer),
    max: textOf('MaxParts', answer),
    truncated: textOf('IsTruncated', answer),
  };
}

describe('ListParts', () => {
  // Recorded: localstack, TestS3ListParts; versity/versitygw#900 for the order. F88, F213
  it('answers with the upload and its parts', async () => {
    const id = await begin(path);
    await addPart(path, id, 2, 'data');
    await addPart(path, id, 1, 'data', { 'x-amz-checksum-crc32': 'rfPzYw==' });
    const { status, head, text } = await list(id);
    expect(status).toBe(200);
    expect(head).toEqual(documentHead());
    const owner = s3.account.canonicalId;
    expect(text).toBe(
      answerDocument(
        'ListPartsResult',
        `<Bucket>vault</Bucket><Key>big.bin</Key><UploadId>${id}</UploadId>` +
          `<Initiator><ID>${owner}</ID><DisplayName>default</DisplayName></Initiator><Owner><ID>${owner}</ID></Owner>` +
          '<StorageClass>STANDARD</StorageClass><PartNumberMarker>0</PartNumberMarker>' +
          '<NextPartNumberMarker>2</NextPartNumberMarker><MaxParts>1000</MaxParts><IsTruncated>false</IsTruncated>' +
          part(1) +
          part(2),
      ),
    );
  });

  it('returns the checksums of the parts if the upload has an algorithm', async () => {
    const id = await begin(path, { 'x-amz-checksum-algorithm': 'CRC32', 'x-amz-storage-class': 'STANDARD_IA' });
    await addPart(path, id, 1, 'data', { 'x-amz-checksum-crc32': 'rfPzYw==' });
    const { text } = await list(id);
    // Measured: justincormack/argmin, test_multipart_flow_response_shape. F88
    expect(text).toContain(
      '<StorageClass>STANDARD_IA</StorageClass><ChecksumAlgorithm>CRC32</ChecksumAlgorithm>' +
        '<ChecksumType>COMPOSITE</ChecksumType><PartNumberMarker>0</PartNumberMarker>',
    );
    expect(text).toContain(`<IsTruncated>false</IsTruncated>${part(1, '<ChecksumCRC32>rfPzYw==</ChecksumCRC32>')}`);
  });

  // F213
  it('names the user who began the upload by ARN and name, and the account as owner', async () => {
    const Authorization = signedBy(s3.account.user('anna'));
    const id = await begin(path, { Authorization });
    expect((await list(id)).text).toContain(
      '<Initiator><ID>arn:aws:iam::000000000000:user/anna</ID><DisplayName>anna</DisplayName></Initiator>' +
        `<Owner><ID>${s3.account.canonicalId}</ID></Owner>`,
    );
  });

  it('lists a copied part with the time of the copy', async () => {
    await put('/vault/a.txt', 'data');
    s3.clock.advance({ hours: 1 });
    const id = await begin(path);
    await copyPart(path, id, '/vault/a.txt');
    expect((await list(id)).text).toContain('<LastModified>2026-03-31T08:35:05.000Z</LastModified>');
  });

  // F213
  it('has milliseconds, and the names of initiator and owner, on COS', async () => {
    const host = 's3.us.cloud-object-storage.appdomain.cloud';
    const id = textOf('UploadId', await send({ method: 'POST', path: `${path}?uploads`, host })) ?? '';
    await addPart(path, id, 1, 'data');
    const { body } = await send({ path: `${path}?uploadId=${id}`, host });
    const person = '<ID>000000000000</ID><DisplayName>000000000000</DisplayName>';
    expect(body).toContain(`<Initiator>${person}</Initiator><Owner>${person}</Owner>`);
    expect(body).toContain('<LastModified>2026-03-31T07:35:05.250Z</LastModified>');
  });

  // Recorded: localstack, test_list_parts_pagination, test_list_parts_empty_part_number_marker. F88
  it.each<{
    query: string;
    parts: readonly number[];
    marker: string;
    next: string;
    max: string;
    truncated: string;
  }>`
    query                                  | parts         | marker  | next    | max       | truncated
    ${''}                                  | ${[1, 2, 10]} | ${'0'}  | ${'10'} | ${'1000'} | ${'false'}
    ${'&max-parts=1&part-number-marker=2'} | ${[10]}       | ${'2'}  | ${'10'} | ${'1'}    | ${'false'}
    ${'&part-number-marker=10'}            | ${[]}         | ${'10'} | ${'0'}  | ${'1000'} | ${'false'}
    ${'&part-number-marker=5'}             | ${[10]}       | ${'5'}  | ${'10'} | ${'1000'} | ${'false'}
    ${'&max-parts=3'}                      | ${[1, 2, 10]} | ${'0'}  | ${'10'} | ${'3'}    | ${'false'}
    ${'&max-parts=0'}                      | ${[]}         | ${'0'}  | ${'0'}  | ${'0'}    | ${'false'}
    ${'&max-parts=5000'}                   | ${[1, 2, 10]} | ${'0'}  | ${'10'} | ${'1000'} | ${'false'}
    ${'&max-parts=&part-number-marker='}   | ${[1, 2, 10]} | ${'0'}  | ${'10'} | ${'1000'} | ${'false'}
    ${'&max-parts=02'}                     | ${[1, 2]}     | ${'0'}  | ${'2'}  | ${'2'}    | ${'true'}
  `('pages by $query', async ({ query, ...page }) => {
    expect(await pageOf(query)).toEqual(page);
  });

  const argued = (name: string, value: string) =>
    `<ArgumentName>${name}</ArgumentName><ArgumentValue>${value}</ArgumentValue>`;

  // Measured: brekkylab/backlot, 2026-09-29. F88
  it.each([
    ['max-parts', 'abc'],
    ['part-number-marker', '1.5'],
  ])('refuses %s=%s before it looks for the bucket', async (name, value) => {
    expect(await answered(send({ path: `/nowhere/k?uploadId=x&${name}=${value}` }))).toEqual(
      refusal(400, 'InvalidArgument', `Provided ${name} not an integer or within integer range`, argued(name, value)),
    );
  });

  it.each(['max-parts', 'part-number-marker'])('refuses %s=-1 after it looked for the upload', async (name) => {
    expect(textOf('Code', await list('x', `&${name}=-1`))).toBe('NoSuchUpload');
    expect(await answered(list(await begin(path), `&${name}=-1`))).toEqual(
      refusal(
        400,
        'InvalidArgument',
        `Argument ${name} must be an integer between 0 and 2147483647`,
        argued(name, '-1'),
      ),
    );
  });
});
