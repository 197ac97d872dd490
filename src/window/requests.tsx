import { useMemo, useState } from 'preact/hooks';
import { maskForm, maskJson, maskText, maskUrl } from '../text/masks';
import { type Address, changeTo, writeAddress } from './address';
import type { ActionLine, RequestLine, WholeRequest } from './answers';
import { DecidingStatement, findDecider } from './decider';
import { ask } from './door';
import { useCall, useKnown, useRowHeight, useThingAt } from './hooks';
import type { Known } from './live';
import { AskingButton, Chip, type ChipKind, CopyCode, Drawer, Facts, Json, Problem, Subject, Time } from './parts';
import { Reach } from './reach';
import { VirtualList } from './virtual-list';
import { CallerLink, CallerName, callerInWords, namesOfCaller } from './who';
import { counted, grouped, visible, visibleLines, writeKey, writeMoment } from './writing';

type Line = { readonly request: RequestLine } | { readonly action: ActionLine };

export function Requests({ address: { text, code, caller, request } }: { readonly address: Address }) {
  const known = useKnown();
  const { requests, actions } = known;
  const [onlyFailed, setOnlyFailed] = useState(false);
  const [opened, setOpened] = useState<ActionLine | undefined>(undefined);
  const clear = useCall();
  // Where there is little room, the reason of a refusal has a line of its own.
  const rowHeight = useRowHeight({ wide: 56, narrow: 94 });
  const lines = useMemo(
    () => joinLines(requests, actions, { text, code, caller, onlyFailed }),
    [requests, actions, text, code, caller, onlyFailed],
  );
  const codes = useMemo(() => requests.flatMap(({ error }) => error?.code ?? []), [requests]);
  const callers = useMemo(() => requests.map((one) => callerInWords(one.caller)), [requests]);
  const open = (line: Line) => {
    if ('action' in line) setOpened(line.action);
    else changeTo({ request: `${line.request.id}` });
  };
  return (
    <>
      <div class="headline">
        <h1>Requests</h1>
        <div class="tools">
          <TextFilter text={text} requests={requests} />
          <CountedFilter
            label="Error"
            any="any answer"
            value={code}
            values={codes}
            onChange={(chosen) => changeTo({ code: chosen })}
          />
          <CountedFilter
            label="Caller"
            any="anyone"
            value={caller}
            values={callers}
            onChange={(chosen) => changeTo({ caller: chosen })}
          />
          <label class="check">
            <input
              type="checkbox"
              checked={onlyFailed}
              onChange={({ currentTarget }) => setOnlyFailed(currentTarget.checked)}
            />
            failed only
          </label>
          <CopyCode name="Copy as test" load={() => loadAssertions(lines)} />
          <AskingButton
            name="Clear"
            question="Press again to clear"
            isQuiet
            onPress={() => clear.run(() => ask('DELETE', 'requests'))}
          />
        </div>
      </div>
      <Problem>{clear.problem}</Problem>
      <VirtualList<Line>
        label="Requests"
        items={lines}
        rowHeight={rowHeight}
        idOf={idOf}
        onOpen={open}
        empty={
          requests.length === 0 ? (
            <>
              <p>No request has come yet. They appear here as they come.</p>
              <Reach />
            </>
          ) : (
            'No request is like that.'
          )
        }
        draw={(line) =>
          'request' in line ? <RequestRow request={line.request} /> : <ActionRow action={line.action} />
        }
      />
      <p class="note" aria-live="polite">
        {countInWords(lines, known)}
      </p>
      {request !== undefined && (
        <RequestDetails
          key={request}
          id={request}
          line={requests.find(({ id }) => `${id}` === request)}
          onClose={() => changeTo({ request: undefined })}
        />
      )}
      {opened !== undefined && <ActionDetails action={opened} onClose={() => setOpened(undefined)} />}
    </>
  );
}

/** The assertions of the requests that are shown, in the order in which they came. */
async function loadAssertions(lines: readonly Line[]): Promise<string> {
  const requests = lines.flatMap((line) => ('request' in line ? line.request.id : [])).reverse();
  return (await ask<{ code: string }>('POST', 'assertions', { body: { requests } })).code;
}

/** `9 of 24 requests, 1 of 3 actions of S3 by itself` */
function countInWords(lines: readonly Line[], { requests, actions, isPartial, dropped }: Known): string {
  const asked = lines.filter((line) => 'request' in line).length;
  const part = (shown: number, all: number, noun: string) =>
    shown === all ? counted(all, noun) : `${grouped(shown)} of ${counted(all, noun)}`;
  const done = `, ${part(lines.length - asked, actions.length, 'action')} of S3 by itself`;
  const older = dropped > 0 ? `; the journal dropped ${counted(dropped, 'older request')}` : '';
  return `${part(asked, requests.length, 'request')}${actions.length > 0 ? done : ''}${isPartial ? '; older ones are loading' : older}`;
}

const idOf = (line: Line) => ('request' in line ? `request ${line.request.id}` : `action ${line.action.id}`);
const timeOf = (line: Line) => ('request' in line ? line.request.time : line.action.at);

interface Wanted {
  readonly text: string | undefined;
  readonly code: string | undefined;
  readonly caller: string | undefined;
  readonly onlyFailed: boolean;
}

/** Both lists in the order of time, newest first. */
function joinLines(
  requests: readonly RequestLine[],
  actions: readonly ActionLine[],
  { text = '', code, caller, onlyFailed }: Wanted,
): readonly Line[] {
  const words = text.toLowerCase().split(/\s+/);
  const asked: Line[] = requests
    .filter((one) => code === undefined || one.error?.code === code)
    .filter((one) => caller === undefined || callerInWords(one.caller) === caller)
    .filter((one) => contain(namesIn(one), words) && (!onlyFailed || hasFailed(one)))
    .map((request) => ({ request }));
  const done: Line[] = (caller === undefined ? actions : [])
    .filter((one) => code === undefined || one.reason === code)
    .filter((one) => contain([one.operation, one.bucket, one.key, one.reason, one.why, one.rule], words))
    .filter((one) => !onlyFailed || one.result === 'FAILED')
    .map((action) => ({ action }));
  // Sorting keeps the order of those of one time.
  const timed = [...asked, ...done].map((line) => ({ line, at: Date.parse(timeOf(line)) })).sort((a, b) => a.at - b.at);
  return timed.reverse().map(({ line }) => line);
}

/** Whether each word is in one of the names. Small and capital letters are the same. */
function contain(names: readonly (string | undefined)[], words: readonly string[]): boolean {
  const lower = names.map((name) => name?.toLowerCase() ?? '');
  return words.every((word) => lower.some((name) => name.includes(word)));
}

function namesIn(request: RequestLine): readonly (string | undefined)[] {
  const { operation, method, bucket, key, versionId, accessPoint, status, client, error, why, failure, caller } =
    request;
  const reasons = [`${status}`, error?.code, error?.message, why, failure?.what];
  const names = [operation, method, bucket, key, versionId, accessPoint, client, ...namesOfCaller(caller)];
  return [...names, serviceInWords(request), inputInWords(request), ...reasons];
}

const otherServices: Readonly<Record<string, string>> = { sts: 'STS', 's3-control': 'S3 Control' };

function serviceInWords({ service }: RequestLine): string | undefined {
  return otherServices[service];
}

/** A request to another service than S3 has its subject, such as a role or an access point, in its input. */
function inputInWords(request: RequestLine): string | undefined {
  if (serviceInWords(request) === undefined) return undefined;
  const members = Object.entries(request.input ?? {}).filter(([, value]) => typeof value !== 'object');
  return members.map(([name, value]) => `${name} ${maskText(name, String(value))}`).join(', ');
}

function hasFailed({ error, failure, status }: RequestLine): boolean {
  return error !== undefined || failure !== undefined || status === 0;
}

interface CountedFilterProps {
  readonly label: string;
  /** What stands for no choice. */
  readonly any: string;
  readonly value: string | undefined;
  readonly values: readonly string[];
  readonly onChange: (value: string | undefined) => void;
}

/** The values that came, each with the number of its requests. */
function CountedFilter({ label, any, value, values, onChange }: CountedFilterProps) {
  const counts = useMemo(
    () => values.toSorted().reduce((all, one) => all.set(one, (all.get(one) ?? 0) + 1), new Map<string, number>()),
    [values],
  );
  const known = [...counts.keys()];
  return (
    <label class="select">
      <span>{label}</span>
      <select value={value ?? ''} onChange={({ currentTarget }) => onChange(currentTarget.value || undefined)}>
        <option value="">{any}</option>
        {(value === undefined || counts.has(value) ? known : [value, ...known]).map((one) => (
          <option key={one} value={one}>
            {`${visible(one)}, ${grouped(counts.get(one) ?? 0)}`}
          </option>
        ))}
      </select>
    </label>
  );
}

interface TextFilterProps extends Pick<Known, 'requests'> {
  readonly text: string | undefined;
}

function TextFilter({ text, requests }: TextFilterProps) {
  const names = useMemo(() => [...new Set(requests.flatMap((one) => one.operation ?? []))].sort(), [requests]);
  return (
    <label class="select">
      <span>Filter</span>
      <input
        type="search"
        list="operations"
        value={text ?? ''}
        placeholder="such as PutObject vault 403"
        onInput={({ currentTarget: { value } }) => changeTo({ text: value || undefined })}
      />
      <datalist id="operations">
        {names.map((name) => (
          <option key={name} value={name} />
        ))}
      </datalist>
    </label>
  );
}

function RequestRow({ request }: { readonly request: RequestLine }) {
  const { status, operation, method, time, error, why, failure, versionId } = request;
  const service = serviceInWords(request);
  return (
    <>
      <span class="line">
        <Chip kind={statusKind(request)}>{status === 0 ? 'cut' : status}</Chip>
        <strong>{operation ?? method}</strong>
        {service !== undefined && <Chip kind="accent">{service}</Chip>}
        <span class="id name subject">
          {operation === undefined
            ? visible(maskUrl(request.url))
            : visible(inputInWords(request) ?? '') || <Subject of={request} />}
          {versionId !== undefined && ` (${visible(versionId)})`}
        </span>
        <Time at={time} />
      </span>
      <span class="line dim">
        {error !== undefined && <b class="code">{error.code}</b>}
        <span class="name reason">
          {firstLine(failure?.what ?? why ?? error?.message ?? request.notes?.[0] ?? request.client ?? '')}
        </span>
        <span class="end">
          {visible(callerInWords(request.caller))} in request {request.id}
        </span>
      </span>
    </>
  );
}

function firstLine(text: string): string {
  return visible(text.split('\n', 1)[0] ?? '');
}

function statusKind(request: RequestLine): ChipKind {
  if (hasFailed(request)) return 'bad';
  return request.status < 300 ? 'good' : 'plain';
}

function ActionRow({ action }: { readonly action: ActionLine }) {
  return (
    <>
      <span class="line">
        <Chip kind={action.result === 'FAILED' ? 'bad' : 'soon'}>{action.result === 'FAILED' ? 'FAILED' : 'S3'}</Chip>
        <strong>{action.operation}</strong>
        <span class="id name subject">
          <Subject of={action} />
        </span>
        <Time at={action.at} />
      </span>
      <span class="line dim">
        <span class="name">{actionInWords(action)}</span>
      </span>
    </>
  );
}

function actionInWords({
  versionId,
  rule,
  result,
  reason,
  why,
  destination,
  storageClass,
  accessTier,
}: ActionLine): string {
  const goal = destination ?? storageClass ?? accessTier;
  const parts = [
    versionId === undefined ? 'upload' : `version ${versionId}`,
    goal && `to ${goal}`,
    rule && `by rule '${rule}'`,
    result !== 'COMPLETED' && result,
    reason,
    why,
  ];
  return visible(parts.filter((part) => part).join(', '));
}

interface RequestDetailsProps {
  readonly id: string;
  readonly line: RequestLine | undefined;
  readonly onClose: () => void;
}

function RequestDetails({ id, line, onClose }: RequestDetailsProps) {
  const { answer, problem } = useThingAt<WholeRequest>(`requests/${encodeURIComponent(id)}`);
  const whole: WholeRequest | undefined = answer ?? line;
  if (whole === undefined)
    return (
      <Drawer title={`Request ${id}`} onClose={onClose}>
        <Problem>{problem}</Problem>
      </Drawer>
    );
  const { operation, method, error, why, failure, notes = [] } = whole;
  const decider = error?.code === 'AccessDenied' ? findDecider(whole) : undefined;
  return (
    <Drawer title={operation ?? method} onClose={onClose}>
      <Problem>{problem}</Problem>
      {decider !== undefined && <DecidingStatement decider={decider} />}
      {why !== undefined && <p class="why">{visibleLines(why)}</p>}
      {error?.code === 'AccessDenied' && decider === undefined && <Deciders request={whole} />}
      {notes.map((note) => (
        <p class="why" key={note}>
          {note}
        </p>
      ))}
      <Facts
        facts={{
          Request: `${id}`,
          Answer: `${whole.status}${error ? ` ${error.code}` : ''}`,
          'S3 says': error?.message,
          'Failure asked for': failure && `${failure.what}${failure.applied ? ', applied nevertheless' : ''}`,
          Service: serviceInWords(whole),
          Bucket: whole.bucket && <a href={writeAddress({ view: 'buckets', bucket: whole.bucket })}>{whole.bucket}</a>,
          'Access point': whole.accessPoint && <span class="id">{whole.accessPoint}</span>,
          Key: whole.key && (
            <a class="id" href={writeAddress({ view: 'buckets', bucket: whole.bucket, key: whole.key })}>
              {writeKey(whole.key)}
            </a>
          ),
          Version: whole.versionId && <span class="id">{visible(whole.versionId)}</span>,
          Time: `${writeMoment(whole.time)} UTC`,
          Caller: <CallerLink caller={whole.caller} />,
          Client: whole.client,
          Sent: (
            <span class="id">
              {method} {visible(maskUrl(whole.url))}
            </span>
          ),
        }}
      />
      <Json title="Input" value={maskJson(whole.input)} />
      <Json title="Output" value={maskJson(whole.output)} />
      <Json title="Headers" value={maskJson(whole.headers)} />
      <Json title="Body" value={maskBody(whole)} />
    </Drawer>
  );
}

/** Where somebody reads on if nothing allowed a request. */
function Deciders({ request: { bucket, caller } }: { readonly request: RequestLine }) {
  return (
    <p class="note">
      What decides: the policies of <CallerName caller={caller} />
      {bucket !== undefined && (
        <>
          {', and the policy of '}
          <a href={writeAddress({ view: 'buckets', bucket })}>{bucket}</a>
        </>
      )}
      .
    </p>
  );
}

/** A body that is no text is an object. */
function maskBody({ headers, body }: WholeRequest): unknown {
  return typeof body === 'string' ? maskForm(headers?.['content-type'] ?? '', body) : body;
}

function ActionDetails({ action, onClose }: { readonly action: ActionLine; readonly onClose: () => void }) {
  return (
    <Drawer title={action.operation} onClose={onClose}>
      <p class="why">S3 did this by itself: {actionInWords(action)}</p>
      <Json title="Action" value={action} />
    </Drawer>
  );
}
