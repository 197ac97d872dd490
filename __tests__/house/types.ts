/**
 * Declarations that the compiler refuses. `npm run check` compiles this file, and fails if one of the lines is accepted.
 * @module
 */
import { operation } from '../../src/operations/operation';
import type { InputOf, OperationName, OutputOf } from '../../src/operations/table';
import { element, list, required } from '../../src/shapes/elements';
import { header, payload, query } from '../../src/shapes/places';
import { boolean, integer, text, words } from '../../src/shapes/values';

const on = words('On');
const action = 'no action';
const misspelt = { Stauts: 'Enabled' };

export const refusedOutputs = () => [
  operation('GET /{Bucket}?a', {
    action,
    root: 'X',
    output: { Status: element(text) },
    // @ts-expect-error a misspelt output member
    handle: () => ({ Stauts: 'x' }),
  }),
  operation('GET /{Bucket}?a', {
    action,
    root: 'X',
    output: { Status: element(text) },
    // @ts-expect-error a misspelt output member, by spread
    handle: () => ({ ...misspelt }),
  }),
  // @ts-expect-error an output, although the declaration has none
  operation('GET /{Bucket}?a', { action, handle: () => ({ Status: 'x' }) }),
  // @ts-expect-error a required member is missing
  operation('GET /{Bucket}?a', { action, root: 'X', output: { Size: required(element(integer)) }, handle: () => ({}) }),
  operation('GET /{Bucket}?a', {
    action,
    output: { Size: required(element(integer)) },
    // @ts-expect-error a required member that may be undefined
    handle: () => ({ Size: undefined }),
  }),
  // @ts-expect-error a value that the member does not accept
  operation('GET /{Bucket}?a', { action, output: { Status: element(on) }, handle: () => ({ Status: 'Off' as const }) }),
  // @ts-expect-error a handler that returns a promise
  operation('GET /{Bucket}?a', { action, output: { Status: element(text) }, handle: async () => ({ Status: 'x' }) }),
];

export const refusedInputs = () => [
  operation('PUT /{Bucket}/{Key+}', {
    action,
    handle: (_context, { Bucket, Key }) => {
      Bucket satisfies string;
      Key satisfies string;
    },
  }),
  // @ts-expect-error no action
  operation('PUT /{Bucket}', { handle: () => undefined }),
  // @ts-expect-error a label that the pattern does not have
  operation('PUT /{Bucket}', { action, handle: (_context, { Key }) => void Key }),
  // @ts-expect-error a member that is not declared
  operation('PUT /{Bucket}', { action, input: { MFA: header('x-amz-mfa') }, handle: (_context, { Mfa }) => void Mfa }),
  operation('PUT /{Bucket}', {
    action,
    input: { MaxKeys: query('max-keys', integer), MFA: header('x-amz-mfa') },
    handle: (_context, { MaxKeys, MFA }) => {
      // @ts-expect-error a header may be missing
      MFA satisfies string;
      MaxKeys satisfies number | undefined;
    },
  }),
  operation('POST /{Bucket}?delete', {
    action,
    input: {
      Delete: payload({ Objects: required(list({ Key: required(element(text)) }, 'Object')), Quiet: element(boolean) }),
    },
    handle: (_context, { Delete }) => {
      for (const { Key } of Delete.Objects) Key satisfies string;
      Delete.Quiet satisfies boolean | undefined;
    },
  }),
];

export const ofTheTable = (input: InputOf<'PutBucketVersioning'>, output: OutputOf<'GetBucketVersioning'>) => {
  input.Bucket satisfies string;
  input.VersioningConfiguration.Status satisfies 'Enabled' | 'Suspended' | undefined;
  input.MFA satisfies string | undefined;
  // @ts-expect-error the SDKs' name is MFADelete
  input.VersioningConfiguration.MfaDelete;
  output.Status satisfies 'Enabled' | 'Suspended' | undefined;
  // @ts-expect-error S3 has no such operation
  'PutBucketVersionning' satisfies OperationName;
};
