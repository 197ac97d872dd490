/**
 * A delete marker among the versions of a key: the frozen object `{ deleteMarker: true }`. Spread it to add members.
 *
 * @example
 * mockS3({ buckets: { vault: { versioning: 'Enabled', objects: { 'report.pdf': ['first', deleteMarker] } } } });
 *
 * @example
 * const yesterday = { ...deleteMarker, lastModified: '2026-01-30T10:00:00Z' };
 */
export const deleteMarker: DeleteMarker = Object.freeze({ deleteMarker: true });

/** The type of `deleteMarker`. */
export interface DeleteMarker {
  /** Always `true`. A delete marker contains neither bytes nor the other members of an object. */
  readonly deleteMarker: true;
}
