import type { S3Error } from '../../refusals/s3-error';
import type { MemberNames } from '../../shapes/member-names';
import type { XmlElement } from './xml';

/** Takes the refusals that reading finds; the first one counts. */
export type Report = (refusal: S3Error) => void;

/** A part of an XML document. It is read from its parent element and written into it. */
export interface Element<T> {
  readonly at: 'element' | 'attribute' | 'text';
  /** The names of the child elements that it reads; undefined means the member's own name. */
  readonly wireNames: readonly (string | undefined)[];
  /** The names of the members in it; a single value has none. */
  readonly names?: MemberNames;
  read(parent: XmlElement, name: string, report: Report): T | undefined;
  write(value: T, name: string): string;
}

/** Members by name, each with its place in the document, in the order in which S3 writes them. */
// biome-ignore lint/suspicious/noExplicitAny: a shape mixes members of all types; `StructureOf` restores the type of each
export type Elements = Readonly<Record<string, Element<any>>>;

/** A member whose value may be undefined is optional; the others are required. */
export type Values<T> = {
  readonly [K in keyof T as undefined extends T[K] ? never : K]: T[K];
} & { readonly [K in keyof T as undefined extends T[K] ? K : never]?: Exclude<T[K], undefined> };

/** The object that a shape reads and writes. */
export type StructureOf<S extends Elements> = Values<{ [K in keyof S]: S[K] extends Element<infer T> ? T : never }>;
