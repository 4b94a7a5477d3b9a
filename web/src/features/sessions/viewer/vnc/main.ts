import './vnc.css'
import { Desk, askRole } from './desk'
import { textsFor } from './texts'

const { language, texts } = textsFor(navigator.languages)
document.documentElement.lang = language
const screen = document.getElementById('screen')
if (screen !== null) {
  screen.setAttribute('aria-label', texts.screen)
  void askRole().then((role) => new Desk(screen, texts, role).connect())
}
