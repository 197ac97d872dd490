/** A rule as far as the histories have one. One of the first version has no priority, and copies delete markers. */
export interface NaiveRule {
  readonly id: string;
  readonly from: string;
  readonly to: string;
  readonly prefix: string;
  readonly tag?: string;
  readonly priority: number;
  readonly markers: boolean;
}

export interface NaiveVersion {
  readonly number: number;
  readonly id: string;
  readonly key: string;
  readonly body: string | undefined;
  tag: string;
  isReplica: boolean;
  /** By the names of the destinations. */
  readonly copies: Map<string, { readonly rule: NaiveRule; status: string }>;
}

interface Task {
  at: number;
  readonly begun: number;
  readonly from: string;
  readonly version: NaiveVersion;
  readonly part: string;
  readonly rule: NaiveRule;
}

const order = ['object', 'delete marker', 'tags'];

/** Replication as one reads it in S3's documents: lists that are searched from their beginning to their end. */
export class NaiveReplication {
  readonly versions = new Map<string, NaiveVersion[]>();
  readonly isEnabled = new Map<string, boolean>();
  readonly done: string[] = [];
  rules: readonly NaiveRule[];
  #tasks: Task[] = [];
  #number = 0;

  constructor(
    buckets: readonly string[],
    rules: readonly NaiveRule[],
    readonly delay: number,
  ) {
    this.rules = rules;
    for (const bucket of buckets) {
      this.versions.set(bucket, []);
      this.isEnabled.set(bucket, true);
    }
  }

  write(now: number, bucket: string, { id, key, body, tag }: Pick<NaiveVersion, 'id' | 'key' | 'body' | 'tag'>): void {
    const version = { number: this.#number, id, key, body, tag, isReplica: false, copies: new Map() };
    this.#number += 1;
    if (id === 'null') this.#replace(bucket, (one) => one.key === key && one.id === 'null');
    this.versions.get(bucket)?.push(version);
    const part = body === undefined ? 'delete marker' : 'object';
    const matching = this.rules.filter((rule) => rule.from === bucket && selects(rule, version));
    const winners = matching.filter(
      (rule) => !matching.some(({ to, priority }) => to === rule.to && priority > rule.priority),
    );
    for (const rule of winners) if (body !== undefined || rule.markers) this.#send(now, bucket, version, part, rule);
  }

  tag(now: number, bucket: string, version: NaiveVersion, tag: string): void {
    version.tag = tag;
    for (const { rule, status } of version.copies.values()) {
      const isAwaited = this.#tasks.some(
        (one) => one.version === version && one.rule.to === rule.to && one.part !== 'tags',
      );
      const isLost = status === 'FAILED' && this.#replicaOf(version, rule) === undefined;
      const isSelected = this.rules.includes(rule) && selects(rule, version);
      if (!isAwaited && !isLost && isSelected) this.#send(now, bucket, version, 'tags', rule);
    }
  }

  remove(bucket: string, version: NaiveVersion): void {
    this.#replace(bucket, (one) => one === version);
  }

  pass(now: number): void {
    const buckets = [...this.versions.keys()];
    const names = buckets.toSorted();
    const ranks = ({ at, begun, from, version, part, rule }: Task) => [
      ...[at, buckets.indexOf(from), begun],
      ...[version.number, order.indexOf(part), names.indexOf(rule.to)],
    ];
    for (;;) {
      const due = this.#tasks.filter(({ at }) => at <= now);
      const [task] = due.sort((a, b) => compare(ranks(a), ranks(b)));
      if (task === undefined) return;
      this.#tasks = this.#tasks.filter((one) => one !== task);
      this.#attempt(task);
    }
  }

  #send(now: number, from: string, version: NaiveVersion, part: string, rule: NaiveRule): void {
    version.copies.set(rule.to, { rule, status: 'PENDING' });
    const isQueued = this.#tasks.some((one) => one.version === version && one.part === part && one.rule.to === rule.to);
    if (!isQueued) this.#tasks.push({ at: now + this.delay, begun: now, from, version, part, rule });
  }

  #attempt({ at, from, version, part, rule }: Task): void {
    const reason = this.#copy(from, version, part, rule);
    const copy = version.copies.get(rule.to);
    const isAwaited = this.#tasks.some((one) => one.version === version && one.rule.to === rule.to);
    if (copy && reason !== undefined) copy.status = 'FAILED';
    else if (copy && copy.status !== 'FAILED' && !isAwaited) copy.status = 'COMPLETED';
    this.done.push(`${at} ${part} ${version.key} ${version.id} ${from} ${rule.to} ${rule.id} ${reason ?? 'COMPLETED'}`);
  }

  #copy(from: string, version: NaiveVersion, part: string, rule: NaiveRule): string | undefined {
    if (!this.versions.get(from)?.includes(version)) return 'SrcVersionNotFound';
    if (!this.isEnabled.get(rule.to)) return 'DstBucketUnversioned';
    const there = this.versions.get(rule.to) ?? [];
    const replica = this.#replicaOf(version, rule);
    if (part === 'tags' && replica === undefined) return 'DstVersionNotFound';
    if (part === 'tags' && replica) replica.tag = version.tag;
    if (part !== 'tags' && replica === undefined) there.push({ ...version, isReplica: true, copies: new Map() });
    return undefined;
  }

  #replicaOf(version: NaiveVersion, { to }: NaiveRule): NaiveVersion | undefined {
    return this.versions.get(to)?.find(({ id, key }) => id === version.id && key === version.key);
  }

  #replace(bucket: string, isOld: (version: NaiveVersion) => boolean): void {
    this.versions.set(
      bucket,
      (this.versions.get(bucket) ?? []).filter((one) => !isOld(one)),
    );
  }
}

function selects({ prefix, tag }: NaiveRule, version: NaiveVersion): boolean {
  return version.key.startsWith(prefix) && (tag === undefined || tag === version.tag);
}

function compare(one: readonly number[], other: readonly number[]): number {
  const index = one.findIndex((number, at) => number !== other[at]);
  return index === -1 ? 0 : (one[index] ?? 0) - (other[index] ?? 0);
}

export function statusOf({ isReplica, copies }: NaiveVersion): string | undefined {
  if (isReplica) return 'REPLICA';
  const statuses = [...copies.values()].map(({ status }) => status);
  return ['PENDING', 'FAILED', 'COMPLETED'].find((status) => statuses.includes(status));
}
