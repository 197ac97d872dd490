import { createHash } from 'node:crypto';
import * as sdk from '@aws-sdk/client-s3';
import { getSignedUrl } from '@aws-sdk/s3-request-presigner';
import { expect } from '@jest/globals';
import type { MockControl } from '../../src/mock/create-mock';
import type { MockS3 } from '../../src/mock/mock-s3';
import '../../src/testing/jest';
import { makeScreenScene, send } from '../support/screen-scene';

let control: MockControl;
let s3: MockS3;

const kms = { Rules: [{ ApplyServerSideEncryptionByDefault: { SSEAlgorithm: 'aws:kms' as const } }] };
const shared = {
  Version: '2012-10-17' as const,
  Statement: [
    { Effect: 'Allow' as const, Principal: '*' as const, Action: 's3:GetObject', Resource: 'arn:aws:s3:::site/*' },
  ],
};
const ofTwoParts = '"0123456789abcdef0123456789abcdef-2"';

const { tryAll, restart } = makeScreenScene(
  {
    now: '2026-03-01T12:00:00Z',
    buckets: {
      site: {
        website: { IndexDocument: { Suffix: 'index.html' } },
        publicAccessBlock: null,
        policy: shared,
        objects: {
          'index.html': '<h1>hello</h1>',
          'typed.html': { body: '<p>', contentType: 'application/octet-stream' },
          'big.bin': { body: 'big', etag: ofTwoParts },
        },
      },
      docs: { versioning: 'Enabled', objects: { 'a.html': [{ body: 'one', versionId: 'v1' }] } },
      blobs: { encryption: kms, objects: { 'f.txt': { body: 'text', encryption: 'aws:kms' } } },
    },
  },
  (started) => {
    control = started;
    s3 = started.mock;
  },
);

const typeOf = async (Bucket: string, Key: string, more: object = {}) => {
  const { ContentType } = await send('HeadObject', { Bucket, Key, ...more });
  return ContentType;
};
const tagOf = async (Bucket: string, Key: string) => {
  const { ETag } = await send('HeadObject', { Bucket, Key });
  return String(ETag);
};
const md5 = (text: string) => createHash('md5').update(text).digest('hex');
const guessesNone = 'S3 guesses none from the key: ';
const upload = 'the upload named no type';

tryAll(
  'the type of an object that no request wrote',
  [
    {
      of: 'a page of the fixture, which a website answered',
      async test() {
        const answer = await fetch('http://site.s3-website-us-east-1.amazonaws.com/');
        expect({ type: answer.headers.get('content-type') }).toEqual({ type: 'text/html' });
      },
      says: `GetObject site/index.html answered ContentType: 'binary/octet-stream', because its fixture gives it no other type, and ${guessesNone}write 'index.html': { body: …, contentType: 'text/html' }.`,
    },
    {
      of: 'an object whose fixture names the default type',
      test: async () => expect(await typeOf('site', 'typed.html')).toBe('text/html'),
      says: "because its fixture gives it no other type, and S3 guesses none from the key: write 'typed.html': { body: …, contentType: 'text/html' }.",
    },
    {
      of: 'a page of a restored state, which has more objects than the options had',
      async test() {
        const others = Object.fromEntries(Array.from({ length: 100 }, (_, at) => [`other-${at}`, 'x']));
        s3.restore({ buckets: { restored: { objects: { ...others, 'a.html': '<p>' } } } });
        expect(await typeOf('restored', 'a.html')).toBe('text/html');
      },
      says: 'because its fixture gives it no other type',
    },
    {
      of: 'a version of the fixture below one that a request wrote',
      async test() {
        await send('PutObject', { Bucket: 'docs', Key: 'a.html', Body: 'two' });
        expect(await typeOf('docs', 'a.html', { VersionId: 'v1' })).toBe('text/html');
      },
      says: 'because its fixture gives it no other type',
    },
    {
      of: 'an object that the test has put by a handle',
      async test() {
        s3.bucket('docs').put('b.html', 'text');
        expect(await typeOf('docs', 'b.html')).toBe('text/html');
      },
      says: `because the put() of a handle gave it no other type, and ${guessesNone}write s3.bucket('docs').put('b.html', …, { contentType: 'text/html' }).`,
    },
    {
      of: 'an object that a request wrote',
      async test() {
        await send('PutObject', { Bucket: 'docs', Key: 'c.html', Body: 'text' });
        expect(await typeOf('docs', 'c.html')).toBe('text/html');
      },
      says: `because ${upload}, and ${guessesNone}send ContentType: 'text/html' with it.`,
    },
    {
      of: 'an object that has been replaced since the code read it',
      async test() {
        const type = await typeOf('site', 'index.html');
        await send('PutObject', { Bucket: 'site', Key: 'index.html', Body: 'other' });
        expect(type).toBe('text/html');
      },
      says: `because whoever wrote the object gave it no other type, and ${guessesNone}write ContentType: 'text/html' in a request, contentType: 'text/html' in a fixture.`,
    },
    {
      of: 'a copy of an object of the fixture',
      async test() {
        await send('CopyObject', { Bucket: 'site', Key: 'copy.html', CopySource: 'site/index.html' });
        expect(await typeOf('site', 'copy.html')).toBe('text/html');
      },
      says: `because CopyObject site/copy.html copied the type of its source, and ${guessesNone}give the source that type, or send ContentType: 'text/html' with MetadataDirective: 'REPLACE' and all that the copy should have.`,
    },
    {
      of: 'a page that was written after a copy',
      async test() {
        await send('CopyObject', { Bucket: 'docs', Key: 'copy.html', CopySource: 'site/index.html' });
        await send('PutObject', { Bucket: 'docs', Key: 'copy.html', Body: 'text' });
        expect(await typeOf('docs', 'copy.html')).toBe('text/html');
      },
      says: upload,
    },
    {
      of: 'an object that a hook has written before the test',
      async test() {
        await send('PutObject', { Bucket: 'docs', Key: 'd.html', Body: 'text' });
        s3.requests.clear();
        expect(await typeOf('docs', 'd.html')).toBe('text/html');
      },
      says: upload,
    },
  ],
  [
    {
      of: 'a handle or a fixture, where a hook before all tests has written, perhaps by a request',
      async test() {
        await send('PutObject', { Bucket: 'docs', Key: 'd.html', Body: 'text' });
        control.lifetime.beginTest();
        expect(await typeOf('docs', 'd.html')).toBe('text/html');
      },
      hides: 'gave it no other type, and S3 guesses none from the key: write s3',
    },
    {
      of: 'a handle, where the journal has forgotten the request',
      async test() {
        await restart({ journal: { limit: 1 }, buckets: { docs: {} } });
        await send('PutObject', { Bucket: 'docs', Key: 'd.html', Body: 'text' });
        await send('PutObject', { Bucket: 'docs', Key: 'e.html', Body: 'text' });
        expect(await typeOf('docs', 'd.html')).toBe('text/html');
      },
      hides: 'handle',
    },
    {
      of: 'the fixture, where nobody uploaded',
      test: async () => expect(await typeOf('site', 'index.html')).toBe('text/html'),
      hides: upload,
    },
    {
      of: 'a handle, where a request wrote the object',
      async test() {
        await send('PutObject', { Bucket: 'docs', Key: 'e.html', Body: 'text' });
        expect(await typeOf('docs', 'e.html')).toBe('text/html');
      },
      hides: 'handle',
    },
  ],
);

tryAll(
  'the ETag and the checksum of an object that no request wrote',
  [
    {
      of: 'an ETag of parts that the fixture has',
      test: async () => expect(await tagOf('site', 'big.bin')).toBe(`"${md5('big')}"`),
      says: `The ETag '${ofTwoParts}' is the one that the fixture gives the object, as for an upload in parts, and is not the MD5 of its bytes. Compare the bytes, or leave etag out of it.`,
    },
    {
      of: 'an ETag of parts that the code itself compares',
      async test() {
        if ((await tagOf('site', 'big.bin')) !== `"${md5('big')}"`) throw new Error('the file is damaged');
      },
      says: 'is not the MD5 of its bytes. Where the code compares it with one, compare the bytes, or leave etag out of it.',
    },
    {
      of: 'an ETag that encryption makes, of the fixture',
      async test() {
        const { ETag } = await send('GetObject', { Bucket: 'blobs', Key: 'f.txt' });
        expect(ETag).toBe(`"${md5('text')}"`);
      },
      says: 'since the object is encrypted by KMS. Compare the bytes.',
    },
    {
      of: 'an ETag that encryption makes, of a request',
      async test() {
        const { ETag } = await send('PutObject', { Bucket: 'blobs', Key: 'g.txt', Body: 'text' });
        expect(ETag).toBe(`"${md5('text')}"`);
      },
      says: "Compare the bytes, or a checksum: send ChecksumAlgorithm: 'SHA256' with the write.",
    },
    {
      of: 'a checksum that a fixture cannot have',
      async test() {
        const { ChecksumSHA256 } = (await send('HeadObject', {
          Bucket: 'site',
          Key: 'index.html',
          ChecksumMode: 'ENABLED',
        })) as sdk.HeadObjectOutput;
        expect(ChecksumSHA256).toBe('RBNvo1WzZ4oRRq0W9+hknpT7T8If536DEMBg9hyq/4o=');
      },
      says: "because the object has a CRC64NVME: write it by a PutObject with ChecksumAlgorithm: 'SHA256'.",
    },
  ],
  [
    {
      of: 'the fixture, where a request wrote the parts',
      async test() {
        const Key = 'parts.bin';
        const { UploadId } = await send('CreateMultipartUpload', { Bucket: 'docs', Key });
        const { ETag } = await send('UploadPart', { Bucket: 'docs', Key, UploadId, PartNumber: 1, Body: 'big' });
        const MultipartUpload = { Parts: [{ PartNumber: 1, ETag }] };
        await send('CompleteMultipartUpload', { Bucket: 'docs', Key, UploadId, MultipartUpload });
        expect(await tagOf('docs', Key)).toBe(`"${md5('big')}"`);
      },
      hides: 'leave etag out',
    },
  ],
);

const ofCos = 'https://s3.eu-de.cloud-object-storage.appdomain.cloud';
const cos = (name: string, input: object) =>
  send(name, input, { endpoint: ofCos, region: 'eu-de', forcePathStyle: true });

tryAll(
  'an operation that IBM COS lacks',
  [
    {
      of: 'a bucket policy',
      test: () => cos('PutBucketPolicy', { Bucket: 'docs', Policy: JSON.stringify(shared) }),
      says: "501 NotImplemented: the service has no PUT ?policy, PutBucketPolicy of AWS; IBM COS has no bucket policies. To let everybody read an object, write ACL: 'public-read' in PutObject or PutObjectAcl;",
    },
    {
      of: 'the attributes of an object',
      test: () => cos('GetObjectAttributes', { Bucket: 'docs', Key: 'a.html', ObjectAttributes: ['ETag'] }),
      says: 'the service has no GET ?attributes, GetObjectAttributes of AWS; HeadObject has the ETag',
    },
    {
      of: 'another operation',
      test: () => cos('GetBucketInventoryConfiguration', { Bucket: 'docs', Id: 'i1' }),
      says: 'GetBucketInventoryConfiguration of AWS; IBM COS has no such operation: leave the request out where the code talks to COS',
    },
  ],
  [
    {
      of: 'IBM COS, where the test itself made the failure',
      test() {
        s3.on('PutObject').fail('NotImplemented');
        return cos('PutObject', { Bucket: 'docs', Key: 'x', Body: 'x' });
      },
      hides: 'IBM COS has no',
    },
    {
      of: 'IBM COS, where AWS answers',
      test: () => send('PutBucketPolicy', { Bucket: 'docs', Policy: '{}' }),
      hides: 'IBM COS',
    },
  ],
);

const lock = (more: object = {}) =>
  send('PutObject', { Bucket: 'site', Key: 'index.html', Body: 'new', IfNoneMatch: '*', ...more });
const second =
  "; S3 answers so to each write that comes second: code that should go on then catches error.name === 'PreconditionFailed'. ConditionalRequestConflict, 409, comes only if another request changes the key during the write";

tryAll(
  'a write with IfNoneMatch that came second',
  [
    {
      of: 'code that catches the other error alone',
      async test() {
        try {
          await lock();
        } catch (error) {
          if (!(error instanceof Error) || error.name !== 'ConditionalRequestConflict') throw error;
        }
      },
      says: `'index.html' has an object, and IfNoneMatch: '*' writes only where there is none${second}`,
    },
    {
      of: 'a test that waits for the other error',
      test: () => expect(lock().catch(({ name }: Error) => name)).resolves.toBe('ConditionalRequestConflict'),
      says: second,
    },
  ],
  [
    {
      of: 'code that has caught it',
      async test() {
        const name = await lock().catch((error: Error) => error.name);
        expect(name).toBe('none');
      },
      hides: 'comes second',
    },
    {
      of: 'a failure that the test ordered',
      test() {
        s3.on('PutObject').fail('PreconditionFailed');
        return lock();
      },
      hides: 'comes second',
    },
    {
      of: 'a condition on an ETag',
      test: () => lock({ IfNoneMatch: undefined, IfMatch: '"0123456789abcdef0123456789abcdef"' }),
      hides: 'comes second',
    },
  ],
);

const stream = () => new Blob(['text']).stream();
const putStream = async (headers: Record<string, string> = {}) => {
  const command = new sdk.PutObjectCommand({ Bucket: 'docs', Key: 's.txt' });
  const url = await getSignedUrl(new sdk.S3Client({ region: 'us-east-1' }), command);
  const { status } = await fetch(url, { method: 'PUT', body: stream(), duplex: 'half', headers } as RequestInit);
  if (status !== 200) throw new Error(`answered ${status}`);
};
const wholeBody = ': pass bytes, a text or a Blob, or give the stream to Upload of @aws-sdk/lib-storage';

tryAll(
  'a stream without a length',
  [
    {
      of: 'by fetch',
      test: () => putStream(),
      says: `an upload must give its length in Content-Length; the body came in chunks, as the client sends a stream whose length it does not know${wholeBody}`,
    },
    {
      of: 'by the fetch of deno, which drops the header',
      test: () => putStream({ 'user-agent': 'Deno/2.9.6' }),
      says: `as the client sends a stream, also with a header content-length, which fetch drops${wholeBody}`,
    },
  ],
  [
    {
      of: 'a failure that the test ordered',
      test() {
        s3.on('PutObject').fail('NotImplemented');
        return putStream();
      },
      hides: 'in chunks',
    },
    {
      of: 'another header that S3 does not implement',
      test: () => send('PutObject', { Bucket: 'docs', Key: 'x', Body: 'x', ACL: 'public-read' }),
      hides: 'in chunks',
    },
  ],
);

const sync = async (Bucket: string, Key: string, Body: string) => {
  const head = await send('HeadObject', { Bucket, Key }).catch(() => undefined);
  if (head?.['ETag'] === `"${md5(Body)}"`) return 'unchanged';
  await send('PutObject', { Bucket, Key, Body });
  return 'uploaded';
};
const wroteTheSame = 'PutObject blobs/s.txt wrote the bytes that the object had already. The ETag that HeadObject';

tryAll(
  'code that writes the same bytes again',
  [
    {
      of: 'where the test compares what the code says of it',
      async test() {
        await sync('blobs', 's.txt', 'text');
        expect(await sync('blobs', 's.txt', 'text')).toBe('unchanged');
      },
      says: `${wroteTheSame} blobs/s.txt answered is not the MD5 of the bytes, since the object is encrypted by KMS: where the code compares both, compare a checksum, HeadObject with ChecksumMode: 'ENABLED', or metadata of your own.`,
    },
  ],
  [
    {
      of: 'other bytes',
      async test() {
        await sync('blobs', 's.txt', 'text');
        expect(await sync('blobs', 's.txt', 'new')).toBe('unchanged');
      },
      hides: 'had already',
    },
    {
      of: 'an object that a batch has deleted in between',
      async test() {
        await sync('blobs', 's.txt', 'text');
        const head = await send('HeadObject', { Bucket: 'blobs', Key: 's.txt' });
        await send('DeleteObjects', { Bucket: 'blobs', Delete: { Objects: [{ Key: 's.txt' }] } });
        await send('PutObject', { Bucket: 'blobs', Key: 's.txt', Body: 'text' });
        expect(head['ETag'] === undefined ? 'unchanged' : 'uploaded').toBe('unchanged');
      },
      hides: 'had already',
    },
    {
      of: 'a write before other requests',
      async test() {
        await sync('blobs', 's.txt', 'text');
        const said = await sync('blobs', 's.txt', 'text');
        await send('HeadObject', { Bucket: 'docs', Key: 'a.html' });
        expect(said).toBe('unchanged');
      },
      hides: 'had already',
    },
    {
      of: 'a value of the request',
      async test() {
        await sync('blobs', 's.txt', 'text');
        await sync('blobs', 's.txt', 'text');
        expect('blobs').toBe('docs');
      },
      hides: 'had already',
    },
    {
      of: 'a number',
      async test() {
        await sync('blobs', 's.txt', 'text');
        await sync('blobs', 's.txt', 'text');
        expect(3).toBe(4);
      },
      hides: 'had already',
    },
  ],
);

tryAll(
  'a key that was not there, and that the code has written then',
  [
    {
      of: 'so that the requests are listed',
      async test() {
        const said = await sync('docs', 'n.txt', 'text');
        await send('HeadObject', { Bucket: 'docs', Key: 'a.html' });
        expect(said).toBe('unchanged');
      },
      says: 'The 3 requests of this test:',
    },
  ],
  [
    {
      of: 'if nothing came after the write',
      test: async () => expect(await sync('docs', 'n.txt', 'text')).toBe('unchanged'),
      hides: 'requests of this test:',
    },
    {
      of: 'if it has written another key',
      async test() {
        await send('HeadObject', { Bucket: 'docs', Key: 'n.txt' }).catch(() => undefined);
        expect(await sync('docs', 'a.html', 'text')).toBe('unchanged');
      },
      hides: 'requests of this test:',
    },
  ],
);
