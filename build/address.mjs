/**
 * The address of the project: `address.json` holds it, and `npm run generate address` writes it into every text that names it. Only what is known is
 * written: a text says so as long as the part that it needs is empty.
 */
import { readFileSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { fileURLToPath } from 'node:url';

const source = 'address.json';

/** Each field, and what it has to be. */
const fields = {
  repository: {
    // npm publishes with provenance only what a workflow built from the repository that package.json names.
    expected: 'the address of a repository of GitHub, https://github.com/OWNER/NAME',
    accepts: (value) => /^https:\/\/github\.com\/[\w-]+\/[\w.-]+$/.test(value) && !value.endsWith('.git'),
  },
  homepage: { expected: 'the https address of the documents', accepts: isWebAddress },
  bugs: { expected: 'the https address where issues are opened', accepts: isWebAddress },
  author: {
    expected: 'a name, or a name and an e-mail address, NAME <NAME@HOST>',
    accepts: (value) => /^[^\s<>()](?:[^<>()]*[^\s<>()])?(?: <([^<>]*)>)?$/.test(value) && isMailOrAbsent(/<(.*)>$/.exec(value)?.[1]),
  },
  contact: { expected: 'an e-mail address that only maintainers read', accepts: isMail },
};

function isWebAddress(value) {
  if (!URL.canParse(value) || /\s/.test(value)) return false;
  const { protocol, hostname, username } = new URL(value);
  return protocol === 'https:' && hostname.includes('.') && username === '';
}

function isMail(value) {
  return /^[\w.+-]+@(?:[A-Za-z\d-]+\.)+[A-Za-z]{2,}$/.test(value);
}

function isMailOrAbsent(value) {
  return value === undefined || isMail(value);
}

/** The address of the project in a folder. Throws if it is wrong; what is empty is not decided yet. */
export function readAddress(folder) {
  const address = parseAddress(readFileSync(path.join(folder, source), 'utf8'));
  const wrong = wrongFieldsOf(address);
  if (wrong.length > 0) throw new Error(wrong.join('\n'));
  return address;
}

/** The fields of the text of address.json, right or wrong. */
export function parseAddress(text) {
  let address;
  try {
    address = JSON.parse(text);
  } catch (error) {
    throw new Error(`${source}: ${error.message}`);
  }
  if (typeof address !== 'object' || address === null || Array.isArray(address)) throw new Error(`${source}: it is not an object`);
  return address;
}

/** A sentence for each field that is not a field of an address, or that has a value of another kind. */
export function wrongFieldsOf(address) {
  const names = Object.keys(fields);
  const unknown = Object.keys(address).filter((name) => !names.includes(name));
  const wrong = names.filter((name) => !isEmpty(address[name]) && !(typeof address[name] === 'string' && fields[name].accepts(address[name])));
  return [
    ...unknown.map((name) => `${source}: unknown field ${name}; expected ${names.join(', ')}`),
    ...wrong.map((name) => `${source}: invalid ${name} ${JSON.stringify(address[name])}; expected ${fields[name].expected}`),
  ];
}

/** A sentence for each field that is not decided yet. */
export function missingFieldsOf(address) {
  const missing = Object.keys(fields).filter((name) => isEmpty(address[name]));
  return missing.map((name) => `${source}: ${name} is empty; expected ${fields[name].expected}`);
}

function isEmpty(value) {
  return value === undefined || value === '';
}

/** The texts with the address, each made of the text before it. */
const texts = {
  'package.json': (before, address) => `${JSON.stringify(withAddress(JSON.parse(before), address), null, 2)}\n`,
  'README.md': (before, address) => withSection(before, 'Questions and reports', whereToReport(address)),
  'SECURITY.md': (before, { contact }) => between(before, howToReport(contact)),
  'CODE_OF_CONDUCT.md': (before, { contact }) => between(before, whomToTell(contact)),
  '.github/ISSUE_TEMPLATE/config.yml': (_before, address) => chooserOfForms(address),
};

/** The files of a folder that name the address, with the text that each has to have. */
export function writtenTexts(folder, address) {
  return Object.entries(texts).map(([file, write]) => {
    const before = readFileSync(path.join(folder, file), 'utf8').replaceAll('\r\n', '\n');
    return { file, before, text: write(before, address) };
  });
}

/** A manifest with what it says of the address. */
export function withAddress(manifest, { repository, homepage, bugs, author }) {
  const own = {
    ...(isEmpty(homepage) ? {} : { homepage }),
    ...(isEmpty(bugs) ? {} : { bugs: { url: bugs } }),
    ...(isEmpty(repository) ? {} : { repository: { type: 'git', url: `git+${repository}.git` } }),
    ...(isEmpty(author) ? {} : { author }),
  };
  const others = Object.entries(manifest).filter(([name]) => !['homepage', 'bugs', 'repository', 'author'].includes(name));
  const at = others.findIndex(([name]) => name === 'license');
  return Object.fromEntries([...others.slice(0, at), ...Object.entries(own), ...others.slice(at)]);
}

/** A text with another part between its markers. */
function between(text, part) {
  const [begin, end] = ['<!-- address -->\n', '<!-- /address -->\n'];
  const [before, rest] = text.split(begin);
  const after = rest?.split(end)[1];
  if (after === undefined) throw new Error(`a text lacks the lines ${begin.trim()} and ${end.trim()}`);
  return `${before}${begin}\n${part}\n${end}${after}`;
}

const untilPublished = 'The project has no public address yet; its first release names one here. Until then, open no public issue';

/** A text with another part below a heading: the README is in the package, whose documents have no markers. */
function withSection(text, heading, part) {
  const [before, rest] = text.split(`\n## ${heading}\n`);
  const end = rest?.indexOf('\n## ') ?? -1;
  if (end < 0) throw new Error(`a text lacks the heading ${heading}, or one behind it`);
  return `${before}\n## ${heading}\n\n${part}${rest.slice(end)}`;
}

const mostWelcome = 'The most welcome report is an answer that differs from S3, above all if its fact is marked as a guess.';

function whereToReport({ repository, bugs }) {
  if (isEmpty(bugs))
    return `${mostWelcome}\nThe project has no public address yet; its first release names one here.\n`;
  const vulnerabilities = isEmpty(repository) ? '' : ` Report a vulnerability [in private](${repository}/security/policy).`;
  return `${mostWelcome}\nFor this, a bug, a wish or a question, [open an issue](${bugs}).${vulnerabilities}\n`;
}

function howToReport(contact) {
  if (isEmpty(contact)) return `${untilPublished} about a vulnerability.\n`;
  return `Write to <${contact}>, which only the maintainers read.\n`;
}

function whomToTell(contact) {
  if (isEmpty(contact)) return `${untilPublished} about a person.\n`;
  return `Write to <${contact}>, which only the maintainers read.\n`;
}

function chooserOfForms({ repository, homepage }) {
  const links = [
    ...(isEmpty(repository)
      ? []
      : [{ name: 'A vulnerability', url: `${repository}/security/policy`, about: 'How to report it in private, and what is none' }]),
    ...(isEmpty(homepage)
      ? []
      : [{ name: 'The documents', url: homepage, about: 'How to test what, and what the commonest failures mean' }]),
  ];
  return [
    '# `npm run generate address` writes this file.',
    'blank_issues_enabled: true',
    ...(links.length === 0 ? [] : ['contact_links:']),
    ...links.flatMap(({ name, url, about }) => [`  - name: ${name}`, `    url: ${url}`, `    about: ${about}`]),
    '',
  ].join('\n');
}

if (process.argv[1] === fileURLToPath(import.meta.url)) {
  const folder = path.join(import.meta.dirname, '..');
  try {
    for (const { file, text } of writtenTexts(folder, readAddress(folder))) writeFileSync(path.join(folder, file), text);
  } catch (error) {
    console.error(error.message);
    process.exitCode = 1;
  }
}
