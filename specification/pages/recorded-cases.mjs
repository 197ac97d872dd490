// Writes a recorded case of specification/cases as a part of a page: what is given, the calls and their answers, and the evidence.
import { block, grouped, inline, plain } from './literals.mjs';
import { withTokens } from './tokens.mjs';

const width = 140;
/** The width of a line in calls, whose entries of lists are best on a line each. */
const wide = 170;
/** The column at which the answers of short calls stand, at most. */
const farthest = 72;

/** A case without its heading. `sameAs` is a link to a case of the page that has the same state. */
export function writeCase(recordedCase, { evidence, sameAs }) {
  const { state, calls, notPlayed, leftOut = [] } = recordedCase;
  const sessions = findSessions(calls);
  const callers = [...new Set(calls.map(([, , , , , more]) => callerOf(more, sessions)))];
  const [only] = callers.length === 1 ? callers : [];
  return [
    evidence,
    ...(notPlayed === undefined ? [] : [`It is not played: ${notPlayed}.`]),
    ...writeGiven(state, sameAs, sessions),
    ...(only === undefined || only === '' ? [] : [only === 'anonymous' ? 'The calls are not signed.' : `The caller is \`${only}\`.`]),
    fenced('text', writeCalls(calls, (more) => (only === undefined ? callerOf(more, sessions) : ''))),
    ...(leftOut.length === 0 ? [] : [`Left out: ${leftOut.map(({ label, reason }) => `\`${label}\`, since ${reason}`).join('; ')}.`]),
  ].join('\n\n');
}

export function counted(count, noun) {
  return `${grouped(count)} ${noun}${count === 1 ? '' : 's'}`;
}

function fenced(language, text) {
  return `\`\`\`${language}\n${text}\n\`\`\``;
}

function writeGiven(state, sameAs, sessions) {
  const isEmpty = state === undefined || Object.keys(state).length === 0;
  const parts = [...(isEmpty || sameAs !== undefined ? [] : [block(state, width)])];
  for (const [key, name] of sessions) parts.push(`// ${name}\n${block(JSON.parse(key).session, width)}`);
  const given = sameAs === undefined ? [] : [`Given: as in ${sameAs}.`];
  return parts.length === 0 ? given : [...given, sameAs === undefined ? 'Given:' : 'And:', fenced('js', parts.join('\n'))];
}

/** The sessions of roles of a case, each with the name under which its calls name it. */
function findSessions(calls) {
  const keys = new Set(calls.flatMap(([, , , , , more]) => (typeof more?.by === 'object' ? [JSON.stringify(more.by)] : [])));
  const all = [...keys].map((key) => [key, JSON.parse(key)]);
  return new Map(all.map(([key, { caller, session }], at) => [key, `${caller}, session ${session.name ?? at + 1}`]));
}

function callerOf(more, sessions) {
  const { by } = more ?? {};
  return typeof by === 'object' ? sessions.get(JSON.stringify(by)) : (by ?? '');
}

/** The calls, a line each where it fits. */
function writeCalls(calls, nameCaller) {
  const written = calls.map((call) => writeCall(call, nameCaller(call[5])));
  const short = written.filter(isShort).map(({ request }) => request.length);
  const column = Math.max(0, ...short);
  return written.map((call) => joinCall(call, column)).join('\n');
}

const isShort = ({ request, document, answer }) =>
  document === '' && request.length <= farthest && !answer.includes('\n') && request.length + answer.length <= width;

function joinCall({ time, request, document, answer, rest }, column) {
  const isOne = isShort({ request, document, answer });
  const first = isOne ? `${request.padEnd(column)}  → ${answer}` : `${request}${document}\n    → ${answer}`;
  return `${time}${first}${rest.map((line) => `\n      ${line}`).join('')}`;
}

function writeCall([, operation, input, answer, output = {}, more = {}], caller) {
  const who = caller === '' ? '' : `${caller === 'anonymous' ? 'unsigned' : caller}: `;
  const where = more.region === undefined ? '' : ` in ${more.region}`;
  const [request, document] = operation.includes(' ') ? writePlain(operation, input) : [writeInput(operation, input), ''];
  const lacking = Object.entries(output).flatMap(([name, value]) => (value === null ? [name] : []));
  const members = Object.fromEntries(Object.entries(output).filter(([, value]) => value !== null));
  const shown = Object.keys(members).length === 0 ? '' : ` ${inlineOrBlock(members, '      ')}`;
  return {
    time: writeTime(more),
    request: `${who}${request}${where}`,
    document,
    answer: `${answer}${shown}`,
    rest: writeRest([...lacking, ...(more.absent ?? [])], more),
  };
}

function inlineOrBlock(value, indent) {
  const line = inline(value);
  return line.length + indent.length <= wide ? line : block(value, wide, indent);
}

function writeInput(operation, input) {
  const values = withTokens(input);
  return Object.keys(values).length === 0 ? operation : `${operation} ${inlineOrBlock(values, '')}`;
}

/** A request as it is on the wire: its line, and its headers and its body on lines of their own. */
function writePlain(operation, { headers = {}, body, host, secure }) {
  const lines = [
    ...(host === undefined ? [] : [`Host: ${host}`]),
    ...Object.entries(headers).map(([name, value]) => `${name}: ${plain(value)}`),
    ...(body === undefined || body.length === 0 ? [] : writeBody(body)),
  ];
  return [secure === false ? `${operation} by plain HTTP` : operation, lines.map((line) => `\n    ${line}`).join('')];
}

function writeBody(body) {
  if (typeof body !== 'string') return [inline(body)];
  return plain(body).replaceAll('\r\n', '\n').split('\n');
}

function writeTime({ after, at }) {
  const later = Object.entries(after ?? {}).map(([unit, count]) => counted(count, unit.replace(/s$/, '')));
  return [...(after === undefined ? [] : [`-- ${later.join(', ')} later\n`]), ...(at === undefined ? [] : [`-- at ${at}\n`])].join('');
}

/** What an answer has beside its members, and what it lacks. */
function writeRest(absent, { headers = {}, order = [] }) {
  const all = Object.entries(headers);
  const lacking = [...absent, ...all.flatMap(([name, value]) => (value === null ? [name] : []))];
  const present = all.filter(([, value]) => value !== null).map(([name, value]) => `${name}: ${plain(value)}`);
  return [
    ...wrapped(present, ' | '),
    ...(order.length === 0 ? [] : wrapped([`headers in this order: ${order[0]}`, ...order.slice(1)], ', ')),
    ...(lacking.length === 0 ? [] : wrapped([`no ${lacking[0]}`, ...lacking.slice(1)], ', ')),
  ];
}

function wrapped(parts, separator) {
  const lines = [];
  for (const part of parts) {
    const line = lines.at(-1);
    if (line !== undefined && line.length + separator.length + part.length <= width) lines[lines.length - 1] = `${line}${separator}${part}`;
    else lines.push(part);
  }
  return lines;
}
