/**
 * The day of a date: what an address says of it, whether it can be true at all, and the local day of an instant stated in
 * UTC where the page itself shows another.
 */
import type { StatedTime } from "../model/index.ts";
import { type FoundDate, readMachineDate } from "./datewords.ts";

export type Basis = StatedTime["basis"];
export type Candidate = { readonly date: FoundDate; readonly basis: Basis; readonly weight: number };

const EARLIEST = "1994";

/** Neither before the web nor after the page was fetched (a day's grace where no zone was stated). */
export function isPlausible(date: FoundDate, fetchedAt: string): boolean {
  if (date.value < EARLIEST) return false;
  const limit = Date.parse(fetchedAt);
  if (Number.isNaN(limit)) return true;
  const at = Date.parse(date.zone === "stated" || date.value.length <= 10 ? date.value : `${date.value}Z`);
  if (Number.isNaN(at)) return false;
  return at <= limit + (date.zone === "stated" ? 600_000 : 14 * 3_600_000);
}

/** /2019/12/12/ or /2019-12-12- or 20191212 in the path; the month alone gives a month. */
export function urlDate(url: string | undefined): Candidate | undefined {
  if (url === undefined) return undefined;
  const path = url.replace(/^[a-z]+:\/\/[^/]*/i, "").replace(/[?#].*$/, "");
  const day =
    /(?:^|[/_.-])((?:19|20)\d\d)[/_.-](0?[1-9]|1[0-2])[/_.-](0?[1-9]|[12]\d|3[01])(?=[/_.-]|$)/.exec(path) ??
    /(?:^|[/_.-])((?:19|20)\d\d)(0[1-9]|1[0-2])(0[1-9]|[12]\d|3[01])(?=[/_.-]|$)/.exec(path);
  const turned = /(?:^|[/_-])(\d{2})[-_/](\d{2})[-_/](20\d\d)(?=[/_.-]|$)/.exec(path);
  if (day === null && turned !== null && (Number(turned[1]) > 12 || turned[1] === turned[2])) {
    const date = readMachineDate(`${turned[3]}-${turned[2]}-${turned[1]}`, "dmy");
    if (date !== undefined) return { date, basis: "url", weight: 1 };
  }
  if (day !== null) {
    const value = `${day[1]}-${(day[2] ?? "").padStart(2, "0")}-${(day[3] ?? "").padStart(2, "0")}`;
    const date = readMachineDate(value, "dmy");
    return date === undefined ? undefined : { date, basis: "url", weight: 1 };
  }
  const month = /\/((?:19|20)\d\d)[/-](0[1-9]|1[0-2])\//.exec(path);
  return month === null
    ? undefined
    : {
        date: {
          value: `${month[1]}-${month[2]}`,
          precision: "month",
          zone: "unknown",
          index: 0,
          words: month[0],
          ambiguous: false,
        },
        basis: "url",
        weight: 0.5,
      };
}

/** Offsets usual behind a country's domain; only for moving a stated UTC instant to the day its readers saw. */
const OFFSETS: Readonly<Record<string, string>> = {
  ar: "-03:00",
  br: "-03:00",
  uy: "-03:00",
  cl: "-04:00",
  bo: "-04:00",
  py: "-04:00",
  ve: "-04:00",
  pr: "-04:00",
  co: "-05:00",
  pe: "-05:00",
  ec: "-05:00",
  mx: "-06:00",
  cr: "-06:00",
  gt: "-06:00",
  in: "+05:30",
  jp: "+09:00",
  kr: "+09:00",
  cn: "+08:00",
  tw: "+08:00",
  hk: "+08:00",
  sg: "+08:00",
  my: "+08:00",
  ph: "+08:00",
  au: "+10:00",
  nz: "+12:00",
  pk: "+05:00",
  th: "+07:00",
  vn: "+07:00",
  id: "+07:00",
};
const WEST = ["-05:00", "-06:00", "-07:00", "-08:00", "-10:00"];
const EAST = ["+01:00", "+02:00", "+03:00", "+05:30", "+08:00", "+09:00", "+10:00", "+12:00"];

/**
 * A time stated in UTC whose page shows the day before or after: the same instant in the offset that gives the shown day,
 * marked as assumed. The instant is unchanged; only the local day, which the page itself prints, is.
 */
export function localDay(
  published: Candidate,
  witnesses: readonly (Candidate | undefined)[],
  url: string | undefined,
): Candidate {
  const { date } = published;
  if (date.zone !== "stated" || !date.value.endsWith("Z")) return published;
  const at = Date.parse(date.value);
  const days = witnesses
    .filter((w) => w !== undefined && w.date.precision !== "month")
    .map((w) => w?.date.value.slice(0, 10) ?? "");
  const own = date.value.slice(0, 10);
  const domain = /^https?:\/\/[^/:]*\.([a-z]{2})(?=[/:]|$)/i.exec(url ?? "")?.[1]?.toLowerCase();
  const usual = domain === undefined ? undefined : OFFSETS[domain];
  const shownDay = days.find(
    (day) => day !== own && Math.abs(Date.parse(day) - Date.parse(own)) === 86_400_000,
  );
  if (days.includes(own)) return published;
  const choices = shownDay === undefined ? [usual] : [usual, ...(shownDay < own ? WEST : EAST)];
  for (const offset of choices) {
    if (offset === undefined) continue;
    const moved = new Date(at + minutesOf(offset) * 60_000).toISOString();
    if (shownDay !== undefined ? moved.slice(0, 10) === shownDay : true) {
      return { ...published, date: { ...date, value: `${moved.slice(0, date.value.length - 1)}${offset}` } };
    }
  }
  return published;
}

function minutesOf(offset: string): number {
  const sign = offset.startsWith("-") ? -1 : 1;
  return sign * (Number(offset.slice(1, 3)) * 60 + Number(offset.slice(4, 6)));
}
