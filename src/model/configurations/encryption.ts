import { S3Error } from '../../refusals/s3-error';
import { chief, list, required, structure } from '../../shapes/elements';
import type { ValueOf } from '../../shapes/shape';
import { boolean, text, words } from '../../shapes/values';
import { configuration, type SseC } from './configuration';

const byDefault = structure({
  SSEAlgorithm: required(chief(words('AES256', 'aws:kms', 'aws:kms:dsse', 'aws:fsx', 'aws:backup'))),
  KMSMasterKeyID: text,
});

const rule = structure({
  BucketKeyEnabled: boolean,
  ApplyServerSideEncryptionByDefault: chief(byDefault),
  BlockedEncryptionTypes: structure({ EncryptionType: list(words('NONE', 'SSE-C'), 'EncryptionType') }),
});

const members = { Rules: required(list(rule, 'Rule', [1, 1])) };

type Rule = ValueOf<typeof rule>;
type CompleteRule = { readonly [Name in keyof Rule]-?: Exclude<Rule[Name], undefined> };

/** F320, F321 */
export const encryption = configuration('encryption', members, {
  dialect: 'aws',
  whileNeverPut: () => ({ Rules: [{}] }),
  onDelete: 'as never put',
  accept({ Rules: [rule = {}] }) {
    const { SSEAlgorithm = '', KMSMasterKeyID } = rule.ApplyServerSideEncryptionByDefault ?? {};
    if (SSEAlgorithm === 'aws:fsx' || SSEAlgorithm === 'aws:backup')
      throw new S3Error('MalformedXML', {}, `general purpose buckets do not support SSEAlgorithm ${SSEAlgorithm}`);
    if (SSEAlgorithm === 'AES256' && KMSMasterKeyID !== undefined)
      throw new S3Error('MasterKeyNotApplicable').quoting({ KMSMasterKeyID });
    checkBlocked(rule);
    return { Rules: [withoutAbsent(rule)] };
  },
  complete: ({ Rules: [rule] }, { store }) => ({ Rules: [completeRule(rule, store)] }),
});

export function makeEncryptionRule(
  { settings }: { readonly settings: { readonly encryption?: { readonly Rules: readonly Rule[] } | null | undefined } },
  store: { readonly sseC: SseC },
): CompleteRule {
  return completeRule(settings.encryption?.Rules[0], store);
}

function completeRule(rule: Rule = {}, { sseC }: { readonly sseC: SseC }): CompleteRule {
  return {
    BucketKeyEnabled: false,
    ApplyServerSideEncryptionByDefault: { SSEAlgorithm: 'AES256' },
    BlockedEncryptionTypes: { EncryptionType: [sseC === 'blocked' ? 'SSE-C' : 'NONE'] },
    ...withoutAbsent(rule),
  };
}

/** A rule that says what is blocked has one word for it (F320). */
function checkBlocked({ BlockedEncryptionTypes: blocked }: Rule): void {
  if (blocked === undefined) return;
  const { EncryptionType: types = [] } = blocked;
  if (types.length !== 1)
    throw new S3Error('BlockedEncryptionTypesInvalid').quoting({ BlockedEncryptionTypes: types.join(', ') });
}

function withoutAbsent(rule: Rule): Rule {
  return Object.fromEntries(Object.entries(rule).filter(([, value]) => value !== undefined));
}
