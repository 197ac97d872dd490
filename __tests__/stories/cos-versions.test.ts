import * as commands from '@aws-sdk/client-s3';
import { describe, expect, it } from '@jest/globals';
import CosS3 from 'ibm-cos-sdk/clients/s3';
import { mockS3 } from 's3-versioning-mock/jest';
import { cosClient } from '../support/cos-client';
import { makeCosClientV2 } from '../support/cos-sdk-v2';

const instance = '8b1f3c2e-0a7d-4b1c-9a52-3f6f0c9be0a1';
const region = 'us-south-standard';
const s3 = mockS3({
  serviceInstanceId: instance,
  buckets: {
    vault: { region, objects: { old: 'before' } },
    guarded: { region, versioning: 'Enabled', mfaDelete: 'Enabled' },
  },
});

type Input = Readonly<Record<string, unknown>>;
type Output = Readonly<Record<string, unknown>>;
/** Sends an operation by its name, and resolves to its output, with the body as text. */
type Send = (operation: string, input: Input) => Promise<Output>;

function sendByV1(client: CosS3): Send {
  const calls = client as unknown as Readonly<Record<string, (input: Input) => { promise: () => Promise<Output> }>>;
  return async (operation, input) => {
    const name = `${operation.charAt(0).toLowerCase()}${operation.slice(1)}`;
    const output = await calls[name]?.call(client, input).promise();
    return { ...output, ...(output?.['Body'] !== undefined && { Body: String(output['Body']) }) };
  };
}

function sendByV2(client: commands.S3Client): Send {
  return async (operation, input) => {
    const Command = (commands as Readonly<Record<string, unknown>>)[`${operation}Command`] as new (
      input: Input,
    ) => never;
    const output = (await client.send(new Command({ ...input }))) as unknown as Output; // of any operation
    const body = output['Body'] as { transformToString: () => Promise<string> } | undefined;
    return { ...output, ...(body && { Body: await body.transformToString() }) };
  };
}

const iam = {
  endpoint: 's3.us-south.cloud-object-storage.appdomain.cloud',
  apiKeyId: 'an-api-key',
  serviceInstanceId: instance,
  maxRetries: 0,
};
const clients: readonly (readonly [name: string, connect: () => Send])[] = [
  ['ibm-cos-sdk 1.15 with an API key', () => sendByV1(new CosS3(iam))],
  ['ibm-cos-sdk 1.15 with HMAC keys', () => sendByV1(cosClient())],
  [
    "the AWS SDK v3 with IBM's tokens, as ibm-cos-sdk-v2",
    () => sendByV2(makeCosClientV2({ apiKey: 'an-api-key', serviceInstanceId: instance })),
  ],
];

const uuid = expect.stringMatching(/^[\da-f]{8}-[\da-f]{4}-[\da-f]{4}-[\da-f]{4}-[\da-f]{12}$/);
const enabled = { Bucket: 'vault', VersioningConfiguration: { Status: 'Enabled' } };
const suspended = { Bucket: 'vault', VersioningConfiguration: { Status: 'Suspended' } };
const key = { Bucket: 'vault', Key: 'report.pdf' };
/** SDKs write the code of an error in other members. */
const codeOf = (error: { code?: string; name?: string }) => error.code ?? error.name;
const refusalOf = (call: Promise<unknown>) => call.then(() => 'no refusal', codeOf);

describe.each(clients)('versions at IBM COS by %s', (_name, connect) => {
  it('are never set at first, then enabled, then suspended', async () => {
    const send = connect();
    expect((await send('GetBucketVersioning', { Bucket: 'vault' }))['Status']).toBeUndefined();
    await send('PutBucketVersioning', enabled);
    expect((await send('GetBucketVersioning', { Bucket: 'vault' }))['Status']).toBe('Enabled');
    await send('PutBucketVersioning', suspended);
    expect((await send('GetBucketVersioning', { Bucket: 'vault' }))['Status']).toBe('Suspended');
  });

  it('are written, overwritten, hidden by a delete marker, read, and deleted by their ids', async () => {
    const send = connect();
    await send('PutBucketVersioning', enabled);
    const first = await send('PutObject', { ...key, Body: 'first' });
    const second = await send('PutObject', { ...key, Body: 'second' });
    const marker = await send('DeleteObject', key);
    expect({ first, second, marker }).toMatchObject({
      first: { VersionId: uuid },
      second: { VersionId: uuid },
      marker: { VersionId: uuid, DeleteMarker: true },
    });
    expect(await refusalOf(send('GetObject', key))).toBe('NoSuchKey');
    const VersionId = first['VersionId'];
    expect((await send('GetObject', { ...key, VersionId }))['Body']).toBe('first');
    expect(await send('ListObjectVersions', { Bucket: 'vault', Prefix: 'report' })).toMatchObject({
      Versions: [
        { VersionId: second['VersionId'], IsLatest: false, Owner: { ID: instance, DisplayName: instance } },
        { VersionId: first['VersionId'], IsLatest: false },
      ],
      DeleteMarkers: [{ VersionId: marker['VersionId'], IsLatest: true }],
    });
    await send('DeleteObject', { ...key, VersionId: marker['VersionId'] });
    await send('DeleteObject', { ...key, VersionId: second['VersionId'] });
    expect((await send('GetObject', key))['Body']).toBe('first');
    expect(await refusalOf(send('GetObject', { ...key, VersionId: second['VersionId'] }))).toBe('NoSuchVersion');
  });

  it('are null before versioning, and while it is suspended', async () => {
    const send = connect();
    const old = { Bucket: 'vault', Key: 'old' };
    await send('PutBucketVersioning', enabled);
    await send('PutObject', { ...old, Body: 'with an id' });
    expect((await send('GetObject', { ...old, VersionId: 'null' }))['Body']).toBe('before');
    await send('PutBucketVersioning', suspended);
    await send('PutObject', { ...old, Body: 'replaces the null version' });
    expect((await send('GetObject', { ...old, VersionId: 'null' }))['Body']).toBe('replaces the null version');
    expect(
      s3
        .bucket('vault')
        .versions('old')
        .map(({ versionId }) => versionId),
    ).toEqual(['null', uuid]);
    await send('DeleteObject', old);
    expect(s3.bucket('vault').versions('old')[0]).toMatchObject({ versionId: 'null', deleteMarker: true });
    await send('DeleteObject', { ...old, VersionId: 'null' });
    expect((await send('GetObject', old))['Body']).toBe('with an id');
  });

  it('refuse another status', async () => {
    const send = connect();
    expect(await refusalOf(send('PutBucketVersioning', { Bucket: 'vault', VersioningConfiguration: {} }))).toBe(
      'IllegalVersioningConfigurationException',
    );
    const off = { Bucket: 'vault', VersioningConfiguration: { Status: 'Disabled' } };
    expect(await refusalOf(send('PutBucketVersioning', off))).toBe('MalformedXML');
    expect(await refusalOf(send('PutBucketVersioning', { ...enabled, Bucket: 'nowhere' }))).toBe('NoSuchBucket');
  });

  it('need a code of MFA Delete, which is unverified at IBM COS', async () => {
    const send = connect();
    const change = { Bucket: 'guarded', VersioningConfiguration: { Status: 'Suspended', MFADelete: 'Disabled' } };
    expect(await refusalOf(send('PutBucketVersioning', change))).toBe('AccessDenied');
    await send('PutBucketVersioning', { ...change, MFA: s3.mfa.header() });
    expect(await send('GetBucketVersioning', { Bucket: 'guarded' })).toMatchObject({
      Status: 'Suspended',
      MFADelete: 'Disabled',
    });
  });
});

// The SDK of version 1 has neither ExpectedBucketOwner nor conditions of a write.
describe("by the AWS SDK v3 with IBM's tokens", () => {
  const connect = () => sendByV2(makeCosClientV2({ apiKey: 'an-api-key', serviceInstanceId: instance }));

  it('the expected owner of a bucket is ignored', async () => {
    await connect()('PutBucketVersioning', { ...enabled, ExpectedBucketOwner: '111111111111' });
    expect(s3.bucket('vault')).toHaveVersioning('Enabled');
  });

  it('a version is not written if the object is another than the condition says', async () => {
    const send = connect();
    await send('PutBucketVersioning', enabled);
    const { ETag } = await send('PutObject', { ...key, Body: 'first' });
    await send('PutObject', { ...key, Body: 'second' });
    expect(await refusalOf(send('PutObject', { ...key, Body: 'third', IfMatch: ETag }))).toBe('PreconditionFailed');
    await send('PutObject', { ...key, Body: 'third', IfNoneMatch: ETag });
    expect(s3.bucket('vault').versions('report.pdf')).toHaveLength(3);
  });

  it('a token is asked for once, for many calls', async () => {
    const send = connect();
    await send('PutBucketVersioning', enabled);
    await send('GetBucketVersioning', { Bucket: 'vault' });
    expect(s3).toHaveReceivedTimes('CreateIamToken', 1, { apikey: 'an-api-key' });
  });
});
