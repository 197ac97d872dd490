/** The facts of a request to STS beside its parameters, for which the conditions of trust policies ask. */
export interface RequestFacts {
  /** `aws:SourceIp`. */
  readonly sourceIp: string;
  /** `aws:SecureTransport`: whether the request came by TLS. */
  readonly isSecure: boolean;
  /** `aws:UserAgent`. */
  readonly userAgent: string | undefined;
  /** The region of the host, `us-east-1` for the global one: `aws:RequestedRegion`. Its partition is that of the ARNs. */
  readonly region: string;
}
