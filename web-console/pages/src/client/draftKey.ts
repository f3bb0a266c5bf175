/** Where the operator's unfinished form lies in sessionStorage. */
export const DRAFT_KEY = 'gridline.desk.draft'
