import { useState } from 'preact/hooks';
import type { AccountLine } from './answers';
import { ask } from './door';
import { useAnswer, useCall, useKnown } from './hooks';
import { Problem } from './parts';
import { writeMoment } from './writing';

/** A snapshot that this page took. */
export interface Taken {
  readonly id: string;
  readonly at: string;
}

interface MockToolsProps {
  readonly taken: readonly Taken[];
  readonly setTaken: (taken: readonly Taken[]) => void;
}

/** The mock as a whole: reset, snapshots, codes of the MFA device, accounts. */
export function MockTools({ taken, setTaken }: MockToolsProps) {
  const { mock } = useKnown();
  if (mock === undefined) return null;
  return (
    <>
      <h1>Mock</h1>
      <p class="note">
        Account {mock.account.name}, <span class="id">{mock.account.id}</span>
      </p>
      <div class="forms">
        <State taken={taken} setTaken={setTaken} now={mock.now} />
        <Mfa />
      </div>
      <Accounts />
    </>
  );
}

function State({ taken, setTaken, now }: MockToolsProps & { readonly now: string }) {
  const call = useCall();
  const take = () =>
    call.run(async () => {
      const { id } = await ask<{ id: string }>('POST', 'snapshot');
      setTaken([{ id, at: now }, ...taken]);
    });
  return (
    <section class="form" aria-labelledby="state">
      <h2 id="state">State</h2>
      <p class="note">
        Reset brings back the buckets and the clock of the start. A snapshot keeps the present state to return to.
      </p>
      <Problem>{call.problem}</Problem>
      <div class="tools">
        <button type="button" disabled={call.isRunning} onClick={() => call.run(() => ask('POST', 'reset'))}>
          Reset the mock
        </button>
        <button type="button" disabled={call.isRunning} onClick={take}>
          Take a snapshot
        </button>
      </div>
      <ul class="snapshots">
        {taken.map(({ id, at }) => (
          <li key={id}>
            <span>
              Snapshot {id}, at {writeMoment(at)}
            </span>
            <button
              type="button"
              class="quiet"
              onClick={() => call.run(() => ask('POST', 'restore', { body: { id } }))}
            >
              Restore
            </button>
          </li>
        ))}
      </ul>
    </section>
  );
}

function Mfa() {
  const call = useCall();
  const [header, setHeader] = useState<string | undefined>(undefined);
  const make = () => call.run(async () => setHeader((await ask<{ header: string }>('POST', 'mfa/code')).header));
  return (
    <section class="form" aria-labelledby="mfa">
      <h2 id="mfa">MFA code</h2>
      <p class="note">The serial number and an unused code, as the header x-amz-mfa has them. Each code works once.</p>
      <Problem>{call.problem}</Problem>
      <div class="tools">
        <button type="button" disabled={call.isRunning} onClick={make}>
          Make a code
        </button>
      </div>
      <output class="id" aria-live="polite">
        {header}
      </output>
    </section>
  );
}

function Accounts() {
  const { answer, problem } = useAnswer('accounts', () => ask<{ accounts: readonly AccountLine[] }>('GET', 'accounts'));
  return (
    <section aria-labelledby="accounts">
      <h2 id="accounts">Accounts</h2>
      <Problem>{problem}</Problem>
      <ul class="snapshots">
        {answer?.accounts.map(({ id, name }) => (
          <li key={id}>
            <span>
              {name} <span class="id">{id}</span>
            </span>
          </li>
        ))}
      </ul>
    </section>
  );
}
