import { Notifications } from '@mantine/notifications'

/** Loaded after the first page; what is said before that waits for it. */
export default function Notices() {
  return <Notifications position="bottom-right" limit={4} />
}
