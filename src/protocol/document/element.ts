import type { S3Error } from '../../refusals';
import type { XmlElement } from './xml';

/** Takes the refusals that reading finds; the first one counts. */
export type Report = (refusal: S3Error) => void;

/** Reads a member from its parent element, and writes it into it. */
export interface MemberReader {
  /** The names of the child elements that it reads. */
  readonly children: readonly string[];
  readonly read: (parent: XmlElement, report: Report) => unknown;
  /** Gets only values that the member's shape has. */
  readonly write: (value: never) => string;
}

/** Reads and writes the content of one element: a value, or a structure of elements. */
export interface Content {
  readonly read: (element: XmlElement, report: Report) => unknown;
  readonly write: (value: never, name: string) => string;
}

/** The child elements of a name. */
export function childrenOf(parent: XmlElement, name: string): readonly XmlElement[] {
  return parent.children.filter((child) => child.name === name);
}
