import { mkdir, rename, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
/** Loaded with the first letter, which most processes never write. */
const nodemailer = () => import('nodemailer');

export type Letter = Readonly<{
  /** The command's id: a letter sent twice is the same letter, for whoever receives or files it. */
  id: string;
  to: string;
  subject: string;
  text: string;
}>;

/** One of the few ports, because it has two implementations: a mail server, and a folder that the operator reads. */
export abstract class Mailer {
  abstract send(letter: Letter): Promise<void>;

  static create(config: Readonly<{ smtpUrl: string | null; mailFrom: string; dataDir: string }>): Mailer {
    return config.smtpUrl === null ? new FolderMailer(join(config.dataDir, 'mail'), config.mailFrom) : new ServerMailer(config.smtpUrl, config.mailFrom);
  }
}

const PATIENCE_MS = 10_000;

class ServerMailer extends Mailer {
  constructor(
    private readonly url: string,
    private readonly from: string,
  ) {
    super();
  }

  /** Over a connection of its own: letters are few. */
  async send(letter: Letter): Promise<void> {
    const { createTransport } = await nodemailer();
    const transport = createTransport({ url: this.url, connectionTimeout: PATIENCE_MS, greetingTimeout: PATIENCE_MS, socketTimeout: PATIENCE_MS, disableFileAccess: true, disableUrlAccess: true });
    await transport.sendMail(messageOf(letter, this.from));
  }
}

/** A file a letter, by its id: written twice it is there once, and it appears whole. */
class FolderMailer extends Mailer {
  constructor(
    private readonly folder: string,
    private readonly from: string,
  ) {
    super();
  }

  async send(letter: Letter): Promise<void> {
    const { createTransport } = await nodemailer();
    const transport = createTransport({ streamTransport: true, buffer: true, newline: 'unix', disableFileAccess: true, disableUrlAccess: true });
    const { message } = await transport.sendMail(messageOf(letter, this.from));
    await mkdir(this.folder, { recursive: true, mode: 0o700 });
    const file = join(this.folder, `${letter.id}.eml`);
    await writeFile(`${file}.part`, message as Buffer, { mode: 0o600 });
    await rename(`${file}.part`, file);
  }
}

function messageOf({ id, to, subject, text }: Letter, from: string) {
  const host = from.split('@').at(-1)?.replace(/[^\w.-]/g, '') ?? 'localhost';
  return { from, to: { name: '', address: to }, subject, text, messageId: `<${id}@${host}>`, headers: { 'X-Meriden-Command': id, 'Auto-Submitted': 'auto-generated' } };
}
