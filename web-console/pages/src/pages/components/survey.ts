/** What a surveyor is spared: classes used lately, and owners of the nearest of the same class. Pure, but for storage. */
import type { Component, OwnerCodes } from '@/model/types'

const STORED = 'gridline.componentClasses'
const MOST = 6

/** Keys of classes, the latest first. */
export function recentClasses(): string[] {
  try {
    const read: unknown = JSON.parse(localStorage.getItem(STORED) ?? '[]')
    return Array.isArray(read) ? read.filter((it): it is string => typeof it === 'string').slice(0, MOST) : []
  } catch {
    return []
  }
}

export function used(key: string): string[] {
  const next = [key, ...recentClasses().filter((it) => it !== key)].slice(0, MOST)
  try {
    localStorage.setItem(STORED, JSON.stringify(next))
  } catch {
    // A browser that forbids storage is only less handy.
  }
  return next
}

/** Unit codes by role; units that the city has no longer are left out. */
export function ownersOf(component: Pick<Component, 'owners'> | undefined): OwnerCodes {
  return Object.fromEntries((component?.owners ?? []).filter((it) => it.known).map((it) => [it.role, it.unit]))
}

const ENDINGS: [RegExp, string][] = [
  [/\.zip$/i, 'shapefile'],
  [/\.(geo)?json(\.gz)?$/i, 'geojson'],
  [/\.csv(\.gz)?$/i, 'csv'],
]

/** The format of a file by its name; empty for one that is none of them. */
export function formatOf(file: string): string {
  return ENDINGS.find(([ending]) => ending.test(file))?.[1] ?? ''
}
