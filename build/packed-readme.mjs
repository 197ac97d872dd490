/**
 * Makes the links of the README absolute while npm packs it: the page of the package on npm shows neither pictures nor links that lead to files
 * of the repository. `prepack` writes the addresses and `postpack` takes them out again, so that the checkout keeps links which editors and GitHub follow.
 * package.json says where the repository is; as long as it does not, the README is packed as it is.
 */
import { readFileSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { fileURLToPath } from 'node:url';

/** Where GitHub shows the files of a version, and where it has their bytes. Undefined if the manifest names no repository. */
function addressesOf({ repository, version }) {
  const found = /^git\+https:\/\/github\.com\/(.+)\.git$/.exec(repository?.url ?? '')?.[1];
  if (found === undefined) return undefined;
  return {
    pages: `https://github.com/${found}/blob/v${version}/`,
    pictures: `https://raw.githubusercontent.com/${found}/v${version}/`,
  };
}

/** The text of a README with the address in front of each link to a file; headings of the README itself and addresses stay. */
export function withAddresses(text, manifest) {
  const addresses = addressesOf(manifest);
  if (addresses === undefined) return text;
  return outsideOfCode(text, (prose) =>
    prose.replace(/(!?)(\[[^\]]*\]\()(?![a-z]+:|#)/g, (_link, picture, label) => {
      return `${picture}${label}${picture === '!' ? addresses.pictures : addresses.pages}`;
    }),
  );
}

/** The text without these addresses. */
export function withoutAddresses(text, manifest) {
  const addresses = addressesOf(manifest);
  if (addresses === undefined) return text;
  return outsideOfCode(text, (prose) => prose.replaceAll(`](${addresses.pages}`, '](').replaceAll(`](${addresses.pictures}`, ']('));
}

/** The files to which pictures and links of the packed README lead without an address, each once: on the page of npm they are dead. */
export function findDead(text, manifest) {
  const pictures = new Set();
  const links = new Set();
  outsideOfCode(withAddresses(text, manifest), (prose) => {
    const picture = /!\[[^\]]*\]\((?![a-z]+:)([^)\s]+)\)|<img\b[^>]*\bsrc="(?![a-z]+:)([^"]+)"/g;
    for (const [, target, source] of prose.matchAll(picture)) pictures.add(target ?? source);
    // What is left of a picture in a link is the link.
    for (const [, target] of prose.replaceAll(picture, '').matchAll(/\]\((?![a-z]+:|#)([^)\s]+)/g)) links.add(target);
    return prose;
  });
  return { pictures: [...pictures], links: [...links] };
}

function outsideOfCode(text, change) {
  return text
    .split(/^(```[\s\S]*?^```$)/m)
    .map((part, index) => (index % 2 === 0 ? change(part) : part))
    .join('');
}

if (process.argv[1] === fileURLToPath(import.meta.url)) {
  const folder = path.join(import.meta.dirname, '..');
  const readme = path.join(folder, 'README.md');
  const manifest = JSON.parse(readFileSync(path.join(folder, 'package.json'), 'utf8'));
  const before = readFileSync(readme, 'utf8');
  const text = process.argv[2] === 'restore' ? withoutAddresses(before, manifest) : withAddresses(before, manifest);
  if (text !== before) writeFileSync(readme, text);
}
