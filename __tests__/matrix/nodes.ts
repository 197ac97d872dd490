/** The newest release of each major version of Node that is tested; every cell runs on these. */
export const nodes = ['22.23.3', '24.21.0', '26.10.0', '20.20.2'] as const;

/** The oldest releases that `engines` of package.json allows; only the library by itself runs on these. */
export const oldestNodes = ['22.0.0', '20.17.0'] as const;

/** Sorts versions as they are run and shown: Node 20 comes last, since its support by Node and by the AWS SDK has ended or ends. */
export function sortVersions(versions: readonly string[]): readonly string[] {
  const isLast = (version: string) => Number(version.startsWith('20.'));
  return versions.toSorted(
    (one, other) => isLast(one) - isLast(other) || one.localeCompare(other, 'en', { numeric: true }),
  );
}

export function versionsNamed(list: string | undefined): readonly string[] {
  const all = sortVersions([...oldestNodes, ...nodes]);
  if (list === undefined) return all;
  return list.split(',').flatMap((name) => {
    const named = all.filter((version) => version === name || version.startsWith(`${name}.`));
    if (named.length === 0) throw new TypeError(`--node ${name}: there are ${all.join(', ')}`);
    return named;
  });
}
