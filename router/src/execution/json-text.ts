/** Data of an answer that exists as text only: its fields are those of the text, for whoever makes JSON of it. */
export class JsonText {
  readonly [name: string]: unknown;
  readonly text: string;

  constructor(text: string) {
    this.text = text;
  }

  toJSON(): unknown {
    return JSON.parse(this.text);
  }
}
