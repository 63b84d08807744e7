/** Colours for terminals: off when the output is no terminal or NO_COLOR is set (no-color.org). */
export type Paint = (text: string) => string;
export type Palette = Readonly<
  Record<"bold" | "dim" | "red" | "green" | "yellow" | "blue" | "magenta" | "cyan" | "underline", Paint>
>;

const CODES = {
  bold: [1, 22],
  dim: [2, 22],
  underline: [4, 24],
  red: [31, 39],
  green: [32, 39],
  yellow: [33, 39],
  blue: [34, 39],
  magenta: [35, 39],
  cyan: [36, 39],
} as const;

export function palette(on: boolean): Palette {
  const paint = ([open, close]: readonly [number, number]): Paint =>
    on ? (text) => `\u001b[${open}m${text}\u001b[${close}m` : (text) => text;
  return {
    bold: paint(CODES.bold),
    dim: paint(CODES.dim),
    underline: paint(CODES.underline),
    red: paint(CODES.red),
    green: paint(CODES.green),
    yellow: paint(CODES.yellow),
    blue: paint(CODES.blue),
    magenta: paint(CODES.magenta),
    cyan: paint(CODES.cyan),
  };
}

export const wantsColour = (stream: NodeJS.WriteStream): boolean =>
  process.env["FORCE_COLOR"] !== undefined ||
  (stream.isTTY === true && process.env["NO_COLOR"] === undefined);
