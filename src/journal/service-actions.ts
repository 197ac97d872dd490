import type { ServiceAction } from '../model/schedule/service-action';
import { beforeLine, counted, firstLines } from '../text/counts';
import { visible } from '../text/values';
import type { LogKind } from './lines';
import { Log, Queue } from './log';

const PRINTED = 20;

const kind: LogKind = { label: 's3.requests.serviceActions', noun: 'service action' };

/** The actions that S3 took by itself. Each one knows its place among the requests, so that both are printed in one order. */
export class ServiceActions extends Log<ServiceAction> {
  /** The number of the last request before each action. */
  readonly #places = new WeakMap<ServiceAction, number>();

  constructor(limit: number) {
    super(new Queue(limit), kind);
  }

  append(action: ServiceAction, place: number): void {
    this.#places.set(action, place);
    this.add(Object.freeze(action));
  }

  droppedLines(): readonly string[] {
    if (this.dropped === 0) return [];
    return [`(${counted(this.dropped, `older ${kind.noun}`)} dropped; journal: { limit } keeps more)`];
  }

  linesAfter(request: number): readonly string[] {
    const lines = this.filter((action) => this.#places.get(action) === request).map(writeAction);
    return firstLines(lines, PRINTED, kind.noun);
  }
}

/** Writes the last actions on a key, also the actions that replicated it. */
export function writeLastActions(
  actions: readonly ServiceAction[],
  bucket: string,
  key: string,
  atMost: number,
): readonly string[] {
  const own = actions.filter((one) => isActionOn(one, bucket, key));
  const before = own.length > atMost ? [beforeLine(own.length - atMost)] : [];
  return [...before, ...own.slice(-atMost).map(writeAction)];
}

export function isActionOn(action: ServiceAction, bucket: string, key: string): boolean {
  return action.key === key && (action.bucket === bucket || action.destination === bucket);
}

export function writeAction(action: ServiceAction): string {
  const { operation, bucket, key, storageClass, accessTier, destination, at, rule } = action;
  const goal = storageClass ?? accessTier ?? destination;
  const time = at.toISOString().slice(0, 16).replace('T', ' ');
  const subject = `${writeSubject(action)}${goal === undefined ? '' : ` to ${goal}`}`;
  const cause = rule === undefined ? '' : `, by rule '${rule}'`;
  return `${time}  ${operation}  ${bucket}/${key}  ${subject}${cause}${writeOutcome(action)}`;
}

export function traceServiceAction(action: ServiceAction): string {
  return visible(writeAction(action));
}

function writeSubject({ versionId, uploadId, part = 'object' }: ServiceAction): string {
  // An upload's id has 128 letters, and the first eight suffice to distinguish two.
  if (versionId === undefined) return `upload ${uploadId?.slice(0, 8)}…`;
  if (part === 'delete marker') return `${part} ${versionId}`;
  const version = `version ${versionId}`;
  return part === 'object' ? version : `${part === 'acl' ? 'ACL' : part} of ${version}`;
}

function writeOutcome({ result, reason, why }: ServiceAction): string {
  if (result === undefined || result === 'COMPLETED') return '';
  const named = reason === undefined ? result : `${result} ${reason}`;
  return why === undefined ? `  ${named}` : `  ${named}: ${why}`;
}
