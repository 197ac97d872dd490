import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, it } from '@jest/globals';
import { operations } from '../../../src/operations/table';
import { root } from '../files';
import { mendedBy } from '../mended-by';
import { sdkOperations } from '../sdk-types';
import { writeSentMembers } from '../sent-members';

const file = join(root, 'src/operations/lacking/sent-members.ts');
const rows = operations as unknown as Readonly<Record<string, { readonly handle: unknown } | undefined>>; // whatever their inputs are
const lacking = sdkOperations.filter((name) => rows[name] !== undefined && rows[name].handle === undefined).toSorted();
/** The text without its layout, which `npm run format` decides. */
const words = (text: string) =>
  text
    .replace(/\s+/g, '')
    .replace(/,(?=[)}\]])/g, '')
    .replaceAll('<|', '<');

const written = writeSentMembers(lacking);
if (process.env['WRITE_SHAPES']) writeFileSync(file, written);

it('the members of operations that the mock lacks are those of the schemas of the SDK', () => {
  mendedBy('npm run generate shapes', () => expect(words(readFileSync(file, 'utf8'))).toBe(words(written)));
});
