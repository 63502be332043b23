/** How people sign in where not everybody may create sessions. */
export interface SignIn {
  readonly issuer: string;
  readonly clientId: string;
  readonly scope: string;
  readonly audience?: string;
}

async function load(): Promise<SignIn | undefined> {
  try {
    const response = await fetch('/config.json');
    const config = (await response.json()) as { readonly signIn: SignIn | null };
    return config.signIn ?? undefined;
  } catch {
    // Without the router there is nothing to sign in for.
    return undefined;
  }
}

let signIn: Promise<SignIn | undefined> | undefined;

/** What the router says of signing in, asked once; undefined: there is no identity provider, everybody may. */
export function loadSignIn(): Promise<SignIn | undefined> {
  signIn ??= load();
  return signIn;
}
