import { isMainThread } from 'node:worker_threads';

// A process under test must not outlive the test that started it.
if (isMainThread && process.send !== undefined) {
  process.on('disconnect', () => process.exit(1));
  // It may be gone already.
  if (!process.connected) process.exit(1);
  process.channel?.unref();
}
