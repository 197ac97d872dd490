import { beforeEach, describe, expect, it } from '@jest/globals';
import type { BucketHandle, MockS3, StoredVersion } from '../../../src';
import { bare } from '../../support/clients/object-client';
import { type Presigner, presigners } from '../../support/clients/presigners';
import { textOf, textsOf } from '../../support/documents';
import { rowsOfColumn } from '../../support/runs';
import { startedMocks } from '../../support/started-mocks';

const at = { Bucket: 'vault', Key: 'k' };
const root = (name: string, content: string) =>
  `<${name} xmlns="http://s3.amazonaws.com/doc/2006-03-01/">${content}</${name}>`;
const tags = [{ Key: 'kind', Value: 'final' }];
const until = '2099-01-01T00:00:00Z';
const bodies = (vault: BucketHandle) =>
  vault.versions().map((one) => (one.deleteMarker ? `${one.key} marker` : `${one.key} ${one.body}`));

/** `old` is the version below the current one. */
interface Case {
  readonly operation: string;
  readonly method: string;
  readonly input: (old: StoredVersion) => object;
  /** Without its declaration. */
  readonly document?: string;
  readonly status?: number;
  /** The text of an answer, or that of one element. */
  readonly answers?: string | readonly [element: string, text: string];
  readonly changes?: (vault: BucketHandle) => unknown;
  readonly to?: unknown;
  readonly onAwsAlone?: boolean;
}

const byVersion = ({ versionId }: StoredVersion) => ({ ...at, VersionId: versionId });
const inBucket = () => ({ Bucket: 'vault' });

const cases: readonly Case[] = [
  { operation: 'ListBuckets', method: 'GET', input: () => ({}), answers: ['Name', 'plain'] },
  { operation: 'GetBucketVersioning', method: 'GET', input: inBucket, answers: ['Status', 'Enabled'] },
  {
    operation: 'PutBucketVersioning',
    method: 'PUT',
    input: () => ({ Bucket: 'plain', VersioningConfiguration: { Status: 'Enabled' } }),
    document: root('VersioningConfiguration', '<Status>Enabled</Status>'),
    changes: () => s3.bucket('plain').versioning,
    to: 'Enabled',
  },
  {
    operation: 'ListObjectVersions',
    method: 'GET',
    input: () => ({ Bucket: 'vault', Prefix: 'k', MaxKeys: 1 }),
    answers: ['NextKeyMarker', 'k'],
  },
  {
    operation: 'ListObjectsV2',
    method: 'GET',
    input: () => ({ Bucket: 'vault', Prefix: 'k', EncodingType: 'url' }),
    answers: ['Key', 'k'],
  },
  { operation: 'GetObject', method: 'GET', input: byVersion, answers: 'first' },
  { operation: 'HeadObject', method: 'HEAD', input: byVersion, answers: '' },
  {
    operation: 'PutObject',
    method: 'PUT',
    input: () => ({ ...at, Metadata: { by: 'ann' }, Tagging: 'kind=final' }),
    document: 'third',
    changes: (vault) => [bodies(vault), vault.current('k')?.metadata, vault.current('k')?.tags],
    to: [['k third', 'k second', 'k first'], { by: 'ann' }, { kind: 'final' }],
  },
  {
    operation: 'CopyObject',
    method: 'PUT',
    input: ({ versionId }) => ({
      Bucket: 'vault',
      Key: 'copy',
      CopySource: `vault/k?versionId=${encodeURIComponent(versionId)}`,
      MetadataDirective: 'REPLACE',
      Metadata: { by: 'ann' },
    }),
    changes: (vault) => [bodies(vault), vault.current('copy')?.metadata, vault.current('copy')?.tags],
    to: [['copy first', 'k second', 'k first'], { by: 'ann' }, { kind: 'draft' }],
  },
  {
    operation: 'DeleteObject',
    method: 'DELETE',
    input: () => at,
    status: 204,
    answers: '',
    changes: bodies,
    to: ['k marker', 'k second', 'k first'],
  },
  {
    operation: 'DeleteObject',
    method: 'DELETE',
    input: byVersion,
    status: 204,
    answers: '',
    changes: bodies,
    to: ['k second'],
  },
  {
    operation: 'DeleteObjects',
    method: 'POST',
    input: () => ({ Bucket: 'vault', Delete: { Objects: [{ Key: 'k' }] } }),
    document: root('Delete', '<Object><Key>k</Key></Object>'),
    answers: ['DeleteMarker', 'true'],
    changes: bodies,
    to: ['k marker', 'k second', 'k first'],
  },
  { operation: 'GetObjectTagging', method: 'GET', input: byVersion, answers: ['Value', 'draft'] },
  {
    operation: 'PutObjectTagging',
    method: 'PUT',
    input: (old) => ({ ...byVersion(old), Tagging: { TagSet: tags } }),
    document: root('Tagging', '<TagSet><Tag><Key>kind</Key><Value>final</Value></Tag></TagSet>'),
    changes: (vault) => vault.versions('k').map((one) => one.tags),
    to: [{}, { kind: 'final' }],
  },
  {
    operation: 'DeleteObjectTagging',
    method: 'DELETE',
    input: byVersion,
    status: 204,
    changes: (vault) => vault.versions('k').map((one) => one.tags),
    to: [{}, {}],
  },
  {
    operation: 'PutObjectRetention',
    method: 'PUT',
    input: (old) => ({ ...byVersion(old), Retention: { Mode: 'GOVERNANCE', RetainUntilDate: new Date(until) } }),
    document: root('Retention', `<Mode>GOVERNANCE</Mode><RetainUntilDate>${until}</RetainUntilDate>`),
    changes: (vault) => vault.versions('k').map((one) => one.retention?.Mode),
    to: [undefined, 'GOVERNANCE'],
    onAwsAlone: true,
  },
  {
    operation: 'GetObjectAttributes',
    method: 'GET',
    input: (old) => ({ ...byVersion(old), ObjectAttributes: ['ObjectSize'] }),
    answers: ['ObjectSize', '5'],
    onAwsAlone: true,
  },
];

const startMock = startedMocks();
let s3: MockS3;

function has({ dialect, lacks = [] }: Presigner, { operation, onAwsAlone = false }: Case): boolean {
  return (!onAwsAlone || dialect === 'aws') && !lacks.includes(operation);
}

type Use = Pick<Case, 'operation' | 'method' | 'document'> & { readonly sendsDigest?: boolean };

async function use(presigner: Presigner, { operation, method, document, ...more }: Use, input: object) {
  const isXml = document?.startsWith('<') === true;
  const { sendsDigest = isXml } = more;
  const url = await presigner.presign({ operation, input, credentials: s3.account.credentials, sendsDigest });
  const body = isXml ? `${presigner.declaration}${document}` : (document ?? '');
  const headers = { ...(isXml && presigner.ofDocument?.(body)), ...(sendsDigest && presigner.digest(body)) };
  // Text would send a type that was not signed.
  const answer = await fetch(url, { method, headers, ...(body !== '' && { body: Buffer.from(body) }) });
  const text = await answer.text();
  expect(text).not.toContain('<Error>');
  expect(s3.requests.last()).toMatchObject({ operation, status: answer.status, caller: { account: s3.account.id } });
  return { status: answer.status, body: text, header: (name: string) => answer.headers.get(name) };
}

describe.each([
  ['believed', false],
  ['checked', true],
])('every method by a presigned URL, signatures %s', (_what, verifySignatures) => {
  beforeEach(() => {
    const k = [{ body: 'first', tags: { kind: 'draft' } }, 'second'];
    s3 = startMock({
      verifySignatures,
      buckets: { plain: {}, vault: { versioning: 'Enabled', objectLock: true, objects: { k } } },
    });
  });

  describe.each(presigners)('$name', (presigner) => {
    // `npm test` tries each case in one of the two describes.
    const column = 2 * presigners.indexOf(presigner) + Number(verifySignatures);
    it.each(rowsOfColumn(cases, column, 2 * presigners.length).filter((one) => has(presigner, one)))(
      '$method by $operation',
      async ({ input, status = 200, answers, changes, to, ...rest }) => {
        const vault = s3.bucket('vault');
        const [, old] = vault.versions('k');
        if (old === undefined) throw new Error('the fixture has two versions');
        const answer = await use(presigner, rest, input(old));
        expect(answer.status).toBe(status);
        if (typeof answers === 'string') expect(answer.body).toBe(answers);
        else if (answers) expect(textOf(answers[0], answer)).toBe(answers[1]);
        if (changes) expect(changes(vault)).toEqual(to);
      },
    );

    it('uploads in parts', async () => {
      const vault = s3.bucket('vault');
      const begun = await use(
        presigner,
        { operation: 'CreateMultipartUpload', method: 'POST' },
        { ...at, Metadata: { by: 'ann' } },
      );
      const upload = { ...at, UploadId: textOf('UploadId', begun) };
      const part = { operation: 'UploadPart', method: 'PUT', document: 'third' };
      const etag = bare((await use(presigner, part, { ...upload, PartNumber: 1 })).header('etag') ?? '');
      const listed = await use(presigner, { operation: 'ListParts', method: 'GET' }, upload);
      expect(textsOf('PartNumber', listed)).toEqual(['1']);
      const document = root('CompleteMultipartUpload', `<Part><ETag>${etag}</ETag><PartNumber>1</PartNumber></Part>`);
      const complete = {
        operation: 'CompleteMultipartUpload',
        method: 'POST',
        document,
        // IBM's SDK signs one, though S3 requires none.
        sendsDigest: presigner.dialect === 'ibm-cos',
      };
      const Parts = [{ ETag: etag, PartNumber: 1 }];
      await use(presigner, complete, { ...upload, MultipartUpload: { Parts } });
      expect(bodies(vault)).toEqual(['k third', 'k second', 'k first']);
      expect(vault.current('k')?.metadata).toEqual({ by: 'ann' });
    });
  });
});

// F593
it('an operation that requires a digest does not read it from the query', async () => {
  s3 = startMock({ verifySignatures: true, buckets: { vault: { objects: { k: 'data' } } } });
  const [sdkV3] = presigners;
  const document = `${sdkV3?.declaration}${root('Delete', '<Object><Key>k</Key></Object>')}`;
  const asked = { operation: 'DeleteObjects', input: { Bucket: 'vault', Delete: { Objects: [{ Key: 'k' }] } } };
  const url = await sdkV3?.presign({ ...asked, credentials: s3.account.credentials, sendsDigest: false });
  const post = (headers = {}) => fetch(url ?? '', { method: 'POST', headers, body: Buffer.from(document) });
  const [without, unsigned] = [await post(), await post(sdkV3?.digest(document))];
  expect({ status: without.status, text: await without.text() }).toEqual({
    status: 400,
    text: expect.stringContaining('Missing required header'),
  });
  expect({ status: unsigned.status, text: await unsigned.text() }).toEqual({
    status: 403,
    text: expect.stringContaining('HeadersNotSigned'),
  });
  expect(s3.bucket('vault').current('k')).toBeDefined();
});
