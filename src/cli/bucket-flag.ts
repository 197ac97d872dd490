import { type BucketFixture, bucketOptions, optionNames } from '../preset/bucket-fixture';
import { hintFor } from '../text/spelling';
import { splitSettings } from './flag-values';
import { flagsIn, mockFlags } from './flags';
import { UsageError } from './usage-error';

type Words<Name extends keyof BucketFixture> = readonly Extract<BucketFixture[Name], string>[];

/** The settings of `--bucket`, each with its words. The mock judges those that have none here. */
const settings: {
  readonly [Name in keyof BucketFixture]?: Words<Name> | readonly ('true' | 'false')[] | undefined;
} = {
  versioning: ['Enabled', 'Suspended'],
  mfaDelete: ['Enabled', 'Disabled'],
  objectLock: ['true', 'false'],
  region: undefined,
  owner: undefined,
  acl: bucketOptions.acl.shape.shortForms as Words<'acl'>, // its own words
  ownershipControls: ['BucketOwnerEnforced', 'BucketOwnerPreferred', 'ObjectWriter'],
  encryption: ['AES256', 'aws:kms', 'aws:kms:dsse'],
  accelerate: ['Enabled', 'Suspended'],
  requestPayment: ['Requester', 'BucketOwner'],
  abac: ['Enabled', 'Disabled'],
};
export const settingNames = Object.keys(settings);
const words: ReadonlyMap<string, readonly string[] | undefined> = new Map(Object.entries(settings));

/** Reads the settings of `--bucket vault:versioning=Enabled`, and names what is wrong in the words of the command line. */
export function readSettings(argument: string, text: string): BucketFixture {
  const at = `--bucket ${argument}`;
  const given = splitSettings(text, at, 'versioning=Enabled');
  return Object.fromEntries(given.map(([name, value]) => [name, readSetting(at, name, value)]));
}

function readSetting(at: string, name: string, value: string): string | boolean {
  if (!words.has(name)) throw new UsageError(`${at}: ${writeUnknown(name)}`);
  const right = words.get(name);
  if (right !== undefined && !right.includes(value))
    throw new UsageError(`${at}: expected ${right.slice(0, -1).join(', ')} or ${right.at(-1)}.`);
  return name === 'objectLock' ? value === 'true' : value;
}

function writeUnknown(name: string): string {
  if (optionNames.some((option) => option === name)) return `write ${name} in a file of --fixtures.`;
  const flag = flagsIn(mockFlags).find(({ path: [option] }) => option === name)?.flag;
  if (flag !== undefined) return `${name} is no setting of a bucket. Write ${flag}.`;
  return (
    `there is no setting '${name}'.${hintFor(name, settingNames)} The settings are: ${settingNames.join(', ')}. ` +
    'Write others, such as a policy, in a file of --fixtures.'
  );
}
