import { inspect } from 'node:util';
import { describe, expect, it } from '@jest/globals';
import { comparableList } from '../../src/journal/log';
import { put } from '../journal/entries';
import { thrownBy } from '../support/thrown';
import { noon, queue, report, scene } from './scene';

describe('the log of events', () => {
  it('has the events in the order in which they were sent, as a list', () => {
    const { events, put: write } = scene();
    write('a.jpg');
    write('b c.jpg', { versionId: 'v1' });
    expect({
      length: events.length,
      keys: events.map(({ key }) => key),
      spread: [...events].map(({ name }) => name),
      first: events[0] ?? events.at(0)?.key,
      last: events.at(-1)?.versionId,
      filtered: events.filter(({ versionId }) => versionId === 'v1').length,
      dropped: events.dropped,
    }).toEqual({
      length: 2,
      keys: ['a.jpg', 'b c.jpg'],
      spread: ['ObjectCreated:Put', 'ObjectCreated:Put'],
      first: 'a.jpg',
      last: 'v1',
      filtered: 1,
      dropped: 0,
    });
  });

  it('has entries that cannot be changed, with the record, the time and the request that caused it', () => {
    const { events, put: write } = scene();
    write('b c.jpg');
    const event = events.at(0);
    expect(event).toMatchObject({
      name: 'ObjectCreated:Put',
      bucket: 'vault',
      key: 'b c.jpg',
      versionId: undefined,
      destination: queue,
      configurationId: 'thumbnails',
      time: new Date(noon),
      record: { eventName: 'ObjectCreated:Put', s3: { object: { key: 'b+c.jpg' } } },
      document: { Records: [{ eventSource: 'aws:s3' }] },
      cause: { operation: 'PutObject', input: { Key: 'b c.jpg' } },
    });
    expect(Object.isFrozen(event)).toBe(true);
  });

  it('has a record and a document that nobody can change', () => {
    const { events, put: write } = scene();
    write('b c.jpg');
    const { record, document } = events.at(0) ?? {};
    expect(record).toMatchObject({ s3: { object: { key: 'b+c.jpg' } } });
    expect(document).toEqual({ Records: [record] });
    for (const part of [record, record?.s3.object, document, document && 'Records' in document && document.Records])
      expect(Object.isFrozen(part)).toBe(true);
    expect(events.at(0)?.record).toBe(record);
  });

  it('has no record of an event for EventBridge and of a test event', () => {
    const { events, send } = scene();
    const document = {
      Service: 'Amazon S3',
      Event: 's3:TestEvent',
      Time: '2026-03-01T12:00:00.000Z',
      Bucket: 'vault',
      RequestId: 'R1',
      HostId: 'H1',
    } as const;
    send(put('a'), { ...report('TestEvent', 'a', { key: undefined, configurationId: undefined }), document });
    expect(events.at(0)).toMatchObject({ name: 'TestEvent', key: undefined, record: undefined, document });
  });

  it('compares with a literal of the events as a list does', () => {
    const { events, put: write } = scene();
    write('a.jpg');
    expect(comparableList(events)).toMatchObject([{ name: 'ObjectCreated:Put', key: 'a.jpg' }]);
  });

  it('keeps as many events as it may, and counts the others', () => {
    const { events, put: write } = scene({ limit: 2 });
    for (const key of ['a', 'b', 'c']) write(key);
    expect({ keys: events.map(({ key }) => key), dropped: events.dropped }).toEqual({ keys: ['b', 'c'], dropped: 1 });
    events.clear();
    expect({ length: events.length, dropped: events.dropped }).toEqual({ length: 0, dropped: 0 });
  });

  it('is closed: a misspelt member throws and names the nearest', () => {
    const { events } = scene();
    const set = (name: string) => String(thrownBy(() => Reflect.set(events, name, 5)));
    expect({ misspelt: set('lenght'), readOnly: set('length'), internal: set('apend') }).toEqual({
      misspelt:
        "TypeError: s3.events: there is no member 'lenght'. Did you mean length? None of its members can be set.",
      readOnly: 'TypeError: s3.events: length cannot be set. None of its members can be set.',
      internal: "TypeError: s3.events: there is no member 'apend'. None of its members can be set.",
    });
  });
});

describe('the cause of an event', () => {
  it('loses its bytes with the journal, and keeps none alive', () => {
    const { events, requests, send } = scene();
    const cause = () => events.at(0)?.cause;
    send(put('a'), report('ObjectCreated:Put', 'a'));
    expect(cause()).toBe(requests.at(0));
    requests.clear();
    expect(cause()).toBeUndefined();
  });

  it('is undefined once the journal dropped the request, and never another one', () => {
    const { events, requests, send } = scene({ limit: 1 });
    send(put('a'), report('ObjectCreated:Put', 'a'));
    requests.append(put('b'));
    expect(events.at(0)?.cause).toBeUndefined();
    requests.clear();
    requests.append(put('c'));
    expect(events.at(0)?.cause).toBeUndefined();
  });
});

describe('of and last', () => {
  const { events, send, put: write } = scene();
  write('a.jpg');
  write('b c.jpg', { versionId: 'v1' });
  send(put('a.jpg'), report('ObjectRemoved:Delete', 'a.jpg'));
  const keysOf = (found: readonly { readonly key: string | undefined }[]) => found.map(({ key }) => key);

  it.each([
    { name: 'ObjectCreated:Put', expected: undefined, keys: ['a.jpg', 'b c.jpg'] },
    { name: 'ObjectCreated:*', expected: undefined, keys: ['a.jpg', 'b c.jpg'] },
    { name: 'ObjectRemoved:*', expected: { bucket: 'vault' }, keys: ['a.jpg'] },
    { name: 'ObjectCreated:Put', expected: { key: 'b c.jpg' }, keys: ['b c.jpg'] },
    { name: 'ObjectCreated:Put', expected: { versionId: undefined }, keys: ['a.jpg'] },
    { name: 'ObjectCreated:Put', expected: { record: { s3: { object: { key: 'b+c.jpg' } } } }, keys: ['b c.jpg'] },
    { name: 'ObjectCreated:Put', expected: { key: expect.stringContaining('b') }, keys: ['b c.jpg'] },
    { name: 'ObjectCreated:Put', expected: expect.objectContaining({ key: 'a.jpg' }), keys: ['a.jpg'] },
    { name: 'ObjectCreated:Copy', expected: undefined, keys: [] },
  ] as const)('$name with $expected finds $keys', ({ name, expected, keys }) => {
    expect({ of: keysOf(events.of(name, expected)), last: events.last(name, expected)?.key }).toEqual({
      of: keys,
      last: keys.at(-1),
    });
  });

  it('is the last event of all without a name', () => {
    expect(events.last()?.name).toBe('ObjectRemoved:Delete');
  });

  it.each([
    [
      's3:ObjectCreated:Put',
      "S3 has no event 's3:ObjectCreated:Put'. It is named without s3: here: 'ObjectCreated:Put'.",
    ],
    ['s3:ObjectCreated:*', "S3 has no event 's3:ObjectCreated:*'. It is named without s3: here: 'ObjectCreated:*'."],
    [
      'ObjectCreated:Putt',
      "S3 has no event 'ObjectCreated:Putt'. Did you mean ObjectCreated:Put, ObjectCreated:Post, ObjectCreated:*?",
    ],
    ['Copy', "S3 has no event 'Copy'. Did you mean ObjectCreated:Copy?"],
    [
      'PutObject',
      "S3 has no event 'PutObject'. Events are named without s3:, as in 'ObjectCreated:Put' or 'ObjectRemoved:*'.",
    ],
    [
      '*',
      "S3 has no event '*'. Did you mean LifecycleExpiration:*, ObjectAnnotation:*, ObjectCreated:*, ObjectRemoved:*, ObjectRestore:*, ObjectTagging:*, Replication:*?",
    ],
    [undefined, "no event was given. Events are named without s3:, as in 'ObjectCreated:Put' or 'ObjectRemoved:*'."],
    [5, "S3 has no event 5. Events are named without s3:, as in 'ObjectCreated:Put' or 'ObjectRemoved:*'."],
  ])('throws a TypeError for the name %s', (name, message) => {
    const thrown = thrownBy(() => Reflect.apply(events.of, events, [name]));
    expect(String(thrown)).toBe(`TypeError: s3.events.of: ${message}`);
  });

  it.each([
    [
      'report.pdf',
      "invalid event 'report.pdf'; expected an object such as { key: 'report.pdf' }, or an asymmetric matcher",
    ],
    [
      { Key: 'a' },
      'an event has no Key. Did you mean key? It has: bucket, key, versionId, destination, configurationId, time, record, document.',
    ],
    [
      { key: () => 'a' },
      'an event: invalid key [Function: key]; expected a value: call the function, or give a matcher such as expect.any(String)',
    ],
  ])('throws a TypeError for the expected event %j', (expected, message) => {
    const thrown = thrownBy(() => Reflect.apply(events.last, events, ['ObjectCreated:Put', expected]));
    expect(String(thrown)).toBe(`TypeError: s3.events.last: ${message}`);
  });
});

describe('as text and as JSON', () => {
  it('is one line for each event', () => {
    const { events, put: write, send } = scene();
    write('a.jpg');
    send(
      put('x'),
      report('ObjectRemoved:DeleteMarkerCreated', 'b c.jpg', {
        versionId: 'v1',
        destination: 'eventbridge',
        configurationId: undefined,
      }),
    );
    const lines = [
      '2 events:',
      `  1. 12:00:00.000  ObjectCreated:Put                  vault/a.jpg                to ${queue} by 'thumbnails'  (request 1, PutObject)`,
      '  2. 12:00:00.000  ObjectRemoved:DeleteMarkerCreated  vault/b c.jpg  version v1  to eventbridge                                                (request 2, PutObject)',
    ];
    expect(String(events)).toBe(lines.join('\n'));
    expect(inspect(events)).toBe(lines.join('\n'));
  });

  it('says that nothing was sent, and how many came before', () => {
    const { events, put: write } = scene({ limit: 1 });
    expect(String(events)).toBe('S3 sent no event.');
    for (const key of ['a', 'b', 'c']) write(key);
    expect(String(events).split('\n').slice(0, 2)).toEqual(['1 event:', '  (2 before these)']);
  });

  it('prints the cause of an entry, not its getter', () => {
    const { events, put: write } = scene();
    write('a.jpg');
    expect(inspect(events.at(0))).toContain("operation: 'PutObject'");
  });

  it('is the same JSON in each run', () => {
    const { events, put: write } = scene();
    write('a.jpg', { versionId: 'v1' });
    write('b.jpg', { destination: 'eventbridge', configurationId: undefined });
    expect(JSON.parse(JSON.stringify(events))).toEqual([
      {
        name: 'ObjectCreated:Put',
        bucket: 'vault',
        key: 'a.jpg',
        versionId: 'v1',
        destination: queue,
        configurationId: 'thumbnails',
      },
      { name: 'ObjectCreated:Put', bucket: 'vault', key: 'b.jpg', destination: 'eventbridge' },
    ]);
  });
});

describe('waitFor', () => {
  it('returns the first matching event, of before the call or of after it', async () => {
    const { events, put: write } = scene();
    write('a.jpg');
    const later = events.waitFor('ObjectCreated:*', { key: 'b.jpg' });
    write('b.jpg');
    expect({ before: (await events.waitFor('ObjectCreated:Put')).key, later: (await later).key }).toEqual({
      before: 'a.jpg',
      later: 'b.jpg',
    });
  });

  it('rejects with the words of the matcher if none comes in time', async () => {
    const { events } = scene();
    await expect(events.waitFor('ObjectCreated:Put', { key: 'a' }, { timeout: 1 })).rejects.toThrow(
      "Expected S3 to send ObjectCreated:Put with { key: 'a' }, but it sent no event at all.",
    );
  });

  it('rejects for a mistake in its arguments', async () => {
    const { events } = scene();
    await expect(Reflect.apply(events.waitFor, events, ['ObjectCreated:Putt'])).rejects.toThrow(
      'Did you mean ObjectCreated:Put',
    );
    await expect(events.waitFor('ObjectCreated:Put', {}, { timeout: -1 })).rejects.toThrow('invalid timeout -1');
  });

  it('ends when no matching event can come any more', async () => {
    const { events } = scene();
    const waiting = events.waitFor('ObjectCreated:Put');
    events.endWaits('the mock was reset');
    await expect(waiting).rejects.toThrow(
      "waitFor('ObjectCreated:Put'): the mock was reset before a matching event came. Await it in the test that makes the request.",
    );
  });
});
