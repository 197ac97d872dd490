import type { Answer, ListingCall, VersionName } from './history-calls';
import type { Written } from './naive-versions';

interface Row {
  readonly key: string;
  readonly told: Answer;
  readonly marker: boolean;
  readonly id: VersionName;
  readonly write: number;
}

type Listed = { readonly row: Row } | { readonly prefix: string };

/** `issued` has the place of a version that was deleted after it ended the page before. */
export function listVersions(
  versions: readonly Written[],
  issued: readonly { readonly id: VersionName; readonly write: number }[],
  call: ListingCall,
): Answer {
  const { after, afterVersion } = call;
  const marked = versions.find(({ key, id }) => key === after && id === afterVersion);
  // A deleted null version leaves no trace of its place, so that the next key follows.
  const below = marked?.write ?? issued.find(({ id }) => id === afterVersion)?.write ?? 0;
  const { entries, isTruncated, end } = groupsAndRows(versionRows(versions), call, below);
  const last = entries.at(-1);
  const rows = entries.flatMap((entry) => ('row' in entry ? [entry.row] : []));
  return {
    Versions: rows.filter(({ marker }) => !marker).map(({ told }) => told),
    DeleteMarkers: rows.filter(({ marker }) => marker).map(({ told }) => told),
    CommonPrefixes: entries.flatMap((entry) => ('prefix' in entry ? [entry.prefix] : [])),
    IsTruncated: isTruncated,
    NextKeyMarker: isTruncated ? end : undefined,
    NextVersionIdMarker: isTruncated && last && 'row' in last ? last.row.id : undefined,
  };
}

/** Of the key `after`, only the writes before `below` follow. */
export function groupsAndRows(rows: readonly Row[], { prefix, delimiter, size = 1000, after }: ListingCall, below = 0) {
  const all: Listed[] = [];
  for (const row of rows) {
    const { key } = row;
    if (!key.startsWith(prefix)) continue;
    const at = delimiter === '' ? -1 : key.indexOf(delimiter, prefix.length);
    const group = at === -1 ? undefined : key.slice(0, at + delimiter.length);
    if (after !== '') {
      const order = byBytes(key, after);
      if (order < 0 || (order === 0 && row.write >= below)) continue;
      if (group !== undefined && after.startsWith(group)) continue;
    }
    if (group === undefined) all.push({ row });
    else if (!all.some((entry) => 'prefix' in entry && entry.prefix === group)) all.push({ prefix: group });
  }
  const entries = all.slice(0, size);
  const last = entries.at(-1);
  return {
    entries,
    Contents: entries.flatMap((entry) => ('row' in entry ? [entry.row.told] : [])),
    CommonPrefixes: entries.flatMap((entry) => ('prefix' in entry ? [entry.prefix] : [])),
    isTruncated: size > 0 && all.length > entries.length,
    end: last && ('row' in last ? last.row.key : last.prefix),
  };
}

function versionRows(versions: readonly Written[]): readonly Row[] {
  return stacks(versions).flatMap((stack) =>
    stack.map(({ key, id, write, marker, modified, ...version }, at) => {
      const named = { Key: key, VersionId: id, IsLatest: at === 0, LastModified: new Date(modified) };
      const told = marker ? named : { ...named, ETag: version.etag, Size: version.body.length };
      return { key, id, write, marker, told };
    }),
  );
}

export function objectRows(versions: readonly Written[]): readonly Row[] {
  return stacks(versions).flatMap(([current]) => {
    if (!current || current.marker) return [];
    const { key, id, write, marker, modified, etag, body } = current;
    return [
      { key, id, write, marker, told: { Key: key, LastModified: new Date(modified), ETag: etag, Size: body.length } },
    ];
  });
}

/** Returns the versions of each key, newest first, in the order of the keys. */
function stacks(versions: readonly Written[]): readonly (readonly Written[])[] {
  const keys = [...new Set(versions.map(({ key }) => key))].toSorted(byBytes);
  return keys.map((key) => versions.filter((version) => version.key === key).reverse());
}

function byBytes(one: string, other: string): number {
  return Buffer.compare(Buffer.from(one), Buffer.from(other));
}
