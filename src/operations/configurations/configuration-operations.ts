import type { Dialect } from '../../dialects';
import type { ActionName } from '../../model/access/actions';
import { configurations } from '../../model/configurations';
import {
  type Configuration,
  type ConfigurationContext,
  configurationOf,
  deleteConfiguration,
  putConfiguration,
} from '../../model/configurations/configuration';
import type { ReplyShape } from '../../protocol/reply/reply';
import type { RefusalsOfBuckets } from '../../refusals';
import { S3Error } from '../../refusals/s3-error';
import type { ConfigurationValues, DocumentName } from '../../shapes/configurations';
import { inRoot } from '../../shapes/elements';
import { payload } from '../../shapes/places';
import type { Members } from '../../shapes/shape';
import { type Context, type FullInput, madeOperation, type Operation } from '../operation';

/** The actions of the operations on a configuration. S3 has an action of its own for the deletion of few; it asks for that of a write. */
export interface ActionsOfConfiguration {
  readonly read: ActionName | 'no action';
  readonly write: ActionName | 'no action';
  readonly remove?: ActionName;
}

/** The parts of a declaration in which an operation may differ from those of other configurations. */
interface Differences extends Pick<ReplyShape, 'lineBeforeRoot' | 'emptyDocument' | 'undeclaredRefusals'> {
  readonly contentType: string;
  readonly refusalOfAnonymous: () => S3Error | undefined;
}

/** A configuration as it looks on the wire. */
interface Wire<Value, Root extends string, Answer extends 'members' | 'document', More> {
  /** The name in the query. */
  readonly query: string;
  readonly actions: ActionsOfConfiguration;
  /** The root of the document, which is also the member's name in SDKs. */
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
  readonly dialect?: Dialect['name'];
  /** Throws if the caller of a PUT lacks a right that depends on the document. */
  readonly checkPut?: (context: Context, value: Value) => void;
  /** Further members of PUT. */
  readonly input?: More;
  /** The parts of one of the operations that differ from most. */
  readonly reply?: { readonly [Operation in 'put' | 'get' | 'remove']?: Partial<Differences> };
  /** The older names of the operations. */
  readonly aliases?: { readonly put: string; readonly get: string };
}

type AnswerOf<Value, Root extends string, Answer> = Answer extends 'members'
  ? Value
  : { readonly [SdkName in Root]: Value };

type Row<More extends Members, Sent, Answered> = Operation<FullInput<'{Bucket}', More> & Sent, Answered>;
// biome-ignore lint/complexity/noBannedTypes: no members, which is what {} says here
type None = {};

/** The operations of a configuration. */
interface ConfigurationRows<Value, Root extends string, Answer, More extends Members> {
  readonly put: Row<More, { readonly [SdkName in Root]: Value }, undefined>;
  readonly get: Row<None, unknown, AnswerOf<Value, Root, Answer>>;
  readonly remove: Row<None, unknown, undefined>;
}

/** The operations that put, get and delete a configuration. One that S3 does not have is not in the table. */
export function configurationOperations<
  Name extends DocumentName,
  const Root extends string,
  const Answer extends 'members' | 'document',
  const More extends Members = None,
>(
  name: Name,
  wire: Wire<ConfigurationValues[Name], Root, Answer, More>,
): ConfigurationRows<ConfigurationValues[Name], Root, Answer, More> {
  const configuration: Configuration<Name> = configurations[name];
  const { query, actions, root, digest, dialect, answer, whenNone, maxBytes, aliases, shapeOnCos } = wire;
  const { members }: { readonly members: Members } = configuration.shape;
  const limits = dialect === undefined ? {} : { dialect };
  const answered = (written: Members): Members => (answer === 'members' ? written : { [root]: inRoot(written) });
  return {
    put: madeOperation(`PUT /{Bucket}?${query}`, {
      action: actions.write,
      ...limits,
      ...(configuration.checkBucket && { checkBucket: configuration.checkBucket }),
      ...(digest && { digest }),
      ...(aliases && { aliases: [aliases.put] }),
      ...wire.reply?.put,
      input: { ...wire.input, [root]: payload(members, { maxBytes }) },
      handle(context, given) {
        const value = given[root] as ConfigurationValues[Name]; // what the payload reads
        wire.checkPut?.(context, value);
        putConfiguration(configuration, value, contextOf(context));
        return undefined;
      },
    }),
    get: madeOperation(`GET /{Bucket}?${query}`, {
      action: actions.read,
      ...limits,
      ...wire.reply?.get,
      ...(shapeOnCos && { outputIn: { 'ibm-cos': answered(shapeOnCos.members) } }),
      ...(aliases && { aliases: [aliases.get] }),
      root,
      output: answered(members),
      handle(context) {
        const value = configurationOf(configuration, contextOf(context));
        if (value === undefined && whenNone !== undefined)
          throw new S3Error(whenNone, { BucketName: context.bucket.name });
        return answer === 'members' ? (value ?? {}) : { [root]: value ?? {} };
      },
    }),
    remove: madeOperation(`DELETE /{Bucket}?${query}`, {
      action: actions.remove ?? actions.write,
      ...limits,
      ...wire.reply?.remove,
      status: 204,
      handle(context) {
        deleteConfiguration(configuration, context);
        return undefined;
      },
    }),
  };
}

/** The context by which the model judges the configuration of a request. */
export function contextOf({ bucket, store, request }: Context): ConfigurationContext {
  return { bucket, store, service: request.dialect.configurations };
}
