import { combine, seriesOf, spreadOf, units } from '../series.mjs';
import { tableOf } from '../table.mjs';

export const operations = ['GetBucketVersioning', 'PutObject', 'GetObject'];

export const places = { calls: 'plain Node', callsInJest: 'jest', callsInVitest: 'vitest' };
const touchPlaces = { touches: 'plain Node', touchesInJest: 'jest', touchesInVitest: 'vitest' };

/** The client with the same endpoint, which a way of answering is compared with. */
const baseOf = (way) => (way.startsWith('localhost') ? 'aloneByHttp' : 'alone');

function aboveClient(measured, figure, way, member) {
  const [all, base] = [way, baseOf(way)].map((subject) => seriesOf(measured, figure, subject, member));
  return combine((one, other) => one - other, all, base);
}

export function againstLocalhost(measured, figure, member, { library = 'library', server = 'localhost' } = {}) {
  const [ours, theirs] = [library, server].map((way) => aboveClient(measured, figure, way, member));
  return combine((one, other) => one / other, ours, theirs);
}

export function wholeRatio(measured, figure, member, { library = 'library', server = 'localhost' } = {}) {
  const [ours, theirs] = [library, server].map((way) => seriesOf(measured, figure, way, member));
  return combine((one, other) => one / other, ours, theirs);
}

/** The calls of some figures, a row for each operation and place. */
export function callsTable(measured, figures) {
  const rows = figures.flatMap((figure) =>
    operations.map((operation) => {
      const of = (way) => seriesOf(measured, figure, way, operation);
      return [
        `${operation}, ${places[figure]}`,
        spreadOf(of('alone'), units.us),
        ...['localhost', 'library'].map((way) => spreadOf(of(way), units.us)),
        ...['library', 'clientHttp'].map((way) =>
          spreadOf(againstLocalhost(measured, figure, operation, { library: way }), units.ratio),
        ),
      ];
    }),
  );
  const head = [
    'a call',
    'the client alone',
    'with a server on localhost',
    'with this library',
    'above the client, this library / localhost',
    'the floor / localhost',
  ];
  return tableOf(head, rows);
}

export function youngTable(measured) {
  const names = {
    alone: 'the client alone',
    clientHttp: 'with its own HTTP code, over a stream of fixed bytes',
    localhost: 'with a server on localhost that gives a fixed answer',
    library: 'with this library',
  };
  const rows = Object.entries(names).map(([way, name]) => {
    const of = (member) => seriesOf(measured, 'calls', way, member);
    const first = spreadOf(
      combine((one) => one / 1000, of('first')),
      units.ms,
    );
    return [name, first, ...['young', 'GetBucketVersioning'].map((member) => spreadOf(of(member), units.us))];
  });
  return tableOf(
    ['GetBucketVersioning, plain Node', 'the first call', 'the next 200', 'after 3,000 calls of each kind'],
    rows,
  );
}

export function touchesTable(measured) {
  const names = {
    bucket: '`s3.bucket(name)`',
    put: '`bucket.put`',
    advance: '`s3.clock.advance`',
    of: '`s3.requests.of`, of 20 requests',
    matcher: '`toHaveReceived`, which passes',
  };
  const rows = Object.entries(names).map(([member, name]) => [
    name,
    ...Object.keys(touchPlaces).map((figure) => spreadOf(seriesOf(measured, figure, 'library', member), units.us)),
  ]);
  return tableOf(['in a test', ...Object.values(touchPlaces)], rows);
}

export function connectionsTable(measured) {
  const names = { sdk: 'AWS SDK v3, `keepAlive: false`', node: "Node's own client, `agent: false`" };
  const rows = Object.entries(names).map(([member, name]) => [
    name,
    ...['localhost', 'library'].map((way) => spreadOf(seriesOf(measured, 'connections', way, member), units.us)),
    spreadOf(wholeRatio(measured, 'connections', member), units.ratio),
  ]);
  return tableOf(['GetBucketVersioning', 'localhost', 'this library', 'this library / localhost'], rows);
}

export function agedTable(measured) {
  const ages = ['0', '100', '380'];
  const names = { library: 'with this library', localhost: 'with a server on localhost' };
  const rows = Object.entries(names).map(([way, name]) => [
    name,
    ...ages.map((age) => spreadOf(seriesOf(measured, 'aged', `${way} ${age}`, 'call'), units.us)),
  ]);
  return tableOf(['GetBucketVersioning after a number of test files', ...ages], rows);
}
