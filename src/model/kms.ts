import { S3Error } from '../refusals/s3-error';
import { isNameOfKey } from './kms-keys';

/** Only an enabled key encrypts and decrypts. */
export const kmsKeyStates = ['enabled', 'disabled', 'pending deletion', 'missing'] as const;

/** The state of a KMS key. */
export type KmsKeyState = (typeof kmsKeyStates)[number];

/** By the names that a test gave the keys. A later entry decides. */
type KmsKeys = ReadonlyMap<string, KmsKeyState>;

/** A key about which a test said nothing is enabled (F632). */
export class Kms {
  #keys: KmsKeys = new Map();

  /** The name stands for the key in every account and region, unless it is an ARN. */
  set(name: string, state: KmsKeyState): void {
    const others = [...this.#keys].filter(([other]) => other !== name);
    this.#keys = new Map([...others, [name, state]]);
  }

  /** Returns the name that a test gave the key; undefined if a test said nothing about it. */
  stateOf(arn: string): { readonly name: string; readonly state: KmsKeyState } | undefined {
    if (this.#keys.size === 0) return undefined;
    const [name, state] = [...this.#keys].findLast(([one]) => isNameOfKey(one, arn)) ?? [];
    return name === undefined || state === undefined ? undefined : { name, state };
  }

  /** Throws unless the key with an ARN encrypts and decrypts (F632). */
  check(arn: string): void {
    const { name, state } = this.stateOf(arn) ?? {};
    const why = `kmsKeys has '${name}' as '${state}'`;
    if (state === 'disabled') throw new S3Error('KmsKeyDisabled', { arn }, why);
    if (state === 'pending deletion') throw new S3Error('KmsKeyPendingDeletion', { arn }, why);
    if (state === 'missing') throw new S3Error('KmsKeyMissing', { arn }, why);
  }

  get state(): KmsKeys {
    return this.#keys;
  }

  restore(state: KmsKeys): void {
    this.#keys = state;
  }
}
