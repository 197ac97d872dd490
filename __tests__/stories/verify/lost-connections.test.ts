import { describe, expect, it } from '@jest/globals';
import AwsS3 from 'aws-sdk/clients/s3';
import { type MockS3, mockS3 } from 's3-versioning-mock/jest';
import { clients } from '../../support/clients';
import type { StoryClient } from '../../support/clients/story-client';

const s3 = mockS3({
  buckets: { vault: { versioning: 'Enabled', objects: { 'report.pdf': 'x'.repeat(100_000) } } },
});

interface Call {
  readonly answer: string;
  /** The bytes of the body after which the connection is lost. Default: half of them. */
  readonly after?: number;
  readonly operation: Parameters<MockS3['on']>[0];
  readonly send: (client: StoryClient) => Promise<unknown>;
}

const calls: readonly Call[] = [
  { answer: 'a document', operation: 'GetBucketVersioning', send: (client) => client.getVersioning('vault') },
  { answer: 'an object', operation: 'GetObject', send: (client) => client.getObject('vault', 'report.pdf') },
  {
    answer: 'an object, after 70,000 bytes',
    after: 70_000,
    operation: 'GetObject',
    send: (client) => client.getObject('vault', 'report.pdf'),
  },
  { answer: 'an answer to HEAD', operation: 'HeadBucket', send: (client) => client.headBucket('vault') },
  { answer: 'an answer without a body', operation: 'PutObject', send: (client) => client.putObject('vault', 'a', 'b') },
];

/** The clients that send a call again if its connection is lost. */
const retrying = /^(?:SDK v3|aws-sdk 2|ibm-cos-sdk)/;

const kinds = clients.filter(({ dialects }) => dialects.includes('aws'));

describe.each(kinds.map((kind) => [kind.name, kind] as const))('%s', (name, kind) => {
  it.each(calls)('retries or fails if the connection is lost during $answer', async ({ after, operation, send }) => {
    const client = kind.open({ dialect: 'aws', credentials: s3.account.credentials });
    s3.on(operation).disconnect({ when: 'during', after, times: 1 });
    // SDK v3 hands the body out before its end.
    const isRetried = retrying.test(name) && !(name.startsWith('SDK v3') && operation === 'GetObject');
    const succeeds = await send(client).then(
      () => true,
      () => false,
    );
    expect({ succeeds, requests: s3.requests.of(operation).length }).toEqual(
      isRetried ? { succeeds: true, requests: 2 } : { succeeds: false, requests: 1 },
    );
    await send(client);
    await client.close?.();
  });
});

it.each(['before', 'during', 'after'] as const)(
  'SDK v2 retries over a port if the connection is lost %s',
  async (when) => {
    const { url } = await s3.listen();
    const { credentials } = s3.account;
    const client = new AwsS3({ endpoint: url, s3ForcePathStyle: true, credentials, retryDelayOptions: { base: 1 } });
    s3.on('GetObject').disconnect({ when, times: 1 });
    const { ContentLength } = await client.getObject({ Bucket: 'vault', Key: 'report.pdf' }).promise();
    expect({ ContentLength, requests: s3.requests.of('GetObject').length }).toEqual({
      ContentLength: 100_000,
      requests: 2,
    });
  },
);
