import { type Action, actions, findAction } from '../model/access/actions';
import { actionsOfOperations } from '../model/access/operation-actions';
import { hintFor } from '../text/spelling';
import { writeGiven } from '../text/values';

/** Reads the action that a test asks for. Throws a TypeError for any other value, in which it looks for the name of an operation. */
export function readAction(at: string, given: unknown): Action {
  const found = typeof given === 'string' ? findAction(given) : undefined;
  if (found !== undefined && found.name === given) return found;
  throw new TypeError(
    `${at}: there is no action ${writeGiven(given)}. Give an action of S3 as policies name it, such as 's3:GetObject'.${hintOf(given)}`,
  );
}

function hintOf(given: unknown): string {
  const names = actions.map(({ name }) => name);
  if (typeof given !== 'string') return hintFor(given, names);
  const short = given.replace(/^s3:/, '');
  const needed = actionsOfOperations.get(short);
  if (needed !== undefined) return ` ${short} needs ${needed}.`;
  const full = findAction(`s3:${short}`);
  return full === undefined ? hintFor(given, names) : ` Did you mean ${full.name}?`;
}
