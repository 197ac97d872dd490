import { isBatch } from '../journal/batch';
import type { OperationName, ServiceName } from '../journal/entry';
import type { FailureKind } from '../mock/exploration';
import { type NotedRequest, nameEntries, type Varying } from './noted-request';

/** A failure at a request. */
export interface PlannedFailure {
  /** The name of the way: the request and the failure. */
  readonly name: string;
  readonly kind: FailureKind;
  /** The id of the request. */
  readonly id: string;
  readonly request: NotedRequest;
  /** The code of the error, if the failure is an error of S3. */
  readonly code: string;
  /** The place of the entry of a batch that fails, and how it is named. */
  readonly entry?: { readonly index: number; readonly name: string };
}

/** What the operations of the mock say about failures. */
export interface OperationTraits {
  readonly hasBody: (operation: OperationName) => boolean;
  readonly mayFailIn200: (operation: OperationName) => boolean;
  readonly isWrite: (operation: OperationName) => boolean;
}

/** What decides whether a request can fail in a way. */
export type RequestOfFailure = Pick<NotedRequest, 'operation' | 'entry' | 'hasTimer'>;

export interface NamedRequest {
  readonly id: string;
  readonly name: string;
  readonly request: NotedRequest;
}

/** The codes of each service for an error of its own. SDKs repeat all of them, each in another way: at once, more slowly, or on another connection. */
const codesOfTrouble: Readonly<Record<ServiceName, readonly [string, ...string[]]>> = {
  s3: ['InternalError', 'SlowDown', 'RequestTimeout'],
  's3-control': ['InternalError', 'SlowDown', 'RequestTimeout'],
  sts: ['InternalFailure'],
};

/** Failures after which the same request can succeed. */
const passing: ReadonlySet<FailureKind> = new Set([
  ...(['fail', 'disconnect before', 'disconnect during', 'disconnect after'] as const),
  ...(['no answer before', 'no answer after', 'late', 'corrupt', 'error in 200', 'fail entry'] as const),
]);

export function passes(kind: FailureKind): boolean {
  return passing.has(kind);
}

/** Returns the failures of each request, in the order of the requests. */
export function listFailures(
  requests: readonly NamedRequest[],
  kinds: readonly FailureKind[],
  { traits, varying }: { readonly traits: OperationTraits; readonly varying: Varying },
): readonly PlannedFailure[] {
  return requests.flatMap(({ id, name, request }) =>
    kinds.flatMap((kind): readonly PlannedFailure[] => {
      if (!canFail(request, kind, traits)) return [];
      const [code, ...others] = codesOfTrouble[request.service];
      const failure = { name: `${name}, ${kind}`, kind, id, request, code: kind === 'deny' ? 'AccessDenied' : code };
      if (kind === 'fail')
        return [failure, ...others.map((other) => ({ ...failure, name: `${failure.name} ${other}`, code: other }))];
      if (kind !== 'fail entry') return [failure];
      return nameEntries(request, varying).map((entry, index) => ({
        ...failure,
        name: `${failure.name} ${entry}`,
        entry: { index, name: entry },
      }));
    }),
  );
}

/**
 * What leads to the same as another failure is left out: after a read nothing was applied, an answer without a body has no middle, and no answer is
 * late for code that sets no timer. Only answers that S3 gives in the run without a failure can be damaged.
 */
export function canFail(
  { operation, entry, hasTimer }: RequestOfFailure,
  kind: FailureKind,
  traits: OperationTraits,
): boolean {
  const isOperation = operation !== undefined;
  const isCarriedOut = entry !== undefined && entry.error === undefined;
  switch (kind) {
    case 'fail':
    case 'lasting':
    case 'deny':
    case 'disconnect before':
    case 'no answer before':
    case 'crash before':
      return true;
    case 'disconnect after':
    case 'no answer after':
    case 'crash after':
      return isOperation && isCarriedOut && traits.isWrite(operation);
    case 'late':
      return isOperation && isCarriedOut && traits.isWrite(operation) && hasTimer === true;
    case 'disconnect during':
    case 'corrupt':
      return isOperation && isCarriedOut && traits.hasBody(operation);
    case 'error in 200':
      return isOperation && isCarriedOut && traits.mayFailIn200(operation);
    case 'fail entry':
      return isOperation && isCarriedOut && isBatch(operation);
  }
}
