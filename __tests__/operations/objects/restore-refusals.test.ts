import { describe, expect, it } from '@jest/globals';
import { mockS3 } from 's3-versioning-mock/jest';
import { errorDocument, malformedXml } from '../../support/documents';
import { answered } from '../../support/objects';
import { type SentRestore, sendRestore } from '../../support/restores';

const s3 = mockS3({
  now: '2026-10-15T10:30:00Z',
  buckets: {
    vault: {
      versioning: 'Enabled',
      objects: {
        old: { body: 'old', storageClass: 'GLACIER' },
        deep: { body: 'deep', storageClass: 'DEEP_ARCHIVE' },
        plain: 'plain',
        instant: { body: 'instant', storageClass: 'GLACIER_IR' },
        tiered: { body: 'tiered', storageClass: 'INTELLIGENT_TIERING' },
        cold: { body: 'cold', storageClass: 'INTELLIGENT_TIERING', accessTier: 'DEEP_ARCHIVE_ACCESS' },
        gone: [
          { body: 'old', storageClass: 'GLACIER' },
          { deleteMarker: true, versionId: 'marker' },
        ],
      },
    },
  },
});

const readable = errorDocument('InvalidObjectState', "Restore is not allowed for the object's current storage class");
const ongoing = errorDocument('RestoreAlreadyInProgress', 'Object restore is already in progress');
const daysNotExpected = errorDocument(
  'InvalidArgument',
  'INTELLIGENT_TIERING objects are not subject to restore expiry. Do not specify Days when restoring this object',
);
const notOffered = errorDocument('InvalidTier', 'Retrieval option is not supported by this storage class');
const noBody = errorDocument('MissingRequestBodyError', 'Request Body is empty');
const notPositive = (days: number) =>
  errorDocument(
    'InvalidArgument',
    "'Days' must be a positive integer",
    `<ArgumentName>Days</ArgumentName><ArgumentValue>${days}</ArgumentValue>`,
  );
const notAllowed = (resource: string) =>
  errorDocument(
    'MethodNotAllowed',
    'The specified method is not allowed against this resource.',
    `<Method>POST</Method><ResourceType>${resource}</ResourceType>`,
  );
const select = '<Type>SELECT</Type>';
const selection = '<SelectParameters><ExpressionType>SQL</ExpressionType></SelectParameters>';
const location = '<OutputLocation><S3><BucketName>results</BucketName></S3></OutputLocation>';

// F802
describe('a restore is refused', () => {
  it.each<{ key: string; sent: SentRestore; status: number; text: string }>`
    what                                       | key                        | sent                                | status | text
    ${'of a class that is read at once'}       | ${'plain'}                 | ${{ days: 1 }}                      | ${403} | ${readable}
    ${'without Days'}                          | ${'old'}                   | ${{}}                               | ${400} | ${malformedXml}
    ${'without a body'}                        | ${'old'}                   | ${{ body: '' }}                     | ${400} | ${noBody}
    ${'with text that is no XML'}              | ${'old'}                   | ${{ body: 'Days' }}                 | ${400} | ${malformedXml}
    ${'with no Days'}                          | ${'old'}                   | ${{ days: 0 }}                      | ${400} | ${notPositive(0)}
    ${'with Days in words'}                    | ${'old'}                   | ${{ days: 'two' }}                  | ${400} | ${malformedXml}
    ${'by a tier of IBM COS'}                  | ${'old'}                   | ${{ days: 1, tier: 'Accelerated' }} | ${400} | ${malformedXml}
    ${'by Expedited from DEEP_ARCHIVE'}        | ${'deep'}                  | ${{ days: 1, tier: 'Expedited' }}   | ${403} | ${notOffered}
    ${'by Expedited from DEEP_ARCHIVE_ACCESS'} | ${'cold'}                  | ${{ tier: 'Expedited' }}            | ${403} | ${notOffered}
    ${'with Days of an object with tiers'}     | ${'cold'}                  | ${{ days: 1 }}                      | ${400} | ${daysNotExpected}
    ${'that selects'}                          | ${'old'}                   | ${{ more: select }}                 | ${405} | ${notAllowed('OBJECT')}
    ${'of a delete marker'}                    | ${'gone&versionId=marker'} | ${{ days: 1 }}                      | ${405} | ${notAllowed('DeleteMarker')}
  `('$what', async ({ key, sent, status, text }) => {
    expect(await answered(sendRestore(key, sent))).toEqual({ status, text });
    expect(
      s3
        .bucket('vault')
        .versions()
        .filter(({ restore }) => restore !== undefined),
    ).toEqual([]);
  });

  // F804
  it.each<{ first: SentRestore; second: SentRestore }>`
    what                      | first          | second
    ${'the same again'}       | ${{ days: 3 }} | ${{ days: 3 }}
    ${'the tier by its name'} | ${{ days: 3 }} | ${{ days: 3, tier: 'Standard' }}
  `('while one is under way that asks for $what', async ({ first, second }) => {
    await sendRestore('old', first);
    const before = s3.bucket('vault').object('old').restore;
    const { status, text } = await sendRestore('old', second);
    expect({ status, text, restore: s3.bucket('vault').object('old').restore }).toEqual({
      status: 409,
      text: ongoing,
      restore: before,
    });
  });
});

describe('the journal says why', () => {
  it.each<{ key: string; sent: SentRestore; why: string }>`
    key         | sent                              | why
    ${'plain'}  | ${{ days: 1 }}                    | ${'the object is in STANDARD, which is read without a restore; a restore is from GLACIER, DEEP_ARCHIVE'}
    ${'old'}    | ${{}}                             | ${'there is no Days, which a restore from GLACIER needs'}
    ${'old'}    | ${{ days: 1, tier: 'Fast' }}      | ${"Tier is 'Fast'; expected 'Expedited' or 'Standard' or 'Bulk'"}
    ${'deep'}   | ${{ days: 1, tier: 'Expedited' }} | ${"Tier is 'Expedited'; from DEEP_ARCHIVE it is one of Standard, Bulk"}
    ${'cold'}   | ${{ days: 1 }}                    | ${"Days is '1'"}
    ${'tiered'} | ${{}}                             | ${'the object is in no archive tier'}
    ${'old'}    | ${{ more: '<Tier>Bulk</Tier>' }}  | ${'Tier is next to Days; give Tier in GlacierJobParameters'}
    ${'old'}    | ${{ days: 1, more: selection }}   | ${"SelectParameters and OutputLocation need the Type 'SELECT'"}
    ${'old'}    | ${{ days: 1, more: location }}    | ${"SelectParameters and OutputLocation need the Type 'SELECT'"}
    ${'old'}    | ${{ more: '<Type>Copy</Type>' }}  | ${"Type is 'Copy'; it is 'SELECT' or left out"}
  `('a restore of $key with $sent is refused: $why', async ({ key, sent, why }) => {
    await sendRestore(key, sent);
    expect(s3.requests.at(-1)?.why).toEqual(expect.stringMatching(why));
  });

  it('a restore that is under way is in the way', async () => {
    await sendRestore('old', { days: 3, tier: 'Bulk' });
    await sendRestore('old', { days: 4, tier: 'Standard' });
    const faster = s3.requests.at(-1)?.why;
    await sendRestore('old', { days: 3, tier: 'Bulk' });
    const begun = 'a restore by Bulk is ready at 2026-10-15T22:30:00.000Z';
    expect({ faster, again: s3.requests.at(-1)?.why }).toEqual({
      faster: `${begun}; a change to a faster tier must keep Days 3, and the request has 4`,
      again: `${begun}; Bulk is not faster`,
    });
  });
});
