// The page that a visitor sees first. All that it says and shows is in a document, from which it is read when the site is built.
import { terminalOf } from './terminal.mjs';

/** The text of the home page, made of the documents that a function reads. Its links are those of the README. */
export function homeOf(textOf) {
  const readme = textOf('README.md');
  const [, what, purpose] = found(readme, /^\*\*([^:*]+): ([^*]+)\*\*/m);
  const [, problem] = found(readme, /^## Why not a stub\n\n(.*)$/m);
  const [bug] = found(readme, /^async function restore[^]*?^}\n/m);
  const [, outcome] = found(readme, /^(The test with the stub passes\. .*)$/m);
  const [, label, picture] = found(readme, /!\[([^\]]*)\]\((docs\/pictures\/stub-and-mock\.svg)\)/);
  const [, install] = found(readme, /^## Install\n\n(```sh\n[^`]*```)/m);
  const [reasons] = found(readme, /^- \*\*Any client\.\*\*[^]*?(?=\n\n## )/m);
  const [, next] = found(readme, /^## Next\n\n([^]*?)\n\n/m);
  const [opening, ...rest] = purpose;
  return `---
layout: home
title: s3-versioning-mock
titleTemplate: ${what}
search: false
---

<main class="home">

<h1><span class="name">s3-versioning-mock</span> ${what}</h1>

<p class="purpose">${opening.toUpperCase()}${rest.join('')}</p>

<div class="ways">

[A first test](#a-first-test) [How do I test …](docs/tasks.md) [How it compares](docs/comparison.md)

</div>

${install}

<div class="numbers">

${numbersOf(textOf).map(({ number, words, link }) => `- [**${number}** ${words}](${link})`).join('\n')}

</div>

## A stub passes, this library fails

${problem}

\`\`\`typescript{${lineOf(bug, 'DeleteObjectCommand(')}}
${bug}\`\`\`

${outcome}

${terminalOf(textOf(picture), label)}

[The whole test](docs/how-it-works.md#a-stub-and-this-library) is on the page that says how it works.

## In your runner

::: code-group

${runnersOf(textOf).join('\n\n')}

:::

[All runners](docs/runners.md). In TypeScript, jest needs [a transformer](docs/runners.md#typescript-under-jest); vitest needs nothing. pytest also needs [a fixture and a server](docs/guides/other-processes.md#a-suite-in-python), which \`npx s3-versioning-mock\` starts.

## What you get

${reasons}

## What to test with it

${next}
- [All tasks](docs/tasks.md), [common mistakes and their output](docs/mistakes.md), and [what it cannot do](#what-it-cannot-do)

</main>
`;
}

function numbersOf(textOf) {
  const [, operations] = found(textOf('docs/reference/operations.md'), /^(\d+) operations\.$/m);
  const subjects = [...textOf('docs/specification/README.md').matchAll(/^\| \[.*\| (\d+) \| \d+ \|$/gm)];
  const cases = subjects.reduce((sum, [, count]) => sum + Number(count), 0);
  const [, call] = found(textOf('README.md'), /ms to a test file of jest, and ([\d.]+(?: to [\d.]+)?) ms to a call/);
  return [
    { number: operations, words: 'operations, answered from one model of buckets', link: 'docs/reference/operations.md' },
    { number: cases, words: 'recorded cases of AWS, played against the library', link: 'docs/specification/README.md' },
    { number: `${call.replace(' to ', '–')}\u00a0ms`, words: 'that the library adds to a call of the SDK', link: 'docs/benchmarks.md' },
  ];
}

/** The first example of each runner, as a block of a group with tabs. */
function runnersOf(textOf) {
  const runners = textOf('docs/runners.md');
  const examples = [
    ['jest', runners, /^## jest\n[^]*?^```(\w+).*\n([^]*?)^```/m],
    ['vitest', runners, /^## vitest\n[^]*?^```(\w+).*\n([^]*?)^```/m],
    ['node:test', runners, /^## node:test\n[^]*?^```(\w+).*\n([^]*?)^```/m],
    ['bun', runners, /^## bun\n[^]*?^```(\w+).*\n([^]*?)^```/m],
    ['deno', runners, /^## deno\n[^]*?^```(\w+).*\n([^]*?)^```/m],
    ['mocha', runners, /^## mocha\n[^]*?^```(\w+).*\n([^]*?)^```/m],
    ['pytest', textOf('docs/guides/other-processes.md'), /^```(python)\n(# test_publish\.py\n[^]*?^def test_[^]*?\n)\n\n/m],
  ];
  return examples.map(([name, text, block]) => {
    const [, language, code] = found(text, block);
    return `\`\`\`${language} [${name}]\n${withoutUnused(code)}\`\`\``;
  });
}

/** Of the file for pytest the page shows the first test, which does not use all that the file imports. */
function withoutUnused(code) {
  const isUnused = (name) => code.match(new RegExp(`\\b${name}\\b`, 'g')).length === 1;
  return code.replace(/^(?:import|from \S+ import) (\w+)\n/gm, (line, name) => (isUnused(name) ? '' : line));
}

function lineOf(code, text) {
  return code.split('\n').findIndex((line) => line.includes(text)) + 1;
}

function found(text, expression) {
  const match = expression.exec(text);
  if (match === null) throw new Error(`The home page finds no ${expression} in its document`);
  return match;
}
