import { describe, expect, it } from '@jest/globals';
import type { BucketFixture } from '../../../src/preset/bucket-fixture';
import type { DirectCall } from '../../support/answered-store';
import {
  copy,
  EventScene,
  put,
  queue,
  remove,
  removeAll,
  tagsOf,
  thumbnail,
  topic,
  toQueue,
  versioning,
  withAcls,
} from '../../support/event-scene';
import { formBody, formType } from '../../support/forms';

// The cases of localstack's tests/aws/services/s3/test_s3_notifications_{sqs,sns,lambda,eventbridge}.py, whose answers AWS gave in January and
// March 2025. The texts of a run, such as ids and times, are replaced here as they are in the recordings.

const log = 'http://acs.amazonaws.com/groups/s3/LogDelivery';

/** A record as AWS sent it: member by member, in the order of the messages whose text was kept as it came. */
const record = (eventName: string, object: object, eventVersion = '2.1') => ({
  eventVersion,
  eventSource: 'aws:s3',
  awsRegion: '<region>',
  eventTime: 'date',
  eventName,
  userIdentity: { principalId: '<principal-id:2>' },
  requestParameters: { sourceIPAddress: '<ip-address:1>' },
  responseElements: { 'x-amz-request-id': 'amz-request-id', 'x-amz-id-2': 'amz-id' },
  s3: {
    s3SchemaVersion: '1.0',
    configurationId: '<config-id:1>',
    bucket: {
      name: '<resource:1>',
      ownerIdentity: { principalId: '<principal-id:1>' },
      arn: 'arn:<partition>:s3:::<resource:1>',
    },
    object,
  },
});

const something = { size: 9, eTag: '437b930db84b8079c2dd804a71936b5f' };
const sequencer = 'sequencer';
const versionId = 'version-id';

function maskedRecord(given: ReturnType<EventScene['takeRecords']>[number], region = 'us-east-1') {
  const { eventTime, userIdentity, requestParameters, responseElements, s3 } = given;
  expect({ eventTime, userIdentity, requestParameters, responseElements, awsRegion: given.awsRegion }).toEqual({
    eventTime: expect.stringMatching(/^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{3}Z$/),
    userIdentity: { principalId: expect.stringMatching(/^A[0-9A-Z]{13}$/) },
    requestParameters: { sourceIPAddress: '127.0.0.1' },
    responseElements: {
      'x-amz-request-id': expect.stringMatching(/^[0-9A-Z]{16}$/),
      'x-amz-id-2': expect.stringMatching(/^[\w+/=]{76}$/),
    },
    awsRegion: region,
  });
  return {
    ...given,
    awsRegion: '<region>',
    eventTime: 'date',
    userIdentity: { ...userIdentity, principalId: '<principal-id:2>' },
    requestParameters: { ...requestParameters, sourceIPAddress: '<ip-address:1>' },
    responseElements: { ...responseElements, 'x-amz-request-id': 'amz-request-id', 'x-amz-id-2': 'amz-id' },
    s3: {
      ...s3,
      configurationId: '<config-id:1>',
      bucket: {
        ...s3.bucket,
        name: s3.bucket.name.replace('vault', '<resource:1>'),
        ownerIdentity: {
          principalId: s3.bucket.ownerIdentity.principalId.replace(/^A[0-9A-Z]{13}$/, '<principal-id:1>'),
        },
        arn: s3.bucket.arn.replace('aws:s3:::vault', '<partition>:s3:::<resource:1>'),
      },
      object: {
        ...s3.object,
        ...('versionId' in s3.object && { versionId }),
        ...('sequencer' in s3.object && { sequencer }),
      },
    },
  };
}

const written = (value: unknown) => JSON.stringify(value, null, 2);

const acp = (owner: string) =>
  `<AccessControlPolicy><Owner><ID>${owner}</ID></Owner><AccessControlList><Grant><Grantee xmlns:xsi="http://www.w3.org/2001/XMLSchema-instance" xsi:type="CanonicalUser"><ID>${owner}</ID></Grantee><Permission>FULL_CONTROL</Permission></Grant><Grant><Grantee xmlns:xsi="http://www.w3.org/2001/XMLSchema-instance" xsi:type="Group"><URI>${log}</URI></Grantee><Permission>WRITE</Permission></Grant></AccessControlList></AccessControlPolicy>`;

/** The calls of test_object_put_acl, the first of which changes nothing. */
const aclCalls = ({ store }: EventScene): readonly DirectCall[] => [
  put('/vault/my_key_acl?acl', '', { 'x-amz-acl': 'private' }),
  put('/vault/my_key_acl?acl', '', { 'x-amz-acl': 'public-read' }),
  put('/vault/my_key_acl?acl', '', { 'x-amz-grant-read': `uri="${log}"` }),
  put('/vault/my_key_acl?acl', acp(store.defaultAccount.canonicalId)),
];

function form(key: string, content: string): DirectCall {
  const policy = { expiration: '2030-01-01T00:00:00Z', conditions: [{ bucket: 'vault' }, { key }] };
  const body = formBody(
    [
      ['key', key],
      ['AWSAccessKeyId', 'KEY'],
      ['policy', Buffer.from(JSON.stringify(policy)).toString('base64')],
      ['signature', 'believed'],
    ],
    { content },
  ).toString();
  return { method: 'POST', path: '/vault', headers: { 'content-type': formType, authorization: undefined }, body };
}

/** An upload in one part, of the bytes of the recording. */
function upload(scene: EventScene): void {
  const [, id] = /<UploadId>(.+)<\/UploadId>/.exec(
    String(scene.answered.ask({ method: 'POST', path: '/vault/test-key?uploads' }).body),
  ) ?? ['', ''];
  const part = scene.answered.ask(put(`/vault/test-key?uploadId=${id}&partNumber=1`, '1'.repeat(6144)));
  const etag = new Map(part.headers).get('ETag');
  scene.ask({
    method: 'POST',
    path: `/vault/test-key?uploadId=${id}`,
    body: `<CompleteMultipartUpload><Part><PartNumber>1</PartNumber><ETag>${etag}</ETag></Part></CompleteMultipartUpload>`,
  });
}

interface Case {
  readonly test: string;
  readonly bucket: BucketFixture;
  readonly play: (scene: EventScene) => void;
  readonly records: readonly object[];
  readonly region?: string;
}

const created = (object: object) => record('ObjectCreated:Put', object);
const removed = (object: object) => record('ObjectRemoved:Delete', { ...object, sequencer });

const cases: readonly Case[] = [
  {
    test: 'sqs test_object_created_put',
    bucket: { notification: toQueue(['s3:ObjectCreated:Put']) },
    play: (scene) => scene.ask(put('/vault/my_key_0', 'something'), put('/vault/my_key_1', 'something else')),
    records: [
      created({ key: 'my_key_0', ...something, sequencer }),
      created({ key: 'my_key_1', size: 14, eTag: '6c7ba9c5a141421e1c03cb9807c97c74', sequencer }),
    ],
  },
  {
    test: 'sqs test_object_created_copy',
    bucket: { notification: toQueue(['s3:ObjectCreated:Copy']) },
    play: (scene) => scene.ask(put('/vault/source', 'something'), copy('/vault/source', '/vault/copy')),
    records: [record('ObjectCreated:Copy', { key: 'copy', ...something, sequencer })],
  },
  {
    test: 'sqs test_object_created_and_object_removed',
    bucket: { notification: toQueue(['s3:ObjectCreated:*', 's3:ObjectRemoved:*']) },
    play: (scene) =>
      scene.ask(put('/vault/source', 'something'), copy('/vault/source', '/vault/copy'), remove('/vault/source')),
    records: [
      created({ key: 'source', ...something, sequencer }),
      record('ObjectCreated:Copy', { key: 'copy', ...something, sequencer }),
      removed({ key: 'source' }),
    ],
  },
  {
    test: 'sqs test_delete_objects',
    bucket: { notification: toQueue(['s3:ObjectRemoved:*']) },
    play: (scene) => scene.ask(put('/vault/key', 'something'), removeAll('vault', ['key', 'dummy1', 'dummy2'])),
    records: ['key', 'dummy1', 'dummy2'].map((key) => removed({ key })),
  },
  {
    test: 'sqs test_object_created_complete_multipart_upload',
    bucket: { notification: toQueue(['s3:ObjectCreated:*']) },
    play: upload,
    records: [
      record('ObjectCreated:CompleteMultipartUpload', {
        key: 'test-key',
        size: 6144,
        eTag: '8eabe9d6b43316e840b079170916c079-1',
        sequencer,
      }),
    ],
  },
  {
    test: 'sqs test_key_encoding',
    bucket: { notification: toQueue(['s3:ObjectCreated:*']) },
    play: (scene) => scene.ask(put('/vault/a@b', 'something')),
    records: [created({ key: 'a%40b', ...something, sequencer })],
  },
  {
    test: 'sqs test_object_created_put_with_presigned_url_upload',
    bucket: {
      region: 'eu-central-1',
      notification: toQueue(['s3:ObjectCreated:*'], { QueueArn: queue.replace('us-east-1', 'eu-central-1') }),
    },
    play: (scene) => scene.ask({ ...put('/key-by-hostname', 'something'), host: 'vault.s3.amazonaws.com' }),
    records: [created({ key: 'key-by-hostname', ...something, sequencer })],
    region: 'eu-central-1',
  },
  {
    test: 'sqs test_object_tagging_put_event',
    bucket: { notification: toQueue(['s3:ObjectTagging:Put']) },
    play: (scene) => scene.ask(put('/vault/key', 'FooBarBlitz'), tagsOf('/vault/key', ['swallow_type'])),
    records: [record('ObjectTagging:Put', { key: 'key', eTag: 'f3e6da48d914f3f04f6bd9cb092c044d' }, '2.3')],
  },
  {
    test: 'sqs test_object_tagging_delete_event',
    bucket: { notification: toQueue(['s3:ObjectTagging:Delete']) },
    play: (scene) =>
      scene.ask(put('/vault/key', 'FooBarBlitz'), tagsOf('/vault/key', ['swallow_type']), remove('/vault/key?tagging')),
    records: [record('ObjectTagging:Delete', { key: 'key', eTag: 'f3e6da48d914f3f04f6bd9cb092c044d' }, '2.3')],
  },
  {
    test: 'sqs test_xray_header',
    bucket: { notification: toQueue(['s3:ObjectCreated:*']) },
    play: (scene) => scene.ask(put('/vault/test-data', 'something')),
    records: [created({ key: 'test-data', ...something, sequencer })],
  },
  {
    test: 'sqs test_notifications_with_filter',
    bucket: {
      notification: toQueue(['s3:ObjectCreated:*', 's3:ObjectRemoved:Delete'], {
        Filter: {
          Key: {
            FilterRules: [
              { Name: 'Prefix', Value: 'testupload/' },
              { Name: 'Suffix', Value: 'testfile.txt' },
            ],
          },
        },
      }),
    },
    play: (scene) =>
      scene.ask(
        put('/vault//testdata', '{"test": "bucket_notification1"}'),
        put('/vault/testupload/dir1/testfile.txt', '{"test": "bucket_notification2"}'),
      ),
    records: [
      created({ key: 'testupload/dir1/testfile.txt', size: 32, eTag: 'f527a5c9f427867aeaf091c134949aa0', sequencer }),
    ],
  },
  {
    test: 'sqs test_object_put_acl',
    bucket: { ...withAcls, notification: toQueue(['s3:ObjectAcl:Put']) },
    play: (scene) => scene.ask(put('/vault/my_key_acl', 'something'), ...aclCalls(scene)),
    records: [1, 2, 3].map(() => record('ObjectAcl:Put', { key: 'my_key_acl', eTag: something.eTag }, '2.3')),
  },
  {
    test: 'sqs test_object_created_put_versioned',
    bucket: { notification: toQueue(['s3:ObjectCreated:*', 's3:ObjectRemoved:*']) },
    play: (scene) => {
      const [, first] = scene.ask(
        versioning('vault', 'Enabled'),
        put('/vault/test-key', 'data'),
        put('/vault/test-key', 'data-version2'),
      );
      const [marker] = scene.ask(
        remove('/vault/test-key'),
        remove(`/vault/test-key?versionId=${first}`),
        versioning('vault', 'Suspended'),
        put('/vault/test-key', 'data-version3'),
      );
      scene.ask(remove(`/vault/test-key?versionId=${marker}`));
    },
    records: [
      created({ key: 'test-key', size: 4, eTag: '8d777f385d3dfec8815d20f7496026dc', versionId, sequencer }),
      created({ key: 'test-key', size: 13, eTag: '6869c34ca384e0ed836d49214f881e87', versionId, sequencer }),
      record('ObjectRemoved:DeleteMarkerCreated', {
        key: 'test-key',
        eTag: 'd41d8cd98f00b204e9800998ecf8427e',
        versionId,
        sequencer,
      }),
      removed({ key: 'test-key', versionId }),
      created({ key: 'test-key', size: 13, eTag: '2fb1d4988881168bbcd6432d7593be5a', sequencer }),
      removed({ key: 'test-key', versionId }),
    ],
  },
  {
    test: 'sns test_object_created_put',
    bucket: {
      notification: { TopicConfigurations: [{ Id: 'all', TopicArn: topic, Events: ['s3:ObjectCreated:*'] }] },
    },
    play: (scene) => scene.ask(put('/vault/bucket-key', 'first event'), put('/vault/bucket-key', 'second event')),
    records: [
      created({ key: 'bucket-key', size: 11, eTag: 'c8e3a3027a133355210f85cfbb1acc35', sequencer }),
      created({ key: 'bucket-key', size: 12, eTag: '05c7c1b96e20928f6e55a881b5ca1c45', sequencer }),
    ],
  },
  {
    test: 'lambda test_create_object_put_via_dynamodb',
    bucket: {
      notification: {
        LambdaFunctionConfigurations: [{ LambdaFunctionArn: thumbnail, Events: ['s3:ObjectCreated:*'] }],
      },
    },
    play: (scene) => scene.ask(put('/vault/table', 'something..')),
    records: [created({ key: 'table', size: 11, eTag: 'e9fb1ed1d5eaa36781088aae37acffbd', sequencer })],
  },
  {
    test: 'lambda test_create_object_by_presigned_request_via_dynamodb',
    bucket: {
      notification: {
        LambdaFunctionConfigurations: [{ LambdaFunctionArn: thumbnail, Events: ['s3:ObjectCreated:*'] }],
      },
    },
    play: (scene) => scene.ask(put('/vault/table', 'by_presigned_put'), form('table', 'by post method 1')),
    records: [
      created({ key: 'table', size: 16, eTag: 'b0d833b208acd18be70a25c9323f210d', sequencer }),
      record('ObjectCreated:Post', { key: 'table', size: 16, eTag: '232d7472010db416df31c55fdc0490a5', sequencer }),
    ],
  },
];

describe('a record is the one that AWS sent in localstack', () => {
  it.each(cases)('$test', ({ bucket, play, records, region }) => {
    const scene = new EventScene({ vault: bucket }, '2.1');
    play(scene);
    expect(written(scene.takeRecords().map((one) => maskedRecord(one, region)))).toBe(written(records));
  });
});

/** An event of EventBridge as AWS sent it, in the order of those whose text was kept. */
const bridged = (type: string, detail: object) => ({
  version: '0',
  id: '<uuid>',
  'detail-type': type,
  source: 'aws.s3',
  account: '111111111111',
  time: 'date',
  region: '<region>',
  resources: ['arn:<partition>:s3:::<bucket-name:1>'],
  detail: { version: '0', bucket: { name: '<bucket-name:1>' }, ...detail },
});

const bySender = {
  'request-id': 'request-id',
  requester: '<requester>',
  'source-ip-address': '<ip-address:1>',
};
const putObject = (object: object) => bridged('Object Created', { object, ...bySender, reason: 'PutObject' });
const deleteObject = (object: object) =>
  bridged('Object Deleted', {
    object,
    ...bySender,
    reason: 'DeleteObject',
    'deletion-type': 'Permanently Deleted',
  });

function maskedEvent(event: ReturnType<EventScene['takeBridged']>[number]) {
  const { detail } = event;
  const { id, account, time, region, resources } = event;
  expect({ id, account, time, region, resources }).toEqual({
    id: expect.stringMatching(/^[\da-f]{8}(?:-[\da-f]{4}){3}-[\da-f]{12}$/),
    account: '000000000000',
    time: expect.stringMatching(/^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\dZ$/),
    region: 'us-east-1',
    resources: ['arn:aws:s3:::vault'],
  });
  return {
    ...event,
    id: '<uuid>',
    account: '111111111111',
    time: 'date',
    region: '<region>',
    resources: ['arn:<partition>:s3:::<bucket-name:1>'],
    detail: {
      ...detail,
      bucket: { ...detail.bucket, name: '<bucket-name:1>' },
      object: {
        ...detail.object,
        ...('version-id' in detail.object && { 'version-id': versionId }),
        ...('sequencer' in detail.object && { sequencer }),
      },
      'request-id': 'request-id',
      requester: detail.requester.replace('000000000000', '<requester>'),
      'source-ip-address': detail['source-ip-address']?.replace('127.0.0.1', '<ip-address:1>'),
    },
  };
}

const data = { size: 4, etag: '8d777f385d3dfec8815d20f7496026dc', sequencer };

const bridgedCases: readonly Omit<Case, 'region'>[] = [
  {
    test: 'test_object_created_put',
    bucket: {},
    play: (scene) => scene.ask(put('/vault/test-key', 'data'), remove('/vault/test-key')),
    records: [putObject({ key: 'test-key', ...data }), deleteObject({ key: 'test-key', sequencer })],
  },
  {
    test: 'test_object_put_acl',
    bucket: withAcls,
    play: (scene) => scene.ask(put('/vault/my_key_acl', 'something'), ...aclCalls(scene)),
    records: [
      putObject({ key: 'my_key_acl', size: 9, etag: something.eTag, sequencer }),
      ...[1, 2, 3].map(() =>
        bridged('Object ACL Updated', { object: { key: 'my_key_acl', etag: something.eTag }, ...bySender }),
      ),
    ],
  },
  {
    test: 'test_object_created_put_in_different_region',
    bucket: { region: 'us-east-1' },
    play: (scene) => scene.ask(put('/vault/test-key', 'data'), put('/vault/test-key', 'data')),
    records: [putObject({ key: 'test-key', ...data }), putObject({ key: 'test-key', ...data })],
  },
  {
    test: 'test_object_created_put_versioned, message-versioning-suspended',
    bucket: { versioning: 'Enabled' },
    play(scene) {
      const [, marker] = scene.ask(put('/vault/test-key', 'data'), remove('/vault/test-key'));
      scene.take();
      scene.ask(
        versioning('vault', 'Suspended'),
        put('/vault/test-key', 'data-version3'),
        remove(`/vault/test-key?versionId=${marker}`),
      );
    },
    records: [
      putObject({ key: 'test-key', size: 13, etag: '2fb1d4988881168bbcd6432d7593be5a', sequencer }),
      deleteObject({ key: 'test-key', 'version-id': versionId, sequencer }),
    ],
  },
];

describe('an event of EventBridge is the one that AWS sent in localstack', () => {
  it.each(bridgedCases)('$test', ({ bucket, play, records }) => {
    const scene = new EventScene({ vault: { ...bucket, notification: { EventBridgeConfiguration: {} } } }, '2.1');
    play(scene);
    expect(written(scene.takeBridged().map(maskedEvent))).toBe(written(records));
  });
});
