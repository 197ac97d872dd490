import { describe, expect, it } from '@jest/globals';
import { mockS3 } from 's3-versioning-mock/jest';
import type { FailureCode } from '../../../src';
import { failureNames } from '../../../src/refusals/failures';
import { cosHost } from '../../support/clients/story-client';
import { get } from '../../support/objects';
import { rowsOfColumn } from '../../support/runs';

const s3 = mockS3({ buckets: { vault: {} } });

const hosts = ['s3.amazonaws.com', cosHost];
const codes = failureNames.filter((name) => !name.startsWith('BXNIM') && !name.startsWith('Iam'));

/** `npm test` asks for each code in one of the dialects. */
describe.each(hosts)('at %s', (host) => {
  it.each(rowsOfColumn(codes, hosts.indexOf(host), hosts.length))('%s has a status and a message', async (name) => {
    s3.on('GetObject').fail(name as FailureCode); // the names are those of the type
    const { status } = await get('/vault/a', {}, { host });
    expect(status).toBeGreaterThanOrEqual(300);
    expect(s3.requests.last()?.error?.code).toMatch(/^[A-Z][\w.]+$/);
    expect(s3.requests.last()?.error?.message).not.toMatch(/undefined|s3-versioning-mock/);
  });
});
