import type { Preview } from './api/preview'

/** Where somebody wants a session to run; labels are written `name=value`. */
export interface WantedPlace {
  region: string | null
  labels: string[]
}

export const ANYWHERE: WantedPlace = { region: null, labels: [] }

function nameOf(label: string): string {
  return label.slice(0, label.indexOf('='))
}

/** A label has one value: the last that was chosen. */
export function oneOfEach(labels: string[]): string[] {
  return [...new Map(labels.map((label) => [nameOf(label), label])).values()]
}

/** As the API takes it; nothing where any place will do. */
export function placementOf({ region, labels }: WantedPlace) {
  if (region === null && labels.length === 0) return undefined
  return {
    ...(region !== null && { region }),
    labels: Object.fromEntries(labels.map((label) => [nameOf(label), label.slice(nameOf(label).length + 1)])),
  }
}

/** The labels that machines have, grouped by their name. */
export function labelChoices(places: Preview['places']) {
  return Object.entries(places.labels).map(([name, values]) => ({
    group: name,
    items: values.map((value) => `${name}=${value}`),
  }))
}
