import type { RecordedCall, RecordedCases } from '../../../src/facts/case';

const Bucket = 'vault';
const put = 'PutBucketIntelligentTieringConfiguration';
const get = 'GetBucketIntelligentTieringConfiguration';
const remove = 'DeleteBucketIntelligentTieringConfiguration';
const list = 'ListBucketIntelligentTieringConfigurations';
const state = { buckets: { vault: {} } };

const archive = (Days: number) => ({ AccessTier: 'ARCHIVE_ACCESS', Days }) as const;
const deep = (Days: number) => ({ AccessTier: 'DEEP_ARCHIVE_ACCESS', Days });
const under = (Id: string, members: object = {}) => ({
  Bucket,
  Id,
  IntelligentTieringConfiguration: { Id, Status: 'Enabled', Tierings: [archive(90)], ...members },
});
const tiers = (...Tierings: readonly object[]) => under('base', { Tierings });
const filtered = (Filter: object) => under('base', { Filter });
const tag = (Key: string, Value: string) => ({ Key, Value });
const document =
  '<IntelligentTieringConfiguration><Id>xml-id</Id><Status>Enabled</Status><Tiering><AccessTier>ARCHIVE_ACCESS</AccessTier><Days>90</Days></Tiering></IntelligentTieringConfiguration>';

const quota = Array.from({ length: 1000 }, (_, index) => `q${String(index).padStart(4, '0')}`);

export const tieringConfigurations: RecordedCases = {
  file: 'intelligent_tiering_control_replay.json',
  recorded: 'September 2026',
  cases: {
    'a tiering filter needs a prefix or a tag that is not empty, and an And needs two different conditions': {
      fact: 'F382',
      state,
      calls: [
        ['25', put, filtered({ Prefix: '' }), '400 InvalidPrefix'],
        ['29', put, filtered({ Tag: tag('', 'v') }), '400 InvalidTag'],
        ['31', put, filtered({ Tag: tag('k', '') }), '204'],
        ['33', put, filtered({ Tag: { Value: 'v' } }), '400 MalformedXML'],
        ['35', put, filtered({ Tag: { Key: 'k' } }), '400 MalformedXML'],
        ['37', put, filtered({ And: {} }), '400 InvalidAnd'],
        ['39', put, filtered({ And: { Prefix: 'p/' } }), '400 InvalidAnd'],
        ['41', put, filtered({ And: { Tags: [tag('k', 'v')] } }), '400 InvalidAnd'],
        ['47', put, filtered({ And: { Tags: [tag('k', 'v'), tag('k', 'w')] } }), '400 InvalidAnd'],
        ['49', put, filtered({ And: { Tags: [tag('k', 'v'), tag('k', 'v')] } }), '400 InvalidAnd'],
      ],
    },
    'the days of a tier are within the limits of S3, and the deep archive tier comes later': {
      fact: 'F384',
      state,
      calls: [
        ['deep_archive_access-181', put, tiers(deep(181)), '204'],
        ['deep_archive_access-730', put, tiers(deep(730)), '204'],
        ['deep_archive_access-731', put, tiers(deep(731)), '400 InvalidAccessTier'],
        ['combined-180-180', put, tiers(archive(180), deep(180)), '400 InvalidAccessTier'],
        ['combined-181-180', put, tiers(archive(181), deep(180)), '400 InvalidAccessTier'],
        ['combined-730-730', put, tiers(archive(730), deep(730)), '400 InvalidAccessTier'],
        ['combined-729-730', put, tiers(archive(729), deep(730)), '204'],
        ['combined-90-179', put, tiers(archive(90), deep(179)), '400 InvalidAccessTier'],
        ['combined-89-180', put, tiers(archive(89), deep(180)), '400 InvalidAccessTier'],
        [
          'combined-89-180-readback',
          get,
          { Bucket, Id: 'base' },
          '200',
          { IntelligentTieringConfiguration: { Tierings: [archive(729), deep(730)] } },
        ],
      ],
    },
    'the id of a tiering configuration has to be the id of the query': {
      fact: 'F381',
      state,
      calls: [
        ['mismatched-id', put, { ...under('xml-id'), Id: 'query-id' }, '400 MalformedXML'],
        ['mismatched-id-query-read', get, { Bucket, Id: 'query-id' }, '404 NoSuchConfiguration'],
        ['xml-id-empty', put, { ...under(''), Id: 'query-id' }, '400 InvalidConfigId'],
        [
          'xml-id-missing',
          'PUT /vault?id=query-id&intelligent-tiering=',
          { body: document.replace('<Id>xml-id</Id>', '') },
          '400 MalformedXML',
        ],
        ['query-id-empty', 'PUT /vault?id=&intelligent-tiering=', { body: document }, '400 InvalidConfigurationId'],
        [
          'empty-query-invalid-status',
          'PUT /vault?id=&intelligent-tiering=',
          { body: document.replace('Enabled', 'bad') },
          '400 InvalidConfigurationId',
        ],
        [
          'mismatch-invalid-status',
          'PUT /vault?id=query-id&intelligent-tiering=',
          { body: document.replace('Enabled', 'bad') },
          '400 MalformedXML',
        ],
        ['query-id-omitted', 'PUT /vault?intelligent-tiering=', { body: document }, '400 InvalidConfigurationId'],
        ['get-id-omitted', 'GET /vault?intelligent-tiering=', {}, '200'],
        ['query-id-empty-query-read', 'GET /vault?intelligent-tiering=&id=', {}, '200'],
        ['delete-id-omitted', 'DELETE /vault?intelligent-tiering=', {}, '400 InvalidConfigurationId'],
      ],
    },
    'the id of a tiering configuration has at most 64 letters, digits, underscores, hyphens and dots, and lists are sorted by it':
      {
        fact: 'F380',
        state,
        calls: [
          ...['with space', 'slash/a', 'plus+a', 'percent%a', 'question?a', 'hash#a', 'amp&a', 'colon:a', 'é'].map(
            (id) => [`id-${id}`, put, under(id), '400 InvalidConfigId'] as const,
          ),
          ...['z-last', 'underscore_a', 'a', 'hyphen-a', 'm-middle', 'dot.a'].map(
            (id) => [`id-${id}`, put, under(id), '204'] as const,
          ),
          ['id-64', put, under('a'.repeat(64)), '204'],
          ['id-65', put, under('a'.repeat(65)), '400 InvalidConfigId'],
          [
            'list-ordered',
            list,
            { Bucket },
            '200',
            {
              IsTruncated: false,
              IntelligentTieringConfigurationList: [
                { Id: 'a' },
                { Id: 'a'.repeat(64) },
                { Id: 'dot.a' },
                { Id: 'hyphen-a' },
                { Id: 'm-middle' },
                { Id: 'underscore_a' },
                { Id: 'z-last' },
              ],
            },
            { absent: ['ContinuationToken', 'NextContinuationToken'] },
          ],
          ['delete', remove, { Bucket, Id: 'a' }, '204'],
        ],
      },
    'a bucket has at most 1,000 tiering configurations, which are listed in pages of 100': {
      fact: 'F386',
      state: {
        buckets: {
          vault: { intelligentTiering: quota.map((Id) => ({ Id, Status: 'Enabled', Tierings: [archive(90)] })) },
        },
      },
      calls: [
        ...Array.from({ length: 10 }, (_, page): RecordedCall => {
          const isLast = page === 9;
          return [
            page === 0 ? 'quota-list-first' : `${1192 + page}`,
            list,
            { Bucket, ...(page > 0 && { ContinuationToken: `$(page-${page})` }) },
            '200',
            {
              IsTruncated: !isLast,
              ...(page > 0 && { ContinuationToken: `$(page-${page})` }),
              ...(!isLast && { NextContinuationToken: `$(page-${page + 1})` }),
              IntelligentTieringConfigurationList: quota.slice(page * 100, page * 100 + 100).map((Id) => ({ Id })),
            },
            { absent: [...(page === 0 ? ['ContinuationToken'] : []), ...(isLast ? ['NextContinuationToken'] : [])] },
          ];
        }),
        ['quota-overflow', put, under('overflow'), '400 TooManyConfigurations'],
        ['quota-replace-existing', put, under('q0000', { Status: 'Disabled' }), '204'],
        [
          'quota-replace-read',
          get,
          { Bucket, Id: 'q0000' },
          '200',
          { IntelligentTieringConfiguration: { Id: 'q0000', Status: 'Disabled', Tierings: [archive(90)] } },
        ],
        [
          'invalid-token-empty',
          list,
          { Bucket, ContinuationToken: '' },
          '200',
          { IsTruncated: true, ContinuationToken: '', NextContinuationToken: '$(page-10)' },
        ],
        ...['garbage', 'q0099'].map(
          (ContinuationToken) =>
            [
              `invalid-token-${ContinuationToken}`,
              list,
              { Bucket, ContinuationToken },
              '400 MalformedContinuationToken',
            ] as const,
        ),
        ['quota-delete-one', remove, { Bucket, Id: 'q0001' }, '204'],
        ['quota-reuse-slot', put, under('replacement'), '204'],
        [
          'quota-reuse-read',
          get,
          { Bucket, Id: 'replacement' },
          '200',
          { IntelligentTieringConfiguration: { Id: 'replacement', Status: 'Enabled' } },
        ],
      ],
    },
    'the expected owner is checked before the tiering configuration': {
      fact: 'F25',
      state,
      calls: [
        ['$(account)', ['204', '200', '200', '204']],
        ['999000999000', Array.from({ length: 4 }, () => '403 AccessDenied')],
        ['not-an-account', Array.from({ length: 4 }, () => '400 InvalidBucketOwnerAWSAccountID')],
        ['', Array.from({ length: 4 }, () => '400 InvalidBucketOwnerAWSAccountID')],
      ].flatMap(([owner, answers]) =>
        [put, get, list, remove].map((operation, index): RecordedCall => {
          const name = owner === '' ? 'empty' : owner === '$(account)' ? '000000000000' : owner;
          const one = { Bucket, ...(operation !== list && { Id: 'owner-check' }), ExpectedBucketOwner: owner };
          const input = { ...(operation === put && under('owner-check')), ...one };
          return [`owner-${name}-${operation}`, operation, input, answers?.[index] ?? ''];
        }),
      ),
    },
  },
};
