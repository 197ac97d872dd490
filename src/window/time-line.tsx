import { type Address, changeTo, goTo } from './address';
import { useKnown, useRowHeight } from './hooks';
import { Chip, Problem, Subject } from './parts';
import { type Lane, lanes, type Plans, type Span, type Step, writePlan } from './plans';
import { VirtualList } from './virtual-list';
import { counted, day, grouped, visible, writeDate, writeDistance, writeMoment } from './writing';

const laneNames: Readonly<Record<Lane, string>> = {
  expire: 'Expire: a delete marker on top',
  remove: 'Remove: the version goes',
  transition: 'Transition to a storage class',
  abort: 'Abort an upload',
  restore: 'Restores',
  replicate: 'Replication',
};

interface TimeLineProps {
  readonly address: Address;
  readonly plans: Plans;
  readonly span: Span | undefined;
}

export function TimeLine({ address: { bucket, until }, plans, span: known }: TimeLineProps) {
  const { mock } = useKnown();
  if (mock === undefined || known === undefined) return null;
  // A day counts to its end.
  const last = until === undefined ? Number.POSITIVE_INFINITY : Date.parse(until) + day - 1;
  const span = { from: known.from, to: Math.max(known.from + day, Math.min(known.to, last)) };
  const isAsked = (step: Step) => (bucket === undefined || step.bucket === bucket) && !(step.at > last);
  const steps = plans.steps.filter(isAsked);
  const planned = plans.planned.filter(isAsked);
  const failed = steps.filter(({ state }) => state === 'failed').reverse();
  const used = lanes.filter((lane) => steps.some((step) => step.lane === lane));
  return (
    <>
      <div class="headline">
        <h1>Plans</h1>
        <div class="tools">
          {bucket !== undefined && (
            <button type="button" class="quiet" onClick={() => changeTo({ bucket: undefined })}>
              {`Of ${bucket} alone ×`}
            </button>
          )}
          <Until now={Date.parse(mock.now)} until={until} />
        </div>
      </div>
      <p class="note">
        {writePlan(plans, 'What lifecycle and replication will do if nothing else changes.')} Move the clock below and
        watch it happen. The buttons and the slider move the clock forward only. To undo what S3 did, restore a snapshot
        or reset the mock, under Mock.
      </p>
      <Problem>{plans.problem}</Problem>
      <div class="plan">
        {used.length > 0 && (
          <figure class="lanes" aria-label={`Time line from ${writeDate(span.from)} to ${writeDate(span.to)}`}>
            {used.map((lane) => (
              <LaneRow
                key={lane}
                lane={lane}
                steps={steps.filter((step) => step.lane === lane)}
                span={span}
                now={Date.parse(mock.now)}
              />
            ))}
            <figcaption>
              <span>{writeDate(span.from)}</span>
              <span>{writeDate(span.to)}</span>
            </figcaption>
          </figure>
        )}
        <div class="steps">
          {failed.length > 0 && (
            <section class="pane failed" aria-label="Copies that failed">
              <h2>{counted(failed.length, 'copy', 'copies')} failed, and S3 does not try again</h2>
              <StepList label="Failed copies" steps={failed} now={mock.now} empty="" />
            </section>
          )}
          {plans.isKnown && planned.length > 0 && (
            <h2>
              {writePlan(
                plans,
                `${counted(planned.length, 'planned action')}${until === undefined ? '' : ` until ${until}`}, soonest first`,
              )}
            </h2>
          )}
          {plans.isKnown && (
            <StepList
              label="Planned actions"
              steps={planned}
              now={mock.now}
              empty={writePlan(
                plans,
                plans.planned.length > 0
                  ? 'S3 does nothing of this kind until then.'
                  : 'S3 plans nothing: no bucket has a lifecycle rule that will act, and nothing is to be replicated.',
              )}
            />
          )}
        </div>
      </div>
    </>
  );
}

const distances = [7, 30, 365];

/** The date until which plans are shown: some by one click, and any other by its field. */
function Until({ now, until }: { readonly now: number; readonly until: string | undefined }) {
  return (
    <>
      {distances.map((days) => {
        const date = writeDate(now + days * day);
        const isChosen = until === date;
        return (
          <button
            key={days}
            type="button"
            class="quiet"
            aria-pressed={isChosen}
            onClick={() => changeTo({ until: isChosen ? undefined : date })}
          >
            {`Next ${days} days`}
          </button>
        );
      })}
      <label class="select">
        <span>Until</span>
        <input
          type="date"
          min={writeDate(now)}
          value={until ?? ''}
          onInput={({ currentTarget: { value } }) => changeTo({ until: value || undefined })}
        />
      </label>
    </>
  );
}

interface StepListProps {
  readonly label: string;
  readonly steps: readonly Step[];
  readonly now: string;
  readonly empty: string;
}

function StepList({ label, steps, now, empty }: StepListProps) {
  return (
    <VirtualList<Step>
      label={label}
      items={steps}
      rowHeight={useRowHeight()}
      idOf={({ id }) => id}
      onOpen={({ bucket, key }) => goTo({ view: 'buckets', bucket, key })}
      empty={empty}
      draw={(step) => <StepRow step={step} now={now} />}
    />
  );
}

/** The parts into which a lane is divided; each has a bar if something is done in it. */
const parts = 80;

type Bar = Record<Step['state'], number>;

interface LaneProps {
  readonly lane: Lane;
  readonly steps: readonly Step[];
  readonly span: Span;
  readonly now: number;
}

function LaneRow({ lane, steps, span: { from, to }, now }: LaneProps) {
  const bars = new Map<number, Bar>();
  for (const { at, state } of steps) {
    const part = Math.floor(((at - from) / (to - from)) * parts);
    if (part < 0 || part >= parts) continue;
    const bar = bars.get(part) ?? { done: 0, planned: 0, failed: 0 };
    bar[state] += 1;
    bars.set(part, bar);
  }
  const sum = ({ done, planned, failed }: Bar) => done + planned + failed;
  const most = [...bars.values()].reduce((highest, bar) => Math.max(highest, sum(bar)), 1);
  const count = (wanted: Step['state']) => steps.filter(({ state }) => state === wanted).length;
  const failed = count('failed');
  return (
    <div class="lane">
      <p>
        <b>{laneNames[lane]}</b>{' '}
        <span class="dim">{`${counted(count('planned'), 'action')} planned, ${counted(count('done'), 'action')} done`}</span>{' '}
        {failed > 0 && <Chip kind="bad">{`${grouped(failed)} failed`}</Chip>}
      </p>
      <div class="track" aria-hidden="true">
        {[...bars].map(([part, bar]) => (
          <i
            key={part}
            class={bar.failed > 0 ? 'failed' : bar.planned === 0 ? 'done' : ''}
            style={{
              left: `${(part / parts) * 100}%`,
              height: `${20 + 80 * (Math.log1p(sum(bar)) / Math.log1p(most))}%`,
            }}
          />
        ))}
        <span class="now" style={{ left: `${Math.min(100, ((now - from) / (to - from)) * 100)}%` }} />
      </div>
    </div>
  );
}

function StepRow({ step, now }: { readonly step: Step; readonly now: string }) {
  const { lane, at, versionId, goal, rule, state, trouble } = step;
  return (
    <>
      <span class="line">
        {state === 'failed' ? (
          <Chip kind="bad">FAILED</Chip>
        ) : (
          <Chip kind={lane === 'remove' || lane === 'expire' ? 'marker' : 'plain'}>{lane}</Chip>
        )}
        <span class="id name subject">
          <Subject of={step} />
        </span>
        <span class="end">{writeDistance(at, now)}</span>
      </span>
      <span class="line dim">
        <span class="moment">{writeMoment(at).slice(0, 16)}</span>
        <span class="name">
          {visible(
            [
              trouble,
              goal && `to ${goal}`,
              rule && `by '${rule}'`,
              // The id is what a narrow row can leave out.
              versionId === undefined ? 'upload' : `version ${versionId}`,
            ]
              .filter((part) => part)
              .join(', '),
          )}
        </span>
      </span>
    </>
  );
}
