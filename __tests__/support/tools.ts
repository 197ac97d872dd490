import { spawnSync } from 'node:child_process';
import { existsSync, mkdtempSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { delimiter, join } from 'node:path';
import { it } from '@jest/globals';
import { offline, plainEnvironment } from './plain-environment';

export interface Tool {
  readonly program: string;
  readonly version: string;
}

export interface Lack {
  readonly lack: string;
}

/** Without the tool the test is skipped, and a line of the output says so. */
export function itWith<Found extends Tool>(
  tool: Found | Lack,
  title: string,
  test: (tool: Found) => Promise<void>,
  timeout?: number,
): void {
  if ('lack' in tool) {
    // The other stream may carry jest's report as JSON.
    process.stderr.write(`\n*** NOT RUN: "${title}". ${tool.lack}\n`);
    skip(title, () => {});
  } else it(title, () => test(tool), timeout);
}

/** The one place that skips tests. */
const { skip } = it;

/** A Python that has boto3 in that version or a later one: the one of PATH, or Debian's, for which boto3 is a package. */
export function findBoto3(least: string): Tool | Lack {
  return findPython(['boto3'], least);
}

/** Such a Python that also has pytest. */
export function findPytest(leastOfBoto3: string): Tool | Lack {
  return findPython(['boto3', 'pytest'], leastOfBoto3);
}

function findPython(modules: readonly string[], leastOfBoto3: string): Tool | Lack {
  const script = `import sys, ${modules.join(', ')}; print(boto3.__version__, sys.executable)`;
  const found = ['python3', '/usr/bin/python3'].flatMap((python) => {
    const [, version = '', program = ''] = /^([\d.]+) (.+)$/m.exec(outputOf(python, ['-c', script])) ?? [];
    return program === '' ? [] : [{ program, version }];
  });
  const others = [...new Set(found.map(({ program, version }) => ` ${program} has ${version}.`))].join('');
  const packages = modules.map((name) => `python3-${name}`).join(' ');
  return (
    found.find(({ version }) => isFrom(leastOfBoto3, version)) ?? {
      lack: `It needs Python with ${modules.join(' and ')}, boto3 ${leastOfBoto3} or later.${others} For instance: apt-get install ${packages}, or pip install ${modules.join(' ')}`,
    }
  );
}

export function findCurl(least: string): Tool | Lack {
  const version = /^curl ([\d.]+)/.exec(outputOf('curl', ['--version']))?.[1];
  if (version !== undefined && isFrom(least, version)) return { program: 'curl', version };
  return { lack: `It needs curl ${least} or later; ${version === undefined ? 'there is none' : `this is ${version}`}` };
}

/** A Go with the AWS SDK for Go v2 in a folder of sources, such as the one of Debian's packages, because a module would come from the network. */
export function findGo(): (Tool & { readonly environment: NodeJS.ProcessEnv }) | Lack {
  const [, version] = /go([\d.]+)/.exec(outputOf('go', ['version'])) ?? [];
  if (version === undefined) return { lack: `It needs go, and there is none. ${packagesOfGo}` };
  const environment = { GO111MODULE: 'off', GOPATH: process.env['GOPATH'] ?? '/usr/share/gocode' };
  const sdk = join(environment.GOPATH, 'src/github.com/aws/aws-sdk-go-v2/service/s3');
  if (existsSync(sdk)) return { program: 'go', version, environment };
  return { lack: `It needs the AWS SDK for Go v2 in ${sdk}, and there is none. ${packagesOfGo}` };
}

const packagesOfGo = 'For instance: apt-get install golang-go golang-github-aws-aws-sdk-go-v2-dev';

/** A compiler and a runtime of Java, with the console of JUnit 5. */
export function findJava(least: string): (Tool & { readonly jar: string }) | Lack {
  const [, version] = /^javac ([\d.]+)/.exec(outputOf('javac', ['-version'])) ?? [];
  const jar = process.env['JUNIT_CONSOLE_JAR'] ?? '/usr/share/java/junit-platform-console-standalone.jar';
  const packages = 'For instance: apt-get install default-jdk-headless junit5';
  if (version === undefined || !isFrom(least, version))
    return { lack: `It needs javac ${least} or later; ${version ?? 'there is none'}. ${packages}` };
  if (existsSync(jar)) return { program: 'java', version, jar };
  return { lack: `It needs the console of JUnit 5 in ${jar}, or in JUNIT_CONSOLE_JAR. ${packages}` };
}

/** A Terraform with the AWS provider in a folder of the machine, because the registry of providers is on the network. */
export function findTerraform(): (Tool & { readonly environment: NodeJS.ProcessEnv }) | Lack {
  const [, version] = /^Terraform v([\d.]+)/.exec(outputOf('terraform', ['version'])) ?? [];
  if (version === undefined) return { lack: 'It needs terraform, and PATH has none' };
  const providers = process.env['TERRAFORM_PROVIDERS'] ?? '/opt/tf-plugins';
  if (!existsSync(providers))
    return {
      lack: `It needs the AWS provider of Terraform in ${providers}, or in the folder that TERRAFORM_PROVIDERS names`,
    };
  const settings = join(mkdtempSync(join(tmpdir(), 'terraform-')), 'settings.tfrc');
  writeFileSync(settings, `provider_installation {\n  filesystem_mirror {\n    path = "${providers}"\n  }\n}\n`);
  return { program: 'terraform', version, environment: { TF_CLI_CONFIG_FILE: settings, CHECKPOINT_DISABLE: '1' } };
}

export function findSignals(): Tool | Lack {
  if (process.platform === 'win32')
    return { lack: 'It needs signals, and Windows ends a process instead of sending it one' };
  return { program: 'kill', version: process.platform };
}

/** The git of PATH, in that version or a later one, beside a bash, which makes releases. */
export function findGit(least: string): Tool | Lack {
  const version = /^git version ([\d.]+)/.exec(outputOf('git', ['--version']))?.[1];
  const hasBash = outputOf('bash', ['--version']) !== '';
  if (version !== undefined && isFrom(least, version) && hasBash) return { program: 'git', version };
  const found = version === undefined ? 'there is none' : `this is ${version}`;
  return { lack: `It needs git ${least} or later, and bash; ${found}, ${hasBash ? 'with' : 'without'} bash` };
}

export function findAwsCli(leastOf1: string, leastOf2: string): Tool | Lack {
  const version = /^aws-cli\/([\d.]+)/.exec(outputOf('aws', ['--version']))?.[1];
  const least = version?.startsWith('1.') ? leastOf1 : leastOf2;
  if (version !== undefined && isFrom(least, version)) return { program: 'aws', version };
  const found = version === undefined ? 'there is none' : `this is ${version}`;
  return { lack: `It needs the command line of AWS ${leastOf1}, or ${leastOf2}, or later; ${found}` };
}

export function findChromium(): Tool | Lack {
  const named = process.env['CHROMIUM_PATH'];
  const folders = (process.env['PATH'] ?? '').split(delimiter);
  const names = ['chromium', 'chromium-browser', 'google-chrome'];
  const places = named === undefined ? names.flatMap((name) => folders.map((folder) => join(folder, name))) : [named];
  for (const program of places.filter((place) => existsSync(place))) {
    const version = /\d+(?:\.\d+)+/.exec(outputOf(program, ['--version']))?.[0];
    if (version !== undefined) return { program, version };
  }
  const where = named === undefined ? 'PATH has none of them' : `CHROMIUM_PATH is ${named}`;
  return { lack: `no Chromium: it needs ${names.join(', ')} or CHROMIUM_PATH, and ${where}. apt-get install chromium` };
}

/** Empty if the command fails or is missing. */
function outputOf(program: string, args: readonly string[]): string {
  const { status, stdout } = spawnSync(program, args, {
    env: { ...plainEnvironment(), ...offline },
    encoding: 'utf8',
    timeout: 30_000,
  });
  return status === 0 ? stdout : '';
}

function isFrom(least: string, version: string): boolean {
  const parts = version.split('.').map(Number);
  for (const [index, part] of least.split('.').map(Number).entries()) {
    const own = parts[index] ?? 0;
    if (own !== part) return own > part;
  }
  return true;
}
