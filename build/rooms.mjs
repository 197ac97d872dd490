import path from 'node:path';

/**
 * The path of a module below a folder, with slashes: `capture/hosts.ts`. Undefined if the module is elsewhere, or is not a file.
 * It is not searched for the name of a folder, because a checkout may be below a folder of any name, even `src`.
 */
export function pathBelow(folder, id) {
  const { isAbsolute, relative, sep } = /^(?:[A-Za-z]:[\\/]|\\\\)/.test(folder) ? path.win32 : path.posix;
  if (!isAbsolute(id)) return undefined;
  const below = relative(folder, id);
  const isOutside = below === '' || below === '..' || below.startsWith(`..${sep}`) || isAbsolute(below);
  return isOutside ? undefined : below.replaceAll(sep, '/');
}

/** The files that entries of a half share, and which modules of `src` they have. The guard needs the first of each alone. */
const sharedFiles = {
  engine: [['connections', /^(?:border|capture|text)\/|^s3-mock-error\./]],
  entries: [
    ['entrance', /^border\/|^s3-mock-error\.|^testing\/(?:circus|end-of-file)\./],
    ['main', /^(?:faces|text)\/|^index\.|^testing\/(?:file-mocks|matchers)\./],
  ],
};

/** The names of those files, the ones first that take what the others import, too. */
export const sharedFilesOf = (half) => sharedFiles[half].map(([name]) => name);

/** The file of a half that several programs share, and that a module of `src` belongs to; undefined if it belongs to one of them, or is not our module. */
export function sharedFileOf(half, sources, id) {
  const module = pathBelow(sources, id);
  return module === undefined ? undefined : sharedFiles[half].find(([, modules]) => modules.test(module))?.[0];
}

/** Whether an import names a package or a module of Node, and not a file: neither a path of this system nor a module that a tool made. */
export function isPackage(name) {
  return !/^[.\0]/.test(name) && !path.posix.isAbsolute(name) && !path.win32.isAbsolute(name);
}
