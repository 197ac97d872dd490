import { describe, expect, it } from '@jest/globals';
import { evidenceLines, facts } from './facts';
import { filesIn, textOf } from './files';

/** A comment of a test that names what was recorded, with the facts that it cites. */
interface Comment {
  readonly place: string;
  readonly sources: readonly string[];
  readonly facts: readonly string[];
}

const own = '__tests__/house/recorded-comments.test.ts';

/** Repositories by the names that comments and facts give them. */
const full: Readonly<Record<string, string>> = {
  localstack: 'localstack/localstack',
  moto: 'getmoto/moto',
  versitygw: 'versity/versitygw',
  boto3: 'boto/boto3',
  'aws-sdk-js': 'aws/aws-sdk-js',
};

/** The recorded and measured lines of each fact. */
const evidence = new Map(
  facts.map(({ fact }) => {
    const lines = evidenceLines.filter((line) => line.fact === fact && /^(?:recorded|measured)$/.test(line.kind));
    return [fact, lines.map(({ line }) => line).join('\n')] as const;
  }),
);

const comments: readonly Comment[] = filesIn('__tests__')
  .filter((file) => file.endsWith('.ts') && file !== own)
  .flatMap((file) => readComments(file, textOf(file).split('\n')));

describe('a comment that says what was recorded', () => {
  it('names a source of a fact that it cites', () => {
    const cited = comments.filter((comment) => comment.facts.length > 0);
    expect(cited.length).toBeGreaterThan(80);
    const lost = cited.flatMap(({ place, sources, facts: numbers }) =>
      sources
        .filter((source) => !numbers.some((fact) => hasSource(fact, source)))
        .map((source) => `${place}: ${numbers.join(', ')} has no recorded or measured line of ${source}`),
    );
    expect(lost).toEqual([]);
  });

  it.each([
    ['// Recorded: localstack, test_a; boto3#1213. F70', ['localstack/localstack', 'boto/boto3#1213']],
    ['// Recorded: owner/one#1, #2; measured: owner/two, 2026-09-29. F70', ['owner/one#1', 'owner/one#2', 'owner/two']],
    ['// Recorded: owner/one, tests/delete/golden. F70', ['owner/one']],
  ])('has the sources of %s', (line, sources) => {
    expect(readComments('a', [line]).map((comment) => comment.sources)).toEqual([sources]);
  });
});

function readComments(file: string, lines: readonly string[]): readonly Comment[] {
  return lines.flatMap((line, index) => {
    if (!/^\s*\/\/ Recorded: /.test(line)) return [];
    const end = lines.findIndex((other, at) => at > index && !/^\s*\/\/ (?!Recorded: )/.test(other));
    const words = lines
      .slice(index, end < 0 ? index + 1 : end)
      .map((part) => part.trim().replace(/^\/\/ /, ''))
      .join(' ');
    const cited = [...words.matchAll(/\bF\d{1,4}\b/g)].map(([number]) => number);
    return [{ place: `${file}:${index + 1}`, sources: findSources(words), facts: cited }];
  });
}

/** The repositories and issues that words name. A number alone is an issue of the repository before it. */
function findSources(words: string): readonly string[] {
  const names = words.matchAll(
    /(?<![\w/.-])(?:([A-Za-z][\w-]*\/[\w.-]*\w(?![\w/]))|(localstack|moto|versitygw|boto3|aws-sdk-js)(?![\w/-]))?(#\d+)?/g,
  );
  const found: string[] = [];
  let repository: string | undefined;
  for (const [all, owned, short, issue = ''] of names) {
    if (all === '') continue;
    if (owned?.startsWith('tests/') || owned?.startsWith('docs_reports/')) continue;
    if (owned !== undefined || short !== undefined) repository = owned ?? full[short ?? ''];
    if (repository !== undefined) found.push(`${repository}${issue}`);
  }
  return [...new Set(found)];
}

function hasSource(fact: string, source: string): boolean {
  const lines = evidence.get(fact) ?? '';
  const [repository = '', issue] = source.split('#');
  const names = [repository, ...Object.keys(full).filter((short) => full[short] === repository)];
  return names.some((name) =>
    issue === undefined
      ? lines.includes(name)
      : new RegExp(`${name.replaceAll('.', '\\.')}[^;]*#${issue}(?!\\d)`).test(lines),
  );
}
