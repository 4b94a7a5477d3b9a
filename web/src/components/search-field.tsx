import { TextInput } from '@mantine/core'
import { useDebouncedCallback } from '@mantine/hooks'
import { IconSearch } from '@tabler/icons-react'
import { useState } from 'react'

interface Props {
  label: string
  value: string
  onChange: (text: string) => void
  className?: string
}

/** A search that asks the server once typing pauses. */
export function SearchField({ label, value, onChange, className }: Props) {
  const [text, setText] = useState(value)
  const [known, setKnown] = useState(value)
  // The address changed by other means, such as the back button.
  if (known !== value) {
    setKnown(value)
    setText(value)
  }
  const tell = useDebouncedCallback((next: string) => {
    setKnown(next)
    onChange(next)
  }, 250)
  return (
    <TextInput
      className={className}
      id="search"
      type="search"
      aria-label={label}
      placeholder={label}
      leftSection={<IconSearch size={16} />}
      maxLength={200}
      value={text}
      onChange={(event) => {
        setText(event.currentTarget.value)
        tell(event.currentTarget.value.trim())
      }}
    />
  )
}
