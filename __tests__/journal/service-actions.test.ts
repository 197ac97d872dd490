import { inspect } from 'node:util';
import { describe, expect, it } from '@jest/globals';
import { Journal } from '../../src/journal/journal';
import type { ServiceAction } from '../../src/journal/service-actions';
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
    journal.clear();
    expect(journal.serviceActions).toEqual([]);
  });
});
