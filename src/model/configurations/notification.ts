import { S3Error } from '../../refusals/s3-error';
import { element, list, required, structure } from '../../shapes/elements';
import type { StructureValue, ValueOf } from '../../shapes/shape';
import { text, word } from '../../shapes/values';
import { findRepeated } from '../../text/lists';
import { writeSuggestion } from '../../text/spelling';
import { writeGiven } from '../../text/values';
import type { Ids } from '../ids';
import { configuration } from './configuration';

export const notificationEvents = [
  's3:IntelligentTiering',
  's3:LifecycleExpiration:*',
  's3:LifecycleExpiration:Delete',
  's3:LifecycleExpiration:DeleteMarkerCreated',
  's3:LifecycleTransition',
  's3:ObjectAcl:Put',
  's3:ObjectAnnotation:*',
  's3:ObjectAnnotation:Delete',
  's3:ObjectAnnotation:Put',
  's3:ObjectCreated:*',
  's3:ObjectCreated:CompleteMultipartUpload',
  's3:ObjectCreated:Copy',
  's3:ObjectCreated:Post',
  's3:ObjectCreated:Put',
  's3:ObjectRemoved:*',
  's3:ObjectRemoved:Delete',
  's3:ObjectRemoved:DeleteMarkerCreated',
  's3:ObjectRestore:*',
  's3:ObjectRestore:Completed',
  's3:ObjectRestore:Delete',
  's3:ObjectRestore:Post',
  's3:ObjectRetention:Put',
  's3:ObjectTagging:*',
  's3:ObjectTagging:Delete',
  's3:ObjectTagging:Put',
  's3:ReducedRedundancyLostObject',
  's3:Replication:*',
  's3:Replication:OperationFailedReplication',
  's3:Replication:OperationMissedThreshold',
  's3:Replication:OperationNotTracked',
  's3:Replication:OperationReplicatedAfterThreshold',
] as const;

/** The meaning of a filter rule: which keys it selects. */
interface KeyCondition {
  readonly selects: (key: string, value: string) => boolean;
  /** The name as S3 answers it. */
  readonly answeredName: string;
}

const keyConditions = {
  prefix: { selects: (key, value) => key.startsWith(value), answeredName: 'Prefix' },
  suffix: { selects: (key, value) => key.endsWith(value), answeredName: 'Suffix' },
} as const satisfies Readonly<Record<string, KeyCondition>>;

type KeyConditionName = keyof typeof keyConditions;

const keyConditionWords = Object.entries(keyConditions).flatMap(
  ([name, { answeredName }]) => [name as KeyConditionName, answeredName] as const, // its own keys
);

const keyConditionNames = Object.keys(keyConditions) as readonly KeyConditionName[]; // its own keys

const filterRule = structure({
  // S3 takes the name in any case.
  Name: required(word(...keyConditionWords)),
  Value: required(text),
});

const filter = structure({ Key: element(structure({ FilterRules: list(filterRule, 'FilterRule') }), 'S3Key') });

const events = required(list(word(...notificationEvents), 'Event'));

const topic = structure({ Id: text, TopicArn: required(element(text, 'Topic')), Events: events, Filter: filter });
const queue = structure({ Id: text, QueueArn: required(element(text, 'Queue')), Events: events, Filter: filter });
const lambdaFunction = structure({
  Id: text,
  LambdaFunctionArn: required(element(text, 'CloudFunction')),
  Events: events,
  Filter: filter,
});

const members = {
  TopicConfigurations: list(topic, 'TopicConfiguration'),
  QueueConfigurations: list(queue, 'QueueConfiguration'),
  LambdaFunctionConfigurations: list(lambdaFunction, 'CloudFunctionConfiguration'),
  EventBridgeConfiguration: structure({}),
};

export type Notification = StructureValue<typeof members>;

export type Entry = Omit<ValueOf<typeof topic>, 'TopicArn'>;

export interface Destination extends Entry {
  readonly kind: 'Topic' | 'Queue' | 'CloudFunction';
  readonly arn: string;
}

export function listDestinations(value: Notification): readonly Destination[] {
  const { TopicConfigurations = [], QueueConfigurations = [], LambdaFunctionConfigurations = [] } = value;
  return [
    ...TopicConfigurations.map(({ TopicArn: arn, ...entry }) => ({ ...entry, kind: 'Topic' as const, arn })),
    ...QueueConfigurations.map(({ QueueArn: arn, ...entry }) => ({ ...entry, kind: 'Queue' as const, arn })),
    ...LambdaFunctionConfigurations.map(({ LambdaFunctionArn: arn, ...entry }) => ({
      ...entry,
      kind: 'CloudFunction' as const,
      arn,
    })),
  ];
}

export function filterRulesOf({ Filter }: Entry) {
  return Filter?.Key?.FilterRules ?? [];
}

/** F360 */
export const notification = configuration('notification', members, {
  dialect: 'aws',
  onDelete: 'as never put',
  accept(value, { bucket, store }) {
    const destinations = listDestinations(value);
    if (destinations.length === 0 && value.EventBridgeConfiguration === undefined) return undefined;
    checkEvents(destinations);
    checkFilters(destinations);
    checkIds(destinations);
    checkArns(destinations, bucket.region);
    checkOverlaps(destinations);
    return completed(value, store.ids);
  },
});

function checkEvents(destinations: readonly Destination[]): void {
  if (destinations.length > 100)
    throw new S3Error('NotificationsTooMany', {}, `the document has ${destinations.length} configurations`);
  const unknown = destinations.flatMap(({ Events }) => Events).find((event) => !notificationEvents.includes(event));
  if (unknown !== undefined)
    throw new S3Error('NotificationEventUnknown', { ArgumentValue: unknown }, whyUnknown(unknown));
}

function whyUnknown(unknown: string): string | undefined {
  const names: readonly string[] = notificationEvents;
  const bare = unknown.replace(/^s3:/i, '');
  const meant = [`s3:${bare}`, `s3:${bare}:*`].find((name) => names.includes(name));
  const hint =
    meant === undefined ? writeSuggestion(unknown, names, 1) : `Write it with s3: in front, ${writeGiven(meant)}.`;
  const family =
    meant?.endsWith(':*') && unknown.startsWith('s3:') ? `Write ${writeGiven(meant)} for the family.` : hint;
  return family && `there is no event ${writeGiven(unknown)}. ${family.replace(/\.$/, '')}`;
}

/** Checks the filters. S3 makes each check on all filters before it makes the next check (F361). */
function checkFilters(destinations: readonly Destination[]): void {
  const filters = destinations.map((entry) =>
    filterRulesOf(entry).map(({ Name, Value }) => ({ Name, Value, name: Name.toLowerCase() })),
  );
  const rules = filters.flat();
  const strange = rules.find(({ name }) => !Object.hasOwn(keyConditions, name));
  if (strange !== undefined) throw new S3Error('NotificationFilterNameInvalid', { ArgumentValue: strange.Name });
  for (const name of keyConditionNames) {
    const twice = filters.map((filter) => filter.filter((rule) => rule.name === name)[1]).find((rule) => rule);
    if (twice === undefined) continue;
    const argument = { ArgumentName: 'FilterRule.Name', ArgumentValue: twice.Name };
    throw new S3Error('NotificationFilterRepeated', { name, ...argument });
  }
  const long = rules.find(({ Value }) => Buffer.byteLength(Value) > 1024);
  if (long !== undefined) throw new S3Error('NotificationFilterTooLong', { ArgumentValue: long.Value });
}

function checkIds(destinations: readonly Destination[]): void {
  const ids = destinations.flatMap(({ Id }) => (Id ? [Id] : []));
  const long = ids.find((id) => id.length > 255);
  if (long !== undefined) throw new S3Error('NotificationIdTooLong', {}).quoting({ Id: long });
  const repeated = findRepeated(ids);
  if (repeated !== undefined) throw new S3Error('NotificationIdRepeated', {}).quoting({ Id: repeated });
}

const forms = {
  Topic: /^arn:aws[\w-]*:sns:([a-z\d-]+):\d{12}:[\w-]{1,256}$/,
  Queue: /^arn:aws[\w-]*:sqs:([a-z\d-]+):\d{12}:[\w-]{1,80}(\.fifo)?$/,
  CloudFunction: /^arn:aws[\w-]*:lambda:([a-z\d-]+):\d{12}:function:[\w-]+(?::[\w$-]+)?$/,
};

const examples = {
  Topic: 'arn:aws:sns:REGION:ACCOUNT:NAME',
  Queue: 'arn:aws:sqs:REGION:ACCOUNT:NAME',
  CloudFunction: 'arn:aws:lambda:REGION:ACCOUNT:function:NAME',
};

/** A bucket without a region answers at every host, so its destinations can be anywhere (F362). */
function checkArns(destinations: readonly Destination[], bucketRegion: string | undefined): void {
  const read = destinations.map(({ kind, arn }) => {
    const [match, region, ordered] = forms[kind].exec(arn) ?? [];
    return { isArn: match !== undefined, region, ordered, argument: { ArgumentName: kind, ArgumentValue: arn } };
  });
  const unparsable = read.find(({ isArn }) => !isArn);
  if (unparsable !== undefined) {
    const { ArgumentName: kind, ArgumentValue: arn } = unparsable.argument;
    const why = `${kind} ${writeGiven(arn)} is not of the form ${examples[kind]}`;
    throw new S3Error('NotificationArnUnparsable', unparsable.argument, why);
  }
  const fifo = read.find(({ ordered }) => ordered !== undefined);
  if (fifo !== undefined) throw new S3Error('NotificationQueueOrdered', fifo.argument);
  const elsewhere = read.find(({ region }) => bucketRegion !== undefined && region !== bucketRegion);
  if (elsewhere === undefined) return;
  const { argument, region } = elsewhere;
  throw new S3Error(
    'NotificationRegionWrong',
    argument,
    `${argument.ArgumentName} '${argument.ArgumentValue}' is in ${region}, and the bucket in ${bucketRegion}`,
  );
}

function completed(value: Notification, ids: Ids): Notification {
  const { TopicConfigurations, QueueConfigurations, LambdaFunctionConfigurations, EventBridgeConfiguration } = value;
  const complete = <E extends Entry>(entry: E): E => ({
    ...entry,
    Id: entry.Id || ids.ruleId(),
    ...(filterRulesOf(entry).length > 0 && { Filter: { Key: { FilterRules: filterRulesOf(entry).map(named) } } }),
  });
  return {
    ...(TopicConfigurations?.length && { TopicConfigurations: TopicConfigurations.map(complete) }),
    ...(QueueConfigurations?.length && { QueueConfigurations: QueueConfigurations.map(complete) }),
    ...(LambdaFunctionConfigurations?.length && {
      LambdaFunctionConfigurations: LambdaFunctionConfigurations.map(complete),
    }),
    ...(EventBridgeConfiguration && { EventBridgeConfiguration }),
  };
}

function named({ Name, Value }: FilterRule) {
  return { Name: keyConditions[readName(Name)].answeredName, Value };
}

/** F363 */
function checkOverlaps(entries: readonly Entry[]): void {
  const pairs = entries.flatMap((entry, index) =>
    entries
      .slice(0, index)
      .map((before) => ({ entries: [before, entry] as const, events: sharedEvents(before, entry) })),
  );
  const clashes = pairs.filter(({ events, entries: [one, other] }) => events !== undefined && shareKeys(one, other));
  const isFiltered = (entry: Entry) => filterRulesOf(entry).length > 0;
  const filtered = clashes.find((clash) => clash.entries.some(isFiltered));
  if (filtered !== undefined)
    throw new S3Error('NotificationFiltersOverlap', {}).quoting({ Event: filtered.events?.join(', ') });
  const [plain] = clashes;
  if (plain?.events !== undefined)
    throw new S3Error('NotificationEventsOverlap', { ArgumentValue: plain.events.join(', ') });
}

function sharedEvents({ Events: ours }: Entry, { Events: theirs }: Entry): readonly [string, string] | undefined {
  for (const our of ours) {
    const their = theirs.find((event) => includes(our, event) || includes(event, our));
    if (their !== undefined) return [our, their];
  }
  return undefined;
}

function includes(event: string, other: string): boolean {
  return event === other || (event.endsWith(':*') && other.startsWith(event.slice(0, -1)));
}

/** Whether some key fits both filters: it does if one value is a part of the other. */
function shareKeys(one: Entry, other: Entry): boolean {
  return keyConditionNames.every((name) => {
    const [value, otherValue] = [filterValue(one, name), filterValue(other, name)];
    const { selects } = keyConditions[name];
    return selects(value, otherValue) || selects(otherValue, value);
  });
}

function filterValue(entry: Entry, name: KeyConditionName): string {
  return filterRulesOf(entry).find(({ Name }) => readName(Name) === name)?.Value ?? '';
}

type FilterRule = ReturnType<typeof filterRulesOf>[number];

function readName(name: FilterRule['Name']): KeyConditionName {
  return name.toLowerCase() as KeyConditionName; // accepted ones have no others
}

export function selectsKey({ Name, Value }: FilterRule, key: string): boolean {
  return keyConditions[readName(Name)].selects(key, Value);
}
