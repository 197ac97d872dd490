import type { Call } from './call';
import { probableRegion } from './misspelt-region';

/** A sentence for the journal on a request; undefined if there is nothing to say. */
type Note = (call: Call) => string | undefined;

/** The notes that a request may get, in the order in which the journal prints them. */
const notes: readonly Note[] = [mfaOverHttp, misspeltRegion];

// Shared by all requests without a note.
const none: readonly string[] = Object.freeze([]);

/** The mock's remarks on a request, a sentence each. */
export function notesOf(call: Call): readonly string[] {
  let found: string[] | undefined;
  for (const write of notes) {
    const note = write(call);
    if (note === undefined) continue;
    found ??= [];
    found.push(note);
  }
  const { handlerNotes } = call;
  return handlerNotes === undefined ? (found ?? none) : [...(found ?? none), ...handlerNotes.lines()];
}

// F204
function mfaOverHttp({ request: { wire, headers } }: Call): string | undefined {
  if (wire.secure || !headers.has('x-amz-mfa')) return undefined;
  return 'x-amz-mfa came over http; S3 takes it over https alone, and the mock over both';
}

function misspeltRegion({ request: { endpoint, dialect } }: Call): string | undefined {
  const probable = probableRegion(endpoint.region, dialect);
  return (
    probable &&
    `the client called the region ${endpoint.region}, which the mock does not know. Did you mean ${probable}?`
  );
}
