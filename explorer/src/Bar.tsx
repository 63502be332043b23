import { type Transport, transports } from './fetcher.ts';
import type { Found } from './tokens.ts';

const isInsteadOfSandbox = new URLSearchParams(location.search).get('instead-of') === 'sandbox';

interface BarProps {
  readonly token: string;
  readonly onToken: (token: string) => void;
  readonly transport: Transport;
  readonly onTransport: (transport: Transport) => void;
  /** The tokens of this visit's answers. */
  readonly found: readonly Found[];
}

/** Who asks, and how subscriptions travel. */
export function Bar({ token, onToken, transport, onTransport, found }: BarProps) {
  const isPasted = token !== '' && found.every((one) => one.token !== token);
  return (
    <header className="bar">
      <strong>Tally</strong>
      {isInsteadOfSandbox && <span role="status">Apollo Sandbox could not be loaded: this is GraphiQL, from the router’s own files.</span>}
      <label>
        As
        <select aria-label="Ask as" value={token} onChange={(event) => onToken(event.target.value)}>
          <option value="">nobody</option>
          {found.map(({ token: value, owner }) => (
            <option key={value} value={value}>
              {owner}
            </option>
          ))}
          {isPasted && <option value={token}>whose token this is</option>}
        </select>
      </label>
      <label>
        Token
        <input
          type="text"
          value={token}
          onChange={(event) => onToken(event.target.value.trim())}
          placeholder="a participant’s token, sent as Authorization: Bearer …"
          autoComplete="off"
          spellCheck={false}
        />
      </label>
      <label>
        Subscriptions over
        <select value={transport} onChange={(event) => onTransport(event.target.value as Transport)}>
          {transports.map((name) => (
            <option key={name}>{name}</option>
          ))}
        </select>
      </label>
    </header>
  );
}
