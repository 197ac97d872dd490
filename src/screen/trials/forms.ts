import { writeValue } from '../../text/values';
import type { WireRequest } from '../../wire';
import type { Asked, Change, Hint } from '../hint';
import { withBody } from './wire';

const FIELD = 'success_action_status';

/** S3 answers a form without a body, unless the form asks for another status. */
export const tryStatusOfForm: Hint = {
  tries: 'a form with the success_action_status that a test expects',
  of: 'writes',
  changes: (asked) => {
    const { entry, entries, wire } = asked;
    const isLast = entries.findLast(({ status }) => status === entry.status) === entry;
    const status = findStatus(asked);
    const boundary = /boundary="?([^";]+)/.exec(wire.headers.get('content-type') ?? '')?.[1];
    if (entry.operation !== 'PostObject' || !isLast || status === undefined || boundary === undefined) return [];
    const form = Buffer.from(wire.body).toString('latin1');
    if (form.includes(`name="${FIELD}"`)) return [];
    const withField = `--${boundary}\r\nContent-Disposition: form-data; name="${FIELD}"\r\n\r\n${status}\r\n${form}`;
    const covered = withCondition(withField, status);
    const fact = `S3 answers a form with ${entry.status}, unless it has a field ${FIELD}. With ${writeValue(status)} it would have answered ${status}`;
    return [
      makeChange(wire, withField, `${fact}: add the field before the file.`),
      ...(covered === undefined
        ? []
        : [
            makeChange(
              wire,
              covered,
              `${fact}: give createPresignedPost Fields: { ${FIELD}: ${writeValue(status)} }, since the policy needs a condition on it.`,
            ),
          ]),
    ];
  },
  succeeds: ({ refusal, status }, asked) => refusal === undefined && String(status) === findStatus(asked),
};

/** The other status that a form can ask for, and that a test expects of it. */
function findStatus({ entry, compared }: Asked): string | undefined {
  const found = compared.find(
    ({ numbers: [expected, received] }) => received === entry.status && (expected === 200 || expected === 201),
  );
  return found && String(found.numbers[0]);
}

function makeChange(wire: WireRequest, form: string, text: string): Change {
  return { wire: withBody(wire, Buffer.from(form, 'latin1')), says: () => text };
}

/** Adds a condition on the field to the policy of a form. */
function withCondition(form: string, status: string): string | undefined {
  const sent = /name="policy"\r\n\r\n([A-Za-z0-9+/]+={0,2})\r\n/i.exec(form)?.[1];
  if (sent === undefined) return undefined;
  const policy = Buffer.from(sent, 'base64').toString();
  const changed = policy.replace(/"conditions"\s*:\s*\[/, (start) => `${start}{"${FIELD}":"${status}"},`);
  return form.replace(sent, () => Buffer.from(changed).toString('base64'));
}
