import { textOf } from './files';

/** A section of the guide to runners: the packages that its command installs, and its files, those for ES modules beside them. */
export interface Section {
  readonly title: string;
  readonly packages: readonly string[];
  readonly files: readonly (readonly [name: string, modules: string, text: string])[];
}

const [, found = ''] = /^## TypeScript under jest\n([\s\S]*?)^## /m.exec(textOf('docs/runners.md')) ?? [];
export const chapter = found;
const [introduction, ...rest] = found.split(/^### /m).map(readSection);
export const sections: readonly Section[] = rest;

function readSection(text: string): Section {
  const [, command = ''] = /^npm install --save-dev ((?:.*\\\n)*.*)$/m.exec(text) ?? [];
  const files = [...text.matchAll(/^`([\w.]+)`( for ES modules)?[^\n]*:\n\n```json\n([\s\S]*?)```$/gm)];
  return {
    title: text.split('\n')[0] ?? '',
    packages: command.split(/[\s\\]+/),
    files: files.map(([, name = '', modules = '', content = '']) => [name, modules, content]),
  };
}

/** The files of a section for a module system: of two with one name, the later. A section without files takes those of the first one. */
export function filesOf({ files }: Section, type: string): readonly (readonly [name: string, text: string])[] {
  const own = files.length > 0 ? files : (rest[0]?.files ?? []);
  return [...(introduction?.files ?? []), ...own].flatMap(([name, modules, text]) =>
    modules === '' || type === 'module' ? [[name, text] as const] : [],
  );
}
