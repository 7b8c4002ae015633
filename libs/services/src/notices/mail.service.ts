import { Inject, Injectable } from '@nestjs/common';
import type { Actor, IsoInstant, Mail, MailKind } from '@meriden/domain';
import { MailStore, type Tx } from '@meriden/persistence';
import { CONFIG, sha256, uuid, type Config } from '@meriden/platform';
import { derived } from '../derived.js';
import { Desk } from '../desk.js';
import { Mailer, type Letter } from './mailer.js';

/** The secret in the link of a mail: the same whenever the mail is written, and stored nowhere but as a digest. */
export function linkToken(secretsKey: string, linkId: string): string {
  return derived(secretsKey, 'link', linkId);
}

/** Mail goes out by a job: the row is written with what caused it, the job carries its id alone. */
@Injectable()
export class MailService {
  readonly #mailer: Mailer;

  constructor(
    private readonly desk: Desk,
    private readonly mails: MailStore,
    @Inject(CONFIG) private readonly config: Config,
  ) {
    this.#mailer = Mailer.create(config);
  }

  /** @returns the digest under which the link's token is kept */
  digestOf(linkId: string): string {
    return sha256(linkToken(this.config.secretsKey, linkId));
  }

  /** @param to null when there is nobody: row and job are written all the same, and nothing is sent */
  async post(tx: Tx, actor: Actor, mail: Readonly<{ kind: MailKind; to: string | null; about: string | null; linkId: string; expiresAt: IsoInstant }>): Promise<void> {
    const { to, ...rest } = mail;
    const row: Mail = { ...rest, id: uuid(), address: to, createdAt: this.desk.clock.now(), sentAt: null };
    await this.mails.insert(tx, row);
    await this.desk.dispatch(tx, actor, 'send-mail', { mailId: row.id });
  }

  /**
   * The job. A mail cannot be sent in a transaction: it goes out before it is noted, so a crash between the two sends the very same
   * letter, with the same id, once more; a letter that was noted is never sent again.
   */
  async send(job: Readonly<{ commandId: string; mailId: string }>): Promise<void> {
    const mail = await this.desk.uow.asSystem({ name: 'read-mail', objectId: job.mailId }, (tx) => this.mails.byId(tx, job.mailId));
    if (mail !== null && mail.sentAt === null && mail.address !== null && mail.expiresAt > this.desk.clock.now()) {
      await this.#mailer.send(this.letter(job.commandId, mail, mail.address));
    }
    await this.desk.effectOnce({ name: 'send-mail', commandId: job.commandId }, (tx) => this.mails.sent(tx, job.mailId, this.desk.clock.now()));
  }

  private letter(id: string, mail: Mail, to: string): Letter {
    const path = mail.kind === 'INVITATION' ? 'accept' : 'reset';
    const link = `${this.config.publicOrigin}/${path}/${linkToken(this.config.secretsKey, mail.linkId)}`;
    const until = new Intl.DateTimeFormat('en-GB', { dateStyle: 'full', timeStyle: 'short', timeZone: 'Europe/London' }).format(new Date(mail.expiresAt));
    const about = (mail.about ?? 'Meriden').replace(/\s+/g, ' ');
    if (mail.kind === 'INVITATION') {
      return {
        id,
        to,
        subject: `${about} invites you to Meriden`,
        text: `Hello,\n\n${about} invites you to Meriden, where learners and employers find placements together.\n\nOpen this link to accept. It works once, until ${until}:\n\n${link}\n\nYou did not expect this? Then do nothing: without the link nothing happens.\n`,
      };
    }
    return {
      id,
      to,
      subject: 'A new password for Meriden',
      text: `Hello,\n\nsomebody asked for a new password for this address at Meriden. Was it you? Open this link. It works once, until ${until}:\n\n${link}\n\nA new password ends all your sessions and forgets your passkeys and your links to other services; add them again afterwards.\n\nIt was not you? Then do nothing: your password stays as it is.\n`,
    };
  }
}
