import fc from 'fast-check';
import { hour, minute } from '../../src/formats/durations';
import { readAllBytes } from '../../src/formats/sparse-body';
import type { ServiceAction } from '../../src/model/schedule/service-action';
import { settle } from '../../src/model/schedule/settle';
import type { Version } from '../../src/model/versions/version';
import { versionIdOf } from '../../src/model/versions/version-lookup';
import type { BucketFixture } from '../../src/preset/bucket-fixture';
import { AnsweredStore, start } from './answered-store';
import { NaiveReplication, type NaiveRule, statusOf } from './naive-replication';

const all = { prefix: '', priority: 1, markers: true };

export const worlds: readonly { readonly buckets: readonly string[]; readonly rules: readonly NaiveRule[] }[] = [
  { buckets: ['one', 'two'], rules: [{ id: 'all', from: 'one', to: 'two', ...all, markers: false }] },
  {
    buckets: ['one', 'two'],
    rules: [
      { id: 'there', from: 'one', to: 'two', ...all },
      { id: 'back', from: 'two', to: 'one', ...all },
    ],
  },
  {
    buckets: ['one', 'two', 'three'],
    rules: [
      { id: 'tagged', from: 'one', to: 'two', ...all, tag: 'copy', markers: false },
      { id: 'logs', from: 'one', to: 'three', ...all, prefix: 'logs/', priority: 2 },
    ],
  },
  {
    buckets: ['three', 'two', 'one'],
    rules: [
      { id: 'low', from: 'one', to: 'two', ...all, priority: 1, markers: false },
      { id: 'high', from: 'one', to: 'two', ...all, prefix: 'logs/', priority: 2 },
      { id: 'on', from: 'two', to: 'three', ...all },
    ],
  },
];

const acts = ['put', 'put', 'put', 'delete', 'remove', 'tag', 'tag', 'copy', 'suspend', 'enable', 'stop'] as const;

export interface HistoryStep {
  readonly act: (typeof acts)[number];
  readonly bucket: number;
  readonly key: string;
  readonly number: number;
  readonly tag: string;
  readonly pieces: readonly number[];
}

export const historyStep: fc.Arbitrary<HistoryStep> = fc.record({
  act: fc.constantFrom(...acts),
  bucket: fc.nat(2),
  key: fc.constantFrom('a', 'logs/b'),
  number: fc.nat(5),
  tag: fc.constantFrom('', 'copy', 'other'),
  pieces: fc.array(fc.constantFrom(0, 1, 1000, minute, 90 * minute, 31 * hour), { minLength: 1, maxLength: 3 }),
});

export const delays = [0, 1000, 90 * minute, 30 * hour] as const;

export class ReplicationHistory {
  readonly answered: AnsweredStore;
  readonly naive: NaiveReplication;
  readonly actions: ServiceAction[] = [];
  readonly #buckets: readonly string[];

  constructor(world: number, delay: number) {
    const { buckets, rules } = worlds[world % worlds.length] ?? { buckets: [], rules: [] };
    this.#buckets = buckets;
    this.answered = new AnsweredStore(fixturesOf(buckets, rules), { replicationDelay: delay });
    this.naive = new NaiveReplication(buckets, rules, delay);
  }

  pass(milliseconds: number): void {
    const { store } = this.answered;
    store.clock.advance({ milliseconds });
    this.actions.push(...settle(store));
    this.naive.pass(store.clock.now());
  }

  /** Sends the request of a step. Returns its status, and its act if that did something. */
  take(step: HistoryStep): string {
    const bucket = this.#buckets[step.bucket % this.#buckets.length] ?? '';
    const sent = this.#send(step, bucket);
    return sent < 300 ? step.act : `${step.act} ${sent}`;
  }

  #send({ act, key, number, tag }: HistoryStep, bucket: string): number {
    const { naive } = this;
    const now = this.answered.store.clock.now();
    const versions = (naive.versions.get(bucket) ?? []).filter((one) => one.key === key);
    const version = versions[number % Math.max(versions.length, 1)];
    const path = `/${bucket}/${key}`;
    switch (act) {
      case 'put': {
        const headers = { 'x-amz-tagging': tag === '' ? undefined : `tag=${tag}`, ...metadata(number) };
        const { status, versionId: id } = this.#ask('PUT', path, { headers, body: `body ${number}` });
        naive.write(now, bucket, { id, key, body: `body ${number}`, tag });
        return status;
      }
      case 'copy': {
        const source = versions.toSorted((a, b) => b.number - a.number)[0];
        const { status, versionId: id } = this.#ask('PUT', path, {
          headers: { 'x-amz-copy-source': path, ...replacing },
        });
        if (source?.body !== undefined) naive.write(now, bucket, { id, key, body: source.body, tag: source.tag });
        return status;
      }
      case 'delete': {
        const { status, versionId: id } = this.#ask('DELETE', path);
        naive.write(now, bucket, { id, key, body: undefined, tag: '' });
        return status;
      }
      case 'remove': {
        if (version) naive.remove(bucket, version);
        return version === undefined ? 404 : this.#ask('DELETE', `${path}?versionId=${version.id}`).status;
      }
      case 'tag': {
        if (version?.body === undefined) return 404;
        const { status } = this.#ask('PUT', `${path}?tagging&versionId=${version.id}`, { body: tagging(tag) });
        naive.tag(now, bucket, version, tag);
        return status;
      }
      case 'stop':
        // Seldom: without its rules a bucket has no more history.
        if (number > 0) return 404;
        naive.rules = naive.rules.filter(({ from }) => from !== bucket);
        return this.#ask('DELETE', `/${bucket}?replication`).status;
      default: {
        const { status } = this.#ask('PUT', `/${bucket}?versioning`, { body: versioning(act) });
        if (status === 200) naive.isEnabled.set(bucket, act === 'enable');
        return status;
      }
    }
  }

  #ask(
    method: string,
    path: string,
    { headers = {}, body = '' }: { headers?: Record<string, string | undefined>; body?: string } = {},
  ) {
    const { status, headers: answered } = this.answered.ask({ method, path, headers, body });
    // S3 says nothing of the null version that a write makes while versioning is suspended.
    return { status, versionId: answered.find(([name]) => name === 'x-amz-version-id')?.[1] ?? 'null' };
  }

  /** Newest first: as the library has them, and as the naive model has them. */
  pictures() {
    return { library: this.#pictureOfLibrary(), naive: this.#pictureOfModel() };
  }

  #pictureOfLibrary() {
    const { store } = this.answered;
    const drawn = (version: Version) => ({
      id: versionIdOf(store, version),
      body: version.content && Buffer.from(readAllBytes(version.content.body)).toString(),
      tag: version.tags[0]?.Value ?? '',
      status: version.replication?.status,
    });
    const buckets = this.#buckets.map((bucket) =>
      keys.map((key) => [...(store.buckets.get(bucket)?.versions.of(key) ?? [])].map(drawn)),
    );
    return { buckets, done: this.actions.flatMap(lineOf) };
  }

  #pictureOfModel() {
    const buckets = this.#buckets.map((bucket) =>
      keys.map((key) =>
        (this.naive.versions.get(bucket) ?? [])
          .filter((one) => one.key === key)
          .sort((a, b) => b.number - a.number)
          .map((version) => ({ id: version.id, body: version.body, tag: version.tag, status: statusOf(version) })),
      ),
    );
    return { buckets, done: this.naive.done };
  }
}

const keys = ['a', 'logs/b'];

/** A copy onto itself has to change something. */
const replacing = { 'x-amz-metadata-directive': 'REPLACE' };

function lineOf(action: ServiceAction): readonly string[] {
  if (action.action !== 'replicate') return [];
  const { at, part, key, versionId, bucket, destination, rule, reason, result } = action;
  return [`${at.getTime()} ${part} ${key} ${versionId} ${bucket} ${destination} ${rule} ${reason ?? result}`];
}

function metadata(number: number): Readonly<Record<string, string>> {
  return number % 2 === 0
    ? { 'content-type': 'text/plain', 'cache-control': 'no-store', 'x-amz-meta-number': String(number) }
    : { 'x-amz-storage-class': 'STANDARD_IA', 'x-amz-checksum-algorithm': 'CRC32' };
}

function tagging(tag: string): string {
  const element = tag === '' ? '' : `<Tag><Key>tag</Key><Value>${tag}</Value></Tag>`;
  return `<Tagging><TagSet>${element}</TagSet></Tagging>`;
}

function versioning(act: 'suspend' | 'enable'): string {
  const status = act === 'enable' ? 'Enabled' : 'Suspended';
  return `<VersioningConfiguration><Status>${status}</Status></VersioningConfiguration>`;
}

export const beginning = start;

function fixturesOf(buckets: readonly string[], rules: readonly NaiveRule[]): Readonly<Record<string, BucketFixture>> {
  return Object.fromEntries(
    buckets.map((name) => {
      const own = rules.filter(({ from }) => from === name);
      const replication = own.length === 0 ? {} : { replication: { Role: role, Rules: own.map(ruleOf) } };
      return [name, { versioning: 'Enabled', ...replication }];
    }),
  );
}

const role = 'arn:aws:iam::000000000000:role/replication';

function ruleOf({ id, to, prefix, tag, priority, markers }: NaiveRule) {
  const Tag = { Key: 'tag', Value: tag ?? '' };
  return {
    ID: id,
    Priority: priority,
    Status: 'Enabled',
    Filter: tag === undefined ? { Prefix: prefix } : { Tag },
    DeleteMarkerReplication: { Status: markers ? 'Enabled' : 'Disabled' },
    Destination: { Bucket: `arn:aws:s3:::${to}` },
  } as const;
}
