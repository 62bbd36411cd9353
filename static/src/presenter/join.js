/** How to join, as large as the screen: the lobby, and what J shows. */
import { byId, setText } from "../lib/dom.js";
import { appear, reduced } from "../lib/motion.js";
import { number } from "../lib/words.js";

/** @returns {{show: (visible: boolean, phones: number | null) => void}} */
export function createJoin() {
  const cover = byId("join");
  const phones = byId("phones");
  const phonesNumber = byId("phones-number");
  const address = byId("join-address");
  // A long address is set smaller rather than broken.
  cover.style.setProperty("--address-length", String(Math.max(12, address.textContent?.trim().length ?? 0)));

  return {
    show(visible, count) {
      if (visible && cover.hidden) {
        cover.hidden = false;
        appear(cover, reduced());
      }
      cover.hidden = !visible;
      phones.hidden = count === null;
      setText(phonesNumber, number(count ?? 0));
    },
  };
}
