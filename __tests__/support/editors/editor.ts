import { spawn } from 'node:child_process';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { root } from '../../house/files';
import { LanguageServer } from './lsp';

/** The compilers that an editor may have, by the names under which the checkout has them. */
export const compilers = {
  '5.4': 'typescript-5.4',
  '5.9': 'typescript-5.9',
  '6.0': 'typescript',
  '7.0': 'typescript-7',
} as const;

export type Compiler = keyof typeof compilers;

export interface Known {
  readonly version: string;
  readonly offered: readonly (readonly string[])[];
  readonly shown: readonly string[];
  readonly errors: readonly ShownError[];
}

interface ShownError {
  readonly start: number;
  readonly length: number;
  readonly text: string;
}

interface Completion {
  readonly name: string;
  readonly sortText: string;
}

interface Questions {
  readonly file: string;
  readonly text: string;
  /** Offsets in the text. */
  readonly places: readonly number[];
}

export function knownBy(compiler: Compiler, folder: string, questions: Questions): Promise<Known> {
  return compiler === '7.0' ? knownByServer(folder, questions) : knownByService(compiler, folder, questions);
}

function inOrder(completions: readonly Completion[]): readonly string[] {
  const order = (a: string, b: string) => (a < b ? -1 : a > b ? 1 : 0);
  return completions
    .toSorted((a, b) => order(a.sortText, b.sortText) || order(a.name, b.name))
    .map(({ name }) => name.replace(/^"(.*)"$/, '$1'));
}

interface ServiceAnswers extends Omit<Known, 'offered' | 'shown'> {
  readonly completions: readonly (readonly Completion[])[];
  readonly hovers: readonly string[];
}

/** Before TypeScript 7 the service is a part of the compiler. Each has a process, so that they work side by side. */
async function knownByService(compiler: Compiler, folder: string, questions: Questions): Promise<Known> {
  const program = join(root, '__tests__/support/editors/service.cjs');
  const child = spawn(process.execPath, [program, join(root, 'node_modules', compilers[compiler]), folder], {
    stdio: ['pipe', 'pipe', 'inherit'],
  });
  const written: Buffer[] = [];
  child.stdout.on('data', (bytes: Buffer) => written.push(bytes));
  const ended = new Promise((resolve) => child.once('close', resolve));
  child.stdin.end(JSON.stringify(questions));
  const code = await ended;
  if (code !== 0) throw new Error(`the language service of TypeScript ${compiler} ended with ${code}`);
  const answers: ServiceAnswers = JSON.parse(Buffer.concat(written).toString());
  const { version, completions, hovers, errors } = answers;
  return { version, offered: completions.map(inOrder), shown: hovers, errors };
}

interface Position {
  readonly line: number;
  readonly character: number;
}

interface ServerItem {
  readonly label: string;
  readonly sortText?: string;
}

interface ServerError {
  readonly range: { readonly start: Position; readonly end: Position };
  readonly message: string;
}

async function knownByServer(folder: string, questions: Questions): Promise<Known> {
  const program = join(root, 'node_modules', compilers['7.0'], 'bin/tsc');
  const server = new LanguageServer(process.execPath, [program, '--lsp', '--stdio'], folder);
  try {
    return await askServer(server, folder, questions);
  } finally {
    await server.end();
  }
}

async function askServer(server: LanguageServer, folder: string, { file, text, places }: Questions): Promise<Known> {
  const uri = pathToFileURL(join(folder, file)).href;
  const workspace = pathToFileURL(folder).href;
  const { positionOf, placeOf } = positionsIn(text);
  const { serverInfo } = await server.ask<{ readonly serverInfo: { readonly version: string } }>('initialize', {
    ...{ processId: process.pid, rootUri: workspace, workspaceFolders: [{ uri: workspace, name: 'project' }] },
    capabilities: { textDocument: { hover: { contentFormat: ['plaintext'] } } },
  });
  server.notify('initialized', {});
  server.notify('textDocument/didOpen', { textDocument: { uri, languageId: 'typescript', version: 1, text } });
  const textDocument = { uri };
  const offered: (readonly string[])[] = [];
  const shown: string[] = [];
  for (const place of places) {
    const at = { textDocument, position: positionOf(place) };
    const list = await server.ask<{ readonly items: readonly ServerItem[] } | null>('textDocument/completion', at);
    offered.push(inOrder((list?.items ?? []).map(completionOf)));
    const hover = await server.ask<{ readonly contents: { readonly value: string } } | null>('textDocument/hover', at);
    shown.push(hover?.contents.value ?? '');
  }
  const report = { textDocument };
  const { items } = await server.ask<{ readonly items: readonly ServerError[] }>('textDocument/diagnostic', report);
  const errors = items.map(({ range, message }) => {
    const start = placeOf(range.start);
    return { start, length: placeOf(range.end) - start, text: message };
  });
  return { version: serverInfo.version, offered, shown, errors };
}

function completionOf({ label, sortText = label }: ServerItem): Completion {
  return { name: label.replace(/\?$/, ''), sortText };
}

function positionsIn(text: string) {
  const starts = [0, ...[...text.matchAll(/\n/g)].map(({ index }) => index + 1)];
  return {
    positionOf(place: number): Position {
      const line = starts.findLastIndex((start) => start <= place);
      return { line, character: place - (starts[line] ?? 0) };
    },
    placeOf: ({ line, character }: Position) => (starts[line] ?? 0) + character,
  };
}
