import { beforeAll, describe, expect, it } from '@jest/globals';
import { type JestRun, passed, readJestRun } from '../../support/jest-run';
import { libraryProject } from '../../support/library-project';

const project = libraryProject('browsers');

const tests = `
const https = require('node:https');
const AWS = require('aws-sdk');
const { deleteMarker, mockS3 } = require('s3-versioning-mock/jest');

const open = { CORSRules: [{ AllowedOrigins: ['http://localhost'], AllowedMethods: ['GET', 'PUT'], AllowedHeaders: ['*'] }] };
const objects = { 'report.pdf': ['first', deleteMarker] };
const s3 = mockS3({
  buckets: {
    vault: { versioning: 'Enabled', mfaDelete: 'Enabled', objects },
    site: { versioning: 'Enabled', cors: open, objects: { 'a.txt': 'first' } },
    closed: { objects: { 'a.txt': 'first' } },
  },
});
const keys = { accessKeyId: process.env.AWS_ACCESS_KEY_ID, secretAccessKey: process.env.AWS_SECRET_ACCESS_KEY };
const v2 = () => new AWS.S3({ signatureVersion: 'v4', region: 'us-east-1', ...keys });
const ask = (url, { body, ...options } = {}) => new Promise((resolve, reject) => {
  const request = https.request(url, options, async (answer) =>
    resolve([answer.statusCode, Buffer.concat(await answer.toArray()).toString()]));
  request.on('error', reject).end(body);
});
const xhr = (operation, Bucket, body) => new Promise((resolve) => {
  const url = v2().getSignedUrl(operation, { Bucket, Key: 'a.txt' });
  const request = new XMLHttpRequest();
  request.open(operation === 'putObject' ? 'PUT' : 'GET', url);
  request.onload = () => resolve([request.status, request.responseText]);
  request.onerror = () => resolve('refused by the browser');
  request.send(body);
});

test('this is a browser', () => {
  expect(window.document.createElement('p').tagName).toBe('P');
});

test('the SDK v2 is answered: documents, listings and MFA', async () => {
  const VersioningConfiguration = { Status: 'Suspended', MFADelete: 'Enabled' };
  await expect(v2().putBucketVersioning({ Bucket: 'vault', VersioningConfiguration }).promise()).rejects.toThrow('Mfa');
  await v2().putBucketVersioning({ Bucket: 'vault', MFA: s3.mfa.header(), VersioningConfiguration }).promise();
  const { Versions, DeleteMarkers } = await v2().listObjectVersions({ Bucket: 'vault' }).promise();
  expect([Versions.length, DeleteMarkers.length]).toEqual([1, 1]);
  await v2().putObject({ Bucket: 'vault', Key: 'new', Body: 'x', Metadata: { author: 'ann' } }).promise();

  expect(s3).toHaveReceived('PutBucketVersioning', { VersioningConfiguration });
  expect(s3).toHaveRefused('PutBucketVersioning', { Bucket: 'vault' });
  expect(s3.bucket('vault')).toHaveVersioning('Suspended');
  expect(s3.bucket('vault')).toHaveVersions('report.pdf', ['first', deleteMarker]);
  expect(s3.bucket('vault')).toHaveObject('new', { metadata: { author: 'ann' } });
  expect(String(require('node:util').inspect(s3.bucket('vault')))).toContain('report.pdf');
});

test('a form is read', async () => {
  const { url, fields } = v2().createPresignedPost({ Bucket: 'site', Fields: { key: 'form.txt' } });
  const part = ([name, value]) => '--b\\r\\nContent-Disposition: form-data; name="' + name + '"\\r\\n\\r\\n' + value + '\\r\\n';
  const body = [...Object.entries(fields), ['file', 'a file']].map(part).join('') + '--b--\\r\\n';
  const headers = { 'content-type': 'multipart/form-data; boundary=b' };
  expect(await ask(url, { method: 'POST', headers, body })).toEqual([204, '']);
  expect(s3.bucket('site')).toHaveVersions('form.txt', ['a file']);
});

test('a reply takes bytes of the browser and of Node', async () => {
  const url = v2().getSignedUrl('getObject', { Bucket: 'site', Key: 'a.txt' });
  s3.on('GetObject').reply({ status: 200, body: new Uint8Array([104, 105]) }, { times: 1 }).reply({ status: 200, body: Buffer.from('ho') });
  expect([await ask(url), await ask(url)]).toEqual([[200, 'hi'], [200, 'ho']]);
});

test('an XMLHttpRequest is answered by the CORS rules of the bucket, after a preflight', async () => {
  expect(await xhr('getObject', 'site')).toEqual([200, 'first']);
  const [status, text] = await xhr('putObject', 'site', 'second');
  if ('happyDOM' in window) {
    // happy-dom sends a body in chunks, without its length, which S3 refuses.
    expect([status, text]).toEqual([501, expect.stringContaining('Transfer-Encoding')]);
  } else {
    expect([status, text]).toEqual([200, '']);
    expect(s3.bucket('site')).toHaveVersions('a.txt', ['first', 'second']);
  }
  expect(s3.requests.map(({ method }) => method)).toContain('OPTIONS');
});

test('an XMLHttpRequest is refused by a bucket without CORS rules', async () => {
  jest.spyOn(console, 'error').mockImplementation(() => {});
  jest.spyOn(console, 'warn').mockImplementation(() => {});
  expect(await xhr('putObject', 'closed', 'second')).toBe('refused by the browser');
  expect(s3.requests.at(-1)).toMatchObject({ method: 'OPTIONS', status: 403, why: expect.stringContaining('CORS is not enabled') });
});

test('no member of the mock is named undefined', () => {
  expect('undefined' in s3).toBe(false);
});
`;

const withV3 = `
test('the SDK v3 is answered', async () => {
  const { GetBucketVersioningCommand, S3Client } = require('@aws-sdk/client-s3');
  expect(await new S3Client({}).send(new GetBucketVersioningCommand({ Bucket: 'vault' }))).toMatchObject({ Status: 'Enabled' });
});

test('fetch is answered', async () => {
  const url = v2().getSignedUrl('getObject', { Bucket: 'site', Key: 'a.txt' });
  expect(await (await fetch(url)).text()).toBe('first');
});
`;

const withoutV3 = `
test('the SDK v3 does not load', () => {
  expect(() => require('@aws-sdk/client-s3')).toThrow('TextEncoder is not defined');
});
`;

const environments = {
  jsdom: withoutV3,
  'jest-fixed-jsdom': withV3,
  '@happy-dom/jest-environment': withV3,
};

const fileOf = (environment: string) => environment.replaceAll(/\W/g, '-');

describe('in an environment with the globals of a browser', () => {
  let run: JestRun;
  beforeAll(async () => {
    for (const [environment, more] of Object.entries(environments))
      project.write(`${fileOf(environment)}.test.js`, `/** @jest-environment ${environment} */\n${tests}${more}`);
    // jsdom chooses the files that packages have for browsers, unless it is given other conditions.
    const config = { transform: {}, testEnvironmentOptions: { customExportConditions: ['node', 'node-addons'] } };
    run = readJestRun(await project.jest(['--config', JSON.stringify(config), '-i', '--json']));
  });

  it.each([
    ['jsdom', 8],
    ['jest-fixed-jsdom', 9],
    ['@happy-dom/jest-environment', 9],
  ])('such as %s the library answers', (environment, count) => {
    const results = Object.entries(run.tests).filter(([name]) => name.split(':')[0] === fileOf(environment));
    expect(results).toEqual(results.map(([name]) => [name, passed]));
    expect(results).toHaveLength(count);
  });
});
