import { CopyObjectCommand, DeleteObjectCommand, PutObjectCommand, S3Client } from '@aws-sdk/client-s3';
import { afterEach, describe, expect, it } from '@jest/globals';
import { type MockS3, type MockS3Options, mockS3 } from '../../src';
import { matchers } from '../../src/testing/matchers';

let s3: MockS3;
afterEach(() => s3.stop());

const now = '2026-03-01T12:00:00Z';
function start(vault: NonNullable<MockS3Options['buckets']>[string], more: MockS3Options = {}) {
  s3 = mockS3({ now, ...more, buckets: { vault, thumbs: {} } });
}

const put = (Key: string, Body = 'first', more: object = {}) =>
  new S3Client({}).send(new PutObjectCommand({ Bucket: 'vault', Key, Body, ...more }));
const copy = (from: string, Key: string, more: object = {}) =>
  new S3Client({}).send(new CopyObjectCommand({ Bucket: 'vault', Key, CopySource: `vault/${from}`, ...more }));
const remove = (Key: string) => new S3Client({}).send(new DeleteObjectCommand({ Bucket: 'vault', Key }));
const messageOf = (matcher: keyof typeof matchers, ...given: readonly unknown[]) =>
  matchers[matcher](s3.bucket('vault'), ...given).message();

describe('lifecycle has left a version', () => {
  const rule = (members: object) =>
    ({ lifecycle: { Rules: [{ Status: 'Enabled', Filter: {}, ...members }] } }) as NonNullable<
      MockS3Options['buckets']
    >[string];
  const monthly = { Expiration: { Days: 30 } };

  it.each([
    ['Disabled', { Status: 'Disabled', ...monthly }, "- rule 1 is Disabled: give it Status: 'Enabled'"],
    [
      'of another prefix',
      { Filter: { Prefix: 'report/' }, ...monthly },
      "- rule 1 does not match: its prefix is 'report/'; 'reports/' would match",
    ],
    [
      'of larger objects',
      { Filter: { ObjectSizeGreaterThan: 500 }, ...monthly },
      '- rule 1 does not match: it selects objects greater than 500 bytes',
    ],
    ['without an expiration', { Transitions: [{ Days: 30, StorageClass: 'GLACIER' }] }, '- rule 1 has no expiration'],
  ])('by a rule that is %s', async (_title, members, reason) => {
    start(rule(members));
    await put('reports/june.pdf');
    s3.clock.advance({ days: 31 });
    const expected = `No lifecycle rule removes 'reports/june.pdf':\n${reason}`;
    expect(messageOf('toHaveObject', 'reports/june.pdf')).toContain(expected);
    expect(messageOf('toHaveVersions', 'reports/june.pdf', [])).toContain(expected);
    expect(messageOf('toHaveDeleteMarker', 'reports/june.pdf')).toContain(expected);
    expect(messageOf('toHaveVersions', 'reports/june.pdf', ['second'])).not.toContain('lifecycle');
  });

  it('until a later day, or since the clock moved before the write', async () => {
    start(rule(monthly));
    await put('early.pdf');
    s3.clock.advance({ days: 3 });
    await put('late.pdf');
    const at = 'the clock of the mock is at 2026-03-04T12:00:00.000Z, and s3.clock.advance moves it.';
    expect(messageOf('toHaveObject', 'early.pdf')).toContain(`the null version expires on 2026-04-01; ${at}\n`);
    expect(messageOf('toHaveObject', 'late.pdf')).toContain(
      `the null version expires on 2026-04-04; ${at} The current version was written after the clock was moved. Move the clock after the write.`,
    );
  });

  it('below a delete marker', async () => {
    start({ versioning: 'Enabled', ...rule(monthly) });
    await put('a.pdf');
    s3.clock.advance({ days: 31 });
    expect(messageOf('toHaveVersions', 'a.pdf', [])).toContain(
      'NoncurrentVersionExpiration: { NoncurrentDays: 1 } beside it removes noncurrent versions',
    );
  });
});

describe('the number of versions', () => {
  it('is one if the bucket has no versioning', async () => {
    start({});
    await put('a.pdf');
    await put('a.pdf', 'second');
    expect(messageOf('toHaveVersions', 'a.pdf', ['first', 'second'])).toContain(
      "Bucket 'vault' has no versioning, so each write replaces the object 'a.pdf'. Set versioning: 'Enabled' in its fixture to keep each write as a version.",
    );
    expect(messageOf('toHaveVersions', 'a.pdf', ['first', 'second', 'third'])).not.toContain('versioning:');
    expect(messageOf('toHaveVersions', 'a.pdf', ['draft', 'first', 'second'])).toContain("Set versioning: 'Enabled'");
  });

  it('grows with a delete', async () => {
    start({ versioning: 'Enabled' });
    await put('a.pdf');
    await remove('a.pdf');
    expect(messageOf('toHaveVersions', 'a.pdf', [])).toContain('To remove a version, delete it with its VersionId.');
  });
});

describe('a copy', () => {
  it('has the tags of its source if the request gives no directive', async () => {
    start({});
    await put('a.pdf', 'first', { Tagging: 'state=draft' });
    await copy('a.pdf', 'b.pdf', { Tagging: 'state=final' });
    const hint = "which S3 ignored: send TaggingDirective: 'REPLACE'";
    expect(messageOf('toHaveObject', 'b.pdf', { tags: { state: 'final' } })).toContain(hint);
    expect(messageOf('toHaveObject', 'b.pdf', { body: 'second' })).not.toContain('ignored');
  });

  it('has no older versions of its source', async () => {
    start({ versioning: 'Enabled' });
    await put('a.pdf');
    await put('a.pdf', 'second');
    await copy('a.pdf', 'b.pdf');
    const hint = "CopyObject copies one version, here of 'vault/a.pdf', and no older ones";
    expect(messageOf('toHaveVersions', 'b.pdf', ['first', 'second'])).toContain(hint);
    expect(messageOf('toHaveVersions', 'a.pdf', ['zero', 'first', 'second'])).not.toContain('copies one version');
    await put('b.pdf', 'third');
    expect(messageOf('toHaveVersions', 'b.pdf', ['first', 'second', 'third'])).not.toContain('copies one version');
  });
});

describe('the members of an object', () => {
  it('have the metadata without its prefix', async () => {
    start({});
    await put('a.pdf', 'first', { Metadata: { author: 'ann' } });
    const hint = "Write { metadata: { author: 'ann' } }.";
    expect(messageOf('toHaveObject', 'a.pdf', { metadata: { 'x-amz-meta-Author': 'ann' } })).toContain(hint);
    expect(messageOf('toHaveObject', 'a.pdf', { metadata: { 'x-amz-meta-author': 'bob' } })).not.toContain('Write {');
  });

  it('have the type that the client sends by itself', async () => {
    start({});
    await put('a.pdf');
    expect(messageOf('toHaveObject', 'a.pdf', { contentType: 'application/pdf' })).toContain(
      "An SDK sends this type with a body if the code sets no type. Set it: headers: { 'content-type': 'application/pdf' } in a request",
    );
    await put('b.pdf', 'first', { ContentType: 'text/css' });
    expect(messageOf('toHaveObject', 'b.pdf', { contentType: 'application/pdf' })).not.toContain('by itself');
  });
});

describe('an object that a handler should have written', () => {
  const LambdaFunctionArn = 'arn:aws:lambda:us-east-1:000000000000:function:thumbnail';
  const FilterRules = [{ Name: 'prefix', Value: 'images/' } as const];
  const configuration = { Id: 'thumbnails', LambdaFunctionArn, Events: ['s3:ObjectCreated:*'] as const };
  const notification = { LambdaFunctionConfigurations: [{ ...configuration, Filter: { Key: { FilterRules } } }] };
  const deliver = { [LambdaFunctionArn]: () => undefined };
  const missing = () => matchers.toHaveObject(s3.bucket('thumbs'), 'cat.jpg').message();

  it('is missing, since the filter left the key out', async () => {
    start({ notification }, { deliver });
    await put('pictures/cat.jpg');
    const why =
      "No handler was called for:\n- PutObject vault/pictures/cat.jpg: filter prefix 'images/' of 'thumbnails' does not match 'pictures/cat.jpg'";
    expect(missing()).toContain(why);
    expect(matchers.toHaveVersions(s3.bucket('thumbs'), 'cat.jpg', ['small']).message()).toContain(why);
    expect(matchers.toHaveDeleteMarker(s3.bucket('thumbs'), 'cat.jpg').message()).toContain(why);
  });

  it('is missing, since a put of a handle sends no event', () => {
    start({ notification }, { deliver });
    s3.bucket('vault').put('images/cat.jpg', 'a cat');
    s3.bucket('vault').put('pictures/cat.jpg', 'a cat');
    expect(missing()).toContain(
      'No handler was called for:\n- vault/images/cat.jpg is from a fixture or a put() of a handle, which send no events: send a request\n\n',
    );
  });

  it('is missing for another reason if the handler was called, or if there is none', async () => {
    start({ notification }, { deliver });
    await put('images/cat.jpg');
    expect(missing()).not.toContain('No handler');
    await s3.stop();
    start({ notification });
    await put('pictures/cat.jpg');
    expect(missing()).not.toContain('No handler');
  });
});
