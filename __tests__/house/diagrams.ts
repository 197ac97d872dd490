import { readFileSync } from 'node:fs';
import vm from 'node:vm';

/** What is used of mermaid, whose package has no types. */
interface Mermaid {
  /** Throws mermaid's error. Its first call loads the kinds of diagrams. */
  parse(text: string): Promise<unknown>;
  readonly mermaidAPI: { getDiagramFromText(text: string): Promise<Diagram> };
}

interface Diagram {
  readonly db: {
    /** A flowchart has them. */
    getEdges?(): readonly { readonly start: string; readonly end: string }[];
  };
}

let loaded: Mermaid | undefined;

/** Mermaid is a script for a page. DOMPurify, a part of it, returns a label as it is if the document cannot make another one. */
function loadMermaid(): Mermaid {
  if (loaded !== undefined) return loaded;
  const window = { document: { nodeType: 9, createElement: () => ({}) }, Element: class {} };
  const context = vm.createContext({ window, console, structuredClone, TextDecoder, TextEncoder, URL });
  vm.runInContext(readFileSync(require.resolve('@mermaid-js/tiny'), 'utf8'), context);
  loaded = vm.runInContext('mermaid', context) as Mermaid; // what the script declares
  return loaded;
}

/** The arrows of a diagram as mermaid's own parser reads them. Throws mermaid's error if mermaid cannot draw the diagram. */
export async function arrowsOf(diagram: string): Promise<readonly (readonly [from: string, to: string])[]> {
  const mermaid = loadMermaid();
  await mermaid.parse(diagram);
  const { db } = await mermaid.mermaidAPI.getDiagramFromText(diagram);
  return (db.getEdges?.() ?? []).map(({ start, end }) => [start, end] as const);
}
