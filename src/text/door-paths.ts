/**
 * The paths of the door, for a client that leaves its prefix out, or writes a path of another tool: S3 takes the beginning of such a path for a bucket.
 * @module
 */

/** The routes of the door, without its prefix. A test compares them with the door. */
export const doorRoutes: readonly string[] = [
  'GET /mock',
  'POST /reset',
  'GET /state',
  'GET /fixture',
  'PUT /state',
  'POST /snapshot',
  'GET /snapshots',
  'POST /restore',
  'GET /clock',
  'PUT /clock',
  'POST /clock/advance',
  'GET /lifecycle/plan',
  'GET /replication/plan',
  'GET /usage',
  'GET /requests',
  'GET /requests/{id}',
  'DELETE /requests',
  'POST /assertions',
  'GET /explanation',
  'GET /service-actions',
  'GET /events',
  'PUT /deliver/{arn}',
  'POST /events/settled',
  'GET /rules',
  'POST /rules',
  'POST /outages',
  'DELETE /rules/{id}',
  'GET /unused-rules',
  'GET /accounts',
  'POST /accounts',
  'GET /accounts/{account}',
  'PATCH /accounts/{account}',
  'POST /mfa/code',
  'POST /mfa/deactivate',
  'POST /mfa/activate',
  'POST /act-as',
  'POST /accounts/{account}/may',
  'POST /accounts/{account}/sessions',
  'POST /accounts/{account}/users',
  'GET /accounts/{account}/users/{user}',
  'PATCH /accounts/{account}/users/{user}',
  'POST /accounts/{account}/users/{user}/sessions',
  'POST /accounts/{account}/users/{user}/may',
  'POST /accounts/{account}/roles',
  'GET /accounts/{account}/roles/{role}',
  'PATCH /accounts/{account}/roles/{role}',
  'POST /accounts/{account}/roles/{role}/sessions',
  'POST /accounts/{account}/roles/{role}/revoke-sessions',
  'POST /accounts/{account}/roles/{role}/may',
  'PUT /kms-keys/{key}',
  'POST /iam/refuse',
  'POST /iam/expire-tokens',
  'GET /buckets',
  'POST /buckets',
  'GET /buckets/{bucket}',
  'PATCH /buckets/{bucket}',
  'GET /buckets/{bucket}/access-points',
  'GET /buckets/{bucket}/keys',
  'GET /buckets/{bucket}/versions',
  'GET /buckets/{bucket}/history',
  'GET /buckets/{bucket}/bytes',
  'GET /buckets/{bucket}/download',
  'POST /buckets/{bucket}/put',
  'POST /buckets/{bucket}/delete',
  'POST /buckets/{bucket}/presign',
];

/** What other servers of tests have at a path of their own, and the route that does the same. */
const paths: readonly (readonly [path: RegExp, route: string])[] = [
  [/^\/(?:_localstack\/state|moto-api|__admin|__admin\/mappings|__admin\/scenarios)\/reset$/, 'POST /reset'],
  [/^\/__admin\/requests\/reset$/, 'DELETE /requests'],
  [/^\/__admin\/requests$/, 'GET /requests'],
  [/^\/moto-api\/data\.json$/, 'GET /state'],
  [/^\/(?:_localstack|__admin|minio)(?:\/.*)?$/, 'GET /mock'],
  [/^\/moto-api(?:\/.*)?$/, 'GET /mock'],
  [/^\/(?:health|healthz|ready)$/, 'GET /mock'],
];

/** Another prefix that somebody remembers: `/mock`, `/__mock`, `/mock-s3`. */
const otherPrefix = /^\/_{0,2}(?:s3-?)?mock(?:-?s3)?(?=\/)/;

/** Returns the request to the door that a client meant, such as `POST /_mock/reset`. */
export function suggestRoute(door: string, method: string, url: string): string | undefined {
  const [path = ''] = url.split('?');
  const asked = path.replace(otherPrefix, '').replace(/(.)\/$/, '$1');
  const known = paths.find(([expression]) => expression.test(path))?.[1];
  const fitting = doorRoutes.filter((route) => fits(route, asked));
  const route = known ?? fitting.find((one) => one.startsWith(`${method} `)) ?? fitting[0];
  if (route === undefined) return undefined;
  const [of = '', pattern = ''] = route.split(' ');
  return `${of} ${door}${known === undefined ? asked : pattern}`;
}

function fits(route: string, path: string): boolean {
  const pattern = route.slice(route.indexOf('/')).split('/');
  const parts = path.split('/');
  return (
    pattern.length === parts.length &&
    pattern.every((part, at) => part === parts[at] || (part.startsWith('{') && parts[at] !== ''))
  );
}
