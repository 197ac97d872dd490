import { allows } from '../matrix/node-range';

export type Manager = 'npm' | 'pnpm' | 'yarn 1' | 'yarn 4, node_modules' | 'yarn 4, PnP';

export const managers: readonly Manager[] = ['npm', 'pnpm', 'yarn 1', 'yarn 4, node_modules', 'yarn 4, PnP'];

/** The end of the ranges of our dependencies from which an installation takes its versions. */
export type End = 'oldest' | 'newest';

export interface Variant {
  readonly manager: Manager;
  readonly end: End;
  readonly packages: Readonly<Record<string, string>>;
  /** The versions that the user forces on dependencies of dependencies, by `overrides` or `resolutions`. */
  readonly forced: Readonly<Record<string, string>>;
}

/**
 * The oldest versions that the ranges of our dependencies allow. xml2js 0.6.2 asks for sax from 0.6.0 on, and reads with it. The ranges of
 * otplib's packages and of thirty-two have one version each.
 */
export const oldestDependencies: Readonly<Record<string, string>> = { sax: '0.6.0', xmlbuilder: '11.0.0' };

const oldestPeers: Readonly<Record<string, string>> = {
  '@jest/globals': '29.0.0',
  expect: '29.0.0',
  'hash-wasm': '4.8.0',
  jest: '29.0.0',
  nock: '13.0.0',
  vitest: '3.0.0',
};

/** The newest majors that our ranges of peers allow, and the one before for a version of Node that the newest refuses. */
const newestMajors: Readonly<
  Record<string, { readonly range: string; readonly node: string; readonly before: string }>
> = {
  nock: { range: '^15', node: '>=22.20.0', before: '^14' },
  vitest: { range: '^5', node: '^22.12.0 || ^24.0.0 || >=26.0.0', before: '^4' },
};

function newestPeers(node: string): Readonly<Record<string, string>> {
  const majors = Object.entries(newestMajors).map(([name, one]) => [
    name,
    allows(one.node, node) ? one.range : one.before,
  ]);
  return { '@jest/globals': '^30', expect: '^30', 'hash-wasm': '^4', jest: '^30', ...Object.fromEntries(majors) };
}

export function refusedPeers(node: string): readonly string[] {
  return Object.entries(newestMajors).flatMap(([name, one]) =>
    allows(one.node, node) ? [] : [`${name} ${one.range} refuses Node ${node}, so ${one.before} is installed instead.`],
  );
}

/** Each manager at each end of the ranges. npm also installs the peers, since the tests run there. */
export function variantsFor(node: string): readonly Variant[] {
  const peers = { oldest: oldestPeers, newest: newestPeers(node) };
  return managers.flatMap((manager) =>
    (['oldest', 'newest'] as const).map((end) => ({
      manager,
      end,
      packages: manager === 'npm' ? peers[end] : {},
      forced: end === 'oldest' ? oldestDependencies : {},
    })),
  );
}
