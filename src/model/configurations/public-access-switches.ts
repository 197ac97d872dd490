import { S3Error } from '../../refusals/s3-error';
import type { StructureValue } from '../../shapes/shape';
import { boolean } from '../../shapes/values';

export const publicAccessSwitches = {
  BlockPublicAcls: boolean,
  IgnorePublicAcls: boolean,
  BlockPublicPolicy: boolean,
  RestrictPublicBuckets: boolean,
};

/** A switch of a public access block. */
export type PublicAccessSwitch = keyof typeof publicAccessSwitches;

/** A public access block as it is stored: a switch that its document left out is off. */
export type PublicAccessBlock = Readonly<Partial<Record<PublicAccessSwitch, boolean>>>;

export function acceptBlock(
  document: StructureValue<typeof publicAccessSwitches>,
  switches: readonly PublicAccessSwitch[],
): PublicAccessBlock {
  const strange = Object.keys(document).find((name) => !switches.some((one) => one === name));
  if (strange !== undefined) throw new S3Error('MalformedXML', {}, `the service has no ${strange}`);
  if (Object.keys(document).length === 0)
    throw new S3Error('PublicAccessBlockEmpty', {}, `the document has none of ${switches.join(', ')}`);
  return setAll(switches, (name) => document[name] ?? false);
}

export function setAll(
  switches: readonly PublicAccessSwitch[],
  isOn: (name: PublicAccessSwitch) => boolean,
): PublicAccessBlock {
  return Object.freeze(Object.fromEntries(switches.map((name) => [name, isOn(name)])));
}
