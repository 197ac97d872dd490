/** The newest release of each major version of Node that is tested; every cell runs on these. */
export const nodes = ['20.20.2', '22.23.3', '24.21.0', '26.10.0'] as const;

/** The oldest releases that `engines` of package.json allows; only the library by itself runs on these. */
export const oldestNodes = ['20.17.0', '22.0.0'] as const;

export function versionsNamed(list: string | undefined): readonly string[] {
  const all: readonly string[] = [...oldestNodes, ...nodes];
  if (list === undefined) return all;
  return list.split(',').flatMap((name) => {
    const named = all.filter((version) => version === name || version.startsWith(`${name}.`));
    if (named.length === 0) throw new TypeError(`--node ${name}: there are ${all.join(', ')}`);
    return named;
  });
}
