import { statSync } from 'node:fs';
import path from 'node:path';
import { fromDirectory, fromListing } from '../faces/main';
import type { MockS3Options } from '../mock/options';
import type { BucketFixture } from '../preset/bucket-fixture';
import type { VersionListing } from '../preset/listing-import';
import { isRecord } from '../text/value-kinds';
import { readJsonFile } from './json-file';
import { UsageError } from './usage-error';

interface Fixtures {
  readonly options: MockS3Options;
  readonly at: string | undefined;
  readonly listed: ReadonlyMap<string, BucketFixture>;
}

const right =
  'Give a file with the output of JSON.stringify(mock), { "buckets": { "vault": { "versioning": "Enabled" } } }, or of aws s3api list-object-versions, or a folder of files.';

export function readFixtures(files: readonly string[]): Fixtures {
  let options: MockS3Options | undefined;
  let at: string | undefined;
  const listed = new Map<string, BucketFixture>();
  const add = (file: string, name: string, bucket: BucketFixture) => {
    if (listed.has(name)) throw new UsageError(`--fixtures ${file}: the bucket ${name} is already in another file.`);
    listed.set(name, bucket);
  };
  for (const file of files) {
    if (statSync(file, { throwIfNoEntry: false })?.isDirectory()) {
      add(file, path.basename(path.resolve(file)), readFolder(file));
      continue;
    }
    const content = readJsonFile(file, `--fixtures ${file}`, right);
    if (isListing(content)) {
      add(file, readName(file, content), readListing(file, content));
    } else if (!isRecord(content) || !isRecord(content['buckets'])) {
      throw new UsageError(`--fixtures ${file}: the file contains no buckets. ${right}`);
    } else if (options !== undefined) {
      throw new UsageError(
        `--fixtures ${file}: another file already contains the state of a mock. Give only one file with a state; listings and folders may be added.`,
      );
    } else {
      options = content;
      at = `--fixtures ${file}`;
    }
  }
  const both = [...listed.keys()].find((name) => options?.buckets && Object.hasOwn(options.buckets, name));
  if (both !== undefined)
    throw new UsageError(
      `--fixtures: both a mock's state and a listing or folder contain the bucket ${both}. Leave one of them out.`,
    );
  return { options: options ?? {}, at, listed };
}

type Listing = VersionListing & { readonly Name?: unknown };

function isListing(content: unknown): content is Listing {
  return (
    isRecord(content) &&
    !('buckets' in content) &&
    ('Versions' in content || 'DeleteMarkers' in content || 'Contents' in content)
  );
}

/** Reads the bucket's name from the listing, or else from the file's name, since AWS's command line prints no name. */
function readName(file: string, { Name }: Listing): string {
  return typeof Name === 'string' ? Name : path.basename(file).replace(/\.json$/, '');
}

function readFolder(folder: string): BucketFixture {
  const objects = orUsageError(folder, () => fromDirectory(folder));
  const hasVersions = Object.values(objects).some((versions) => Array.isArray(versions));
  return { objects, ...(hasVersions && { versioning: 'Enabled' }) };
}

function readListing(file: string, listing: Listing): BucketFixture {
  const objects = orUsageError(file, () => fromListing(listing));
  const hasIds = [...(listing.Versions ?? []), ...(listing.DeleteMarkers ?? [])].some(
    ({ VersionId }) => VersionId !== 'null',
  );
  return { objects, ...(hasIds && { versioning: 'Enabled' }) };
}

function orUsageError<Result>(file: string, read: () => Result): Result {
  try {
    return read();
  } catch (error) {
    throw error instanceof TypeError ? new UsageError(`--fixtures ${file}: ${error.message}`) : error;
  }
}
