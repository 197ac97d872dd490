import { existsSync, readFileSync } from 'node:fs';
import { posix } from 'node:path';

/** The links of a document that lead to no file, or to no heading of one; addresses of the web aside. */
export function brokenLinks(folder: string, page: string): readonly string[] {
  const prose = textOf(folder, page)
    .replace(/^```[\s\S]*?^```/gm, '')
    .replace(/`[^`\n]*`/g, '');
  const targets = [...prose.matchAll(/\]\(([^)\s]+)\)|^\[[^\]]+\]: (\S+)/gm)].map(
    ([, inline, below]) => inline ?? below,
  );
  return targets.filter((target = '') => !/^[a-z]+:/.test(target) && isBroken(folder, page, target)).map(String);
}

function isBroken(folder: string, page: string, target: string): boolean {
  const [file = '', anchor] = target.split('#');
  const path = file === '' ? page : posix.join(posix.dirname(page), file);
  if (!existsSync(posix.join(folder, path))) return true;
  return anchor !== undefined && !anchorsOf(textOf(folder, path)).includes(anchor);
}

/** The anchors of a document's headings, as GitHub and npm name them. */
export function anchorsOf(text: string): readonly string[] {
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
