import type { Answer } from './wire-form';

/** A bucket of a case has a few versions: what is left after so many pages cannot be removed. */
const mostPages = 10;

export type Call = (operation: string, input: Readonly<Record<string, unknown>>) => Promise<Answer>;

/** Removes a bucket with all that it has, past retention of the mode GOVERNANCE. Returns why it is left, or undefined if it is gone. */
export async function removeBucket(call: Call, Bucket: string): Promise<string | undefined> {
  await call('DeleteBucketPolicy', { Bucket });
  const refused: string[] = [];
  for (let pages = 0; pages < mostPages; pages += 1) {
    if (isGone(await call('DeleteBucket', { Bucket }))) return undefined;
    if ((await removePage(call, Bucket, refused)) === 0) break;
  }
  const { output } = await call('ListMultipartUploads', { Bucket });
  for (const { Key, UploadId } of listIn<{ Key: string; UploadId: string }>(output, 'Uploads'))
    note(refused, 'AbortMultipartUpload', await call('AbortMultipartUpload', { Bucket, Key, UploadId }));
  const last = await call('DeleteBucket', { Bucket });
  if (isGone(last)) return undefined;
  note(refused, 'DeleteBucket', last);
  return [...new Set(refused)].join(', ');
}

const isGone = ({ status }: Answer): boolean => status < 300 || status === 404;

function note(refused: string[], operation: string, { status, code }: Answer): void {
  if (status >= 300) refused.push(`${operation} is ${status}${code === undefined ? '' : ` ${code}`}`);
}

interface Listed {
  readonly Key: string;
  readonly VersionId?: string;
}

/** Returns how many versions there were. */
async function removePage(call: Call, Bucket: string, refused: string[]): Promise<number> {
  const { output } = await call('ListObjectVersions', { Bucket });
  const found = ['Versions', 'DeleteMarkers'].flatMap((name) => listIn<Listed>(output, name));
  // A service without versions lists objects alone.
  const versions =
    found.length > 0 ? found : listIn<Listed>((await call('ListObjectsV2', { Bucket })).output, 'Contents');
  for (const { Key, VersionId } of versions) {
    const version = { Bucket, Key, ...(VersionId !== undefined && { VersionId }) };
    const { status } = await call('DeleteObject', version);
    if (status < 300) continue;
    await call('PutObjectLegalHold', { ...version, LegalHold: { Status: 'OFF' } });
    note(refused, 'DeleteObject', await call('DeleteObject', { ...version, BypassGovernanceRetention: true }));
  }
  return versions.length;
}

function listIn<Item>(output: Readonly<Record<string, unknown>>, name: string): readonly Item[] {
  return (output[name] ?? []) as readonly Item[]; // by the shape of the answer
}
