import { families } from '../../model/configurations';
import {
  deleteMember,
  type Family,
  type FamilyMember,
  membersOf,
  pageOfMembers,
  putMember,
} from '../../model/configurations/family';
import { issuePageToken, readPageToken } from '../../model/versions/page-token';
import type { ReplyShape } from '../../protocol/reply/reply';
import { S3Error } from '../../refusals/s3-error';
import type { FamilyName } from '../../shapes/configurations';
import { element, inRoot, list, required } from '../../shapes/elements';
import { payload, query as queryMember, requiredQuery } from '../../shapes/places';
import type { Members } from '../../shapes/shape';
import { boolean, text } from '../../shapes/values';
import { type FullInput, madeOperation, type Operation } from '../operation';
import type { ActionsOfConfiguration } from './configuration-operations';

/** A family as it looks on the wire. */
interface Wire<Root extends string> {
  /** The name in the query. */
  readonly query: string;
  readonly actions: ActionsOfConfiguration;
  /** The root of a document, which is also the member's name in SDKs. */
  readonly root: Root;
  readonly rootOfList: string;
  /** S3 takes no other root, and says of an empty body that it is malformed. */
  readonly hasStrictDocument?: true;
  /** The beginning of the list, and the refusal of an id that has no configuration (F383). */
  readonly prologOfList: NonNullable<ReplyShape['prolog']>;
  readonly whenNone: 'NoSuchConfiguration' | 'NoSuchUndeclaredConfiguration';
  /** The refusal of a PUT or DELETE without an id, which is missing if it is empty, too (F380). */
  readonly whenIdMissing: 'ConfigurationIdMissing' | 'TieringIdMissing';
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

type Row<Input extends Members, Sent, Answered> = Operation<FullInput<'{Bucket}', Input> & Sent, Answered>;

/** A page of a family. A list has one name on the wire and another in SDKs. */
type PageOf<Member, Root extends string> = {
  readonly IsTruncated?: boolean;
  readonly ContinuationToken?: string;
  readonly NextContinuationToken?: string;
} & { readonly [ListName in `${Root}List`]: readonly Member[] };

/** The operations of a family. */
interface FamilyRows<Member, Root extends string> {
  readonly put: Row<IdMember, { readonly [SdkName in Root]: Member }, undefined>;
  readonly get: Row<IdMember, unknown, { readonly [SdkName in Root]: Member }>;
  readonly remove: Row<IdMember, unknown, undefined>;
  readonly list: Row<typeof pageInput, unknown, PageOf<Member, Root>>;
}

/** The operations that put, get, delete and list the configurations of a family (F380). */
export function familyOperations<Name extends FamilyName, const Root extends string>(
  name: Name,
  wire: Wire<Root>,
): FamilyRows<FamilyMember<Name>, Root> {
  const family: Family<Name> = families[name];
  const { query, actions, root, whenNone, whenIdMissing, hasStrictDocument } = wire;
  const idMember: IdMember = { Id: requiredQuery('id', whenIdMissing) };
  const { members }: { readonly members: Members } = family.shape.item;
  return {
    put: madeOperation(`PUT /{Bucket}?${query}`, {
      action: actions.write,
      dialect,
      status: 204,
      input: { ...idMember, [root]: payload(members, hasStrictDocument && { roots: [root], emptyIsMalformed: true }) },
      handle({ bucket }, given) {
        const member = given[root] as FamilyMember<Name>; // what the payload reads
        putMember(family, idOf(given), member, bucket);
        return undefined;
      },
    }),
    get: madeOperation(`GET /{Bucket}?${query}&id=*`, {
      action: actions.read,
      dialect,
      root,
      input: idMember,
      output: { [root]: inRoot(members) },
      handle({ bucket }, given) {
        const found = membersOf(family, bucket).find(({ Id }) => Id === idOf(given));
        if (found === undefined) throw new S3Error(whenNone).quoting({ id: idOf(given) });
        return { [root]: found };
      },
    }),
    remove: madeOperation(`DELETE /{Bucket}?${query}`, {
      action: actions.remove ?? actions.write,
      dialect,
      status: 204,
      input: idMember,
      handle({ bucket }, given) {
        if (!deleteMember(family, idOf(given), bucket)) throw new S3Error(whenNone).quoting({ id: idOf(given) });
        return undefined;
      },
    }),
    list: listOperation(family, wire, members),
  };
}

/** The operation that lists a family. An empty id asks for the list, too (F380). */
function listOperation<Name extends FamilyName, Root extends string>(
  family: Family<Name>,
  { query, actions, root, rootOfList, prologOfList }: Wire<Root>,
  members: Members,
): FamilyRows<FamilyMember<Name>, Root>['list'] {
  return madeOperation(`GET /{Bucket}?${query}`, {
    action: actions.read,
    dialect,
    root: rootOfList,
    prolog: prologOfList,
    input: pageInput,
    output: { ...pageOutput, [`${root}List`]: required(list(members, root)) },
    handle({ bucket, store }, { ContinuationToken }) {
      const token = ContinuationToken as string | undefined; // as declared
      const after = token ? readPageToken(query, token) : '';
      if (after === undefined) throw new S3Error('ConfigurationTokenInvalid').quoting({ 'continuation-token': token });
      const limit = Math.min(longestPage, store.pageSize);
      const { page, isTruncated } = pageOfMembers(family, bucket, after, limit);
      return {
        IsTruncated: isTruncated,
        ContinuationToken: token,
        NextContinuationToken: isTruncated ? issuePageToken(query, page.at(-1)?.Id ?? '') : undefined,
        [`${root}List`]: page,
      };
    },
  });
}

/** The id of a request that has one. */
function idOf({ Id }: Readonly<Record<string, unknown>>): string {
  return Id as string; // else the request is refused
}
