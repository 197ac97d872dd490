import { describe, expect, it } from '@jest/globals';
import { deleteMarker, mockS3 } from 's3-versioning-mock/jest';

const s3 = mockS3({
  buckets: {
    vault: {
      versioning: 'Enabled',
      objects: {
        k: ['first', { body: 'second', annotations: { b: '{"score":0.95}', a: 'Größe' } }, deleteMarker],
      },
    },
  },
});

describe('the annotations of a version', () => {
  it('are those of its fixture, in the order of their names', () => {
    const versions = s3.bucket('vault').versions('k');
    expect(versions.map(({ annotations }) => annotations)).toEqual([
      undefined,
      { a: 'Größe', b: '{"score":0.95}' },
      {},
    ]);
    expect(Object.keys(versions[1]?.annotations ?? {})).toEqual(['a', 'b']);
  });

  it('are given to put, and compared by the matchers of versions', () => {
    s3.bucket('vault').put('k', 'third', { annotations: { a: 'x' } });
    expect(s3.bucket('vault')).toHaveObject('k', { body: 'third', annotations: { a: 'x' } });
    expect(s3.bucket('vault').object('k').annotations).toEqual({ a: 'x' });
  });

  it('are kept by toJSON, by snapshots and by resets', () => {
    const { buckets } = s3.toJSON();
    expect(buckets?.['vault']?.objects).toMatchObject({
      k: [{}, { annotations: { a: 'Größe', b: '{"score":0.95}' } }, {}],
    });
    s3.bucket('vault').put('k', 'third', { annotations: { a: 'x' } });
    const snapshot = s3.snapshot();
    s3.reset();
    expect(s3.bucket('vault').versions('k')).toHaveLength(3);
    s3.restore(snapshot);
    expect(s3.bucket('vault').object('k').annotations).toEqual({ a: 'x' });
  });

  it.each<[annotations: object, message: string]>([
    [['a'], "annotations ['a']; expected an object of texts such as { summary: 'A report.' }"],
    [{ a: 1 }, "annotation 'a' 1; expected text, without half a pair of surrogates"],
    [{ a: '\ud800' }, 'expected text, without half a pair of surrogates'],
    [{ 'a b': 'x' }, "annotation 'a b': S3 refuses it: Your annotation name contains invalid characters"],
    [{ 'aws.a': 'x' }, "annotation 'aws.a': S3 refuses it: Your annotation name contains invalid characters"],
    [{ ['n'.repeat(513)]: 'x' }, 'S3 refuses it: Your annotation name is too long.'],
    [{ a: '' }, "annotation 'a': S3 refuses it: Your proposed upload is smaller than the minimum allowed size"],
    [{ a: 'x'.repeat(1024 * 1024 + 1) }, "annotation 'a': S3 refuses it: Your proposed upload exceeds the maximum"],
    [
      Object.fromEntries(Array.from({ length: 1001 }, (_, index) => [`n${index}`, 'x'])),
      'it has 1,001 annotations; a version has 1,000 at most',
    ],
  ])('are refused by fixtures as S3 refuses them: %p', (annotations, message) => {
    expect(() => s3.bucket('vault').put('k', 'x', { annotations: annotations as Record<string, string> })).toThrow(
      message,
    );
  });

  it("are refused for a customer's key", () => {
    const encryption = { SSECustomerKey: Buffer.alloc(32, 'k') };
    expect(() => s3.bucket('vault').put('k', 'x', { encryption, annotations: { a: 'x' } })).toThrow(
      "bucket 'vault', key 'k': S3 refuses it: The object is encrypted with SSE-C, which does not support annotations.",
    );
    expect(() => s3.bucket('vault').put('k', 'x', { encryption, annotations: {} })).not.toThrow();
  });
});
