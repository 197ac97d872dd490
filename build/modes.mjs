/**
 * Makes the files of the package readable by everybody, as far as they are not. npm packs the modes that it finds, and in a checkout under
 * `umask 077` it would pack other bytes than elsewhere.
 */
import { chmodSync, readdirSync, statSync } from 'node:fs';
import path from 'node:path';

const folder = path.join(import.meta.dirname, '..');
const packed = ['dist', 'docs', 'CHANGELOG.md', 'LICENSE', 'README.md', 'package.json'];

for (const file of packed.flatMap((name) => filesAt(path.join(folder, name)))) {
  // Not even written again if it is right: another user may own it. Windows has no such modes.
  if ((statSync(file).mode & 0o777) !== 0o644 && process.platform !== 'win32') chmodSync(file, 0o644);
}

function filesAt(file) {
  if (!statSync(file).isDirectory()) return [file];
  const entries = readdirSync(file, { recursive: true, withFileTypes: true });
  return entries.filter((entry) => entry.isFile()).map((entry) => path.join(entry.parentPath, entry.name));
}
