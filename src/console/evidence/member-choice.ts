import { createContext } from 'react';

/** Which members of a ring or cluster a decision deals with. */
export interface MemberChoice {
  /** Members that are let go. */
  readonly keptIds: ReadonlySet<string>;
  readonly keep: (accountIds: readonly string[], isKept: boolean) => void;
}

/** The choice of the case that is worked on; absent where nothing can be decided. */
export const MemberChoiceContext = createContext<MemberChoice | undefined>(undefined);
