import { S3MockError } from '../s3-mock-error';
import type { HostClaims } from './hosts';

/** Runtimes whose fetch, and bun's node:https as well, connect without the functions of Node that a capture replaces. */
const nativeRuntimes = ['bun', 'deno'];

export function nativeRuntime(): string | undefined {
  return nativeRuntimes.find((name) => process.versions[name] !== undefined);
}

/** Throws in such a runtime. `what` is the beginning of the message: the subject that would need captured connections, and its verb. */
export function refuseNativeRuntime(what: string): void {
  const runtime = nativeRuntime();
  if (runtime === undefined) return;
  throw new S3MockError(
    'CANNOT_CAPTURE',
    `${what}, but ${runtime} does not connect through the functions of Node that this replaces, so calls would reach the network. ` +
      'Create the mock with mockS3({ hosts: { only: [] } }), which captures nothing, and let your clients call its port: ' +
      `await s3.listen({ env: true }) tells SDKs its address. docs/runners.md#${runtime} has an example.`,
  );
}

export function claimsNothing({ known, bases, expressions }: HostClaims): boolean {
  return !known && bases.length === 0 && expressions.length === 0;
}
