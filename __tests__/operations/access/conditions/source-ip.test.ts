import { inspect } from 'node:util';
import { describe, expect, it } from '@jest/globals';
import type { MockS3Options } from 's3-versioning-mock';
import { asAnn, holdsFor } from '../../../support/conditions';
import { startedMocks } from '../../../support/started-mocks';

// F485
describe('the option sourceIp', () => {
  const startMock = startedMocks();

  it.each([
    ['203.0.113.7', '203.0.113.0/24'],
    ['2001:db8::7', '2001:db8::/32'],
  ])('%s is aws:SourceIp', async (sourceIp, range) => {
    const mock = startMock({ sourceIp, buckets: { cellar: { objects: { k: 'data' } } } });
    const ask = () => asAnn(mock, { path: '/cellar/k' });
    const question = { bucket: 'cellar', action: 's3:GetObject', ask };
    expect(await holdsFor(mock, { ...question, condition: { IpAddress: { 'aws:SourceIp': range } } })).toBe(true);
    const condition = { IpAddress: { 'aws:SourceIp': ['127.0.0.0/8', '::1'] } };
    expect(await holdsFor(mock, { ...question, condition })).toBe(false);
  });

  it.each(['203.0.113.0/24', '203.0.113', 'localhost', '', 7])('refuses %j', (sourceIp) => {
    const options = { sourceIp } as MockS3Options; // as a caller in JavaScript may write it
    expect(() => startMock(options)).toThrow(
      new TypeError(
        `mockS3: invalid sourceIp ${inspect(sourceIp)}; expected an address, such as '203.0.113.7' or '2001:db8::1', or undefined`,
      ),
    );
  });
});
