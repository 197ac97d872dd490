import { describe, expect, it } from '@jest/globals';
import { start } from '../../support/answered-store';
import { EventScene, put, queue, thumbnail, topic, toQueue } from '../../support/event-scene';

const event = '<Event>s3:ObjectCreated:Put</Event>';
const ofQueue = `<QueueConfiguration><Queue>${queue}</Queue>${event}</QueueConfiguration>`;
const ofTopic = `<TopicConfiguration><Topic>${topic}</Topic><Event>s3:ObjectRemoved:*</Event></TopicConfiguration>`;
const ofQueueAgain = `<QueueConfiguration><Queue>${queue}</Queue><Event>s3:ObjectAcl:Put</Event></QueueConfiguration>`;
const ofFunction = `<CloudFunctionConfiguration><CloudFunction>${thumbnail}</CloudFunction><Event>s3:ObjectTagging:*</Event></CloudFunctionConfiguration>`;
const document = (...entries: readonly string[]) =>
  put('/vault?notification', `<NotificationConfiguration>${entries.join('')}</NotificationConfiguration>`);

describe('the test event', () => {
  it('has the members of the documentation in their order, and the ids of the request', () => {
    const scene = new EventScene({ vault: {} });
    const headers = new Map(scene.answered.ask(document(ofQueue)).headers);
    expect(scene.takeTests().map((one) => JSON.stringify(one))).toEqual([
      `{"Service":"Amazon S3","Event":"s3:TestEvent","Time":"2026-03-31T07:35:05.000Z","Bucket":"vault","RequestId":"${headers.get('x-amz-request-id')}","HostId":"${headers.get('x-amz-id-2')}"}`,
    ]);
  });

  it('goes to each queue and topic once, and to no function or bus', () => {
    const scene = new EventScene({ vault: {} });
    scene.ask(document(ofFunction, ofQueue, ofQueueAgain, ofTopic, '<EventBridgeConfiguration/>'));
    const shared = {
      name: 'TestEvent',
      time: start,
      bucket: 'vault',
      key: undefined,
      versionId: undefined,
      configurationId: undefined,
    };
    expect(scene.take().map(({ document: _document, ...report }) => report)).toStrictEqual([
      { ...shared, destination: topic },
      { ...shared, destination: queue },
    ]);
  });

  it('comes with each accepted document, and not with an empty one', () => {
    const scene = new EventScene({ vault: {} });
    scene.ask(document(ofQueue), document(ofQueue), document());
    expect(scene.take()).toHaveLength(2);
  });

  it('does not come with a refused document', () => {
    const scene = new EventScene({ vault: { notification: toQueue(['s3:ObjectCreated:*']) } });
    const { status } = scene.answered.ask(document(ofQueue, ofQueue));
    expect({ status, reports: scene.take() }).toEqual({ status: 400, reports: [] });
  });

  it('does not come with a fixture, or with other settings', () => {
    const scene = new EventScene({ vault: { notification: toQueue(['s3:ObjectCreated:*']) } });
    scene.store.transaction(() =>
      scene.store.buckets.get('vault')?.change({ notification: toQueue(['s3:ObjectCreated:Put']) }),
    );
    scene.ask(put('/vault?tagging', '<Tagging><TagSet/></Tagging>'));
    expect(scene.take()).toEqual([]);
  });
});
