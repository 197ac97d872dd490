import { type KmsKeyState, kmsKeyStates, managedKey, readKmsKeyArn } from '../model/kms';
import type { Store } from '../model/store';
import { type Habits, makeClosedObject, sameCure } from '../text/closed-members';
import { refuseFurtherArguments } from '../text/extra-arguments';
import { invalidValue } from '../text/invalid-value';
import { makeMistake } from '../text/mistakes';
import { isRecord } from '../text/value-kinds';
import { catchRefusal } from './literals';

/**
 * The states of KMS keys by their ids, ARNs or aliases. Every other well-formed name is the name of an enabled key. A name that is not an
 * ARN means the key with that name in every account and region.
 *
 * @example
 * mockS3({ kmsKeys: { 'alias/vault': 'disabled', '1234abcd-12ab-34cd-56ef-1234567890ab': 'pending deletion' } });
 */
export type KmsKeyFixtures = Readonly<Record<string, KmsKeyState>>;

/** The KMS keys that S3 encrypts objects with, as a test controls them. The mock does not evaluate their policies. */
export interface KmsKeysHandle {
  /**
   * Gives a state to the key with an id, an ARN or an alias. S3 refuses to write with a key that is disabled, pending deletion or missing,
   * and to read the objects that it encrypts. Throws a TypeError for a text that cannot be the name of a key.
   *
   * @example
   * s3.kmsKeys.set('alias/vault', 'disabled');
   */
  set(key: string, state: KmsKeyState): void;
}

const habits: Habits<KmsKeysHandle> = sameCure(
  ['get', 'disable', 'enable', 'add', 'remove', 'delete', 'schedule', 'state'],
  "Write set('alias/vault', 'disabled').",
);

export function makeKmsKeysHandle(store: () => Store): KmsKeysHandle {
  const members: KmsKeysHandle = { set: (key, state) => setKey(store(), 's3.kmsKeys.set', key, state) };
  const handle = makeClosedObject({ label: 's3.kmsKeys', cures: habits }, members);
  refuseFurtherArguments(handle, () => 's3.kmsKeys', { set: [2, () => 'a key and its state'] });
  return handle;
}

export function addKmsKeys(store: Store, keys: KmsKeyFixtures = {}): void {
  if (!isRecord(keys))
    throw invalidValue('mockS3', 'kmsKeys', keys, "an object of states by key, such as { 'alias/vault': 'disabled' }");
  for (const [key, state] of Object.entries(keys)) setKey(store, 'mockS3: kmsKeys', key, state);
}

function setKey({ kms }: Store, at: string, key: string, state: KmsKeyState): void {
  if (!isName(key)) throw invalidValue(at, 'KMS key', key, "an id, an ARN, or an alias such as 'alias/vault'");
  if (key.endsWith(managedKey))
    throw makeMistake(`${at}: '${key}' is the key that AWS makes for S3, which is always enabled. Give another key.`);
  if (!kmsKeyStates.includes(state))
    throw invalidValue(`${at}: '${key}'`, 'state', state, `one of ${kmsKeyStates.join(', ')}`, kmsKeyStates);
  kms.set(key, state);
}

function isName(key: unknown): key is string {
  const read = () => readKmsKeyArn(String(key), { account: '000000000000', region: undefined });
  return typeof key === 'string' && catchRefusal(read) === undefined;
}

export function kmsKeysLiteral({ kms }: Store): KmsKeyFixtures | undefined {
  return kms.state.size === 0 ? undefined : Object.fromEntries(kms.state);
}
