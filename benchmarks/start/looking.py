"""What runs inside the browser: who looks for the picture, and what a page knows of its own loading."""

from __future__ import annotations

from typing import Any

WATCH_FOR_A_PICTURE = """
(() => {
  if (!location.pathname.startsWith('/s/')) return;
  const probe = new OffscreenCanvas(64, 40).getContext('2d', {willReadFrequently: true});
  const look = () => {
    for (const source of document.querySelectorAll('canvas, video')) {
      const [width, height] = [source.videoWidth || source.width, source.videoHeight || source.height];
      if (!width || !height) continue;
      probe.clearRect(0, 0, 64, 40);
      try { probe.drawImage(source, 0, 0, 64, 40); } catch { continue; }
      const pixels = probe.getImageData(0, 0, 64, 40).data;
      for (let at = 0; at < pixels.length; at += 4) {
        if (pixels[at] + pixels[at + 1] + pixels[at + 2] > 24) {
          window.pictureAt = performance.timeOrigin + performance.now();
          return;
        }
      }
    }
    requestAnimationFrame(look);
  };
  requestAnimationFrame(look);
})();
"""

ABOUT_THE_PAGE = """
() => {
  const all = [...performance.getEntriesByType('navigation'), ...performance.getEntriesByType('resource')];
  const end = performance.getEntriesByType('navigation')[0];
  return {
    'page: requests': all.length,
    'page: kB over the wire': all.reduce((sum, one) => sum + one.transferSize, 0) / 1000,
    'page: kB unpacked': all.reduce((sum, one) => sum + one.decodedBodySize, 0) / 1000,
    'page: document ready': end.domContentLoadedEventEnd,
  };
}
"""

CLICK = """
(button) => {
  performance.clearResourceTimings();
  window.clickedAt = performance.timeOrigin + performance.now();
  button.click();
}
"""

ABOUT_THE_PORTAL = """
() => {
  const asked = (end) => {
    const first = performance.getEntriesByType('resource').find((one) => new URL(one.name).pathname.endsWith(end));
    return [performance.timeOrigin + first.startTime, performance.timeOrigin + first.responseEnd];
  };
  return {clicked: window.clickedAt, post: asked('/sessions'), connect: asked('/connect')};
}
"""


def gained(portal: dict[str, Any], running: float, frame: float, picture: float) -> dict[str, float]:
    """Return how long each step of a person's start took, one after the other, in milliseconds."""
    (asked, answered), (connect, opened) = portal["post"], portal["connect"]
    return {
        "ui: click to POST": asked - portal["clicked"],
        "POST answered": answered - asked,
        "ui: POST to running": running - answered,
        "ui: running to connect": connect - running,
        "connect answered": opened - connect,
        "ui: connect to frame": frame - opened,
        "ui: frame to first picture": picture - frame,
        "click to first picture": picture - portal["clicked"],
    }
