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

/** The shared file of the programs to which a module of `src` belongs; undefined if it belongs to an entry, or is not one of our modules. */
export function sharedFileOf(sources, id) {
  const module = pathBelow(sources, id);
  if (module === undefined) return undefined;
  if (/^text\/lazily\./.test(module)) return 'lazily';
  if (/^(?:capture|text)\/|^mock\/(?:test-file|vitest-worker)\.|^journal\/real-timers\./.test(module)) return 'connections';
  if (/^mock\/(?:create-mock|mock-s3|first-mock|fixture-imports|call-site)\.|^preset\/delete-marker\.|^model\/ordered-tree\./.test(module)) return 'first-mock';
  return /^(?:index\.|cli\/|testing\/)/.test(module) ? undefined : 'library';
}

/** Whether an import names a package or a module of Node, and not a file: neither a path of this system nor a module that a tool made. */
export function isPackage(name) {
  return !/^[.\0]/.test(name) && !path.posix.isAbsolute(name) && !path.win32.isAbsolute(name);
}
