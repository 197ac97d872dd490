import type { RunProfile } from '../profile';

export const s3rver: RunProfile = {
  service: 's3rver 3.7.1',
  evidence: 'run',
  source: 'npm package s3rver, which is kept running after an error that nobody caught',
  date: '2026-11-23',
  played: 228,
  same: 0,
  places: {
    'ownership_replay.json: a bucket without ACLs hides the ACLs of its versions, and they are there again with ACLs':
      'PutBucketOwnershipControls',
    'ownership_replay.json: the ACL of a delete marker and of a version that is not there':
      'PutBucketOwnershipControls',
    'abac_controls_replay.json: ABAC keeps the tags of a bucket from its own operations, and changes nothing else':
      'PutBucketTagging',
    'abac_controls_replay.json: a new bucket has the tags of its CreateBucket, and no ABAC':
      'create-tagged-east-exists: AccessPointAlias\ncreate-tagged-east-exists: BucketRegion\ncreate-tagged-east-abac: AbacStatus.Status\ncreate-tagged-east-legacy-tags\ncreate-empty-tags-exists: AccessPointAlias\ncreate-empty-tags-exists: BucketRegion\ncreate-empty-tags-abac: AbacStatus.Status\ncreate-empty-tags-legacy-tags\ncreate-invalid-tag\ncreate-invalid-tag-exists\ncreate-reserved-tag\ncreate-reserved-tag-exists\ncreate-fifty-tags-exists: AccessPointAlias\ncreate-fifty-tags-exists: BucketRegion\ncreate-fifty-tags-abac: AbacStatus.Status\ncreate-fifty-tags-legacy-tags\ncreate-fifty-one-tags\ncreate-fifty-one-tags-exists',
    'restore_replay.json: a restore of an object that is read at once is refused before its document is read':
      'PutObject',
    'restore_replay.json: the document of a restore from an archive is checked': 'PutBucketVersioning',
    'intelligent_tiering_authority_replay.json: versions of INTELLIGENT_TIERING are read and copied, and below a delete marker not restored either':
      'PutBucketVersioning',
    'intelligent_tiering_control_replay.json: a filter has a prefix and tags that are not empty, and an And two different conditions':
      '25\n29\n37\n39\n41\n47\n49',
    'intelligent_tiering_control_replay.json: the days of a tier are those that S3 has, and the deep archive comes later':
      'deep_archive_access-181\ndeep_archive_access-730\ndeep_archive_access-731\ncombined-180-180\ncombined-181-180\ncombined-730-730\ncombined-729-730\ncombined-90-179\ncombined-89-180\ncombined-89-180-readback: IntelligentTieringConfiguration.Tierings',
    'intelligent_tiering_control_replay.json: a configuration has the id of the query':
      'mismatched-id\nmismatched-id-query-read\nxml-id-empty\nxml-id-missing\nquery-id-empty\nempty-query-invalid-status\nmismatch-invalid-status\nquery-id-omitted\ndelete-id-omitted',
    'intelligent_tiering_control_replay.json: an id has letters, digits, underscores, hyphens and dots, 64 at most, and lists are sorted by it':
      'id-with space\nid-slash/a\nid-plus+a\nid-percent%a\nid-question?a\nid-hash#a\nid-amp&a\nid-colon:a\nid-é\nid-z-last\nid-underscore_a\nid-a\nid-hyphen-a\nid-m-middle\nid-dot.a\nid-64\nid-65\nlist-ordered: IntelligentTieringConfigurationList',
    'recreation_controls_replay.json: a bucket of the default ownership is not created again with another one':
      'fresh-default: BucketArn\nfresh-default-ownership: OwnershipControls.Rules\ndefault-repeat-explicit-writer\ndefault-after-writer-ownership: OwnershipControls.Rules\ndefault-repeat-private',
    'recreation_controls_replay.json: a bucket without object lock is not created again with it':
      'bpa-equality-create-preferred: BucketArn\nlock-disabled-repeat-enable\nlock-disabled-after-enable\nlock-disabled-repeat-false',
    'recreation_controls_replay.json: a bucket with object lock is not created again without it':
      'lock-create-enabled: BucketArn\nlock-repeat-omitted\nlock-repeat-false\nlock-after-false\nlock-repeat-true',
    'recreation_controls_replay.json: a bucket whose tags and ownership were changed is created again as it is now, and never with tags':
      'matching-create: BucketArn\nmatching-repeat-identical-creation-tags\nmatching-repeat-empty-tags\nmatching-tags-after-empty\nmatching-change-tags\nmatching-repeat-current-tags\nmatching-repeat-original-tags\nmatching-tags-after-original\nmatching-set-ownership-writer\nmatching-repeat-current-ownership\nmatching-repeat-original-ownership\nmatching-repeat-current-ownership-empty-config',
    'recreation_controls_replay.json: a public ACL is refused although the bucket does not block it, and before the bucket is compared':
      'lock-create-enabled: BucketArn\nbpa-ignore-public-block-false\nbpa-repeat-public-read-ignored\nbpa-after-public-acl\nbpa-repeat-private',
    'recreation_controls_replay.json: a bucket that does not block public ACLs is not created again':
      'create: BucketArn\nBlockPublicAcls-change\nBlockPublicAcls-recreate\nBlockPublicAcls-read\nBlockPublicAcls-restore\nBlockPublicAcls-matching',
    'recreation_controls_replay.json: a bucket that does not ignore public ACLs is not created again':
      'create: BucketArn\nIgnorePublicAcls-change\nIgnorePublicAcls-recreate\nIgnorePublicAcls-read\nIgnorePublicAcls-restore\nIgnorePublicAcls-matching',
    'recreation_controls_replay.json: a bucket that does not block public policies is not created again':
      'create: BucketArn\nBlockPublicPolicy-change\nBlockPublicPolicy-recreate\nBlockPublicPolicy-read\nBlockPublicPolicy-restore\nBlockPublicPolicy-matching',
    'recreation_controls_replay.json: a bucket that does not restrict public access is not created again':
      'create: BucketArn\nRestrictPublicBuckets-change\nRestrictPublicBuckets-recreate\nRestrictPublicBuckets-read\nRestrictPublicBuckets-restore\nRestrictPublicBuckets-matching',
    'bucket_tags.json: the tags of a bucket are answered in the order of a hash table':
      'put-ordered\nput-ordered-get\nput-50-tags\nput-50-tags-get\nput-51-tags',
    'bucket_tags.json: a list of tags replaces the one before, and an empty one removes it':
      'get-no-tagset\ndelete-no-tagset\nput-ordered\nput-replacement\nput-replacement-get\nput-empty-set\nput-empty-set-get',
    'bucket_tags.json: a key that begins with aws: in another case is refused in words of its own':
      'AWS:owned\naWs:owned\nput-aws-prefix-value',
    'bucket_tags.json: keys differ by case, and none comes twice':
      'put-duplicate-keys\nput-case-distinct-keys\nput-case-distinct-keys-get',
    'bucket_tags.json: a tag has letters, digits and separators of any script':
      'put-empty-value\nput-key-ascii-128\nput-allowed-punctuation\nput-unicode-letters-numbers\nput-unicode-letters-numbers-get\nput-character-em-space-value\nput-character-line-separator-key\nput-character-line-separator-key-get\nput-character-comma-key\nput-character-backslash-value\nput-character-hash-key\nput-character-hash-value\nput-character-emoji-key\nput-character-emoji-value',
    'bucket_tags.json: a key has 128 UTF-16 code units at most, and a value 256':
      'put-key-bmp-128\nput-key-bmp-129\nput-value-bmp-256\nput-value-astral-letter-128\nput-value-astral-letter-129\nput-value-astral-letter-129-get',
    'multipart_checksums_replay.json: a composite checksum needs parts that count from 1 without a gap':
      'gap-SHA256.complete-gap\ngap-SHA256.post-failure.parts\ngap-SHA256.post-failure.head\ngap-SHA256.corrected-consecutive-retry',
    'multipart_checksums_replay.json: a checksum of all bytes does not':
      'gap-CRC32.complete-gap: ETag\ngap-CRC32.complete-gap: ChecksumType',
    'multipart_checksums_replay.json: an upload without an algorithm stores no checksum of a part, and has a CRC64NVME':
      'raw-default-transport-crc64-manifest.part: ChecksumCRC64NVME\nraw-default-transport-crc64-manifest.attempt-extra-checksum\nraw-default-transport-crc64-manifest.post-failure.parts\nraw-default-transport-crc64-manifest.post-failure.head\nraw-default-transport-crc64-manifest.corrected-no-manifest-checksum',
    'multipart_checksums_replay.json: a completion may leave out the checksums of all bytes and of the parts':
      'full-object-entirely-omitted-CRC32.part-no-checksum: ChecksumCRC32\nfull-object-entirely-omitted-CRC32.state\nfull-object-entirely-omitted-CRC32.complete-no-checksums: ETag\nfull-object-entirely-omitted-CRC32.complete-no-checksums: ChecksumCRC32\nfull-object-entirely-omitted-CRC32.complete-no-checksums: ChecksumType',
    'multipart_checksums_replay.json: an upload with CRC32, of no type, is COMPOSITE':
      'init-CRC32-None.initiate: ChecksumType\ninit-CRC32-None.part: ChecksumCRC32\ninit-CRC32-None.complete: ETag\ninit-CRC32-None.complete: ChecksumCRC32\ninit-CRC32-None.complete: ChecksumType\ninit-CRC32-None.download: ETag\ninit-CRC32-None.download: ChecksumCRC32\ninit-CRC32-None.download: ChecksumType',
    'multipart_checksums_replay.json: an upload with CRC32, COMPOSITE, is COMPOSITE':
      'init-CRC32-COMPOSITE.initiate: ChecksumType\ninit-CRC32-COMPOSITE.part: ChecksumCRC32\ninit-CRC32-COMPOSITE.complete: ETag\ninit-CRC32-COMPOSITE.complete: ChecksumCRC32\ninit-CRC32-COMPOSITE.complete: ChecksumType\ninit-CRC32-COMPOSITE.download: ETag\ninit-CRC32-COMPOSITE.download: ChecksumCRC32\ninit-CRC32-COMPOSITE.download: ChecksumType',
    'multipart_checksums_replay.json: an upload with CRC32, FULL_OBJECT, is FULL_OBJECT':
      'init-CRC32-FULL_OBJECT.initiate: ChecksumType\ninit-CRC32-FULL_OBJECT.part: ChecksumCRC32\ninit-CRC32-FULL_OBJECT.complete: ETag\ninit-CRC32-FULL_OBJECT.complete: ChecksumCRC32\ninit-CRC32-FULL_OBJECT.complete: ChecksumType\ninit-CRC32-FULL_OBJECT.download: ETag\ninit-CRC32-FULL_OBJECT.download: ChecksumCRC32\ninit-CRC32-FULL_OBJECT.download: ChecksumType',
    'multipart_checksums_replay.json: an upload with CRC32C, of no type, is COMPOSITE':
      'init-CRC32C-None.initiate: ChecksumType\ninit-CRC32C-None.part: ChecksumCRC32C\ninit-CRC32C-None.complete: ETag\ninit-CRC32C-None.complete: ChecksumCRC32C\ninit-CRC32C-None.complete: ChecksumType\ninit-CRC32C-None.download: ETag\ninit-CRC32C-None.download: ChecksumCRC32C\ninit-CRC32C-None.download: ChecksumType',
    'multipart_checksums_replay.json: an upload with CRC32C, COMPOSITE, is COMPOSITE':
      'init-CRC32C-COMPOSITE.initiate: ChecksumType\ninit-CRC32C-COMPOSITE.part: ChecksumCRC32C\ninit-CRC32C-COMPOSITE.complete: ETag\ninit-CRC32C-COMPOSITE.complete: ChecksumCRC32C\ninit-CRC32C-COMPOSITE.complete: ChecksumType\ninit-CRC32C-COMPOSITE.download: ETag\ninit-CRC32C-COMPOSITE.download: ChecksumCRC32C\ninit-CRC32C-COMPOSITE.download: ChecksumType',
    'multipart_checksums_replay.json: an upload with CRC32C, FULL_OBJECT, is FULL_OBJECT':
      'init-CRC32C-FULL_OBJECT.initiate: ChecksumType\ninit-CRC32C-FULL_OBJECT.part: ChecksumCRC32C\ninit-CRC32C-FULL_OBJECT.complete: ETag\ninit-CRC32C-FULL_OBJECT.complete: ChecksumCRC32C\ninit-CRC32C-FULL_OBJECT.complete: ChecksumType\ninit-CRC32C-FULL_OBJECT.download: ETag\ninit-CRC32C-FULL_OBJECT.download: ChecksumCRC32C\ninit-CRC32C-FULL_OBJECT.download: ChecksumType',
    'multipart_checksums_replay.json: an upload with CRC64NVME, of no type, is FULL_OBJECT':
      'init-CRC64NVME-None.initiate: ChecksumType\ninit-CRC64NVME-None.part: ChecksumCRC64NVME\ninit-CRC64NVME-None.complete: ETag\ninit-CRC64NVME-None.complete: ChecksumCRC64NVME\ninit-CRC64NVME-None.complete: ChecksumType\ninit-CRC64NVME-None.download: ETag\ninit-CRC64NVME-None.download: ChecksumCRC64NVME\ninit-CRC64NVME-None.download: ChecksumType',
    'multipart_checksums_replay.json: an upload with CRC64NVME, FULL_OBJECT, is FULL_OBJECT':
      'init-CRC64NVME-FULL_OBJECT.initiate: ChecksumType\ninit-CRC64NVME-FULL_OBJECT.part: ChecksumCRC64NVME\ninit-CRC64NVME-FULL_OBJECT.complete: ETag\ninit-CRC64NVME-FULL_OBJECT.complete: ChecksumCRC64NVME\ninit-CRC64NVME-FULL_OBJECT.complete: ChecksumType\ninit-CRC64NVME-FULL_OBJECT.download: ETag\ninit-CRC64NVME-FULL_OBJECT.download: ChecksumCRC64NVME\ninit-CRC64NVME-FULL_OBJECT.download: ChecksumType',
    'multipart_checksums_replay.json: an upload with SHA1, of no type, is COMPOSITE':
      'init-SHA1-None.initiate: ChecksumType\ninit-SHA1-None.part: ChecksumSHA1\ninit-SHA1-None.complete: ETag\ninit-SHA1-None.complete: ChecksumSHA1\ninit-SHA1-None.complete: ChecksumType\ninit-SHA1-None.download: ETag\ninit-SHA1-None.download: ChecksumSHA1\ninit-SHA1-None.download: ChecksumType',
    'multipart_checksums_replay.json: an upload with SHA1, COMPOSITE, is COMPOSITE':
      'init-SHA1-COMPOSITE.initiate: ChecksumType\ninit-SHA1-COMPOSITE.part: ChecksumSHA1\ninit-SHA1-COMPOSITE.complete: ETag\ninit-SHA1-COMPOSITE.complete: ChecksumSHA1\ninit-SHA1-COMPOSITE.complete: ChecksumType\ninit-SHA1-COMPOSITE.download: ETag\ninit-SHA1-COMPOSITE.download: ChecksumSHA1\ninit-SHA1-COMPOSITE.download: ChecksumType',
    'multipart_checksums_replay.json: an upload with SHA256, of no type, is COMPOSITE':
      'init-SHA256-None.initiate: ChecksumType\ninit-SHA256-None.part: ChecksumSHA256\ninit-SHA256-None.complete: ETag\ninit-SHA256-None.complete: ChecksumSHA256\ninit-SHA256-None.complete: ChecksumType\ninit-SHA256-None.download: ETag\ninit-SHA256-None.download: ChecksumSHA256\ninit-SHA256-None.download: ChecksumType',
    'multipart_checksums_replay.json: an upload with SHA256, COMPOSITE, is COMPOSITE':
      'init-SHA256-COMPOSITE.initiate: ChecksumType\ninit-SHA256-COMPOSITE.part: ChecksumSHA256\ninit-SHA256-COMPOSITE.complete: ETag\ninit-SHA256-COMPOSITE.complete: ChecksumSHA256\ninit-SHA256-COMPOSITE.complete: ChecksumType\ninit-SHA256-COMPOSITE.download: ETag\ninit-SHA256-COMPOSITE.download: ChecksumSHA256\ninit-SHA256-COMPOSITE.download: ChecksumType',
    'multipart_checksums_replay.json: an upload with MD5, of no type, is COMPOSITE':
      'init-MD5-None.initiate: ChecksumType\ninit-MD5-None.part: ChecksumMD5\ninit-MD5-None.complete: ETag\ninit-MD5-None.complete: ChecksumMD5\ninit-MD5-None.complete: ChecksumType\ninit-MD5-None.download: ETag\ninit-MD5-None.download: ChecksumMD5\ninit-MD5-None.download: ChecksumType',
    'multipart_checksums_replay.json: an upload with MD5, COMPOSITE, is COMPOSITE':
      'init-MD5-COMPOSITE.initiate: ChecksumType\ninit-MD5-COMPOSITE.part: ChecksumMD5\ninit-MD5-COMPOSITE.complete: ETag\ninit-MD5-COMPOSITE.complete: ChecksumMD5\ninit-MD5-COMPOSITE.complete: ChecksumType\ninit-MD5-COMPOSITE.download: ETag\ninit-MD5-COMPOSITE.download: ChecksumMD5\ninit-MD5-COMPOSITE.download: ChecksumType',
    'multipart_checksums_replay.json: an upload with SHA512, of no type, is COMPOSITE':
      'init-SHA512-None.initiate: ChecksumType\ninit-SHA512-None.part: ChecksumSHA512\ninit-SHA512-None.complete: ETag\ninit-SHA512-None.complete: ChecksumSHA512\ninit-SHA512-None.complete: ChecksumType\ninit-SHA512-None.download: ETag\ninit-SHA512-None.download: ChecksumSHA512\ninit-SHA512-None.download: ChecksumType',
    'multipart_checksums_replay.json: an upload with SHA512, COMPOSITE, is COMPOSITE':
      'init-SHA512-COMPOSITE.initiate: ChecksumType\ninit-SHA512-COMPOSITE.part: ChecksumSHA512\ninit-SHA512-COMPOSITE.complete: ETag\ninit-SHA512-COMPOSITE.complete: ChecksumSHA512\ninit-SHA512-COMPOSITE.complete: ChecksumType\ninit-SHA512-COMPOSITE.download: ETag\ninit-SHA512-COMPOSITE.download: ChecksumSHA512\ninit-SHA512-COMPOSITE.download: ChecksumType',
    'multipart_checksums_replay.json: a type without an algorithm, and one that the algorithm does not have, are refused':
      'init-None-COMPOSITE.initiate\ninit-None-FULL_OBJECT.initiate\ninit-CRC64NVME-COMPOSITE.initiate\ninit-SHA1-FULL_OBJECT.initiate\ninit-SHA256-FULL_OBJECT.initiate\ninit-MD5-FULL_OBJECT.initiate\ninit-SHA512-FULL_OBJECT.initiate',
    'multipart_checksums_replay.json: a part may leave out the CRC32 of an upload that is of all bytes, and a refused part changes nothing':
      'part-boundaries-CRC32.omitted: ChecksumCRC32\npart-boundaries-CRC32.omitted.state\npart-boundaries-CRC32.mismatched-algorithm\npart-boundaries-CRC32.incorrect-digest\npart-boundaries-CRC32.incorrect-digest.state\npart-boundaries-CRC32.complete-preserved-baseline: ETag\npart-boundaries-CRC32.complete-preserved-baseline: ChecksumCRC32\npart-boundaries-CRC32.complete-preserved-baseline: ChecksumType',
    'multipart_checksums_replay.json: a completion of an upload whose CRC32 is of all bytes is refused for what is wrong with it, and succeeds afterwards':
      'complete-CRC32-wrong-part-checksum.attempt\ncomplete-CRC32-wrong-object-checksum.attempt\ncomplete-CRC32-object-size-mismatch.attempt\ncomplete-CRC32-wrong-checksum-type.attempt\ncomplete-CRC32-wrong-checksum-type.post-failure.parts\ncomplete-CRC32-missing-part-checksum.attempt',
    'multipart_checksums_replay.json: a part may leave out the CRC64NVME of an upload that is of all bytes, and a refused part changes nothing':
      'part-boundaries-CRC64NVME.omitted: ChecksumCRC64NVME\npart-boundaries-CRC64NVME.omitted.state\npart-boundaries-CRC64NVME.mismatched-algorithm\npart-boundaries-CRC64NVME.incorrect-digest\npart-boundaries-CRC64NVME.incorrect-digest.state\npart-boundaries-CRC64NVME.complete-preserved-baseline: ETag\npart-boundaries-CRC64NVME.complete-preserved-baseline: ChecksumCRC64NVME\npart-boundaries-CRC64NVME.complete-preserved-baseline: ChecksumType',
    'multipart_checksums_replay.json: a completion of an upload whose CRC64NVME is of all bytes is refused for what is wrong with it, and succeeds afterwards':
      'complete-CRC64NVME-wrong-part-checksum.attempt\ncomplete-CRC64NVME-wrong-object-checksum.attempt\ncomplete-CRC64NVME-object-size-mismatch.attempt\ncomplete-CRC64NVME-wrong-checksum-type.attempt\ncomplete-CRC64NVME-wrong-checksum-type.post-failure.parts\ncomplete-CRC64NVME-missing-part-checksum.attempt',
    'multipart_checksums_replay.json: each part of a composite upload has its checksum, and a refused part changes nothing':
      'part-boundaries-SHA256.omitted\npart-boundaries-SHA256.omitted.state\npart-boundaries-SHA256.matching.state\npart-boundaries-SHA256.mismatched-algorithm\npart-boundaries-SHA256.incorrect-digest\npart-boundaries-SHA256.incorrect-digest.state\npart-boundaries-SHA256.complete-preserved-baseline: ETag\npart-boundaries-SHA256.complete-preserved-baseline: ChecksumSHA256\npart-boundaries-SHA256.complete-preserved-baseline: ChecksumType',
    'multipart_checksums_replay.json: a completion of a composite upload is refused for what is wrong with its checksums, and succeeds afterwards':
      'complete-SHA256-missing-part-checksum.attempt\ncomplete-SHA256-wrong-part-checksum.attempt\ncomplete-SHA256-wrong-object-checksum.attempt\ncomplete-SHA256-object-size-mismatch.attempt\ncomplete-SHA256-wrong-checksum-type.attempt\ncomplete-SHA256-wrong-checksum-type.post-failure.parts\ncomplete-SHA256-wrong-checksum-type.post-failure.head\ncomplete-SHA256-wrong-checksum-type.corrected-retry',
    'checksum_algorithms_multipart_replay.json: the checksum of an upload with MD5 is made of those of its parts': '',
    'checksum_algorithms_multipart_replay.json: the checksum of an upload with SHA512 is made of those of its parts':
      '',
    'checksum_algorithms_multipart_replay.json: the checksum of an upload with XXHASH64 is made of those of its parts':
      '',
    'checksum_algorithms_multipart_replay.json: the checksum of an upload with XXHASH3 is made of those of its parts':
      '',
    'checksum_algorithms_multipart_replay.json: the checksum of an upload with XXHASH128 is made of those of its parts':
      '',
    "checksum_algorithms_multipart_replay.json: a completion of an upload without an algorithm cannot have the object's MD5":
      'MD5.completion-header',
    "checksum_algorithms_multipart_replay.json: a completion of an upload without an algorithm cannot have the object's SHA512":
      'SHA512.completion-header',
    "checksum_algorithms_multipart_replay.json: a completion of an upload without an algorithm cannot have the object's XXHASH64":
      'XXHASH64.completion-header',
    "checksum_algorithms_multipart_replay.json: a completion of an upload without an algorithm cannot have the object's XXHASH3":
      'XXHASH3.completion-header',
    "checksum_algorithms_multipart_replay.json: a completion of an upload without an algorithm cannot have the object's XXHASH128":
      'XXHASH128.completion-header',
    "checksum_algorithms_multipart_replay.json: the object's CRC32 in a completion of an upload without an algorithm has no effect":
      'CRC32.completion-header: ETag\nCRC32.completion-header: ChecksumCRC64NVME\nCRC32.completion-header: ChecksumType\nCRC32.header-retained-get: ChecksumCRC64NVME\nCRC32.header-retained-get: ChecksumType',
    "checksum_algorithms_multipart_replay.json: the object's CRC32C in a completion of an upload without an algorithm has no effect":
      'CRC32C.completion-header: ETag\nCRC32C.completion-header: ChecksumCRC64NVME\nCRC32C.completion-header: ChecksumType\nCRC32C.header-retained-get: ChecksumCRC64NVME\nCRC32C.header-retained-get: ChecksumType',
    "checksum_algorithms_multipart_replay.json: the object's SHA1 in a completion of an upload without an algorithm has no effect":
      'SHA1.completion-header: ETag\nSHA1.completion-header: ChecksumCRC64NVME\nSHA1.completion-header: ChecksumType\nSHA1.header-retained-get: ChecksumCRC64NVME\nSHA1.header-retained-get: ChecksumType',
    "checksum_algorithms_multipart_replay.json: the object's SHA256 in a completion of an upload without an algorithm has no effect":
      'SHA256.completion-header: ETag\nSHA256.completion-header: ChecksumCRC64NVME\nSHA256.completion-header: ChecksumType\nSHA256.header-retained-get: ChecksumCRC64NVME\nSHA256.header-retained-get: ChecksumType',
    'checksum_algorithms_multipart_replay.json: an upload without an algorithm answers the MD5 of a part and does not store it':
      'MD5.explicit-part: ChecksumMD5\nMD5.explicit-part-list\nMD5.explicit-part-xml-complete\nMD5.explicit-part-abort',
    'checksum_algorithms_multipart_replay.json: an upload without an algorithm answers the SHA512 of a part and does not store it':
      'SHA512.explicit-part: ChecksumSHA512\nSHA512.explicit-part-list\nSHA512.explicit-part-xml-complete\nSHA512.explicit-part-abort',
    'checksum_algorithms_multipart_replay.json: an upload without an algorithm answers the XXHASH64 of a part and does not store it':
      'XXHASH64.explicit-part: ChecksumXXHASH64\nXXHASH64.explicit-part-list\nXXHASH64.explicit-part-xml-complete\nXXHASH64.explicit-part-abort',
    'checksum_algorithms_multipart_replay.json: an upload without an algorithm answers the XXHASH3 of a part and does not store it':
      'XXHASH3.explicit-part: ChecksumXXHASH3\nXXHASH3.explicit-part-list\nXXHASH3.explicit-part-xml-complete\nXXHASH3.explicit-part-abort',
    'checksum_algorithms_multipart_replay.json: an upload without an algorithm answers the XXHASH128 of a part and does not store it':
      'XXHASH128.explicit-part: ChecksumXXHASH128\nXXHASH128.explicit-part-list\nXXHASH128.explicit-part-xml-complete\nXXHASH128.explicit-part-abort',
    'checksum_algorithms_multipart_replay.json: an upload without an algorithm answers the CRC32 of a part and does not store it':
      'CRC32.explicit-part: ChecksumCRC32\nCRC32.explicit-part-list\nCRC32.explicit-part-xml-complete\nCRC32.explicit-part-abort',
    'checksum_algorithms_multipart_replay.json: an upload without an algorithm answers the SHA256 of a part and does not store it':
      'SHA256.explicit-part: ChecksumSHA256\nSHA256.explicit-part-list\nSHA256.explicit-part-xml-complete\nSHA256.explicit-part-abort',
    'checksum_algorithms_multipart_replay.json: a part of an upload with XXHASH128 needs it, and only it':
      'XXHASH128-composite.init: ChecksumAlgorithm\nXXHASH128-composite.init: ChecksumType\nXXHASH128.missing-checksum\nXXHASH128.algorithm-without-checksum\nXXHASH128.mismatched-algorithm\nXXHASH128.wrong-checksum',
    'checksum_algorithms_multipart_replay.json: a completion of an upload with XXHASH128 needs those of the parts, and may have that of the object':
      'XXHASH128-composite.init: ChecksumAlgorithm\nXXHASH128-composite.init: ChecksumType\nXXHASH128.part: ChecksumXXHASH128\nXXHASH128.omit-part-checksum\nXXHASH128.wrong-part-checksum\nXXHASH128.raw-full-object\nXXHASH128.wrong-part-count\nXXHASH128.wrong-composite\nmismatch.completion-sha256-header\nmismatch.complete-correct\nmismatch.retained-get: ChecksumXXHASH128\nmismatch.retained-get: ChecksumType',
    "checksum_algorithms_multipart_replay.json: an upload with XXHASH128 and a customer's key needs the key for its parts":
      'XXHASH128.ssec-init: ChecksumAlgorithm\nXXHASH128.ssec-init: SSECustomerKeyMD5\nXXHASH128.ssec-no-key-part\nXXHASH128.ssec-explicit-part: ChecksumXXHASH128\nXXHASH128.ssec-explicit-part: SSECustomerKeyMD5\nXXHASH128.ssec-complete: ChecksumXXHASH128\nXXHASH128.ssec-complete: ChecksumType\nXXHASH128.ssec-retained-get: ChecksumXXHASH128\nXXHASH128.ssec-retained-get: ChecksumType\nXXHASH128.ssec-list-parts-after-completion',
    'checksum_algorithms_object_replay.json: an object has the XXHASH64 that was sent, and so have its copies':
      'put-explicit-XXHASH64: ChecksumXXHASH64\nput-explicit-XXHASH64: ChecksumType\nget-enabled-XXHASH64: header x-amz-checksum-xxhash64\nget-enabled-XXHASH64: header x-amz-checksum-type\nhead-enabled-XXHASH64: ChecksumXXHASH64\nhead-enabled-XXHASH64: ChecksumType\nattributes-XXHASH64: Checksum\nattributes-XXHASH64: ObjectSize\nput-value-without-algorithm-XXHASH64: header x-amz-checksum-xxhash64\nput-value-without-algorithm-XXHASH64: header x-amz-checksum-type\nget-inferred-XXHASH64: ChecksumXXHASH64\nget-inferred-XXHASH64: ChecksumType\nreject-mismatch-XXHASH64\nunchanged-after-mismatch-XXHASH64: ChecksumXXHASH64\nunchanged-after-mismatch-XXHASH64: ChecksumType\nunchanged-after-mismatch-XXHASH64: ETag\nget-range-XXHASH64: ContentRange\nhead-part-one-XXHASH64\nput-empty-XXHASH64: ChecksumXXHASH64\nput-empty-XXHASH64: ChecksumType\nget-empty-XXHASH64: ChecksumXXHASH64\nget-empty-XXHASH64: ChecksumType\ncopy-preserve-XXHASH64: CopyObjectResult.ChecksumXXHASH64\ncopy-preserve-XXHASH64: CopyObjectResult.ChecksumType\nget-preserved-copy-XXHASH64: ChecksumXXHASH64\nget-preserved-copy-XXHASH64: ChecksumType\ncopy-replace-XXHASH64-XXHASH128: CopyObjectResult.ChecksumXXHASH128\ncopy-replace-XXHASH64-XXHASH128: CopyObjectResult.ChecksumType\nget-replaced-copy-XXHASH64: ChecksumXXHASH128\nget-replaced-copy-XXHASH64: ChecksumType',
    'checksum_algorithms_object_replay.json: an object has the XXHASH3 that was sent, and so have its copies':
      'put-explicit-XXHASH3: ChecksumXXHASH3\nput-explicit-XXHASH3: ChecksumType\nget-enabled-XXHASH3: header x-amz-checksum-xxhash3\nget-enabled-XXHASH3: header x-amz-checksum-type\nhead-enabled-XXHASH3: ChecksumXXHASH3\nhead-enabled-XXHASH3: ChecksumType\nattributes-XXHASH3: Checksum\nattributes-XXHASH3: ObjectSize\nput-value-without-algorithm-XXHASH3: header x-amz-checksum-xxhash3\nput-value-without-algorithm-XXHASH3: header x-amz-checksum-type\nget-inferred-XXHASH3: ChecksumXXHASH3\nget-inferred-XXHASH3: ChecksumType\nreject-mismatch-XXHASH3\nunchanged-after-mismatch-XXHASH3: ChecksumXXHASH3\nunchanged-after-mismatch-XXHASH3: ChecksumType\nunchanged-after-mismatch-XXHASH3: ETag\nget-range-XXHASH3: ContentRange\nhead-part-one-XXHASH3\nput-empty-XXHASH3: ChecksumXXHASH3\nput-empty-XXHASH3: ChecksumType\nget-empty-XXHASH3: ChecksumXXHASH3\nget-empty-XXHASH3: ChecksumType\ncopy-preserve-XXHASH3: CopyObjectResult.ChecksumXXHASH3\ncopy-preserve-XXHASH3: CopyObjectResult.ChecksumType\nget-preserved-copy-XXHASH3: ChecksumXXHASH3\nget-preserved-copy-XXHASH3: ChecksumType\ncopy-replace-XXHASH3-XXHASH128: CopyObjectResult.ChecksumXXHASH128\ncopy-replace-XXHASH3-XXHASH128: CopyObjectResult.ChecksumType\nget-replaced-copy-XXHASH3: ChecksumXXHASH128\nget-replaced-copy-XXHASH3: ChecksumType',
    'checksum_algorithms_object_replay.json: an object has the XXHASH128 that was sent, and so have its copies':
      'put-explicit-XXHASH128: ChecksumXXHASH128\nput-explicit-XXHASH128: ChecksumType\nget-enabled-XXHASH128: header x-amz-checksum-xxhash128\nget-enabled-XXHASH128: header x-amz-checksum-type\nhead-enabled-XXHASH128: ChecksumXXHASH128\nhead-enabled-XXHASH128: ChecksumType\nattributes-XXHASH128: Checksum\nattributes-XXHASH128: ObjectSize\nput-value-without-algorithm-XXHASH128: header x-amz-checksum-xxhash128\nput-value-without-algorithm-XXHASH128: header x-amz-checksum-type\nget-inferred-XXHASH128: ChecksumXXHASH128\nget-inferred-XXHASH128: ChecksumType\nreject-mismatch-XXHASH128\nunchanged-after-mismatch-XXHASH128: ChecksumXXHASH128\nunchanged-after-mismatch-XXHASH128: ChecksumType\nunchanged-after-mismatch-XXHASH128: ETag\nget-range-XXHASH128: ContentRange\nhead-part-one-XXHASH128\nput-empty-XXHASH128: ChecksumXXHASH128\nput-empty-XXHASH128: ChecksumType\nget-empty-XXHASH128: ChecksumXXHASH128\nget-empty-XXHASH128: ChecksumType\ncopy-preserve-XXHASH128: CopyObjectResult.ChecksumXXHASH128\ncopy-preserve-XXHASH128: CopyObjectResult.ChecksumType\nget-preserved-copy-XXHASH128: ChecksumXXHASH128\nget-preserved-copy-XXHASH128: ChecksumType\ncopy-replace-XXHASH128-SHA512: CopyObjectResult.ChecksumSHA512\ncopy-replace-XXHASH128-SHA512: CopyObjectResult.ChecksumType\nget-replaced-copy-XXHASH128: ChecksumSHA512\nget-replaced-copy-XXHASH128: ChecksumType',
    'checksum_algorithms_object_replay.json: an object has the MD5 that was sent, and so have its copies':
      'put-explicit-MD5: ChecksumMD5\nput-explicit-MD5: ChecksumType\nget-enabled-MD5: header x-amz-checksum-md5\nget-enabled-MD5: header x-amz-checksum-type\nhead-enabled-MD5: ChecksumMD5\nhead-enabled-MD5: ChecksumType\nattributes-MD5: Checksum\nattributes-MD5: ObjectSize\nput-value-without-algorithm-MD5: header x-amz-checksum-md5\nput-value-without-algorithm-MD5: header x-amz-checksum-type\nget-inferred-MD5: ChecksumMD5\nget-inferred-MD5: ChecksumType\nreject-mismatch-MD5\nunchanged-after-mismatch-MD5: ChecksumMD5\nunchanged-after-mismatch-MD5: ChecksumType\nunchanged-after-mismatch-MD5: ETag\ncopy-preserve-MD5: CopyObjectResult.ChecksumMD5\ncopy-preserve-MD5: CopyObjectResult.ChecksumType\nget-preserved-copy-MD5: ChecksumMD5\nget-preserved-copy-MD5: ChecksumType\ncopy-replace-MD5-XXHASH128: CopyObjectResult.ChecksumXXHASH128\ncopy-replace-MD5-XXHASH128: CopyObjectResult.ChecksumType\nget-replaced-copy-MD5: ChecksumXXHASH128\nget-replaced-copy-MD5: ChecksumType',
    'checksum_algorithms_object_replay.json: an object has the SHA512 that was sent, and so have its copies':
      'put-explicit-SHA512: ChecksumSHA512\nput-explicit-SHA512: ChecksumType\nget-enabled-SHA512: header x-amz-checksum-sha512\nget-enabled-SHA512: header x-amz-checksum-type\nhead-enabled-SHA512: ChecksumSHA512\nhead-enabled-SHA512: ChecksumType\nattributes-SHA512: Checksum\nattributes-SHA512: ObjectSize\nput-value-without-algorithm-SHA512: header x-amz-checksum-sha512\nput-value-without-algorithm-SHA512: header x-amz-checksum-type\nget-inferred-SHA512: ChecksumSHA512\nget-inferred-SHA512: ChecksumType\nreject-mismatch-SHA512\nunchanged-after-mismatch-SHA512: ChecksumSHA512\nunchanged-after-mismatch-SHA512: ChecksumType\nunchanged-after-mismatch-SHA512: ETag\ncopy-preserve-SHA512: CopyObjectResult.ChecksumSHA512\ncopy-preserve-SHA512: CopyObjectResult.ChecksumType\nget-preserved-copy-SHA512: ChecksumSHA512\nget-preserved-copy-SHA512: ChecksumType\ncopy-replace-SHA512-XXHASH128: CopyObjectResult.ChecksumXXHASH128\ncopy-replace-SHA512-XXHASH128: CopyObjectResult.ChecksumType\nget-replaced-copy-SHA512: ChecksumXXHASH128\nget-replaced-copy-SHA512: ChecksumType',
    'checksum_algorithms_object_replay.json: an object has the CRC32 that was sent, and so have its copies':
      'put-explicit-CRC32: ChecksumCRC32\nput-explicit-CRC32: ChecksumType\nget-enabled-CRC32: header x-amz-checksum-crc32\nget-enabled-CRC32: header x-amz-checksum-type\nhead-enabled-CRC32: ChecksumCRC32\nhead-enabled-CRC32: ChecksumType\nattributes-CRC32: Checksum\nattributes-CRC32: ObjectSize\nput-value-without-algorithm-CRC32: header x-amz-checksum-crc32\nput-value-without-algorithm-CRC32: header x-amz-checksum-type\nget-inferred-CRC32: ChecksumCRC32\nget-inferred-CRC32: ChecksumType\nreject-mismatch-CRC32\nunchanged-after-mismatch-CRC32: ChecksumCRC32\nunchanged-after-mismatch-CRC32: ChecksumType\nunchanged-after-mismatch-CRC32: ETag',
    'checksum_algorithms_object_replay.json: an object has the SHA256 that was sent, and so have its copies':
      'put-explicit-SHA256: ChecksumSHA256\nput-explicit-SHA256: ChecksumType\nget-enabled-SHA256: header x-amz-checksum-sha256\nget-enabled-SHA256: header x-amz-checksum-type\nhead-enabled-SHA256: ChecksumSHA256\nhead-enabled-SHA256: ChecksumType\nattributes-SHA256: Checksum\nattributes-SHA256: ObjectSize\nput-value-without-algorithm-SHA256: header x-amz-checksum-sha256\nput-value-without-algorithm-SHA256: header x-amz-checksum-type\nget-inferred-SHA256: ChecksumSHA256\nget-inferred-SHA256: ChecksumType\nreject-mismatch-SHA256\nunchanged-after-mismatch-SHA256: ChecksumSHA256\nunchanged-after-mismatch-SHA256: ChecksumType\nunchanged-after-mismatch-SHA256: ETag',
    'checksum_algorithms_object_replay.json: an object that comes without a checksum has a CRC64NVME':
      'put-default-no-checksum: ChecksumCRC64NVME\nput-default-no-checksum: ChecksumType\nget-default: ChecksumCRC64NVME\nget-default: ChecksumType',
    'checksum_algorithms_object_replay.json: two checksums, and another one than the SDK says, are refused':
      'put-explicit-XXHASH64: ChecksumXXHASH64\nput-explicit-XXHASH64: ChecksumType\nmultiple-matching-fields\nmultiple-mismatching-other-field\nalgorithm-header-mismatch\nafter-multiple-matching-fields: ChecksumXXHASH64\nafter-multiple-matching-fields: ChecksumType',
    "checksum_algorithms_object_replay.json: an object with a customer's key has its checksum, for those who have the key":
      'put-ssec-xxhash128: ChecksumXXHASH128\nput-ssec-xxhash128: ChecksumType\nput-ssec-xxhash128: SSECustomerKeyMD5\nhead-ssec-xxhash128: ChecksumXXHASH128\nhead-ssec-xxhash128: ChecksumType\nattrs-ssec-xxhash128: Checksum\nattrs-ssec-xxhash128: ObjectSize\nget-ssec-no-key\ncopy-ssec-xxhash128: CopyObjectResult.ChecksumXXHASH3\ncopy-ssec-xxhash128: CopyObjectResult.ChecksumType\nget-copy-ssec-xxhash128: ChecksumXXHASH3\nget-copy-ssec-xxhash128: ChecksumType',
    'checksum_algorithms_object_replay.json: an object under KMS has its checksum':
      'put-kms-xxhash128: ChecksumXXHASH128\nput-kms-xxhash128: ChecksumType\nput-kms-xxhash128: ServerSideEncryption\nhead-kms-xxhash128: ChecksumXXHASH128\nhead-kms-xxhash128: ChecksumType\nhead-kms-xxhash128: ServerSideEncryption\ncopy-kms-xxhash128: CopyObjectResult.ChecksumXXHASH3\ncopy-kms-xxhash128: CopyObjectResult.ChecksumType\nget-copy-kms-xxhash128: ChecksumXXHASH3\nget-copy-kms-xxhash128: ChecksumType',
    'checksum_algorithms_object_replay.json: an empty checksum and one that is not base64 are refused, and change nothing':
      'supplement-existing-object: ChecksumXXHASH128\nsupplement-existing-object: ChecksumType\npresent-empty-with-algorithm\npresent-empty-without-algorithm\nbytes-after-present-empty-without-algorithm: ChecksumXXHASH128\nbytes-after-present-empty-without-algorithm: ChecksumType\nbytes-after-present-empty-without-algorithm: ContentLength\nmalformed-base64-with-algorithm\nmalformed-base64-without-algorithm\nbytes-after-malformed-base64-without-algorithm: ChecksumXXHASH128\nbytes-after-malformed-base64-without-algorithm: ChecksumType\nbytes-after-malformed-base64-without-algorithm: ContentLength',
    'conditional_versions.json: a delete marker is no object for a condition, and its own id takes none':
      'PutBucketVersioning',
    'conditional_versions.json: a version that is gone is deleted again, but not with a condition':
      'PutBucketVersioning',
    'conditional_versions.json: an older or the current version stays where a condition names it':
      'PutBucketVersioning',
    'conditional_versions.json: versions stay readable below a delete marker, which no condition removes':
      'PutBucketVersioning',
    'conditional_versions.json: a key whose versions were all deleted is listed nowhere, and its versions are deleted again':
      'PutBucketVersioning',
    'conditional_versions.json: a batch deletes versions and delete markers by their ids, and then the bucket goes':
      'PutBucketVersioning',
    'website_rules_replay.json: a routing rule is kept as it was put, be its redirect empty':
      'empty redirect\nempty redirect retained',
    'website_admission_replay.json: a wrong website configuration is refused, and changes nothing':
      'empty config\nindex empty\nsuffix empty\nsuffix slash\nerror empty\nredirect all empty host\nredirect all bad protocol\nredirect all uppercase protocol\nrouting empty condition\nrouting exclusive replacement\nrouting invalid protocol\nredirect status 200\nredirect status 299\nredirect status 300\nredirect status 399\nredirect status 400\nredirect status abc\ncondition status 200\ncondition status 399\ncondition status 599\ncondition status 600\ncondition status abc\nstate after: RoutingRules',
    'website_admission_replay.json: an empty redirect, each status of a redirect and any host are taken':
      "routing empty redirect\nredirect all host validation 'https://example.com/path'\nredirect all host validation 'example.com:8080'\nredirect all host validation 'bad host'\nredirect all host validation 'example.com/path'",
    'website_http_replay.json: a website configuration replaces the one before as a whole, and is deleted as often as asked for':
      'delete absent website first\nredirect all without protocol\nredirect all without protocol retained: RedirectAllRequestsTo\nredirect all without protocol retained: IndexDocument\nredirect all https\nredirect all https retained: RedirectAllRequestsTo\ndelete configured website\nrepeat delete configured website',
    'website_http_replay.json: the REST API redirects nobody': 'REST comparison False /missing',
    'logging_control_replay.json: the target of a log is kept as it was put, without defaults':
      'enable simple\nenable simple state after: LoggingEnabled\nenable event\nenable event state after: LoggingEnabled\nenable delivery\nenable delivery state after: LoggingEnabled\nomitted object format default\nomitted object format default state after: LoggingEnabled\nempty partition date default\nempty partition date default state after: LoggingEnabled\ndisable third source logging',
    'logging_raw_replay.json: a document that S3 cannot read leaves the target, and one of another root ends it':
      'baseline before retained rejection checks\nmalformed XML retaining enabled\ninvalid partition retaining enabled\nbad MD5 retaining enabled\nunknown child root\nunknown child root retained state: LoggingEnabled\nwrong root\nmissing target\nboth formats\nalgorithm header missing checksum\nmissing checksum',
    'analytics_controls_replay.json: an analysis is put, read and listed, and one that was never put is not found':
      'fresh-list\nfresh-get\nfresh-delete\nminimal\nminimal-get\nminimal-list',
    'analytics_controls_replay.json: the filter of an analysis has one member, and refusals of their own for each':
      'filter-prefix\nfilter-prefix-get\nfilter-empty-prefix\nfilter-tag\nfilter-tag-get\nfilter-tag-empty-value\nfilter-state-tag-empty-value\nfilter-and\nfilter-and-get\nfilter-and-two-tags\nfilter-and-two-tags-get\nfilter-and-repeat-same\nfilter-and-repeat-same-get\nfilter-and-repeat-conflict\nfilter-and-repeat-conflict-get\nfilter-and-one-tag\nfilter-and-prefix-only\nfilter-and-empty\nfilter-empty\nfilter-two-branches\nfilter-state-two-branches\nreplacement-removes-filter\nreplacement-removes-filter-get',
    'analytics_controls_replay.json: a document fits its schema, and one without an analysis has a refusal of its own':
      'raw-missing-id\nraw-missing-analysis\nraw-empty-id\nraw-different-id\nraw-duplicate-id\nraw-unknown-child\nraw-missing-version\nraw-missing-destination\nextra-empty-export\nextra-empty-destination\nextra-empty-s3-destination\nextra-missing-format\nextra-missing-bucket\nextra-empty-account\nextra-empty-tag-key\nextra-missing-tag-value\nextra-duplicate-tags\nextra-state-duplicate-tags\nextra-and-10\nextra-and-10-get\nextra-and-11\nextra-and-state-11',
    'analytics_controls_replay.json: a request names one id, the first of several, and ids have the characters of those of tiering':
      'no-query-id\nempty-query-id\nduplicate-query-id\nduplicate-query-id-state\nid-space id\nid-get\nid-slash/id\nid-unicode-é\nid-xxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxx\nid-a:b\nid-xxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxx\nid-a.b\nid-a_b\nid-a-b\nextra-GET-no-id\nextra-GET-empty-id\nextra-GET-duplicate-id\nextra-DELETE-no-id\nextra-DELETE-empty-id\nextra-DELETE-duplicate-id\ndelete-again',
    'analytics_boundaries_replay.json: the tag of a filter has the lengths and the characters of a tag':
      'ascii-key-128\nascii-key-128-get\nascii-key-129\nascii-value-256\nascii-value-256-get\nascii-value-257\nbmp-key-128-value-256\nbmp-key-128-value-256-get\nbmp-key-129\nastral-letter-key-64\nastral-letter-key-64-get\nastral-letter-key-65\nastral-letter-value-128\nastral-letter-value-128-get\nastral-letter-value-129\nobject-invalid-punctuation\nobject-invalid-symbol\nobject-invalid-combining-mark\nvalue-invalid-tab-newline\nobject-reserved-aws-key\nobject-reserved-aws-key-get\nallowed-punctuation-numbers-separators\nallowed-punctuation-numbers-separators-get',
    'analytics_boundaries_replay.json: the tags of an And are such tags, too':
      'and-ascii-limits\nand-ascii-limits-get\nand-key-129\nand-value-257\nand-object-invalid-text\nand-value-invalid-symbol\nand-value-invalid-symbol-get',
    'request_metrics_control_replay.json: the filter of metrics has one member, and is malformed in all other ways':
      'empty-list\nget-missing\ndelete-missing\nbaseline\nreplace-prefix\nreplace-prefix-read\nreplace-absent\nempty-filter\nempty-prefix\ntag\ntag-read\nempty-tag-value\nempty-tag-value-read\nand-prefix-tag\nand-prefix-tag-read\nand-two-tags\nand-two-tags-read\nand-prefix-only\nand-empty\nand-one-tag\nand-duplicate-key\nand-duplicate-key-read\nprefix-and-tag',
    'request_metrics_control_replay.json: an id fits the schema, and without one in the query the document is not read':
      "id-mismatch\nquery-id-read\nbody-id-read\nid-syntax-'a.b_C-9'\nid-syntax-64\nid-syntax-'aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa'\nid-syntax-'with space'\nid-syntax-'a/b'\nid-syntax-'é'\nid-syntax-''\nmissing-query-id\nmissing-body-id\nempty-body-id\nwrong-root\nunknown-element\nmalformed-xml\nget-empty-id\ndelete-empty-id",
    'inventory_control_replay.json: fields keep their order, may come twice and may be none':
      'reverse-fields\nreverse-fields-read\nduplicate-fields\nduplicate-fields-read\nempty-fields\nempty-fields-read',
    'inventory_control_replay.json: a document fits the schema of inventories':
      'set-up\nunknown-field\nempty-field\nbad-format\nbad-frequency\nbad-versions\nempty-filter\nempty-prefix\nmissing-Destination\nmissing-Id\nmissing-IsEnabled\nmissing-IncludedObjectVersions\nmissing-Schedule\nmissing-S3BucketDestination\nmissing-Frequency\nmissing-dest-Bucket\nmissing-dest-Format\nwrong-root\nunknown-element\nmalformed-xml\nempty-prefix-read',
    'inventory_control_replay.json: a boolean is true, false, 1 or 0, with blanks around':
      "boolean-'true'\nboolean-'true'-read\nboolean-'1'\nboolean-'1'-read\nboolean-' true '\nboolean-' true '-read\nboolean-'false'\nboolean-'false'-read\nboolean-'0'\nboolean-'0'-read\nboolean-'TRUE'\nboolean-'False'\nboolean-'yes'\nboolean-''",
    'inventory_control_replay.json: an id fits the schema, is that of the query, and is looked for after the document was read':
      "id-mismatch\nquery-id-read\nbody-id-read\nid-syntax-'a.b_C-9'\nid-syntax-64\nid-syntax-'aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa'\nid-syntax-'with space'\nid-syntax-'a/b'\nid-syntax-'é'\nid-syntax-''\nmissing-query-id\nget-empty-id\ndelete-empty-id",
    'inventory_control_replay.json: a bucket that is missing and another owner count before the document, which counts before the right':
      'baseline\nwrong-owner-GetBucketInventoryConfiguration\nwrong-owner-ListBucketInventoryConfigurations\nwrong-owner-PutBucketInventoryConfiguration\nwrong-owner-DeleteBucketInventoryConfiguration\ndeny-write\nsettled-write-deny-GetBucketInventoryConfiguration\nsettled-write-deny-ListBucketInventoryConfigurations\nsettled-write-deny-PutBucketInventoryConfiguration\nsettled-write-deny-DeleteBucketInventoryConfiguration\nsettled-deny-malformed\nsettled-deny-invalid\nsettled-deny-id-mismatch\nsettled-deny-wrong-owner-malformed\nsettled-deny-retained-read',
    'inventory_control_replay.json: the fields of an inventory are a condition key, which is absent if there are none, and of deletions':
      'baseline-any-size\ncondition-any-size\ncondition-any-size-omitted\ncondition-any-size-empty\ncondition-any-size-size\ncondition-any-size-etag\ncondition-any-size-mixed\ncondition-any-size-duplicate\ncondition-any-size-get\ncondition-any-size-delete\nset-up\nbaseline-all-size\ncondition-all-size\ncondition-all-size-omitted\ncondition-all-size-empty\ncondition-all-size-size\ncondition-all-size-etag\ncondition-all-size-mixed\ncondition-all-size-duplicate\ncondition-all-size-get\ncondition-all-size-delete\nbaseline-null-true\ncondition-null-true\ncondition-null-true-omitted\ncondition-null-true-empty\ncondition-null-true-size\ncondition-null-true-etag\ncondition-null-true-mixed\ncondition-null-true-duplicate\ncondition-null-true-get\ncondition-null-true-delete\nbaseline-null-false\ncondition-null-false\ncondition-null-false-omitted\ncondition-null-false-empty\ncondition-null-false-size\ncondition-null-false-etag\ncondition-null-false-mixed\ncondition-null-false-duplicate\ncondition-null-false-get\ncondition-null-false-delete',
    'cors_replay.json: a rule is kept whatever the length of its ID and the sign of its age':
      'admission-rules-101\nadmission-rules-101.state-after: CORSRules',
    'cors_raw_replay.json: a rule needs a method that S3 knows, and an origin, which may be any text with one wildcard':
      'admission-method-empty\nadmission-origin-empty\nadmission-origin-empty.state-after\nadmission-header-spaces\nadmission-expose-wildcard\nsupplement-admission-id-duplicate-scalar\nadmission-unknown-element\nadmission-noninteger-max-age\nsupplement-admission-expose-empty.state-after: CORSRules[0].ExposeHeaders',
    'cors_raw_replay.json: a document has 64 KB at most, and a digest that is right':
      'admission-xml-65537\nchecksum-no-md5\nchecksum-bad-md5\nchecksum-malformed-md5\nchecksum-algorithm-missing-value',
    'cors_raw_replay.json: a bucket without a configuration has no preflights, nor has one that is not there':
      'delete-missing-config\noptions-without-config\noptions-missing-bucket',
    'cors_raw_replay.json: the first rule counts that allows the origin, the method and all headers':
      'first-match-existing: header access-control-allow-origin\nfirst-match-existing: header access-control-expose-headers\nfirst-match-existing: header access-control-max-age\nfirst-match-existing: header access-control-allow-credentials\nfirst-match-missing-object: header access-control-allow-origin\nfirst-match-missing-object: header access-control-expose-headers\nfirst-match-missing-object: header access-control-max-age\nfirst-match-missing-object: header access-control-allow-credentials\nfirst-match-bucket-root: header access-control-allow-origin\nfirst-match-bucket-root: header access-control-expose-headers\nfirst-match-bucket-root: header access-control-max-age\nfirst-match-bucket-root: header access-control-allow-credentials\nfirst-match-headers-case-list: header access-control-allow-origin\nfirst-match-headers-case-list: header access-control-expose-headers\nfirst-match-headers-case-list: header access-control-max-age\nfirst-match-headers-case-list: header access-control-allow-credentials\nfirst-match-headers-duplicates: header access-control-allow-origin\nfirst-match-headers-duplicates: header access-control-expose-headers\nfirst-match-headers-duplicates: header access-control-max-age\nfirst-match-headers-duplicates: header access-control-allow-credentials\nfallback-when-first-headers-fail\nfallback-when-first-method-fails: header access-control-expose-headers\nfallback-when-first-method-fails: header access-control-max-age\nfallback-when-first-origin-fails: header access-control-expose-headers\nfallback-when-first-origin-fails: header access-control-max-age\nmethod-head: header access-control-allow-origin\nmethod-head: header access-control-expose-headers\nmethod-head: header access-control-max-age\nmethod-head: header access-control-allow-credentials\norigin-null: header access-control-expose-headers\norigin-null: header access-control-max-age\norigin-malformed-with-wildcard: header access-control-expose-headers\norigin-malformed-with-wildcard: header access-control-max-age\norigin-multiple: header access-control-expose-headers\norigin-multiple: header access-control-max-age\nrequest-headers-empty: header access-control-allow-origin\nrequest-headers-empty: header access-control-expose-headers\nrequest-headers-empty: header access-control-max-age\nrequest-headers-empty: header access-control-allow-credentials\npartial-signature-query',
    'cors_raw_replay.json: a preflight has an origin, a method that HTTP has, and names of headers':
      'method-lowercase-preflight\nmethod-unsupported-preflight\norigin-missing\norigin-empty\nrequest-method-missing\nrequest-method-empty\nrequest-method-multiple\nrequest-headers-malformed-token\nrequest-headers-empty-list-items',
    'cors_raw_replay.json: an origin is compared whole and with its case, headers without it':
      'exact-origin-mismatch\nexact-origin-case-mismatch\nexact-origin-trailing-slash\nexact-header-mismatch\nexact-headers-mixed-case: header access-control-allow-origin\nexact-headers-mixed-case: header access-control-expose-headers\nexact-headers-mixed-case: header access-control-max-age\nexact-headers-mixed-case: header access-control-allow-credentials\nexact-headers-no-space-list: header access-control-allow-origin\nexact-headers-no-space-list: header access-control-expose-headers\nexact-headers-no-space-list: header access-control-max-age\nexact-headers-no-space-list: header access-control-allow-credentials\nexact-header-empty-list\nexact-head-not-get\nexact-maxage-zero: header access-control-allow-origin\nexact-maxage-zero: header access-control-expose-headers\nexact-maxage-zero: header access-control-max-age\nexact-maxage-zero: header access-control-allow-credentials',
    'cors_raw_replay.json: an origin with a wildcard allows any text in its place, or none':
      'origin-pattern-match: header access-control-allow-origin\norigin-pattern-match: header access-control-expose-headers\norigin-pattern-match: header access-control-allow-credentials\norigin-pattern-deep-match: header access-control-allow-origin\norigin-pattern-deep-match: header access-control-expose-headers\norigin-pattern-deep-match: header access-control-allow-credentials\norigin-pattern-empty-match: header access-control-allow-origin\norigin-pattern-empty-match: header access-control-expose-headers\norigin-pattern-empty-match: header access-control-allow-credentials\norigin-pattern-case\norigin-pattern-prefix-mismatch\norigin-pattern-suffix-mismatch',
    'cors_raw_replay.json: a rule with little gives few headers, and one of any origin comes before an exact one behind it':
      'supplement-no-optionals-preflight: header access-control-allow-origin\nsupplement-no-optionals-preflight: header access-control-allow-credentials\nsupplement-no-optionals-header-denied\nwildcard-first-over-exact: header access-control-expose-headers\nwildcard-first-over-exact: header access-control-max-age',
    'cors_raw_replay.json: each answer to a request with an Origin has the headers of its rule, refusals too':
      'PutPublicAccessBlock',
    'cors_raw_replay.json: the headers and the method that a request asks for count, and not those that it has':
      'supplement-private-get-extra-header: header access-control-allow-methods\nsupplement-private-get-requested-header-denied: header access-control-allow-origin\nsupplement-private-get-requested-header-denied: header access-control-expose-headers\nsupplement-private-get-requested-header-denied: header access-control-max-age\nsupplement-private-get-requested-header-denied: header access-control-allow-credentials\nsupplement-private-get-requested-header-denied: header vary\nsupplement-private-get-requested-header-allowed: header access-control-allow-methods\nsupplement-private-get-requested-header-allowed: header access-control-allow-headers\nsupplement-private-get-requested-method-malformed\nprivate-denied-unmatched-origin',
    'customer_encryption_boundaries_replay.json: a range is checked before the key and the archive':
      'write-plain-STANDARD: ServerSideEncryption\nwrite-customer-STANDARD: SSECustomerAlgorithm\nwrite-customer-STANDARD: SSECustomerKeyMD5\nwrite-customer-GLACIER: SSECustomerAlgorithm\nwrite-customer-GLACIER: SSECustomerKeyMD5\nplain-GLACIER-absent-bytes=0-2\ncustomer-STANDARD-absent-bytes=0-2\ncustomer-STANDARD-absent-bytes=9999-\ncustomer-STANDARD-correct-bytes=0-2: SSECustomerAlgorithm\ncustomer-STANDARD-correct-bytes=0-2: SSECustomerKeyMD5\ncustomer-STANDARD-wrong-bytes=0-2\ncustomer-GLACIER-absent-bytes=0-2\ncustomer-GLACIER-absent-bytes=9999-\ncustomer-GLACIER-correct-bytes=0-2\ncustomer-GLACIER-wrong-bytes=0-2',
    'customer_encryption_boundaries_replay.json: a part is checked before the key and the archive':
      'write-plain-STANDARD: ServerSideEncryption\nwrite-customer-STANDARD: SSECustomerAlgorithm\nwrite-customer-STANDARD: SSECustomerKeyMD5\nwrite-customer-GLACIER: SSECustomerAlgorithm\nwrite-customer-GLACIER: SSECustomerKeyMD5\nplain-STANDARD-absent-part-1\nplain-STANDARD-absent-part-2\nplain-GLACIER-absent-part-1\nplain-GLACIER-absent-part-2\ncustomer-STANDARD-absent-part-1\ncustomer-STANDARD-absent-part-2\ncustomer-STANDARD-correct-part-1\ncustomer-STANDARD-correct-part-2\ncustomer-STANDARD-wrong-part-1\ncustomer-STANDARD-wrong-part-2\ncustomer-GLACIER-absent-part-1\ncustomer-GLACIER-absent-part-2\ncustomer-GLACIER-correct-part-1\ncustomer-GLACIER-correct-part-2\ncustomer-GLACIER-wrong-part-1\ncustomer-GLACIER-wrong-part-2',
    'customer_encryption_boundaries_replay.json: a HEAD checks the range before the key, and answers for an archive':
      'write-plain-STANDARD: ServerSideEncryption\nwrite-customer-STANDARD: SSECustomerAlgorithm\nwrite-customer-STANDARD: SSECustomerKeyMD5\nwrite-customer-GLACIER: SSECustomerAlgorithm\nwrite-customer-GLACIER: SSECustomerKeyMD5\ncustomer-STANDARD-absent-head-bytes=0-2\ncustomer-STANDARD-absent-head-bytes=9999-\ncustomer-STANDARD-correct-head-bytes=0-2: SSECustomerAlgorithm\ncustomer-STANDARD-correct-head-bytes=0-2: SSECustomerKeyMD5\ncustomer-STANDARD-wrong-head-bytes=0-2\ncustomer-GLACIER-absent-head-bytes=0-2\ncustomer-GLACIER-absent-head-bytes=9999-\ncustomer-GLACIER-correct-head-bytes=0-2: SSECustomerAlgorithm\ncustomer-GLACIER-correct-head-bytes=0-2: SSECustomerKeyMD5\ncustomer-GLACIER-wrong-head-bytes=0-2',
    'customer_encryption_control_replay.json: a PUT of the encryption that does not say what is blocked blocks SSE-C again, and so does a DELETE':
      'new bucket default\nnew bucket SSE-C blocked\nexplicit NONE\nexplicit NONE retained\nenabled valid SSE-C: SSECustomerAlgorithm\nenabled valid SSE-C: SSECustomerKeyMD5\nomitted after NONE\nomitted after NONE retained\nexplicit SSE-C\nomitted after SSE-C\nomitted after SSE-C retained\ndelete bucket encryption\nafter delete encryption\nwrite after delete encryption\nexisting read while blocked: SSECustomerKeyMD5\nNONE baseline invalid retention\ndelete from NONE\ndelete from NONE retained\naudit blocked write\nblocked-only NONE\nblocked-only NONE retained\nKMS NONE baseline\nKMS NONE baseline retained\nblocked-only replaces KMS\nblocked-only replaces KMS retained\nKMS omit blocked\nKMS omit blocked retained\nNONE before empty rule\nempty rule\nempty rule retained',
    'customer_encryption_control_replay.json: what is blocked is one word': 'PutBucketEncryption',
    'customer_encryption_control_replay.json: a key that encrypts nothing is refused':
      'matched MD5 key length 64\nconflict x-amz-server-side-encryption AES256\nconflict x-amz-server-side-encryption aws:kms\nconflict x-amz-server-side-encryption-aws-kms-key-id alias/aws/s3\nconflict x-amz-server-side-encryption-context\nHTTPS SSE-C success: header x-amz-server-side-encryption-customer-algorithm\nHTTPS SSE-C success: header x-amz-server-side-encryption-customer-key-md5',
    'customer_encryption_control_replay.json: malformed headers of a key are refused before the policies are asked, and after the expected owner':
      'wrong owner valid SSE-C\nwrong owner malformed MD5\nwrong owner missing key\nexplicit deny object writes\ndeny valid SSE-C\ndeny malformed MD5\ndeny missing key',
    'customer_encryption_control_replay.json: a policy asks for the algorithm of a key, and not for the key':
      'condition deny s3:x-amz-server-side-encryption-customer-algorithm\ncondition SSE-C\ncondition deny s3:x-amz-server-side-encryption\ncondition SSE-C: SSECustomerKeyMD5\ncondition explicit SSE-S3\ncondition deny s3:x-amz-server-side-encryption-customer-key\ncondition deny s3:x-amz-server-side-encryption-customer-key-MD5',
    'customer_encryption_data_replay.json: a copy names the key of its source, and takes none, another or a key of KMS for itself':
      'PutBucketVersioning',
    'customer_encryption_data_replay.json: an upload without checksums needs the key for its parts alone':
      'PutBucketVersioning',
    'customer_encryption_data_replay.json: an upload with checksums needs the key for its parts, their list and its completion':
      'PutBucketVersioning',
    'customer_encryption_data_replay.json: a copied part names both keys, and an upload ends without one':
      'PutBucketVersioning',
    'customer_encryption_data_replay.json: parts of an upload that began before the block are refused, and its completion is not':
      'PutBucketVersioning',
    'customer_encryption_data_replay.json: a read judges the headers of a key before its condition':
      'PutBucketVersioning',
    'customer_encryption_data_replay.json: a whole object in an archive is refused for that before its key, and tags and restores need no key':
      'PutBucketVersioning',
    'customer_encryption_data_replay.json: the headers of a key are complete for a new object, and for a source without the digest':
      'PutBucketVersioning',
    'customer_encryption_data_replay.json: a wrong key refuses any completion, and the parts of an upload without checksums are listed whatever key comes':
      'PutBucketVersioning',
    'customer_encryption_data_replay.json: a completion of an upload with checksums needs its key, also if it is sent again':
      'PutBucketVersioning',
    'customer_encryption_data_replay.json: a completion of an upload whose checksum is of all bytes needs its key, whether it names the checksum or not':
      'PutBucketVersioning',
    'customer_encryption_data_replay.json: a completion that names a checksum which the upload has not is refused for its part, and before that for its key':
      'PutBucketVersioning',
    'customer_encryption_data_replay.json: a bucket that blocks keys refuses new uploads and copied parts, and completes without the key':
      'PutBucketVersioning',
    'access_raw_replay.json: PutPublicAccessBlock reads roots, namespaces and unknown elements':
      'PutBucketOwnershipControls',
    'access_raw_replay.json: PutBucketEncryption reads roots, namespaces and unknown elements':
      'PutBucketOwnershipControls',
    'access_raw_replay.json: PutBucketOwnershipControls reads roots, namespaces and unknown elements':
      'PutBucketOwnershipControls',
    'access_raw_replay.json: PutPublicAccessBlock reads any text as a boolean': 'PutBucketOwnershipControls',
    'access_raw_replay.json: PutBucketEncryption reads any text as a boolean': 'PutBucketOwnershipControls',
    'access_raw_replay.json: a public access block is refused by its form, after its digest and the expected owner':
      'pab.raw.empty-body\npab.raw.malformed-xml\npab.raw.wrong-root\npab.raw.unknown-element\npab.raw.empty-boolean\npab.raw.duplicate-boolean\npab.raw.bad-md5\npab.raw.mismatch-md5\npab.raw.checksum-algorithm-missing-value\npab.raw.invalid-checksum-algorithm\nowner.not-an-account, GET ?publicAccessBlock\nowner.not-an-account, PUT ?publicAccessBlock\nowner.not-an-account, DELETE ?publicAccessBlock\nowner.not-an-account, GET ?policyStatus',
    'access_raw_replay.json: ownership controls are refused unless they have one rule with a known ownership':
      'ownership-raw',
    'lifecycle_control_replay.json: a bucket without rules has none, and none are deleted':
      'get-absent\ndelete-absent\ndelete-absent-again',
    'lifecycle_control_replay.json: rules keep their order and the ids that were made for them':
      'ordered-filter-generated-ids\nordered-filter-generated-ids-readback\ngenerated-ids-stable-read\nordered-prefix-generated-ids\nordered-prefix-generated-ids-readback',
    'lifecycle_control_replay.json: a rule has a filter, which may be empty, or a prefix, and not both':
      'omitted-filter\n17\nordered-generated-ids\nordered-generated-ids-readback\nlegacy-empty-prefix\nlegacy-empty-prefix-readback\nempty-filter\nempty-prefix-filter\nempty-prefix-filter-readback',
    'lifecycle_control_replay.json: an And has two conditions or more':
      'and-single-tag\nand-single-size\nwire-empty-tag-key',
    'lifecycle_control_replay.json: tags and sizes do not go with actions on delete markers and uploads':
      'abort-and-tag\nabort-size\nexpired-marker-false-tag\nexpired-marker-size\nexpired-marker-true',
    'lifecycle_control_replay.json: a size is no greater than 1,000 times 1,024 to the fourth':
      'size-at-upper-bound\nsize-at-upper-bound-readback\nsize-over-upper-bound',
    'lifecycle_control_replay.json: days are whole numbers of 32 bits':
      'expiration-days-over-int32\nexpiration-days-at-int32\nwire-expiration-days-fractional\nexpiration-days-at-int32-readback\ndisabled-invalid-days',
    'lifecycle_control_replay.json: objects move to infrequent access as early as a rule says':
      'transition-ia-before30\ntransition-onezone-before30\ntransition-onezone-before30-readback\nnoncurrent-transition-ia-one\nnoncurrent-transition-zero\ntransition-glacier-ir-zero',
    'lifecycle_control_replay.json: a transition follows another after the least time of the class between':
      'transition-ia-glacier-short-spacing\ntransition-ia-glacier-at-spacing\ntransition-glacier-deep-short-spacing\ntransition-glacier-deep-at-spacing\ntransition-reversed-input-order\ntransition-reversed-input-order-readback\ntransition-glacier-ir-deep-short-spacing\ntransition-glacier-ir-to-glacier\ntransition-same-day-different-class\ntransition-colder-to-warmer\nnoncurrent-transition-spacing-short',
    'lifecycle_control_replay.json: an expiration follows the transitions':
      'expiration-before-transition\nexpiration-same-day-transition\nexpiration-shorter-than-storage-duration\nnoncurrent-expiration-before-transition',
    'lifecycle_control_replay.json: a number of newer versions is 1 or more, also above 100, in the new form':
      'noncurrent-newer-over100\nnoncurrent-transition-newer-over100\nnoncurrent-transition-newer-zero\nnoncurrent-newer-legacy-prefix\nnoncurrent-newer-missing-filter-only\nnoncurrent-transition-newer-legacy',
    'lifecycle_control_replay.json: a configuration has 1 to 1,000 rules of different ids':
      'duplicate-rule-id\nempty-rules\nexactly-1000-rules\n177',
    'lifecycle_control_replay.json: the least size of transitions is that of the last PUT':
      'header-varies\nheader-varies-readback\nheader-omitted-replacement\nheader-varies-on-fresh-config\ndelete-before-header-reset\nheader-omitted-after-delete\nheader-omitted-after-delete-readback\nheader-invalid\nheader-empty',
    'lifecycle_header_authority_replay.json: an object has an expiration once there is a rule, and the id is encoded':
      'install-escaped-days\nescaped-days-positive-0: Expiration\nconfigured-put: Expiration\nescaped-repeat-get-0: Expiration',
    'lifecycle_header_authority_replay.json: the bounds of a size are not in it, and tags count as they are at the moment':
      'tag-size-rule\ntag-size-positive-0: Expiration\nremove-tag\nrestored-tag-head: Expiration\nsize-exclusive-lower\nsize-exclusive-upper\nsize-positive\nsize-positive-head-0: Expiration',
    'lifecycle_header_authority_replay.json: reads by a version id and of delete markers have none':
      'PutBucketVersioning',
    'lifecycle_header_authority_replay.json: an object has the expiration that its tags call for, also if it came in parts':
      'PutBucketVersioning',
    'object_lock_controls_replay.json: a bucket that is created with object lock has MFA Delete Disabled':
      'created-enabled-config\ncreated-enabled-versioning: Status\ncreated-enabled-versioning: MFADelete\ncreated-false-no-config',
    'object_lock_controls_replay.json: a bucket that gets object lock later has no MFA Delete': 'PutBucketVersioning',
    'object_lock_controls_replay.json: a configuration is refused by its schema, then by its period':
      'config-empty-root\nconfig-disabled\nconfig-empty-rule\nconfig-empty-default-retention\ndefault-invalid-mode-without-period\ndefault-invalid-period-without-mode\ndefault-invalid-zero-days\ndefault-invalid-negative-days\ndefault-invalid-days-and-years\ndefault-invalid-invalid-mode\nconfig-bound-Days-36501\nconfig-bound-Days-2147483648\nconfig-bound-Years-101\nconfig-after-empty-rule\nconfig-bound-Days-36500\nconfig-bound-Years-100\nconfig-nonempty-token-existing-enabled\nremoved-default-read',
    'object_lock_controls_replay.json: a bucket without object lock takes neither locks nor a bypass':
      'unlocked-put-retention-empty\nunlocked-put-hold-valid\nunlocked-delete-bypass-false',
    'object_lock_controls_replay.json: a held version ends its duration after each read':
      'put-variable: VersionId\nvariable-first-retention\nvariable-first-legal-hold\nvariable-first-head: ObjectLockMode\nvariable-first-head: ObjectLockRetainUntilDate\nvariable-first-head: ObjectLockEventHold\nvariable-first-head: ObjectLockEventHoldDurationDays\nvariable-get: ObjectLockRetainUntilDate\nvariable-reduce-duration-no-bypass\nvariable-reduced-floor\nvariable-year-duration\nvariable-year-read\nvariable-protected-delete\nvariable-release-off-only\nvariable-release-read\nvariable-release-mode-off\nvariable-release-mode-read\nfloor-released-head',
    'object_lock_controls_replay.json: a default hold is put on new versions, beside a least period or alone':
      'default-variable-day\ndefault-variable-read\nvariable-default-retention\ndefault-fixed-and-variable\ndefault-fixed-variable-read\nvariable-default-minimum-head: ObjectLockRetainUntilDate\nvariable-default-minimum-head: ObjectLockEventHold\nvariable-default-minimum-head: ObjectLockEventHoldDurationDays\ndefault-event-two-years-leap\ntwo-years-variable-retention\ntwo-years-variable-head: ObjectLockEventHoldDurationYears\ninvalid-default-zero-event\ninvalid-default-two-event-units\nconfig-empty-event-duration\nconfig-event-without-mode\nconfig-event-bound-Days-36501\nconfig-event-bound-Years-101\nconfig-event-bound-Days-36500\nconfig-event-bound-Years-100',
    'object_lock_controls_replay.json: a copy and an upload are held by their own headers':
      'copy-event\ncopy-event-retention\nmpu-result-event-init-head: ObjectLockMode\nmpu-result-event-init-head: ObjectLockEventHold\nmpu-result-event-init-head: ObjectLockEventHoldDurationDays\nmpu-result-event-init-head: ObjectLockRetainUntilDate',
    'owned_binary_headers.json: the headers of an object come back, its checksum if it is asked for':
      'ownership-after-repeated-create: OwnershipControls.Rules\nbinary-put-sha256: ChecksumSHA256\nbinary-put-sha256: ChecksumType\nbinary-put-sha256: ServerSideEncryption\nbinary-head-default: ServerSideEncryption\nbinary-head-default: headers\nbinary-head-enabled: ServerSideEncryption\nbinary-head-enabled: ChecksumSHA256\nbinary-head-enabled: ChecksumType\nbinary-head-enabled: headers\nbinary-get-enabled: ServerSideEncryption\nbinary-get-enabled: ChecksumSHA256\nbinary-get-enabled: ChecksumType\nbinary-get-enabled: headers\nbinary-range-head: ServerSideEncryption\nbinary-range-head: headers\nbinary-invalid-range-get: header connection\nbinary-get-if-match-fails\nbinary-put-invalid-md5\nprivate-acl-transmitted-header: ChecksumCRC64NVME\nprivate-acl-transmitted-header: ChecksumType\nbinary-list-metadata: KeyCount\nbinary-list-metadata: Contents\nbinary-list-metadata: header x-amz-bucket-region',
    'owned_object_delivery.json: an object comes back with its headers, and is missing once it is deleted':
      'baseline-put: ChecksumSHA256\nbaseline-put: ChecksumType\nbaseline-put: ServerSideEncryption\nbaseline-put: headers\nbaseline-head-default: ServerSideEncryption\nbaseline-head-default: headers\nrevoked-head-checksum: ServerSideEncryption\nrevoked-head-checksum: ChecksumSHA256\nrevoked-head-checksum: ChecksumType\nrevoked-head-checksum: headers\nrevoked-get: ServerSideEncryption\nrevoked-get: ChecksumSHA256\nrevoked-get: ChecksumType\nrevoked-get: headers\nrevoked-range: ServerSideEncryption\nrevoked-range: headers\nrevoked-list: Contents[0].ChecksumAlgorithm\nrevoked-list: Contents[0].ChecksumType\nrevoked-list: Contents[1].ChecksumAlgorithm\nrevoked-list: Contents[1].ChecksumType\nrevoked-head-missing: header transfer-encoding\nrevoked-get-missing: header transfer-encoding',
    'multipart_read_bounds_replay.json: a part number of an object that was put': 'PutBucketVersioning',
    'multipart_read_bounds_replay.json: a part number beside a range, also one that is not a number of a part':
      'PutBucketVersioning',
    'multipart_read_bounds_replay.json: a part number of an object in parts': 'PutBucketVersioning',
    'multipart_read_bounds_replay.json: a part number of an empty part': 'PutBucketVersioning',
    'multipart_read_bounds_replay.json: a range has the checksum of the part whose bytes it is': 'PutBucketVersioning',
    'multipart_read_bounds_replay.json: attributes are those that the request names': 'PutBucketVersioning',
    'multipart_read_bounds_replay.json: the parts among the attributes come in pages': 'PutBucketVersioning',
    'multipart_read_bounds_replay.json: a page of no parts is the last one, and one of -1 parts is not':
      'PutBucketVersioning',
    'multipart_read_bounds_replay.json: a marker below 0 is an internal error': 'PutBucketVersioning',
    'multipart_raw_replay.json: what is not a number is refused': 'PutBucketVersioning',
    'multipart_readers_replay.json: parts are read by their place in the object, not by the numbers of the upload':
      'reader-gap-complete: ETag\nreader-gap-complete: ChecksumCRC64NVME\nreader-gap-complete: ChecksumType\nreader-gap-get-whole: ETag\nreader-gap-get-whole: ChecksumCRC64NVME\nreader-gap-get-whole: ChecksumType\nreader-gap-head-whole: ETag\nreader-gap-head-whole: ChecksumCRC64NVME\nreader-gap-head-whole: ChecksumType\nreader-gap-get-part1\nreader-gap-head-part1\nreader-gap-get-part2\nreader-gap-head-part2\nreader-gap-get-part3\nreader-gap-head-part3\nreader-gap-attributes-marker1: ETag\nreader-gap-attributes-marker1: ObjectParts\nreader-gap-attributes-marker1: Checksum\nreader-gap-copy-create: CopyObjectResult.ChecksumType\nreader-gap-copy-create: CopyObjectResult.ChecksumCRC64NVME\nreader-gap-copy-attributes: Checksum\nreader-gap-copy-attributes: ObjectSize\nreader-gap-copy-get-part1\nreader-gap-copy-head-part1\nreader-gap-copy-get-part2\nreader-gap-copy-head-part2',
    'multipart_readers_replay.json: the only part is the first one, whatever its number was':
      'reader-subset-complete: ETag\nreader-subset-complete: ChecksumCRC64NVME\nreader-subset-get-part1\nreader-subset-head-part1\nreader-subset-get-part2\nreader-subset-head-part2',
    'multipart_readers_replay.json: the parts of a composite object have checksums of their own, and its copy has none':
      'reader-composite-create: ChecksumAlgorithm\nreader-composite-create: ChecksumType\nreader-composite-upload1: ChecksumSHA256\nreader-composite-upload2: ChecksumSHA256\nreader-composite-complete: ETag\nreader-composite-complete: ChecksumSHA256\nreader-composite-complete: ChecksumType\nreader-composite-get-part2\nreader-composite-head-part2\nreader-composite-get-range-aligned: ChecksumSHA256\nreader-composite-get-range-aligned: ChecksumType\nreader-composite-copy-create: CopyObjectResult.ChecksumType\nreader-composite-copy-create: CopyObjectResult.ChecksumSHA256\nreader-composite-copy-attributes: Checksum\nreader-composite-copy-attributes: ObjectSize\nreader-composite-copy-get-part1\nreader-composite-copy-head-part1\nreader-composite-copy-get-part2\nreader-composite-copy-head-part2',
    'multipart_readers_replay.json: the parts of an object with a checksum of all bytes have none':
      'reader-full-create: ChecksumAlgorithm\nreader-full-create: ChecksumType\nreader-full-upload1: ChecksumCRC32\nreader-full-upload2: ChecksumCRC32\nreader-full-complete: ETag\nreader-full-complete: ChecksumCRC32\nreader-full-complete: ChecksumType\nreader-full-get-part1\nreader-full-head-part1\nreader-full-get-part2\nreader-full-head-part2\nreader-full-attributes-page1: ObjectParts\nreader-full-attributes-page1: Checksum\nreader-full-copy-create: CopyObjectResult.ChecksumType\nreader-full-copy-create: CopyObjectResult.ChecksumCRC32\nreader-full-copy-attributes: Checksum\nreader-full-copy-attributes: ObjectSize\nreader-full-copy-get-part1\nreader-full-copy-head-part1\nreader-full-copy-get-part2\nreader-full-copy-head-part2',
    'multipart_attributes_audit_replay.json: the attributes of a delete marker are those of a missing key, or not allowed by its id':
      'PutBucketVersioning',
    'multipart_attributes_audit_replay.json: a refused completion names no version, leaves the upload, and makes none':
      'PutBucketVersioning',
    'requester_admission_replay.json: who pays is set without a digest, and by a root of any name':
      'payment missing checksum\nretained\nmissing checksum changes Requester to Owner\nwrong root changes Owner to Requester',
    'requester_admission_replay.json: a document that does not name one payer, or has a wrong digest, changes nothing':
      'payment bad MD5\npayment malformed MD5\npayment checksum algorithm without checksum\npayment invalid payer\npayment missing payer\npayment empty payer\npayment duplicate payer\npayment unknown child\npayment malformed XML\nretained',
    'storage_class_replay.json: a PUT answers its storage class, and so do reads, unless it is STANDARD':
      'PutBucketVersioning',
    'storage_class_replay.json: classes that general purpose buckets lack are refused, those of Amazon FSx by another code':
      'PutBucketVersioning',
    'storage_class_replay.json: a copy is STANDARD unless it names a class, also of an object onto itself':
      'PutBucketVersioning',
    'storage_class_replay.json: an archived object is not copied, and its tags and its ACL are read':
      'PutBucketVersioning',
    'storage_class_replay.json: an upload has its class in listings, and not in the answers that begin and end it':
      'PutBucketVersioning',
    'storage_class_replay.json: an object is copied onto itself with a class, even its own, and not without one if it is STANDARD':
      'PutBucketVersioning',
    'storage_class_replay.json: a class that no object has is refused of a copy as of a PUT':
      'copy-object-invalid/EXPRESS_ONEZONE\ncopy-object-invalid/OUTPOSTS\ncopy-object-invalid/SNOW\ncopy-object-invalid/INVALID_CLASS\ncopy-object-invalid/standard\ncopy-object-invalid/empty\ncopy-object-invalid/FSX_OPENZFS',
    'storage_class_replay.json: an archived object is not copied as a part, and the upload stays empty':
      'PutBucketVersioning',
    'multipart_completion_replay.json: a completion of a bucket without versioning is repeated until its object is overwritten':
      'never/receipt/init: ServerSideEncryption\nnever/receipt/part-1: ServerSideEncryption\nnever/receipt/first: ETag\nnever/receipt/first: ServerSideEncryption\nnever/receipt/first: ChecksumCRC64NVME\nnever/receipt/first: ChecksumType\nnever/receipt/first-state/current: ServerSideEncryption\nnever/receipt/first-state/versions\nnever/receipt/first-state/version/null: ServerSideEncryption\nnever/receipt/first-state/never/receipt/parts\nnever/receipt/same\nnever/receipt/other-uploaded-part\nnever/receipt/wrong-etag\nnever/receipt/none-star\nnever/receipt/match-current\nnever/receipt/match-wrong\nnever/receipt/match-star\nnever/receipt/both-current-star\nnever/receipt/abort-success\nnever/receipt/after-abort\nnever/receipt/repeated-abort\nnever/receipt/after-abort-state/current: ServerSideEncryption\nnever/receipt/after-abort-state/versions\nnever/receipt/after-abort-state/never/receipt/parts\nnever/receipt/ordinary-overwrite: ChecksumType\nnever/receipt/after-overwrite\nnever/receipt/after-overwrite-state/versions\nnever/receipt/after-delete-current\nnever/receipt/after-delete-current-state/versions',
    'multipart_completion_replay.json: a completion of a bucket with versioning is repeated below other versions until its own is deleted':
      'PutBucketVersioning',
    'multipart_completion_replay.json: a completion of a bucket with suspended versioning is repeated until its null version is overwritten':
      'PutBucketVersioning',
    'multipart_completion_replay.json: the older of two uploads is nowhere without versioning, though its completion succeeds':
      'never/reverse/newer-complete: ChecksumType\nnever/reverse/newer-state/never/reverse/older/parts\nnever/reverse/newer-state/never/reverse/newer/parts\nnever/reverse/older-complete: ChecksumCRC64NVME\nnever/reverse/older-complete: ChecksumType\nnever/reverse/final-state/current: ETag\nnever/reverse/final-state/current: Body\nnever/reverse/final-state/versions\nnever/reverse/final-state/never/reverse/older/parts\nnever/reverse/newer-repeat\nnever/reverse/older-repeat',
    'multipart_completion_replay.json: the older of two uploads is listed below the newer one, though it is completed later':
      'PutBucketVersioning',
    'multipart_completion_replay.json: the older of two uploads is nowhere while versioning is suspended':
      'PutBucketVersioning',
    'multipart_completion_replay.json: a put stays when an upload that began before it is completed, and the upload is nowhere':
      'never/intervening-put/before-complete/never/intervening-put/parts\nnever/intervening-put/complete: ServerSideEncryption\nnever/intervening-put/complete: ChecksumCRC64NVME\nnever/intervening-put/complete: ChecksumType\nnever/intervening-put/final/current: ETag\nnever/intervening-put/final/current: Body\nnever/intervening-put/final/versions\nnever/intervening-put/final/never/intervening-put/parts',
    'multipart_completion_replay.json: a put stays the current version when an upload that began before it is completed':
      'PutBucketVersioning',
    'multipart_completion_replay.json: a null version stays when an upload that began before it is completed while versioning is suspended':
      'PutBucketVersioning',
    'multipart_events_replay.json: an upload takes no parts once it is completed, and keeps what it began with': '',
    'multipart_events_replay.json: an upload that was aborted is aborted again, and not known to anything else':
      'abort-success\nabort-repeat\nlist-aborted-upload\ncopy-aborted-upload\ncomplete-aborted-upload\naborted-object-invisible\nuploads-after-sequence',
    'multipart_events_replay.json: an upload that began before its key was deleted is completed, and makes no object':
      'complete-after-delete: ETag\nvisibility-after-delete-complete\nget-after-delete-complete\ntags-after-delete-complete',
    'multipart_raw_replay.json: a listing of uploads goes on behind one that was aborted': 'PutBucketVersioning',
    'multipart_controls_replay.json: an upload becomes a version of the parts that its completion names in order':
      'PutBucketVersioning',
    'multipart_controls_replay.json: a completion that names a part twice is refused, and the upload stays':
      'invisible-list: EncodingType\nduplicate-complete\nduplicate-state\nduplicate-download',
    'multipart_controls_replay.json: a completion may leave out parts, even the first, and only the last may be small':
      'subset-part1: ChecksumCRC32\nundersized-complete\nundersized-state\nsubset-complete\nsubset-state\nsubset-download: ContentLength\nsubset-download: ETag\nsubset-download: ChecksumCRC64NVME\nsubset-download: ChecksumType\nsubset-download: ServerSideEncryption\nno-checksum-complete: ETag\nno-checksum-complete: ChecksumCRC64NVME\nno-checksum-complete: ChecksumType\nno-checksum-complete: ServerSideEncryption\nno-checksum-download: ETag\nno-checksum-download: ChecksumCRC64NVME\nno-checksum-download: ChecksumType\nno-checksum-download: ServerSideEncryption',
    'multipart_controls_replay.json: uploads of one key are listed by their beginning, and the one that began later wins within a second':
      'uploads-page1\nuploads-page2\nuploads-page3\nuploads-page4\nuploads-key-marker-only\nuploads-delimiter\nindependent-first-parts\nindependent-second-parts\nindependent-first-complete: ETag\nindependent-first-complete: ChecksumCRC64NVME\nindependent-first-complete: ChecksumType\nindependent-first-complete: ServerSideEncryption\nindependent-second-still-active\nindependent-second-complete: ETag\nindependent-second-complete: ChecksumCRC64NVME\nindependent-second-complete: ChecksumType\nindependent-second-complete: ServerSideEncryption\nabort-existing\nabort-repeated\nlist-after-abort\nupload-after-abort\ncomplete-after-abort',
    'multipart_controls_replay.json: the checksum of an object of parts is that of its bytes, or made of those of the parts':
      'checksum-CRC32-create: ChecksumAlgorithm\nchecksum-CRC32-create: ChecksumType\nchecksum-CRC32-part1: ChecksumCRC32\nchecksum-CRC32-part2: ChecksumCRC32\nchecksum-CRC32-list\nchecksum-CRC32-complete: ETag\nchecksum-CRC32-complete: ChecksumCRC32\nchecksum-CRC32-complete: ChecksumType\nchecksum-CRC32-download: ETag\nchecksum-CRC32-download: ChecksumCRC32\nchecksum-CRC32-download: ChecksumType\nchecksum-SHA256-create: ChecksumAlgorithm\nchecksum-SHA256-create: ChecksumType\nchecksum-SHA256-part1: ChecksumSHA256\nchecksum-SHA256-part2: ChecksumSHA256\nchecksum-SHA256-list\nchecksum-SHA256-complete: ChecksumSHA256\nchecksum-SHA256-complete: ChecksumType\nchecksum-SHA256-download: ChecksumSHA256\nchecksum-SHA256-download: ChecksumType',
    'versioning.json: versions, delete markers and the null version come and go with the state of versioning':
      'put-original-null: ChecksumType\nput-original-null: ServerSideEncryption\nput-original-null: ChecksumCRC32\nget-original-current: ServerSideEncryption\nget-original-current: ChecksumCRC32\nget-original-current: ChecksumType\nget-original-null: ServerSideEncryption\nget-original-null: ChecksumCRC32\nget-original-null: ChecksumType\nlist-unversioned\nempty-versioning-configuration\nenable-versioning\nenabled-readback: Status\nget-null-after-enable: ServerSideEncryption\nget-null-after-enable: ChecksumCRC32\nget-null-after-enable: ChecksumType\nget-null-after-enable: VersionId\nget-null-after-enable: header x-amz-version-id\nput-v1: ChecksumType\nput-v1: ServerSideEncryption\nput-v1: ChecksumCRC32\nput-v1: VersionId\nput-v2: ChecksumType\nput-v2: ServerSideEncryption\nput-v2: VersionId\nlist-enabled\nget-v1: ServerSideEncryption\nget-v1: ETag\nget-v1: Body\nget-v1: VersionId\nget-v1: ChecksumCRC32\ndelete-current-enabled: DeleteMarker\ndelete-current-enabled: VersionId\ndelete-current-enabled: header x-amz-delete-marker\nhead-current-marker: header x-amz-delete-marker\nhead-current-marker: header x-amz-version-id\nget-current-marker: header x-amz-delete-marker\nget-current-marker: header x-amz-version-id\nget-explicit-marker\nhead-explicit-marker\nget-v1-below-marker\nget-missing-version\ndelete-missing-version\nlist-with-marker\nremove-enabled-marker: DeleteMarker\nremove-enabled-marker: VersionId\nget-restored-v2\ndelete-v2: VersionId\nget-restored-v1\nsuspend-versioning\nsuspended-readback: Status\nreplace-null-first: ChecksumType\nreplace-null-first: ServerSideEncryption\nlist-suspended-null\nget-surviving-v1: ServerSideEncryption\nget-surviving-v1: ContentLength\nget-surviving-v1: ETag\nget-surviving-v1: Body\nget-surviving-v1: VersionId\ndelete-current-suspended: DeleteMarker\ndelete-current-suspended: VersionId\ndelete-current-suspended: header x-amz-version-id\ndelete-current-suspended: header x-amz-delete-marker\nget-null-marker\nrepeat-delete-suspended: DeleteMarker\nrepeat-delete-suspended: VersionId\nlist-suspended-marker\nremove-null-marker: DeleteMarker\nremove-null-marker: VersionId\nget-v1-after-null-removal\nreenable-versioning\nput-v3: VersionId\ndelete-current-again: DeleteMarker\ndelete-current-again: VersionId\ndelete-bucket-with-history\ninvalid-versioning-state\nread-after-invalid-state: Status',
    'versioning.json: a listing of versions goes from version to version, and ignores no wrong marker':
      'PutBucketVersioning',
    'versioning_null.json: the id null is answered once versioning was enabled, and writes while it is suspended answer none':
      'put-original-null: ChecksumType\nput-original-null: ServerSideEncryption\nput-original-null: ChecksumCRC32\nunversioned-current-get-object: ServerSideEncryption\nunversioned-current-get-object: ChecksumCRC32\nunversioned-current-get-object: ChecksumType\nunversioned-explicit-null-get-object: ServerSideEncryption\nunversioned-explicit-null-get-object: ChecksumCRC32\nunversioned-explicit-null-get-object: ChecksumType\nunversioned-current-head-object: ServerSideEncryption\nunversioned-explicit-null-head-object: ServerSideEncryption\nenable-versioning\nenabled-current-null-get-object: ServerSideEncryption\nenabled-current-null-get-object: ChecksumCRC32\nenabled-current-null-get-object: ChecksumType\nenabled-current-null-get-object: VersionId\nenabled-explicit-null-get-object: ServerSideEncryption\nenabled-explicit-null-get-object: ChecksumCRC32\nenabled-explicit-null-get-object: ChecksumType\nenabled-explicit-null-get-object: VersionId\nenabled-current-null-head-object: ServerSideEncryption\nenabled-current-null-head-object: VersionId\nenabled-explicit-null-head-object: ServerSideEncryption\nenabled-explicit-null-head-object: VersionId\nput-v1: VersionId\ndelete-valid-version: VersionId\nget-deleted-valid-version\nrepeat-delete-valid-version: VersionId\nget-unknown-32-A\ndelete-unknown-32-A\nget-unknown-32-0\ndelete-unknown-32-0\nsuspend-versioning\nput-suspended-null: ChecksumType\nput-suspended-null: ServerSideEncryption\nput-suspended-null: ChecksumCRC32\nsuspended-current-null-get-object: VersionId\nsuspended-explicit-null-get-object: VersionId\nsuspended-current-null-head-object: VersionId\nsuspended-explicit-null-head-object: VersionId\nnull-last-current\ncleanup-versions-0: Deleted[0].VersionId\ncleanup-inventory-1',
  },
};
