import type { Bucket } from '../../src/model/bucket';
import { Store } from '../../src/model/store';
import type { VersioningStatus } from '../../src/model/versioning';
import { makeContent } from '../../src/model/versions/content';
import { type Encryption, isObject, type ObjectContent, type Version } from '../../src/model/versions/version';
import { versionIdOf } from '../../src/model/versions/version-lookup';
import { deleteKey, deleteVersion, putVersion } from '../../src/model/versions/writes';

export function plainContent(
  store: Store,
  body: Uint8Array,
  storageClass = 'STANDARD',
  encryption: Encryption = {},
): ObjectContent {
  return makeContent(store.ids, { body, metadata: {}, headers: {}, encryption, storageClass });
}

export interface Stacks {
  readonly store: Store;
  readonly bucket: Bucket;
  readonly setVersioning: (Status: VersioningStatus | undefined) => void;
  readonly put: (key: string, body?: string) => string;
  readonly delete: (key: string) => string | undefined;
  readonly deleteVersion: (key: string, versionId: string) => boolean;
  readonly idOf: (version: Version) => string;
  /** Returns a key's stack, newest first, as `id`, or `marker id`. */
  readonly history: (key: string) => readonly string[];
}

export function makeStacks(versioning: VersioningStatus | undefined, seed = 'seed'): Stacks {
  const store = new Store({
    accountId: '000000000000',
    seed,
    realNow: () => Date.UTC(2026, 2, 31, 7, 35, 5, 678),
    start: undefined,
  });
  const bucket = store.addBucket(
    { name: 'vault', owner: store.defaultAccount, region: undefined, location: undefined, created: 0 },
    versioning && { versioning: { Status: versioning } },
  );
  const idOf = (version: Version) => versionIdOf(store, version);
  return {
    store,
    bucket,
    setVersioning(Status) {
      bucket.change({ versioning: { ...bucket.versioning, Status } });
    },
    put(key, body = 'data') {
      const content = plainContent(store, Buffer.from(body));
      return idOf(putVersion(store, bucket, { key, content, tags: [], lock: undefined }));
    },
    delete: (key) => deleteKey(store, bucket, key).versionId,
    deleteVersion: (key, versionId) => deleteVersion(store, bucket, key, versionId).deleteMarker,
    idOf,
    history: (key) =>
      [...bucket.versions.of(key)].map((version) => (isObject(version) ? idOf(version) : `marker ${idOf(version)}`)),
  };
}
