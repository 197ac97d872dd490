import { type ExecFileException, execFile } from 'node:child_process';
import { createHash } from 'node:crypto';
import {
  cpSync,
  existsSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  realpathSync,
  renameSync,
  rmSync,
  symlinkSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, extname, join } from 'node:path';
import ts from 'typescript';
import { root } from '../house/files';
import { builtPrograms } from './built';
import { offline, plainEnvironment } from './plain-environment';

export interface Ended {
  /** Or the words that say why it has none, which are the last line of its errors, too. */
  readonly code: number | string;
  readonly stdout: string;
  readonly stderr: string;
}

/** It is ended after ten minutes, which only one that hangs takes, or after another time. */
export function execute(
  folder: string,
  command: string,
  args: readonly string[],
  environment: NodeJS.ProcessEnv = {},
  timeout = 600_000,
): Promise<Ended> {
  const options = { cwd: folder, env: { ...plainEnvironment(), ...environment }, timeout, maxBuffer: 64 * 2 ** 20 };
  return new Promise((resolve) => {
    execFile(command, [...args], options, (error, stdout, stderr) => {
      const code = error === null ? 0 : codeOf(error, timeout);
      resolve({ code, stdout, stderr: typeof code === 'number' ? stderr : `${stderr}${code}\n` });
    });
  });
}

function codeOf({ code, killed, signal, message }: ExecFileException, timeout: number): number | string {
  // A command that is ended for its output has a code in words.
  if (killed && typeof code !== 'string') return `ended after ${timeout / 1000} s`;
  if (typeof code === 'number') return code;
  return signal ? `ended by ${signal}` : message;
}

export class Project {
  readonly folder: string;

  constructor(name: string) {
    this.folder = realpathSync(mkdtempSync(join(tmpdir(), `s3-versioning-mock-${name}-`)));
    this.write('package.json', JSON.stringify({ private: true, type: 'commonjs' }));
  }

  write(file: string, text: string | Uint8Array): string {
    const path = join(this.folder, file);
    mkdirSync(dirname(path), { recursive: true });
    writeFileSync(path, text);
    return path;
  }

  read(file: string): string {
    return readFileSync(join(this.folder, file), 'utf8');
  }

  /** Packages that the project has stay its own. */
  linkPackages(from = join(root, 'node_modules')): void {
    const to = join(this.folder, 'node_modules');
    for (const name of readdirSync(from).filter((one) => !one.startsWith('.'))) {
      const names = name.startsWith('@') ? readdirSync(join(from, name)).map((one) => join(name, one)) : [name];
      for (const one of names.filter((package_) => !existsSync(join(to, package_)))) {
        mkdirSync(dirname(join(to, one)), { recursive: true });
        symlinkSync(join(from, one), join(to, one), 'dir');
      }
    }
  }

  compileLibrary(): void {
    const library = join(this.folder, 'node_modules/s3-versioning-mock');
    cpSync(builtPrograms(), join(library, 'dist'), { recursive: true });
    cpSync(join(root, 'package.json'), join(library, 'package.json'));
  }

  compileModules(files: readonly string[]): void {
    for (const file of files) this.write(file.replace(/ts$/, 'js'), compiled(file));
  }

  run(
    args: readonly string[],
    environment: NodeJS.ProcessEnv = {},
    program: string = process.execPath,
  ): Promise<Ended> {
    return execute(this.folder, program, args, environment);
  }

  jest(args: readonly string[], environment: NodeJS.ProcessEnv = {}): Promise<Ended> {
    const jest = join(root, 'node_modules/jest/bin/jest.js');
    return this.run(
      [jest, '--rootDir', this.folder, '--cacheDirectory', join(this.folder, '.cache'), ...args],
      environment,
    );
  }

  /** Runs npm there, which asks no registry. */
  npm(args: readonly string[]): Promise<Ended> {
    return execute(this.folder, 'npm', [...args, '--offline'], offline);
  }

  /** Runs the compiler there, with the configuration of that name; `typescript-5.4` and `typescript-7` are others, by aliases. */
  tsc(configuration: string, compiler = 'typescript'): Promise<Ended> {
    return this.run([join(root, 'node_modules', compiler, 'bin/tsc'), '-p', configuration]);
  }

  remove(): void {
    rmSync(this.folder, { recursive: true, force: true });
  }
}

/** Many test files need the same modules, so that what was compiled before is kept beside the cache of jest. */
const cache = join(root, 'node_modules/.cache/compiled');

function compiled(file: string): string {
  const text = readFileSync(join(root, file), 'utf8');
  const digest = createHash('sha256')
    .update(`${ts.version} ${extname(file)} ${text}`)
    .digest('hex');
  const kept = join(cache, digest);
  if (existsSync(kept)) return readFileSync(kept, 'utf8');
  const { outputText } = ts.transpileModule(text, {
    fileName: file,
    compilerOptions: {
      target: ts.ScriptTarget.ES2022,
      module: ts.ModuleKind.Node16,
      esModuleInterop: true,
      isolatedModules: true,
    },
  });
  mkdirSync(cache, { recursive: true });
  // Another worker may read it meanwhile: a rename is whole.
  writeFileSync(`${kept}.${process.pid}`, outputText);
  renameSync(`${kept}.${process.pid}`, kept);
  return outputText;
}
