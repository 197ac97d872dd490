import type { MockS3 } from '../../src';
import type { ConfigurationValues } from '../../src/model/configurations';
import type { ReplicationRule } from '../../src/model/configurations/replication-rules';
import { tellingLines } from './objects';
import { send, type WireAnswer, type WireCall } from './wire-client';

/** The parts of a rule that differ between tests. */
export interface RuleParts extends Omit<Partial<ReplicationRule>, 'Destination'> {
  readonly Destination?: Partial<ReplicationRule['Destination']>;
}

/** A rule that copies all versions and delete markers to the bucket `replica`. */
export function ruleToReplica({ Destination, ...parts }: RuleParts = {}): ReplicationRule {
  return {
    ID: 'all',
    Priority: 1,
    Filter: {},
    Status: 'Enabled',
    DeleteMarkerReplication: { Status: 'Enabled' },
    ...parts,
    Destination: { Bucket: 'arn:aws:s3:::replica', ...Destination },
  };
}

/** A configuration with that rule alone. */
export const toReplica = (parts?: RuleParts): ConfigurationValues['replication'] => ({
  Role: 'arn:aws:iam::000000000000:role/replication',
  Rules: [ruleToReplica(parts)],
});

/** Selects objects that KMS encrypts, and names the key of their replicas. */
export function withReplicaKey(ReplicaKmsKeyID: string): RuleParts {
  return {
    SourceSelectionCriteria: { SseKmsEncryptedObjects: { Status: 'Enabled' } },
    Destination: { EncryptionConfiguration: { ReplicaKmsKeyID } },
  };
}

/** An answer without what is of one request or of one bucket. */
export interface ComparedAnswer {
  readonly status: number;
  readonly lines: readonly string[];
  readonly body: string;
}

/** The answers of the source, `vault`, and of `replica` to the same request, whose path begins behind the bucket. */
export async function askBoth({ path, ...call }: WireCall): Promise<{
  readonly source: ComparedAnswer;
  readonly replica: ComparedAnswer;
}> {
  const ask = async (bucket: string) => compared(await send({ path: `/${bucket}${path}`, ...call }), bucket);
  return { source: await ask('vault'), replica: await ask('replica') };
}

function compared(answer: WireAnswer, bucket: string): ComparedAnswer {
  const lines = tellingLines(answer).filter((line) => !line.startsWith('x-amz-replication-status: '));
  const body = answer.text.replaceAll(new RegExp(`<(Name|Bucket)>${bucket}</`, 'g'), '<$1>BUCKET</');
  return { status: answer.status, lines, body };
}

/** The copies that S3 made or tried, in words: `object COMPLETED`, `tags FAILED DstVersionNotFound`. */
export function copiesOf(s3: MockS3): readonly string[] {
  return s3.requests.serviceActions.map(({ part, result, reason }) => [part, result, reason].filter(Boolean).join(' '));
}
