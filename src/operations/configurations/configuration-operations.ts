import type { ActionName } from '../../model/access/actions';
import {
  type Configuration,
  type ConfigurationContext,
  configurationOf,
  deleteConfiguration,
  putConfiguration,
} from '../../model/configurations/configuration';
import { type InputMembers, type Member, payload } from '../../protocol/document/binding';
import { type Element, type Elements, inRoot, type StructureOf } from '../../protocol/document/elements';
import { type ElementsOf, elementsOf } from '../../protocol/document/shapes';
import type { ReplyShape } from '../../protocol/reply/reply';
import type { RefusalsOfBuckets } from '../../refusals';
import { S3Error } from '../../refusals/s3-error';
import type { ConfigurationShapes, ConfigurationValues, DocumentName } from '../../shapes/configurations';
import type { Members } from '../../shapes/shape';
import { type Context, operation } from '../operation';

type ElementsOfConfiguration<Name extends DocumentName> = ElementsOf<ConfigurationShapes[Name]['members']>;
type DocumentOf<Name extends DocumentName> = StructureOf<ElementsOfConfiguration<Name>>;

/** The actions of the operations on a configuration. S3 has an action of its own for the deletion of few; it asks for that of a write. */
export interface ActionsOfConfiguration {
  readonly read: ActionName;
  readonly write: ActionName;
  readonly remove?: ActionName;
}

/** A configuration as it looks on the wire. */
interface Wire<Query extends string, Root extends string, Answer extends 'members' | 'document', More> {
  /** The name in the query. */
  readonly query: Query;
  readonly actions: ActionsOfConfiguration;
  /** The root of the document, which is the member's name in SDKs, too. */
  readonly root: Root;
  /** Whether the output of GET has the document's members, or the document under the root's name. */
  readonly answer: Answer;
  /** The refusal of a GET of a bucket that has none; if it is left out, S3 answers an empty document. */
  readonly whenNone?: RefusalsOfBuckets;
  /** If it is left out, S3 compares a digest that is sent, and requires none (F405). */
  readonly digest?: 'required' | 'required by ibm-cos';
  /** The shape in the order in which IBM COS writes it, if that is another one. */
  readonly shapeOnCos?: { readonly members: Members };
  /** The limit of the document in bytes, if S3 documents one. */
  readonly maxBytes?: number;
  /** The only service that has it. */
  readonly dialect?: 'aws';
  /** Further members of PUT. */
  readonly input?: More;
  /** The form of the answer to GET, if it is not that of most answers. */
  readonly reply?: { readonly contentType?: string } & Pick<ReplyShape, 'lineBeforeRoot' | 'emptyDocument'>;
  /** The older names of the operations. */
  readonly aliases?: { readonly put: string; readonly get: string };
}

type AnswerOf<Name extends DocumentName, Root extends string, Answer> = Answer extends 'members'
  ? ElementsOfConfiguration<Name>
  : { readonly [SdkName in Root]: Element<DocumentOf<Name>> };

/** The operations that put, get and delete a configuration. One that S3 does not have is not in the table. */
export function configurationOperations<
  Name extends DocumentName,
  const Query extends string,
  const Root extends string,
  const Answer extends 'members' | 'document',
  // biome-ignore lint/complexity/noBannedTypes: no members, which is what {} says here
  More extends InputMembers = {},
>(configuration: Configuration<Name>, wire: Wire<Query, Root, Answer, More>) {
  const { query, actions, root, digest, dialect, answer, whenNone, maxBytes, aliases, shapeOnCos } = wire;
  const limits = dialect === undefined ? {} : { dialect };
  const elements = elementsOf(configuration.shape.members) as ElementsOfConfiguration<Name>; // of its own shape
  const input = { ...wire.input, [root]: payload(elements, maxBytes === undefined ? {} : { maxBytes }) } as More & {
    readonly [SdkName in Root]: Member<DocumentOf<Name>>;
  }; // the computed name is Root's
  const answered = (written: Elements): Elements => (answer === 'members' ? written : { [root]: inRoot(written) });
  const output = answered(elements) as AnswerOf<Name, Root, Answer>; // by the answer's word

  const put = operation(`PUT /{Bucket}?${query}`, {
    action: actions.write,
    ...limits,
    ...(configuration.checkBucket && { checkBucket: configuration.checkBucket }),
    ...(digest && { digest }),
    ...(aliases && { aliases: [aliases.put] }),
    input,
    handle(context, given) {
      const value = Reflect.get(given, root) as ConfigurationValues[Name]; // what the payload reads
      putConfiguration(configuration, value, contextOf(context));
    },
  });
  const get = operation(`GET /{Bucket}?${query}`, {
    action: actions.read,
    ...limits,
    ...wire.reply,
    ...(shapeOnCos && { outputIn: { 'ibm-cos': answered(elementsOf(shapeOnCos.members)) } }),
    ...(aliases && { aliases: [aliases.get] }),
    root,
    output,
    handle(context) {
      const value = configurationOf(configuration, contextOf(context));
      if (value === undefined && whenNone !== undefined)
        throw new S3Error(whenNone, { BucketName: context.bucket.name });
      return (answer === 'members' ? (value ?? {}) : { [root]: value ?? {} }) as never; // of the declared output
    },
  });
  const remove = operation(`DELETE /{Bucket}?${query}`, {
    action: actions.remove ?? actions.write,
    ...limits,
    status: 204,
    handle(context) {
      deleteConfiguration(configuration, context);
    },
  });
  return { put, get, remove };
}

/** The context by which the model judges the configuration of a request. */
export function contextOf({ bucket, store, request }: Context): ConfigurationContext {
  return { bucket, store, service: request.dialect.configurations };
}
