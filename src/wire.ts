/**
 * What capture hands up and gets back: a request and a reply as bytes, before anything of S3 is read into them.
 * @module
 */

/** Which service's manners apply: Amazon S3's, or those of IBM Cloud Object Storage. */
export type DialectName = 'aws' | 'ibm-cos';

/** What a captured host name stands for. */
export interface Endpoint {
  /** `s3` is answered; `iam` issues IBM Cloud tokens; what is `refused` is S3's, but no part of this library. */
  readonly service: 's3' | 'iam' | 'refused';
  /** The host without a bucket before it: `s3.eu-west-1.amazonaws.com`. What stands before it in the Host header is the bucket. */
  readonly base: string;
  readonly dialect: DialectName;
  /** The region that the host names; undefined for a global endpoint and for hosts of the user's own. */
  readonly region: string | undefined;
  /** A host of the user's own, which stands for many: its requests say which region and service they ask. */
  readonly own?: true;
  /** Why a refused host is refused: "S3 website endpoints are not answered by s3-versioning-mock". */
  readonly why?: string;
}

export interface WireRequest {
  /** As sent, upper case. */
  readonly method: string;
  /** Origin form, as sent: `/vault/a%20b?versioning`. */
  readonly url: string;
  /** The Host header without its port, lower case; the connection's host where there was no header. */
  readonly host: string;
  readonly endpoint: Endpoint;
  readonly secure: boolean;
  /** Names in lower case; repeated headers joined with `, `. */
  readonly headers: ReadonlyMap<string, string>;
  /** Names and values in turn, as they came. */
  readonly rawHeaders: readonly string[];
  /** HTTP trailers, names in lower case. */
  readonly trailers: ReadonlyMap<string, string>;
  readonly body: Uint8Array;
}

export interface WireReply {
  readonly status: number;
  /** In the order in which they are sent. */
  readonly headers: readonly (readonly [name: string, value: string])[];
  readonly body: string | Uint8Array;
  /** Where the connection is to be lost: before anything of the reply is sent, or in the middle of it. */
  readonly disconnect?: 'before' | 'during' | undefined;
}

/** In the place of a reply: that the request is to be applied later. */
export interface WireDelay {
  readonly milliseconds: number;
  /** Applies the request; asked once, when the time is over. */
  readonly reply: () => WireReply;
  /** Takes what ends the wait at once, for when there is nothing left to wait for. */
  readonly onOvertaken: (endNow: () => void) => void;
}

/** What capture has to answer by itself; protocol words it, since capture knows nothing of XML. */
export type CaptureRefusal =
  | { readonly kind: 'unknown-host'; readonly host: string; readonly why: string }
  | { readonly kind: 'stopped' }
  | { readonly kind: 'unparsable'; readonly reason: string; readonly head: string }
  | { readonly kind: 'broken'; readonly error: unknown };

/**
 * Takes a request whose head has arrived and returns what answers it once its body is complete, so that a request which
 * began before a reset is known for one.
 */
export type Accept = () => Answer;

/** Answers a request whose body is complete. */
export interface Answer {
  (request: WireRequest): WireReply | WireDelay;
  /** Whether the head of a request is refused whatever body follows; the reply then takes the place of `100 Continue` (F180). */
  readonly refusesHead?: (head: WireRequest) => boolean;
}
