import { describe, expect, it } from '@jest/globals';
import type { RequestEntry } from '../../src/journal/entry';
import { traceRequest } from '../../src/journal/entry-text';
import { traceServiceAction } from '../../src/journal/service-actions';
import type { ServiceAction } from '../../src/model/schedule/service-action';
import { entry, refused } from './entries';

const named = { Bucket: 'vault', Key: 'a' };
const point = { Name: 'reports', AccountId: '000000000000' };
const assumed = { RoleArn: 'arn:aws:iam::000000000000:role/job' };
const token = { WebIdentityToken: 'x' };
const lost = { kind: 'disconnect', what: 'connection lost before any answer', applied: false };
const delayed = { kind: 'delay', what: 'delayed by 5 s', applied: true };
const presigned = { url: 'https://vault.s3.amazonaws.com/a?torrent&X-Amz-Signature=abc', bucket: 'vault', key: 'a' };
const batch = { why: 'a: it is locked' };
const slow = refused(503, 'SlowDown', 'Please wait');
const failed = { kind: 'fail', what: 'failed with SlowDown', applied: false } as const;
const denied = refused(403, 'AccessDenied', 'Access Denied', 'first\u2028second');

describe('the line of a request', () => {
  it.each<[line: string, request: RequestEntry]>([
    ['200  GetBucketVersioning  vault', entry('GetBucketVersioning', { Bucket: 'vault' })],
    ['200  ListBuckets', entry('ListBuckets')],
    ['200  GetObject  vault/a  (v1)', entry('GetObject', { ...named, VersionId: 'v1' })],
    ['403  PutObject  vault/a  AccessDenied: first\\u{2028}second', entry('PutObject', named, denied)],
    [
      '404  PutObject  vault/a  NoSuchKey: It is gone',
      entry('PutObject', named, refused(404, 'NoSuchKey', 'It is gone')),
    ],
    ['307  PutObject  vault/a  Redirect', entry('PutObject', named, refused(307, 'Redirect', ''))],
    [
      'no answer  PutObject  vault/a  on purpose: connection lost before any answer',
      entry('PutObject', named, { status: 0, failure: lost }),
    ],
    [
      '503  PutObject  vault/a  SlowDown: Please wait (on purpose: failed with SlowDown)',
      entry('PutObject', named, { ...slow, failure: failed }),
    ],
    ['200  PutObject  vault/a  on purpose: delayed by 5 s', entry('PutObject', named, { failure: delayed })],
    ['200  DeleteObjects  vault  a: it is locked', entry('DeleteObjects', { Bucket: 'vault' }, batch)],
    [
      '400  PUT https://vault.s3.amazonaws.com/a?torrent&X-Amz-Signature=<signature>',
      entry(undefined, {}, { status: 400, ...presigned }),
    ],
    [
      "200  GetAccessPoint  { Name: 'reports', AccountId: '000000000000' }",
      entry('GetAccessPoint', point, { service: 's3-control' }),
    ],
    [
      "200  AssumeRole  { RoleArn: 'arn:aws:iam::000000000000:role/job' }",
      entry('AssumeRole', assumed, { service: 'sts' }),
    ],
    ["200  AssumeRoot  { WebIdentityToken: '<token>' }", entry('AssumeRoot', token, { service: 'sts' })],
    ['200  GetCallerIdentity', entry('GetCallerIdentity', {}, { service: 'sts' })],
    [
      '200  PutObject  vault/a\\u{202e}b\\u{d800}c\\n',
      entry('PutObject', { Bucket: 'vault', Key: 'a\u202eb\ud800c\n' }),
    ],
    [
      '400  PutObject  vault/a  Bug: TypeError: x\n  at\\tput\n  at two\n  at three',
      entry('PutObject', named, refused(400, 'Bug', '', 'TypeError: x\nat\tput\nat two\nat three\nat four')),
    ],
  ])('is %s', (line, request) => {
    expect(traceRequest(request)).toBe(line);
  });
});

describe('the line of an action of S3 itself', () => {
  it('has its time, its name, the version and the rule', () => {
    const action: ServiceAction = {
      operation: 'S3.EXPIRE.OBJECT',
      action: 'expire',
      bucket: 'vault',
      key: 'a\u009bb',
      versionId: 'null',
      at: new Date('2026-02-03T00:00:00Z'),
      rule: 'old',
    };
    expect(traceServiceAction(action)).toBe(
      "2026-02-03 00:00  S3.EXPIRE.OBJECT  vault/a\\u{9b}b  version null, by rule 'old'",
    );
  });
});
