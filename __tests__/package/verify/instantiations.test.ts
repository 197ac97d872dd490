import { afterAll, beforeAll, expect, it } from '@jest/globals';
import ts from 'typescript';
import { firstTest } from '../../house/readme';
import { installOffline } from '../../support/offline-install';
import { packLibrary } from '../../support/packed';
import { Project } from '../../support/project';

const project = new Project('instantiations');

beforeAll(async () => {
  const { tarball } = await packLibrary();
  installOffline(project, tarball);
  project.linkPackages();
});

afterAll(() => project.remove());

/** What every user of ts-jest and every editor waits for, in instantiations of types: they are the same on each machine (decision 80). */
const matchers = `import { mockS3 } from 's3-versioning-mock/jest';

const s3 = mockS3({ buckets: { vault: { versioning: 'Enabled' } } });

test('archives', async () => {
  expect(s3).toHaveReceived('PutBucketVersioning', { Bucket: 'vault' });
  await expect(s3.bucket('vault')).toHaveObject('report.pdf', { body: 'second' });
  expect(s3).toHaveSent('ObjectRemoved:DeleteMarkerCreated', { key: 'report.pdf' });
});
`;

const rules = `import { mockS3 } from 's3-versioning-mock';

const s3 = mockS3();
s3.on('PutObject', { Bucket: 'vault' }).fail('SlowDown', { times: 2 });
s3.bucket('vault').policy = { Statement: [{ Effect: 'Allow', Action: 's3:GetObject', Condition: { Bool: { 'aws:SecureTransport': true } } }] };
for (const { operation, input } of s3.requests) if (operation === 'PutObject') console.log(input.Key);
`;

it.each<readonly [file: string, code: string, most: number]>([
  ['a mock alone', "import { mockS3 } from 's3-versioning-mock/jest';\n\nmockS3();\n", 0],
  ['matchers', matchers, 4000],
  ['rules, a policy and the journal', rules, 4000],
])('%s: the compiler has few types to compute', (_file, code, most) => {
  const { problems, instantiations } = check(code, ['jest']);
  expect(problems).toEqual([]);
  expect(instantiations).toBeLessThanOrEqual(most);
});

it('the first test for jest: little beside those of its SDK', () => {
  const { code } = firstTest('ts');
  const ofSdk = check(code.replaceAll(/^.*(?:s3-versioning-mock|mockS3|expect\().*$/gm, ''), ['jest']);
  const { problems, instantiations } = check(code, ['jest']);
  expect(problems).toEqual([]);
  expect(instantiations - ofSdk.instantiations).toBeLessThanOrEqual(6000);
});

it('the declarations of the package: little beside those of Node', () => {
  const plain = check('export {};\n', ['node'], false);
  const { problems, instantiations } = check("import 's3-versioning-mock';\n", ['node'], false);
  expect(problems).toEqual([]);
  expect(instantiations - plain.instantiations).toBeLessThanOrEqual(15_000);
});

interface Checked {
  readonly problems: readonly string[];
  readonly instantiations: number;
}

/** As `tsc --extendedDiagnostics` counts them. */
function check(code: string, types: string[], skipLibCheck = true): Checked {
  const file = project.write('checked.test.ts', code);
  const program = ts.createProgram([file], {
    ...{ target: ts.ScriptTarget.ES2022, module: ts.ModuleKind.Node16, strict: true, noEmit: true },
    ...{ types, skipLibCheck },
  });
  const problems = ts
    .getPreEmitDiagnostics(program)
    .map(({ messageText }) => ts.flattenDiagnosticMessageText(messageText, ' '));
  return { problems, instantiations: program.getInstantiationCount() };
}
