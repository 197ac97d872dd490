import type { MockS3 } from '../../src';
import type { ConfigurationValues } from '../../src/model/configurations';
import type { ReplicationRule } from '../../src/model/configurations/replication-rules';
import { tellingLines } from './objects';
import { send, type WireAnswer, type WireCall } from './wire-client';

export interface RuleParts extends Omit<Partial<ReplicationRule>, 'Destination'> {
  readonly Destination?: Partial<ReplicationRule['Destination']>;
}

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

export const toReplica = (parts?: RuleParts): ConfigurationValues['replication'] => ({
  Role: 'arn:aws:iam::000000000000:role/replication',
  Rules: [ruleToReplica(parts)],
});

export function withReplicaKey(ReplicaKmsKeyID: string): RuleParts {
  return {
    SourceSelectionCriteria: { SseKmsEncryptedObjects: { Status: 'Enabled' } },
    Destination: { EncryptionConfiguration: { ReplicaKmsKeyID } },
  };
}

export interface ComparedAnswer {
  readonly status: number;
  readonly lines: readonly string[];
  readonly body: string;
}

/** The path begins behind the bucket. */
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

/** In words: `object COMPLETED`, `tags FAILED DstVersionNotFound`. */
export function copiesOf(s3: MockS3): readonly string[] {
  return s3.requests.serviceActions.map(({ part, result, reason }) => [part, result, reason].filter(Boolean).join(' '));
}
