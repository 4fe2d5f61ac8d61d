/** What operators ask in a call of a team, or of a number of ours; by default of every call. Each answer fills a field of the card. */
export interface QuestionList {
  teamId: string | null
  /** Our number that was dialled, E.164. */
  dialled: string | null
  questions: { text: string; field: string }[]
}
