import { firstRegion } from '../../formats/regions';
import { findRequestsOnKey } from '../../journal/key-requests';
import type { Bucket } from '../../model/bucket';
import { isLetterOff } from '../../text/spelling';
import type { WireRequest } from '../../wire';
import type { Asked, Change, Hint } from '../hint';
import { isAwaited } from './expectation';
import { withBody } from './wire';

/** The bucket whose name is a letter off, or the one that has the key. If several have it, none of them is likelier than another. */
export const tryAnotherBucket: Hint = {
  tries: 'another bucket: one whose name is a letter off, or the only one that has the key',
  of: 'refused requests',
  changes(asked) {
    const { entry, entries, wire, store } = asked;
    const { bucket: sent, key, method } = entry;
    if (sent === undefined) return [];
    const reads = key !== undefined && (method === 'GET' || method === 'HEAD');
    if (!store.buckets.has(sent)) {
      if (entry.error?.code !== 'NoSuchBucket') return [];
      const near = [...store.buckets.keys()].filter((name) => isLetterOff(sent, name));
      return near.length === 0 && reads ? ofKey(asked, key) : near.map((name) => inBucket(wire, sent, name));
    }
    // A reason that says more than this knows why the key is not there, and so does a test that has deleted it.
    const isUnknown = reads && entry.why === NEVER && !isWritten(entries, sent, key);
    return isUnknown ? ofKey(asked, key) : [];
  },
};

/** What a refusal says of a key that was never written. */
const NEVER = 'the key has no versions';

function isWritten(entries: Asked['entries'], bucket: string, key: string): boolean {
  return findRequestsOnKey({ dropped: 0, slice: () => [...entries] }, bucket, key).length > 0;
}

function ofKey({ entry: { bucket: sent = '' }, wire, store }: Asked, key: string): readonly Change[] {
  const having = [...store.buckets.values()].filter((bucket) => hasObject(bucket, key));
  return having.length > 1 ? [] : having.map(({ name }) => inBucket(wire, sent, name));
}

function hasObject(bucket: Bucket, key: string): boolean {
  return bucket.unobserved(() => bucket.versions.currentObject(key) !== undefined);
}

function inBucket(wire: WireRequest, sent: string, name: string): Change {
  return {
    wire: withBucket(wire, sent, name),
    says: () => `it would have been answered in the bucket ${name}; the code named ${sent}.`,
  };
}

/** The name stands in front of the host or first in the path. Elsewhere, as with an access point, nothing is changed, and nothing succeeds. */
function withBucket({ host, url, endpoint: { base } }: WireRequest, sent: string, name: string): Change['wire'] {
  if (host === `${sent}.${base}`) return { host: `${name}.${base}` };
  return url.startsWith(`/${sent}`) ? { url: `/${name}${url.slice(sent.length + 1)}` } : {};
}

const elsewhere = 'eu-west-1';

/** In S3's first region, its owner can create a bucket again. */
export const tryRegionOfCreation: Hint = {
  tries: 'a bucket that is created again in another region',
  of: 'requests that should be refused',
  changes: (asked) => {
    const { entry, wire } = asked;
    if (entry.operation !== 'CreateBucket' || !isAwaited(asked) || !wasThere(asked)) return [];
    const body = `<CreateBucketConfiguration><LocationConstraint>${elsewhere}</LocationConstraint></CreateBucketConfiguration>`;
    return [
      {
        wire: { ...withBody(wire, Buffer.from(body)), endpoint: { ...wire.endpoint, region: elsewhere } },
        says: ({ code }) =>
          `in ${firstRegion} S3 answers its owner with 200 if a bucket is created again, and only there. In another region, such as ${elsewhere}, it would have been refused: ${code}.`,
      },
    ];
  },
  succeeds: ({ code }) => code === 'BucketAlreadyOwnedByYou',
};

/** Whether the bucket of a creation was there before. */
function wasThere({ entry, entries, store }: Asked): boolean {
  const bucket = store.buckets.get(entry.bucket ?? '');
  const before = entries.slice(0, entries.indexOf(entry));
  const last = before.findLast(
    (one) =>
      one.bucket === entry.bucket && one.error === undefined && /^(?:Create|Delete)Bucket$/.test(one.operation ?? ''),
  );
  if (last !== undefined) return last.operation === 'CreateBucket';
  return bucket !== undefined && bucket.created < entry.time.getTime();
}
