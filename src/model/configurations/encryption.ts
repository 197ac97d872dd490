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
  onDelete: (stored) => asDocument(blockOf(stored)),
  accept({ Rules: [rule = {}] }, { bucket }) {
    const { SSEAlgorithm = '', KMSMasterKeyID } = rule.ApplyServerSideEncryptionByDefault ?? {};
    if (SSEAlgorithm === 'aws:fsx' || SSEAlgorithm === 'aws:backup')
      throw new S3Error('MalformedXML', {}, `SSEAlgorithm ${SSEAlgorithm} is not for general purpose buckets`);
    if (SSEAlgorithm === 'AES256' && KMSMasterKeyID !== undefined)
      throw new S3Error('MasterKeyNotApplicable').quoting({ KMSMasterKeyID });
    return { Rules: [{ ...blockOf(bucket.settings.encryption ?? undefined), ...given(rule) }] };
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

/** The part of a configuration that a document without it, and a DELETE, leave as it is. */
function blockOf(stored: ConfigurationValues['encryption'] | undefined): Pick<Rule, 'BlockedEncryptionTypes'> {
  const { BlockedEncryptionTypes } = stored?.Rules[0] ?? {};
  return BlockedEncryptionTypes === undefined ? {} : { BlockedEncryptionTypes };
}

function asDocument(rule: Rule): ConfigurationValues['encryption'] | undefined {
  return rule.BlockedEncryptionTypes === undefined ? undefined : { Rules: [rule] };
}

/** The members of a rule that have a value. */
function given(rule: Rule): Rule {
  return Object.fromEntries(Object.entries(rule).filter(([, value]) => value !== undefined));
}
