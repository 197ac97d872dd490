// What is wrong with a built site: a link that leads to no file or to no heading, an id that a page has twice, and whatever a page would
// load from another place. Addresses of the web behind a link are not asked.
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';

/** The problems of the site in a folder, a sentence each. */
export function problemsOf(folder) {
  const files = readdirSync(folder, { recursive: true }).map((name) => name.replaceAll('\\', '/'));
  const texts = new Map(files.filter((file) => /\.(?:html|css)$/.test(file)).map((file) => [file, readFileSync(join(folder, file), 'utf8')]));
  const pages = new Map([...texts].filter(([file]) => file.endsWith('.html')).map(([file, text]) => [file, pageOf(text)]));
  if (pages.size === 0) return ['the site has no pages'];
  const site = { files: new Set(files), pages };
  return [
    ...[...pages].flatMap(([file, page]) => problemsOfPage(file, page, site)),
    ...[...texts].flatMap(([file, text]) => loadedByStyles(text).map((address) => `${file} loads ${address}`)),
  ];
}

/** The parts of a page that lead elsewhere or are led to. Only what is between angle brackets is an element: text has them escaped. */
function pageOf(text) {
  const elements = [...text.matchAll(/<([a-z][\w-]*)((?:\s+[^\s=>]+(?:="[^"]*")?)*)\s*\/?>/g)].map(([, name, attributes]) => ({
    name,
    ...Object.fromEntries([...attributes.matchAll(/([^\s=]+)="([^"]*)"/g)].map(([, key, value]) => [key, readEntities(value)])),
  }));
  return { elements, ids: elements.flatMap(({ id }) => id ?? []) };
}

function readEntities(text) {
  return text.replaceAll('&quot;', '"').replaceAll('&#39;', "'").replaceAll('&lt;', '<').replaceAll('&gt;', '>').replaceAll('&amp;', '&');
}

function problemsOfPage(file, { elements, ids }, site) {
  const twice = ids.filter((id, at) => ids.indexOf(id) < at);
  const links = elements.flatMap(({ name, href }) => (name === 'a' && href !== undefined ? [href] : []));
  const loaded = elements.flatMap(({ name, href, src }) => [src, name === 'a' ? undefined : href].filter((one) => one !== undefined));
  return [
    ...new Set(twice.map((id) => `${file} has the id ${id} twice`)),
    ...new Set(links.filter((link) => !isAddress(link) && !leadsSomewhere(link, file, site)).map((link) => `${file} links to ${link}`)),
    ...new Set(loaded.filter((one) => isAddress(one) || !leadsSomewhere(one, file, site)).map((one) => `${file} loads ${one}`)),
  ];
}

function isAddress(link) {
  return /^(?:[a-z]+:|\/\/)/.test(link) && !link.startsWith('data:');
}

function leadsSomewhere(link, from, { files, pages }) {
  if (link.startsWith('data:')) return true;
  const { pathname, hash } = new URL(link, new URL(from, 'http://site/'));
  const file = decodeURIComponent(pathname).slice(1).replace(/(^|\/)$/, '$1index.html');
  if (!files.has(file)) return false;
  return hash === '' || (pages.get(file)?.ids.includes(decodeURIComponent(hash.slice(1))) ?? false);
}

/** What a style sheet would load from the web. */
function loadedByStyles(text) {
  return [...text.matchAll(/(?:url\(|@import\s+)["']?((?:https?:)?\/\/[^"')\s]+)/g)].map(([, address]) => address);
}
