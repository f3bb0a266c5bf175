import type { dutiesZh } from './duties.zh'

export const dutiesEn: Record<keyof typeof dutiesZh, string> = {
  navDuties: 'Duties',
  duFind: 'Find by matter, unit, ground or area code',
  duAll: 'Past and future ones as well',
  duCount: '{n} rules',
  duMatter: 'Matter',
  duAllOfKind: 'all of this kind',
  duArea: 'Area',
  duEverywhere: 'whole district',
  duUnit: 'Unit',
  duOfLayer: 'unit of the {layer}',
  duBasis: 'Ground',
  duDates: 'Valid',
  duAlways: 'always',
  duFrom: 'from {day}',
  duUntil: 'until before {day}',
  duRuling: 'ruling',
  duNotNow: 'not now',
  duEnd: 'End…',
  duEndOther: 'Another day…',
  duEndTitle: 'End this ruling',
  duEndText:
    'From that day on the other rules decide; tickets that were dispatched already stay where they are. Who ended it, why and when stays on record.',
  duEndFrom: 'No longer valid from',
  duEndFromHint: 'Today at the earliest, which ends it at once',
  duEndWhy: 'Reason',
  duEndDo: 'End it',
  duEndLine: '{name}, {time}: not valid from {day} on. Reason: {why}',
  duNothing: 'No rule fits',
  duHint:
    'Where several rules fit: a ruling first, then the finer matter, then a rule for an area. They come from the city pack (duties.csv) and from rulings of the command centre.',
}
