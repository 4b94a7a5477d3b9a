import { queryOptions } from '@tanstack/react-query'

import { ApiError, errorFromResponse, unreachable } from '@/api/errors'

import type { Access, Grant } from './access'
import { accessTo } from './access'

export interface FileEntry {
  name: string
  type: 'file' | 'folder' | 'link' | 'other'
  size: number
  /** Seconds since 1970. */
  modified: number
  link?: boolean
}

export interface Folder {
  path: string
  entries: FileEntry[]
  total: number
  complete: boolean
}

export interface Progress {
  id: string
  offset: number
  size: number
  path: string
  done: boolean
}

type Query = Record<string, string | number | boolean | undefined>

export const filesKeys = {
  all: (sessionId: string) => ['files', sessionId] as const,
  folder: (sessionId: string, path: string, hidden: boolean) =>
    [...filesKeys.all(sessionId), 'folder', path, hidden] as const,
}

export function folderQuery(sessionId: string, path: string, hidden: boolean) {
  return queryOptions({
    queryKey: filesKeys.folder(sessionId, path, hidden),
    queryFn: ({ signal }) => ask<Folder>(accessTo(sessionId), 'GET', 'list', { path, hidden }, signal),
    // The application writes files too, and nobody tells.
    refetchInterval: 15_000,
    retry: (failures, error) => !(error instanceof ApiError && error.status > 0) && failures < 2,
  })
}

export function addressOf(grant: Grant, place: string, query: Query = {}): string {
  const given = Object.entries(query).filter(([, value]) => value !== undefined && value !== false)
  const words = new URLSearchParams(given.map(([key, value]) => [key, value === true ? '1' : String(value)]))
  return `${grant.url}/${place}${given.length > 0 ? `?${words}` : ''}`
}

/** Asks the gateway; a token that was withdrawn is replaced once. */
export async function ask<T>(
  access: Access,
  method: string,
  place: string,
  query: Query = {},
  signal?: AbortSignal,
): Promise<T> {
  for (let tries = 1; ; tries += 1) {
    const grant = await access.get()
    const response = await fetch(addressOf(grant, place, query), {
      method,
      headers: { Authorization: `Bearer ${grant.token}` },
      credentials: 'omit',
      signal: signal ?? null,
    }).catch((error: unknown) => {
      if (signal?.aborted) throw error
      throw unreachable()
    })
    const body: unknown = response.status === 204 ? null : await response.json().catch(() => null)
    if (response.ok) return body as T
    if (response.status !== 401 || tries > 1) throw errorFromResponse(response, body)
    access.refused(grant)
  }
}

export interface Outgoing {
  access: Access
  id: string
  offset: number
  piece: Blob
  onSent: (bytes: number) => void
  signal: AbortSignal
}

/** Sends one piece. Not with fetch, which does not tell how much has gone. */
export async function sendPiece({ access, id, offset, piece, onSent, signal }: Outgoing): Promise<Progress> {
  const grant = await access.get()
  const answer = await new Promise<XMLHttpRequest>((resolve, reject) => {
    const request = new XMLHttpRequest()
    request.open('PATCH', addressOf(grant, `uploads/${id}`))
    request.setRequestHeader('Authorization', `Bearer ${grant.token}`)
    request.setRequestHeader('Upload-Offset', String(offset))
    request.upload.onprogress = (event) => onSent(event.loaded)
    request.onload = () => resolve(request)
    request.onerror = () => reject(unreachable())
    request.onabort = () => reject(new DOMException('', 'AbortError'))
    const abort = () => request.abort()
    signal.addEventListener('abort', abort)
    // A large file has hundreds of pieces; what was sent is not to be held by the signal.
    request.onloadend = () => signal.removeEventListener('abort', abort)
    if (signal.aborted) reject(new DOMException('', 'AbortError'))
    else request.send(piece)
  })
  const body = parse(answer.responseText)
  if (answer.status >= 200 && answer.status < 300) return body as Progress
  if (answer.status === 401) access.refused(grant)
  const headers = { 'Retry-After': answer.getResponseHeader('Retry-After') ?? '' }
  throw errorFromResponse(new Response(null, { status: answer.status, headers }), body)
}

function parse(text: string): unknown {
  try {
    return JSON.parse(text)
  } catch {
    return null
  }
}

export function beginUpload(
  access: Access,
  file: File,
  path: string,
  signal: AbortSignal,
): Promise<Progress> {
  // The same file sent again goes on where it broke off, even after the page was closed.
  const query = { path, size: file.size, mark: file.lastModified, conflict: 'number', parents: true }
  return ask<Progress>(access, 'POST', 'uploads', query, signal)
}

export function cancelUpload(access: Access, id: string): Promise<unknown> {
  return ask(access, 'DELETE', `uploads/${id}`)
}

export function makeFolder(sessionId: string, path: string): Promise<unknown> {
  return ask(accessTo(sessionId), 'POST', 'folders', { path })
}

export function moveEntry(sessionId: string, path: string, to: string): Promise<unknown> {
  return ask(accessTo(sessionId), 'POST', 'moves', { path, to })
}

export function deleteEntry(sessionId: string, path: string): Promise<unknown> {
  return ask(accessTo(sessionId), 'DELETE', 'entries', { path })
}

/** Has the browser fetch a file, or a folder as a zip, by itself: large ones, with its own list of downloads. */
export async function download(sessionId: string, path: string, folder: boolean): Promise<void> {
  const made = await ask<{ url: string }>(accessTo(sessionId), 'POST', 'links', { path, archive: folder })
  const frame = document.createElement('iframe')
  frame.hidden = true
  frame.src = made.url
  document.body.append(frame)
  // It is over for the page as soon as the browser has taken it.
  setTimeout(() => frame.remove(), 60_000)
}
