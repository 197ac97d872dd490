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

/**
 * The files that several programs share, and which modules of `src` they have. Entries are evaluated in each test file, so they load neither `engine.js`
 * nor `connections.js`, and the guard loads nothing but the first two. `shared.js` is loaded on both sides, once on each.
 */
const sharedFiles = [
  ['shared', /^(?:s3-mock-error|thrown-errors|tried-tests|preset\/delete-marker|capture\/native-runtime)\./],
  ['entrance', /^border\/(?!border\.)/],
  ['connections', /^(?:border|capture)\/|^text\/(?!calls\.|reason\.)/],
  ['main', /^faces\/|^index\.|^testing\/(?:failed-test|file-mocks|hook-turns|matchers)\./],
  // What S3 is: the engine serves by it, and the facts write requests and read answers by it.
  ['library', /^(?:dialects|formats|model|operations|protocol|refusals|shapes)\/|^text\/(?:calls|reason)\./],
  // What a mock is: the engine makes mocks, and worlds are mocks of their own.
  ['mock', /^(?:events|journal|mock|preset|service|sts)\//],
];

/** The names of those files, the ones first that take what the others import, too. */
export const sharedFileNames = sharedFiles.map(([name]) => name);

/** The shared file that a module of `src` belongs to; undefined if it belongs to one program, or is not our module. */
export function sharedFileOf(sources, id) {
  const module = pathBelow(sources, id);
  return module === undefined ? undefined : sharedFiles.find(([, modules]) => modules.test(module))?.[0];
}

/** Whether an import names a package or a module of Node, and not a file: neither a path of this system nor a module that a tool made. */
export function isPackage(name) {
  return !/^[.\0]/.test(name) && !path.posix.isAbsolute(name) && !path.win32.isAbsolute(name);
}
