import { useMemo, useState } from 'preact/hooks';
import type { EventLine } from './answers';
import { useKnown, useRowHeight } from './hooks';
import { Chip, Drawer, Facts, Json, Subject, Time } from './parts';
import { VirtualList } from './virtual-list';
import { visible, writeKey, writeMoment } from './writing';

export function Events() {
  const { events, isPartial } = useKnown();
  const [opened, setOpened] = useState<EventLine | undefined>(undefined);
  const newest = useMemo(() => events.toReversed(), [events]);
  return (
    <>
      <h1>Events</h1>
      <VirtualList<EventLine>
        label="Events"
        items={newest}
        rowHeight={useRowHeight()}
        idOf={({ id }) => `${id}`}
        onOpen={setOpened}
        empty={<NoEvents />}
        draw={(event) => <EventRow event={event} />}
      />
      {isPartial && <p class="note">Older events are loading</p>}
      {opened !== undefined && <EventDetails event={opened} onClose={() => setOpened(undefined)} />}
    </>
  );
}

/** The fixture whose events go to EventBridge is the shortest one that sends any. */
const example = 'buckets: { uploads: { notification: { EventBridgeConfiguration: {} } } }';

function NoEvents() {
  return (
    <>
      <p>No event was sent. S3 sends them if a bucket has a notification configuration that asks for them.</p>
      <p>
        In a test: <code>{example}</code>
      </p>
    </>
  );
}

function EventRow({ event }: { readonly event: EventLine }) {
  const { name, time, destination, configurationId, notes = [] } = event;
  return (
    <>
      <span class="line">
        <strong>{name}</strong>
        <span class="id name subject">
          <Subject of={event} />
        </span>
        <Time at={time} />
      </span>
      <span class="line dim">
        {notes.length > 0 && <Chip kind="bad">note</Chip>}
        <span class="name">
          to {destination}
          {configurationId !== undefined && ` by '${configurationId}'`}
        </span>
      </span>
    </>
  );
}

function EventDetails({ event, onClose }: { readonly event: EventLine; readonly onClose: () => void }) {
  const { name, key, versionId, notes = [] } = event;
  return (
    <Drawer title={name} onClose={onClose}>
      {notes.map((note) => (
        <p class="why" key={note}>
          {note}
        </p>
      ))}
      <Facts
        facts={{
          Bucket: event.bucket,
          Key: key !== undefined && <span class="id">{writeKey(key)}</span>,
          Version: versionId && <span class="id">{visible(versionId)}</span>,
          Destination: <span class="id">{event.destination}</span>,
          Configuration: event.configurationId,
          Time: `${writeMoment(event.time)} UTC`,
        }}
      />
      <Json title="Document" value={event.document} />
    </Drawer>
  );
}
