import { access } from 'node:fs/promises';
import { run } from './private-server.ts';

/** Whether packages can be installed here. */
export async function isRootOnDebian(): Promise<boolean> {
  if (process.getuid?.() !== 0) return false;
  return access('/etc/debian_version').then(
    () => true,
    () => false,
  );
}

/** @throws Error with what apt-get said. */
export async function installDebianPackage(name: string): Promise<void> {
  // With run level 1 the package does not start its own server: ours is private.
  const env = { ...process.env, DEBIAN_FRONTEND: 'noninteractive', RUNLEVEL: '1' };
  const lock = ['-o', 'DPkg::Lock::Timeout=120'];
  await run('apt-get', ['update', '-qq', ...lock], { env });
  await run('apt-get', ['install', '-y', '-qq', '--no-install-recommends', ...lock, name], { env });
}
