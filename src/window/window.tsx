/** The page at `/_mock/`: what the served mock has and does, by the door alone. */
import { type ComponentChild, render } from 'preact';
import { useLayoutEffect, useState } from 'preact/hooks';
import { type Address, useAddress, type View, views, writeAddress } from './address';
import type { RuleLine } from './answers';
import { Buckets } from './buckets';
import { ClockBar } from './clock-bar';
import { Costs } from './costs';
import { Events } from './events';
import { LiveContext, useKnown, useStateOfMock } from './hooks';
import { Live } from './live';
import { MockTools } from './mock-tools';
import { type Plans, type Span, usePlans, useSpan } from './plans';
import { Requests } from './requests';
import { Rules } from './rules';
import { TimeLine } from './time-line';
import { grouped } from './writing';

const names: Readonly<Record<View, string>> = {
  buckets: 'Buckets',
  requests: 'Requests',
  events: 'Events',
  plans: 'Plans',
  rules: 'Rules',
  costs: 'Costs',
  mock: 'Mock',
};

function Page() {
  const { mock, lost } = useKnown();
  const address = useAddress();
  const plans = usePlans();
  const span = useSpan(plans);
  useLayoutEffect(() => {
    document.title = [address.key, address.bucket, names[address.view], 'S3 mock'].filter((part) => part).join(' · ');
  }, [address.view, address.bucket, address.key]);
  return (
    <>
      <button type="button" class="skip" onClick={() => document.getElementById('main')?.focus()}>
        Skip to the content
      </button>
      <header class="top">
        <p class="title" title={`s3-versioning-mock ${VERSION}`}>
          <b>s3-versioning-mock</b>
        </p>
        <Navigation view={address.view} />
        <div class="links">
          <a href={DOCUMENTS || '#mock'}>Documents</a>
          <a href="openapi.json">API</a>
        </div>
        <ThemeChoice />
      </header>
      {lost !== undefined && (
        <p class="lost" role="alert">
          {`The mock does not answer: ${lost}. This page tries again every two seconds${mock === undefined ? '.' : ', and shows what it last knew.'}`}
        </p>
      )}
      <main id="main" tabIndex={-1}>
        <Content address={address} plans={plans} span={span} />
      </main>
      <ClockBar plans={plans} span={span} />
    </>
  );
}

function Navigation({ view }: { readonly view: View }) {
  const { requests, events } = useKnown();
  const counts: Partial<Record<View, number>> = { requests: requests.length, events: events.length };
  return (
    <nav aria-label="Views">
      {views.map((one) => (
        <a key={one} href={writeAddress({ view: one })} aria-current={one === view ? 'page' : undefined}>
          {names[one]}
          {(counts[one] ?? 0) > 0 && <span class="count">{grouped(counts[one] ?? 0)}</span>}
        </a>
      ))}
    </nav>
  );
}

const themes = ['system', 'light', 'dark'] as const;
type Theme = (typeof themes)[number];

const placeOfTheme = 's3-mock-theme';

function ThemeChoice() {
  const [theme, setTheme] = useState<Theme>(readTheme);
  useLayoutEffect(() => {
    document.documentElement.dataset['theme'] = theme;
    try {
      localStorage.setItem(placeOfTheme, theme);
    } catch {
      // A browser may refuse to store anything; the choice then lasts as long as the page.
    }
  }, [theme]);
  return (
    <label class="select theme" title="Colours of the page">
      <span class="hidden">Colours</span>
      <select
        value={theme}
        onChange={({ currentTarget: { value } }) => setTheme(themes.find((one) => one === value) ?? 'system')}
      >
        {themes.map((one) => (
          <option key={one} value={one}>
            {one}
          </option>
        ))}
      </select>
    </label>
  );
}

function readTheme(): Theme {
  try {
    const found = localStorage.getItem(placeOfTheme);
    return themes.find((one) => one === found) ?? 'system';
  } catch {
    return 'system';
  }
}

const noRules: readonly RuleLine[] = [];

interface ContentProps {
  readonly address: Address;
  readonly plans: Plans;
  readonly span: Span | undefined;
}

function Content({ address, plans, span }: ContentProps) {
  const [off, setOff] = useStateOfMock(noRules);
  const drawn: Readonly<Record<View, () => ComponentChild>> = {
    buckets: () => <Buckets address={address} plans={plans} />,
    requests: () => <Requests address={address} />,
    events: () => <Events />,
    plans: () => <TimeLine address={address} plans={plans} span={span} />,
    rules: () => <Rules off={off} setOff={setOff} />,
    costs: () => <Costs />,
    mock: () => <MockTools address={address} version={VERSION} documents={DOCUMENTS} />,
  };
  return <div class={`view ${address.view}`}>{drawn[address.view]()}</div>;
}

// What the build knows of the package.
declare const VERSION: string;
/** The address of the documents; empty if they are in the package alone. */
declare const DOCUMENTS: string;

/** Exported, since the bundler takes an entry without exports for CommonJS, and wraps each of its modules. */
export function showPage(place: Element): void {
  const live = new Live();
  live.start();
  render(
    <LiveContext.Provider value={live}>
      <Page />
    </LiveContext.Provider>,
    place,
  );
}

const place = document.getElementById('page');
if (place !== null) showPage(place);
