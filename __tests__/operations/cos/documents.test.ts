import { describe, expect, it } from '@jest/globals';
import { mockS3 } from 's3-versioning-mock/jest';
import { cosHost } from '../../support/clients/story-client';
import { signedBy } from '../../support/documents';
import { send, type WireCall } from '../../support/wire-client';

const instance = '1c887618-84d1-44cf-b31b-028b7da1f42d';
const s3 = mockS3({
  now: '2019-04-11T00:14:03.848Z',
  serviceInstanceId: `crn:v1:bluemix:public:cloud-object-storage:global:a/93c46f889ce0417b869a8b66637a02d6:${instance}::`,
  buckets: { plain: { region: 'us-south-standard', objects: { k: 'data' } } },
});

const call = (one: WireCall) =>
  send({ host: cosHost, ...one, headers: { 'ibm-service-instance-id': instance, ...one.headers } });
const owner = `<Owner><ID>${instance}</ID><DisplayName>${instance}</DisplayName></Owner>`;

// Recorded in 2017 and 2019: `<Prefix></Prefix>`, `<Marker></Marker>`, `<MaxKeys>1000</MaxKeys>`, `<Delimiter></Delimiter>`. F171
describe('a listing of objects of IBM COS', () => {
  it('has an empty Delimiter, and does not close empty elements at once', async () => {
    const { body } = await call({ path: '/plain' });
    expect(body.slice(body.indexOf('<Name>'))).toBe(
      '<Name>plain</Name><Prefix></Prefix><Marker></Marker><MaxKeys>1000</MaxKeys><Delimiter></Delimiter><IsTruncated>false</IsTruncated>' +
        '<Contents><Key>k</Key><LastModified>2019-04-11T00:14:03.848Z</LastModified><ETag>&quot;8d777f385d3dfec8815d20f7496026dc&quot;</ETag>' +
        `<ChecksumAlgorithm>CRC64NVME</ChecksumAlgorithm><ChecksumType>FULL_OBJECT</ChecksumType><Size>4</Size>${owner}<StorageClass>STANDARD</StorageClass></Contents></ListBucketResult>`,
    );
  });

  it.each(['/plain?list-type=2', '/plain?list-type=2&encoding-type=url', '/plain?delimiter='])(
    'has an empty Delimiter: %s',
    async (path) => {
      expect((await call({ path })).body).toContain('<MaxKeys>1000</MaxKeys><Delimiter></Delimiter>');
    },
  );

  it('of versions has none, and closes empty elements at once', async () => {
    const { body } = await call({ path: '/plain?versions' });
    expect({ delimiter: body.includes('Delimiter'), prefix: body.includes('<Prefix/>') }).toEqual({
      delimiter: false,
      prefix: true,
    });
  });
});

// Recorded in 2019: <LastModified>2019-04-11T02:17:16.743Z</LastModified>, <ETag>&quot;4fe8c0df4f9ae6e8d0e58926bec9d641&quot;</ETag>
it('an answer to a copy has milliseconds, and references in place of the quotes of the ETag (F171)', async () => {
  const headers = { 'x-amz-copy-source': '/plain/k' };
  const { body } = await call({ method: 'PUT', path: '/plain/copy', headers });
  expect(body).toContain(
    '<LastModified>2019-04-11T00:14:03.848Z</LastModified><ETag>&quot;8d777f385d3dfec8815d20f7496026dc&quot;</ETag>',
  );
});

it('the Location of a completion has no TLS, and the quotes of its ETag stay (F89)', async () => {
  const id = /<UploadId>(.*?)</.exec((await call({ method: 'POST', path: '/plain/big?uploads' })).body)?.[1];
  const part = await call({ method: 'PUT', path: `/plain/big?partNumber=1&uploadId=${id}`, body: 'data' });
  const named = `<Part><PartNumber>1</PartNumber><ETag>${part.header('etag')}</ETag></Part>`;
  const body = `<CompleteMultipartUpload>${named}</CompleteMultipartUpload>`;
  const answer = await call({ method: 'POST', path: `/plain/big?uploadId=${id}`, body });
  expect(answer.body).toMatch(
    new RegExp(`<Location>http://${cosHost}/plain/big</Location><Bucket>plain</Bucket><Key>big</Key><ETag>"`),
  );
});

// Recorded in 2017 and 2019: the ID of an owner is the GUID of `ibm-service-instance-id`. F42
describe('the owner at IBM COS', () => {
  it.each(['/', '/?extended', '/plain?acl', '/plain/k?acl'])('is the service instance: %s', async (path) => {
    expect((await call({ path })).body).toContain(owner);
  });

  it('is the account if the test declares no instance of it', async () => {
    const partner = s3.createAccount('partner');
    const { body } = await call({ path: '/', headers: { Authorization: signedBy(partner) } });
    expect(body).toContain(`<Owner><ID>${partner.id}</ID>`);
  });
});

// Recorded in 2019, of a bucket. F280
it.each(['/plain', '/plain/k'])('%s with public-read has one grant', async (path) => {
  await call({ method: 'PUT', path: `${path}?acl`, headers: { 'x-amz-acl': 'public-read' } });
  const { body } = await call({ path: `${path}?acl` });
  expect(body.slice(body.indexOf('<AccessControlList>'))).toBe(
    '<AccessControlList><Grant><Grantee xmlns:xsi="http://www.w3.org/2001/XMLSchema-instance" xsi:type="Group"><URI>http://acs.amazonaws.com/groups/global/AllUsers</URI></Grantee>' +
      '<Permission>READ</Permission></Grant></AccessControlList></AccessControlPolicy>',
  );
  await call({ method: 'PUT', path: `${path}?acl`, headers: { 'x-amz-acl': 'private' } });
  expect((await call({ path: `${path}?acl` })).body).toContain('<Permission>FULL_CONTROL</Permission>');
});

// Recorded in 2022: X-Clv-S3-Version, Accept-Ranges, x-amz-request-id, Cache-Control, ETag, Content-Type, Last-Modified, Content-Length. F980
it('the headers of an object are in the order of IBM COS', async () => {
  const headers = { 'Cache-Control': 'max-age=0,public', 'Content-Type': 'image/png', 'x-amz-meta-a': '1' };
  await call({ method: 'PUT', path: '/plain/logo', body: 'data', headers });
  const { head } = await call({ path: '/plain/logo', headers: { 'x-amz-checksum-mode': 'ENABLED' } });
  expect(head.map((line) => line.split(':')[0])).toEqual([
    ...['Date', 'X-Clv-Request-Id', 'Server', 'X-Clv-S3-Version', 'Accept-Ranges', 'x-amz-request-id'],
    ...['x-amz-meta-a', 'Cache-Control', 'ETag', 'x-amz-checksum-crc64nvme', 'x-amz-checksum-type'],
    ...['Content-Type', 'Last-Modified', 'Content-Length'],
  ]);
});
