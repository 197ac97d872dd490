// Compiled, never run: inputs of the AWS SDK v3 are expected inputs, so that a test can expect what its code sends.
import type * as sdk from '@aws-sdk/client-s3';
import type { ExpectedInput } from '../../src/journal/entry';

type Inputs = {
  [Name in 'CopyObject' | 'CreateBucket' | 'DeleteObjects' | 'GetObject' | 'ListObjectsV2' | 'PutBucketVersioning']: {
    readonly sent: ConstructorParameters<(typeof sdk)[`${Name}Command`]>[0];
    readonly expected: ExpectedInput<Name>;
  };
};
type Refused = { [Name in keyof Inputs]: Inputs[Name]['sent'] extends Inputs[Name]['expected'] ? never : Name };

export const refused: readonly Refused[keyof Inputs][] = [];
refused satisfies readonly never[];

export const expected = (put: Omit<sdk.PutObjectCommandInput, 'Body'>): ExpectedInput<'PutObject'> => ({
  ...put,
  Body: 'bodies are given as text or bytes',
});

export const mistaken: readonly ExpectedInput<'PutObject'>[] = [
  // @ts-expect-error the SDK has a Date
  { Expires: '2030-01-01' },
  // @ts-expect-error S3 has no such class
  { StorageClass: 'ICE' },
  // @ts-expect-error a size is a number
  { ContentLength: '4' },
];
