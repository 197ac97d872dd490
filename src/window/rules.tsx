import type { ComponentChildren, TargetedEvent } from 'preact';
import { useState } from 'preact/hooks';
import { writeAddress } from './address';
import type { RuleLine } from './answers';
import { ask } from './door';
import { useCall, useThingAt } from './hooks';
import { Chip, Json, Problem } from './parts';
import { counted } from './writing';

/**
 * The failure rules and outages: what each met, and the forms to add one. The mock has forgotten those that are switched off: they stay here, with
 * what it takes to make them again, until the page is left.
 */
export function Rules({
  off,
  setOff,
}: {
  readonly off: readonly RuleLine[];
  readonly setOff: (off: readonly RuleLine[]) => void;
}) {
  const { answer, problem } = useThingAt<{ rules: readonly RuleLine[] }>('rules');
  const call = useCall();
  const remove = (rule: RuleLine) => call.run(() => ask('DELETE', `rules/${encodeURIComponent(rule.id)}`));
  const switchOff = (rule: RuleLine) =>
    call.run(async () => {
      await ask('DELETE', `rules/${encodeURIComponent(rule.id)}`);
      setOff([...off, rule]);
    });
  const switchOn = (rule: RuleLine) =>
    call.run(async () => {
      if (rule.made !== undefined) await ask('POST', rule.made.path.slice(1), { body: rule.made.body });
      setOff(off.filter((other) => other !== rule));
    });
  const rules = answer?.rules ?? [];
  // One that is switched off stays in its place, and the focus with it.
  const shown = [...rules.map((rule) => ({ rule, isOn: true })), ...off.map((rule) => ({ rule, isOn: false }))].sort(
    (a, b) => Number(a.rule.id) - Number(b.rule.id),
  );
  return (
    <>
      <h1>Rules</h1>
      <p class="note">
        A rule makes requests fail on purpose. It is in force until it is switched off, has failed as often as it says,
        or the mock is reset.
      </p>
      <Problem>{problem ?? call.problem}</Problem>
      <ul class="rules" aria-label="Rules">
        {shown.map(({ rule, isOn }) => (
          <li key={rule.id} class={isOn ? '' : 'off'}>
            <RuleText rule={rule} />
            {isOn && !rule.isInForce ? (
              <button type="button" class="quiet" aria-label={`Remove ${rule.text}`} onClick={() => remove(rule)}>
                Remove
              </button>
            ) : isOn || rule.made !== undefined ? (
              <Switch isOn={isOn} name={rule.text} onChange={() => (isOn ? switchOff(rule) : switchOn(rule))} />
            ) : (
              <span class="note">The test that made it can make it again.</span>
            )}
          </li>
        ))}
      </ul>
      {answer !== undefined && shown.length === 0 && (
        <p class="empty">No rule is in force: every request is answered as S3 does.</p>
      )}
      <div class="forms">
        <RuleForm />
        <OutageForm />
      </div>
    </>
  );
}

function RuleText({ rule: { text, used, requests, input, made, isInForce } }: { readonly rule: RuleLine }) {
  return (
    <details>
      <summary>
        <span class="id">{text}</span>{' '}
        <Chip kind={used > 0 ? 'bad' : 'plain'}>{used === 0 ? 'met nothing' : `met ${counted(used, 'request')}`}</Chip>
        {!isInForce && ' '}
        {!isInForce && (
          <Chip>{made?.path === '/outages' || text.startsWith('outage(') ? 'not at this time' : 'over'}</Chip>
        )}
      </summary>
      {requests.length > 0 && (
        <p class="note">
          Requests{' '}
          {requests.map((request, index) => (
            <>
              {index > 0 && ', '}
              <a href={writeAddress({ view: 'requests', request: `${request}` })}>{request}</a>
            </>
          ))}
        </p>
      )}
      <Json title="Input" value={input} below="h1" />
      <Json title="Made by" value={made} below="h1" />
    </details>
  );
}

interface SwitchProps {
  readonly isOn: boolean;
  readonly name: string;
  readonly onChange: () => void;
}

function Switch({ isOn, name, onChange }: SwitchProps) {
  return (
    <button type="button" class="switch" role="switch" aria-checked={isOn} aria-label={name} onClick={onChange}>
      <i aria-hidden="true" />
      <span aria-hidden="true">{isOn ? 'on' : 'off'}</span>
    </button>
  );
}

type Fields = Readonly<Record<string, string>>;

interface FormProps {
  readonly title: string;
  readonly onReset?: () => void;
  readonly path: string;
  readonly bodyOf: (fields: Fields) => object;
  readonly button: string;
  readonly children: ComponentChildren;
}

/** A form whose fields become the body of a call. What the door does not accept, it says itself. */
function Form({ title, path, bodyOf, button, onReset, children }: FormProps) {
  const call = useCall();
  const send = (event: TargetedEvent<HTMLFormElement, SubmitEvent>) => {
    event.preventDefault();
    const form = event.currentTarget;
    const fields = Object.fromEntries(Array.from(new FormData(form), ([name, value]) => [name, String(value).trim()]));
    call.run(async () => {
      await ask('POST', path, { body: bodyOf(fields) });
      form.reset();
    });
  };
  return (
    <form class="form" onSubmit={send} onReset={onReset} aria-label={title}>
      <h2>{title}</h2>
      {children}
      <Problem>{call.problem}</Problem>
      <button type="submit" class="primary" disabled={call.isRunning}>
        {button}
      </button>
    </form>
  );
}

const steps = {
  fail: 'fail with a code of S3',
  delay: 'delay the answer, in milliseconds',
  disconnect: 'cut the connection',
} as const;

function RuleForm() {
  const [step, setStep] = useState<string>('fail');
  return (
    <Form title="Add a rule" path="rules" bodyOf={readRule} button="Add the rule" onReset={() => setStep('fail')}>
      <Field name="operation" label="Operation, or * for each" placeholder="for example PutObject" required />
      <Field
        name="input"
        label="Input that it has to have, as JSON"
        placeholder={'for example { "Bucket": "vault" }'}
      />
      <label>
        <span>What happens</span>
        <select name="step" value={step} onChange={({ currentTarget }) => setStep(currentTarget.value)}>
          {Object.entries(steps).map(([name, text]) => (
            <option key={name} value={name}>
              {text}
            </option>
          ))}
        </select>
      </label>
      {step === 'fail' ? (
        <Field name="code" label="Code" placeholder="for example SlowDown" required />
      ) : step === 'delay' ? (
        <Field name="milliseconds" label="Milliseconds" placeholder="for example 2000" inputMode="numeric" required />
      ) : (
        <label>
          <span>When</span>
          <select name="when">
            <option value="before">before the request is applied</option>
            <option value="after">after it was applied</option>
          </select>
        </label>
      )}
      <Field name="times" label="How often; empty for always" inputMode="numeric" />
    </Form>
  );
}

function readRule({ operation, input, step, code, milliseconds, when, times }: Fields): object {
  const how =
    step === 'delay'
      ? { delay: { milliseconds: Number(milliseconds) } }
      : step === 'disconnect'
        ? { disconnect: { when } }
        : { fail: code };
  return { operation, ...(input && { input: readJson(input) }), ...how, ...(times && { times: Number(times) }) };
}

function readJson(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    throw new Error(`the input is not JSON: ${text}. Write { "Bucket": "vault", "Key": "report.pdf" }.`);
  }
}

function OutageForm() {
  return (
    <Form title="Begin an outage" path="outages" bodyOf={readOutage} button="Begin the outage">
      <Field name="region" label="Region" placeholder="for example eu-west-1" />
      <Field name="bucket" label="Bucket" />
      <Field name="account" label="Account" />
      <label>
        <span>Service</span>
        <select name="service">
          <option value="">all of them</option>
          <option value="s3">S3</option>
          <option value="sts">STS</option>
          <option value="s3-control">S3 Control</option>
        </select>
      </label>
      <label class="check">
        <input type="checkbox" name="everything" /> Everything: all regions, buckets, accounts and services
      </label>
      <label>
        <span>As</span>
        <select name="as">
          {troubles.map(([name, text]) => (
            <option key={name} value={name}>
              {text}
            </option>
          ))}
        </select>
      </label>
      <Field
        name="from"
        label="From, by the mock's clock; empty for now"
        placeholder="for example 2026-03-01T12:00:00Z"
      />
      <Field name="until" label="Until; empty for no end" placeholder="for example 2026-03-01T13:00:00Z" />
    </Form>
  );
}

const troubles = [
  ['SlowDown', 'SlowDown, 503'],
  ['ServiceUnavailable', 'ServiceUnavailable, 503'],
  ['InternalError', 'InternalError, 500'],
  ['refused', 'the connection is refused'],
  ['lost', 'the connection is lost'],
  ['timeout', 'the connection times out'],
] as const;

const scopes = ['region', 'bucket', 'account', 'service'] as const;

function readOutage({ everything, ...fields }: Fields): object {
  const isNarrowed = scopes.some((scope) => fields[scope]);
  if (!isNarrowed && everything === undefined)
    throw new Error('say what fails: a region, a bucket, an account, a service, or everything.');
  if (isNarrowed && everything !== undefined)
    throw new Error('everything fails, or a region, a bucket, an account or a service: leave out one of both.');
  return Object.fromEntries(Object.entries(fields).filter(([, value]) => value !== ''));
}

interface FieldProps {
  readonly name: string;
  readonly label: string;
  readonly placeholder?: string;
  readonly required?: boolean;
  readonly inputMode?: 'numeric';
}

function Field({ name, label, placeholder = '', required = false, inputMode = 'text' as 'numeric' }: FieldProps) {
  return (
    <label>
      <span>{label}</span>
      <input
        name={name}
        placeholder={placeholder}
        required={required}
        inputMode={inputMode}
        autocomplete="off"
        spellcheck={false}
      />
    </label>
  );
}
