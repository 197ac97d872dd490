// Compiled, never run: the expectations that a value may have.
import type { Expected } from '../../src/journal/input-matching';

interface Input {
  readonly Bucket: string;
  readonly Body?: Uint8Array;
  readonly Status?: 'Enabled' | 'Suspended';
  readonly Expires?: Date;
  readonly Metadata?: Readonly<Record<string, string>>;
  readonly Objects?: readonly { readonly Key: string; readonly VersionId?: string }[];
}
const any = { asymmetricMatch: () => true };

export const accepted: readonly Expected<Input>[] = [
  {},
  any,
  { Bucket: any, Body: any, Objects: any },
  { Body: 'first', Status: 'Enabled', Expires: new Date(0), Metadata: { color: 'red' } },
  { Body: new Uint8Array(1), Metadata: { color: any } },
  { Objects: [{ Key: 'a' }, {}, any] },
  { Status: undefined },
];

export const refused: readonly Expected<Input>[] = [
  // @ts-expect-error a misspelt member
  { Buckett: 'vault' },
  // @ts-expect-error no such state
  { Status: 'Disabled' },
  // @ts-expect-error a Date is expected as a Date
  { Expires: '1970-01-01' },
  // @ts-expect-error a misspelt member of an item
  { Objects: [{ Kay: 'a' }] },
  // @ts-expect-error metadata is text
  { Metadata: { color: 1 } },
];
