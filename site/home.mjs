// The page that a visitor sees first. All that it says and shows is in a document, from which it is read when the site is built.
import { terminalOf } from './terminal.mjs';

/** The text of the home page, made of the documents that a function reads. Its links are those of the README. */
export function homeOf(textOf) {
  const readme = textOf('README.md');
  const [, what, purpose] = found(readme, /^\*\*([^:*]+): ([^*]+)\*\*/m);
  const [failure] = found(readme, /^If the code writes to [^]*?^```\n(?=\n### )/m);
  const [, problem] = found(readme, /^## Why not a stub\n\n(.*)$/m);
  const [bug] = found(readme, /^async function restore[^]*?^}\n/m);
  const [, outcome] = found(readme, /^(The test with the stub passes\. .*)$/m);
  const [, label, picture] = found(readme, /!\[([^\]]*)\]\((docs\/pictures\/stub-and-mock\.svg)\)/);
  const [, node] = found(readme, /^It needs (Node [\d.]+ or later)\./m);
  const [reasons] = found(readme, /^- \*\*Any client[^*]*\*\*[^]*?(?=\n\n## )/m);
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

<div class="start">

<div class="ways">

[Get started](README.md#a-first-test) [How do I test …](docs/tasks.md) [How it compares](docs/comparison.md)

</div>

${installOf(readme)}

</div>

## In your runner

::: code-group

${runnersOf(textOf).join('\n\n')}

:::

${node}. [All runners](docs/runners.md). For TypeScript, jest needs [a transformer](docs/runners.md#typescript-under-jest), and vitest 5 [one line in tsconfig.json](docs/runners.md#vitest) for \`tsc\` and editors. pytest also needs [a fixture and a server](docs/guides/python.md), which \`npx s3-versioning-mock\` starts.

<div class="numbers">

${numbersOf(textOf).map(({ number, words, link }) => `- [**${number}** ${words}](${link})`).join('\n')}

</div>

## A failed test says why

This is the test above, under vitest. ${failure}
## A wrong program that a stub lets pass

${problem}

\`\`\`typescript{${lineOf(bug, 'DeleteObjectCommand(')}}
${bug}\`\`\`

${outcome}

${terminalOf(textOf(picture), label)}

[The whole test](docs/how-it-works.md#a-stub-and-this-library) is on the page that says how it works.

## What you get

<div class="reasons">

${reasons}

</div>

## What to test with it

${next}
- [All tasks](docs/tasks.md), [common mistakes](docs/mistakes.md), and [what it cannot do](#what-it-cannot-do)

</main>
`;
}

/** The command that installs the library, and, as long as the README says that a registry lacks it, where a reader learns what to do in place of it. */
function installOf(readme) {
  const [section] = found(readme, /^## A first test\n[^]*?^```sh\n[^]*?^```\n/m);
  const [command] = found(section, /^```sh\n[^]*?^```\n/m);
  const [, isMissing] = /^\*\*(Not on npm yet)\.\*\*/m.exec(section) ?? [];
  const instead = isMissing === undefined ? '' : ` ${isMissing}: until the first release, [install it from a clone](#a-first-test).`;
  return `<div class="install">\n\n${command}\nThis is for vitest; on Node 20, install \`vitest@4\`. The line of each other runner stands below.${instead}\n\n</div>`;
}

function numbersOf(textOf) {
  const [, operations] = found(textOf('docs/reference/operations.md'), /^(\d+) operations\.$/m);
  const subjects = [...textOf('docs/specification/README.md').matchAll(/^\| \[.*\| (\d+) \| \d+ \|$/gm)];
  const cases = subjects.reduce((sum, [, count]) => sum + Number(count), 0);
  const [, call] = found(textOf('README.md'), /^- Each call in a suite of jest: .* and ([\d.]+) ms more than with a mock server on localhost/m);
  return [
    { number: operations, words: 'operations, answered from one model of buckets', link: 'docs/reference/operations.md' },
    { number: cases, words: 'recorded exchanges with AWS, to which the library gives the same answers', link: 'docs/specification/README.md' },
    { number: `${call}\u00a0ms`, words: 'more a call than at a mock server on localhost, and no server to start', link: 'docs/benchmarks.md' },
  ];
}

/** The first example of each runner, as a block of a group with tabs: the name of its file, how to install and run it, and its code. */
function runnersOf(textOf) {
  const runners = textOf('docs/runners.md');
  const examples = ['vitest', 'jest', 'node:test', 'mocha', 'bun', 'deno'].map((name) => {
    const [section] = found(runners, new RegExp(`^## ${name}\\n[^]*?^\`\`\`js[^]*?^\`\`\``, 'm'));
    const [file] = found(section, /publish\.\w+\.c?m?js/);
    const [, code] = found(section, /^```js.*\n([^]*)^```/m);
    const [, run] = /^Write `publish.*, and run it with `(.*?)`/m.exec(section) ?? [];
    const commands = `${commandsOf(section, '//')}${run === undefined ? '' : `// ${run}\n`}`;
    return `\`\`\`js [${name}]\n// ${file}\n${commands}\n${code}\`\`\``;
  });
  const guide = textOf('docs/guides/python.md');
  const [, file, code] = found(guide, /^```python\n(# test_publish\.py\n)([^]*?^def test_[^]*?\n)\n\n/m);
  return [...examples, `\`\`\`python [pytest]\n${file}${commandsOf(guide, '#')}\n${withoutUnused(code)}\`\`\``];
}

/** The commands at the top of a text, as comments of a language. */
function commandsOf(text, sign) {
  const [, commands] = found(text, /^```sh\n([^]*?)^```/m);
  return commands.replaceAll(/ {3}#.*/g, '').replaceAll(/^/gm, `${sign} `).slice(0, -sign.length - 1);
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
