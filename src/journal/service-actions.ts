import { firstLines } from '../text/counts';

/** What the service did to a bucket by itself, because of a lifecycle rule. No request asked for it. */
export interface ServiceAction {
  /** As S3's server access logs call it: `S3.EXPIRE.OBJECT`, `S3.CREATE.DELETEMARKER`, `S3.TRANSITION_SIA.OBJECT`, `S3.DELETE.UPLOAD`. */
  readonly operation: string;
  /** In a bucket with versioning a version that expires stays, below a delete marker; one that is removed is gone. */
  readonly action: 'expire' | 'remove' | 'transition' | 'abort';
  /** The bucket's name. */
  readonly bucket: string;
  /** The object's key. */
  readonly key: string;
  /** The version it was done to; `undefined` where that was an upload. */
  readonly versionId: string | undefined;
  /** The upload that was aborted. */
  readonly uploadId?: string | undefined;
  /** The storage class that a transition led to. */
  readonly storageClass?: string | undefined;
  /** A midnight UTC. */
  readonly at: Date;
  /** The id of the rule. */
  readonly rule: string;
}

const PRINTED = 20;

/** What the service did by itself, and after which request. The oldest are dropped where there are too many. */
export class ServiceActions {
  readonly #limit: number;
  #actions: { readonly after: number; readonly action: ServiceAction }[] = [];

  constructor(limit: number) {
    this.#limit = limit;
  }

  /** All that are kept, in the order in which they were done. */
  get all(): readonly ServiceAction[] {
    return Object.freeze(this.#actions.map(({ action }) => action));
  }

  /** Adds one that was done when so many requests had come. */
  push(action: ServiceAction, after: number): void {
    this.#actions.push({ after, action: Object.freeze(action) });
    if (this.#actions.length > this.#limit) this.#actions.shift();
  }

  clear(): void {
    this.#actions = [];
  }

  /** Those done after one request and before the next, as lines. */
  linesAfter(request: number): readonly string[] {
    const done = this.#actions.filter(({ after }) => after === request).map(({ action }) => action);
    return firstLines(done.map(actionLine), PRINTED, 'lifecycle action');
  }
}

/** `2026-02-03 00:00  S3.EXPIRE.OBJECT  vault/report.pdf  version null, by rule 'old'` */
function actionLine({ operation, bucket, key, versionId, uploadId, storageClass, at, rule }: ServiceAction): string {
  // An upload's id is 128 letters long, and nobody tells two apart by the later ones.
  const subject = versionId === undefined ? `upload ${uploadId?.slice(0, 8)}…` : `version ${versionId}`;
  const goal = storageClass === undefined ? '' : ` to ${storageClass}`;
  const time = at.toISOString().slice(0, 16).replace('T', ' ');
  return `${time}  ${operation}  ${bucket}/${key}  ${subject}${goal}, by rule '${rule}'`;
}
