import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { posix } from 'node:path';

export function brokenLinks(folder: string, page: string): readonly string[] {
  const place = new Place(folder);
  return targetsOf(proseOf(folder, page)).filter((target) => !isAddress(target) && place.isBroken(page, target));
}

export function addressesOf(folder: string, page: string): readonly string[] {
  const found = proseOf(folder, page).matchAll(/\]\(([a-z]+:[^)\s]*)\)|\b([a-z]+:\/\/[^\s<>"]+)/g);
  // A sentence may end behind an address, or a parenthesis close.
  return [...found].map(([, link, text = '']) => link ?? text.replace(/[).,;:]+$/, ''));
}

function proseOf(folder: string, page: string): string {
  return textOf(folder, page)
    .replace(/^ *```[\s\S]*?^ *```/gm, '')
    .replace(/(`+)(?!`)[^\n]*?(?<!`)\1(?!`)/g, '');
}

function targetsOf(prose: string): readonly string[] {
  const links = prose.matchAll(/\]\(<?([^)\s>]*)>?(?: "[^"]*")?\)|^\[[^\]]+\]: (\S+)|\b(?:href|src)="([^"]*)"/gm);
  return [...links].map(([, inline, below, html]) => inline ?? below ?? html ?? '');
}

function isAddress(target: string): boolean {
  return /^[a-z]+:/.test(target);
}

/** A folder as it is during one look at the links of a page: a page of facts has thousands, most of them to itself. */
class Place {
  readonly #folder: string;
  readonly #anchors = new Map<string, ReadonlySet<string>>();
  readonly #names = new Map<string, ReadonlySet<string>>();

  constructor(folder: string) {
    this.#folder = folder;
  }

  isBroken(page: string, target: string): boolean {
    const [file = '', anchor] = decodeURI(target).split('#');
    const path = file === '' ? page : posix.join(posix.dirname(page), file);
    if (target === '' || !this.#existsAsWritten(path)) return true;
    return anchor !== undefined && !(path.endsWith('.md') && this.#anchorsOf(path).has(anchor));
  }

  /** Whether a path leads into the folder, with the case of letters that the file system of others may not forgive. */
  #existsAsWritten(path: string): boolean {
    if (path.startsWith('..') || path.startsWith('/') || !existsSync(posix.join(this.#folder, path))) return false;
    const steps = path.replace(/\/$/, '').split('/');
    return steps.every((name, at) => name === '.' || this.#namesIn(steps.slice(0, at).join('/')).has(name));
  }

  #anchorsOf(path: string): ReadonlySet<string> {
    const known = this.#anchors.get(path) ?? new Set(anchorsOf(textOf(this.#folder, path)));
    this.#anchors.set(path, known);
    return known;
  }

  #namesIn(path: string): ReadonlySet<string> {
    const known = this.#names.get(path) ?? new Set(readdirSync(posix.join(this.#folder, path)));
    this.#names.set(path, known);
    return known;
  }
}

/** By the text of a document: a page of facts has five hundred headings, and as many links lead to it. */
const anchors = new Map<string, readonly string[]>();

/** As GitHub and npm name them. */
export function anchorsOf(text: string): readonly string[] {
  const known = anchors.get(text) ?? findAnchors(text);
  anchors.set(text, known);
  return known;
}

function findAnchors(text: string): readonly string[] {
  const used = new Map<string, number>();
  return [...text.replace(/^```[\s\S]*?^```/gm, '').matchAll(/^#+ +(.*)$/gm)].map(([, heading = '']) => {
    const name = heading
      .replace(/\[([^\]]*)\]\([^)]*\)/g, '$1')
      .toLowerCase()
      .replace(/[^\p{L}\p{N}\p{M}\s_-]/gu, '')
      .trim()
      .replace(/\s/g, '-');
    const count = used.get(name) ?? 0;
    used.set(name, count + 1);
    return count === 0 ? name : `${name}-${count}`;
  });
}

function textOf(folder: string, page: string): string {
  return readFileSync(posix.join(folder, page), 'utf8');
}
