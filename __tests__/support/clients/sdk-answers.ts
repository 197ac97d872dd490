import type { ListedVersion, ObjectPage, Tags, VersionPage } from './object-client';

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

export function listedBySdk({ Versions = [], DeleteMarkers = [], CommonPrefixes }: Versions): VersionPage {
  return {
    versions: Versions.map(listed),
    deleteMarkers: DeleteMarkers.map(listed),
    prefixes: prefixesOf({ CommonPrefixes }),
  };
}

export function objectPageOf({ Contents = [], CommonPrefixes }: Objects): ObjectPage {
  return { keys: Contents.map(({ Key = '' }) => Key), prefixes: prefixesOf({ CommonPrefixes }) };
}

export function tagsOf({ TagSet = [] }: TagSet): Tags {
  return Object.fromEntries(TagSet.map(({ Key = '', Value = '' }) => [Key, Value]));
}

function listed({ Key = '', VersionId = '', IsLatest = false }: Entry): ListedVersion {
  return { key: Key, versionId: VersionId, isLatest: IsLatest };
}

function prefixesOf({ CommonPrefixes = [] }: Prefixed): readonly string[] {
  return CommonPrefixes.map(({ Prefix = '' }) => Prefix);
}
