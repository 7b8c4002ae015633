import 'reflect-metadata';
import { run } from './program.js';

// A reader that closes its end (`| head`) is not a fault of ours.
process.stdout.on('error', (error: NodeJS.ErrnoException) => process.exit(error.code === 'EPIPE' ? 0 : 3));

process.exitCode = await run(process.argv.slice(2));
