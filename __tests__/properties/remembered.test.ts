import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { computeBodyDigest } from '../../src/formats/body-digests';
import { checksum } from '../../src/formats/digests';
import { EntryList } from '../../src/journal/entry-list';
import { settle } from '../../src/model/schedule/settle';
import { Store } from '../../src/model/store';
import { systemHeaderNames } from '../../src/model/versions/content';
import { newest } from '../../src/model/versions/version-stacks';
import { addBucket, type BucketFixture } from '../../src/preset/bucket-fixture';
import { createAnswerer } from '../../src/service/answer';
import { cosHost } from '../support/clients/story-client';
import { runs } from '../support/runs';
import { expectSame } from '../support/same';

interface Sent {
  readonly method: string;
  readonly host: string;
  readonly url: string;
  readonly headers: Readonly<Record<string, string>>;
  readonly body: Uint8Array;
  /** The milliseconds since the request before. */
  readonly later: number;
}

const start = Date.UTC(2026, 2, 31, 7, 35, 5);
const aws = 's3.amazonaws.com';
const buckets: Readonly<Record<string, BucketFixture>> = {
  vault: { versioning: 'Enabled', objects: { a: ['x'.repeat(64), 'x'.repeat(65)] } },
  'far-away-from-all': {},
  plain: { objects: { a: 'y'.repeat(64) } },
};

/** One with a short memory forgets before each request all that it can. */
class Played {
  readonly store = new Store({ accountId: '000000000000', seed: 'seed', realNow: () => start, start });
  readonly entries = new EntryList(100, 1e6);

  constructor() {
    for (const [name, fixture] of Object.entries(buckets)) addBucket(this.store, name, fixture, 'of a mock');
  }

  forget(): void {
    this.store.restore(this.store.snapshot());
    for (let other = 0; other < 16; other += 1) computeBodyDigest('MD5', Buffer.alloc(64, other));
  }

  versions(): object {
    return [...this.store.buckets.values()].map(({ versions }) => [
      ...versions.from({ sortKey: '', sequence: newest }),
    ]);
  }

  ask({ later, body, headers, ...sent }: Sent): object {
    const { store, entries } = this;
    store.clock.advance({ milliseconds: later });
    settle(store);
    const answerer = createAnswerer({
      store,
      after: ({ entry }) => entries.push(entry),
      keepState: () => {
        throw new Error('nothing ends it');
      },
      isOfEarlierTest: () => false,
      onLate: () => {},
      rules: { take: () => ({ failure: undefined, failEntry: undefined, rules: [] }) },
      onRequest: () => {},
      doDue: () => {},
      onBug: (bug) => {
        throw bug;
      },
    });
    const isOfCos = sent.host.endsWith(cosHost);
    const dialect = isOfCos ? 'ibm-cos' : 'aws';
    const answer = answerer.accept()({
      ...sent,
      endpoint: { service: 's3', base: isOfCos ? cosHost : aws, dialect, region: undefined },
      secure: true,
      headers: new Map([['host', sent.host], ['content-length', `${body.length}`], ...Object.entries(headers)]),
      rawHeaders: [],
      trailers: new Map(),
      body: new Uint8Array(body),
    });
    if (!('status' in answer)) throw new Error('the request was delayed');
    return {
      ...answer,
      body: Buffer.from(answer.body as string | Uint8Array).toString('latin1'),
      entry: entries.at(-1),
    };
  }
}

const signed = (key: string, region = 'us-east-1', names = 'host') =>
  `AWS4-HMAC-SHA256 Credential=${key}/20260331/${region}/s3/aws4_request, SignedHeaders=${names}, Signature=${'0'.repeat(64)}`;

/** A request of other lengths in all respects, which pushes out what is remembered of the last one. */
const farAway: Sent = {
  method: 'PUT',
  host: `far-away-from-all.${aws}`,
  url: '/far/away?far=away',
  headers: {
    ...Object.fromEntries(systemHeaderNames.map((name) => [name, '/far away from all'])),
    authorization: signed('FAR-AWAY-FROM-ALL', 'ap-southeast-2'),
    'x-amz-date': '20260331T073505Z',
    'x-amz-content-sha256': 'UNSIGNED-PAYLOAD',
    'x-amz-checksum-sha1': checksum('SHA1', Buffer.alloc(300)),
    'user-agent': 'far-away/3',
  },
  body: Buffer.alloc(300),
  later: 86_400_000 + 7,
};

const usual: Sent = {
  method: 'PUT',
  host: aws,
  url: '/vault/a',
  headers: {
    authorization: signed('KEY'),
    'x-amz-date': '20260331T073505Z',
    'x-amz-content-sha256': 'UNSIGNED-PAYLOAD',
  },
  body: Buffer.alloc(64, 'x'),
  later: 0,
};

type Change = (before: Sent) => Partial<Sent>;

const to = (...changes: readonly Partial<Sent>[]): fc.Arbitrary<Change> =>
  fc.constantFrom(...changes).map((change) => () => change);
const header = (name: string, ...values: readonly string[]): fc.Arbitrary<Change> =>
  fc.constantFrom(undefined, ...values).map((value) => ({ headers }) => {
    const { [name]: _, ...others } = headers;
    return { headers: value === undefined ? others : { ...others, [name]: value } };
  });
const at = (host: string, url: string): Partial<Sent> => ({ host, url });
const bytes = (length: number, filling: string, last: string) => ({
  body: Buffer.from((filling.repeat(length) + last).slice(-length || Number.POSITIVE_INFINITY)),
});

const changes: readonly fc.Arbitrary<Change>[] = [
  to(...['PUT', 'PUT', 'GET', 'GET', 'HEAD', 'DELETE'].map((method) => ({ method }))),
  to(at(aws, '/vault/a'), at(`vault.${aws}`, '/a'), at(`plain.${aws}`, '/a'), at(aws, '/plain/a'), at(aws, '/vault')),
  to(
    at(cosHost, '/plain/a'),
    at(`plain.${cosHost}`, '/a'),
    at(`vault.${cosHost}`, '/a'),
    at(`vault.${aws}`, '/vault/a'),
  ),
  to(...['/%61', '/b', '//a', '/__proto__', '/constructor', '/0', '/%zz'].map((path) => at(`vault.${aws}`, path))),
  to(
    ...['versionId=null', 'versionId=', 'versionId', 'versions', 'tagging'].map((query) =>
      at(aws, `/vault/a?${query}`),
    ),
  ),
  to(...['list-type=2', 'versions', 'versioning='].map((query) => at(aws, `/plain?${query}`))),
  to(bytes(0, '', ''), ...[63, 64, 65].flatMap((length) => ['x', 'y'].map((last) => bytes(length, 'x', last)))),
  to({ later: 0 }, { later: 1 }, { later: 1000 }, { later: 86_400_000 }),
  header(
    'authorization',
    signed('KEY'),
    signed('KEYS'),
    signed('KEY', 'eu-west-1'),
    signed('KEY', 'eu-west-1', 'date'),
    'AWS K:c',
  ),
  header('content-type', '', 'text/plain', 'text/html'),
  header('content-encoding', '', 'gzip', 'aws-chunked'),
  header('cache-control', 'no-store', 'x'.repeat(2048)),
  header('expires', '0'),
  header('x-amz-website-redirect-location', '', '/a', 'a'),
  header('x-amz-meta-a', '1', '2'),
  header('x-amz-storage-class', 'STANDARD_IA', 'NONE'),
  header('x-amz-security-token', 'T'),
  header('x-amz-checksum-mode', 'ENABLED'),
  header('x-amz-checksum-algorithm', 'SHA1'),
  header('range', 'bytes=0-3', 'bytes=1-4'),
  header('user-agent', 'one/1 more', 'two/2 more'),
  header('__proto__', 'a', 'b'),
  header('constructor', 'a'),
  header('1', 'a'),
  header('0', 'a'),
];

function historyOf(made: readonly Change[]): readonly Sent[] {
  const history = [usual];
  for (const change of made) {
    const before = history.at(-1) ?? usual;
    history.push({ ...before, ...change(before) });
  }
  return history;
}

describe('what is remembered of earlier requests', () => {
  it('changes no answer, no entry and no object', () => {
    const property = fc.property(
      fc.array(fc.oneof(...changes), { minLength: 1, maxLength: 15, size: 'max' }),
      (made) => {
        const [remembering, forgetting, other] = [new Played(), new Played(), new Played()];
        for (const request of historyOf(made)) {
          const answer = remembering.ask(request);
          expect(other.ask(farAway)).toHaveProperty('status', 200);
          forgetting.forget();
          expectSame(answer, forgetting.ask(request));
        }
        expectSame(remembering.versions(), forgetting.versions());
      },
    );
    fc.assert(property, runs(80));
  });
});
