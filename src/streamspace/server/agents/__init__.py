"""The fleet: who may run sessions, what each can do, the commands sent to it."""
