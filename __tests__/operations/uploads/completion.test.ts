import { describe, expect, it } from '@jest/globals';
import { mockS3 } from 's3-versioning-mock/jest';
import { checksum } from '../../../src/formats/digests';
import { cosHost } from '../../support/clients/story-client';
import { textOf } from '../../support/documents';
import { documentHead } from '../../support/heads';
import { answered } from '../../support/objects';
import {
  addPart,
  begin,
  complete,
  type Headers,
  noSuchUpload,
  partElement,
  put,
  undeclared,
  uploadOf,
} from '../../support/uploads';
import { send } from '../../support/wire-client';

const s3 = mockS3({
  now: '2026-03-31T07:35:05Z',
  buckets: { vault: { versioning: 'Enabled' }, plain: {}, paused: { versioning: 'Suspended' } },
});

const path = '/vault/big.bin';

describe('CompleteMultipartUpload', () => {
  // Recorded: dyus/meeseeks-s3, tests/complete_multipart_upload_sse_c/golden. F89
  it('answers with an empty line and the object', async () => {
    const { id, part } = await uploadOf('data');
    const { status, head, body, header } = await complete(path, id, part);
    expect(status).toBe(200);
    expect(head).toEqual(
      documentHead(`x-amz-version-id: ${header('x-amz-version-id')}`, 'x-amz-server-side-encryption: AES256'),
    );
    expect(body).toBe(
      '<?xml version="1.0" encoding="UTF-8"?>\n\n<CompleteMultipartUploadResult xmlns="http://s3.amazonaws.com/doc/2006-03-01/">' +
        '<Location>https://s3.amazonaws.com/vault/big.bin</Location><Bucket>vault</Bucket><Key>big.bin</Key>' +
        '<ETag>"2068bfdec27f4616282c1124300f0ae6-1"</ETag>' +
        '<ChecksumCRC64NVME>7a5hQ478J4A=</ChecksumCRC64NVME><ChecksumType>FULL_OBJECT</ChecksumType></CompleteMultipartUploadResult>',
    );
  });

  // Recorded: aws-sdk-js#811, #1158, #1707. F89
  it.each<{ host: string; at: string; location: string }>`
    host                                  | at                      | location
    ${'s3.amazonaws.com'}                 | ${'/vault/a/b%20c.bin'} | ${'https://s3.amazonaws.com/vault/a%2Fb+c.bin'}
    ${'vault.s3.amazonaws.com'}           | ${'/a/b%20c.bin'}       | ${'https://vault.s3.amazonaws.com/a%2Fb+c.bin'}
    ${'s3.eu-west-1.amazonaws.com'}       | ${'/vault/k'}           | ${'https://s3.eu-west-1.amazonaws.com/vault/k'}
    ${'vault.s3.eu-west-1.amazonaws.com'} | ${'/1%2B1=2%26%C3%A9'}  | ${'https://vault.s3.eu-west-1.amazonaws.com/1%2B1%3D2%26%C3%A9'}
  `('names $location as the location of the object at $host$at', async ({ host, at, location }) => {
    const call = async (method: string, query: string, body?: string) =>
      await send({ method, host, path: `${at}?${query}`, body });
    const id = textOf('UploadId', await call('POST', 'uploads'));
    const etag = (await call('PUT', `uploadId=${id}&partNumber=1`, 'data')).header('etag') ?? '';
    const parts = `<CompleteMultipartUpload>${partElement(1, etag)}</CompleteMultipartUpload>`;
    expect(textOf('Location', await call('POST', `uploadId=${id}`, parts))).toBe(location);
  });

  it.each([
    ['bare', '8d777f385d3dfec8815d20f7496026dc'],
    ['quoted', '"8d777f385d3dfec8815d20f7496026dc"'],
    ['with its quotes as entities', '&quot;8d777f385d3dfec8815d20f7496026dc&quot;'],
  ])('accepts an ETag %s', async (_how, etag) => {
    const { id } = await uploadOf('data');
    expect((await complete(path, id, partElement(1, etag))).status).toBe(200);
  });

  // Recorded: localstack, test_complete_multipart_parts_order, test_multipart_*; dyus/meeseeks-s3 for numbers below one. F81
  describe('refuses', () => {
    const missing =
      "One or more of the specified parts could not be found.  The part may not have been uploaded, or the specified entity tag may not match the part's entity tag.";
    const data = '8d777f385d3dfec8815d20f7496026dc';
    const part = (number: number | string, etag = data) => partElement(number, etag);

    it.each<{ parts: string; code: string; message: string; elements: string }>`
      what                             | parts                                        | code                  | message                                                                                        | elements
      ${'no parts'}                    | ${''}                                        | ${'MalformedXML'}     | ${'The XML you provided was not well-formed or did not validate against our published schema'} | ${''}
      ${'a part that is not there'}    | ${part(7)}                                   | ${'InvalidPart'}      | ${missing}                                                                                     | ${`<UploadId>ID</UploadId><PartNumber>7</PartNumber><ETag>${data}</ETag>`}
      ${'another ETag'}                | ${part(1, '"other"')}                        | ${'InvalidPart'}      | ${missing}                                                                                     | ${'<UploadId>ID</UploadId><PartNumber>1</PartNumber><ETag>other</ETag>'}
      ${'parts in descending order'}   | ${part(2) + part(1)}                         | ${'InvalidPartOrder'} | ${'The list of parts was not in ascending order. Parts must be ordered by part number.'}       | ${'<UploadId>ID</UploadId>'}
      ${'a part twice'}                | ${part(1) + part(1)}                         | ${'InvalidPartOrder'} | ${'The list of parts was not in ascending order. Parts must be ordered by part number.'}       | ${'<UploadId>ID</UploadId>'}
      ${'a small part before another'} | ${part(1) + part(2)}                         | ${'EntityTooSmall'}   | ${'Your proposed upload is smaller than the minimum allowed size'}                             | ${`<ProposedSize>4</ProposedSize><MinSizeAllowed>5242880</MinSizeAllowed><PartNumber>1</PartNumber><ETag>${data}</ETag>`}
      ${'a part of number 0'}          | ${part(0)}                                   | ${'InvalidArgument'}  | ${'PartNumber must be &gt;= 1'}                                                                | ${'<ArgumentName>PartNumber</ArgumentName><ArgumentValue>0</ArgumentValue>'}
      ${'a part of number -1'}         | ${part(-1)}                                  | ${'InvalidArgument'}  | ${'PartNumber must be &gt;= 1'}                                                                | ${'<ArgumentName>PartNumber</ArgumentName><ArgumentValue>-1</ArgumentValue>'}
      ${'a malformed number'}          | ${part('one')}                               | ${'MalformedXML'}     | ${'The XML you provided was not well-formed or did not validate against our published schema'} | ${''}
      ${'a part without an ETag'}      | ${'<Part><PartNumber>1</PartNumber></Part>'} | ${'MalformedXML'}     | ${'The XML you provided was not well-formed or did not validate against our published schema'} | ${''}
    `('$what', async ({ parts, code, message, elements }) => {
      const id = await begin(path);
      await addPart(path, id, 1, 'data');
      await addPart(path, id, 2, 'data');
      const { status, text } = await complete(path, id, parts);
      expect(status).toBe(400);
      expect(text.replace(id, 'ID')).toBe(undeclared(code, message, elements));
      expect((await complete(path, id, part(1))).status).toBe(200);
    });

    // Recorded: localstack, test_multipart_no_such_upload, test_multipart_complete_multipart_too_small. F211
    it('a request without a body, once it has looked for the upload', async () => {
      const { id, part: named } = await uploadOf('data');
      const without = (upload: string) => send({ method: 'POST', path: `${path}?uploadId=${upload}` });
      expect(await answered(without(id))).toEqual({
        status: 400,
        text: undeclared('InvalidRequest', 'You must specify at least one part'),
      });
      expect((await complete(path, id, named)).status).toBe(200);
      for (const upload of [id, 'unknown']) {
        expect(await answered(without(upload))).toEqual({
          status: 404,
          text: undeclared(...noSuchUpload(upload)),
        });
      }
    });

    // Recorded, but for the 3 bytes: localstack, test_multipart_size_validation.
    it.each<{ size: string; status: number; message: string | undefined }>`
      size     | status | message
      ${'4'}   | ${200} | ${undefined}
      ${'3'}   | ${400} | ${"The provided 'x-amz-mp-object-size' header value 3 does not match what was computed: 4"}
      ${'5'}   | ${400} | ${"The provided 'x-amz-mp-object-size' header value 5 does not match what was computed: 4"}
      ${'-1'}  | ${400} | ${"Value for x-amz-mp-object-size header is less than zero: '-1'"}
      ${'abc'} | ${400} | ${"Value for x-amz-mp-object-size header is invalid: 'abc'"}
    `('an object of 4 bytes whose expected size is $size: $status', async ({ size, status, message }) => {
      const { id, part: named } = await uploadOf('data');
      const answer = await complete(path, id, named, { 'x-amz-mp-object-size': size });
      expect(answer.status).toBe(status);
      if (message !== undefined) expect(answer.text).toBe(undeclared('InvalidRequest', message));
    });
  });

  it('makes an object with the description of CreateMultipartUpload', async () => {
    const { id, part } = await uploadOf('data', path, {
      'Content-Type': 'text/plain',
      'x-amz-meta-color': 'red',
      'x-amz-tagging': 'a=1',
      'x-amz-storage-class': 'STANDARD_IA',
    });
    await complete(path, id, part, { 'Content-Type': 'application/xml' });
    const { header } = await send({ path });
    expect(
      ['content-type', 'x-amz-meta-color', 'x-amz-tagging-count', 'x-amz-storage-class'].map((name) => header(name)),
    ).toEqual(['text/plain', 'red', '1', 'STANDARD_IA']);
  });

  // F84
  describe('after a write of its key', () => {
    const notes = () => s3.requests.last()?.notes;

    it('notes that the version is noncurrent', async () => {
      const { id, part } = await uploadOf('from the upload');
      const current = await put(path, 'written meanwhile');
      await complete(path, id, part);
      expect(notes()).toEqual([`the version is noncurrent: version ${current} was made after the upload began`]);
    });

    it('notes that the version is below a delete marker', async () => {
      const { id, part } = await uploadOf('from the upload');
      const marker = (await send({ method: 'DELETE', path })).header('x-amz-version-id');
      await complete(path, id, part);
      expect(notes()).toEqual([`the version is noncurrent: delete marker ${marker} was made after the upload began`]);
    });

    it('notes that nothing was stored if the write was of the null version', async () => {
      const { id, part } = await uploadOf('from the upload', '/paused/k');
      await put('/paused/k', 'written meanwhile');
      await complete('/paused/k', id, part);
      expect(notes()).toEqual([
        'nothing was stored: the null version was written or deleted after the upload began, and the later request wins',
      ]);
    });

    it('becomes noncurrent when the version above it was made, for lifecycle', async () => {
      const NoncurrentVersionExpiration = { NoncurrentDays: 2 };
      s3.bucket('vault').lifecycle = {
        Rules: [{ ID: 'old', Status: 'Enabled', Filter: {}, NoncurrentVersionExpiration }],
      };
      const { id, part } = await uploadOf('from the upload');
      s3.clock.advance({ days: 3 });
      await put(path, 'written meanwhile');
      await complete(path, id, part);
      const counts = [2, 1].map((days) => {
        s3.clock.advance({ days });
        return s3.bucket('vault').versions('big.bin').length;
      });
      expect(counts).toEqual([2, 1]);
    });

    it('says nothing of the expiration of the current version', async () => {
      s3.bucket('vault').lifecycle = { Rules: [{ ID: 'all', Status: 'Enabled', Filter: {}, Expiration: { Days: 1 } }] };
      const [first, second] = [await uploadOf('first'), await uploadOf('second')];
      expect((await complete(path, second.id, second.part)).header('x-amz-expiration')).toContain('rule-id="all"');
      expect((await complete(path, first.id, first.part)).header('x-amz-expiration')).toBeUndefined();
    });
  });

  // Verified: moto, test_idempotent_multipart_upload. F86
  describe('repeated', () => {
    it('returns the same answer if versioning was suspended in between', async () => {
      const { id, part } = await uploadOf('data');
      const first = await complete(path, id, part);
      s3.bucket('vault').versioning = 'Suspended';
      expect((await complete(path, id, part)).header('x-amz-version-id')).toBe(first.header('x-amz-version-id'));
    });
  });
});

// Recorded: localstack, test_multipart_if_none_match_*, test_multipart_if_match_*. F82
describe('a conditional completion', () => {
  const etag = '"8d777f385d3dfec8815d20f7496026dc"';
  const acts = {
    put: () => put(path, 'data'),
    delete: () => send({ method: 'DELETE', path }),
  };
  const conflict = (condition: string) =>
    undeclared(
      'ConditionalRequestConflict',
      'The conditional request cannot succeed due to a conflicting operation against this resource.',
      `<Condition>${condition}</Condition><Key>big.bin</Key>`,
    );
  const failed = (condition: string) =>
    undeclared(
      'PreconditionFailed',
      'At least one of the pre-conditions you specified did not hold',
      `<Condition>${condition}</Condition>`,
    );
  const noKey = undeclared('NoSuchKey', 'The specified key does not exist.', '<Key>big.bin</Key>');

  it.each<{
    condition: Headers;
    before: readonly (keyof typeof acts)[];
    meanwhile: readonly (keyof typeof acts)[];
    status: number;
    text: string | undefined;
  }>`
    condition                             | before               | meanwhile            | status | text
    ${{ 'If-None-Match': '*' }}           | ${[]}                | ${[]}                | ${200} | ${undefined}
    ${{ 'If-None-Match': '*' }}           | ${['put']}           | ${[]}                | ${412} | ${failed('If-None-Match')}
    ${{ 'If-None-Match': '*' }}           | ${['put', 'delete']} | ${[]}                | ${200} | ${undefined}
    ${{ 'If-None-Match': '*' }}           | ${[]}                | ${['put']}           | ${412} | ${failed('If-None-Match')}
    ${{ 'If-None-Match': '*' }}           | ${['put']}           | ${['delete']}        | ${409} | ${conflict('If-None-Match')}
    ${{ 'If-Match': etag }}               | ${['put']}           | ${[]}                | ${200} | ${undefined}
    ${{ 'If-Match': etag }}               | ${['put']}           | ${['put']}           | ${409} | ${conflict('If-Match')}
    ${{ 'If-Match': etag }}               | ${['put']}           | ${['delete']}        | ${404} | ${noKey}
    ${{ 'If-Match': etag }}               | ${[]}                | ${[]}                | ${404} | ${noKey}
    ${{ 'If-Match': '"other"' }}          | ${['put']}           | ${[]}                | ${412} | ${failed('If-Match')}
    ${{ 'If-Match': `W/${etag}` }}        | ${['put']}           | ${[]}                | ${412} | ${failed('If-Match')}
    ${{ 'If-Match': `"other", ${etag}` }} | ${['put']}           | ${[]}                | ${412} | ${failed('If-Match')}
    ${{}}                                 | ${['put']}           | ${['put', 'delete']} | ${200} | ${undefined}
  `('$condition after $before, with $meanwhile meanwhile: $status', async (row) => {
    const { condition, before, meanwhile, status, text } = row;
    const act = async (names: readonly (keyof typeof acts)[]) => {
      for (const name of names) await acts[name]();
    };
    await act(before);
    const { id, part } = await uploadOf('v2');
    await act(meanwhile);
    const answer = await complete(path, id, part, condition);
    expect(answer.status).toBe(status);
    if (text !== undefined) expect(answer.text).toBe(text);
    if (status === 409 && 'If-None-Match' in condition) {
      const next = await uploadOf('v3');
      expect((await complete(path, next.id, next.part, condition)).status).toBe(200);
    }
  });

  // F82, F617
  it.each([
    ['an upload without one', {}, undefined, 412],
    ['an upload with one', { 'x-amz-checksum-algorithm': 'CRC32' }, undefined, 200],
    ['an upload with one, at IBM COS', { 'x-amz-checksum-algorithm': 'CRC32' }, cosHost, 412],
  ])('is refused within a 200 if KMS decrypts the parts for a checksum: %s', async (_what, algorithm, host, status) => {
    await acts.put();
    const id = await begin(path, { 'x-amz-server-side-encryption': 'aws:kms', ...algorithm });
    const crc32 = checksum('CRC32', Buffer.from('v2'));
    const hasChecksum = 'x-amz-checksum-algorithm' in algorithm;
    const part = await addPart(path, id, 1, 'v2', hasChecksum ? { 'x-amz-checksum-crc32': crc32 } : {});
    const element = hasChecksum ? `<ChecksumCRC32>${crc32}</ChecksumCRC32></Part>` : '</Part>';
    const body = `<CompleteMultipartUpload>${part.replace('</Part>', element)}</CompleteMultipartUpload>`;
    const call = { method: 'POST', path: `${path}?uploadId=${id}`, headers: { 'If-None-Match': '*' }, body };
    const answer = await send({ ...call, ...(host !== undefined && { host }) });
    expect({ status: answer.status, code: textOf('Code', answer) }).toEqual({ status, code: 'PreconditionFailed' });
  });

  it.each<{ headers: Headers; header: string }>`
    headers                                            | header
    ${{ 'If-Match': '*' }}                             | ${'If-Match'}
    ${{ 'If-None-Match': '"other"' }}                  | ${'If-None-Match'}
    ${{ 'If-None-Match': '*', 'If-Match': '"other"' }} | ${'If-Match,If-None-Match'}
  `('with $headers is not implemented', async ({ headers, header }) => {
    const { id, part } = await uploadOf('v2');
    const answer = await complete(path, id, part, headers);
    expect({ status: answer.status, code: textOf('Code', answer), header: textOf('Header', answer) }).toEqual({
      status: 501,
      code: 'NotImplemented',
      header,
    });
  });
});
