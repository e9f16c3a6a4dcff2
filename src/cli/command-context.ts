import type { AssayClient } from './assay-client.ts';

/** What a command is given by whoever composes the program. */
export interface CommandContext {
  /**
   * Runs `work` against the Assay that has the data: the server that is named or that is running on the data folder,
   * or one that is started for this command alone and stopped when it is done.
   */
  withServer<Result>(
    work: (client: AssayClient) => Promise<Result>,
    options?: { readonly isScratchEnough?: boolean },
  ): Promise<Result>;
  /** Password of whoever a command is told to act as; absent: it is asked for on the terminal. */
  readonly password?: string;
  readonly print: (text: string) => void;
  /** Progress and remarks: standard error, so that standard output stays a program's to read. */
  readonly remark: (text: string) => void;
}

/** The option that every command has. */
export interface OutputOptions {
  readonly json?: boolean;
}

/** Prints a result as JSON when it was asked for, else as the text made of it. */
export function printResult<Result>(
  context: CommandContext,
  { json }: OutputOptions,
  result: Result,
  toText: (result: Result) => string,
): void {
  context.print(json === true ? JSON.stringify(result, null, 2) : toText(result));
}
