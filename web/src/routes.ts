import { createStore, useStore } from './store.ts';

export type Route =
  | { readonly name: 'start' }
  | { readonly name: 'join'; readonly inviteCode: string }
  | { readonly name: 'session'; readonly sessionId: string }
  | { readonly name: 'report'; readonly sessionId: string }
  | { readonly name: 'signedIn' }
  /** Its secret is behind the `#`, which browsers send to nobody. */
  | { readonly name: 'device' }
  /** So is this one's. */
  | { readonly name: 'sharedReport' }
  | { readonly name: 'unknown' };

/** A part of a path as it was before it was encoded; empty when it never was. */
function decode(part: string): string {
  try {
    return decodeURIComponent(part);
  } catch {
    return '';
  }
}

/** The screen that a path stands for. */
export function parseRoute(path: string): Route {
  const [first, second, third, ...rest] = path.split('/').filter(Boolean).map(decode);
  if (first === undefined) return { name: 'start' };
  if (first === 'signed-in' && second === undefined) return { name: 'signedIn' };
  if (first === 'device' && second === undefined) return { name: 'device' };
  if (first === 'shared-report' && second === undefined) return { name: 'sharedReport' };
  if (!second || rest.length > 0) return { name: 'unknown' };
  if (first === 'join' && third === undefined) return { name: 'join', inviteCode: second };
  if (first === 'session' && third === undefined) return { name: 'session', sessionId: second };
  if (first === 'session' && third === 'report') return { name: 'report', sessionId: second };
  return { name: 'unknown' };
}

/** The path of a screen. */
export function toPath(route: Route): string {
  switch (route.name) {
    case 'join':
      return `/join/${encodeURIComponent(route.inviteCode)}`;
    case 'session':
      return `/session/${encodeURIComponent(route.sessionId)}`;
    case 'report':
      return `/session/${encodeURIComponent(route.sessionId)}/report`;
    case 'signedIn':
      return '/signed-in';
    case 'device':
      return '/device';
    case 'sharedReport':
      return '/shared-report';
    default:
      return '/';
  }
}

const path = createStore(location.pathname);
addEventListener('popstate', () => path.set(location.pathname));

/** Goes to a screen, as a step that the browser's Back takes back; `search` is what its address prepares there, e.g. `?jql=…`. */
export function goTo(route: Route, search = ''): void {
  history.pushState(null, '', `${toPath(route)}${search}`);
  path.set(location.pathname);
  scrollTo(0, 0);
}

export function useRoute(): Route {
  return parseRoute(useStore(path));
}
