import { Fragment } from 'preact';
import { type Address, writeAddress } from './address';
import type { AccountLine, MfaCode, SnapshotLine } from './answers';
import { ask } from './door';
import { useCall, useKnown, useStateOfMock, useThingAt } from './hooks';
import { AskingButton, BlockChip, Chip, CopyButton, Problem } from './parts';
import { IdentityDrawer } from './who';
import { counted, visible, writeMoment } from './writing';

interface About {
  readonly version: string;
  /** Where the documents are; empty if they are in the package alone. */
  readonly documents: string;
}

interface MockToolsProps extends About {
  readonly address: Address;
}

export function MockTools({ address: { account, user, role }, version, documents }: MockToolsProps) {
  const { mock } = useKnown();
  if (mock === undefined) return null;
  return (
    <>
      <h1>Mock</h1>
      <p class="note">
        Account {mock.account.name}, <span class="id">{mock.account.id}</span>
      </p>
      <div class="forms">
        <State />
        <Mfa now={mock.now} />
      </div>
      <Accounts />
      {account !== undefined && (
        <IdentityDrawer key={`${account} ${user} ${role}`} account={account} user={user} role={role} />
      )}
      <section class="usage" aria-labelledby="about">
        <h2 id="about">Documents</h2>
        <p>
          This is s3-versioning-mock {version}.{' '}
          {documents === '' ? (
            <>
              Its documents are in the package: begin with <code class="id">README.md</code>, and with{' '}
              <code class="id">docs/guides/window.md</code> for this page.
            </>
          ) : (
            <a href={documents}>Its documents</a>
          )}
        </p>
        <p>
          <a href="openapi.json">openapi.json</a> describes each call of the door.
        </p>
      </section>
    </>
  );
}

function State() {
  const call = useCall();
  const { answer, problem } = useThingAt<{ snapshots: readonly SnapshotLine[] }>('snapshots');
  return (
    <section class="form" aria-labelledby="state">
      <h2 id="state">State</h2>
      <p class="note">
        A reset brings back the buckets and the clock of the start. A snapshot stores the state, so that you can return
        to it. Tests can take snapshots, too.
      </p>
      <Problem>{call.problem ?? problem}</Problem>
      <div class="tools">
        <AskingButton
          name="Reset the mock"
          question="Press again to reset"
          disabled={call.isRunning}
          onPress={() => call.run(() => ask('POST', 'reset'))}
        />
        <button type="button" disabled={call.isRunning} onClick={() => call.run(() => ask('POST', 'snapshot'))}>
          Take a snapshot
        </button>
      </div>
      <ul class="snapshots">
        {answer?.snapshots.toReversed().map(({ id, at }) => (
          <li key={id}>
            <span>
              Snapshot <span class="id">{id}</span>, at {writeMoment(at)}
            </span>
            <button
              type="button"
              class="quiet"
              aria-label={`Restore snapshot ${id}`}
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

interface MadeCode extends MfaCode {
  readonly until: number;
}

/** The milliseconds of the mock's clock for which a code counts. */
const lifeOfCode = 90_000;

function Mfa({ now }: { readonly now: string }) {
  const call = useCall();
  const [made, setMade] = useStateOfMock<MadeCode | undefined>(undefined);
  const make = () =>
    call.run(async () => {
      const { now: at } = await ask<{ now: string }>('GET', 'clock');
      setMade({ ...(await ask<MfaCode>('POST', 'mfa/code')), until: Date.parse(at) + lifeOfCode });
    });
  const isOver = made !== undefined && Date.parse(now) > made.until;
  return (
    <section class="form" aria-labelledby="mfa">
      <h2 id="mfa">MFA code</h2>
      <p class="note">
        The serial number and an unused code, as the header x-amz-mfa has them. Each code works once, for 90 seconds by
        the mock's clock.
      </p>
      <Problem>{call.problem}</Problem>
      <div class="tools">
        <button type="button" disabled={call.isRunning} onClick={make}>
          Make a code
        </button>
        {made !== undefined && !isOver && (
          <>
            <CopyButton name="Copy the header" text={made.header} />
            <CopyButton name="Copy the code" text={made.code} />
          </>
        )}
      </div>
      <output aria-live="polite">
        {made !== undefined && (
          <>
            {isOver ? <s class="id">{made.header}</s> : <span class="id">{made.header}</span>}{' '}
            <span class="note">{`${isOver ? 'over since' : 'until'} ${writeMoment(made.until)} UTC`}</span>
          </>
        )}
      </output>
    </section>
  );
}

function Accounts() {
  const { answer, problem } = useThingAt<{ accounts: readonly AccountLine[] }>('accounts');
  return (
    <section class="pane" aria-labelledby="accounts">
      <h2 id="accounts">Accounts</h2>
      <Problem>{problem}</Problem>
      <ul class="snapshots">
        {answer?.accounts.map(({ id, name, users, roles, publicAccessBlock }) => (
          <li key={id}>
            <span class="point">
              <span>
                <a href={writeAddress({ view: 'mock', account: name })}>{visible(name)}</a> <span class="id">{id}</span>
              </span>
              <Identities account={name} names={users} kind="user" />
              <Identities account={name} names={roles} kind="role" />
            </span>
            <span class="chips">
              <BlockChip block={publicAccessBlock} />
              {users.length > 0 && <Chip>{counted(users.length, 'user')}</Chip>}
              {roles.length > 0 && <Chip>{counted(roles.length, 'role')}</Chip>}
            </span>
          </li>
        ))}
      </ul>
    </section>
  );
}

interface IdentitiesProps {
  readonly account: string;
  readonly names: readonly string[];
  readonly kind: 'user' | 'role';
}

/** `Users: ann, ben`, each with a link to its documents. */
function Identities({ account, names, kind }: IdentitiesProps) {
  if (names.length === 0) return null;
  return (
    <span class="note">
      {kind === 'user' ? 'Users: ' : 'Roles: '}
      {names.map((name, at) => (
        <Fragment key={name}>
          {at > 0 && ', '}
          <a href={writeAddress({ view: 'mock', account, [kind]: name })}>{visible(name)}</a>
        </Fragment>
      ))}
    </span>
  );
}
