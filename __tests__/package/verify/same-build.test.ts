import { createHash } from 'node:crypto';
import { chmodSync, cpSync, mkdirSync, readdirSync, readFileSync, rmSync, symlinkSync } from 'node:fs';
import { dirname, join, relative } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { root } from '../../house/files';
import { needed } from '../../support/packed';
import { type Ended, execute, Project } from '../../support/project';

const place = new Project('places');
let reference: Built;

interface Built {
  readonly dist: Readonly<Record<string, string>>;
  readonly tarball: string;
}

beforeAll(async () => {
  reference = await pack(checkoutIn('reference'));
  expect(Object.keys(reference.dist).length).toBeGreaterThan(10);
});
afterAll(() => place.remove());

describe('npm pack builds and packs the same bytes', () => {
  /** Whatever one of these names or rights breaks, it breaks here; each alone would take half a minute. */
  it('through a symbolic link, below folders called src and capture, with a blank and with letters beyond ASCII, of files that nobody else may read, and changes none of them', async () => {
    const folder = checkoutIn('capture/my work/Größe/模拟/src/testing/vitest.mts/src');
    for (const file of filesBelow(folder)) chmodSync(file, 0o600);
    const before = digestsIn(folder);
    const link = join(place.folder, 'src/link');
    mkdirSync(dirname(link), { recursive: true });
    symlinkSync(folder, link, 'dir');
    expect(await pack(link, 0o077)).toEqual(reference);
    rmSync(join(folder, 'dist'), { recursive: true });
    expect(digestsIn(folder)).toEqual(before);
  });
});

function checkoutIn(folder: string): string {
  const target = join(place.folder, folder);
  for (const file of needed) cpSync(join(root, file), join(target, file), { recursive: true });
  symlinkSync(join(root, 'node_modules'), join(target, 'node_modules'), 'dir');
  return target;
}

async function pack(folder: string, umask = 0o022): Promise<Built> {
  const target = join(place.folder, 'tarballs');
  mkdirSync(target, { recursive: true });
  const options = JSON.stringify({ cwd: folder, stdio: 'inherit' });
  const program = `process.umask(${umask});
    require('node:child_process').execSync('npm pack --pack-destination "' + process.argv[1] + '"', ${options});`;
  succeed(await execute(folder, process.execPath, ['-e', program, target]));
  const [tarball = ''] = readdirSync(target);
  const built = { dist: digestsIn(join(folder, 'dist')), tarball: digestOf(join(target, tarball)) };
  rmSync(target, { recursive: true });
  return built;
}

function succeed({ code, stdout, stderr }: Ended): void {
  if (code !== 0) throw new Error(`${stdout}${stderr}`);
}

function digestsIn(folder: string): Readonly<Record<string, string>> {
  return Object.fromEntries(filesBelow(folder).map((file) => [relative(folder, file), digestOf(file)]));
}

function filesBelow(folder: string): readonly string[] {
  return readdirSync(folder, { withFileTypes: true }).flatMap((entry) => {
    if (entry.name === 'node_modules') return [];
    const file = join(folder, entry.name);
    return entry.isDirectory() ? filesBelow(file) : [file];
  });
}

function digestOf(file: string): string {
  return createHash('sha256').update(readFileSync(file)).digest('hex');
}
