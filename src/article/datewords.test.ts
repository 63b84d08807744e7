import { describe, expect, it } from "vitest";
import { dayOrder, findDates, readMachineDate } from "./datewords.ts";

describe("findDates", () => {
  it.each([
    ["12. März 2020, 14:30 Uhr", "dmy", ["2020-03-12T14:30"]],
    ["March 12, 2020 2:30 p.m. EDT", "mdy", ["2020-03-12T14:30-04:00"]],
    ["12:05 a.m., 3 May 2021", "dmy", ["2021-05-03T00:05"]],
    ["12/03/2020", "dmy", ["2020-03-12"]],
    ["12/03/2020", "mdy", ["2020-12-03"]],
    ["25/03/2020", "mdy", ["2020-03-25"]],
    ["12/03/2020", "unknown", []],
    ["03/03/2020", "unknown", ["2020-03-03"]],
    ["2020年3月12日 08:15", "dmy", ["2020-03-12T08:15"]],
    ["Publié le 12 décembre 2019 à 10h30", "dmy", ["2019-12-12T10:30"]],
    ["12 de mayo de 2022 - 10:15 hs", "dmy", ["2022-05-12T10:15"]],
    ["5 мая 2021 в 12:00", "dmy", ["2021-05-05T12:00"]],
    ["07 Dezember, 2022", "dmy", ["2022-12-07"]],
    ["31 February 2020", "dmy", []],
    ["version 1.2.2020.4", "dmy", []],
    ["no date at all", "dmy", []],
  ] as const)("%s (%s)", (text, order, values) => {
    expect(findDates(text, order).map((d) => d.value)).toEqual(values);
  });
});

describe("readMachineDate", () => {
  it.each([
    ["2019-12-12T10:00:00.000Z", "2019-12-12T10:00:00Z", "stated"],
    ["2019-12-12T10:00:00+0100", "2019-12-12T10:00:00+01:00", "stated"],
    ["2019-12-12 10:00", "2019-12-12T10:00", "unknown"],
    ["20191212", "2019-12-12", "unknown"],
    ["1576141200", "2019-12-12T09:00:00Z", "stated"],
    ["Thu, 12 Dec 2019 10:00:00 +0100", "2019-12-12T10:00:00+01:00", "stated"],
    ["Thu Dec 12 10:00:00 CET 2019", "2019-12-12T10:00:00+01:00", "stated"],
    ["2019-12", "2019-12", "unknown"],
  ])("%s", (text, value, zone) => {
    expect(readMachineDate(text, "dmy")).toMatchObject({ value, zone });
  });
});

describe("dayOrder", () => {
  it.each([
    ["en-US", undefined, "mdy"],
    ["en-GB", undefined, "dmy"],
    ["en", "paper.example.co.uk", "dmy"],
    ["de", undefined, "dmy"],
    [undefined, undefined, "unknown"],
  ])("%s on %s", (language, host, order) => {
    expect(dayOrder(language, host)).toBe(order);
  });
});
