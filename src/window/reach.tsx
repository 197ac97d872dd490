import { CopyButton } from './parts';

/** How a client reaches the mock, for a view that has nothing to show before one has come. Any keys do. */
export function Reach() {
  const text = writeVariables(location.origin);
  return (
    <div class="reach">
      <div class="headline">
        <p>In a shell, set the address of the mock:</p>
        <div class="tools">
          <CopyButton name="Copy the line" text={text} />
        </div>
      </div>
      {/* biome-ignore lint/a11y/noNoninteractiveTabindex: what scrolls has to be reached by the keyboard */}
      <pre tabIndex={0}>{text}</pre>
      <p>
        Then run your program there, or <code class="id">aws s3 ls</code>.
      </p>
    </div>
  );
}

/** A client prefers a profile to keys, and sends a session token with any keys. */
function writeVariables(url: string): string {
  const addresses = `AWS_ENDPOINT_URL_S3=${url} AWS_ENDPOINT_URL_STS=${url}`;
  const keys = 'AWS_ACCESS_KEY_ID=test AWS_SECRET_ACCESS_KEY=test AWS_REGION=us-east-1 AWS_DEFAULT_REGION=us-east-1';
  return `export ${addresses} ${keys}; unset AWS_PROFILE AWS_SESSION_TOKEN`;
}
