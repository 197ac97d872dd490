import type { RecordedCall, RecordedCases } from '../../../src/facts/case';
import { configuration, copier, late, rule, versioned } from './setting';

const Body = 'tag filter payload';
const filter = rule('route-yes', 'replica', 1, {
  Filter: { Tag: { Key: 'route', Value: 'yes' } },
  DeleteMarkerReplication: { Status: 'Disabled' },
});
const tagged = (phase: string, route?: string) => ({
  TagSet: [{ Key: 'phase', Value: phase }, ...(route === undefined ? [] : [{ Key: 'route', Value: route }])],
});
const matched = { Bucket: 'vault', Key: 'matched', VersionId: '$(matched)' };
const unmatched = { Bucket: 'vault', Key: 'unmatched', VersionId: '$(unmatched)' };
const drain: RecordedCall = ['set-up of the drain', 'HeadBucket', { Bucket: 'vault' }, '200', {}, late];

const putTags = (label: string, version: object, ...words: Parameters<typeof tagged>): RecordedCall => [
  label,
  'PutObjectTagging',
  // The request had them in another order than the answers.
  { ...version, Tagging: { TagSet: tagged(...words).TagSet.toReversed() } },
  '200',
];
const ofMatched = (
  label: string,
  ReplicationStatus: string,
  own: ReturnType<typeof tagged>,
  copied: ReturnType<typeof tagged>,
): readonly RecordedCall[] => [
  [`${label}-source-head`, 'HeadObject', matched, '200', { ReplicationStatus, TagCount: own.TagSet.length }],
  [`${label}-source-tags`, 'GetObjectTagging', matched, '200', own],
  [
    `${label}-destination-get`,
    'GetObject',
    { ...matched, Bucket: 'replica' },
    '200',
    { Body, ReplicationStatus: 'REPLICA', TagCount: 2 },
  ],
  [`${label}-destination-tags`, 'GetObjectTagging', { ...matched, Bucket: 'replica' }, '200', copied],
];
const absent = (
  label: string,
  version: { readonly Key: string; readonly VersionId: string },
): readonly RecordedCall[] => [
  [
    `${label}-destination-get`,
    'GetObject',
    { ...version, Bucket: 'replica' },
    '404 NoSuchVersion',
    { Key: version.Key, VersionId: version.VersionId },
  ],
  [
    `${label}-destination-tags`,
    'GetObjectTagging',
    { ...version, Bucket: 'replica' },
    '404 NoSuchVersion',
    { Key: `replica/${version.Key}`, VersionId: version.VersionId },
  ],
];
const ofUnmatched = (label: string): readonly RecordedCall[] => [
  [`${label}-source-head`, 'HeadObject', unmatched, '200', { TagCount: 2 }, { absent: ['ReplicationStatus'] }],
  ...absent(label, unmatched),
];

/** A version is matched with the tags that it is made with; its later tags decide whether they are copied. */
export const tagFilter: RecordedCases = {
  file: 'replication_tag_filter_replay.json',
  recorded: 'September 2026',
  cases: {
    'later tags of a replicated version are replicated while a rule selects them': {
      fact: 'F857',
      state: {
        replicationDelay: { seconds: 15 },
        roles: copier(['replica']),
        buckets: { vault: versioned, replica: versioned },
      },
      calls: [
        ['put-enabled-tag-filter', 'PutBucketReplication', configuration([filter]), '200'],
        [
          'read-enabled-tag-filter',
          'GetBucketReplication',
          { Bucket: 'vault' },
          '200',
          { ReplicationConfiguration: { Rules: [filter] } },
        ],
        [
          'upload-matching',
          'PutObject',
          { Bucket: 'vault', Key: 'matched', Body, Tagging: 'route=yes&phase=original' },
          '200',
          { VersionId: '$(matched)' },
        ],
        [
          'upload-unmatched',
          'PutObject',
          { Bucket: 'vault', Key: 'unmatched', Body, Tagging: 'route=no&phase=original' },
          '200',
          { VersionId: '$(unmatched)' },
        ],
        [
          'original-matching-0-source-head',
          'HeadObject',
          matched,
          '200',
          { ReplicationStatus: 'PENDING', TagCount: 2 },
        ],
        ['original-matching-0-source-tags', 'GetObjectTagging', matched, '200', tagged('original', 'yes')],
        ...absent('original-matching-0', matched),
        drain,
        ...ofMatched('original-matching-1', 'COMPLETED', tagged('original', 'yes'), tagged('original', 'yes')),
        ...ofUnmatched('unmatched-before-adding-tag'),
        putTags('remove-matching-tag', matched, 'removed'),
        putTags('add-matching-tag-to-initially-unmatched', unmatched, 'later-match', 'yes'),
        ...ofMatched('matching-tag-removed-0', 'COMPLETED', tagged('removed'), tagged('original', 'yes')),
        ...ofUnmatched('matching-tag-removed-0-initially-unmatched'),
        drain,
        ...ofMatched('matching-tag-removed-12', 'COMPLETED', tagged('removed'), tagged('original', 'yes')),
        ...ofUnmatched('matching-tag-removed-12-initially-unmatched'),
        ...ofUnmatched('initially-unmatched-tag-added-13'),
        putTags('restore-matching-tag', matched, 'restored', 'yes'),
        ...ofMatched('matching-tag-restored-0', 'PENDING', tagged('restored', 'yes'), tagged('original', 'yes')),
        drain,
        ...ofMatched('matching-tag-restored-6', 'COMPLETED', tagged('restored', 'yes'), tagged('restored', 'yes')),
        ['delete-current-replication-configuration', 'DeleteBucketReplication', { Bucket: 'vault' }, '204'],
        [
          'verify-configuration-absent',
          'GetBucketReplication',
          { Bucket: 'vault' },
          '404 ReplicationConfigurationNotFoundError',
          { BucketName: 'vault' },
        ],
        putTags('change-tags-after-configuration-delete', matched, 'after-config-delete', 'yes'),
        drain,
        ...ofMatched(
          'after-configuration-delete-13',
          'COMPLETED',
          tagged('after-config-delete', 'yes'),
          tagged('restored', 'yes'),
        ),
      ],
    },
  },
};
