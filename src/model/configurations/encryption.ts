import { S3Error } from '../../refusals/s3-error';
import type { ConfigurationValues } from '../../shapes/configurations';
import type { Bucket } from '../bucket';
import type { Store } from '../store';
import { configuration } from './configuration';

type Rule = ConfigurationValues['encryption']['Rules'][number];
type WholeRule = { readonly [Name in keyof Rule]-?: Exclude<Rule[Name], undefined> };

/** The encryption of new objects in a bucket, and the encryption that it blocks: F320, F321. */
export const encryption = configuration('encryption', {
  whileNeverPut: () => ({ Rules: [{}] }),
  onDelete: 'as never put',
  accept({ Rules: [rule = {}] }) {
    const { SSEAlgorithm = '', KMSMasterKeyID } = rule.ApplyServerSideEncryptionByDefault ?? {};
    if (SSEAlgorithm === 'aws:fsx' || SSEAlgorithm === 'aws:backup')
      throw new S3Error('MalformedXML', {}, `SSEAlgorithm ${SSEAlgorithm} is not for general purpose buckets`);
    if (SSEAlgorithm === 'AES256' && KMSMasterKeyID !== undefined)
      throw new S3Error('MasterKeyNotApplicable').quoting({ KMSMasterKeyID });
    checkBlocked(rule);
    return { Rules: [given(rule)] };
  },
  whole: ({ Rules: [rule] }, { store }) => ({ Rules: [wholeRule(rule, store)] }),
});

/** The rule that S3 goes by in a bucket. */
export function encryptionRule({ settings }: Pick<Bucket, 'settings'>, store: Pick<Store, 'sseC'>): WholeRule {
  return wholeRule(settings.encryption?.Rules[0], store);
}

function wholeRule(rule: Rule = {}, { sseC }: Pick<Store, 'sseC'>): WholeRule {
  return {
    BucketKeyEnabled: false,
    ApplyServerSideEncryptionByDefault: { SSEAlgorithm: 'AES256' },
    BlockedEncryptionTypes: { EncryptionType: [sseC === 'blocked' ? 'SSE-C' : 'NONE'] },
    ...given(rule),
  };
}

/** Throws unless a rule that says what is blocked has one word for it (F320). */
function checkBlocked({ BlockedEncryptionTypes: blocked }: Rule): void {
  if (blocked === undefined) return;
  const { EncryptionType: types = [] } = blocked;
  if (types.length !== 1)
    throw new S3Error('BlockedEncryptionTypesInvalid').quoting({ BlockedEncryptionTypes: types.join(', ') });
}

/** The members of a rule that have a value. */
function given(rule: Rule): Rule {
  return Object.fromEntries(Object.entries(rule).filter(([, value]) => value !== undefined));
}
