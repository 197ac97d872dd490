/**
 * What a release has to be, and what it does, as functions of data. `release.mjs` reads the data of a checkout and carries the steps out. A state
 * has what `readState` there returns.
 */
/** The members of package.json by which npm, GitHub and readers find the project. */
const addressMembers = ['repository', 'homepage', 'bugs', 'author'];

/** The headings of the changelog below which are changes that break the code of users. */
const breaking = /\bbreak|\bremoved\b/i;
const fixes = /^(?:fixed|security)$/i;

/** The versions of a changelog, newest first: heading, number, day, and the headings of its changes that have any. */
export function readChangelog(text) {
  return text
    .split(/^(?=## )/m)
    .slice(1)
    .map((part) => {
      const [line] = part.split('\n', 1);
      const groups = part.split(/^### /m).slice(1);
      const headings = [...part.matchAll(/^####? (.*)$/gm)].map(([, heading]) => heading);
      return {
        heading: line.slice('## '.length).trim(),
        version: /(?<![\d.-])\d+\.\d+\.\d+(?![\d.])[-+\w.]*/.exec(line)?.[0],
        day: /\b\d{4}-\d{2}-\d{2}\b/.exec(line)?.[0],
        groups: groups.filter((group) => /^[-*] /m.test(group)).map((group) => group.split('\n', 1)[0].trim()),
        breaks: headings.some((heading) => breaking.test(heading)) || /^[-*] \*\*Break/m.test(part),
        isEmpty: !/^[-*] /m.test(part),
      };
    });
}

/** How much the changes of a version ask of users. */
export function levelOf({ groups, breaks }) {
  if (breaks) return 'breaking';
  return groups.length > 0 && groups.every((group) => fixes.test(group)) ? 'fix' : 'feature';
}

/** The least version after another with changes of a level. Before 1.0 only what breaks asks for a new minor version. */
export function versionAfter(version, level) {
  const [major, minor, patch] = version.split('.').map(Number);
  if (major === 0) return level === 'breaking' ? `0.${minor + 1}.0` : `0.${minor}.${patch + 1}`;
  if (level === 'breaking') return `${major + 1}.0.0`;
  return level === 'feature' ? `${major}.${minor + 1}.0` : `${major}.${minor}.${patch + 1}`;
}

/** The versions that may follow another with changes of a level, the least first. */
export function versionsAfter(version, level) {
  const [major, minor, patch] = version.split('.').map(Number);
  const all = [`${major}.${minor}.${patch + 1}`, `${major}.${minor + 1}.0`, `${major + 1}.0.0`];
  return all.slice(all.indexOf(versionAfter(version, level)));
}

/** The version that a release makes, and the one that it follows; undefined if neither the state nor the changelog says so. */
export function versionOf({ wished, changelog }) {
  const [next, ...older] = readChangelog(changelog);
  const before = older.find(({ version }) => version !== undefined)?.version;
  const least = next === undefined || before === undefined ? undefined : versionAfter(before, levelOf(next));
  return { before, version: wished ?? next?.version ?? least };
}

/** Throws if a version that somebody wishes is not one. There are no versions before a version, such as 1.0.0-beta.1. */
export function checkWishedVersion(wished) {
  if (wished !== undefined && !/^(?:0|[1-9]\d*)(?:\.(?:0|[1-9]\d*)){2}$/.test(wished))
    throw new Error(`npm run tool release: invalid version '${wished}'; expected three numbers, such as 1.0.0`);
}

/** A sentence for each problem of a release. */
export function problemsOf(state) {
  return [
    ...problemsOfTree(state),
    ...problemsOfAddress(state),
    ...problemsOfVersion(state),
    ...problemsOfChangelog(state),
    ...problemsOfLock(state),
    ...problemsOfPackage(state),
  ];
}

/** A sentence for each thing for which a tag may not be published: the workflow asks on the commit of the tag. */
export function problemsOfTag(state, tag) {
  const { version } = state.manifest;
  const [newest] = readChangelog(state.changelog);
  return [
    ...problemsOfAddress(state),
    ...(tag === `v${version}` ? [] : [`the tag is ${tag}, and package.json has version ${version}`]),
    ...(newest?.version === version && newest.day !== undefined
      ? []
      : [`the changelog begins with "${newest?.heading}"; expected ${version} and its day`]),
    ...problemsOfLock(state),
  ];
}

function problemsOfTree({ git, manifest }) {
  if (git.problem !== undefined) return [git.problem];
  const { changed, branch, head, origin, remote } = git;
  const more = changed.length > 3 ? `, and ${changed.length - 3} more` : '';
  return [
    ...(changed.length === 0 ? [] : [`the tree is not clean: ${changed.slice(0, 3).join(', ')}${more}; commit these files or remove them`]),
    ...(branch === 'main' ? [] : [`the branch is ${branch ?? 'none'}; a release is made on main`]),
    ...problemsOfOrigin(origin, manifest.repository?.url),
    ...(remote === undefined || remote.problem !== undefined || remote.main === head
      ? []
      : ['main of origin is another commit than this one; pull, or push it and wait for its tests']),
    ...(remote?.problem === undefined ? [] : [`origin does not answer: ${remote.problem}`]),
  ];
}

function problemsOfOrigin(origin, repository) {
  if (origin === undefined) return ['git has no remote origin, where the tag is pushed to'];
  if (repository === undefined || nameOnGitHub(repository) === nameOnGitHub(origin)) return [];
  return [`origin of git is ${origin}, and package.json has the repository ${repository}`];
}

/** `OWNER/NAME` of the address of a repository in any of its forms. */
function nameOnGitHub(address) {
  return /github\.com[:/]([^/]+\/[^/]+?)(?:\.git)?\/?$/.exec(address)?.[1];
}

function problemsOfAddress({ manifest, unaddressed, unpublished }) {
  const missing = addressMembers.filter((name) => manifest[name] === undefined);
  return [
    ...(missing.length === 0 ? [] : [`package.json has no ${missing.join(', ')}: docs/releasing.md, "Before the first release"`]),
    ...unaddressed.map((file) => `${file} says that the project has no public address; write the address there`),
    ...unpublished.map((file) => `${file} says what is so before the first release; remove that`),
  ];
}

function problemsOfVersion(state) {
  const { manifest, git, changelog } = state;
  const { before, version } = versionOf(state);
  if (before === undefined) return ['the changelog has no version that was published before, so that none can follow'];
  const [next] = readChangelog(changelog);
  const allowed = versionsAfter(before, levelOf(next));
  const whys = { breaking: 'changes that break', feature: 'new features', fix: 'fixes alone' };
  return [
    ...(allowed.includes(version) ? [] : [`${version} cannot follow ${before} with ${whys[levelOf(next)]}; expected ${allowed.join(' or ')}`]),
    ...([before, version].includes(manifest.version)
      ? []
      : [`package.json has version ${manifest.version}; expected ${before}, or ${version} already`]),
    ...((git.tags ?? []).includes(`v${version}`) ? [`the tag v${version} exists here`] : []),
    ...((git.remote?.tags ?? []).includes(`v${version}`) ? [`the tag v${version} exists at origin; a version is published once`] : []),
  ];
}

function problemsOfChangelog(state) {
  const [next] = readChangelog(state.changelog);
  const { version } = versionOf(state);
  if (next === undefined) return ['the changelog has no version'];
  if (next.isEmpty) return [`the changelog has nothing below "${next.heading}"`];
  if (next.version === undefined)
    return /unreleased/i.test(next.heading) ? [] : [`the changelog begins with "${next.heading}"; expected Unreleased, or a version`];
  return next.version === version ? [] : [`the changelog begins with "${next.heading}", and the release is ${version}`];
}

function problemsOfLock({ manifest, lock }) {
  const own = lock.packages?.[''] ?? {};
  const groups = ['dependencies', 'devDependencies', 'peerDependencies', 'engines'];
  const differs = groups.filter((name) => JSON.stringify(sorted(manifest[name])) !== JSON.stringify(sorted(own[name])));
  const versions = new Set([manifest.version, lock.version, own.version]);
  const addressed = Object.entries(lock.packages ?? {}).filter(([, { resolved }]) => resolved !== undefined);
  return [
    ...(differs.length === 0 ? [] : [`package-lock.json has other ${differs.join(', ')} than package.json; run npm install`]),
    ...(versions.size === 1 ? [] : [`package-lock.json has another version than package.json: ${[...versions].join(', ')}`]),
    ...(addressed.length === 0
      ? []
      : [`package-lock.json says where ${addressed.length} packages were fetched from, ${addressed[0][0]} first; remove their lines "resolved"`]),
  ];
}

function sorted(record = {}) {
  return Object.entries(record).toSorted(([one], [other]) => (one < other ? -1 : 1));
}

function problemsOfPackage({ manifest, packed }) {
  if (packed.problem !== undefined) return [packed.problem];
  const named = (manifest.files ?? []).filter((file) => /^[^!*/]+\.\w+$/.test(file));
  const expected = [...new Set(['CHANGELOG.md', 'LICENSE', 'README.md', 'package.json', ...named, ...targetsOf(manifest)])];
  const missing = expected.filter((file) => !packed.files.includes(file));
  const stray = packed.files.filter((file) => !/^(?:dist|docs)\//.test(file) && !expected.includes(file));
  return [
    ...(missing.length === 0 ? [] : [`the package lacks ${missing.join(', ')}; npm run build makes dist`]),
    ...(stray.length === 0 ? [] : [`the package has ${stray.join(', ')}, which files of package.json should leave out`]),
  ];
}

/** The files that a manifest leads programs and compilers to. */
function targetsOf({ bin = {}, main, types, exports = {} }) {
  const found = [];
  const add = (value) => {
    if (typeof value === 'string') found.push(value.replace(/^\.\//, ''));
    else Object.values(value ?? {}).forEach(add);
  };
  [bin, main, types, exports].forEach(add);
  return [...new Set(found)];
}

/** What a release does, in order: each step is a sentence, with files to write or a command to run. */
export function stepsOf(state) {
  const { version } = versionOf(state);
  const writes = writesOf(state, version);
  const written = writes.map(({ file }) => file);
  return [
    ...(writes.length === 0 ? [] : [{ does: `write ${version} into ${written.join(', ')}`, writes }]),
    { does: `run .ci/run: ${state.checks.join(', ')}`, command: ['bash', '.ci/run'] },
    ...(writes.length === 0 ? [] : [{ does: `commit them as "${version}"`, command: ['git', 'commit', '-m', version, '--', ...written] }]),
    { does: `tag the commit v${version}`, command: ['git', 'tag', '-a', `v${version}`, '-m', `Version ${version}`] },
    {
      does: `push main and v${version} to origin, both or neither`,
      command: ['git', 'push', '--atomic', 'origin', 'main', `v${version}`],
    },
  ];
}

/** The files that get the number and the day of a version, as far as they lack it. */
function writesOf({ manifestText, lockText, changelog, today }, version) {
  const written = [
    ['CHANGELOG.md', changelog, releasedChangelog(changelog, version, today)],
    ['package.json', manifestText, withVersion(manifestText, version)],
    ['package-lock.json', lockText, withVersion(lockText, version)],
  ];
  return written.filter(([, before, text]) => text !== before).map(([file, , text]) => ({ file, text }));
}

/** A changelog whose newest version has its number and its day. */
export function releasedChangelog(changelog, version, today) {
  const [next] = readChangelog(changelog);
  if (next?.version !== undefined && next.day !== undefined) return changelog;
  return changelog.replace(/^## .*$/m, `## ${version} - ${today}`);
}

function withVersion(text, version) {
  const json = JSON.parse(text);
  json.version = version;
  if (json.packages !== undefined) json.packages[''].version = version;
  return `${JSON.stringify(json, null, 2)}\n`;
}

/** What a reader of the page on npm cannot open or see: npm shows the README without the files beside it. */
function describeDead({ pictures, links }) {
  if (pictures.length + links.length === 0) return [];
  const lines = (what, files) => (files.length === 0 ? [] : [`  ${what} (${files.length}):`, ...files.map((file) => `    ${file}`)]);
  return [
    'Dead in README.md on the page of npm, until package.json has a repository on GitHub:',
    ...lines('pictures', pictures),
    ...lines('links', links),
    '',
  ];
}

/** The report of a release for whoever makes it. */
export function describeRelease(state, problems) {
  const { before, version } = versionOf(state);
  const numbered = (sentences) => sentences.map((sentence, index) => `  ${index + 1}. ${sentence}`);
  const title = version === undefined ? 'A release' : `Version ${version}${before === undefined ? '' : `, after ${before}`}`;
  return [
    problems.length === 0 ? `${title}: nothing is missing.` : `${title}: it cannot be released yet.`,
    ...(state.packed.problem === undefined ? [`The package has ${state.packed.files.length} files, ${(state.packed.size / 1e6).toFixed(2)} MB.`] : []),
    '',
    ...(problems.length === 0 ? [] : ['This checkout has to change:', ...numbered(problems), '']),
    ...describeDead(state.dead),
    ...(version === undefined
      ? []
      : [
          problems.length === 0 ? 'What it does:' : 'What a release will do then:',
          ...numbered(stepsOf(state).map(({ does }) => does)),
          'The tag starts .github/workflows/release.yml: .ci/run once more, then npm publish --provenance.',
        ]),
  ].join('\n');
}
