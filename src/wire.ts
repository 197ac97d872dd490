/**
 * A request and a reply as bytes, as capture passes them up and gets them back. Nothing of S3 has been read from them yet.
 * @module
 */

/** The service whose rules apply: Amazon S3 or IBM Cloud Object Storage. */
export type DialectName = 'aws' | 'ibm-cos';

export type FurtherService = 'sts' | 's3-control';

export interface Endpoint {
  /** `s3`, `sts` and `s3-control`: the mock answers; `iam`: it issues IBM Cloud tokens; `refused`: the host is AWS's, but this library does not answer it. */
  readonly service: 's3' | 'sts' | 's3-control' | 'iam' | 'refused';
  /** The host without a bucket before it, or an account: `s3.eu-west-1.amazonaws.com`. The bucket is the part before it in the Host header. */
  readonly base: string;
  readonly dialect: DialectName;
  /** The region that the host names; undefined for a global endpoint and for a user's own host. */
  readonly region: string | undefined;
  /** A user's own host, which serves all regions: each of its requests names a region and a service. */
  readonly own?: true;
  /** The expression of the user's option that names this host, if it has no group for the bucket: the whole host is then the base. */
  readonly wholeHostOf?: string;
  /** A store of another company, which is refused unless the user names it. */
  readonly store?: true;
  /** The address of AWS_ENDPOINT_URL, where a real server answers for other services. */
  readonly ofAllServices?: true;
  /** An open port, which stands for AWS's hosts of all regions: a signature has to name a region that AWS has (F146). */
  readonly standsForRegions?: true;
  /** The request came to an open port, to which its sender may have another way than whoever signed it. */
  readonly isPort?: true;
  /** The path of the door at the open port. Undefined if the door is closed. */
  readonly door?: string | undefined;
  /** A host of access points: before its base it has the name and the account of one. */
  readonly accessPoint?: true;
  readonly accelerated?: true;
  /** A host of static websites, which names the bucket in front of its base, or as a whole: a domain of the user that leads to the website. */
  readonly website?: 'in front' | 'whole';
  /** The id of the VPC endpoint that the host names, `vpce-1a2b3c4d`: the request came through it. */
  readonly vpcEndpoint?: string;
  /** The reason why a host is refused: "s3-versioning-mock does not answer S3 Tables endpoints". */
  readonly why?: string;
}

export interface OtherHost {
  /**
   * `endpoint`: the host can be the endpoint of S3 for the code under test; `metadata`: the addresses at which EC2, ECS and EKS give SDKs
   * credentials; `sts` and `sign-in`: services of AWS that give credentials; `s3-control`: S3 Control; `aws-service` and
   * `ibm-cloud-service`: another service.
   */
  readonly kind: 'endpoint' | 'metadata' | 'sts' | 's3-control' | 'sign-in' | 'aws-service' | 'ibm-cloud-service';
  /** The entry of the option `hosts` that makes a mock answer it, without a bucket before it and without a port that is the default. */
  readonly entry: string;
}

export interface WireRequest {
  /** The method as sent, upper case. */
  readonly method: string;
  /** Origin form, as sent: `/vault/a%20b?versioning`. */
  readonly url: string;
  /** The Host header without its port, in lower case; the connection's host if the request has no such header. */
  readonly host: string;
  readonly endpoint: Endpoint;
  readonly secure: boolean;
  /** Names in lower case; repeated headers joined with `, `. */
  readonly headers: ReadonlyMap<string, string>;
  /** As sent, which is what was signed: bun's own client of S3 writes the port of the mock as the Host. */
  readonly rawHeaders: readonly string[];
  /** HTTP trailers, names in lower case. */
  readonly trailers: ReadonlyMap<string, string>;
  readonly body: Uint8Array;
  /** What the client wrote behind the end that its Content-Length gives, if that is no request. */
  readonly excess?: Uint8Array | undefined;
  /** Whether the client stopped sending before the end of its body. */
  readonly isCutShort?: true;
  /** The sender, as `senderOf` of the capture returned it where the client wrote the request. */
  readonly sender?: object | undefined;
  /** The number of the run in a world that made the request; undefined if it belongs to no world. */
  readonly run?: number | undefined;
}

/** The head of a request, as far as it tells which service the request is for. */
export type WireHead = Pick<WireRequest, 'method' | 'url' | 'headers'>;

/** A request that is signed for S3, to a host that no mock answers. */
export interface UnansweredRequest {
  readonly host: string;
  readonly port: number;
  readonly method: string;
  /** The path without the query, which contains the signature of a presigned URL. */
  readonly path: string;
  readonly isRefused: boolean;
}

export type Broken = 'reset' | 'refused' | 'timed out';

/** Bytes that are made as they are sent. */
export interface LongBody {
  readonly length: number;
  readonly byteLength: number;
  /** Reads bytes that nobody must change. */
  readonly read: (first: number, end: number) => Uint8Array;
}

/** A reply that stops in the middle of its body, while its connection stays open. */
export interface WireStall {
  /** The bytes of the body that are sent, fewer than it has. */
  readonly after: number;
  /**
   * Takes a function that ends the reply at once. The service calls it if the mock is reset or stopped. Returns a function that forgets it.
   */
  readonly onOvertaken: (endNow: () => void) => () => void;
}

export interface WireReply {
  readonly status: number;
  readonly headers: readonly (readonly [name: string, value: string])[];
  readonly body: string | Uint8Array | LongBody;
  /** `during`: in the middle of the body, or of the head if there is no body; `after`: when so many bytes of the body are sent. */
  readonly disconnect?: 'before' | 'during' | { readonly after: number } | undefined;
  /** `reset` is the default. `refused`, `timed out`: as if it was never opened; clients of a port of this machine read a reset instead. */
  readonly broken?: Broken | undefined;
  readonly stall?: WireStall | undefined;
  /** The body is written in pieces of so many bytes. By default, it is written at once, or in large slices. */
  readonly pieceSize?: number | undefined;
}

/** Replaces the reply of a request that is applied later. */
export interface WireDelay {
  /** The milliseconds of the wait, or a promise of its end, which does not reject. */
  readonly until: number | Promise<void>;
  /** Applies the request. Capture calls it once, when the wait is over. */
  readonly reply: () => WireReply | WireDelay;
  /** Takes a function that ends the wait at once. The service calls that function if the mock is reset or stopped. */
  readonly onOvertaken: (endNow: () => void) => void;
}

/** A case in which capture has no request to hand up. The service words the answer, since capture knows nothing of XML. */
export type CaptureRefusal =
  /** A request to a host that the mock does not answer, though the connection is its own. */
  | { readonly kind: 'unknown-host'; readonly host: string; readonly why: string; readonly request: WireRequest }
  | { readonly kind: 'stopped' }
  /** A reset of the mock overtook the body of the request. */
  | { readonly kind: 'overtaken' }
  /** A request of another test file than the file that started the mock. That file has ended. */
  | { readonly kind: 'left'; readonly callSite: string }
  | { readonly kind: 'unparsable'; readonly reason: string; readonly head: string }
  | { readonly kind: 'broken'; readonly error: unknown };

/**
 * Returns what answers the request once its body is complete, so that a request which began before a reset is recognized. `run` is the
 * `run` of the request.
 */
export type Accept = (run?: number) => Answer;

export interface Answer {
  (request: WireRequest): WireReply | WireDelay;
  /** Whether the head of a request is refused whatever body follows; the reply then takes the place of `100 Continue` (F180). */
  refusesHead?: (head: WireRequest) => boolean;
  /** Takes a function that the service calls if the mock is reset before the body of the request is complete. Returns a function that forgets it. */
  onOvertaken?: (endWait: () => void) => () => void;
}
