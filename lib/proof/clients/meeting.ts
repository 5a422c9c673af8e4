/** A point where two wait for each other, so that what they do next is done at the same time. */
export class Meeting {
  readonly #patience: number;
  readonly #opened: Promise<void>;
  #open: () => void = () => undefined;
  #arrived = 0;
  #timer: NodeJS.Timeout | undefined;

  /** @param patience How long the first one waits, in milliseconds: the second may have been kept back by a lock. */
  constructor(patience: number) {
    this.#patience = patience;
    this.#opened = new Promise((open) => {
      this.#open = open;
    });
  }

  /** Resolves once both are there, and at once ever after. */
  arrive(): Promise<void> {
    this.#arrived += 1;
    if (this.#arrived === 1) this.#timer = setTimeout(this.#open, this.#patience);
    else this.end();
    return this.#opened;
  }

  /** No one waits any longer. */
  end(): void {
    clearTimeout(this.#timer);
    this.#open();
  }
}
