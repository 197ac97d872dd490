import type { RecordedCases } from '../../../src/facts/case';

const name = 'bucketalreadyownedbyyou-recreate';
const region = 'eu-west-1';

export const recreationElsewhere: RecordedCases = {
  file: `tests/Aws2Azure.Conformance/fixtures/s3/${name}/${name}.aws.golden of pedrosakuma/aws2azure`,
  recorded: 'August 2026',
  cases: {
    'the refusal to create a bucket again in eu-west-1 names its region in a header': {
      fact: 'F32',
      state: { buckets: { vault: { region } } },
      calls: [
        [
          name,
          'CreateBucket',
          { Bucket: 'vault', CreateBucketConfiguration: { LocationConstraint: region } },
          '409 BucketAlreadyOwnedByYou',
          { BucketName: 'vault' },
          { region, headers: { 'x-amz-bucket-region': region, 'content-type': 'application/xml' } },
        ],
      ],
    },
  },
};
