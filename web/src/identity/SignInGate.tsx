import { type ReactNode, use } from 'react';
import { loadSignIn } from './config.ts';
import { useIdentity } from './identity.ts';
import { SignInPanel } from './SignInPanel.tsx';

interface SignInGateProps {
  /** What one signs in for. */
  readonly lead: string;
  readonly children: ReactNode;
}

/** For what only people may do whom the identity provider vouches for: they sign in first. Open to all where there is no provider. */
export function SignInGate({ lead, children }: SignInGateProps) {
  const config = use(loadSignIn());
  const identity = useIdentity();
  return config && !identity ? <SignInPanel config={config} lead={lead} /> : children;
}
