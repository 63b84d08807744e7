/** The Mailer port over SMTP. The server is the operator's own choice, so that it is not held to the rules for addresses of others. */
import { createTransport } from "nodemailer";
import type { Mailer } from "../../ports/index.ts";

export type MailOptions = {
  /** smtp://user:password@host:port or smtps://… */
  readonly url: string;
  readonly from: string;
};

export const createMailer = (options: MailOptions): Mailer => {
  const transport = createTransport(
    // A server that does not answer is told of within seconds, not minutes.
    { url: options.url, connectionTimeout: 10_000, greetingTimeout: 10_000, socketTimeout: 30_000 },
    {
      from: options.from,
      // Nothing from the archive may name a file or an address to be attached.
      disableFileAccess: true,
      disableUrlAccess: true,
    },
  );
  return {
    send: async ({ to, subject, text }) => {
      await transport.sendMail({ to, subject: subject.replace(/[\r\n]+/g, " "), text });
    },
    close: async () => {
      transport.close();
    },
  };
};
