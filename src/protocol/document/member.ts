import type { Dialect } from '../../dialects';
import type { S3Error } from '../../refusals';
import type { Form } from '../form/form';
import type { Refusals, Stage } from '../request/stages';

export interface Source {
  readonly dialect: Pick<Dialect, 'name'>;
  readonly headers: ReadonlyMap<string, string>;
  readonly trailers: ReadonlyMap<string, string>;
  readonly query: ReadonlyMap<string, string>;
  readonly bucket: string | undefined;
  readonly key: string | undefined;
  /** Without framing. */
  readonly body: Uint8Array;
  readonly form?: Form;
}

export interface Draft {
  status: number;
  readonly headers: (readonly [name: string, value: string])[];
  /** Bytes of an object, or a text that is answered in place of a document. */
  body: Uint8Array | string | undefined;
}

/** The parts of a request that cannot be read. */
export interface Unreadable {
  readonly refusals: Refusals;
  readonly texts: Record<string, string>;
}

export type ReadMember = (source: Source, found: Unreadable) => unknown;

/** Writes a member into an answer. It gets only values that the member's shape has. */
export type WriteMember = (value: never, draft: Draft) => void;

/** The functions that read and write a member, as far as requests and answers may have it. */
export interface MemberBinding {
  /** The header without which a request does not have the member, if there is one: most requests lack most members. */
  readonly header?: string;
  readonly read?: ReadMember;
  readonly write?: WriteMember;
}

/** Keeps a refusal, unless there is one at its stage, and returns the value of what is refused: none. */
export function report({ refusals }: Pick<Unreadable, 'refusals'>, stage: Stage, refusal: S3Error): undefined {
  refusals[stage] ??= refusal;
}
