import { describe, expect, it } from '@jest/globals';
import { mockS3 } from 's3-versioning-mock/jest';
import { cosHost } from '../../support/clients/story-client';
import { answerDocument } from '../../support/documents';
import {
  answered,
  badArgument,
  get,
  markDeleted,
  markerNotAllowed,
  noSuchBucket,
  noSuchKey,
  noSuchVersion,
  put,
  putVersion,
  remove,
  tellingLines,
  threeStates,
} from '../../support/objects';

const s3 = mockS3(threeStates);

const policy = () => {
  const id = `<ID>${s3.account.canonicalId}</ID>`;
  return answerDocument(
    'AccessControlPolicy',
    `<Owner>${id}</Owner><AccessControlList><Grant><Grantee xmlns:xsi="http://www.w3.org/2001/XMLSchema-instance" xsi:type="CanonicalUser">${id}</Grantee><Permission>FULL_CONTROL</Permission></Grant></AccessControlList>`,
  );
};

// Measured: brekkylab/backlot, 2026-09-29. F73
describe('the ACL of a bucket', () => {
  it('grants its owner full control', async () => {
    const answer = await get('/vault?acl');
    expect({ status: answer.status, text: answer.text, tellingLines: tellingLines(answer) }).toEqual({
      status: 200,
      text: policy(),
      tellingLines: ['Content-Type: application/xml'],
    });
  });

  it.each([['bad-vid'], ['null'], ['']])(
    'refuses version %j before it checks the caller and the bucket',
    async (id) => {
      const expected = badArgument('Invalid version id specified', 'versionId', id);
      expect(await answered(get(`/vault?acl&versionId=${id}`))).toEqual(expected);
      expect(await answered(get(`/missing?acl&versionId=${id}`, { Authorization: 'AWS bad' }))).toEqual(expected);
    },
  );
});

// Recorded: dyus/meeseeks-s3, docs_reports/versioning_mix_aws_all_ru.md, of delete markers and refused ids; localstack. F61, F62, F73
describe('the ACL of an object', () => {
  it.each([
    ['plain', []],
    ['paused', ['x-amz-version-id: null']],
  ])('grants its owner full control in %s', async (bucket, lines) => {
    await put(`/${bucket}/k`);
    const answer = await get(`/${bucket}/k?acl`);
    expect({ status: answer.status, text: answer.text }).toEqual({ status: 200, text: policy() });
    expect(tellingLines(answer)).toEqual([...lines, 'Content-Type: application/xml']);
  });

  it('names its version', async () => {
    const [v1, v2] = [await putVersion('/vault/k'), await putVersion('/vault/k')];
    expect((await get('/vault/k?acl')).header('x-amz-version-id')).toBe(v2);
    expect((await get(`/vault/k?acl&versionId=${v1}`)).header('x-amz-version-id')).toBe(v1);
  });

  it('is refused if the key or the version does not exist', async () => {
    const gone = await putVersion('/vault/k');
    await remove(`/vault/k?versionId=${gone}`);
    expect(await answered(get('/vault/k?acl'))).toEqual(noSuchKey('k'));
    expect(await answered(get(`/vault/k?acl&versionId=${gone}`))).toEqual(noSuchVersion('k', gone));
    expect(await answered(get('/vault/k?acl&versionId=bad-vid'))).toEqual(
      badArgument('Invalid version id specified', 'versionId', 'bad-vid'),
    );
    expect(await answered(get('/missing/k?acl'))).toEqual(noSuchBucket('missing'));
  });

  it('is refused for a delete marker: 404 for the newest, 405 by its id', async () => {
    await put('/vault/k');
    const id = await markDeleted('/vault/k');
    const newest = await get('/vault/k?acl');
    expect({ status: newest.status, text: newest.text }).toEqual(noSuchKey('k'));
    expect(tellingLines(newest)).toEqual([
      'x-amz-delete-marker: true',
      `x-amz-version-id: ${id}`,
      'Content-Type: application/xml',
    ]);
    const named = await get(`/vault/k?acl&versionId=${id}`);
    expect({ status: named.status, text: named.text }).toEqual(markerNotAllowed('GET'));
    expect(tellingLines(named)).toEqual([
      'x-amz-delete-marker: true',
      `x-amz-version-id: ${id}`,
      'Allow: DELETE',
      'Content-Type: application/xml',
    ]);
  });
});

it('an ACL of COS has names beside ids', async () => {
  const { body } = await get('/vault?acl', {}, { host: cosHost });
  expect(body).toContain('<Owner><ID>000000000000</ID><DisplayName>000000000000</DisplayName></Owner>');
});
