import { createContext, lazy, Suspense, use, useCallback, useState, type ReactNode } from 'react'

const ConfirmDialog = lazy(() => import('./confirm-dialog'))

export interface Question {
  title: string
  text: string
  confirm: string
}

type Ask = (question: Question) => Promise<boolean>

const ConfirmContext = createContext<Ask>(() => Promise.resolve(false))

/** Asks before something that cannot be undone. */
export function useConfirm(): Ask {
  return use(ConfirmContext)
}

export function ConfirmProvider({ children }: { children: ReactNode }) {
  const [question, setQuestion] = useState<(Question & { answer: (yes: boolean) => void }) | null>(null)
  const [opened, setOpened] = useState(false)

  const ask = useCallback<Ask>(
    (next) =>
      new Promise((resolve) => {
        setQuestion({ ...next, answer: resolve })
        setOpened(true)
      }),
    [],
  )
  const close = (yes: boolean) => {
    question?.answer(yes)
    setOpened(false)
  }
  return (
    <ConfirmContext value={ask}>
      {children}
      {question && (
        <Suspense>
          <ConfirmDialog {...question} opened={opened} onAnswer={close} />
        </Suspense>
      )}
    </ConfirmContext>
  )
}
