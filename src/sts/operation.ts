import type { StsCaller } from '../model/sessions/caller';
import type { RequestFacts } from '../model/sessions/trust';
import type { Store } from '../model/store';
import type { Members, StructureValue } from '../shapes/shape';
import type { Said } from '../text/reason';

export interface StsContext {
  readonly store: Store;
  readonly facts: RequestFacts;
}

export interface SignedContext extends StsContext {
  readonly caller: StsCaller;
}

/** The answer, and a sentence for the journal on what AWS would have refused. */
export interface Handled<O> {
  readonly output: O;
  readonly note?: Said | undefined;
}

export interface StsOperation<I, O, Handle = (context: SignedContext, input: I) => Handled<O>> {
  readonly input: Members;
  readonly output: Members;
  /** Whether the request is signed. If not, a token in the input names the caller (F735). */
  readonly isSigned: boolean;
  /** Whether only regional endpoints have the operation (F1711). */
  readonly isRegional?: boolean;
  /** The handler; undefined if this library lacks the operation. */
  readonly handle: Handle | undefined;
  readonly whyLacking: string | undefined;
}

export function operation<
  const I extends Members,
  const O extends Members,
  Handle extends (context: SignedContext, input: StructureValue<I>) => Handled<StructureValue<O>>,
>(declaration: { readonly input: I; readonly output: O; readonly handle: Handle }) {
  return { ...declaration, isSigned: true, whyLacking: undefined };
}

export function unsignedOperation<
  const I extends Members,
  const O extends Members,
  Handle extends (context: StsContext, input: StructureValue<I>) => Handled<StructureValue<O>>,
>(declaration: { readonly input: I; readonly output: O; readonly handle: Handle }) {
  return { ...declaration, isSigned: false, whyLacking: undefined };
}

export function lacking<const I extends Members>(whyLacking: string, input: I, { isSigned } = { isSigned: true }) {
  return { input, output: {}, handle: undefined, isSigned, whyLacking };
}
