import { describe, expect, it } from '@jest/globals';
import { mockS3 } from 's3-versioning-mock/jest';
import { answerDocument, errorDocument, signedBy, textOf } from '../../support/documents';
import { answerHead, documentHead } from '../../support/heads';
import {
  addPart,
  begin,
  complete,
  copyPart,
  etagIn,
  type Headers,
  partElement,
  put,
  sendPart,
  undeclared,
} from '../../support/uploads';
import { send } from '../../support/wire-client';

const s3 = mockS3({
  now: '2026-03-31T07:35:05Z',
  buckets: { vault: { versioning: 'Enabled' }, plain: {}, paused: { versioning: 'Suspended' } },
});

const path = '/vault/big.bin';
const fiveMiB = Buffer.alloc(5 * 1024 * 1024, 'a');
const bodyOf = async (from: string) => (await send({ path: from })).body;
const abort = (id: string, at = path) => send({ method: 'DELETE', path: `${at}?uploadId=${id}` });

const noSuchUpload = (id: string) =>
  [
    'NoSuchUpload',
    'The specified upload does not exist. The upload ID may be invalid, or the upload may have been aborted or completed.',
    `<UploadId>${id}</UploadId>`,
  ] as const;

/** An upload of one small part, and that part as a completion names it. */
async function uploadOf(body: string, at = path, headers: Record<string, string> = {}) {
  const id = await begin(at, headers);
  return { id, part: await addPart(at, id, 1, body) };
}

describe('CreateMultipartUpload', () => {
  // Recorded: dyus/meeseeks-s3, tests/create_multipart_upload_sse_c/golden. F85
  it('answers with an id, and names no type of its document', async () => {
    const { status, head, text, body } = await send({ method: 'POST', path: `${path}?uploads` });
    expect(status).toBe(200);
    expect(head).toEqual(answerHead('x-amz-server-side-encryption: AES256', 'Transfer-Encoding: chunked'));
    const id = textOf('UploadId', { body });
    expect(id).toMatch(/^[\w.]{128}$/);
    expect(text).toBe(
      answerDocument(
        'InitiateMultipartUploadResult',
        `<Bucket>vault</Bucket><Key>big.bin</Key><UploadId>${id}</UploadId>`,
      ),
    );
  });

  it('gives each upload an id of its own, and shows nothing of it as an object', async () => {
    expect(await begin(path)).not.toBe(await begin(path));
    expect((await send({ path })).status).toBe(404);
  });

  it('gives an id that begins with the time on COS', async () => {
    const answer = await send({
      method: 'POST',
      path: `${path}?uploads`,
      host: 's3.us.cloud-object-storage.appdomain.cloud',
    });
    expect(textOf('UploadId', answer)).toMatch(/^0000019d-42d1-4828-[\da-f]{4}-[\da-f]{12}$/);
  });

  it('refuses what the object could not have', async () => {
    const answer = await send({ method: 'POST', path: `${path}?uploads`, headers: { 'x-amz-storage-class': 'COLD' } });
    expect([answer.status, textOf('Code', answer)]).toEqual([400, 'InvalidStorageClass']);
  });
});

describe('UploadPart', () => {
  // Recorded: dyus/meeseeks-s3, tests/upload_part_sse_c/golden, docs_reports/versioning_mix.md F2a.
  it('answers with the ETag of the part, and with no version', async () => {
    const { status, head, body } = await sendPart(path, await begin(path), 1, 'data');
    expect([status, body]).toEqual([200, '']);
    expect(head).toEqual(
      answerHead(
        'ETag: "8d777f385d3dfec8815d20f7496026dc"',
        'x-amz-server-side-encryption: AES256',
        'Content-Length: 0',
      ),
    );
  });

  it('takes the place of an earlier part of its number', async () => {
    const id = await begin(path);
    await addPart(path, id, 1, 'first');
    const second = await addPart(path, id, 1, 'second');
    expect((await complete(path, id, second)).status).toBe(200);
    expect(await bodyOf(path)).toBe('second');
  });

  // Recorded: dyus/meeseeks-s3, docs_reports/versioning_mix.md B2a, B2b.
  it('does not mind a delete marker on the key', async () => {
    await put(path, 'v1');
    await send({ method: 'DELETE', path });
    const { id, part } = await uploadOf('v2');
    expect((await complete(path, id, part)).status).toBe(200);
    expect(await bodyOf(path)).toBe('v2');
  });

  it.each(['0', '-1', '10001', 'abc', '1.5', ''])('refuses the number %j', async (number) => {
    const { status, text } = await sendPart(path, await begin(path), number, 'data');
    expect([status, text]).toEqual([
      400,
      errorDocument(
        'InvalidArgument',
        'Part number must be an integer between 1 and 10000, inclusive',
        `<ArgumentName>partNumber</ArgumentName><ArgumentValue>${number}</ArgumentValue>`,
      ),
    ]);
  });

  it('takes the number 10000', async () => {
    expect((await sendPart(path, await begin(path), 10000, 'data')).status).toBe(200);
  });

  // Recorded: dyus/meeseeks-s3, docs_reports/versioning_mix.md J2a-J2c.
  it.each(['', 'abc', 'null'])('takes no version id: %j', async (versionId) => {
    const { status, text } = await sendPart(path, await begin(path), `1&versionId=${versionId}`, 'data');
    expect([status, text]).toEqual([
      400,
      errorDocument(
        'InvalidArgument',
        'This operation does not accept a version-id.',
        `<ArgumentName>versionId</ArgumentName><ArgumentValue>${versionId}</ArgumentValue>`,
      ),
    ]);
  });

  it('tells a wrong Content-MD5 back in base64', async () => {
    const { status, text } = await sendPart(path, await begin(path), 1, 'data', {
      'Content-MD5': 'ZlTHNMyrj0QP8ILrRD3Hfw==',
    });
    expect([status, text]).toEqual([
      400,
      errorDocument(
        'BadDigest',
        'The Content-MD5 you specified did not match what we received.',
        '<CalculatedDigest>jXd/OF09/siBXSD3SWAm3A==</CalculatedDigest><ExpectedDigest>ZlTHNMyrj0QP8ILrRD3Hfw==</ExpectedDigest>',
      ),
    ]);
  });

  it('takes bytes that come in chunks', async () => {
    const id = await begin(path);
    const answer = await sendPart(path, id, 1, '4\r\ndata\r\n0\r\nx-amz-checksum-crc32:rfPzYw==\r\n\r\n', {
      'Content-Encoding': 'aws-chunked',
      'x-amz-content-sha256': 'STREAMING-UNSIGNED-PAYLOAD-TRAILER',
      'x-amz-decoded-content-length': '4',
      'x-amz-trailer': 'x-amz-checksum-crc32',
    });
    expect([answer.header('etag'), answer.header('x-amz-checksum-crc32')]).toEqual([
      '"8d777f385d3dfec8815d20f7496026dc"',
      'rfPzYw==',
    ]);
  });
});

// F80
describe('an upload that is not open', () => {
  const calls = {
    'a part': (id: string, at: string) => sendPart(at, id, 1, 'data'),
    'a list of parts': (id: string, at: string) => send({ path: `${at}?uploadId=${id}` }),
    'an abort': (id: string, at: string) => abort(id, at),
    'a copied part': (id: string, at: string) => copyPart(at, id, '/vault/a.txt'),
    'a completion': (id: string, at: string) => complete(at, id, partElement(2, 'x')),
  };
  const slow = new Set(['a copied part', 'a completion']);

  it.each(
    Object.entries(calls).flatMap(([what, call]) =>
      ['never begun', 'aborted', 'completed', 'of another key'].map((state) => ({ what, call, state })),
    ),
  )('refuses $what where it is $state', async ({ what, call, state }) => {
    await put('/vault/a.txt', 'v1');
    const { id, part } = await uploadOf('v1');
    if (state === 'aborted') expect((await abort(id)).status).toBe(204);
    if (state === 'completed') expect((await complete(path, id, part)).status).toBe(200);
    const asked = state === 'never begun' ? 'nothing' : id;
    const { status, text } = await call(asked, state === 'of another key' ? '/vault/other' : path);
    expect([status, text]).toEqual([404, (slow.has(what) ? undeclared : errorDocument)(...noSuchUpload(asked))]);
  });

  it('is told in its own words on COS', async () => {
    const answer = await send({
      method: 'DELETE',
      path: `${path}?uploadId=x`,
      host: 's3.us.cloud-object-storage.appdomain.cloud',
    });
    expect(textOf('Message', answer)).toBe(
      'The specified multipart upload does not exist. The upload ID might be invalid, or the multipart upload might have been aborted or completed.',
    );
  });
});

describe('AbortMultipartUpload', () => {
  it('answers 204 with nothing', async () => {
    const { status, head, body } = await abort(await begin(path));
    expect([status, body]).toEqual([204, '']);
    expect(head).toEqual(answerHead());
  });
});

describe('CompleteMultipartUpload', () => {
  // Recorded: dyus/meeseeks-s3, tests/complete_multipart_upload_sse_c/golden. F89
  it('answers with an empty line, then the object', async () => {
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
    ${'vault.s3.eu-west-1.amazonaws.com'} | ${'/1+1=2%26%C3%A9'}    | ${'https://vault.s3.eu-west-1.amazonaws.com/1%2B1%3D2%26%C3%A9'}
  `('says that the object asked for at $host$at is at $location', async ({ host, at, location }) => {
    const call = async (method: string, query: string, body?: string) =>
      await send({ method, host, path: `${at}?${query}`, body });
    const id = textOf('UploadId', await call('POST', 'uploads'));
    const etag = (await call('PUT', `uploadId=${id}&partNumber=1`, 'data')).header('etag') ?? '';
    const parts = `<CompleteMultipartUpload>${partElement(1, etag)}</CompleteMultipartUpload>`;
    expect(textOf('Location', await call('POST', `uploadId=${id}`, parts))).toBe(location);
  });

  it.each<{ bucket: string; version: RegExp }>`
    bucket      | version
    ${'vault'}  | ${/^[\w.]{32}$/}
    ${'plain'}  | ${/^absent$/}
    ${'paused'} | ${/^absent$/}
  `('tells a version id in $bucket as a write does', async ({ bucket, version }) => {
    const { id, part } = await uploadOf('data', `/${bucket}/k`);
    const { header } = await complete(`/${bucket}/k`, id, part);
    expect(header('x-amz-version-id') ?? 'absent').toMatch(version);
  });

  // Recorded: localstack, test_multipart_complete_multipart_too_small and others. F81
  it('joins parts in order, over gaps, and without those that it does not name', async () => {
    const id = await begin(path);
    const last = await addPart(path, id, 10000, 'the end');
    await addPart(path, id, 4, 'left out');
    const first = await addPart(path, id, 3, fiveMiB);
    const answer = await complete(path, id, first + last);
    expect(etagIn(answer)).toBe('dc2bc882b07e1e67a48bed8997ce6caf-2');
    const { header, body } = await send({ path });
    expect([header('content-length'), body.slice(-10)]).toEqual(['5242887', 'aaathe end']);
    const second = await send({ path: `${path}?partNumber=2` });
    expect([second.status, second.body, second.header('x-amz-mp-parts-count')]).toEqual([206, 'the end', '2']);
  });

  it.each([
    ['bare', '8d777f385d3dfec8815d20f7496026dc'],
    ['quoted', '"8d777f385d3dfec8815d20f7496026dc"'],
    ['with its quotes as entities', '&quot;8d777f385d3dfec8815d20f7496026dc&quot;'],
  ])('takes an ETag %s', async (_how, etag) => {
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
      ${'no parts'}                    | ${''}                                        | ${'InvalidRequest'}   | ${'You must specify at least one part'}                                                        | ${''}
      ${'a part that is not there'}    | ${part(7)}                                   | ${'InvalidPart'}      | ${missing}                                                                                     | ${`<UploadId>ID</UploadId><PartNumber>7</PartNumber><ETag>${data}</ETag>`}
      ${'another ETag'}                | ${part(1, '"other"')}                        | ${'InvalidPart'}      | ${missing}                                                                                     | ${'<UploadId>ID</UploadId><PartNumber>1</PartNumber><ETag>other</ETag>'}
      ${'parts in descending order'}   | ${part(2) + part(1)}                         | ${'InvalidPartOrder'} | ${'The list of parts was not in ascending order. Parts must be ordered by part number.'}       | ${'<UploadId>ID</UploadId>'}
      ${'a part twice'}                | ${part(1) + part(1)}                         | ${'InvalidPartOrder'} | ${'The list of parts was not in ascending order. Parts must be ordered by part number.'}       | ${'<UploadId>ID</UploadId>'}
      ${'a small part before another'} | ${part(1) + part(2)}                         | ${'EntityTooSmall'}   | ${'Your proposed upload is smaller than the minimum allowed size'}                             | ${`<ProposedSize>4</ProposedSize><MinSizeAllowed>5242880</MinSizeAllowed><PartNumber>1</PartNumber><ETag>${data}</ETag>`}
      ${'a part of number 0'}          | ${part(0)}                                   | ${'InvalidArgument'}  | ${'PartNumber must be &gt;= 1'}                                                                | ${'<ArgumentName>PartNumber</ArgumentName><ArgumentValue>0</ArgumentValue>'}
      ${'a part of number -1'}         | ${part(-1)}                                  | ${'InvalidArgument'}  | ${'PartNumber must be &gt;= 1'}                                                                | ${'<ArgumentName>PartNumber</ArgumentName><ArgumentValue>-1</ArgumentValue>'}
      ${'a number that is none'}       | ${part('one')}                               | ${'MalformedXML'}     | ${'The XML you provided was not well-formed or did not validate against our published schema'} | ${''}
      ${'a part without an ETag'}      | ${'<Part><PartNumber>1</PartNumber></Part>'} | ${'MalformedXML'}     | ${'The XML you provided was not well-formed or did not validate against our published schema'} | ${''}
    `('$what', async ({ parts, code, message, elements }) => {
      const id = await begin(path);
      await addPart(path, id, 1, 'data');
      await addPart(path, id, 2, 'data');
      const { status, text } = await complete(path, id, parts);
      expect(status).toBe(400);
      expect(text.replace(id, 'ID')).toBe(undeclared(code, message, elements));
      // The upload is as it was.
      expect((await complete(path, id, part(1))).status).toBe(200);
    });

    it('no body', async () => {
      const { id } = await uploadOf('data');
      const answer = await send({ method: 'POST', path: `${path}?uploadId=${id}` });
      expect([answer.status, textOf('Code', answer)]).toEqual([400, 'MalformedXML']);
    });

    // Recorded: localstack, test_multipart_size_validation.
    it.each<{ size: string; status: number; message: string | undefined }>`
      size     | status | message
      ${'4'}   | ${200} | ${undefined}
      ${'5'}   | ${400} | ${"The provided 'x-amz-mp-object-size' header value 5 does not match what was computed: 4"}
      ${'-1'}  | ${400} | ${"Value for x-amz-mp-object-size header is less than zero: '-1'"}
      ${'abc'} | ${400} | ${"Value for x-amz-mp-object-size header is invalid: 'abc'"}
    `('an object of 4 bytes that is to have $size: $status', async ({ size, status, message }) => {
      const { id, part: named } = await uploadOf('data');
      const answer = await complete(path, id, named, { 'x-amz-mp-object-size': size });
      expect(answer.status).toBe(status);
      if (message !== undefined) expect(answer.text).toBe(undeclared('InvalidRequest', message));
    });
  });

  it('makes the object that was described when the upload began', async () => {
    const { id, part } = await uploadOf('data', path, {
      'Content-Type': 'text/plain',
      'x-amz-meta-color': 'red',
      'x-amz-tagging': 'a=1',
      'x-amz-storage-class': 'STANDARD_IA',
    });
    await complete(path, id, part, { 'Content-Type': 'application/xml', 'x-amz-meta-color': 'blue' });
    const { header } = await send({ path });
    expect(
      ['content-type', 'x-amz-meta-color', 'x-amz-tagging-count', 'x-amz-storage-class'].map((name) => header(name)),
    ).toEqual(['text/plain', 'red', '1', 'STANDARD_IA']);
  });

  // F84
  it('puts its version on top, as old as the upload', async () => {
    const { id, part } = await uploadOf('from the upload');
    s3.clock.advance({ hours: 1 });
    const before = await put(path, 'written meanwhile');
    const { header } = await complete(path, id, part);
    const current = await send({ path });
    expect([current.body, current.header('x-amz-version-id')]).toEqual(['from the upload', header('x-amz-version-id')]);
    expect(current.header('last-modified')).toBe('Tue, 31 Mar 2026 07:35:05 GMT');
    expect(await bodyOf(`${path}?versionId=${before}`)).toBe('written meanwhile');
  });

  it('replaces the null version where versioning is suspended', async () => {
    await put('/paused/k', 'first');
    const { id, part } = await uploadOf('second', '/paused/k');
    await complete('/paused/k', id, part);
    const { body, header } = await send({ path: '/paused/k?versionId=null' });
    expect([body, header('x-amz-version-id')]).toEqual(['second', 'null']);
  });

  // Verified: moto, test_idempotent_multipart_upload. F86
  describe('asked for again', () => {
    it('answers the same, and makes no other version', async () => {
      const { id, part } = await uploadOf('data');
      const first = await complete(path, id, part, { 'If-None-Match': '*' });
      const again = await complete(path, id, part, { 'If-None-Match': '*' });
      expect([again.status, again.body]).toEqual([200, first.body]);
      expect(again.header('x-amz-version-id')).toBe(first.header('x-amz-version-id'));
      const versions = await send({ path: '/vault?versions' });
      expect(versions.body.match(/<Version>/g)).toHaveLength(1);
    });

    it('is another completion where it names other parts', async () => {
      const { id, part } = await uploadOf('data');
      await complete(path, id, part);
      const { status, text } = await complete(path, id, partElement(1, 'other'));
      expect([status, text]).toEqual([404, undeclared(...noSuchUpload(id))]);
    });

    it('answers the same where versioning was suspended in between', async () => {
      const { id, part } = await uploadOf('data');
      const first = await complete(path, id, part);
      s3.bucket('vault').versioning = 'Suspended';
      expect((await complete(path, id, part)).header('x-amz-version-id')).toBe(first.header('x-amz-version-id'));
    });
  });
});

// Recorded: localstack, test_multipart_if_none_match_*, test_multipart_if_match_*. F82
describe('a completion on a condition', () => {
  const etag = '"8d777f385d3dfec8815d20f7496026dc"';
  const acts = {
    put: () => put(path, 'data'),
    delete: () => send({ method: 'DELETE', path }),
    'delete for good': async () => {
      const id = (await send({ method: 'HEAD', path })).header('x-amz-version-id');
      return send({ method: 'DELETE', path: `${path}?versionId=${id}` });
    },
    'put elsewhere': () => put('/vault/elsewhere', 'data'),
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
    condition                    | before               | meanwhile              | status | text
    ${{ 'If-None-Match': '*' }}  | ${[]}                | ${[]}                  | ${200} | ${undefined}
    ${{ 'If-None-Match': '*' }}  | ${['put']}           | ${[]}                  | ${412} | ${failed('If-None-Match')}
    ${{ 'If-None-Match': '*' }}  | ${['put', 'delete']} | ${[]}                  | ${200} | ${undefined}
    ${{ 'If-None-Match': '*' }}  | ${[]}                | ${['put']}             | ${412} | ${failed('If-None-Match')}
    ${{ 'If-None-Match': '*' }}  | ${['put']}           | ${['delete']}          | ${409} | ${conflict('If-None-Match')}
    ${{ 'If-None-Match': '*' }}  | ${[]}                | ${['put', 'delete']}   | ${409} | ${conflict('If-None-Match')}
    ${{ 'If-None-Match': '*' }}  | ${['put']}           | ${['delete for good']} | ${409} | ${conflict('If-None-Match')}
    ${{ 'If-None-Match': '*' }}  | ${[]}                | ${['put elsewhere']}   | ${200} | ${undefined}
    ${{ 'If-Match': etag }}      | ${['put']}           | ${[]}                  | ${200} | ${undefined}
    ${{ 'If-Match': etag }}      | ${['put']}           | ${['put']}             | ${409} | ${conflict('If-Match')}
    ${{ 'If-Match': etag }}      | ${['put']}           | ${['delete', 'put']}   | ${409} | ${conflict('If-Match')}
    ${{ 'If-Match': etag }}      | ${['put']}           | ${['delete']}          | ${404} | ${noKey}
    ${{ 'If-Match': etag }}      | ${[]}                | ${[]}                  | ${404} | ${noKey}
    ${{ 'If-Match': '"other"' }} | ${['put']}           | ${[]}                  | ${412} | ${failed('If-Match')}
    ${{}}                        | ${['put']}           | ${['put', 'delete']}   | ${200} | ${undefined}
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
    // After a conflict another upload goes through.
    if (status === 409 && 'If-None-Match' in condition) {
      const next = await uploadOf('v3');
      expect((await complete(path, next.id, next.part, condition)).status).toBe(200);
    }
  });

  it.each<{ headers: Headers; header: string }>`
    headers                                            | header
    ${{ 'If-Match': '*' }}                             | ${'If-Match'}
    ${{ 'If-None-Match': '"other"' }}                  | ${'If-None-Match'}
    ${{ 'If-None-Match': '*', 'If-Match': '"other"' }} | ${'If-Match,If-None-Match'}
  `('of $headers is not implemented', async ({ headers, header }) => {
    const { id, part } = await uploadOf('v2');
    const answer = await complete(path, id, part, headers);
    expect([answer.status, textOf('Code', answer), textOf('Header', answer)]).toEqual([501, 'NotImplemented', header]);
  });
});

describe('UploadPartCopy', () => {
  // Recorded: dyus/meeseeks-s3, tests/upload_part_copy_sse_c/golden. F89
  it('answers with the part', async () => {
    const source = await put('/vault/a.txt', '0123456789');
    const { status, head, body } = await copyPart(path, await begin(path), '/vault/a.txt');
    expect(status).toBe(200);
    expect(head).toEqual(
      answerHead(
        'x-amz-server-side-encryption: AES256',
        `x-amz-copy-source-version-id: ${source}`,
        'Content-Type: application/xml',
        'Content-Length: 220',
      ),
    );
    expect(body).toBe(
      '<?xml version="1.0" encoding="UTF-8"?>\n<CopyPartResult xmlns="http://s3.amazonaws.com/doc/2006-03-01/">' +
        '<LastModified>2026-03-31T07:35:05.000Z</LastModified><ETag>"781e5e245d69b566979b86e28d23f2c7"</ETag></CopyPartResult>',
    );
  });

  it('takes a part from an older version', async () => {
    const first = await put('/vault/a.txt', 'v1');
    await put('/vault/a.txt', 'v2');
    const id = await begin(path);
    const etag = etagIn(await copyPart(path, id, `/vault/a.txt?versionId=${first}`)) ?? '';
    await complete(path, id, partElement(1, etag));
    expect(await bodyOf(path)).toBe('v1');
  });

  // Recorded: localstack, test_upload_part_copy_range, over ten bytes. F93
  it.each<{ range: string; bytes: string }>`
    range          | bytes
    ${'bytes=0-8'} | ${'012345678'}
    ${'bytes=1-1'} | ${'1'}
    ${'bytes=0-0'} | ${'0'}
    ${'bytes=9-9'} | ${'9'}
  `('copies $bytes for $range', async ({ range, bytes }) => {
    await put('/vault/a.txt', '0123456789');
    const id = await begin(path);
    const etag = etagIn(await copyPart(path, id, '/vault/a.txt', { 'x-amz-copy-source-range': range })) ?? '';
    await complete(path, id, partElement(1, etag));
    expect(await bodyOf(path)).toBe(bytes);
  });

  const form =
    'The x-amz-copy-source-range value must be of the form bytes=first-last where first and last are the zero-based offsets of the first and last bytes to copy';
  it.each([
    ...['0-8', 'bytes=1-0', 'bytes=-1-', 'bytes=0--1', 'bytes=0-1,3-4,7-9', 'bytes=-', 'bytes=-0', 'bytes=-2'].map(
      (range) => [range, 'InvalidArgument', form] as const,
    ),
    ['bytes=-15', 'InvalidArgument', form],
    ['bytes=1-', 'InvalidArgument', form],
    ['', 'InvalidArgument', form],
    ['bytes=0-100', 'InvalidArgument', 'Range specified is not valid for source object of size: 10'],
    ['bytes=0-10', 'InvalidArgument', 'Range specified is not valid for source object of size: 10'],
    ['bytes=100-200', 'InvalidRequest', 'The specified copy range is invalid for the source object size'],
  ])('refuses the range %j: %s', async (range, code, message) => {
    await put('/vault/a.txt', '0123456789');
    const answer = await copyPart(path, await begin(path), '/vault/a.txt', { 'x-amz-copy-source-range': range });
    const elements = `<ArgumentName>x-amz-copy-source-range</ArgumentName><ArgumentValue>${range}</ArgumentValue>`;
    expect([answer.status, answer.text]).toEqual([
      400,
      undeclared(code, message, code === 'InvalidArgument' ? elements : ''),
    ]);
  });

  // Recorded: dyus/meeseeks-s3, docs_reports/versioning_mix.md B1-B3, J1, J2. F92
  it('refuses an id that was never issued in other words than a copy does', async () => {
    await put('/vault/a.txt', 'v1');
    const { status, text } = await copyPart(path, await begin(path), '/vault/a.txt?versionId=abc');
    expect([status, text]).toEqual([
      400,
      undeclared(
        'InvalidArgument',
        'Invalid version id specified',
        '<ArgumentName>x-amz-copy-source</ArgumentName><ArgumentValue>abc</ArgumentValue>',
      ),
    ]);
  });

  it.each<{ source: string; status: number; code: string; elements: string }>`
    source                       | status | code                 | elements
    ${''}                        | ${400} | ${'InvalidArgument'} | ${'<ArgumentValue></ArgumentValue>'}
    ${'/vault'}                  | ${400} | ${'InvalidArgument'} | ${'<ArgumentValue>/vault</ArgumentValue>'}
    ${'/nowhere/a.txt'}          | ${404} | ${'NoSuchBucket'}    | ${'<BucketName>nowhere</BucketName>'}
    ${'/vault/nothing'}          | ${404} | ${'NoSuchKey'}       | ${'<Key>nothing</Key>'}
    ${'/vault/big.bin'}          | ${404} | ${'NoSuchKey'}       | ${'<Key>big.bin</Key>'}
    ${'/vault/gone'}             | ${404} | ${'NoSuchKey'}       | ${'<Key>gone</Key>'}
    ${'/vault/a.txt?versionId='} | ${400} | ${'InvalidArgument'} | ${'<Message>Version id cannot be the empty string</Message>'}
    ${'/theirs/a.txt'}           | ${403} | ${'AccessDenied'}    | ${''}
  `('refuses the source $source: $code', async ({ source, status, code, elements }) => {
    const partner = s3.createAccount({ name: 'partner' });
    s3.createBucket('theirs', { owner: 'partner' });
    await put('/theirs/a.txt', 'v1', { Authorization: signedBy(partner) });
    await put('/vault/a.txt', 'v1');
    await put('/vault/gone', 'v1');
    await send({ method: 'DELETE', path: '/vault/gone' });
    const answer = await copyPart(path, await begin(path), source);
    expect([answer.status, textOf('Code', answer)]).toEqual([status, code]);
    expect(answer.body).toContain(elements);
    expect(answer.header('x-amz-delete-marker')).toBe(source === '/vault/gone' ? 'true' : undefined);
  });

  // F191
  it('refuses a body', async () => {
    await put('/vault/a.txt', 'v1');
    const headers = { 'x-amz-copy-source': '/vault/a.txt' };
    const query = `partNumber=1&uploadId=${await begin(path)}`;
    const answer = await send({ method: 'PUT', path: `${path}?${query}`, headers, body: 'more' });
    expect([answer.status, textOf('Message', answer)]).toEqual([
      400,
      'The request included a body. Requests of this type must not include a non-empty body.',
    ]);
  });

  it('refuses a source that does not meet a condition', async () => {
    await put('/vault/a.txt', 'v1');
    const headers = { 'x-amz-copy-source-if-match': '"other"' };
    const answer = await copyPart(path, await begin(path), '/vault/a.txt', headers);
    expect([answer.status, textOf('Condition', answer)]).toEqual([412, 'x-amz-copy-source-If-Match']);
  });
});

// Recorded: dyus/meeseeks-s3, tests/{upload_part,upload_part_copy,complete_multipart_upload}_sse_c/golden. F95
describe('an upload under a key of the customer', () => {
  const key = (md5 = 'I0aPuXuw4REDJuP1fw07QQ==') => ({
    'x-amz-server-side-encryption-customer-algorithm': 'AES256',
    'x-amz-server-side-encryption-customer-key': 'K0+/yQHJcx5CgotqScZJqhfJ8hpfw4leiB3Bzyo8HSo=',
    'x-amz-server-side-encryption-customer-key-MD5': md5,
  });
  const other = key('en2FzrTbaGmbIvbm1HrboA==');
  const missing =
    'The multipart upload initiate requested encryption. Subsequent part requests must include the appropriate encryption parameters.';
  const differs = 'The provided encryption parameters did not match the ones used originally.';

  it.each<{ upload: Headers; part: Headers; message: string | undefined }>`
    upload   | part     | message
    ${key()} | ${key()} | ${undefined}
    ${key()} | ${{}}    | ${missing}
    ${{}}    | ${key()} | ${missing}
    ${key()} | ${other} | ${differs}
  `('$upload takes a part under $part: $message', async ({ upload, part, message }) => {
    await put('/vault/a.txt', 'v1');
    const id = await begin(path, upload);
    const sent = await sendPart(path, id, 1, 'data', part);
    const copied = await copyPart(path, id, '/vault/a.txt', part);
    if (message === undefined) expect([sent.status, copied.status]).toEqual([200, 200]);
    else
      expect([sent.text, copied.text]).toEqual([
        errorDocument('InvalidRequest', message),
        undeclared('InvalidRequest', message),
      ]);
  });

  it.each<{ headers: Headers; status: number; md5: string | undefined; checksum: string | undefined }>`
    headers  | status | md5                           | checksum
    ${key()} | ${200} | ${'I0aPuXuw4REDJuP1fw07QQ=='} | ${'7a5hQ478J4A='}
    ${{}}    | ${200} | ${undefined}                  | ${undefined}
    ${other} | ${400} | ${undefined}                  | ${undefined}
  `('is completed under $headers: $status', async ({ headers, status, md5, checksum }) => {
    const id = await begin(path, key());
    const part = await addPart(path, id, 1, 'data', key());
    const answer = await complete(path, id, part, headers);
    expect(answer.status).toBe(status);
    expect(answer.header('x-amz-server-side-encryption-customer-key-MD5')).toBe(md5);
    expect(textOf('ChecksumCRC64NVME', answer)).toBe(checksum);
  });

  it('is completed under none where it has none', async () => {
    const { id, part } = await uploadOf('data');
    const { status, text } = await complete(path, id, part, key());
    expect([status, text]).toEqual([
      400,
      undeclared(
        'InvalidRequest',
        'The object was stored using a form of Server Side Encryption. Correct SSE-C request parameters are required for this request when specifying checksums for each part.',
      ),
    ]);
  });
});

describe('a snapshot of uploads', () => {
  it('brings back what was open, with its parts', async () => {
    const { id, part } = await uploadOf('data');
    const snapshot = s3.snapshot();
    await addPart(path, id, 1, 'other');
    await abort(id);
    s3.restore(snapshot);
    expect((await complete(path, id, part)).status).toBe(200);
    expect(await bodyOf(path)).toBe('data');
  });
});
