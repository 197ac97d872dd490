import type { Taken } from '../text/extra-arguments';

/** The arguments that the methods of a bucket's handle take. Many a caller expects that a second one is a version id. */
export const bucketArguments: Readonly<Record<string, Taken>> = {
  put: [3, () => 'a key, a body and details, such as { versionId }'],
  delete: [1, ([key]) => `a key alone. A DeleteObject request with its VersionId deletes one version of ${key}`],
  versions: [1, ([key]) => `a key or none. One version is ${versionOf(key)}`],
  current: [1, ([key]) => `a key alone. Another version is ${versionOf(key)}`],
  event: [3, () => 'the name of an event, a key and details, such as { versionId }'],
  usage: [1, () => 'options alone, such as { prefix, at }'],
  object: [1, ([key]) => `a key alone. Another version is ${versionOf(key)}`],
};

function versionOf(key: string | undefined): string {
  return `versions(${key}).find(({ versionId }) => versionId === id)`;
}
