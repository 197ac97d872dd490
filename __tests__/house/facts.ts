import { spawnSync } from 'node:child_process';
import { plainEnvironment } from '../support/plain-environment';
import { root } from './files';

export interface Fact {
  readonly fact: string;
  readonly title: string;
  readonly rows: readonly object[];
  readonly tests: readonly string[];
}

/** A piece of evidence, or a guess of a paragraph, in one line: `- Recorded: owner/one#1: "a"`. */
export interface EvidenceLine {
  readonly fact: string;
  readonly kind: string;
  readonly line: string;
}

const program = `import('./specification/facts.mjs').then((module) => {
  const facts = module.readFacts();
  const lineOf = (fact, kind, words) => ({ fact, kind, line: \`- \${kind[0].toUpperCase()}\${kind.slice(1)}: \${words}\` });
  const lines = facts.flatMap((one) => [
    ...module.evidenceOf(one).map((evidence) => lineOf(one.fact, evidence.kind, module.wordsOf(evidence))),
    ...module.guessesOf(one).map((words) => lineOf(one.fact, 'guess', words)),
  ]);
  const repositories = module.readRepositories();
  const placed = repositories.filter(({ commits }) => commits.length === 1).map(({ repository }) => repository);
  const mistakes = module.findMistakes(module.readSubjects());
  process.stdout.write(JSON.stringify({ facts, lines, placed, mistakes }));
})`;

interface Book {
  readonly facts: readonly Fact[];
  readonly lines: readonly EvidenceLine[];
  readonly placed: readonly string[];
  readonly mistakes: readonly string[];
}

/** A process of its own: the reader is an ES module, which a test cannot load. */
function readBook(): Book {
  const { stdout, stderr } = spawnSync(process.execPath, ['-e', program], {
    ...{ cwd: root, env: plainEnvironment(), encoding: 'utf8', maxBuffer: 2 ** 26 },
  });
  if (stdout === '') throw new Error(stderr);
  return JSON.parse(stdout) as Book; // of the program above
}

const read = readBook();

/** The facts of `specification/facts`. */
export const facts = read.facts;
export const evidenceLines = read.lines;
export const mistakes = read.mistakes;

/** The repositories with one commit in `specification/repositories.yaml`, which evidence may leave out. */
export const placed = read.placed;
