/**
 * One live connection to the server, for phones and for screens.
 *
 * WebSocket is tried first; where a proxy forbids it the same attempt goes on with long polling. A lost connection
 * is taken up again by itself, each time after a longer and randomly spread pause, so that a hall full of phones
 * does not come back in the same second after a restart. A phone that wakes up or finds its network again does not
 * wait for that pause. Nothing is buffered while offline: whoever asks gets an error at once and keeps what it has.
 */
import { io } from "socket.io-client";

/**
 * @typedef {object} Events
 * @property {() => void} up called at every connect, also the first
 * @property {() => void} down called when the connection is lost or cannot be made
 * @property {(code: string, within: number) => void} refused the server does not want this client; it is not tried again
 *   by itself. `within` is the spread in milliseconds in which the server asks it to, 0 if it does not
 * @property {Record<string, (message: any) => void>} messages handlers of what the server sends, by name
 *
 * @typedef {object} Connection
 * @property {(name: string, message: object, patience?: number) => Promise<any>} ask send and wait for the reply; rejects
 *   when offline, when the connection is lost, or after `patience` milliseconds
 * @property {(within: number) => void} renewWithin drop a connection that seems dead, and make a new one at a random
 *   moment within so many milliseconds
 * @property {(within: number) => void} again try again after a refusal, at a random moment within so many milliseconds
 * @property {() => boolean} isUp
 * @property {() => void} close
 */

const PATIENCE = 8000;
const FIRST_PAUSE = 1000;
const LONGEST_PAUSE = 10000;
const WAKE_SPREAD = 800;

/**
 * Connect to `namespace` of the server this page came from.
 * @param {string} namespace such as "/participant"
 * @param {Record<string, unknown>} auth what is said at connecting, besides the cookie
 * @param {Events} events
 * @returns {Connection}
 */
export function connect(namespace, auth, events) {
  const socket = io(namespace, {
    auth,
    transports: ["websocket", "polling"],
    tryAllTransports: true,
    timeout: 10000,
    reconnectionDelay: FIRST_PAUSE,
    reconnectionDelayMax: LONGEST_PAUSE,
    randomizationFactor: 0.5,
  });
  let closed = false;
  /** @type {ReturnType<typeof setTimeout> | undefined} */
  let timer;

  /** @param {number} within */
  function again(within) {
    clearTimeout(timer);
    timer = setTimeout(() => {
      if (!closed && !socket.connected) socket.connect();
    }, Math.random() * within);
  }

  function wake() {
    if (document.visibilityState === "visible" && !socket.connected && socket.active) {
      clearTimeout(timer);
      timer = setTimeout(() => {
        if (closed || socket.connected) return;
        socket.disconnect();
        socket.connect();
      }, Math.random() * WAKE_SPREAD);
    }
  }

  socket.on("connect", () => events.up());
  socket.on("disconnect", (reason) => {
    if (closed) return;
    events.down();
    // The server hung up on purpose, such as at a restart: the library leaves coming back to us.
    if (reason === "io server disconnect") again(LONGEST_PAUSE / 2);
  });
  socket.on("connect_error", (error) => {
    events.down();
    if (!socket.active) events.refused(refusal(error), spread(error));
  });
  for (const [name, handler] of Object.entries(events.messages)) socket.on(name, handler);
  window.addEventListener("online", wake);
  document.addEventListener("visibilitychange", wake);

  return {
    ask(name, message, patience = PATIENCE) {
      if (!socket.connected) return Promise.reject(new Error("offline"));
      return socket.timeout(patience).emitWithAck(name, message);
    },
    renewWithin(within) {
      if (closed) return;
      socket.disconnect();
      again(within);
    },
    again,
    isUp: () => socket.connected,
    close() {
      closed = true;
      clearTimeout(timer);
      window.removeEventListener("online", wake);
      document.removeEventListener("visibilitychange", wake);
      socket.disconnect();
    },
  };
}

/**
 * Return the code of a refused connection.
 * @param {Error & {data?: any}} error
 * @returns {string}
 */
function refusal(error) {
  return (error.data && error.data.code) || error.message || "refused";
}

/**
 * Return the milliseconds within which the server asks a refused client to come again, or 0.
 * @param {Error & {data?: any}} error
 * @returns {number}
 */
function spread(error) {
  return (error.data && error.data.within_ms) || 0;
}
