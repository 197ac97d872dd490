import { describe, expect, it } from '@jest/globals';
import { copy, EventScene, put, toQueue } from '../../support/event-scene';

// The messages of radkawar/stackd, object_lock_delivery_replay.json, September 2026, by the labels there. F602, F762, F767

const key = 'fixed/space + percent% unicode-é';
const encoded = 'fixed/space+%2B+percent%25+unicode-%C3%A9';
const path = '/vault/fixed/space%20%2B%20percent%25%20unicode-%C3%A9';
const bypass = { 'x-amz-bypass-governance-retention': 'true' };
const retain = (content: string, headers = {}) =>
  put(`${path}?retention`, `<Retention>${content}</Retention>`, headers);
const mode = '<Mode>GOVERNANCE</Mode>';
const fixed = (date: string) => `${mode}<RetainUntilDate>${date}</RetainUntilDate>`;
const held = (duration: string) => `${mode}<EventHold>ON</EventHold><EventHoldDuration>${duration}</EventHoldDuration>`;

const sceneOf = (objectLock: object | true = true) => {
  const scene = new EventScene({
    vault: {
      objectLock: objectLock as true,
      notification: { ...toQueue(['s3:ObjectRetention:Put', 's3:ObjectCreated:*']), EventBridgeConfiguration: {} },
    },
  });
  scene.store.clock.set('2026-09-21T07:20:00.622Z');
  return scene;
};
const sent = (scene: EventScene) =>
  scene.take().map(({ document }) => {
    if ('detail' in document) {
      const { object, 'object-retention-event-data': data } = document.detail;
      return { version: document.detail['event-version'], name: document['detail-type'], object, data };
    }
    const [record] = 'Records' in document ? document.Records : [];
    return {
      version: record?.eventVersion,
      name: record?.eventName,
      object: record?.s3.object,
      data: record?.objectRetentionEventData,
    };
  });

describe('the messages about a retention are those that AWS sent', () => {
  const eTag = expect.any(String);
  const versionId = expect.any(String);
  const ofQueue = (data?: object) => ({
    version: '2.6',
    name: 'ObjectRetention:Put',
    object: { key: encoded, size: 4, eTag, versionId },
    data,
  });
  const ofBus = (data?: object) => ({
    version: '1.2',
    name: 'Object Retention Updated',
    object: { key, size: 4, etag: eTag, 'version-id': versionId },
    data,
  });

  // An event of EventBridge has the data of the record under other names.
  const names = {
    retainUntilDate: 'retain-until-date',
    eventHold: 'event-hold',
    eventHoldDuration: 'event-hold-duration',
  };
  const bridged = (data: object | undefined) =>
    data && Object.fromEntries(Object.entries(data).map(([name, value]) => [Reflect.get(names, name) ?? name, value]));
  const until = (retainUntilDate: string, hold: object = {}) => ({ mode: 'GOVERNANCE', retainUntilDate, ...hold });
  const on = (eventHoldDuration: object) => ({ eventHold: 'ON', eventHoldDuration });
  const release = `${mode}<EventHold>OFF</EventHold>`;
  const [first, second] = [fixed('2026-09-24T07:20:01Z'), fixed('2026-09-25T07:20:01Z')];

  it.each<[label: string, before: readonly string[], content: string, data: object | undefined]>([
    ['fixed-set', [], first, until('2026-09-24T07:20:01.000Z')],
    ['fixed-noop', [second], second, until('2026-09-25T07:20:01.000Z')],
    ['fixed-clear-bypass', [second], '', undefined],
    ['variable-set-days', [], held('<Days>2</Days>'), until('2026-09-23T07:20:00.622Z', on({ days: 2 }))],
    ['variable-release', [held('<Days>3</Days>')], release, until('2026-09-24T07:20:00.622Z', { eventHold: 'OFF' })],
    ['variable-set-years', [], held('<Years>1</Years>'), until('2027-09-21T07:20:00.622Z', on({ years: 1 }))],
    ['variable-clear-bypass', [held('<Days>3</Days>')], '', undefined],
  ])('%s', (_label, before, content, data) => {
    const scene = sceneOf();
    scene.ask(put(path, 'data'), ...before.map((one) => retain(one)));
    scene.take();
    scene.ask(retain(content, bypass));
    expect(sent(scene)).toStrictEqual([ofQueue(data), ofBus(bridged(data))]);
  });

  it.each([{ Days: 1 }, { DefaultEventHold: { Days: 2 } }])(
    'implicit defaults make none beside those of the objects: %j',
    (period) => {
      const scene = sceneOf({ defaultRetention: { Mode: 'GOVERNANCE', ...period } });
      scene.ask(
        put('/vault/put', 'data', { 'Content-MD5': 'jXd/OF09/siBXSD3SWAm3A==' }),
        copy('/vault/put', '/vault/copy'),
      );
      expect(sent(scene).map(({ name, object }) => ({ name, object }))).toStrictEqual([
        { name: 'ObjectCreated:Put', object: { key: 'put', size: 4, eTag, versionId, sequencer: expect.any(String) } },
        { name: 'Object Created', object: expect.objectContaining({ key: 'put', sequencer: expect.any(String) }) },
        { name: 'ObjectCreated:Copy', object: expect.objectContaining({ key: 'copy', hasObjectAnnotation: false }) },
        { name: 'Object Created', object: expect.objectContaining({ key: 'copy', 'has-object-annotation': false }) },
      ]);
    },
  );
});
