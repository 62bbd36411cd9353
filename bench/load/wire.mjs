/**
 * One WebSocket connection of the load generator, on a bare TCP socket: cheap enough not to be what is measured.
 *
 * Client frames are masked with the key 0, which the protocol allows and which costs nothing.
 */
import net from "node:net";

const MASKED = 0x80;
const TEXT = 0x81;
const PONG = 0x8a;

/** @param {string} text @returns {Buffer} one masked text frame */
export function frameOf(text) {
  const length = Buffer.byteLength(text);
  const head = length < 126 ? 2 : 4;
  const frame = Buffer.alloc(head + 4 + length);
  frame[0] = TEXT;
  if (length < 126) {
    frame[1] = MASKED | length;
  } else {
    frame[1] = MASKED | 126;
    frame.writeUInt16BE(length, 2);
  }
  frame.write(text, head + 4);
  return frame;
}

/** A connection that speaks in whole text messages. */
export class Wire {
  /**
   * @param {{host: string, port: number, path: string, cookie?: string}} to
   * @param {{opened: () => void, text: (message: Buffer) => void, closed: (why: string) => void}} events
   */
  constructor({ host, port, path, cookie }, events) {
    this.events = events;
    this.open = false;
    this.closed = false;
    /** @type {Buffer | null} */
    this.rest = null;
    this.socket = net.connect({ host, port, noDelay: true });
    const lines = [
      `GET ${path} HTTP/1.1`,
      `Host: ${host}:${port}`,
      "Upgrade: websocket",
      "Connection: Upgrade",
      "Sec-WebSocket-Key: AAAAAAAAAAAAAAAAAAAAAA==",
      "Sec-WebSocket-Version: 13",
      ...(cookie ? [`Cookie: ${cookie}`] : []),
    ];
    this.socket.on("connect", () => this.socket.write(`${lines.join("\r\n")}\r\n\r\n`));
    this.socket.on("data", (data) => this.read(data));
    this.socket.on("error", (error) => this.end(error.message));
    this.socket.on("close", () => this.end("closed by the server"));
  }

  /** @param {Buffer} data */
  read(data) {
    let buffer = this.rest ? Buffer.concat([this.rest, data]) : data;
    this.rest = null;
    if (!this.open) {
      const end = buffer.indexOf("\r\n\r\n");
      if (end < 0) {
        this.rest = buffer;
        return;
      }
      if (!buffer.toString("latin1", 0, 16).includes(" 101")) {
        this.end(`refused: ${buffer.toString("latin1", 0, 60).split("\r\n")[0]}`);
        return;
      }
      this.open = true;
      buffer = buffer.subarray(end + 4);
      this.events.opened();
    }
    let at = 0;
    while (buffer.length - at >= 2) {
      const code = buffer[at] & 15;
      let length = buffer[at + 1] & 127;
      let head = 2;
      if (length === 126) {
        if (buffer.length - at < 4) break;
        length = buffer.readUInt16BE(at + 2);
        head = 4;
      } else if (length === 127) {
        if (buffer.length - at < 10) break;
        length = Number(buffer.readBigUInt64BE(at + 2));
        head = 10;
      }
      if (buffer.length - at < head + length) break;
      const payload = buffer.subarray(at + head, at + head + length);
      at += head + length;
      if (code === 1) this.events.text(payload);
      else if (code === 9) this.socket.write(Buffer.from([PONG, MASKED, 0, 0, 0, 0]));
      else if (code === 8) this.end("close frame");
    }
    if (at < buffer.length) this.rest = buffer.subarray(at);
  }

  /** @param {Buffer | string} message a text, or a frame made beforehand */
  send(message) {
    this.socket.write(typeof message === "string" ? frameOf(message) : message);
  }

  /** @param {string} why */
  end(why) {
    if (this.closed) return;
    this.closed = true;
    this.socket.destroy();
    this.events.closed(why);
  }
}
