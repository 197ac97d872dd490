import { describe, expect, it } from '@jest/globals';
import { mockS3 } from 's3-versioning-mock/jest';
import { answerHead, refusalHead } from '../../support/heads';
import {
  answered,
  badArgument,
  get,
  head,
  markDeleted,
  markerNotAllowed,
  noSuchBucket,
  noSuchKey,
  noSuchVersion,
  put,
  putVersion,
  refusal,
  remove,
  tellingLines,
  threeStates,
} from '../../support/objects';

const s3 = mockS3(threeStates);

const written = 'Tue, 31 Mar 2026 07:35:05 GMT';

// Recorded: dyus/meeseeks-s3, tests/get_object_versioning/golden. F53, F58
describe('GET of an object', () => {
  it("answers with the headers of S3, in S3's order", async () => {
    const id = await putVersion('/vault/k', 'version1');
    await put('/vault/k', 'version2');
    const { status, body, head: lines } = await get(`/vault/k?versionId=${id}`);
    expect({ status, body }).toEqual({ status: 200, body: 'version1' });
    expect(lines).toEqual(
      answerHead(
        `Last-Modified: ${written}`,
        'ETag: "966634ebf2fc135707d6753692bf4b1e"',
        'x-amz-server-side-encryption: AES256',
        `x-amz-version-id: ${id}`,
        'Accept-Ranges: bytes',
        'Content-Type: binary/octet-stream',
        'Content-Length: 8',
      ),
    );
  });

  it('has the same head for HEAD, without a body', async () => {
    await put('/vault/k', 'version1');
    const [read, headed] = [await get('/vault/k'), await head('/vault/k')];
    expect(headed).toMatchObject({ status: 200, body: '' });
    expect(headed.head).toEqual(read.head);
  });

  it('returns an empty object with its length', async () => {
    await put('/plain/k', '');
    const { status, body, header } = await get('/plain/k');
    expect({ status, body, contentLength: header('Content-Length') }).toEqual({
      status: 200,
      body: '',
      contentLength: '0',
    });
  });
});

// Recorded: dyus/meeseeks-s3, tests/get_object_versioning/golden and test_compare_get_head_on_delete_marker. F61, F62
describe('a read of an object that does not exist', () => {
  it('answers 404 with the id of the delete marker that is current', async () => {
    await put('/vault/k');
    const marker = await markDeleted('/vault/k');
    const answer = await get('/vault/k');
    expect(answer).toMatchObject(noSuchKey('k'));
    expect(answer.head).toEqual(refusalHead('x-amz-delete-marker: true', `x-amz-version-id: ${marker}`));
    expect(await head('/vault/k')).toMatchObject({ status: 404, body: '', head: answer.head });
  });

  it.each(['the newest', 'an older one'])(
    'answers 405 with the time of the delete marker that it names, %s',
    async (which) => {
      await put('/vault/k');
      const marker = await markDeleted('/vault/k');
      if (which === 'an older one') await put('/vault/k');
      const answer = await get(`/vault/k?versionId=${marker}`);
      expect(answer).toMatchObject(markerNotAllowed('GET'));
      expect(answer.head).toEqual(
        refusalHead(
          'x-amz-delete-marker: true',
          `Last-Modified: ${written}`,
          `x-amz-version-id: ${marker}`,
          'Allow: DELETE',
        ),
      );
      expect(await head(`/vault/k?versionId=${marker}`)).toMatchObject({ status: 405, body: '', head: answer.head });
    },
  );

  it('answers 405 if it names a null delete marker', async () => {
    await remove('/paused/k');
    const answer = await get('/paused/k?versionId=null');
    expect(answer).toMatchObject(markerNotAllowed('GET'));
    expect(answer.header('x-amz-version-id')).toBe('null');
    expect(s3.requests.last()?.why).toMatch(
      /^the version is a delete marker, which has no content; .*; versioning was Suspended, so the delete replaced the null version/,
    );
  });

  it.each(['plain', 'vault', 'paused'])('answers 404 for a key that was never written in %s', async (bucket) => {
    const answer = await get(`/${bucket}/k`);
    expect(answer).toMatchObject(noSuchKey('k'));
    expect(tellingLines(answer)).toEqual(['Content-Type: application/xml']);
  });

  it('answers 404 for a null version that does not exist', async () => {
    await put('/vault/k');
    expect(await answered(get('/vault/k?versionId=null'))).toEqual(noSuchVersion('k', 'null'));
    expect((await head('/vault/k?versionId=null')).status).toBe(404);
  });

  it('answers 404 for a version that is gone or belongs to another key', async () => {
    const gone = await putVersion('/vault/k');
    await remove(`/vault/k?versionId=${gone}`);
    const other = await putVersion('/vault/other');
    for (const id of [gone, other]) {
      const answer = await get(`/vault/k?versionId=${id}`);
      expect(answer).toMatchObject(noSuchVersion('k', id));
      expect(tellingLines(answer)).toEqual(['Content-Type: application/xml']);
      expect((await head(`/vault/k?versionId=${id}`)).status).toBe(404);
    }
  });

  it('names in the journal the key that the version of a 404 belongs to', async () => {
    s3.createBucket('elsewhere', { versioning: 'Enabled' });
    const gone = await putVersion('/vault/k');
    await remove(`/vault/k?versionId=${gone}`);
    const other = await putVersion('/vault/other');
    const elsewhere = await putVersion('/elsewhere/other');
    const given = s3.bucket('vault').put('given', 'x', { versionId: 'v1' }).versionId;
    const why = async (id: string) => {
      expect((await get(`/vault/k?versionId=${id}`)).status).toBe(404);
      return s3.requests.last()?.why;
    };
    expect(await why(gone)).toBe(
      'it was issued, but is gone; a delete with its id removes a version permanently, and so does a lifecycle rule',
    );
    expect(await why(other)).toBe("it belongs to 'other'");
    expect(await why(given)).toBe("it belongs to 'given'");
    expect(await why(elsewhere)).toBe("it belongs to 'other' of bucket 'elsewhere'");
    expect(await why('null')).toBe(
      "the key has no null version; the id 'null' names what was written without versioning, so leave the version id out to name the current version",
    );
    for (let index = 0; index < 1000; index += 1) s3.bucket('elsewhere').put('many', '');
    expect(await why(other)).toBe('it was issued, but is gone or belongs to another key');
  });

  it('returns the key with references for the characters that XML reserves', async () => {
    expect(await answered(get('/vault/a%26%3C%01%C3%A9'))).toEqual(noSuchKey('a&amp;&lt;&#x1;é'));
  });
});

// Recorded: dyus/meeseeks-s3, tests/get_object_versioning/golden and tests/delete_object_versioning/golden; Seagate/cortx-s3server#1724. F50
describe('an invalid version id', () => {
  const ids = [
    'INVALID_FORMAT_12345',
    '9999999999999999',
    'nonexistent-version-id-12345',
    'HPniJFCxqTsMuIH9KX8K8wEjNUgmABCD',
    'Eyn7lxdGE1WU1SU6QTbW1X6cbSIIRY0R',
    'NULL',
  ];
  it.each(ids.flatMap((id) => ['plain', 'vault', 'paused'].map((bucket) => [id, bucket] as const)))(
    '%s in %s answers 400, whether the key exists or not',
    async (id, bucket) => {
      await put(`/${bucket}/there`);
      for (const key of ['there', 'missing']) {
        expect(await answered(get(`/${bucket}/${key}?versionId=${id}`))).toEqual(
          badArgument('Invalid version id specified', 'versionId', id),
        );
        expect((await head(`/${bucket}/${key}?versionId=${id}`)).status).toBe(400);
      }
    },
  );

  it('is refused if only its last character is wrong', async () => {
    const id = await putVersion('/vault/k');
    const changed = id.slice(0, -1) + (id.endsWith('A') ? 'B' : 'A');
    expect(await answered(get(`/vault/k?versionId=${changed}`))).toEqual(
      badArgument('Invalid version id specified', 'versionId', changed),
    );
  });

  it.each(['?versionId=', '?versionId'])('%s is refused as empty', async (query) => {
    await put('/plain/k');
    for (const path of [`/plain/k${query}`, `/plain/missing${query}`]) {
      expect(await answered(get(path))).toEqual(badArgument('Version id cannot be the empty string', 'versionId', ''));
      expect((await head(path)).status).toBe(400);
    }
  });

  it('is refused after the bucket is checked, and an empty one before', async () => {
    expect(await answered(get('/missing/k?versionId=bad-vid'))).toEqual(noSuchBucket('missing'));
    expect(await answered(get('/missing/k?versionId='))).toEqual(
      badArgument('Version id cannot be the empty string', 'versionId', ''),
    );
    expect((await head('/missing/k?versionId=bad-vid')).status).toBe(404);
  });
});

it('S3 has no ?versions of a key (versitygw, test_rest_list_object_versions.sh)', async () => {
  await put('/plain/k');
  expect(await answered(get('/plain/k?versions'))).toEqual(
    refusal(400, 'InvalidRequest', 'There is no such thing as the ?versions sub-resource for a key'),
  );
});
