import { configurations } from '../../model/configurations';
import {
  checkMember,
  deleteMember,
  type FamilyOf,
  type Identified,
  membersOf,
  putMember,
} from '../../model/configurations/family';
import { readPageToken, writePageToken } from '../../model/versions/page-token';
import type { ReplyShape } from '../../protocol/reply/reply';
import { S3Error } from '../../refusals/s3-error';
import { element, inRoot, list, required } from '../../shapes/elements';
import { payload, query as queryMember, requiredQuery } from '../../shapes/places';
import { boolean, text } from '../../shapes/values';
import { madeOperation } from '../operation';
import type { ActionsOfConfiguration, Row } from './documents';

interface Wire<Root extends string> {
  readonly query: string;
  readonly actions: Omit<ActionsOfConfiguration, 'remove'>;
  readonly root: Root;
  readonly rootOfList: string;
  /** S3 judges the document of a PUT before it checks who can put it, and looks for the id after both (F1020). */
  readonly documentComesFirst?: true;
  /** The beginnings of the list and of one configuration, and the refusal of an id that has none (F383). */
  readonly prologOfList: NonNullable<ReplyShape['prolog']>;
  readonly prologOfOne?: NonNullable<ReplyShape['prolog']>;
  readonly whenNone: 'NoSuchConfiguration' | 'NoSuchUndeclaredConfiguration';
  /** The codes of its other refusals whose documents have no XML declaration (F383). */
  readonly undeclaredRefusals?: readonly string[];
}

const dialect = 'aws';
const longestPage = 100;

type IdMember = { readonly Id: ReturnType<typeof requiredQuery> };

const pageInput = { ContinuationToken: queryMember('continuation-token') };
const pageOutput = {
  IsTruncated: element(boolean),
  ContinuationToken: element(text),
  NextContinuationToken: element(text),
};

/** A list has one name on the wire and another in SDKs. */
type PageOf<Member, Root extends string> = {
  readonly IsTruncated?: boolean;
  readonly ContinuationToken?: string;
  readonly NextContinuationToken?: string;
} & { readonly [ListName in `${Root}List`]: readonly Member[] };

type FamilyRows<Member, Root extends string> = {
  readonly [Operation in `PutBucket${Root}`]: Row<IdMember, { readonly [SdkName in Root]: Member }, undefined>;
} & { readonly [Operation in `GetBucket${Root}`]: Row<IdMember, unknown, { readonly [SdkName in Root]: Member }> } & {
  readonly [Operation in `DeleteBucket${Root}`]: Row<IdMember, unknown, undefined>;
} & { readonly [Operation in `ListBucket${Root}s`]: Row<typeof pageInput, unknown, PageOf<Member, Root>> };

type Given = Readonly<Record<string, unknown>>;

/** F380 */
function familyOperations<Member extends Identified, const Root extends string>(
  family: FamilyOf<Member>,
  wire: Wire<Root>,
): FamilyRows<Member, Root> {
  const { query, actions, root, documentComesFirst, whenNone, undeclaredRefusals } = wire;
  const { members } = family.shape.item;
  const idMember: IdMember = { Id: requiredQuery('id', 'ConfigurationIdMissing') };
  const idOf = ({ Id }: Given) => Id as string; // else the request is refused
  const memberOf = (given: Given) => given[root] as Member; // what the payload reads
  const refusalForMissing = (given: Given) => new S3Error(whenNone).quoting({ id: idOf(given) });
  const checkDocument = (given: Given) => {
    if (given['Id'] === undefined) throw new S3Error('InventoryIdMissing', {}, 'the query has no id');
    checkMember(family, idOf(given), memberOf(given));
  };
  const rows = {
    [`PutBucket${root}`]: madeOperation(`PUT /{Bucket}?${query}`, {
      action: actions.write,
      dialect,
      undeclaredRefusals,
      status: 204,
      input: {
        ...(documentComesFirst ? { Id: queryMember('id') } : idMember),
        [root]: payload(members, { roots: [root], emptyIsMalformed: true }),
      },
      ...(documentComesFirst && { checkDocument }),
      handle({ bucket }, given) {
        checkDocument(given);
        putMember(family, memberOf(given), bucket);
        return undefined;
      },
    }),
    [`GetBucket${root}`]: madeOperation(`GET /{Bucket}?${query}&id=*`, {
      action: actions.read,
      dialect,
      root,
      prolog: wire.prologOfOne,
      undeclaredRefusals,
      input: idMember,
      output: { [root]: inRoot(members) },
      handle({ bucket }, given) {
        const found = membersOf(family, bucket).find(({ Id }) => Id === idOf(given));
        if (found === undefined) throw refusalForMissing(given);
        return { [root]: found };
      },
    }),
    [`DeleteBucket${root}`]: madeOperation(`DELETE /{Bucket}?${query}`, {
      action: actions.write,
      dialect,
      undeclaredRefusals,
      status: 204,
      input: idMember,
      handle({ bucket }, given) {
        if (!deleteMember(family, idOf(given), bucket)) throw refusalForMissing(given);
        return undefined;
      },
    }),
    // An empty id also asks for the list (F380).
    [`ListBucket${root}s`]: madeOperation(`GET /{Bucket}?${query}`, {
      action: actions.read,
      dialect,
      root: wire.rootOfList,
      prolog: wire.prologOfList,
      undeclaredRefusals,
      input: pageInput,
      output: { ...pageOutput, [`${root}List`]: required(list(members, root)) },
      handle({ bucket, store }, { ContinuationToken }) {
        const token = ContinuationToken as string | undefined; // as declared
        const after = token ? readPageToken(query, token) : '';
        if (after === undefined)
          throw new S3Error('ConfigurationTokenInvalid').quoting({ 'continuation-token': token });
        const limit = Math.min(longestPage, store.pageSize);
        const following = membersOf(family, bucket).filter(({ Id }) => Id > after);
        const page = following.slice(0, limit);
        const isTruncated = following.length > limit;
        return {
          IsTruncated: isTruncated,
          ContinuationToken: token,
          NextContinuationToken: isTruncated ? writePageToken(query, page.at(-1)?.Id ?? '') : undefined,
          [`${root}List`]: page,
        };
      },
    }),
  };
  return rows as FamilyRows<Member, Root>; // the names are of its own text
}

const analytics = familyOperations(configurations.analytics, {
  query: 'analytics',
  actions: { read: 's3:GetAnalyticsConfiguration', write: 's3:PutAnalyticsConfiguration' },
  root: 'AnalyticsConfiguration',
  rootOfList: 'ListBucketAnalyticsConfigurationsResult',
  prologOfList: 'none',
  prologOfOne: 'standalone',
  whenNone: 'NoSuchConfiguration',
});

const intelligentTiering = familyOperations(configurations.intelligentTiering, {
  query: 'intelligent-tiering',
  actions: { read: 's3:GetIntelligentTieringConfiguration', write: 's3:PutIntelligentTieringConfiguration' },
  root: 'IntelligentTieringConfiguration',
  rootOfList: 'ListIntelligentTieringConfigurationsResult',
  prologOfList: 'none',
  whenNone: 'NoSuchUndeclaredConfiguration',
});

const inventory = familyOperations(configurations.inventory, {
  query: 'inventory',
  actions: { read: 's3:GetInventoryConfiguration', write: 's3:PutInventoryConfiguration' },
  root: 'InventoryConfiguration',
  documentComesFirst: true,
  rootOfList: 'ListInventoryConfigurationsResult',
  prologOfList: 'on one line',
  prologOfOne: 'on one line',
  whenNone: 'NoSuchUndeclaredConfiguration',
  undeclaredRefusals: [
    'AccessDenied',
    'IdMismatch',
    'InvalidConfigurationId',
    'InvalidKmskeyId',
    'InvalidS3DestinationBucket',
    'MalformedContinuationToken',
    'MalformedXML',
    'TooManyConfigurations',
  ],
});

const metrics = familyOperations(configurations.metrics, {
  query: 'metrics',
  actions: { read: 's3:GetMetricsConfiguration', write: 's3:PutMetricsConfiguration' },
  root: 'MetricsConfiguration',
  rootOfList: 'ListMetricsConfigurationsResult',
  prologOfList: 'on one line',
  prologOfOne: 'on one line',
  whenNone: 'NoSuchConfiguration',
});

export const listedOperations = { ...analytics, ...intelligentTiering, ...inventory, ...metrics };
