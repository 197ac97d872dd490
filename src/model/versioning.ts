/** The two states that versioning can be set to. A bucket where it was never set has neither. */
export type VersioningStatus = 'Enabled' | 'Suspended';

/** Whether MFA Delete guards a bucket. Undefined until it is set for the first time. */
export type MfaDeleteStatus = 'Enabled' | 'Disabled';

/** A bucket's versioning as GetBucketVersioning tells it. */
export interface VersioningConfiguration {
  readonly Status?: VersioningStatus | undefined;
  readonly MFADelete?: MfaDeleteStatus | undefined;
}
