import { createContext } from 'react';

/** Which members of a ring a decision deals with. */
export interface RingChoice {
  /** Members that are let go. */
  readonly keptIds: ReadonlySet<string>;
  readonly keep: (accountIds: readonly string[], isKept: boolean) => void;
}

/** The choice of the case that is worked on; absent where nothing can be decided. */
export const RingChoiceContext = createContext<RingChoice | undefined>(undefined);
