import {
  deleteMember,
  type Family,
  type FamilyMember,
  membersOf,
  pageOfMembers,
  putMember,
} from '../../model/configurations/family';
import { issuePageToken, readPageToken } from '../../model/versions/page-token';
import { type Member, payload, query as queryMember } from '../../protocol/document/binding';
import { type Element, element, inRoot, list, type StructureOf } from '../../protocol/document/elements';
import { type ElementsOf, elementsOf } from '../../protocol/document/shapes';
import { boolean, text } from '../../protocol/document/values';
import type { ReplyShape } from '../../protocol/reply/reply';
import { S3Error } from '../../refusals/s3-error';
import { type ConfigurationShapes, configurationShapes, type FamilyName } from '../../shapes/configurations';
import { operation } from '../operation';
import type { ActionsOfConfiguration } from './configuration-operations';

type ElementsOfMember<Name extends FamilyName> = ElementsOf<ConfigurationShapes[Name]['item']['members']>;
type DocumentOf<Name extends FamilyName> = StructureOf<ElementsOfMember<Name>>;

/** A family as it looks on the wire. */
interface Wire<Query extends string, Root extends string> {
  /** The name in the query. */
  readonly query: Query;
  readonly actions: ActionsOfConfiguration;
  /** The root of a document, which is the member's name in SDKs, too. */
  readonly root: Root;
  readonly rootOfList: string;
  /** The beginning of the list, and the refusal of an id that has no configuration (F383). */
  readonly prologOfList: NonNullable<ReplyShape['prolog']>;
  readonly whenNone: 'NoSuchConfiguration' | 'NoSuchUndeclaredConfiguration';
}

const dialect = 'aws';
const longestPage = 100;

/** A list has one name on the wire and another in SDKs. */
type ListName<Root extends string> = `${Root}List`;

/** The operations that put, get, delete and list the configurations of a family (F380). */
export function familyOperations<Name extends FamilyName, const Query extends string, const Root extends string>(
  family: Family<Name>,
  wire: Wire<Query, Root>,
) {
  const { query, actions, root, whenNone } = wire;
  const elements = elementsOf(configurationShapes[family.name].item.members) as ElementsOfMember<Name>; // of its own shape
  const output = { [root]: inRoot(elements) } as { readonly [SdkName in Root]: Element<DocumentOf<Name>> }; // the computed name is Root's

  const put = operation(`PUT /{Bucket}?${query}`, {
    action: actions.write,
    dialect,
    status: 204,
    input: { Id: idMember, ...documentMember<Name, Root>(root, elements) },
    handle({ bucket }, given) {
      const member = Reflect.get(given, root) as FamilyMember<Name>; // what the payload reads
      putMember(family, idOf(given), member, bucket);
    },
  });
  const get = operation(`GET /{Bucket}?${query}&id=*`, {
    action: actions.read,
    dialect,
    root,
    input: { Id: idMember },
    output,
    handle({ bucket }, given) {
      const found = membersOf(family, bucket).find(({ Id }) => Id === idOf(given));
      if (found === undefined) throw new S3Error(whenNone).quoting({ id: idOf(given) });
      return { [root]: found } as never; // of the declared output
    },
  });
  const remove = operation(`DELETE /{Bucket}?${query}`, {
    action: actions.remove ?? actions.write,
    dialect,
    status: 204,
    input: { Id: idMember },
    handle({ bucket }, given) {
      if (!deleteMember(family, idOf(given), bucket)) throw new S3Error(whenNone).quoting({ id: idOf(given) });
    },
  });
  return { put, get, remove, list: listOperation(family, wire, elements) };
}

/** The operation that lists a family. An empty id asks for the list, too (F380). */
function listOperation<Name extends FamilyName, const Query extends string, const Root extends string>(
  family: Family<Name>,
  { query, actions, root, rootOfList, prologOfList }: Wire<Query, Root>,
  elements: ElementsOfMember<Name>,
) {
  const items = list(elements, root) as Element<readonly unknown[]> as Element<readonly DocumentOf<Name>[]>; // of the same elements
  const members = { [`${root}List`]: items } as { readonly [SdkName in ListName<Root>]: typeof items }; // the computed name is ListName's
  return operation(`GET /{Bucket}?${query}`, {
    action: actions.read,
    dialect,
    root: rootOfList,
    prolog: prologOfList,
    input: { ContinuationToken: queryMember('continuation-token') },
    output: {
      IsTruncated: element(boolean),
      ContinuationToken: element(text),
      NextContinuationToken: element(text),
      ...members,
    },
    handle({ bucket, store }, given) {
      const token = Reflect.get(given, 'ContinuationToken') as string | undefined; // as declared
      const after = token ? readPageToken(query, token) : '';
      if (after === undefined) throw new S3Error('ConfigurationTokenInvalid').quoting({ 'continuation-token': token });
      const limit = Math.min(longestPage, store.pageSize);
      const { page, isTruncated } = pageOfMembers(family, bucket, after, limit);
      return {
        IsTruncated: isTruncated,
        ContinuationToken: token,
        NextContinuationToken: isTruncated ? issuePageToken(query, page.at(-1)?.Id ?? '') : undefined,
        [`${root}List`]: page,
      } as never; // of the declared output
    },
  });
}

/** The document of PUT, as a member of its input. */
function documentMember<Name extends FamilyName, Root extends string>(root: Root, elements: ElementsOfMember<Name>) {
  return { [root]: payload(elements) } as { readonly [SdkName in Root]: Member<DocumentOf<Name>> }; // the computed name is Root's
}

/** The id, which is missing if it is empty, too (F380). */
const idMember: Member<string> = {
  at: 'query',
  read({ query }, _name, { refusals }) {
    const id = query.get('id');
    if (!id) refusals.head ??= new S3Error('ConfigurationIdMissing', {}, 'the query has no id');
    return id;
  },
};

/** The id of a request that has one. */
function idOf(given: object): string {
  return Reflect.get(given, 'Id') as string; // else the request is refused
}
