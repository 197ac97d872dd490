import type { StsCaller } from '../model/sessions/caller';
import type { RequestFacts } from '../model/sessions/request-facts';
import type { Store } from '../model/store';
import type { Members, StructureValue } from '../shapes/shape';

/** The values that a handler of STS gets beside its input. */
interface StsContext {
  readonly store: Store;
  /** The facts that the request says beside its parameters. */
  readonly facts: RequestFacts;
}

/** The same with the sender, whom the checks of the signature found. */
interface SignedContext extends StsContext {
  readonly caller: StsCaller;
}

/** The values that a handler returns: the answer, and a sentence for the journal on what AWS would have refused. */
interface Handled<O> {
  readonly output: O;
  readonly note?: string | undefined;
}

/** An operation of STS: its members in the order of the wire, and what it does. */
export interface StsOperation<I, O> {
  readonly input: Members;
  readonly output: Members;
  /** Whether its sender signs it: of two operations a token in the input names the caller (F735). */
  readonly isSigned: boolean;
  /** Carries out a request whose sender is known; undefined if nobody signs the operation, or if this library lacks it. */
  readonly handle: ((context: SignedContext, input: I) => Handled<O>) | undefined;
  /** Carries out a request that nobody signed; undefined for all other operations. */
  readonly handleUnsigned: ((context: StsContext, input: I) => Handled<O>) | undefined;
  /** Why this library lacks it; undefined if it does not. */
  readonly whyLacking: string | undefined;
}

interface Declaration<I extends Members, O extends Members> {
  readonly input: I;
  readonly output: O;
}

type Signed<I, O> = (context: SignedContext, input: I) => Handled<O>;
type Unsigned<I, O> = (context: StsContext, input: I) => Handled<O>;

const nothing = { isSigned: true, handle: undefined, handleUnsigned: undefined, whyLacking: undefined };

/** Declares an operation that its sender signs. */
export function signed<const I extends Members, const O extends Members>(
  declaration: Declaration<I, O> & { readonly handle: Signed<StructureValue<I>, StructureValue<O>> },
): StsOperation<StructureValue<I>, StructureValue<O>> {
  return { ...nothing, ...declaration };
}

/** Declares an operation that nobody signs: a token in its input names the caller. */
export function unsigned<const I extends Members, const O extends Members>({
  handle,
  ...declaration
}: Declaration<I, O> & { readonly handle: Unsigned<StructureValue<I>, StructureValue<O>> }): StsOperation<
  StructureValue<I>,
  StructureValue<O>
> {
  return { ...nothing, ...declaration, isSigned: false, handleUnsigned: handle };
}

/** Declares an operation that STS has and this library lacks. It is recorded with its members, and refused with the reason. */
export function lacking<const I extends Members>(
  whyLacking: string,
  input: I,
  { isSigned } = { isSigned: true },
): StsOperation<StructureValue<I>, undefined> {
  return { ...nothing, input, output: {}, whyLacking, isSigned };
}
