/** Where the operator's unfinished form lies in sessionStorage. */
export const DRAFT_KEY = 'gridline.desk.draft'
/** Where unfinished forms of tickets lie in sessionStorage. */
export const FORMS_KEY = 'gridline.ticket.forms'

/** Whoever goes leaves nothing behind for the next at this desk. */
export function forgetDrafts(): void {
  sessionStorage.removeItem(DRAFT_KEY)
  sessionStorage.removeItem(FORMS_KEY)
}
