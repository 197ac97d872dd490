import { say } from '../../text/reason';
import type { Asked, Change, Hint } from '../hint';
import { readParameters, withoutParameter } from './wire';

/** The actions of an operation without a version id, and with one. */
const actions: Readonly<Record<string, readonly [plain: string, ofVersion: string]>> = {
  GetObject: ['s3:GetObject', 's3:GetObjectVersion'],
  HeadObject: ['s3:GetObject', 's3:GetObjectVersion'],
  DeleteObject: ['s3:DeleteObject', 's3:DeleteObjectVersion'],
};

/** A policy denies an action, and a request with a version id needs another one. */
export const tryWithoutVersionId: Hint = {
  tries: 'no version id, where a test expects a refusal',
  of: 'requests that should be refused',
  changes: ({ entry, wire }: Asked): readonly Change[] => {
    const [plain, ofVersion] = actions[entry.operation ?? ''] ?? [];
    const parameter = readParameters(wire).find(({ name }) => name === 'versionId');
    if (plain === undefined || parameter === undefined) return [];
    return [
      {
        wire: withoutParameter(wire, parameter),
        says: ({ refusal }) => {
          return String(
            say`with a version id S3 asks for ${ofVersion}, not for ${plain}. Without one it would have been refused: ${refusal?.why ?? ''}. Deny ${ofVersion} as well.`,
          );
        },
      },
    ];
  },
  succeeds: ({ code }) => code === 'AccessDenied',
};
