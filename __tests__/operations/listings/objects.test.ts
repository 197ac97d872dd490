import { describe, expect, it } from '@jest/globals';
import { mockS3 } from 's3-versioning-mock/jest';
import { cosHost } from '../../support/clients/story-client';
import { answerDocument, textOf, textsOf } from '../../support/documents';
import { documentHead } from '../../support/heads';
import { answered, badArgument, elements, get, noSuchBucket, put, refusal, threeStates } from '../../support/objects';

const s3 = mockS3(threeStates);

const list = (query = '', headers = {}) => get(`/plain${query}`, headers);

const keysOf = (answer: { readonly body: string }) => textsOf('Key', answer);
const prefixesOf = (answer: { readonly body: string }) =>
  textsOf('CommonPrefixes', answer).map((content) => content.replace(/<\/?Prefix>/g, ''));

async function fill(...keys: readonly string[]): Promise<void> {
  for (const key of keys) await put(`/plain/${encodeURIComponent(key)}`);
}

const versions = ['', '?list-type=2'];
const and = (query: string, more: string) => `${query}${query === '' ? '?' : '&'}${more}`;

const owner = () => `<Owner><ID>${s3.account.canonicalId}</ID></Owner>`;
const contents = (key: string, ownerElement = '') =>
  `<Contents><Key>${key}</Key><LastModified>2026-03-31T07:35:05.000Z</LastModified><ETag>&quot;8d777f385d3dfec8815d20f7496026dc&quot;</ETag><ChecksumAlgorithm>CRC64NVME</ChecksumAlgorithm><ChecksumType>FULL_OBJECT</ChecksumType><Size>4</Size>${ownerElement}<StorageClass>STANDARD</StorageClass></Contents>`;
const answer = (content: string) => answerDocument('ListBucketResult', content);

// The order: versity/versitygw#788 and #2007; brekkylab/backlot, measured 2026-09. F67
describe('GET of a bucket', () => {
  it('version 1 returns a marker, and the owner of each object', async () => {
    await fill('k');
    const { status, head, text } = await list();
    expect(status).toBe(200);
    expect(head).toEqual(documentHead('x-amz-bucket-region: us-east-1'));
    expect(text).toBe(
      answer(
        `<Name>plain</Name><Prefix></Prefix><Marker></Marker><MaxKeys>1000</MaxKeys><IsTruncated>false</IsTruncated>${contents('k', owner())}`,
      ),
    );
  });

  it('version 2 returns the number of keys, and no owner', async () => {
    await fill('k');
    expect((await list('?list-type=2')).text).toBe(
      answer(
        `<Name>plain</Name><Prefix></Prefix><KeyCount>1</KeyCount><MaxKeys>1000</MaxKeys><IsTruncated>false</IsTruncated>${contents('k')}`,
      ),
    );
  });

  it("returns all parameters of the request, in S3's order", async () => {
    await fill('a/1', 'a/2', 'a/b/3', 'a/c');
    const query = 'prefix=a/&delimiter=/&encoding-type=url&max-keys=2';
    const rest = `<MaxKeys>2</MaxKeys><Delimiter>/</Delimiter><EncodingType>url</EncodingType><IsTruncated>true</IsTruncated>`;
    const rolled = '<CommonPrefixes><Prefix>a/b/</Prefix></CommonPrefixes>';
    expect((await list(`?${query}&marker=a/1`)).text).toBe(
      answer(
        `<Name>plain</Name><Prefix>a/</Prefix><Marker>a/1</Marker><NextMarker>a/b/</NextMarker>${rest}${contents('a/2', owner())}${rolled}`,
      ),
    );
    const { text } = await list(`?list-type=2&${query}&start-after=a/1`);
    const token = textOf('NextContinuationToken', { body: text }) ?? '';
    expect(text).toBe(
      answer(
        `<Name>plain</Name><Prefix>a/</Prefix><StartAfter>a/1</StartAfter><NextContinuationToken>${token}</NextContinuationToken><KeyCount>2</KeyCount>${rest}${contents('a/2')}${rolled}`,
      ),
    );
    expect((await list(`?list-type=2&${query}&start-after=zzz&continuation-token=${token}`)).text).toBe(
      answer(
        `<Name>plain</Name><Prefix>a/</Prefix><ContinuationToken>${token}</ContinuationToken><KeyCount>1</KeyCount>${rest.replace('true', 'false')}${contents('a/c')}`,
      ),
    );
  });

  it.each(['1', '0', '3', 'bogus', ''])('list-type %j is version 1', async (type) => {
    expect(await answered(list(`?list-type=${type}`))).toEqual(await answered(list()));
  });

  it('reads the first value of a repeated parameter', async () => {
    await fill('a', 'zz');
    expect(keysOf(await list('?prefix=a&prefix=zz'))).toEqual(['a']);
    expect((await list('?list-type=1&list-type=2')).body).toContain('<Marker>');
    expect((await list('?list-type=2&list-type=1')).body).toContain('<KeyCount>');
  });

  it.each([
    ['true', true],
    ['TRUE', false],
    ['false', false],
    ['1', false],
    ['', false],
  ])('fetch-owner=%s returns the owner: %s', async (value, told) => {
    await fill('k');
    expect((await list(`?list-type=2&fetch-owner=${value}`)).body.includes(contents('k', owner()))).toBe(told);
  });

  it('returns the storage class, the size and the ETag of the current version', async () => {
    await put('/vault/k', 'old');
    await put('/vault/k', 'v1', { 'x-amz-storage-class': 'STANDARD_IA', 'x-amz-checksum-crc32': 'aWLMtQ==' });
    const { body } = await get('/vault');
    expect(['Size', 'ETag', 'StorageClass', 'ChecksumAlgorithm'].map((name) => textsOf(name, { body }))).toEqual([
      ['2'],
      ['&quot;6654c734ccab8f440ff0825eb443dc7f&quot;'],
      ['STANDARD_IA'],
      ['CRC32'],
    ]);
  });
});

describe.each(versions)('a listing of objects (%s)', (query) => {
  it('is empty if the bucket is empty', async () => {
    expect((await list(query)).body).toContain('<IsTruncated>false</IsTruncated></ListBucketResult>');
  });

  it.each([
    ['prefix=b/&delimiter=/', ['b/1', 'b/2'], ['b/c/']],
    ['delimiter=', ['a', 'b/1', 'b/2', 'b/c/3', 'd'], []],
    ['prefix=', ['a', 'b/1', 'b/2', 'b/c/3', 'd'], []],
  ])('is limited by %s', async (parameters, keys, prefixes) => {
    await fill('a', 'b/1', 'b/2', 'b/c/3', 'd');
    const cut = await list(and(query, parameters));
    expect({ keys: keysOf(cut), prefixes: prefixesOf(cut) }).toEqual({ keys, prefixes });
    expect(cut.body.includes('<Delimiter>')).toBe(/delimiter=./.test(parameters));
  });

  it.each([
    ['max-keys=', '1000', 3, 'false'],
    ['max-keys=2', '2', 2, 'true'],
    ['max-keys=3', '3', 3, 'false'],
    ['max-keys=0', '0', 0, 'false'],
    ['max-keys=-0', '0', 0, 'false'],
    ['max-keys=05', '5', 3, 'false'],
    ['max-keys=1001', '1001', 3, 'false'],
    ['max-keys=2147483647', '2147483647', 3, 'false'],
  ])('%s returns MaxKeys %s and %i keys', async (parameters, told, count, truncated) => {
    await fill('a', 'b', 'c');
    const page = await list(and(query, parameters));
    expect({
      maxKeys: textOf('MaxKeys', page),
      keys: keysOf(page).length,
      isTruncated: textOf('IsTruncated', page),
    }).toEqual({
      maxKeys: told,
      keys: count,
      isTruncated: truncated,
    });
    expect(page.body.includes('<KeyCount>')).toBe(query !== '');
  });

  it.each(['abc', '1.5', '%205', '2147483648', '-2147483649'])(
    'refuses max-keys=%s before it checks the caller and the bucket',
    async (value) => {
      const expected = badArgument(
        'Provided max-keys not an integer or within integer range',
        'max-keys',
        decodeURIComponent(value),
      );
      expect(await answered(list(and(query, `max-keys=${value}`)))).toEqual(expected);
      expect(await answered(get(`/missing${and(query, `max-keys=${value}`)}`, { Authorization: 'AWS bad' }))).toEqual(
        expected,
      );
    },
  );

  it.each([
    ['-1', '-1'],
    ['-01', '-1'],
    ['-2147483648', '-2147483648'],
  ])('refuses max-keys=%s after it checks the bucket', async (value, told) => {
    expect(await answered(list(and(query, `max-keys=${value}`)))).toEqual(
      badArgument('Argument maxKeys must be an integer between 0 and 2147483647', 'maxKeys', told),
    );
    expect(await answered(get(`/missing${and(query, `max-keys=${value}`)}`))).toEqual(noSuchBucket('missing'));
  });

  it.each(['bogus', '', 'url%20'])(
    'refuses encoding-type=%s after the bucket, and before a negative max-keys',
    async (value) => {
      const expected = badArgument(
        'Invalid Encoding Method specified in Request',
        'encoding-type',
        decodeURIComponent(value),
      );
      expect(await answered(list(and(query, `encoding-type=${value}&max-keys=-1`)))).toEqual(expected);
      expect(await answered(get(`/missing${and(query, `encoding-type=${value}`)}`))).toEqual(noSuchBucket('missing'));
    },
  );

  it('refuses a null character', async () => {
    const message = 'Value must be a sequence of Unicode characters and cannot include Null.';
    expect(await answered(list(and(query, 'prefix=a%00')))).toEqual(badArgument(message, 'prefix', 'a&#0;'));
    const start = query === '' ? 'marker' : 'start-after';
    expect(await answered(list(and(query, `${start}=a%00`)))).toEqual(badArgument(message, start, 'a&#0;'));
    expect(await answered(list(and(query, 'delimiter=%00')))).toEqual(
      refusal(500, 'InternalError', 'We encountered an internal error. Please try again.'),
    );
    expect(s3.requests.last()?.why).toContain("delimiter is '\\u{0}'");
    expect((await list(and(query, 'prefix=%00&max-keys=-1'))).text).toContain('<ArgumentName>maxKeys</ArgumentName>');
  });
});

// Measured: brekkylab/backlot, 2026-09-14. F67
describe('a parameter of the other version', () => {
  it.each([
    ['?start-after=a', 'startAfter only supported in REST.GET.BUCKET with list-type=2', 'start-after'],
    ['?start-after=', 'startAfter only supported in REST.GET.BUCKET with list-type=2', 'start-after'],
    [
      '?start-after=a&continuation-token=b',
      'continuation-token only supported in REST.GET.BUCKET with list-type=2',
      'continuation-token',
    ],
    ['?list-type=2&marker=a', 'Marker unsupported with REST.GET.BUCKET in list-type=2', 'marker'],
    ['?list-type=2&marker=', 'Marker unsupported with REST.GET.BUCKET in list-type=2', 'marker'],
  ])('%s is refused before the caller and the bucket are checked', async (query, message, name) => {
    expect(await answered(list(query))).toEqual(badArgument(message, name));
    expect(s3.requests.last()?.why).toContain(`${name} is '`);
    expect(await answered(get(`/missing${query}`, { Authorization: 'AWS bad' }))).toEqual(badArgument(message, name));
  });

  it('is refused after a max-keys that is not an integer', async () => {
    expect((await list('?start-after=a&max-keys=abc')).text).toContain('Provided max-keys');
  });
});

describe('the pages of version 1', () => {
  it('continue after the last key, which is named if there is a delimiter', async () => {
    await fill('a', 'b', 'c');
    const first = await list('?max-keys=2');
    const endOf = (page: { readonly body: string }) => ['IsTruncated', 'NextMarker'].map((name) => textOf(name, page));
    expect({ keys: keysOf(first), end: endOf(first) }).toEqual({ keys: ['a', 'b'], end: ['true', undefined] });
    const second = await list('?max-keys=2&marker=b');
    expect({ keys: keysOf(second), end: endOf(second) }).toEqual({ keys: ['c'], end: ['false', undefined] });
    expect(textOf('Marker', second)).toBe('b');
    expect(textOf('NextMarker', await list('?max-keys=2&delimiter=/'))).toBe('b');
    expect(textOf('NextMarker', await list('?max-keys=3&delimiter=/'))).toBeUndefined();
  });

  // Measured: brekkylab/backlot, 2026-09-16
  it('end with the greatest key, wherever it is in the document', async () => {
    await fill('100%.csv', 'a b.txt', 'a+b.txt', 'run books/x.txt', 'zz.txt', 'zzz');
    const page = await list('?delimiter=/&max-keys=5');
    expect(keysOf(page)).toEqual(['100%.csv', 'a b.txt', 'a+b.txt', 'zz.txt']);
    expect({ prefixes: prefixesOf(page), nextMarker: textOf('NextMarker', page) }).toEqual({
      prefixes: ['run books/'],
      nextMarker: 'zz.txt',
    });
    expect(page.body.indexOf('<CommonPrefixes>')).toBeGreaterThan(page.body.lastIndexOf('<Contents>'));
  });
});

// Recorded: localstack, test_list_objects_v2_continuation_start_after and test_list_objects_v2_continuation_common_prefixes. F67
describe('the pages of version 2', () => {
  async function pages(parameters: string): Promise<readonly (readonly (string | undefined)[])[]> {
    const found: (readonly (string | undefined)[])[] = [];
    for (let token = ''; found.length < 10; ) {
      const page = await list(
        `?list-type=2&${parameters}${token && `&continuation-token=${encodeURIComponent(token)}`}`,
      );
      const entries = [...keysOf(page), ...prefixesOf(page)];
      expect(textOf('KeyCount', page)).toBe(String(entries.length));
      expect(textOf('ContinuationToken', page)).toBe(token || undefined);
      found.push(entries);
      const next = textOf('NextContinuationToken', page);
      expect(next !== undefined).toBe(textOf('IsTruncated', page) === 'true');
      if (next === undefined) return found;
      token = next;
    }
    return found;
  }

  it('continue at the end of the page before', async () => {
    await fill('a', 'b', 'c', 'é 😀', 'z');
    expect(await pages('max-keys=2')).toEqual([['a', 'b'], ['c', 'z'], ['é 😀']]);
    expect(await pages('max-keys=5')).toHaveLength(1);
  });

  it('begin after start-after, unless there is a token', async () => {
    await fill(...Array.from({ length: 12 }, (_, index) => `test_${index}`));
    const first = await list('?list-type=2&max-keys=5');
    const token = textOf('NextContinuationToken', first) ?? '';
    expect(keysOf(first)).toEqual(['test_0', 'test_1', 'test_10', 'test_11', 'test_2']);
    const started = await list('?list-type=2&start-after=test_7&max-keys=2');
    expect({
      keys: keysOf(started),
      isTruncated: textOf('IsTruncated', started),
      startAfter: textOf('StartAfter', started),
    }).toEqual({
      keys: ['test_8', 'test_9'],
      isTruncated: 'false',
      startAfter: 'test_7',
    });
    const resumed = await list(`?list-type=2&start-after=test_7&continuation-token=${token}`);
    expect({ key: keysOf(resumed)[0], startAfter: textOf('StartAfter', resumed) }).toEqual({
      key: 'test_3',
      startAfter: undefined,
    });
    expect((await list('?list-type=2&start-after=')).body).toContain('<StartAfter></StartAfter>');
  });

  it.each(['', 'garbage', 'dGVzdF8y'])('refuse the token %j after the bucket is checked', async (token) => {
    expect(await answered(list(`?list-type=2&continuation-token=${token}&max-keys=-1`))).toEqual(
      badArgument('The continuation token provided is incorrect', 'continuation-token'),
    );
    expect(s3.requests.last()?.why).toContain(`continuation-token is '${token}'`);
    expect(await answered(get(`/missing?list-type=2&continuation-token=${token}`))).toEqual(noSuchBucket('missing'));
    expect((await list(`?list-type=2&continuation-token=${token}&encoding-type=x`)).text).toContain('encoding-type');
  });
});

// Measured: brekkylab/backlot, 2026-09-14; recorded: localstack, test_list_objects_v2_continuation_token_safe_chars. F67
describe('encoding-type=url', () => {
  it.each([
    ['AZaz09-_.*/', 'AZaz09-_.*/'],
    ['a b', 'a+b'],
    ['a+b', 'a%2Bb'],
    ['!\'()~,;:@="<>|%', '%21%27%28%29%7E%2C%3B%3A%40%3D%22%3C%3E%7C%25'],
    ['한글', '%ED%95%9C%EA%B8%80'],
    ['😀', '%F0%9F%98%80'],
    ['\u0001', '%01'],
  ])('encodes %s as %s', async (key, encoded) => {
    await fill(key);
    expect(keysOf(await list('?encoding-type=url'))).toEqual([encoded]);
    expect(keysOf(await list('?list-type=2&encoding-type=url'))).toEqual([encoded]);
  });

  it('is accepted in any case, and returned as it was sent', async () => {
    await fill('a b');
    const { body } = await list('?encoding-type=URL');
    expect({ keys: keysOf({ body }), encodingType: textOf('EncodingType', { body }) }).toEqual({
      keys: ['a+b'],
      encodingType: 'URL',
    });
  });

  it('applies to keys, prefixes, delimiters and markers', async () => {
    await fill('a b/c=1', 'a b/c=2', 'a b/d');
    const first = await list('?encoding-type=url&prefix=a%20b/&delimiter==&marker=a%20&max-keys=1');
    expect(['Prefix', 'Delimiter', 'Marker', 'NextMarker'].map((name) => textOf(name, first))).toEqual([
      'a+b/',
      '%3D',
      'a+',
      'a+b/c%3D',
    ]);
    expect(prefixesOf(first)).toEqual(['a+b/c%3D']);
    const second = await list('?list-type=2&encoding-type=url&start-after=a%20');
    expect(textOf('StartAfter', second)).toBe('a+');
    expect((await list('?list-type=2&encoding-type=url')).body).not.toContain('<StartAfter>');
  });

  it('is off by default, so that control characters are references', async () => {
    await fill('\u0001\u001f&<>"');
    expect(keysOf(await list())).toEqual(['&#x1;&#x1f;&amp;&lt;&gt;&quot;']);
  });
});

it('a listing of COS returns names of owners and milliseconds', async () => {
  await put('/plain/k');
  const { body } = await get('/plain', {}, { host: cosHost });
  expect(body).toContain(`<Contents><Key>k</Key><LastModified>2026-03-31T07:35:05.678Z</LastModified>`);
  expect(body).toContain(
    `<Owner>${elements({ ID: '000000000000', DisplayName: '000000000000' })}</Owner><StorageClass>STANDARD</StorageClass></Contents>`,
  );
});
