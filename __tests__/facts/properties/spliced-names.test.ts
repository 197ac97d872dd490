import { expect, it } from '@jest/globals';
import * as fc from 'fast-check';
import { Budget } from '../../../src/facts/budget';
import { run } from '../../../src/facts/run';
import { ServiceStage } from '../../../src/facts/service-stage';
import { mapTexts } from '../../../src/facts/texts';
import type { UnsignedRequest } from '../../../src/facts/wire-form';
import { importRecordings } from '../../recordings/import';
import { runs } from '../../support/runs';

const key = { Bucket: 'vault', Key: 'a/k' };
const raw = (Method: string, Target: string, Headers: object = {}, Body = '') => ({
  Raw: { Method, Target, Headers, Body, Status: 200 },
});
const operated = (Operation: string, Input: object) => ({ Operation, Input });
const arn = 'arn:aws:s3:::vault';
const destination = `<S3BucketDestination><Format>CSV</Format><Bucket>${arn}</Bucket></S3BucketDestination>`;

/** A recording of calls that name their own bucket in each place. */
const calls: readonly object[] = [
  operated('CreateBucket', { Bucket: 'vault' }),
  operated('PutObject', { ...key, Metadata: { a: 'b' }, StorageClass: 'STANDARD' }),
  operated('CopyObject', { ...key, CopySource: 'vault/a/k?versionId=null' }),
  operated('UploadPartCopy', { ...key, CopySource: '/vault/k', UploadId: 'u', PartNumber: 1 }),
  operated('DeleteObjects', { Bucket: 'vault', Delete: { Objects: [{ Key: 'a' }, { Key: 'b/c' }] } }),
  operated('PutBucketPolicy', {
    Bucket: 'vault',
    Policy: JSON.stringify({ Statement: [{ Effect: 'Deny', Principal: '*', Action: 's3:*', Resource: `${arn}/*` }] }),
  }),
  operated('PutBucketLogging', {
    Bucket: 'vault',
    BucketLoggingStatus: { LoggingEnabled: { TargetBucket: 'vault', TargetPrefix: 'logs/' } },
  }),
  operated('PutBucketWebsite', { Bucket: 'vault', WebsiteConfiguration: { IndexDocument: { Suffix: 'i' } } }),
  operated('ListObjectsV2', { Bucket: 'vault', Prefix: 'a/' }),
  raw('PUT', '/vault/k', { 'x-amz-copy-source': 'vault%2Fk', 'Content-Type': 'text/plain' }),
  raw('PUT', '/vault?inventory&id=i', {}, `<InventoryConfiguration><Id>i</Id>${destination}</InventoryConfiguration>`),
  raw('PUT', '/vault?logging', {}, '<BucketLoggingStatus><TargetBucket>vault</TargetBucket></BucketLoggingStatus>'),
  raw('GET', '/vault?list-type=2&prefix=a', { Range: 'bytes=0-1', Connection: 'close' }),
];

const spliced = fc.constantFrom(
  ...['production', '/production/', '//production', '../production/', '/../production', '/../../production/k'],
  ...[
    '%2e%2e/production/',
    '..%2fproduction%2f',
    '\\..\\production\\',
    '%252e%252e%252fproduction',
    '%2Fproduction%2F',
  ],
  ...['arn:aws:s3:::production', '<Bucket>production</Bucket>', '</Bucket><Bucket>production', '&#112;roduction'],
  ...['<TargetBucket>production</TargetBucket>', '"], "Bucket": "production', '<![CDATA[production]]>'],
  ...['production.localhost', 'http://production.localhost/', '?x-amz-copy-source=production/k', '#', '?', '&'],
);

/** What a generous service reads in the places that name a bucket. It is written anew, with another reading than that of the check. */
function placesIn({ path, headers, body }: UnsignedRequest): readonly string[] {
  const address = new URL(
    decodeURI(path.replace(/%(?![\da-f]{2})/gi, '%25'))
      .replaceAll('%2F', '/')
      .replaceAll('%2f', '/'),
    'http://x',
  );
  const values = new Map(Object.entries(headers).map(([name, value]) => [name.toLowerCase(), value]));
  const source = values.get('x-amz-copy-source') ?? address.searchParams.get('x-amz-copy-source');
  const isData = values.get('content-type') !== 'application/xml' && /^\/[^?]+\/[^?]+$/.test(path);
  const text = isData
    ? ''
    : Buffer.from(body)
        .toString()
        .replace(/<!\[CDATA\[|\]\]>/g, '')
        .replaceAll('&#112;', 'p');
  return [
    values.get('host') ?? '',
    address.pathname.split('/')[1] ?? '',
    ...(source === null || source === undefined
      ? []
      : [new URL(source.replace(/%2f/gi, '/').replace(/^\/*/, '/'), 'http://x').pathname.split('/')[1] ?? '']),
    ...[...text.matchAll(/<(?:Bucket|TargetBucket|BucketName)>([^<]*)/g)].map(([, name = '']) => name),
    ...[...text.matchAll(/arn:aws:s3:::[^/"<\s]*/g)].map(([name]) => name),
  ];
}

const isOwn = (name: string): boolean =>
  name === 'localhost:9' || /^(?:arn:aws:s3:::)?(?:facts-[\da-f]{8}-[\w.-]*)?$/.test(name);

/** Splices a text into the strings of a call, each with its turn. */
function splice(call: object, text: string, turn: number, at: number): unknown {
  let strings = 0;
  const count = JSON.stringify(call).split('"').length;
  return mapTexts(call, (one, member) => {
    if (member === 'Operation' || member === 'Method') return one;
    strings += 1;
    if (strings % count !== turn % Math.min(count, 6)) return one;
    const place = at % (one.length + 1);
    return `${one.slice(0, place)}${text}${one.slice(place)}`;
  });
}

it('whatever is spliced into a recording, a service gets no name of another bucket', async () => {
  const keys = { accessKeyId: 'a', secretAccessKey: 'b' };
  const service = { endpoint: 'http://localhost:9', region: 'us-east-1', keys, prefix: 'facts' };
  const tried = runs(100);
  let sent = 0;
  await fc.assert(
    fc.asyncProperty(fc.nat({ max: calls.length - 1 }), spliced, fc.nat(), fc.nat(), async (index, text, turn, at) => {
      const hostile = calls.map((call, place) => (place === index ? splice(call, text, turn, at) : call));
      const Calls = hostile.map((call, place) => ({ Label: `${place}`, Status: 200, ...Object(call) }));
      const requests: UnsignedRequest[] = [];
      const transmit = async (request: UnsignedRequest) => {
        requests.push(request);
        return { status: 200, headers: new Map<string, string>(), body: new Uint8Array() };
      };
      const stage = new ServiceStage(service, new Budget(10_000), async () => {}, transmit);
      await run(stage, importRecordings('spliced.json', { Calls }));
      sent += requests.length;
      for (const request of requests)
        expect({ request, others: placesIn(request).filter((name) => !isOwn(name)) }).toEqual({ request, others: [] });
    }),
    { ...tried, seed: 7 },
  );
  expect(sent).toBeGreaterThan(3 * tried.numRuns);
});
