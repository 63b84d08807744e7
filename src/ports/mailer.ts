/** Letters out. Absent when no mail server is configured. */
export type Mailer = {
  send(letter: { readonly to: string; readonly subject: string; readonly text: string }): Promise<void>;
  close(): Promise<void>;
};
