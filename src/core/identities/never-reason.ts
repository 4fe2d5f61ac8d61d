/** Why something can never be the key of a card. The raw form stays on the entry all the same. */
export type NeverReason = 'empty' | 'withheld' | 'short_number' | 'not_a_number' | 'placeholder' | 'not_an_address' | 'no_reply'
