import { textOf } from '../../house/files';
import { blocks } from '../../house/readme';
import { runners } from '../../support/runners';
import type { Cell } from '../cell';

/** A neighbour in a version: its module in `__tests__/neighbours/scripts`, its packages, and the variables that the module reads. */
interface Neighbour {
  readonly row: string;
  readonly script: string;
  readonly packages: Readonly<Record<string, string>>;
  readonly environment?: Readonly<Record<string, string>>;
  /** Whether it cannot be taken down: each order is then tried once. */
  readonly stays?: boolean;
  /** As in a cell, of the recipe alone, on every Node. */
  readonly recipeForbiddenBy?: RegExp;
  /** A package that only the neighbour's recipe in `docs/neighbours.md` loads. */
  readonly recipe?: string;
}

const sdk = { '@aws-sdk/client-s3': '3.1169.0' };
const openTelemetry = {
  '@opentelemetry/sdk-trace-node': '2.12.0',
  '@opentelemetry/instrumentation': '0.220.0',
  '@opentelemetry/instrumentation-http': '0.220.0',
  mocha: '11.8.0', // runs the recipe
};

const neighbours: readonly Neighbour[] = [
  // nock 13 does not see the built-in fetch, which the recipe calls.
  { ...of('nock', '13.5.6', 'nock', 'nock'), recipeForbiddenBy: /fetch failed/ },
  ...['14.0.17', '15.0.6'].map((version) => of('nock', version, 'nock', 'nock')),
  ...['2.15.0', '3.0.5'].map((version) => of('msw', version, 'msw', 'msw')),
  ...['6.29.1', '7.30.2', '8.13.1'].map((version) => of('undici', version, 'mock-agent')),
  {
    row: 'aws-sdk-client-mock 4.1.0',
    script: 'client-mock',
    packages: { 'aws-sdk-client-mock': '4.1.0', '@aws-sdk/client-sqs': '3.1169.0' },
  },
  {
    row: 'OpenTelemetry http 0.220.0',
    script: 'opentelemetry',
    packages: openTelemetry,
    recipe: '@opentelemetry/instrumentation',
  },
  {
    row: 'OpenTelemetry http 0.220.0, undici 0.33.0',
    script: 'opentelemetry',
    packages: { ...openTelemetry, '@opentelemetry/instrumentation-undici': '0.33.0' },
    environment: { MORE_INSTRUMENTATION: '@opentelemetry/instrumentation-undici' },
  },
  ...['5.132.0', '6.21.0'].map((version) => ({ ...of('dd-trace', version, 'dd-trace'), stays: true })),
  { ...of('@sentry/node', '11.12.0', 'sentry'), stays: true },
  of('aws-xray-sdk-core', '3.12.0', 'xray'),
];

function of(name: string, version: string, script: string, recipe?: string): Neighbour {
  return { row: `${name} ${version}`, script, packages: { [name]: version }, ...(recipe !== undefined && { recipe }) };
}

const args = ['--test', '--test-reporter=tap'];
const passing = (count: number) => new RegExp(`^# pass ${count}\\n# fail 0$`, 'm');

function scriptOf(name: string): string {
  return textOf(`__tests__/neighbours/scripts/${name}.mjs`);
}

/** The orders of `scripts/orders.test.mjs` that begin with the mock or with the neighbour, both tear-downs of each. */
function ordersOf({ row, script, packages, environment, stays = false }: Neighbour): readonly Cell[] {
  return ['mock', 'neighbour'].map((first) => ({
    matrix: 'neighbours',
    row,
    column: `${first} first`,
    packages: { ...sdk, ...packages },
    files: { 'orders.test.mjs': scriptOf('orders.test'), [`${script}.mjs`]: scriptOf(script) },
    args: [...args, 'orders.test.mjs'],
    environment: { ...environment, NEIGHBOUR: script, ORDER: first },
    passed: passing(stays ? 1 : 3),
  }));
}

function recipesOf({ row, packages, recipe, recipeForbiddenBy: by }: Neighbour): readonly Cell[] {
  if (recipe === undefined) return [];
  const block = blocks.find(
    ({ page, runner, code }) => page === 'docs/neighbours.md' && runner !== 'jest' && code.includes(`'${recipe}'`),
  );
  const runner = runners[block?.runner ?? ''];
  if (block === undefined || runner === undefined) throw new Error(`docs/neighbours.md has no recipe with ${recipe}`);
  const file = `recipe.${runner.extension}`;
  const cell = {
    packages: { ...sdk, ...packages },
    files: { [file]: block.code },
    ...(by && { forbidden: { on: [20, 22, 24, 26], by } }),
  };
  return [
    { matrix: 'neighbours', row, column: 'recipe', ...cell, args: [...runner.args, file], passed: runner.passed },
  ];
}

const proxy = 'http://127.0.0.1:9';

const environmentProxy: Cell = {
  matrix: 'neighbours',
  row: 'HTTPS_PROXY, NODE_USE_ENV_PROXY',
  column: 'mock first',
  packages: sdk,
  files: { 'environment-proxy.test.mjs': scriptOf('environment-proxy.test') },
  args: [...args, 'environment-proxy.test.mjs'],
  environment: { HTTP_PROXY: proxy, HTTPS_PROXY: proxy, NODE_USE_ENV_PROXY: '1', PROXY_IN_FORCE: '1' },
  passed: passing(1),
  // Node 20 has no NODE_USE_ENV_PROXY: fetch looks the host up.
  forbidden: { on: [20], by: /actual: '(?:ENOTFOUND|EAI_AGAIN)'/ },
};

/** The neighbours of a mock, in the order of `docs/neighbours.md`. */
export const cells: readonly Cell[] = [
  ...neighbours.flatMap((neighbour) => [...ordersOf(neighbour), ...recipesOf(neighbour)]),
  environmentProxy,
];
