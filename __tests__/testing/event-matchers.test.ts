import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { type MockS3, mockS3 } from '../../src';
import { matchers } from '../../src/testing/matchers';
import { thrownBy } from '../support/thrown';
import { send } from '../support/wire-client';

const { toHaveSent, toHaveSentTimes } = matchers;
const queue = 'arn:aws:sqs:us-east-1:000000000000:thumbnails';
const topic = 'arn:aws:sns:us-east-1:000000000000:audit';
const Filter = { Key: { FilterRules: [{ Name: 'prefix', Value: 'images/' }] } } as const;
const notification = {
  QueueConfigurations: [{ QueueArn: queue, Id: 'thumbnails', Events: ['s3:ObjectCreated:*'], Filter }],
} as const;

let s3: MockS3;
beforeEach(() => {
  const vault = { notification, objects: { 'images/old.jpg': 'x' } };
  s3 = mockS3({ now: '2026-03-01T12:00:00Z', buckets: { vault, quiet: {} } });
});
afterEach(() => s3.stop());

const put = (path: string) => send({ method: 'PUT', path, body: 'x' });
const paragraphs = (...given: Parameters<typeof toHaveSent>) =>
  toHaveSent(...given)
    .message()
    .split('\n\n');
const line = `12:00:00.000  ObjectCreated:Put  vault/images/a b.jpg  to ${queue} by 'thumbnails'  (request 1, PutObject)`;

describe('toHaveSent', () => {
  beforeEach(() => put('/vault/images/a%20b.jpg'));

  it.each([
    { name: 'ObjectCreated:Put', expected: undefined, pass: true },
    { name: 'ObjectCreated:*', expected: { key: 'images/a b.jpg' }, pass: true },
    { name: 'ObjectCreated:Put', expected: { record: { s3: { object: { key: 'images/a+b.jpg' } } } }, pass: true },
    { name: 'ObjectCreated:Put', expected: { key: expect.stringMatching(/b\.jpg$/), destination: queue }, pass: true },
    { name: 'ObjectCreated:Put', expected: { versionId: undefined, configurationId: 'thumbnails' }, pass: true },
    { name: 'ObjectCreated:Put', expected: { key: 'images/a+b.jpg' }, pass: false },
    { name: 'ObjectCreated:Copy', expected: undefined, pass: false },
  ])('$name with $expected: $pass', ({ name, expected, pass }) => {
    expect(toHaveSent(s3, name, expected).pass).toBe(pass);
    expect(toHaveSent(s3.events, name, expected).pass).toBe(pass);
    expect(toHaveSent(s3.bucket('vault'), name, expected).pass).toBe(pass);
    expect(toHaveSent(s3.bucket('quiet'), name, expected).pass).toBe(false);
  });

  it('says what came if it was not to come', () => {
    expect(paragraphs(s3.bucket('vault'), 'ObjectCreated:Put')).toEqual([
      "Expected bucket 'vault' not to send ObjectCreated:Put, but it sent 1 matching event.",
      `  1. ${line}`,
    ]);
  });

  it('shows the nearest events with their differences', () => {
    expect(paragraphs(s3, 'ObjectCreated:Put', { record: { s3: { object: { size: 5 } } } }).slice(0, 2)).toEqual([
      'Expected S3 to send ObjectCreated:Put with { record: { s3: { object: { size: 5 } } } }, but the one ObjectCreated:Put event differs.',
      `  1. ${line}\n     - record.s3.object.size: expected 5, received 1`,
    ]);
  });

  it('lists the events that came under other names', () => {
    expect(paragraphs(s3, 'ObjectRemoved:*')).toEqual([
      'Expected S3 to send ObjectRemoved:*, but the only event that it sent has another name.',
      "No configuration of bucket 'vault' sends it:\n- configuration 'thumbnails' asks for 's3:ObjectCreated:*'",
      `The one event that it sent:\n  1. ${line}`,
    ]);
  });
});

describe('a failure of toHaveSent says why the event did not come', () => {
  /** The paragraph that says it: the last but those that list events. */
  const why = (...given: Parameters<typeof toHaveSent>) =>
    paragraphs(...given).filter((part) => !/^(?:Expected| {2}\d|All|The one event)/.test(part));

  it('no configuration', async () => {
    await put('/quiet/a');
    expect(why(s3.bucket('quiet'), 'ObjectCreated:Put', { key: 'a' })).toEqual([
      "Bucket 'quiet' has no notification configuration, so it sends no events.",
    ]);
    s3.bucket('vault').notification = undefined;
    expect(why(s3, 'ObjectCreated:Put')).toEqual([
      'No bucket has a notification configuration, so S3 sends no events.',
    ]);
  });

  it('a service that has no configurations', async () => {
    const host = 's3.eu-de.cloud-object-storage.appdomain.cloud';
    await send({ method: 'PUT', path: '/quiet?notification', host, body: '<NotificationConfiguration/>' });
    const [reason = ''] = why(s3.bucket('quiet'), 'ObjectCreated:Put');
    expect(reason).toMatch(
      /^Bucket 'quiet' has no notification configuration.*\nThe requests that put one:\n.*501 NotImplemented/,
    );
  });

  it.each(['ObjectCreated:Put', 'ObjectCreated:*'])('a filter, for %s', async (name) => {
    await put('/vault/other/a.jpg');
    expect(why(s3, name, { key: 'other/a.jpg' })).toEqual([
      "No configuration of bucket 'vault' sends it:\n- filter prefix 'images/' of 'thumbnails' does not match 'other/a.jpg'",
    ]);
  });

  it('a destination that no configuration names', async () => {
    await put('/vault/images/a');
    expect(why(s3, 'ObjectCreated:Put', { key: 'images/a', destination: topic })).toEqual([
      `Bucket 'vault' does not send it to '${topic}', but to '${queue}'.`,
    ]);
  });

  it('a refused write, with its code', async () => {
    s3.on('PutObject').fail('AccessDenied');
    await put('/vault/images/a');
    const [reason = ''] = why(s3, 'ObjectCreated:Put', { key: 'images/a' });
    expect(reason).toMatch(/^The requests that asked to write to 'images\/a' or to delete it:\n.*403 AccessDenied/);
    expect(why(s3, 'ObjectCreated:Put').join()).toMatch(/^S3 refused these requests:\n.*403 AccessDenied/);
  });

  it('a key that the test encoded', async () => {
    await put('/vault/images/a%20b');
    expect(why(s3, 'ObjectCreated:Put', { key: 'images/a+b' })).toEqual([
      "'images/a+b' is the key as the record encodes it. Give it as clients write it, 'images/a b'; only `record` has the other form.",
    ]);
  });

  it('another version', async () => {
    await put('/vault/images/a');
    expect(why(s3, 'ObjectCreated:Put', { key: 'images/a', versionId: 'null' })).toEqual([
      "It was sent with no version id, not with version 'null'. A record does not contain the id of a null version: expect `versionId: undefined`.",
    ]);
  });

  it('a change that a fixture or a handle made', () => {
    const [reason = ''] = why(s3, 'ObjectCreated:Put', { key: 'images/old.jpg' });
    expect(reason).toContain("No request changed 'images/old.jpg': its versions are from a fixture or a handle");
  });

  it('a configuration that came after the write', async () => {
    await put('/quiet/a');
    s3.bucket('quiet').notification = { QueueConfigurations: [{ QueueArn: queue, Events: ['s3:ObjectCreated:Put'] }] };
    expect(why(s3.bucket('quiet'), 'ObjectCreated:Put', { key: 'a' }).join('\n')).toMatch(
      /PutObject {2}quiet\/a {2}200 .*\nS3 uses the configuration that is in force when a change is made/,
    );
  });

  it('a bucket that is gone, and nothing that came at all', () => {
    expect(why(s3, 'ObjectCreated:Put', { bucket: 'gone' })).toEqual(["There is no bucket 'gone'."]);
    expect(why(s3, 'ObjectCreated:Put')[0]).toMatch(/^No request came at all\. If the code/);
    expect(why(s3, 'TestEvent')[0]).toMatch(/^S3 sends a TestEvent to each queue and topic when a request puts/);
    expect(why(s3, 'ReducedRedundancyLostObject')[0]).toBe(
      'The mock never makes the change that ReducedRedundancyLostObject reports.',
    );
  });
});

describe('toHaveSent before 2026', () => {
  it('says that the event did not exist then', () => {
    const hosts = { only: ['older.test'] };
    const before = mockS3({ hosts, buckets: { older: { notification } }, events: { version: '2.1' } });
    const [, reason] = toHaveSent(before, 'ObjectAnnotation:*', { bucket: 'older' }).message().split('\n\n');
    expect(reason).toBe(
      "S3 reports ObjectAnnotation:Delete, ObjectAnnotation:Put since 2026; mockS3({ events: { version: '2.1' } }) sends the records of before.",
    );
    return before.stop();
  });
});

describe('toHaveSentTimes', () => {
  beforeEach(async () => {
    for (const key of ['a', 'b']) await put(`/vault/images/${key}`);
  });

  it.each([
    { name: 'ObjectCreated:*', times: 2, expected: undefined, pass: true },
    { name: 'ObjectCreated:*', times: 1, expected: undefined, pass: false },
    { name: 'ObjectCreated:Put', times: 1, expected: { key: 'images/b' }, pass: true },
    { name: 'ObjectRemoved:*', times: 0, expected: undefined, pass: true },
    { name: 'ObjectRemoved:*', times: 1, expected: undefined, pass: false },
  ])('$name $times times with $expected: $pass', ({ name, times, expected, pass }) => {
    expect(toHaveSentTimes(s3, name, times, expected).pass).toBe(pass);
    expect(toHaveSentTimes(s3.bucket('vault'), name, times, expected).pass).toBe(pass);
  });

  it('shows those that came, and no reason if they are too many', () => {
    const message = toHaveSentTimes(s3, 'ObjectCreated:*', 1).message();
    expect(message.split('\n').map((text) => text.slice(0, 60))).toEqual([
      'Expected S3 to send ObjectCreated:* 1 time, but it sent 2 ma',
      '',
      '  1. 12:00:00.000  ObjectCreated:Put  vault/images/a  to arn',
      '  2. 12:00:00.000  ObjectCreated:Put  vault/images/b  to arn',
    ]);
  });

  it.each([-1, 1.5, '2', undefined])('throws a TypeError for %s times', (times) => {
    const thrown = thrownBy(() => Reflect.apply(toHaveSentTimes, undefined, [s3, 'ObjectCreated:*', times]));
    expect(String(thrown)).toContain('toHaveSentTimes: invalid times');
    expect(thrown).toBeInstanceOf(TypeError);
  });
});

describe('a mistake in a matcher', () => {
  it('is a TypeError that names the matcher', () => {
    const thrown = thrownBy(() => toHaveSent(s3, 'ObjectCreated:Put', { Key: 'a' }));
    expect(thrown).toBeInstanceOf(TypeError);
    expect(String(thrown)).toContain('toHaveSent: an event has no Key. Did you mean key?');
  });

  it('is unknown, not wrong, if the log dropped the events that decide', async () => {
    await s3.stop();
    s3 = mockS3({ buckets: { vault: { notification } }, journal: { limit: 1 } });
    for (const key of ['a', 'b']) await put(`/vault/images/${key}`);
    expect(toHaveSent(s3, 'ObjectCreated:Put', { key: 'images/b' }).pass).toBe(true);
    const words =
      'It is unknown whether ObjectCreated:Put was sent as expected: the log no longer contains the 1 oldest event';
    expect(String(thrownBy(() => toHaveSent(s3, 'ObjectCreated:Put', { key: 'images/a' })))).toContain(words);
    expect(String(thrownBy(() => toHaveSentTimes(s3, 'ObjectCreated:Put', 1)))).toContain(words);
  });
});

describe('toHaveSent says that handles send no event', () => {
  const rule =
    "Only requests and S3's own actions send events. Changes by fixtures and handles, such as put() and delete() of a bucket, send none.";

  it('if no request came', () => {
    s3.bucket('vault').put('images/new.jpg', 'x');
    expect(toHaveSent(s3.bucket('vault'), 'ObjectCreated:Put').message()).toContain(rule);
  });

  it('if requests came that changed nothing', async () => {
    s3.bucket('vault').put('images/new.jpg', 'x');
    await send({ path: '/vault/images/new.jpg' });
    expect(toHaveSent(s3.bucket('vault'), 'ObjectCreated:Put').message()).toContain(rule);
  });
});

it('toHaveSent says that the last configuration was empty, as SDKs send one whose members are misspelt', async () => {
  await send({ method: 'PUT', path: '/vault?notification', body: '<NotificationConfiguration/>' });
  expect(toHaveSent(s3.bucket('vault'), 'ObjectCreated:Put').message()).toContain(
    'The last request is empty, which removes the configuration. SDKs leave out members that they do not know; they know TopicConfigurations, ' +
      'QueueConfigurations, LambdaFunctionConfigurations and EventBridgeConfiguration.',
  );
});

describe('an event that was not sent, since the change has another one', () => {
  it.each([
    [
      'a delete that makes a marker',
      's3:ObjectRemoved:Delete',
      (path: string) => send({ method: 'DELETE', path }),
      'made a delete marker, whose event is ObjectRemoved:DeleteMarkerCreated; the configuration asks for ObjectRemoved:Delete: write s3:ObjectRemoved:*.',
    ],
    [
      'a write that is no copy',
      's3:ObjectCreated:Copy',
      put,
      'wrote an object, whose event is ObjectCreated:Put; the configuration asks for ObjectCreated:Copy: write s3:ObjectCreated:*.',
    ],
  ])('is explained: %s', async (_title, event, change, line) => {
    const Events = [event as 's3:ObjectCreated:Copy'];
    s3.createBucket('asked', {
      versioning: 'Enabled',
      objects: { a: 'x' },
      notification: { QueueConfigurations: [{ QueueArn: queue, Events }] },
    });
    await change('/asked/a');
    const message = toHaveSent(s3, event.slice('s3:'.length), { key: 'a' }).message();
    expect(message).toContain(line);
    expect(message).not.toContain('a configuration that is put later');
  });
});
