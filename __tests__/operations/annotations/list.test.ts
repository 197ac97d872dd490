import { describe, expect, it } from '@jest/globals';
import { mockS3 } from 's3-versioning-mock/jest';
import { answerDocument, textOf } from '../../support/documents';
import { answerHead } from '../../support/heads';
import { answered, badArgument, elements, get, noSuchBucket, noSuchKey, refusal } from '../../support/objects';

const s3 = mockS3({
  now: '2026-03-31T07:35:05.678Z',
  buckets: {
    plain: {
      objects: { none: 'data', k: { body: 'data', annotations: { b: '22', a: '1', 'ml.b': '4444', 'ml.a': '333' } } },
    },
  },
});

const list = (query = '', key = 'k') => get(`/plain/${key}?annotation${query}`);
const answer = (content: string) => ({ status: 200, text: answerDocument('ListObjectAnnotationsOutput', content) });
const names = async (query = '') =>
  [...(await list(query)).body.matchAll(/<AnnotationName>(.*?)</g)].map(([, name]) => name);

// Measured: brekkylab/backlot, 2026-09-29.
describe('the list of the annotations of an object that has none (F846)', () => {
  const of = (content: string) => answer(`<Annotations/><Bucket>plain</Bucket><Key>none</Key>${content}`);

  it.each<{ query: string; content: string }>`
    query                                              | content
    ${''}                                              | ${'<AnnotationCount>0</AnnotationCount>'}
    ${'&annotation-prefix=x&max-annotation-results=5'} | ${'<AnnotationPrefix>x</AnnotationPrefix><MaxAnnotationResults>5</MaxAnnotationResults><AnnotationCount>0</AnnotationCount>'}
    ${'&annotation-prefix='}                           | ${'<AnnotationPrefix></AnnotationPrefix><AnnotationCount>0</AnnotationCount>'}
    ${'&max-annotation-results='}                      | ${'<MaxAnnotationResults>1000</MaxAnnotationResults><AnnotationCount>0</AnnotationCount>'}
  `('answers $query with $content', async ({ query, content }) => {
    const { status, text, head } = await list(query, 'none');
    expect({ status, text }).toEqual(of(content));
    expect(head).toEqual(answerHead('Transfer-Encoding: chunked'));
  });
});

describe('a list of annotations', () => {
  it('has their names in order, times, ETags, algorithms and sizes (F846)', async () => {
    const entry = (AnnotationName: string, ETag: string, Size: number) =>
      `<AnnotationEntry>${elements({ AnnotationName, LastModified: '2026-03-31T07:35:05.000Z', ETag: `&quot;${ETag}&quot;`, ChecksumAlgorithm: 'CRC64NVME', Size })}</AnnotationEntry>`;
    expect(await answered(list('&annotation-prefix=ml.'))).toEqual(
      answer(
        `<Annotations>${entry('ml.a', '310dcbbf4cce62f762a2aaa148d556bd', 3)}${entry('ml.b', 'dbc4d84bfcfe2284ba11beffb853a8c4', 4)}</Annotations>${elements({ Bucket: 'plain', Key: 'k', AnnotationPrefix: 'ml.', AnnotationCount: 2 })}`,
      ),
    );
  });

  it('is read page by page with the tokens that it gives out', async () => {
    const first = await list('&max-annotation-results=3');
    const token = textOf('NextContinuationToken', first) ?? '';
    const second = await list(`&max-annotation-results=3&continuation-token=${encodeURIComponent(token)}`);
    expect([first, second].map((page) => textOf('AnnotationCount', page))).toEqual(['3', '1']);
    expect(textOf('ContinuationToken', second)).toBe(token);
    expect(textOf('NextContinuationToken', second)).toBeUndefined();
    expect(textOf('AnnotationName', second)).toBe('ml.b');
  });

  it('is in the order of the bytes of names', async () => {
    s3.bucket('plain').put('k', 'data', { annotations: { '\ufb01': 'x', '\u{20000}': 'x', z: 'x', A: 'x' } });
    expect(await names()).toEqual(['A', 'z', '\ufb01', '\u{20000}']);
  });
});

// Measured: brekkylab/backlot, 2026-09-29.
describe('a list of annotations is refused (F846)', () => {
  const ofRange = (value: string) =>
    badArgument(
      'Argument max-annotation-results must be an integer between 1 and 1000',
      'max-annotation-results',
      value,
    );
  const notANumber = badArgument(
    'Provided max-annotation-results not an integer or within integer range',
    'max-annotation-results',
    'abc',
  );
  const token = badArgument('The continuation token provided is incorrect', 'continuation-token');

  it.each(['0', '00', '-01', '1001'])(
    'with max-annotation-results=%s, before the bucket and the signature',
    async (value) => {
      const query = `?annotation&max-annotation-results=${value}`;
      expect(await answered(get(`/nowhere/k${query}`))).toEqual(ofRange(value));
      expect(await answered(get(`/plain/k${query}`, { Authorization: undefined }))).toEqual(ofRange(value));
    },
  );

  it('with max-annotation-results=abc, and a read of one annotation is not', async () => {
    expect(await answered(get('/nowhere/k?annotation&max-annotation-results=abc&continuation-token=x'))).toEqual(
      notANumber,
    );
    expect((await get('/plain/k?annotation&annotationName=a&max-annotation-results=abc')).body).toBe('1');
  });

  it('with a continuation-token that no page gave out, after the bucket and the key', async () => {
    expect(await answered(list('&continuation-token=garbage'))).toEqual(token);
    expect(await answered(list('&continuation-token='))).toEqual(token);
    expect(await answered(list('&continuation-token=garbage', 'missing'))).toEqual(noSuchKey('missing'));
    expect(await answered(get('/nowhere/k?annotation&continuation-token=garbage'))).toEqual(noSuchBucket('nowhere'));
  });

  it('with a prefix that no name has', async () => {
    expect(await answered(list('&annotation-prefix=a%20b'))).toEqual(
      refusal(400, 'InvalidPrefix', 'The annotation prefix you have provided is not valid.'),
    );
    expect(s3.requests.last()?.why).toContain("annotation-prefix is 'a b'");
  });
});
