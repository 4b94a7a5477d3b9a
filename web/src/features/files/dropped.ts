import type { Picked } from './queue'

export const MOST_DROPPED = 2000

export interface Dropped {
  picked: Picked[]
  /** False where there was more than is taken at once. */
  complete: boolean
}

/** The files of a drop, folders opened, each with its path below where it was dropped. */
export async function droppedFiles(data: DataTransfer): Promise<Dropped> {
  // Both lists are emptied as soon as the event is over, so they are read before anything is waited for.
  const entries = [...data.items].map((item) => item.webkitGetAsEntry()).filter((entry) => entry !== null)
  const plain = [...data.files].map((file) => ({ file, path: file.name }))
  const found: Picked[] = []
  if (entries.some((entry) => entry.isDirectory)) for (const entry of entries) await collect(entry, '', found)
  else found.push(...plain)
  return { picked: found.slice(0, MOST_DROPPED), complete: found.length <= MOST_DROPPED }
}

async function collect(entry: FileSystemEntry, above: string, found: Picked[]): Promise<void> {
  // One more than is taken, so that it shows that there are more.
  if (found.length > MOST_DROPPED) return
  const path = above + entry.name
  if (entry.isFile) {
    const file = await new Promise<File>((resolve, reject) =>
      (entry as FileSystemFileEntry).file(resolve, reject),
    )
    found.push({ file, path })
    return
  }
  const reader = (entry as FileSystemDirectoryEntry).createReader()
  for (;;) {
    // A folder comes in parts of a hundred.
    const part = await new Promise<FileSystemEntry[]>((resolve, reject) =>
      reader.readEntries(resolve, reject),
    )
    if (part.length === 0) return
    for (const inner of part) await collect(inner, `${path}/`, found)
  }
}
