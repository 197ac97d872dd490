import type { NamedEncryption, NewEncryption, Secret } from './history-encryption';
import { Refused } from './naive-refusals';

export interface Encrypted {
  readonly told: string;
  readonly secret?: Secret | undefined;
}

const invalid = (message: string) => new Refused({ status: 400, code: 'InvalidRequest', message });
const differs = 'The provided encryption parameters did not match the ones used originally.';

export class NaiveEncryption {
  #byDefault: NamedEncryption = {};
  #blocked = false;

  /** A configuration without a block, and none, leave what a new bucket has: the mock's new buckets block nothing (F321). */
  configure(byDefault: NamedEncryption, blocked = false): void {
    this.#byDefault = byDefault;
    this.#blocked = blocked;
  }

  /** Whether the owner of the bucket named an algorithm. */
  get isExplicit(): boolean {
    return this.#byDefault.algorithm !== undefined;
  }

  /** The block comes before every other check (F322). */
  checkBlock(secret: Secret | undefined): void {
    if (secret === undefined || !this.#blocked) return;
    throw new Refused({ status: 403, code: 'AccessDenied', message: 'blocked' });
  }

  ofWrite(named: NewEncryption = {}): Encrypted {
    if ('secret' in named) return ofCustomer(named.secret);
    const algorithm = named.algorithm ?? this.#byDefault.algorithm ?? 'AES256';
    if (algorithm === 'AES256') return { told: algorithm };
    const key = (named.algorithm === undefined ? this.#byDefault : named).ownKey ? 'own' : 'managed';
    const hasBucketKey = algorithm === 'aws:kms' && (named.bucketKey ?? this.#byDefault.bucketKey);
    return { told: `${algorithm} ${key}${hasBucketKey ? ' bucket key true' : ''}` };
  }
}

function ofCustomer(secret: Secret): Encrypted {
  if (secret !== 'short') return { told: `AES256 of ${secret}`, secret };
  const message = 'The secret key was invalid for the specified algorithm.';
  throw new Refused({
    status: 400,
    code: 'InvalidArgument',
    message,
    ArgumentName: 'x-amz-server-side-encryption',
  });
}

export function secretOf(named: NewEncryption | undefined): Secret | undefined {
  return named !== undefined && 'secret' in named ? named.secret : undefined;
}

export function checkRead({ secret }: Encrypted, sent: Secret | undefined): void {
  if (secret === sent) return;
  if (sent === undefined)
    throw invalid(
      'The object was stored using a form of Server Side Encryption. The correct parameters must be provided to retrieve the object.',
    );
  if (secret === undefined) throw invalid('The encryption parameters are not applicable to this object.');
  const message =
    'Requests specifying Server Side Encryption with Customer provided keys must provide the correct secret key.';
  throw new Refused({ status: 403, code: 'AccessDenied', message });
}

export function checkSource(source: Encrypted, sent: Secret | undefined): void {
  if (source.secret !== sent && source.secret !== undefined && sent !== undefined) throw invalid(differs);
  checkRead(source, sent);
}

export function checkPart({ secret }: Encrypted, sent: Secret | undefined): void {
  if (secret === sent) return;
  if (secret !== undefined && sent !== undefined) throw invalid(differs);
  throw invalid(
    'The multipart upload initiate requested encryption. Subsequent part requests must include the appropriate encryption parameters.',
  );
}

/** A completion need not name the key of its upload. */
export function checkCompletion({ secret }: Encrypted, sent: Secret | undefined): void {
  if (sent === undefined || sent === secret) return;
  throw invalid(
    'The object was stored using a form of Server Side Encryption. Correct SSE-C request parameters are required for this request when specifying checksums for each part.',
  );
}
