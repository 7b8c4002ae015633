import { createHash, createSign, generateKeyPairSync, randomBytes, type KeyObject } from 'node:crypto';

type Registration = Readonly<{ challenge: string; rp: { id?: string }; user: { id: string } }>;
type Request = Readonly<{ challenge: string; rpId?: string }>;

const b64 = (bytes: Uint8Array | string): string => Buffer.from(bytes as Uint8Array).toString('base64url');
const sha = (bytes: Uint8Array | string): Buffer => createHash('sha256').update(bytes).digest();
const USER_PRESENT = 1;
const USER_VERIFIED = 4;
const ATTESTED = 64;

/** As much CBOR (RFC 8949) as an authenticator says: small integers, bytes, text, maps. */
function cbor(value: unknown): Buffer {
  const head = (major: number, n: number): Buffer => (n < 24 ? Buffer.from([(major << 5) | n]) : n < 256 ? Buffer.from([(major << 5) | 24, n]) : Buffer.from([(major << 5) | 25, n >> 8, n & 255]));
  if (typeof value === 'number') return value >= 0 ? head(0, value) : head(1, -1 - value);
  if (typeof value === 'string') return Buffer.concat([head(3, Buffer.byteLength(value)), Buffer.from(value)]);
  if (value instanceof Uint8Array) return Buffer.concat([head(2, value.length), value]);
  const entries = [...(value as Map<unknown, unknown>)];
  return Buffer.concat([head(5, entries.length), ...entries.flatMap(([key, inner]) => [cbor(key), cbor(inner)])]);
}

/** A passkey device for tests: ES256 keys, user always present; `verifies: false` for one that does not make sure of its user. */
export class SoftwareAuthenticator {
  readonly credentialId = randomBytes(32);
  readonly #key: KeyObject;
  readonly #cose: Buffer;
  counter = 0;

  constructor(
    private readonly origin: string,
    private readonly verifies = true,
  ) {
    const { privateKey, publicKey } = generateKeyPairSync('ec', { namedCurve: 'P-256' });
    this.#key = privateKey;
    const { x = '', y = '' } = publicKey.export({ format: 'jwk' });
    this.#cose = cbor(new Map<number, unknown>([[1, 2], [3, -7], [-1, 1], [-2, Buffer.from(x, 'base64url')], [-3, Buffer.from(y, 'base64url')]]));
  }

  register(options: object): object {
    const { challenge, rp } = options as Registration;
    const length = Buffer.from([this.credentialId.length >> 8, this.credentialId.length & 255]);
    const authData = Buffer.concat([this.#head(rp.id ?? '', ATTESTED), Buffer.alloc(16), length, this.credentialId, this.#cose]);
    const attestationObject = cbor(new Map<string, unknown>([['fmt', 'none'], ['attStmt', new Map()], ['authData', authData]]));
    return this.#answer({ clientDataJSON: b64(this.#clientData('webauthn.create', challenge)), attestationObject: b64(attestationObject), transports: ['internal'] });
  }

  signIn(options: object): object {
    const { challenge, rpId } = options as Request;
    this.counter++;
    const [authenticatorData, clientData] = [this.#head(rpId ?? '', 0), this.#clientData('webauthn.get', challenge)];
    const signature = createSign('sha256').update(Buffer.concat([authenticatorData, sha(clientData)])).sign(this.#key);
    return this.#answer({ clientDataJSON: b64(clientData), authenticatorData: b64(authenticatorData), signature: b64(signature) });
  }

  #head(rpId: string, flags: number): Buffer {
    const count = Buffer.alloc(4);
    count.writeUInt32BE(this.counter);
    return Buffer.concat([sha(rpId), Buffer.from([USER_PRESENT | (this.verifies ? USER_VERIFIED : 0) | flags]), count]);
  }

  #clientData(type: string, challenge: string): Buffer {
    return Buffer.from(JSON.stringify({ type, challenge, origin: this.origin, crossOrigin: false }));
  }

  #answer(response: object): object {
    const id = b64(this.credentialId);
    return { id, rawId: id, type: 'public-key', response, clientExtensionResults: {} };
  }
}
