import { expect, test } from 'vitest'

import { droppedFiles, MOST_DROPPED } from './dropped'

const file = (name: string) => new File(['x'], name)

function fileEntry(name: string) {
  return { name, isFile: true, isDirectory: false, file: (take: (file: File) => void) => take(file(name)) }
}

/** A folder that, as browsers do, gives what is in it a hundred at a time. */
function folderEntry(name: string, inside: unknown[]) {
  return {
    name,
    isFile: false,
    isDirectory: true,
    createReader: () => {
      let at = 0
      return {
        readEntries: (take: (part: unknown[]) => void) => {
          take(inside.slice(at, at + 100))
          at += 100
        },
      }
    },
  }
}

function drop(entries: { name: string }[]): DataTransfer {
  return {
    items: entries.map((entry) => ({ webkitGetAsEntry: () => entry })),
    files: entries.map(({ name }) => file(name)),
  } as unknown as DataTransfer
}

test('folders are opened, and each file knows where it was', async () => {
  const inner = folderEntry('inner', [fileEntry('b.txt')])
  const { picked, complete } = await droppedFiles(
    drop([folderEntry('outer', [fileEntry('a.txt'), inner]), fileEntry('c.txt')]),
  )
  expect(picked.map(({ path }) => path)).toEqual(['outer/a.txt', 'outer/inner/b.txt', 'c.txt'])
  expect(complete).toBe(true)
})

test.each([
  [MOST_DROPPED, true],
  [MOST_DROPPED + 1, false],
])('of a folder with %i files it says whether all are taken', async (count, all) => {
  const many = Array.from({ length: count }, (_, at) => fileEntry(`f${at}`))
  const { picked, complete } = await droppedFiles(drop([folderEntry('many', many)]))
  expect([picked.length, complete]).toEqual([MOST_DROPPED, all])
})
