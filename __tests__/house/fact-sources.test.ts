import { existsSync } from 'node:fs';
import path from 'node:path';
import { describe, expect, it } from '@jest/globals';
import { evidenceLines, placed } from './facts';
import { root } from './files';

/**
 * Files that a line of evidence names without a commit or a branch, from before a line had to, each with its entry. A file may leave this list; none may
 * join it.
 */
const withoutCommit: readonly string[] = [
  'F22 tests/test_s3.py',
  'F23 tests/test_s3.py',
  'F4 crates/s3-tests/tests/request_checksums.rs',
  'F271 crates/s3-tests/tests/request_checksums.rs',
  'F498 crates/s3-tests/src/bin/sts_oracle.rs',
  'F285 crates/s3-tests/tests/bucket_acl.rs',
  'F500 crates/s3-tests/tests/object_crud_acl.rs',
  'F507 crates/s3-tests/tests/ownership.rs',
  'F520 crates/s3-tests/tests/bucket_policy_conditions.rs',
  'F527 crates/s3-tests/tests/presigned.rs',
  'F430 tests/test_s3.py',
  'F141 backlot/auth.py',
  'F1652 crates/s3-tests/tests/headers.rs',
  'F1654 crates/s3-tests/tests/headers.rs',
  'F1656 crates/s3-tests/tests/headers.rs',
  'F142 backlot/auth.py',
  'F143 backlot/auth.py',
  'F217 backlot/auth.py',
  'F591 crates/s3-tests/tests/presigned.rs',
  'F144 backlot/auth.py',
  'F1657 backlot/auth.py',
  'F578 backlot/auth.py',
  'F145 backlot/auth.py',
  'F146 backlot/auth.py',
  'F147 backlot/auth.py',
  'F601 crates/s3-tests/tests/presigned.rs',
  'F50 shared/test/fixtures/vcr/animations/get_bad_version_returns_laversion.yml',
  'F216 crates/s3-tests/tests/object_crud.rs',
  'F431 crates/s3-tests/tests/object_attributes.rs',
  'F611 crates/s3-tests/tests/sse_c.rs',
  'F612 crates/s3-tests/tests/sse_c.rs',
  'F59 crates/s3-tests/tests/ownership.rs',
  'F560 crates/s3-tests/tests/post_object.rs',
  'F561 crates/s3-tests/tests/post_object.rs',
  'F562 crates/s3-tests/tests/post_object.rs',
  'F569 crates/s3-tests/tests/post_object.rs',
  'F570 crates/s3-tests/tests/post_object.rs',
  'F66 crates/s3-tests/tests/conditional.rs',
  'F74 crates/s3-tests/tests/object_delete.rs',
  'F91 crates/s3-tests/tests/copy_object.rs',
  'F92 crates/s3-tests/tests/conditional.rs',
  'F92 hadoop-tools/hadoop-aws/src/site/markdown/tools/hadoop-aws/troubleshooting_s3a.md',
  'F579 crates/s3-tests/tests/conditional.rs',
  'F72 tests/test_s3.py',
  'F841 tests/test_s3.py',
  'F846 tests/test_s3.py',
  'F107 crates/s3-tests/tests/object_lock.rs',
  'F112 crates/s3-tests/tests/lifecycle.rs',
  'F115 crates/s3-tests/tests/lifecycle.rs',
  'F118 crates/s3-tests/tests/lifecycle.rs',
  'F400 tests/test_s3.py',
  'F402 tests/test_s3.py',
  'F403 tests/test_s3.py',
  'F1685 crates/s3-tests/tests/lifecycle.rs',
  'F320 tests/test_s3.py',
  'F321 tests/test_s3.py',
  'F330 tests/test_s3.py',
  'F300 tests/test_s3.py',
  'F300 crates/s3-tests/tests/bucket_policy.rs',
  'F301 crates/s3-tests/tests/bucket_policy.rs',
  'F302 crates/s3-tests/tests/bucket_policy.rs',
  'F303 crates/s3-tests/tests/bucket_policy.rs',
  'F481 crates/s3-tests/tests/bucket_policy_multivalue.rs',
  'F1532 experiments/federated-provider/RESULTS.md',
  'F713 crates/s3-tests/src/bin/sts_oracle.rs',
  'F1501 crates/s3-tests/src/bin/sts_oracle.rs',
  'F476 crates/s3-tests/src/bin/sts_oracle.rs',
  'F340 crates/s3-tests/tests/cors.rs',
  'F341 crates/s3-tests/tests/cors.rs',
  'F342 crates/s3-tests/tests/cors.rs',
  'F735 assumed_roles.md',
];

const lines = evidenceLines.filter(({ kind }) => kind !== 'decided');

const found = lines
  .filter(({ kind }) => kind !== 'guess')
  .flatMap(({ fact, line }) => findFilesWithoutCommit(line).map((file) => `${fact} ${file}`));

describe('evidence in specification/facts', () => {
  it('that names a file of a repository names its commit or its branch', () => {
    expect([...new Set(found)].filter((file) => !withoutCommit.includes(file))).toEqual([]);
  });

  it('may leave the list of lines without a commit, and none may join it', () => {
    expect({ stale: withoutCommit.filter((file) => !found.includes(file)), grew: withoutCommit.length > 71 }).toEqual({
      stale: [],
      grew: false,
    });
  });

  it('names no number of an index that readers do not have, and no version without its commit', () => {
    expect(lines.filter(({ line }) => isFoundByNobody(line))).toEqual([]);
  });
});

describe('the guard', () => {
  it.each([
    ['- Recorded: `owner/one` `tests/a.json`: `"a": 1`.', ['tests/a.json']],
    ['- Recorded: `owner/one` at c543d5f6 `tests/a.json`: `"a": 1`.', []],
    ['- Recorded: `owner/one` `tests/a.json`, of the branch `next`: `"a": 1`.', []],
    ['- Recorded: owner/one, a_replay.json: `"a": 1`.', ['a_replay.json']],
    ['- Recorded: owner/one#12: `"a": "b.json"`.', []],
    ['- Documented: https://docs.aws.amazon.com/AmazonS3/latest/a.md: "b.md".', []],
    ['- Documented: `dist-es/a.js` of `@aws-sdk/client-s3` 3.1175.0: "b".', []],
    ['- Measured: versity/versitygw `tests/test_rest_a.sh`: `400`.', []],
  ])('knows a file without a commit: %s', (line, expected) => {
    expect(findFilesWithoutCommit(line)).toEqual(expected);
  });

  it.each([
    ['- Recorded: public file 13997671261, 2019: `"a": 1`.', true],
    ['- Measured: `owner/one` in a later version than c543d5f6: "a".', true],
    ['- Measured: `owner/one` at c543d5f6, of a later version of the object: "a".', false],
    ['- Recorded: public notes with the bucket `vault`: `400 Bad Request`.', false],
  ])('knows a source that nobody finds: %s', (line, expected) => {
    expect(isFoundByNobody(line)).toBe(expected);
  });
});

function findFilesWithoutCommit(line: string): readonly string[] {
  const plain = line.replaceAll(/https?:\/\/[^\s,;)]+/g, '');
  if (/\b(?:at|before) (?=[a-f]*\d)[\da-f]{7,40}\b|\bbranch `[^`]+`|`@[\w/-]+` \d+\.\d+\.\d+/.test(plain)) return [];
  if (placed.some((repository) => namesRepository(plain, repository))) return [];
  return namesIn(plain).filter(
    (name) =>
      /[\w\]}*]\.(?:[cm]?[jt]sx?|exs?|go|java|json|kt|mdx?|php|pl|py|rb|rs|sh|ya?ml)$/.test(name) && !isOurs(name),
  );
}

/** What a line names in code or plain: code with a blank, a quotation mark, `<`, `=` or a colon is a quote. */
function namesIn(line: string): readonly string[] {
  const code = [...line.matchAll(/`([^`]+)`/g)]
    .map(([, piece = '']) => piece)
    .filter((piece) => !/[\s"<=]|(?<!:):(?!:)/.test(piece));
  const words = line.replaceAll(/`[^`]*`|"[^"]*"/g, ' ').split(/[\s,;]+/);
  return [...code, ...words].map((name) => name.replace(/[.:]+$/, ''));
}

function namesRepository(line: string, repository: string): boolean {
  const short = repository === 'localstack/localstack' ? /(?<![\w/])localstack(?![\w/-])/ : undefined;
  const at = line.indexOf(repository);
  return (
    short?.test(line) ||
    (at >= 0 && !/[\w/-]/.test(line.charAt(at - 1)) && !/[\w/-]/.test(line.charAt(at + repository.length)))
  );
}

function isOurs(name: string): boolean {
  return name.startsWith('docs/') && existsSync(path.join(root, name));
}

function isFoundByNobody(line: string): boolean {
  return /\b(?:files?|id) \d{8,}\b|\b(?:later|newer) version (?:of that file|than [\da-f]{7,40}\b)|\b(?:later|newer) version of `/.test(
    line,
  );
}
