import { describe, expect, it } from '@jest/globals';
import { startedMocks } from '../support/started-mocks';

const start = startedMocks();

describe('the list of buckets', () => {
  it('throws if it is read by the name of a bucket, and says how a bucket is read', () => {
    const { buckets } = start({ buckets: { vault: {} } });
    expect(() => Reflect.get(buckets, 'vault')).toThrow(
      new TypeError("s3.buckets: it is a list, and has no member 'vault'. Write s3.bucket('vault')."),
    );
    expect(Reflect.get(buckets, 'other')).toBeUndefined();
  });

  it('is a list for everything else, whatever the names of its buckets', () => {
    const s3 = start({ buckets: { vault: {}, map: {}, length: {} } });
    expect(s3.buckets.map(({ name }) => name)).toEqual(['length', 'map', 'vault']);
    expect(Object.keys(s3.buckets)).toEqual(['0', '1', '2']);
    expect(s3.buckets).toEqual([s3.bucket('length'), s3.bucket('map'), s3.bucket('vault')]);
  });
});
