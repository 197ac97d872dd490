import { describe, expect, it } from '@jest/globals';
import { mockS3 } from 's3-versioning-mock/jest';
import { answerDocument, signedBy, textOf, textsOf } from '../../support/documents';
import { documentHead } from '../../support/heads';
import { answered, refusal } from '../../support/objects';
import { addPart, begin, complete } from '../../support/uploads';
import { send } from '../../support/wire-client';

const s3 = mockS3({ now: '2026-03-31T07:35:05.250Z', buckets: { vault: {} } });

const list = (query = '') => send({ path: `/vault?uploads${query}` });

/** An id is named by its key and the number of the upload of that key. */
async function beginAll(...keys: readonly string[]): Promise<Record<string, string>> {
  const ids: Record<string, string> = {};
  for (const key of keys) {
    const count = Object.keys(ids).filter((name) => name.startsWith(`${key} `)).length;
    ids[`${key} ${count + 1}`] = await begin(`/vault/${encodeURIComponent(key)}`);
  }
  return ids;
}

async function pageOf(query: string, ids: Readonly<Record<string, string>>) {
  const names = new Map(Object.entries(ids).map(([name, id]) => [id, name]));
  const named = (id = '') => names.get(id) ?? id;
  const answer = await list(query);
  expect(answer.status).toBe(200);
  return {
    uploads: textsOf('UploadId', answer).map(named),
    prefixes: [...answer.body.matchAll(/<CommonPrefixes><Prefix>([^<]*)</g)].map(([, prefix]) => prefix),
    next: [textOf('NextKeyMarker', answer), named(textOf('NextUploadIdMarker', answer))],
    truncated: textOf('IsTruncated', answer) === 'true',
  };
}

describe('ListMultipartUploads', () => {
  // Measured: brekkylab/backlot, 2026-09-11. F88
  it('answers with an empty page if there are no uploads', async () => {
    const { status, head, text } = await list();
    expect(status).toBe(200);
    expect(head).toEqual(documentHead());
    expect(text).toBe(
      answerDocument(
        'ListMultipartUploadsResult',
        '<Bucket>vault</Bucket><KeyMarker></KeyMarker><UploadIdMarker></UploadIdMarker><NextKeyMarker></NextKeyMarker>' +
          '<NextUploadIdMarker></NextUploadIdMarker><MaxUploads>1000</MaxUploads><IsTruncated>false</IsTruncated>',
      ),
    );
  });

  it('returns the initiator, the time and the checksum of each upload', async () => {
    const Authorization = signedBy(s3.account.user('anna'));
    const first = await begin('/vault/a', { Authorization });
    const second = await begin('/vault/b', {
      'x-amz-checksum-algorithm': 'CRC32',
      'x-amz-storage-class': 'STANDARD_IA',
    });
    const owner = s3.account.canonicalId;
    expect((await list()).text).toContain(
      `<Upload><Key>a</Key><UploadId>${first}</UploadId>` +
        '<Initiator><ID>arn:aws:iam::000000000000:user/anna</ID><DisplayName>anna</DisplayName></Initiator>' +
        `<Owner><ID>${owner}</ID></Owner><StorageClass>STANDARD</StorageClass>` +
        '<Initiated>2026-03-31T07:35:05.000Z</Initiated></Upload>' +
        `<Upload><Key>b</Key><UploadId>${second}</UploadId><Initiator><ID>${owner}</ID><DisplayName>default</DisplayName></Initiator>` +
        `<Owner><ID>${owner}</ID></Owner><StorageClass>STANDARD_IA</StorageClass>` +
        '<Initiated>2026-03-31T07:35:05.000Z</Initiated><ChecksumAlgorithm>CRC32</ChecksumAlgorithm><ChecksumType>COMPOSITE</ChecksumType></Upload>',
    );
  });

  it('lists open uploads, and none that was aborted or completed', async () => {
    const ids = await beginAll('a', 'b', 'c');
    await send({ method: 'DELETE', path: `/vault/a?uploadId=${ids['a 1']}` });
    const id = ids['b 1'] ?? '';
    await complete('/vault/b', id, await addPart('/vault/b', id, 1, 'data'));
    expect((await pageOf('', ids)).uploads).toEqual(['c 1']);
  });

  // Recorded: localstack, test_list_multiparts_next_marker: begun in the order c, b, a, a, a. F88
  describe('in the order of keys, and for a key in the order of their beginning', () => {
    it.each<{ query: string; uploads: readonly string[]; next: readonly string[]; truncated: boolean }>`
      query                                    | uploads                                | next            | truncated
      ${'&max-uploads=1&key-marker=c'}         | ${[]}                                  | ${['', '']}     | ${false}
      ${'&max-uploads=1&upload-id-marker=a 1'} | ${['a 1']}                             | ${['a', 'a 1']} | ${true}
      ${'&max-uploads=1&key-marker='}          | ${['a 1']}                             | ${['a', 'a 1']} | ${true}
      ${'&max-uploads=0'}                      | ${[]}                                  | ${['', '']}     | ${false}
      ${'&max-uploads='}                       | ${['a 1', 'a 2', 'a 3', 'b 1', 'c 1']} | ${['c', 'c 1']} | ${false}
      ${'&key-marker=aa'}                      | ${['b 1', 'c 1']}                      | ${['c', 'c 1']} | ${false}
    `('$query', async ({ query, ...page }) => {
      const ids = await beginAll('c', 'b', 'a', 'a', 'a');
      const asked = query.replace(/upload-id-marker=(\w \d)/, (_all: string, name: string) => {
        return `upload-id-marker=${ids[name]}`;
      });
      expect(await pageOf(asked, ids)).toEqual({ ...page, prefixes: [] });
    });

    it('ignores an id without a key', async () => {
      const ids = await beginAll('a');
      const answer = await list(`&upload-id-marker=${ids['a 1']}`);
      expect(textOf('UploadIdMarker', answer)).toBe('');
    });

    it('continues after an upload that was completed in between', async () => {
      const ids = await beginAll('a', 'a', 'b');
      const id = ids['a 1'] ?? '';
      await complete('/vault/a', id, await addPart('/vault/a', id, 1, 'data'));
      expect((await pageOf(`&key-marker=a&upload-id-marker=${id}`, ids)).uploads).toEqual(['a 2', 'b 1']);
    });

    it('sorts keys by their bytes', async () => {
      const ids = await beginAll('\u{1f600}', '\uff5e', 'é', 'z', 'Z', 'a/b');
      expect((await pageOf('', ids)).uploads).toEqual(['Z 1', 'a/b 1', 'z 1', 'é 1', '\uff5e 1', '\u{1f600} 1']);
    });

    it('refuses the id of another key', async () => {
      const ids = await beginAll('a', 'b');
      const id = ids['b 1'];
      expect(await answered(list(`&key-marker=a&upload-id-marker=${id}`))).toEqual(
        refusal(
          400,
          'InvalidArgument',
          'Invalid uploadId marker',
          `<ArgumentName>upload-id-marker</ArgumentName><ArgumentValue>${id}</ArgumentValue>`,
        ),
      );
    });
  });

  // Recorded: localstack, test_list_multiparts_with_prefix_and_delimiter, test_list_multipart_uploads_marker_common_prefixes. F88
  describe('by prefix and delimiter', () => {
    const keys = ['folder/aSubfolder/subFile1', 'folder/aSubfolder/subFile2', 'folder/file1', 'folder/file2', 'other'];
    const [, , file1, file2] = keys;

    it.each<{
      query: string;
      uploads: readonly string[];
      prefixes: readonly string[];
      next: readonly string[];
      truncated: boolean;
    }>`
      query                                                                                | uploads                          | prefixes                                        | next                     | truncated
      ${'&prefix=folder/file'}                                                             | ${[`${file1} 1`, `${file2} 1`]}  | ${[]}                                           | ${[file2, `${file2} 1`]} | ${false}
      ${'&prefix=folder/&delimiter=/'}                                                     | ${[`${file1} 1`, `${file2} 1`]}  | ${['folder/aSubfolder/']}                       | ${[file2, `${file2} 1`]} | ${false}
      ${'&prefix=folder/&delimiter=/&max-uploads=1&key-marker=folder/aSubfolder/subFile1'} | ${[`${file1} 1`]}                | ${[]}                                           | ${[file1, `${file1} 1`]} | ${true}
      ${'&prefix=folder/&delimiter=le'}                                                    | ${[]}                            | ${['folder/aSubfolder/subFile', 'folder/file']} | ${['', '']}              | ${false}
      ${'&delimiter='}                                                                     | ${keys.map((key) => `${key} 1`)} | ${[]}                                           | ${['other', 'other 1']}  | ${false}
      ${'&prefix=none'}                                                                    | ${[]}                            | ${[]}                                           | ${['', '']}              | ${false}
    `('$query', async ({ query, ...page }) => {
      const ids = await beginAll(...keys);
      expect(await pageOf(query, ids)).toEqual(page);
    });

    it('returns prefix and delimiter if they were sent, between the markers and the limit', async () => {
      expect((await list('&prefix=a&delimiter=/&max-uploads=5&encoding-type=url')).text).toContain(
        '<NextUploadIdMarker></NextUploadIdMarker><Delimiter>/</Delimiter><Prefix>a</Prefix><MaxUploads>5</MaxUploads>' +
          '<EncodingType>url</EncodingType><IsTruncated>false</IsTruncated>',
      );
      expect((await list('&prefix=&delimiter=')).text).not.toMatch(/<(?:Prefix|Delimiter)>/);
    });
  });

  it('encodes keys if encoding-type is url', async () => {
    await beginAll('a b/c+d', 'a b/\u0001');
    const answer = await list('&prefix=a%20b/&key-marker=a%20&delimiter=%2B&encoding-type=URL');
    expect(answer.text).toContain('<KeyMarker>a+</KeyMarker>');
    expect(answer.text).toContain('<Delimiter>%2B</Delimiter><Prefix>a+b/</Prefix>');
    expect(answer.text).toContain('<EncodingType>URL</EncodingType>');
    expect(answer.text).toContain('<Key>a+b/%01</Key>');
    expect(answer.text).toContain('<CommonPrefixes><Prefix>a+b/c%2B</Prefix></CommonPrefixes>');
    expect(textOf('NextKeyMarker', answer)).toBe('a+b/%01');
  });

  const argued = (name: string, value: string) =>
    `<ArgumentName>${name}</ArgumentName><ArgumentValue>${value}</ArgumentValue>`;

  // Measured: brekkylab/backlot, 2026-09-11 and 2026-09-14. F88
  it.each(['1.5', ' 1'])('refuses max-uploads=%s before it looks for the bucket', async (value) => {
    expect(await answered(send({ path: `/nowhere?uploads&max-uploads=${encodeURIComponent(value)}` }))).toEqual(
      refusal(
        400,
        'InvalidArgument',
        'Provided max-uploads not an integer or within integer range',
        argued('max-uploads', value),
      ),
    );
  });

  it('refuses a negative count as a number, after it looked for the bucket', async () => {
    expect(textOf('Code', await send({ path: '/nowhere?uploads&max-uploads=-1' }))).toBe('NoSuchBucket');
    expect(await answered(list('&max-uploads=-01'))).toEqual(
      refusal(
        400,
        'InvalidArgument',
        'Argument max-uploads must be an integer between 0 and 2147483647',
        argued('max-uploads', '-1'),
      ),
    );
  });

  it.each(['1001', '2147483647'])('reads max-uploads=%s as its maximum', async (value) => {
    expect(textOf('MaxUploads', await list(`&max-uploads=${value}`))).toBe('1000');
  });

  it.each(['value', ''])('refuses encoding-type=%s before it reads the count', async (value) => {
    expect(await answered(list(`&encoding-type=${value}&max-uploads=-1`))).toEqual(
      refusal(400, 'InvalidArgument', 'Invalid Encoding Method specified in Request', argued('encoding-type', value)),
    );
  });
});
