export const sharingKeys = {
  all: ['sharing'] as const,
  ofSession: (id: string) => [...sharingKeys.all, 'of', id] as const,
  invitees: (id: string, text: string) => [...sharingKeys.all, 'invitees', id, text] as const,
  mine: () => [...sharingKeys.all, 'mine'] as const,
  one: (id: string) => [...sharingKeys.all, 'one', id] as const,
}
