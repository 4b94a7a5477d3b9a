import type { Picked } from './queue'

const MOST = 2000

/** The files of a drop, folders opened, each with its path below where it was dropped. */
export async function droppedFiles(data: DataTransfer): Promise<Picked[]> {
  // Both lists are emptied as soon as the event is over, so they are read before anything is waited for.
  const entries = [...data.items].map((item) => item.webkitGetAsEntry()).filter((entry) => entry !== null)
  const plain = [...data.files].map((file) => ({ file, path: file.name }))
  if (!entries.some((entry) => entry.isDirectory)) return plain
  const found: Picked[] = []
  for (const entry of entries) await collect(entry, '', found)
  return found
}

async function collect(entry: FileSystemEntry, above: string, found: Picked[]): Promise<void> {
  if (found.length >= MOST) return
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
