import {
  CreateMultipartUploadCommand,
  DeleteObjectCommand,
  DeleteObjectsCommand,
  GetObjectCommand,
  HeadObjectCommand,
  ListObjectsV2Command,
  PutObjectCommand,
  S3Client,
} from '@aws-sdk/client-s3';
import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { mockS3 } from '../../src';
import { createMock } from '../../src/faces/engine';
import type { MockControl } from '../../src/mock/create-mock';
import { screenOf } from '../support/failed-tests';

let control: MockControl;
beforeEach(() => {
  control = createMock({ buckets: { vault: { objects: { a: 'first' } }, other: { objects: { a: 'first' } } } }, mockS3);
  control.lifetime.start();
});
afterEach(async () => {
  await control.mock.stop();
  control.lifetime.restoreEnvironment();
});

const client = () => new S3Client({});
const object = { Bucket: 'vault', Key: 'a' };
const Delete = { Objects: [{ Key: 'a' }] };
const screen = () => screenOf(control);

describe('a rule that no request met', () => {
  it('names the kindred requests that came, in unusedRules and on the screen of a failed test', async () => {
    control.mock.on('DeleteObject').fail('SlowDown');
    await client().send(new DeleteObjectsCommand({ Bucket: 'vault', Delete }));
    const note =
      'no DeleteObject came, which deletes one key, but DeleteObjects (1 request), which deletes up to 1,000 keys';
    expect(control.mock.unusedRules()).toEqual([
      { operation: 'DeleteObject', input: undefined, text: "on('DeleteObject').fail('SlowDown')", note },
    ]);
    expect(screen()).toBe(`Rules that no request met:\n  on('DeleteObject').fail('SlowDown'): ${note}`);
  });

  it('names the bucket that it may mean, if the one that it names is not there', () => {
    control.mock.on('PutObject', { Bucket: 'vautls' }).fail('SlowDown');
    control.mock.outage({ bucket: 'elsewhere' });
    expect(control.mock.unusedRules().map(({ note }) => note)).toEqual([
      "there is no bucket 'vautls'. Did you mean vault?",
      undefined,
    ]);
  });

  it.each([
    ['PutObject', new CreateMultipartUploadCommand(object), 'CreateMultipartUpload'],
    ['CompleteMultipartUpload', new PutObjectCommand({ ...object, Body: 'b' }), 'PutObject'],
    ['ListObjects', new ListObjectsV2Command({ Bucket: 'vault' }), 'ListObjectsV2'],
    ['HeadObject', new GetObjectCommand(object), 'GetObject'],
    ['GetObject', new HeadObjectCommand(object), 'HeadObject'],
  ] as const)('of %s names it', async (operation, command, sent) => {
    control.mock.on(operation, { Bucket: 'vault' }).fail('SlowDown');
    await client().send(command as GetObjectCommand);
    expect(control.mock.unusedRules()[0]?.note).toContain(`but ${sent} (1 request), which `);
  });

  it.each<[string, object, readonly (GetObjectCommand | DeleteObjectCommand | HeadObjectCommand)[]]>([
    ['to another bucket', object, [new HeadObjectCommand({ ...object, Bucket: 'other' })]],
    ['of another key', { ...object, Key: 'b' }, [new HeadObjectCommand(object)]],
    ['beside one of the operation', { Key: 'b' }, [new GetObjectCommand(object), new HeadObjectCommand(object)]],
    ['of another kind', object, [new DeleteObjectCommand(object)]],
  ])('has no note of requests %s', async (_what, input, commands) => {
    control.mock.on('GetObject', input).fail('SlowDown');
    for (const command of commands) await client().send(command as GetObjectCommand);
    expect(control.mock.unusedRules()).toEqual([expect.not.objectContaining({ note: expect.anything() })]);
    expect(screen()).toMatch(
      /: no GetObject request came$|: no request matched; the nearest, GetObject vault\/a, differs in Key/,
    );
  });
});
