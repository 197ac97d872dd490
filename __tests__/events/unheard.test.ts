import {
  DeleteObjectCommand,
  DeleteObjectsCommand,
  PutObjectCommand,
  PutObjectTaggingCommand,
  S3Client,
} from '@aws-sdk/client-s3';
import { describe, expect, it } from '@jest/globals';
import { matchers } from '../../src/testing/matchers';
import { startedMocks } from '../support/started-mocks';

const start = startedMocks();
const arn = 'arn:aws:lambda:us-east-1:000000000000:function:f';
const client = new S3Client({});

interface Asked {
  readonly Events: readonly string[];
  readonly Filter?: object;
}

/** Starts a mock whose handler is called for what the configuration asks for. */
function makeScene({ Events, Filter }: Asked, versioning: 'Enabled' | undefined = 'Enabled') {
  const LambdaFunctionConfigurations = [{ Id: 'one', LambdaFunctionArn: arn, Events, ...(Filter && { Filter }) }];
  return start({
    buckets: {
      vault: { versioning, objects: { a: '1' }, notification: { LambdaFunctionConfigurations } as never },
      small: {},
    },
    deliver: { [arn]: () => undefined },
  });
}

function messageOf(s3: ReturnType<typeof start>): string {
  return matchers.toHaveObject(s3.bucket('small'), 'a').message();
}

const ofFilter = (Name: string, Value: string): Asked => ({
  Events: ['s3:ObjectCreated:*'],
  Filter: { Key: { FilterRules: [{ Name, Value }] } },
});

describe('the matchers of objects say why no handler was called', () => {
  it.each<[name: string, asked: Asked, command: object, line: string]>([
    [
      'for a delete marker',
      { Events: ['s3:ObjectRemoved:Delete'] },
      new DeleteObjectCommand({ Bucket: 'vault', Key: 'a' }),
      'DeleteObject vault/a made a delete marker, whose event is ObjectRemoved:DeleteMarkerCreated; the configuration asks for ObjectRemoved:Delete: write s3:ObjectRemoved:*',
    ],
    [
      'for a delete marker of a batch',
      { Events: ['s3:ObjectRemoved:Delete'] },
      new DeleteObjectsCommand({ Bucket: 'vault', Delete: { Objects: [{ Key: 'a' }] } }),
      "DeleteObjects vault with 'a' made a delete marker, whose event is ObjectRemoved:DeleteMarkerCreated; the configuration asks for ObjectRemoved:Delete: write s3:ObjectRemoved:*",
    ],
    [
      'for the removal of a version',
      { Events: ['s3:ObjectRemoved:DeleteMarkerCreated'] },
      new DeleteObjectCommand({ Bucket: 'vault', Key: 'b', VersionId: 'null' }),
      'DeleteObject vault/b removed a version, whose event is ObjectRemoved:Delete; the configuration asks for ObjectRemoved:DeleteMarkerCreated: write s3:ObjectRemoved:*',
    ],
    [
      'for another way to write',
      { Events: ['s3:ObjectCreated:Copy'] },
      new PutObjectCommand({ Bucket: 'vault', Key: 'b', Body: '1' }),
      'PutObject vault/b wrote an object, whose event is ObjectCreated:Put; the configuration asks for ObjectCreated:Copy: write s3:ObjectCreated:*',
    ],
    [
      'for another change of tags',
      { Events: ['s3:ObjectTagging:Delete'] },
      new PutObjectTaggingCommand({ Bucket: 'vault', Key: 'a', Tagging: { TagSet: [] } }),
      'PutObjectTagging vault/a came, whose event is ObjectTagging:Put; the configuration asks for ObjectTagging:Delete: write s3:ObjectTagging:*',
    ],
    [
      'because of a prefix in another case',
      ofFilter('prefix', 'Logs/'),
      new PutObjectCommand({ Bucket: 'vault', Key: 'logs/a', Body: '1' }),
      "PutObject vault/logs/a: filter prefix 'Logs/' of 'one' does not match 'logs/a': filters distinguish upper and lower case, so write 'logs/', or add a configuration for it",
    ],
    [
      'because of a suffix in another case',
      ofFilter('suffix', '.JPG'),
      new PutObjectCommand({ Bucket: 'vault', Key: 'a.jpg', Body: '1' }),
      "PutObject vault/a.jpg: filter suffix '.JPG' of 'one' does not match 'a.jpg': filters distinguish upper and lower case, so write '.jpg', or add a configuration for it",
    ],
    [
      'because of a slash',
      ofFilter('prefix', '/logs/'),
      new PutObjectCommand({ Bucket: 'vault', Key: 'logs/a', Body: '1' }),
      "PutObject vault/logs/a: filter prefix '/logs/' of 'one' does not match 'logs/a': keys begin without a slash, so write 'logs/'",
    ],
    [
      'because of a wildcard',
      ofFilter('suffix', '*.jpg'),
      new PutObjectCommand({ Bucket: 'vault', Key: 'a.jpg', Body: '1' }),
      "PutObject vault/a.jpg: filter suffix '*.jpg' of 'one' does not match 'a.jpg': filters have no wildcards, so write '.jpg'",
    ],
  ])('%s', async (_name, asked, command, line) => {
    const s3 = makeScene(asked);
    await client.send(command as PutObjectCommand); // the commands of the table
    await s3.events.settled();
    expect(messageOf(s3)).toContain(`No handler was called for:\n- ${line}\n\n`);
  });

  it('for what lifecycle ended', async () => {
    const s3 = makeScene({ Events: ['s3:ObjectRemoved:*'] }, undefined);
    s3.bucket('vault').lifecycle = { Rules: [{ Status: 'Enabled', Filter: {}, Expiration: { Days: 1 } }] };
    s3.clock.advance({ days: 3 });
    await s3.events.settled();
    expect(messageOf(s3)).toContain(
      '- lifecycle ended vault/a, whose event is LifecycleExpiration:*; the configuration asks for ObjectRemoved:*: write s3:LifecycleExpiration:*',
    );
  });

  it('if the matcher is negated', async () => {
    const s3 = makeScene({ Events: ['s3:ObjectRemoved:Delete'] });
    s3.bucket('small').put('a', '1');
    await client.send(new DeleteObjectCommand({ Bucket: 'vault', Key: 'a' }));
    expect(messageOf(s3)).toContain('write s3:ObjectRemoved:*');
  });
});
