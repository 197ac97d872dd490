import { describe, expect, it } from '@jest/globals';
import { mockS3 } from 's3-versioning-mock/jest';
import { answered, refusal } from '../../support/objects';
import { send } from '../../support/wire-client';

// F380, F386
describe('a long family', () => {
  const manyIds = (count: number) =>
    Array.from({ length: count }, (_, index) => `id-${String(index).padStart(4, '0')}`);
  const s3 = mockS3({ buckets: { vault: { metrics: manyIds(1000).map((Id) => ({ Id })) } } });
  const put = (id: string) =>
    send({
      method: 'PUT',
      path: `/vault?metrics&id=${id}`,
      body: `<MetricsConfiguration><Id>${id}</Id></MetricsConfiguration>`,
    });
  const idsOf = (text: string) => [...text.matchAll(/<Id>([^<]*)<\/Id>/g)].map(([, id]) => id);
  const tokenOf = (text: string) => /<NextContinuationToken>([^<]*)</.exec(text)?.[1] ?? '';

  it('is listed in pages of 100', async () => {
    const found: (string | undefined)[] = [];
    let token = '';
    for (let page = 1; page <= 10; page += 1) {
      const sent = token;
      const { text } = await send({ path: `/vault?metrics${sent && `&continuation-token=${sent}`}` });
      found.push(...idsOf(text));
      token = tokenOf(text);
      const isLast = page === 10;
      expect(text).toContain(
        `<IsTruncated>${!isLast}</IsTruncated>${sent && `<ContinuationToken>${sent}</ContinuationToken>`}${
          isLast ? '' : `<NextContinuationToken>${token}</NextContinuationToken>`
        }<MetricsConfiguration>`,
      );
      expect(idsOf(text)).toHaveLength(100);
    }
    expect({ found, token }).toEqual({ found: manyIds(1000), token: '' });
  });

  it('refuses the 1,001st id, and replaces one that it has', async () => {
    expect(await answered(put('one-more'))).toEqual(
      refusal(
        400,
        'TooManyConfigurations',
        'You are attempting to create a new configuration but have already reached the 1,000-configuration limit.',
      ),
    );
    expect((await put('id-0007')).status).toBe(204);
    expect(() => s3.createBucket('more', { metrics: manyIds(1001).map((Id) => ({ Id })) })).toThrow(
      "bucket 'more': metrics has 1,001 items; expected 0 to 1000",
    );
  });

  it('does not take the token of another family', async () => {
    const { text } = await send({ path: '/vault?metrics' });
    expect(await answered(send({ path: `/vault?inventory&continuation-token=${tokenOf(text)}` }))).toEqual({
      status: 400,
      text: expect.stringContaining('MalformedContinuationToken'),
    });
  });
});

describe('the option pageSize', () => {
  const s3 = mockS3({ pageSize: 2, buckets: { paged: { metrics: [{ Id: 'a' }, { Id: 'b' }, { Id: 'c' }] } } });

  it('bounds the pages of a family', async () => {
    const { text } = await send({ path: '/paged?metrics' });
    expect(text).toContain('<IsTruncated>true</IsTruncated><NextContinuationToken>');
    expect(text.match(/<Id>/g)).toHaveLength(2);
    expect(s3.requests.at(-1)?.operation).toBe('ListBucketMetricsConfigurations');
  });
});
