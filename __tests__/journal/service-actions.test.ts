import { inspect } from 'node:util';
import { describe, expect, it } from '@jest/globals';
import { Journal } from '../../src/journal/journal';
import { writeLastActions } from '../../src/journal/service-actions';
import type { ServiceAction } from '../../src/model/schedule/service-action';
import { entry, journalOf, known } from './entries';

const expired: ServiceAction = {
  operation: 'S3.EXPIRE.OBJECT',
  action: 'remove',
  bucket: 'vault',
  key: 'a',
  versionId: 'null',
  at: new Date('2026-03-02'),
  rule: 'old',
};
const aborted: ServiceAction = {
  ...expired,
  operation: 'S3.DELETE.UPLOAD',
  action: 'abort',
  versionId: undefined,
  uploadId: 'itbxyxXHYIUaUy6x4FLLHzjWMSNCSTs',
};
const moved: ServiceAction = {
  ...expired,
  operation: 'S3.TRANSITION_SIA.OBJECT',
  action: 'transition',
  versionId: 'v1',
  storageClass: 'STANDARD_IA',
};
const replicated: ServiceAction = {
  ...expired,
  operation: 'S3.REPLICATE.OBJECT',
  action: 'replicate',
  versionId: 'v1',
  part: 'object',
  destination: 'replica',
  result: 'COMPLETED',
  rule: 'all',
};
const put = entry('PutObject', { Bucket: 'vault', Key: 'a' });
const got = entry('GetObject', { Bucket: 'vault', Key: 'a' }, { status: 404 });

describe('the actions of the service itself', () => {
  it('are listed in order, frozen', () => {
    const journal = new Journal(known);
    expect(journal.serviceActions).toEqual([]);
    journal.appendServiceAction(expired);
    journal.appendServiceAction(moved);
    expect(journal.serviceActions).toEqual([expired, moved]);
    expect(Object.isFrozen(journal.serviceActions) && Object.isFrozen(journal.serviceActions[0])).toBe(true);
  });

  it('are not requests: nothing counts them', () => {
    const journal = journalOf([put]);
    journal.appendServiceAction(expired);
    expect(journal).toHaveLength(1);
    expect([...journal]).toEqual([put]);
    expect(journal.last()).toEqual(put);
    journal.expectOnly('PutObject');
    journal.expectLast('PutObject');
    journal.expectTimes('PutObject', 1);
  });

  it('are printed between the requests', () => {
    const journal = new Journal(known);
    journal.appendServiceAction(expired);
    journal.append(put);
    journal.appendServiceAction(aborted);
    journal.appendServiceAction(moved);
    journal.append(got);
    expect(inspect(journal)).toBe(
      [
        '2 requests:',
        "  2026-03-02 00:00  S3.EXPIRE.OBJECT  vault/a  version null, by rule 'old'",
        '  1. 12:00:05.123  PutObject  vault/a  200  aws-sdk-js/3.1169.0',
        "     2026-03-02 00:00  S3.DELETE.UPLOAD  vault/a  upload itbxyxXH…, by rule 'old'",
        "     2026-03-02 00:00  S3.TRANSITION_SIA.OBJECT  vault/a  version v1 to STANDARD_IA, by rule 'old'",
        '  2. 12:00:05.123  GetObject  vault/a  404  aws-sdk-js/3.1169.0',
      ].join('\n'),
    );
  });

  it.each<readonly [line: string, action: Partial<ServiceAction>]>([
    ["version v1 to replica, by rule 'all'", {}],
    ["delete marker v1 to replica, by rule 'all'", { part: 'delete marker' }],
    ["tags of version v1 to replica, by rule 'all'", { part: 'tags' }],
    ["ACL of version v1 to replica, by rule 'all'", { part: 'acl' }],
    ["legal hold of version v1 to replica, by rule 'all'", { part: 'legal hold' }],
    [
      "version v1 to replica, by rule 'all'  FAILED DstBucketNotFound: there is no bucket 'replica'",
      { result: 'FAILED', reason: 'DstBucketNotFound', why: "there is no bucket 'replica'" },
    ],
    [
      "version v1 to replica, by rule 'all'  PENDING: it took longer than the 15 minutes of its rule",
      { result: 'PENDING', why: 'it took longer than the 15 minutes of its rule' },
    ],
  ])('say what was copied, and what became of it: %s', (line, action) => {
    const journal = new Journal(known);
    journal.appendServiceAction({ ...replicated, ...action });
    expect(String(journal).split('\n').at(-1)).toBe(`  2026-03-02 00:00  S3.REPLICATE.OBJECT  vault/a  ${line}`);
  });

  it('of replication are those of a key at the source and at the destination', () => {
    const lines = (bucket: string) => writeLastActions([replicated, expired], bucket, 'a', 6).length;
    expect({ vault: lines('vault'), replica: lines('replica'), other: lines('other') }).toEqual({
      vault: 2,
      replica: 1,
      other: 0,
    });
  });

  it('are printed if no request came; of many, the first', () => {
    const journal = new Journal(known);
    for (let count = 0; count < 23; count += 1) journal.appendServiceAction(expired);
    const lines = String(journal).split('\n');
    expect(lines[0]).toBe('No requests came.');
    expect(lines).toHaveLength(22);
    expect(lines.at(-1)).toBe('  ... and 3 more service actions');
  });

  it('keep their place if older requests are dropped', () => {
    const journal = journalOf([put, put, put], { limit: 2 });
    journal.appendServiceAction(expired);
    journal.append(got);
    expect(String(journal).split('\n').slice(1)).toEqual([
      '  (2 before these)',
      '  3. 12:00:05.123  PutObject  vault/a  200  aws-sdk-js/3.1169.0',
      "     2026-03-02 00:00  S3.EXPIRE.OBJECT  vault/a  version null, by rule 'old'",
      '  4. 12:00:05.123  GetObject  vault/a  404  aws-sdk-js/3.1169.0',
    ]);
  });

  it('are cleared with the requests, and dropped if there are too many', () => {
    const journal = new Journal(known, { limit: 2 });
    for (const action of [expired, moved, aborted]) journal.appendServiceAction(action);
    expect(journal.serviceActions).toEqual([moved, aborted]);
    expect(String(journal).split('\n').slice(0, 2)).toEqual([
      'No requests came.',
      '  (1 older service action dropped; journal: { limit } keeps more)',
    ]);
    journal.clear();
    expect(journal.serviceActions).toEqual([]);
    expect(String(journal)).toBe('No requests came.');
  });
});
