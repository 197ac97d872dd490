import { watchJsdom } from '../border/jsdom';
import type { MockS3 as MockS3Class } from '../mock/mock-s3';
import type { MockS3Options } from '../mock/options';
import type { DirectoryOptions } from '../preset/directory-import';
import type { VersionListing } from '../preset/listing-import';
import type { ObjectFixtures } from '../preset/object-fixtures';
import { createMock, engine } from './engine';
import { endImporting, refuseWhileImporting } from './importing';
import { watchMainEntry } from './main-entry';

refuseWhileImporting();
watchJsdom();

/**
 * Turns a folder into a fixture: the path of each file in the folder is a key, and the file contains its bytes. `report@1.pdf` and
 * `report@2.pdf`, or `report.pdf@1` and `report.pdf@2`, are versions of `report.pdf`, the oldest first, and a file `report.pdf` beside them
 * is the newest. The function reads all files at once. A relative path begins at the working directory, as for functions of Node; `folder`
 * can also be a URL.
 *
 * The versions do not take the times of the files, which git does not store, or media types, which S3 does not guess. The keys have the
 * same order on each machine. The function follows links. It leaves out empty folders, files such as `.DS_Store`, `.gitkeep` and
 * `Thumbs.db`, and names that begin with a dot.
 *
 * Throws a TypeError if there is no such folder, if a numbered version is missing, or if the manifest does not fit the files.
 *
 * @example
 * const objects = fromDirectory('./fixtures/vault', { manifest: 'versions.json' });
 * const s3 = mockS3({ buckets: { vault: { versioning: 'Enabled', objects } } });
 */
export function fromDirectory(folder: string | URL, options?: DirectoryOptions): ObjectFixtures {
  return engine.fromDirectory(folder, options);
}

/**
 * Turns the listing of a real bucket into a fixture: its keys with their versions, ids, times, sizes, ETags and storage classes. A listing
 * contains no bytes, so each version is a placeholder of its size: numbered lines, the same at each run, which are made when somebody reads
 * them. If a version and a delete marker of a key have the same second, the listing does not say which came first; versions and delete
 * markers then alternate.
 *
 * Throws a TypeError if the value is not such a listing. The error names the entry and what is wrong with it.
 *
 * @example
 * // aws s3api list-object-versions --bucket vault > vault.json
 * const objects = fromListing(JSON.parse(readFileSync('vault.json', 'utf8')));
 * const s3 = mockS3({ buckets: { vault: { versioning: 'Enabled', objects } } });
 */
export function fromListing(listing: VersionListing): ObjectFixtures {
  return engine.fromListing(listing);
}

/** A mock of Amazon S3 and IBM COS inside this process, for tests. `mockS3` creates it. */
export const MockS3: typeof MockS3Class = engine.MockS3;
export type MockS3 = MockS3Class;

/**
 * Captures the S3 calls of this process until `stop()`.
 *
 * Throws a TypeError for unknown or wrong options, and for a state that is impossible on S3. Throws an S3MockError if another mock of the
 * same test file answers the same hosts.
 *
 * @example
 * const s3 = mockS3({ buckets: { vault: { versioning: 'Enabled' } } });
 * await codeUnderTest();
 * s3.requests.expect('PutBucketVersioning', { VersioningConfiguration: { Status: 'Suspended' } });
 * await s3.stop();
 */
export function mockS3(options?: MockS3Options): MockS3 {
  const { mock, lifetime } = createMock(options, mockS3);
  lifetime.start();
  endImporting();
  watchMainEntry(mock);
  return mock;
}
