import { md5 } from '../formats/digests';
import { firstRegion, partitionOf } from '../formats/regions';
import { S3Error } from '../refusals/s3-error';
import { writeGiven } from '../text/values';
import { SharedMap } from './shared-map';

export interface KeyPlace {
  readonly account: string;
  /** Is undefined if the bucket answers in every region. */
  readonly region: string | undefined;
}

export const managedKey = 'alias/aws/s3';

const arnForm = /^arn:[\w-]+:kms:(?<region>[\w-]*):(?<account>\d{12}):(?<name>(?<kind>key|alias)\/[\w/-]+)$/;
const aliasForm = /^alias\/[\w/-]+$/;
const idForm = /^(?:[0-9a-f]{8}-(?:[0-9a-f]{4}-){3}[0-9a-f]{12}|mrk-[0-9a-f]{32})$/i;

/** The mock has no KMS: each well-formed name is a key's, and each alias of an account and a region always stands for the same key (F325). */
export function readKmsKeyArn(text: string, place: KeyPlace): string {
  const arn = findKmsKeyArn(text, place);
  if (arn !== undefined) return arn;
  const { region } = arnForm.exec(text)?.groups ?? {};
  if (region !== undefined) throw new S3Error('KmsRegionDiffers', { region });
  const why = `${writeGiven(text)} is neither an id nor an ARN, and an alias begins with alias/`;
  throw new S3Error('KmsKeyIdInvalid', { id: text }, why);
}

export function findKmsKeyArn(text: string, { account, region }: KeyPlace): string | undefined {
  const given = arnForm.exec(text)?.groups;
  if (given !== undefined) {
    const { region: named = '', account: owner = '', name = '', kind } = given;
    if (region !== undefined && named !== region) return undefined;
    return kind === 'key' ? text : makeAliasArn(name, { account: owner, region: named });
  }
  if (aliasForm.test(text)) return makeAliasArn(text, { account, region });
  return idForm.test(text) ? writeKeyArn(text, { account, region }) : undefined;
}

/** Whether it is the key of AWS for S3 in its account and region, which alias/aws/s3 names. */
export function isManagedKey(arn: string): boolean {
  const { region = '', account = '' } = arnForm.exec(arn)?.groups ?? {};
  return arn === makeAliasArn(managedKey, { account, region });
}

/** The replica of a multi-Region key in a region; undefined for a key of one Region. */
export function findRelatedKey(arn: string, region: string | undefined): string | undefined {
  const { account = '', name = '' } = arnForm.exec(arn)?.groups ?? {};
  const [, id] = /^key\/(mrk-\w+)$/.exec(name) ?? [];
  return id === undefined ? undefined : writeKeyArn(id, { account, region });
}

export function hasFormOfKmsKey(text: string): boolean {
  return isKmsArn(text) || aliasForm.test(text) || idForm.test(text);
}

export function isKmsArn(text: string): boolean {
  return arnForm.test(text);
}

/** A name that is not an ARN is looked for in the key's account and region. */
function isNameOfKey(name: string, arn: string): boolean {
  const { region = '', account = '' } = arnForm.exec(arn)?.groups ?? {};
  return readKmsKeyArn(name, { account, region: arnForm.test(name) ? undefined : region }) === arn;
}

function makeAliasArn(alias: string, place: KeyPlace): string {
  const digits = md5(Buffer.from(`${place.account} ${place.region ?? firstRegion} ${alias}`)).toString('hex');
  const [a, b, c, d] = [digits.slice(0, 8), digits.slice(8, 12), digits.slice(13, 16), digits.slice(17, 20)];
  return writeKeyArn(`${a}-${b}-4${c}-8${d}-${digits.slice(20)}`, place);
}

function writeKeyArn(id: string, { account, region = firstRegion }: KeyPlace): string {
  return `arn:${partitionOf(region)}:kms:${region}:${account}:key/${id}`;
}

export const kmsKeyStates = ['enabled', 'disabled', 'pending deletion', 'missing'] as const;

/** The state of a KMS key. */
export type KmsKeyState = (typeof kmsKeyStates)[number];

/** A key about which a test said nothing is enabled (F632). */
export class Kms {
  /** The states by the names that a test uses. A later entry decides. */
  readonly #keys = new SharedMap<string, KmsKeyState>();

  /** The name stands for the key in every account and region, unless it is an ARN. */
  set(name: string, state: KmsKeyState): void {
    this.#keys.delete(name);
    this.#keys.set(name, state);
  }

  findState(arn: string): { readonly name: string; readonly state: KmsKeyState } | undefined {
    if (this.#keys.size === 0) return undefined;
    const [name, state] = [...this.#keys].findLast(([one]) => isNameOfKey(one, arn)) ?? [];
    return name === undefined || state === undefined ? undefined : { name, state };
  }

  check(arn: string): void {
    const { name, state } = this.findState(arn) ?? {};
    const why = `kmsKeys has '${name}' as '${state}'`;
    if (state === 'disabled') throw new S3Error('KmsKeyDisabled', { arn }, why);
    if (state === 'pending deletion') throw new S3Error('KmsKeyPendingDeletion', { arn }, why);
    if (state === 'missing') throw new S3Error('KmsKeyMissing', { arn }, why);
  }

  get state(): ReadonlyMap<string, KmsKeyState> {
    return this.#keys.state;
  }

  restore(state: ReadonlyMap<string, KmsKeyState>): void {
    this.#keys.restore(state);
  }
}
