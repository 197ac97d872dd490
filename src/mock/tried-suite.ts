import type { Deliveries } from '../events/deliveries';
import type { Store } from '../model/store';
import type { TakeTurn } from '../service/turns';
import type { Runner } from './runner';

/** Notes what the tests of a process do, and answers some of their requests in another way. */
export interface TriedSuite {
  readonly join: (mock: MockOfTests) => TriedMock;
}

/** What a tried suite asks of a mock. */
export interface MockOfTests {
  readonly store: Store;
  readonly deliveries: Pick<Deliveries, 'deliverTwice'>;
  /** Whether each test begins with the state of the options. */
  readonly isReset: boolean;
  readonly findRunner: () => Pick<Runner, 'teller'> | undefined;
  readonly areTimersFaked: () => boolean;
  /** Whether handlers of the test get events, and S3 has sent some. */
  readonly hasDeliveries: () => boolean;
}

/** A mock as the tried suite knows it. */
export interface TriedMock {
  /** Returns the sender of a request, which says where the code sent it. `request` is that of node:http. */
  readonly findSender: (known: object | undefined, request: object | undefined) => object | undefined;
  readonly take: TakeTurn;
  /** Called when the body of a test is over, while the state is as the test has left it. */
  readonly endTest: () => void;
  /** Called when a world of the mock opens: its requests are not tried. */
  readonly noteWorld: () => void;
  readonly stop: () => void;
}
