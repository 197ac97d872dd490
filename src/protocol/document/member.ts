import type { Dialect } from '../../dialects';
import type { MemberNames } from '../../shapes/member-names';
import type { DialectName } from '../../wire';
import type { Form } from '../form/form';
import type { Refusals } from '../request/stages';
import type { Element, Values } from './elements';

/** The parts of a request that members are read from. */
export interface Source {
  readonly dialect: Pick<Dialect, 'name'>;
  readonly headers: ReadonlyMap<string, string>;
  readonly trailers: ReadonlyMap<string, string>;
  readonly query: ReadonlyMap<string, string>;
  readonly bucket: string | undefined;
  readonly key: string | undefined;
  /** Without framing. */
  readonly body: Uint8Array;
  /** The browser's form that the request is. */
  readonly form?: Form;
}

/** The parts of an answer that members are written into. */
export interface Draft {
  status: number;
  readonly headers: (readonly [name: string, value: string])[];
  body: Uint8Array | undefined;
}

/** The parts of a request that cannot be read. */
export interface Unreadable {
  /** The refusals of those that S3 refuses. */
  readonly refusals: Refusals;
  /** The texts that are no value of their members, as they were sent. */
  readonly texts: Record<string, string>;
}

/** A member of an input or output, and its place outside of XML. */
export interface Member<T> {
  readonly at: 'header' | 'prefixHeaders' | 'query' | 'label' | 'payload' | 'blob' | 'form' | 'status';
  readonly dialect?: DialectName;
  /** The names of the members in it; a single value has none. */
  readonly names?: MemberNames;
  read?(source: Source, name: string, found: Unreadable): T | undefined;
  write?(value: T, draft: Draft): void;
}

// biome-ignore lint/suspicious/noExplicitAny: a record mixes members of all types; `Input` restores the type of each
export type InputMembers = Readonly<Record<string, Member<any>>>;
// biome-ignore lint/suspicious/noExplicitAny: as above
export type OutputMembers = Readonly<Record<string, Member<any> | Element<any>>>;

/** The values that a handler gets for the declared members. */
export type Input<M extends InputMembers> = Values<{ [K in keyof M]: M[K] extends Member<infer T> ? T : never }>;

/** The values of the members of an output. */
export type OutputValues<S extends OutputMembers> = {
  [K in keyof S]: S[K] extends Member<infer T> ? T : S[K] extends Element<infer T> ? T : never;
};
