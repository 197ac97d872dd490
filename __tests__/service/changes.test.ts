import { afterEach, describe, expect, it, jest } from '@jest/globals';
import type { Change, VersionChange } from '../../src/model/changes';
import { settle } from '../../src/model/schedule/settle';
import { VersionStacks } from '../../src/model/versions/version-stacks';
import { BucketHandle } from '../../src/preset/bucket-handle';
import { S3Error } from '../../src/refusals';
import { AnsweredStore, start } from '../support/answered-store';
import { listenToChanges } from '../support/listen-to-changes';
import { type Aim, writingCalls, writtenBuckets } from '../support/writing-calls';

function listening() {
  const answered = new AnsweredStore(writtenBuckets);
  const changes: Change[] = [];
  listenToChanges(answered.store, (some) => changes.push(...some));
  const ask = (name: string, aim: Partial<Aim> = {}) => {
    const call = writingCalls[name]?.(answered.store, { bucket: 'vault', key: 'a', choice: 0, ...aim });
    if (call === undefined) throw new Error(`no call ${name}`);
    return answered.ask(call).status;
  };
  const texts = () => changes.splice(0).map(textOf);
  return { ...answered, answered, store: answered.store, changes, ask, texts };
}

function textOf(change: Change): string {
  if (change.kind === 'settings put') return `settings put ${change.bucket} ${change.names.join(' ')}`;
  const place = `${change.kind} ${change.bucket}/${change.key}`;
  if (change.kind === 'nothing removed' || change.kind === 'replication') return place;
  const { version, before } = change;
  return [place, version.explicitId ?? 'new', ...(before === undefined ? [] : ['after', before.explicitId])].join(' ');
}

function ofVersions(changes: readonly Change[]): readonly VersionChange[] {
  return changes.filter((change) => 'version' in change);
}

describe('the changes of a request', () => {
  // A choice is an index among no version, the newest, the one below it: `third`, `null`.
  it.each<[call: string, aim: Partial<Aim>, changes: readonly string[]]>([
    ['put', {}, ['version written vault/a new']],
    ['put', { bucket: 'plain' }, ['version written plain/a null after null']],
    ['add hold', {}, ['protection kept/a null after null']],
    ['remove hold', {}, ['protection kept/a null after null']],
    ['extend retention', {}, ['protection kept/a null after null']],
    ['put protection', {}, ['settings put kept protection']],
    ['put', { bucket: 'paused' }, ['version written paused/a null after null']],
    ['put', { bucket: 'empty' }, ['version written empty/a null']],
    ['copy', { key: 'b' }, ['version written vault/b new']],
    ['form', {}, ['version written vault/a new']],
    ['delete', {}, ['delete marker made vault/a new']],
    ['delete', { bucket: 'plain' }, ['version removed plain/a null after null']],
    ['delete', { bucket: 'paused' }, ['delete marker made paused/a null after null']],
    ['delete', { choice: 1 }, ['version removed vault/a third after third']],
    ['delete', { bucket: 'plain', key: 'c' }, ['nothing removed plain/c']],
    [
      'delete objects',
      { bucket: 'plain' },
      [
        'version removed plain/a null after null',
        'version removed plain/b null after null',
        'nothing removed plain/b/c',
        'nothing removed plain/new',
      ],
    ],
    ['put tags', {}, ['tags vault/a third after third']],
    ['put tags', { choice: 2 }, ['tags vault/a null after null']],
    ['delete tags', {}, ['tags vault/a third after third']],
    ['put annotation', {}, ['annotations vault/a third after third']],
    ['delete annotation', {}, ['annotations vault/a third after third']],
    ['delete annotation', { choice: 2 }, []],
    ['put acl', {}, ['acl vault/a third after third']],
    ['put retention', { bucket: 'locked', key: 'b' }, ['retention locked/b new after ']],
    ['put legal hold', { bucket: 'locked', key: 'b' }, ['legal hold locked/b new after ']],
    ['put encryption', {}, ['encryption vault/a third after third']],
    ['restore', { bucket: 'archives' }, ['restore archives/a null after null']],
    ['restore a tier', { bucket: 'archives', key: 'b' }, ['restore archives/b null after null']],
    ['read', { bucket: 'archives', key: 'b/c' }, []],
    ['begin upload', {}, []],
    ['delete bucket', {}, []],
    ['put versioning', {}, ['settings put vault versioning']],
    ['put bucket tags', {}, ['settings put vault tags']],
    ['put lifecycle', {}, ['settings put vault lifecycle']],
  ])('of %s with %p are %p', (call, aim, changes) => {
    const { ask, texts } = listening();
    expect(ask(call, aim)).toBeLessThan(300);
    expect(texts()).toEqual(changes);
  });

  it('of an upload come with its completion', () => {
    const { ask, texts } = listening();
    const statuses = ['begin upload', 'upload part', 'complete upload'].map((name) => ask(name));
    expect({ statuses, changes: texts() }).toEqual({
      statuses: [200, 200, 200],
      changes: ['version written vault/a new'],
    });
  });

  it('name the request, its caller and the time', () => {
    const { answered, changes, store } = listening();
    const { headers } = answered.ask({ method: 'PUT', path: '/vault/a', body: 'new' });
    expect(changes).toEqual([
      {
        kind: 'version written',
        bucket: 'vault',
        key: 'a',
        version: store.buckets.get('vault')?.versions.current('a'),
        before: undefined,
        cause: {
          by: 'request',
          operation: 'PutObject',
          caller: expect.objectContaining({ account: store.defaultAccount, accessKeyId: 'KEY' }),
          requestId: new Map(headers).get('x-amz-request-id'),
          hostId: new Map(headers).get('x-amz-id-2'),
          sourceAddress: '127.0.0.1',
          isReported: true,
        },
        time: start,
      },
    ]);
  });

  it('are not reported if it is refused, or if it only reads', () => {
    const { answered, changes } = listening();
    const refused = answered.ask({ method: 'PUT', path: '/vault/a', headers: { 'if-none-match': '*' } });
    const read = answered.ask({ method: 'GET', path: '/vault/a' });
    expect({ refusedStatus: refused.status, readStatus: read.status, changes }).toEqual({
      refusedStatus: 412,
      readStatus: 200,
      changes: [],
    });
  });
});

it("lifecycle's changes have its rule, its name and the midnight", () => {
  const { store, ask, changes, texts } = listening();
  ask('put lifecycle', { bucket: 'plain' });
  changes.splice(0);
  store.clock.advance({ days: 3 });
  const actions = settle(store);
  const cause = { by: 'service', operation: 'S3.EXPIRE.OBJECT', rule: 'r' };
  expect(changes.map(({ cause: one, time }) => ({ cause: one, time }))).toEqual(
    actions.map(({ at }) => ({ cause, time: at.getTime() })),
  );
  expect(texts()).toEqual(['version removed plain/a null after null', 'version removed plain/b null after null']);
});

it("lifecycle's change of a storage class is one of that", () => {
  const { answered, store, changes, texts } = listening();
  const rule =
    '<Rule><ID>cold</ID><Status>Enabled</Status><Filter/><Transition><Days>1</Days><StorageClass>GLACIER</StorageClass></Transition></Rule>';
  const { status } = answered.ask({
    method: 'PUT',
    path: '/plain?lifecycle',
    headers: { 'x-amz-transition-default-minimum-object-size': 'varies_by_storage_class' },
    body: `<LifecycleConfiguration>${rule}</LifecycleConfiguration>`,
  });
  store.clock.advance({ days: 3 });
  settle(store);
  const classes = ofVersions(changes).map(({ before, version }) => [
    before?.content?.storageClass,
    version.content?.storageClass,
  ]);
  expect({ status, classes, changes: texts() }).toEqual({
    status: 200,
    classes: [
      ['STANDARD', 'GLACIER'],
      ['STANDARD', 'GLACIER'],
    ],
    changes: [
      'settings put plain lifecycle',
      'storage class plain/a null after null',
      'storage class plain/b null after null',
    ],
  });
});

it('the changes that a handle makes are of a test', () => {
  const { store, changes, texts } = listening();
  const vault = new BucketHandle('vault', store, { settle: () => {} }, () => store.buckets.get('vault') as never, []);
  vault.put('a', 'new', { versionId: 'null' });
  vault.delete('a');
  expect(changes.map(({ cause }) => cause)).toEqual([{ by: 'test' }, { by: 'test' }]);
  expect(texts()).toEqual(['version written vault/a null after null', 'delete marker made vault/a new']);
});

it('the changes of restores and archive tiers are of S3 itself, at their times', () => {
  const { store, ask, changes, texts } = listening();
  ask('restore', { bucket: 'archives' });
  ask('restore a tier', { bucket: 'archives', key: 'b' });
  changes.splice(0);
  store.clock.advance({ days: 3 });
  settle(store);
  const causeOf = (operation: string) => ({ by: 'service', operation, rule: undefined });
  expect(changes.map(({ cause, time }) => ({ cause, after: time - start }))).toEqual([
    { cause: causeOf('S3.RESTORE.OBJECT'), after: 5 * 3_600_000 },
    { cause: causeOf('S3.RESTORE.OBJECT'), after: 5 * 3_600_000 },
    { cause: causeOf('S3.RESTORE.OBJECT'), after: 5 * 3_600_000 },
    { cause: causeOf('S3.EXPIRE.RESTORED_COPY'), after: expect.any(Number) },
  ]);
  expect(texts()).toEqual([
    'restore archives/a null after null',
    'restore archives/b null after null',
    'access tier archives/b null after null',
    'restore archives/a null after null',
  ]);
});

describe('a refusal that the model throws in an entry of DeleteObjects', () => {
  afterEach(() => {
    jest.restoreAllMocks();
  });

  it('becomes the error of that entry, and undoes that entry alone', () => {
    const { answered, store, texts } = listening();
    const { remove } = VersionStacks.prototype;
    jest.spyOn(VersionStacks.prototype, 'remove').mockImplementation(function (this: VersionStacks, version) {
      remove.call(this, version);
      if (version.key === 'a') throw new S3Error('AccessDenied', {}, 'the model refuses it');
    });
    const before = [...(store.buckets.get('vault')?.versions.of('a') ?? [])];
    const entries = '<Object><Key>b</Key></Object><Object><Key>a</Key><VersionId>null</VersionId></Object>';
    const { status, body } = answered.ask({
      method: 'POST',
      path: '/vault?delete',
      body: `<Delete>${entries}</Delete>`,
    });
    expect({ status, body: String(body) }).toMatchObject({
      status: 200,
      body: expect.stringMatching(
        /<Deleted><Key>b<\/Key><DeleteMarker>true<\/DeleteMarker><DeleteMarkerVersionId>[\w.]{32}<\/DeleteMarkerVersionId><\/Deleted><Error><Key>a<\/Key><VersionId>null<\/VersionId><Code>AccessDenied<\/Code>/,
      ),
    });
    expect(answered.last?.why).toBe('a: the model refuses it');
    expect([...(store.buckets.get('vault')?.versions.of('a') ?? [])]).toEqual(before);
    expect(texts()).toEqual(['delete marker made vault/b new']);
  });
});

describe('a bug', () => {
  afterEach(() => {
    jest.restoreAllMocks();
  });

  it('in an entry of DeleteObjects undoes the whole request', () => {
    const { answered, changes } = listening();
    const before = answered.picture();
    const bug = new TypeError('undefined is not a function');
    jest.spyOn(VersionStacks.prototype, 'remove').mockImplementation(() => {
      throw bug;
    });
    const entries = '<Object><Key>b</Key></Object><Object><Key>a</Key><VersionId>null</VersionId></Object>';
    const { status } = answered.ask({ method: 'POST', path: '/vault?delete', body: `<Delete>${entries}</Delete>` });
    expect({ status, bugs: answered.bugs, changes }).toEqual({ status: 400, bugs: [bug], changes: [] });
    expect(answered.picture()).toEqual(before);
  });

  it('that the answer cannot be written with undoes the request', () => {
    const { answered, store } = listening();
    const before = answered.picture();
    // The answer has the date of the version.
    const { add } = VersionStacks.prototype;
    jest.spyOn(VersionStacks.prototype, 'add').mockImplementation(function (this: VersionStacks, version) {
      add.call(this, version);
      Object.defineProperty(version, 'created', { value: Number.NaN });
    });
    const { status } = answered.ask({
      method: 'PUT',
      path: '/plain/b',
      headers: { 'x-amz-copy-source': '/plain/a' },
    });
    expect({ status, bugs: answered.bugs }).toEqual({ status: 400, bugs: [expect.any(RangeError)] });
    expect(answered.picture()).toEqual(before);
    expect(store.buckets.get('plain')?.versions.size).toBe(2);
  });
});

describe('what a refused request used up', () => {
  it('a code of MFA is not valid again', () => {
    const { answered, store } = listening();
    const { mfa } = store.defaultAccount;
    store.buckets.get('vault')?.change({ versioning: { Status: 'Enabled', MFADelete: 'Enabled' } });
    const code = mfa.header();
    // The condition is checked after the code.
    const headers = { 'x-amz-mfa': code, 'if-match': '*' };
    const call = { method: 'DELETE', path: '/vault/a?versionId=third' };
    const [first, second] = [
      answered.ask({ ...call, headers }),
      answered.ask({ ...call, headers: { 'x-amz-mfa': code } }),
    ];
    expect({ firstStatus: first.status, secondStatus: second.status, code: answered.last?.error?.code }).toEqual({
      firstStatus: 501,
      secondStatus: 400,
      code: 'TokenCodeInvalidError',
    });
  });
});
