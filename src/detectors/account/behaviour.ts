/** What two accounts did alike. Rings, texts, pictures and orders are looked at elsewhere and handed in as such edges. */
export interface BehaviourEdge {
  readonly a: string;
  readonly b: string;
  /** For example CO_REVIEW, TEXT, PICTURE, PROMOTION, SESSION_TIMING; REGISTRATION_BURST is found by the detector itself. */
  readonly kind: string;
  /** Log-likelihood ratio of one hand against two strangers, in nats. */
  readonly nats: number;
  /** One sentence for a moderator. */
  readonly why: string;
}
