import { dialects } from '../../src/dialects';
import { operations } from '../../src/operations/table';
import { bind } from '../../src/protocol/document/binding';
import type { Members } from '../../src/shapes/shape';

interface Reader {
  readonly input: Members;
}

export const readers = new Map(Object.entries(operations as unknown as Readonly<Record<string, Reader>>)); // without the types of their inputs
/** Reads a document as the input of an operation. */
export function readDocument(name: string, document: string | Buffer) {
  const none = new Map<string, string>();
  const body = typeof document === 'string' ? Buffer.from(document) : document;
  const query = new Map([['id', 'a']]);
  const source = {
    dialect: dialects.aws,
    headers: none,
    trailers: none,
    query,
    bucket: undefined,
    key: undefined,
    body,
  };
  return bind(readers.get(name)?.input ?? {}, source);
}
