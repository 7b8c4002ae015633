// What only this installation knows: passwords of the embedded servers, and the ports they were given. Mode 600.
import { randomBytes } from 'node:crypto';
import { readFileSync, renameSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';

const newPassword = () => randomBytes(24).toString('base64url');

/** Reads a JSON file; an unreadable or half-written one counts as empty. */
export function readJson(file) {
  try {
    return JSON.parse(readFileSync(file, 'utf8'));
  } catch {
    return {};
  }
}

/** Replaces a JSON file in one step, readable by its owner only. */
export function writeJson(file, value) {
  const draft = `${file}.${process.pid}`;
  writeFileSync(draft, `${JSON.stringify(value, null, 2)}\n`, { mode: 0o600 });
  renameSync(draft, file);
}

/** The passwords of the embedded servers, made at first need. `isNew` names those that were. */
export function secretsIn(dataDir) {
  const file = join(dataDir, 'secrets.json');
  const known = readJson(file);
  const secrets = {
    postgresPassword: known.postgresPassword ?? newPassword(),
    redisPassword: known.redisPassword ?? newPassword(),
  };
  if (!known.postgresPassword || !known.redisPassword) writeJson(file, { ...known, ...secrets });
  return secrets;
}

/** Ports remembered from the last start: {postgres, redis}. */
export const portsIn = (dataDir) => readJson(join(dataDir, 'ports.json'));
export const rememberPorts = (dataDir, ports) => writeJson(join(dataDir, 'ports.json'), { ...portsIn(dataDir), ...ports });
