/** A state that a bucket's versioning can be set to. Until versioning is set for the first time, it is undefined. */
export type VersioningStatus = 'Enabled' | 'Suspended';

/** Whether MFA Delete guards a bucket. It is undefined until MFA Delete is set for the first time. */
export type MfaDeleteStatus = 'Enabled' | 'Disabled';

/** A bucket's versioning as GetBucketVersioning returns it. */
export interface VersioningConfiguration {
  readonly Status?: VersioningStatus | undefined;
  readonly MFADelete?: MfaDeleteStatus | undefined;
}

/** The moment at which a request first enabled versioning, and the number of the write that came next. */
export interface FirstEnabling {
  readonly at: number;
  readonly sequence: number;
}
