import { GetBucketLoggingCommand, S3Client } from '@aws-sdk/client-s3';
import { describe, expect, it } from '@jest/globals';
import { mockS3 } from 's3-versioning-mock/jest';
import { errorDocument, malformedXml } from '../../support/documents';
import { answered } from '../../support/objects';
import { send } from '../../support/wire-client';

const s3 = mockS3({
  accounts: { partner: {} },
  buckets: {
    // Its target comes after it in the literal.
    audited: { logging: { LoggingEnabled: { TargetBucket: 'logs', TargetPrefix: '' } } },
    vault: {},
    logs: {},
    granting: { ownershipControls: 'ObjectWriter' },
    theirs: { owner: 'partner' },
    first: { region: 'us-east-1' },
    north: { region: 'eu-north-1' },
    south: { region: 'eu-south-1' },
  },
});

const enabled = (target: string, more = '') =>
  `<BucketLoggingStatus><LoggingEnabled><TargetBucket>${target}</TargetBucket><TargetPrefix/>${more}</LoggingEnabled></BucketLoggingStatus>`;
const put = (body: string, bucket = 'vault', region = 'us-east-1') =>
  send({ method: 'PUT', path: `/${bucket}?logging`, body, host: `s3.${region}.amazonaws.com` });

const grants = (type: string, name: string, permission = 'READ') =>
  `<TargetGrants><Grant><Grantee xmlns:xsi="http://www.w3.org/2001/XMLSchema-instance" xsi:type="${type}">${name}</Grantee><Permission>${permission}</Permission></Grant></TargetGrants>`;
const toUser = grants('CanonicalUser', '<ID>c0ffee</ID>');
const toEmail = grants('AmazonCustomerByEmail', '<EmailAddress>partner@example.com</EmailAddress>');

const ofTarget = (name: string) => `<TargetBucket>${name}</TargetBucket>`;
const missing = errorDocument(
  'InvalidTargetBucketForLogging',
  'The target bucket for logging does not exist',
  ofTarget('nowhere'),
);
const notOwned = errorDocument(
  'InvalidTargetBucketForLogging',
  'The owner for the bucket to be logged and the target bucket must be the same.',
  ofTarget('theirs'),
);
const notAllowed = errorDocument(
  'AccessControlListNotSupported',
  'Target grants not allowed for bucket owner enforced buckets',
);
const byEmail = errorDocument('MethodNotAllowed', 'The specified method is not allowed against this resource.');
const elsewhere = (locations: string) =>
  errorDocument('CrossLocationLoggingProhibitted', 'Cross S3 location logging not allowed. ', locations);

// F364
describe('logging', () => {
  it.each(['logs', 'vault'])('goes to a bucket of the same owner, to itself too: %s', async (target) => {
    expect((await put(enabled(target))).status).toBe(200);
    expect(s3.bucket('vault').logging).toEqual({ LoggingEnabled: { TargetBucket: target, TargetPrefix: '' } });
  });

  it('of a fixture may go to any bucket of the literal', async () => {
    const { LoggingEnabled } = await new S3Client({}).send(new GetBucketLoggingCommand({ Bucket: 'audited' }));
    expect(LoggingEnabled).toEqual({ TargetBucket: 'logs', TargetPrefix: '' });
    expect(s3.bucket('vault')).not.toHaveConfiguration('logging');
  });

  it('is answered as XML with an empty line before the root', async () => {
    const answer = await send({ path: '/vault?logging' });
    expect(answer.header('content-type')).toBe('application/xml');
    expect(answer.text).toMatch(/^<\?xml version="1.0" encoding="UTF-8"\?>\n\n<BucketLoggingStatus /);
    expect(answer.text).toMatch(/<\/BucketLoggingStatus>\n$/);
    expect((await send({ path: '/audited?logging' })).header('content-type')).toBe('application/xml');
  });

  it('keeps its target after that was made to ignore ACLs, or deleted', async () => {
    await put(enabled('granting', toUser));
    s3.bucket('granting').ownershipControls = 'BucketOwnerEnforced';
    const { vault } = JSON.parse(JSON.stringify(s3)).buckets;
    s3.createBucket('copy', vault);
    expect(s3.bucket('copy').logging).toEqual(s3.bucket('vault').logging);
    await send({ method: 'DELETE', path: '/granting' });
    expect(s3.bucket('vault').logging?.LoggingEnabled?.TargetBucket).toBe('granting');
  });
});

// F365
describe('logging is refused', () => {
  it.each([
    ['with grants to itself, if it has no ACLs', enabled('vault', toUser), 400, notAllowed],
    ['with a grantee by e-mail', enabled('granting', toEmail), 405, byEmail],
    ['with a user without an ID', enabled('granting', grants('CanonicalUser', '<URI>a</URI>')), 400, malformedXml],
    ['with a group without a URI', enabled('granting', grants('Group', '<ID>a</ID>')), 400, malformedXml],
    ['with an empty format of keys', enabled('logs', '<TargetObjectKeyFormat/>'), 400, malformedXml],
  ])('%s', async (_what, body, status, document) => {
    expect(await answered(put(body))).toEqual({ status, text: document });
    expect(s3.bucket('vault').logging).toBeUndefined();
    expect(s3.requests.last()?.why).toEqual(expect.any(String));
  });

  it.each([
    [
      'north',
      'eu-north-1',
      'first',
      '<SourceBucketLocation>eu-north-1</SourceBucketLocation><TargetBucketLocation>us-east-1</TargetBucketLocation>',
    ],
    [
      'north',
      'eu-north-1',
      'south',
      '<SourceBucketLocation>eu-north-1</SourceBucketLocation><TargetBucketLocation>eu-south-1</TargetBucketLocation>',
    ],
  ])('if it is from %s in %s to %s, which is in another region', async (source, region, target, locations) => {
    expect(await answered(put(enabled(target), source, region))).toEqual({ status: 403, text: elsewhere(locations) });
  });

  it('to no region if a bucket of a fixture has none', async () => {
    expect((await put(enabled('north'))).status).toBe(200);
    expect((await put(enabled('logs'), 'north', 'eu-north-1')).status).toBe(200);
  });

  it.each([
    ['the e-mail', enabled('nowhere', toEmail), byEmail],
    ['the target', enabled('nowhere', toUser), missing],
    ['the owner', enabled('theirs', toUser), notOwned],
  ])('first for %s', async (_what, body, document) => {
    expect((await put(body)).text).toBe(document);
  });

  it.each(['FULL_CONTROL', 'READ', 'WRITE', 'READ_ACP', 'WRITE_ACP'])(
    'for no permission of ACLs: %s is granted',
    async (permission) => {
      const group = '<URI>http://acs.amazonaws.com/groups/s3/LogDelivery</URI>';
      expect((await put(enabled('granting', grants('Group', group, permission)))).status).toBe(200);
    },
  );

  it('in a fixture, in the words of S3', () => {
    const literal = { LoggingEnabled: { TargetBucket: 'nowhere', TargetPrefix: '' } };
    expect(() => {
      s3.bucket('vault').logging = literal;
    }).toThrow(
      new TypeError(
        "bucket 'vault': logging: The target bucket for logging does not exist (TargetBucket is 'nowhere')",
      ),
    );
    expect(() => s3.createBucket('never', { logging: literal })).toThrow(TypeError);
    expect(() => s3.bucket('never')).toThrow(/there is no bucket/);
  });
});
