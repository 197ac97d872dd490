import type { ListedVersion, ObjectPage, Tags, VersionPage } from './object-client';

/** What the answers of all SDKs of AWS's making have in common, as far as the stories go. */
interface Entry {
  readonly Key?: string | undefined;
  readonly VersionId?: string | undefined;
  readonly IsLatest?: boolean | undefined;
}

interface Prefixed {
  readonly CommonPrefixes?: readonly { readonly Prefix?: string | undefined }[] | undefined;
}

interface Versions extends Prefixed {
  readonly Versions?: readonly Entry[] | undefined;
  readonly DeleteMarkers?: readonly Entry[] | undefined;
}

interface Objects extends Prefixed {
  readonly Contents?: readonly Entry[] | undefined;
}

interface TagSet {
  readonly TagSet?: readonly { readonly Key?: string | undefined; readonly Value?: string | undefined }[] | undefined;
}

/** A page of ListObjectVersions as an SDK tells it. */
export function listedBySdk({ Versions = [], DeleteMarkers = [], CommonPrefixes }: Versions): VersionPage {
  return {
    versions: Versions.map(listed),
    deleteMarkers: DeleteMarkers.map(listed),
    prefixes: prefixesOf({ CommonPrefixes }),
  };
}

/** A page of ListObjects or ListObjectsV2 as an SDK tells it. */
export function objectPageOf({ Contents = [], CommonPrefixes }: Objects): ObjectPage {
  return { keys: Contents.map(({ Key = '' }) => Key), prefixes: prefixesOf({ CommonPrefixes }) };
}

/** The tags of an object as an SDK tells them. */
export function tagsOf({ TagSet = [] }: TagSet): Tags {
  return Object.fromEntries(TagSet.map(({ Key = '', Value = '' }) => [Key, Value]));
}

function listed({ Key = '', VersionId = '', IsLatest = false }: Entry): ListedVersion {
  return { key: Key, versionId: VersionId, isLatest: IsLatest };
}

function prefixesOf({ CommonPrefixes = [] }: Prefixed): readonly string[] {
  return CommonPrefixes.map(({ Prefix = '' }) => Prefix);
}
