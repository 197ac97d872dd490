import { describe, expect, it } from '@jest/globals';
import { cosHost } from '../support/clients/story-client';
import { enabled, signedBy, suspended } from '../support/documents';
import { md5Of } from '../support/objects';
import { startedMocks } from '../support/started-mocks';
import { send } from '../support/wire-client';

const start = startedMocks();

/** A request: `PUT /vault?logging`, sent by the partner's account, or to a host other than S3's first. */
interface Step {
  readonly line: string;
  readonly body?: string;
  readonly host?: string;
  readonly byPartner?: true;
  readonly headers?: Readonly<Record<string, string>>;
}

const at = (region: string) => `s3.${region}.amazonaws.com`;
const created = (region: string): Step => ({
  line: 'PUT /target',
  host: at(region),
  body: `<CreateBucketConfiguration><LocationConstraint>${region}</LocationConstraint></CreateBucketConfiguration>`,
});
const deleted: Step = { line: 'DELETE /target' };
const byPartner: Step = { line: 'PUT /target', byPartner: true };
const onCos = (line: string, body = ''): Step => ({
  line,
  body,
  host: cosHost,
  headers: { 'Content-MD5': md5Of(body) },
});

const logging: Step = {
  line: 'PUT /vault?logging',
  body: '<BucketLoggingStatus><LoggingEnabled><TargetBucket>target</TargetBucket><TargetPrefix/></LoggingEnabled></BucketLoggingStatus>',
};
const rule = (more: string, bucket: string) =>
  `<Rule><ID>all</ID>${more}<Status>Enabled</Status><Destination><Bucket>${bucket}</Bucket></Destination></Rule>`;
const role = '<Role>arn:aws:iam::111122223333:role/r</Role>';
const replicationOf = (content: string) => `<ReplicationConfiguration>${content}</ReplicationConfiguration>`;
const replication: Step = {
  line: 'PUT /vault?replication',
  body: replicationOf(role + rule('<Prefix/>', 'arn:aws:s3:::target')),
};
const cosRule = rule(
  '<Filter/><Priority>1</Priority><DeleteMarkerReplication><Status>Enabled</Status></DeleteMarkerReplication>',
  'crn:v1:bluemix:public:cloud-object-storage:global:a/9978e0e4:8f3ce3b4-73a2:bucket:target',
);
const cosReplication = onCos('PUT /vault?replication', replicationOf(cosRule));
const block = (...switches: readonly string[]) =>
  `<PublicAccessBlockConfiguration>${switches.map((name) => `<${name}>true</${name}>`).join('')}</PublicAccessBlockConfiguration>`;
const versioned = [
  { line: 'PUT /vault?versioning', body: enabled },
  { line: 'PUT /target?versioning', body: enabled },
];

describe('a state that requests reached, as JSON', () => {
  it.each<readonly [string, string, readonly Step[]]>([
    ['a log whose target was deleted', 'logging', [logging, deleted]],
    ['a log whose target is of another owner now', 'logging', [logging, deleted, byPartner]],
    ['a log whose target is in another region now', 'logging', [logging, deleted, created('eu-west-1')]],
    [
      'replication to a bucket that was suspended',
      'replication',
      [...versioned, replication, { line: 'PUT /target?versioning', body: suspended }],
    ],
    ['replication to a bucket that was deleted', 'replication', [...versioned, replication, deleted]],
    [
      'replication to a bucket that is no longer versioned',
      'replication',
      [...versioned, replication, deleted, { line: 'PUT /target' }],
    ],
    ['replication by a client of IBM COS', 'replication', [...versioned, cosReplication]],
    [
      'replication by a client of IBM COS to a bucket that was deleted',
      'replication',
      [...versioned, cosReplication, deleted],
    ],
    [
      'replication by a client of AWS from a bucket of IBM COS',
      'replication',
      [
        onCos('PUT /ours'),
        onCos('PUT /ours?versioning', enabled),
        ...versioned.slice(1),
        { ...replication, line: 'PUT /ours?replication' },
      ],
    ],
    [
      'all switches of a bucket of IBM COS',
      'publicAccessBlock',
      [
        onCos('PUT /ours'),
        { line: 'PUT /ours?publicAccessBlock', body: block('BlockPublicAcls', 'BlockPublicPolicy') },
      ],
    ],
    ['a block that was deleted', 'publicAccessBlock', [{ line: 'DELETE /vault?publicAccessBlock' }]],
    ['ownership that was deleted', 'ownershipControls', [{ line: 'DELETE /vault?ownershipControls' }]],
    ['a name of IBM COS that AWS reserves', 'publicAccessBlock', [onCos('PUT /sthree-ours')]],
  ])('has %s', async (_what, name, steps) => {
    const s3 = start({ buckets: { vault: {}, target: {} } });
    const partner = s3.createAccount('partner');
    for (const { line, byPartner: isPartners, headers, ...call } of steps) {
      const [method, path = ''] = line.split(' ');
      const sender = isPartners && { Authorization: signedBy(partner) };
      const answer = await send({ method, path, ...call, headers: { ...headers, ...sender } });
      expect({ line, refusal: answer.status < 300 ? '' : answer.text }).toEqual({ line, refusal: '' });
    }
    const text = JSON.stringify(s3);
    const shown = s3.buckets.map((bucket) => Reflect.get(bucket, name));
    await s3.stop();
    const again = start(JSON.parse(text));
    expect(again.buckets.map((bucket) => Reflect.get(bucket, name))).toEqual(shown);
    expect(JSON.parse(JSON.stringify(again)).buckets).toEqual(JSON.parse(text).buckets);
  });
});
