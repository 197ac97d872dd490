import { describe, expect, it } from '@jest/globals';
import { settle } from '../../../src/model/schedule/settle';
import { AnsweredStore, type DirectCall } from '../../support/answered-store';

const rule = {
  ID: 'all',
  Prefix: '',
  Status: 'Enabled',
  Destination: { Bucket: 'arn:aws:s3:::replica' },
} as const;
const minute = 60_000;

class Scene extends AnsweredStore {
  constructor() {
    super(
      {
        replica: { versioning: 'Enabled' },
        vault: {
          versioning: 'Enabled',
          objects: { 'old.pdf': 'before the rule' },
          replication: { Role: 'arn:aws:iam::000000000000:role/replication', Rules: [rule] },
        },
      },
      { replicationDelay: minute },
    );
  }

  pass(): void {
    this.store.clock.advance({ milliseconds: minute });
    settle(this.store);
  }

  /** The answer, with the status of replication alone among its headers, and its place before Last-Modified. */
  read(path: string, { method = 'HEAD', headers = {}, dialect }: Partial<DirectCall> = {}) {
    const { status, headers: answered } = this.ask({ method, path, headers, ...(dialect && { dialect }) });
    const [name, value] = answered.find(([one]) => one.toLowerCase() === 'x-amz-replication-status') ?? [];
    return { status, replication: name === undefined ? 'none' : value };
  }

  write(method: string, path: string, { headers = {}, body = '' }: Partial<DirectCall> = {}) {
    const { status, headers: answered } = this.ask({ method, path, headers, body });
    const of = (wanted: string) => answered.find(([name]) => name.toLowerCase() === wanted)?.[1];
    return { status, versionId: of('x-amz-version-id') ?? '', replication: of('x-amz-replication-status') ?? 'none' };
  }
}

function makeWritten(): Scene {
  const scene = new Scene();
  scene.write('PUT', '/vault/report.pdf', { body: 'report' });
  return scene;
}

// F871
describe('x-amz-replication-status', () => {
  it.each(['HEAD', 'GET'])('is PENDING until the copy is made, then COMPLETED, in answers to %s', (method) => {
    const scene = makeWritten();
    const before = scene.read('/vault/report.pdf', { method });
    scene.pass();
    const after = scene.read('/vault/report.pdf', { method });
    const replica = scene.read('/replica/report.pdf', { method });
    expect({ before, after, replica }).toEqual({
      before: { status: 200, replication: 'PENDING' },
      after: { status: 200, replication: 'COMPLETED' },
      replica: { status: 200, replication: 'REPLICA' },
    });
  });

  it('belongs to each version', () => {
    const scene = new Scene();
    const first = scene.write('PUT', '/vault/old.pdf', { body: 'one' });
    scene.pass();
    const second = scene.write('PUT', '/vault/old.pdf', { body: 'two' });
    const [, , fixture] = [...(scene.store.buckets.get('vault')?.versions.of('old.pdf') ?? [])];
    const of = (versionId: string) => scene.read(`/vault/old.pdf?versionId=${versionId}`).replication;
    const id = fixture && scene.store.versionIds.writeId(fixture.sequence);
    expect({ first: of(first.versionId), second: of(second.versionId), fixture: of(id ?? '') }).toEqual({
      first: 'COMPLETED',
      second: 'PENDING',
      fixture: 'none',
    });
  });

  it('comes with a part of an object, and with neither 304 nor 412', () => {
    const scene = makeWritten();
    const read = (headers: DirectCall['headers'] = {}) => scene.read('/vault/report.pdf', { method: 'GET', headers });
    const part = read({ range: 'bytes=0-2' });
    const unchanged = read({ 'if-none-match': '*' });
    const unmet = read({ 'if-match': '"other"' });
    expect({ part, unchanged, unmet }).toEqual({
      part: { status: 206, replication: 'PENDING' },
      unchanged: { status: 304, replication: 'none' },
      unmet: { status: 412, replication: 'none' },
    });
  });

  it('is the first of the headers about the object', () => {
    const scene = makeWritten();
    const { headers } = scene.ask({ method: 'HEAD', path: '/vault/report.pdf' });
    const names = headers.map(([name]) => name);
    expect(names.slice(names.indexOf('x-amz-replication-status')).slice(0, 3)).toEqual([
      'x-amz-replication-status',
      'Last-Modified',
      'ETag',
    ]);
  });

  it('is not in the answers about delete markers, which are copied as well', () => {
    const scene = makeWritten();
    const marker = scene.write('DELETE', '/vault/report.pdf');
    const pending = scene.store.buckets.get('vault')?.versions.current('report.pdf')?.replication?.status;
    const current = scene.read('/vault/report.pdf');
    const named = scene.read(`/vault/report.pdf?versionId=${marker.versionId}`);
    expect({ pending, current, named }).toEqual({
      pending: 'PENDING',
      current: { status: 404, replication: 'none' },
      named: { status: 405, replication: 'none' },
    });
  });

  it.each([
    ['PUT', '/vault/report.pdf'],
    ['DELETE', '/vault/report.pdf'],
    ['GET', '/vault?versions'],
    ['GET', '/vault?list-type=2'],
    ['GET', '/vault/report.pdf?tagging'],
    ['GET', '/vault/report.pdf?acl'],
  ])('is not in the answer to %s %s', (method, path) => {
    const scene = makeWritten();
    const { headers, body } = scene.ask({ method, path });
    const text = `${headers.flat()} ${String(body ?? '')}`;
    expect({ text: /replication|PENDING/i.test(text) }).toEqual({ text: false });
  });

  it('is neither in the attributes of an object nor in the answer to a copy of it', () => {
    const scene = makeWritten();
    const asked = { 'x-amz-object-attributes': 'ETag,StorageClass,ObjectSize' };
    const source = { 'x-amz-copy-source': '/vault/report.pdf' };
    const attributes = scene.read('/vault/report.pdf?attributes', { method: 'GET', headers: asked });
    const copy = scene.read('/vault/copy.pdf', { method: 'PUT', headers: source });
    expect({ attributes, copy }).toEqual({
      attributes: { status: 200, replication: 'none' },
      copy: { status: 200, replication: 'none' },
    });
  });

  it('is not in the answers of IBM COS', () => {
    const scene = makeWritten();
    expect(scene.read('/vault/report.pdf', { dialect: 'ibm-cos' })).toEqual({ status: 200, replication: 'none' });
  });
});

const versioning = (status: string) => `<VersioningConfiguration><Status>${status}</Status></VersioningConfiguration>`;

// F873
describe('the buckets of a rule', () => {
  it('are the destination, which may be suspended: versions fail from then on', () => {
    const scene = new Scene();
    scene.write('PUT', '/vault/before.pdf', { body: 'report' });
    scene.pass();
    const { status } = scene.write('PUT', '/replica?versioning', { body: versioning('Suspended') });
    scene.write('PUT', '/vault/after.pdf', { body: 'report' });
    scene.pass();
    const statusOf = (key: string) => scene.read(`/vault/${key}`).replication;
    expect({ status, before: statusOf('before.pdf'), after: statusOf('after.pdf') }).toEqual({
      status: 200,
      before: 'COMPLETED',
      after: 'FAILED',
    });
  });

  it('are the destination, which may be deleted if it is empty', () => {
    const scene = makeWritten();
    const { status } = scene.write('DELETE', '/replica');
    scene.pass();
    expect({ status, replication: scene.read('/vault/report.pdf').replication }).toEqual({
      status: 204,
      replication: 'FAILED',
    });
  });

  it('are the source, which may be deleted if it is empty, with its configuration and what is still to be copied', () => {
    const scene = new Scene();
    const [fixture] = [...(scene.store.buckets.get('vault')?.versions.of('old.pdf') ?? [])];
    const written = scene.write('PUT', '/vault/report.pdf', { body: 'report' });
    const full = scene.write('DELETE', '/vault').status;
    scene.write('DELETE', `/vault/report.pdf?versionId=${written.versionId}`);
    scene.write('DELETE', `/vault/old.pdf?versionId=${scene.store.versionIds.writeId(fixture?.sequence ?? 0)}`);
    const empty = scene.write('DELETE', '/vault').status;
    scene.write('PUT', '/vault');
    scene.pass();
    expect({ full, empty, arrived: scene.store.buckets.get('replica')?.versions.size }).toEqual({
      full: 409,
      empty: 204,
      arrived: 0,
    });
    expect(scene.write('GET', '/vault?replication').status).toBe(404);
  });
});
