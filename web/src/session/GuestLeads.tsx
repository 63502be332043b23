import { use } from 'react';
import { Note } from '../design/Panel.tsx';
import { loadSignIn } from '../identity/config.ts';
import { useIdentity } from '../identity/identity.ts';
import { useText } from '../text/text.ts';
import { useSession } from './context.ts';

/** Tells a guest who leads where others sign in what they lead without. */
export function GuestLeads() {
  const { mayDirect, me } = useSession();
  return mayDirect && me && !me.isSignedIn ? <WithoutJira /> : null;
}

function WithoutJira() {
  const text = useText();
  const config = use(loadSignIn());
  const identity = useIdentity();
  return config && !identity ? <Note tone="notable">{text('lead.withoutJira')}</Note> : null;
}
