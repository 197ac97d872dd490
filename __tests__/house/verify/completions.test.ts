import path from 'node:path';
import { beforeAll, describe, expect, it } from '@jest/globals';
import ts from 'typescript';
import { operations } from '../../../src/operations/table';
import { failureNames } from '../../../src/refusals/failures';
import { root } from '../files';

const file = path.join(root, '__tests__/house/completed.ts');
const text = `
import { expect } from '@jest/globals';
import { mockS3 } from '../../src/testing/jest';
const s3 = mockS3();
s3.on('PutObject').fail('/*code*/');
s3.on('/*operation*/');
expect(s3).toHaveReceived('PutBucketVersioning', { /*member*/ });
`;

let service: ts.LanguageService;
beforeAll(() => {
  const { config } = ts.readConfigFile(path.join(root, 'tsconfig.json'), ts.sys.readFile);
  const { options } = ts.convertCompilerOptionsFromJson(config.compilerOptions, root);
  const read = (name: string) => (name === file ? text : ts.sys.readFile(name));
  service = ts.createLanguageService({
    getScriptFileNames: () => [file],
    getScriptVersion: () => '1',
    getScriptSnapshot(name) {
      const content = read(name);
      return content === undefined ? undefined : ts.ScriptSnapshot.fromString(content);
    },
    getCurrentDirectory: () => root,
    getCompilationSettings: () => options,
    getDefaultLibFileName: ts.getDefaultLibFilePath,
    fileExists: (name) => name === file || ts.sys.fileExists(name),
    readFile: read,
    directoryExists: ts.sys.directoryExists,
    getDirectories: ts.sys.getDirectories,
  });
});

/** The names that an editor offers in the place of a comment. */
function offered(comment: string): readonly string[] {
  const at = text.indexOf(`/*${comment}*/`);
  return (service.getCompletionsAtPosition(file, at, {})?.entries ?? []).map(({ name }) => name).toSorted();
}

describe('an editor completes', () => {
  it('the codes of fail(), all of them', () => {
    expect(offered('code')).toContain('SlowDown');
    expect(offered('code')).toEqual([...failureNames]);
  });

  it('the operations of on()', () => {
    expect(offered('operation')).toEqual(expect.arrayContaining(Object.keys(operations)));
  });

  it('the members of an expected input', () => {
    expect(offered('member')).toEqual(expect.arrayContaining(['Bucket', 'MFA', 'VersioningConfiguration']));
  });
});
