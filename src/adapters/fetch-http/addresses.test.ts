/** Every special address in every spelling is refused before a packet leaves; public ones pass. Nothing here touches a network. */
import { describe, expect, it } from "vitest";
import { judgeAddresses, judgeUrl, specialAddress } from "./addresses.ts";

const REFUSED_URLS = [
  "http://127.0.0.1/",
  "http://127.1/",
  "http://0x7f000001/",
  "http://0x7f.0.0.1/",
  "http://0177.0.0.1/",
  "http://2130706433/",
  "http://017700000001/",
  "http://127.0.0.1./",
  "http://127.255.255.254/",
  "http://0.0.0.0/",
  "http://0/",
  "http://10.0.0.1/",
  "http://10.255.255.255/",
  "http://172.16.0.1/",
  "http://172.31.255.255/",
  "http://192.168.1.1/",
  "http://100.64.0.1/",
  "http://100.127.255.255/",
  "http://169.254.169.254/latest/meta-data/",
  "http://169.254.0.1/",
  "http://2852039166/",
  "http://0xa9fea9fe/",
  "http://192.0.0.1/",
  "http://192.0.2.1/",
  "http://198.18.0.1/",
  "http://198.51.100.7/",
  "http://203.0.113.9/",
  "http://224.0.0.1/",
  "http://239.255.255.250/",
  "http://240.0.0.1/",
  "http://255.255.255.255/",
  "http://①②⑦.⓪.⓪.①/",
  "http://127。0。0。1/",
  "http://%31%32%37.0.0.1/",
  "http://[::1]/",
  "http://[::]/",
  "http://[0:0:0:0:0:0:0:1]/",
  "http://[::ffff:127.0.0.1]/",
  "http://[::ffff:7f00:1]/",
  "http://[::ffff:8.8.8.8]/",
  "http://[::127.0.0.1]/",
  "http://[::ffff:0:127.0.0.1]/",
  "http://[64:ff9b::127.0.0.1]/",
  "http://[64:ff9b::a9fe:a9fe]/",
  "http://[64:ff9b:1::1]/",
  "http://[2002:7f00:1::]/",
  "http://[2002:a00:1::1]/",
  "http://[2001:0:4136:e378:8000:63bf:3fff:fdd2]/",
  "http://[2001:db8::1]/",
  "http://[3fff::1]/",
  "http://[100::1]/",
  "http://[fc00::1]/",
  "http://[fd00:ec2::254]/",
  "http://[fe80::1]/",
  "http://[fec0::1]/",
  "http://[ff02::1]/",
  "http://[5f00::1]/",
  "http://localhost/",
  "http://LOCALHOST/",
  "http://localhost./",
  "http://sub.localhost/",
  "http://localhost.localdomain/",
  "http://metadata.google.internal/",
  "http://printer.local/",
  "http://router.lan/",
  "http://nas.home.arpa/",
  "http://intranet/",
  "http://wiki.corp/",
  "http://gazette.example/",
  "http://user:secret@127.0.0.1/",
  "http://8.8.8.8:22/",
  "http://news.org:6379/",
  "ftp://news.org/",
  "file:///etc/passwd",
  "gopher://news.org/",
  "data:text/plain,x",
  "javascript:alert(1)",
] as const;

const REFUSED_ADDRESSES = [
  "127.0.0.1",
  "10.1.2.3",
  "172.20.0.1",
  "192.168.0.1",
  "169.254.169.254",
  "100.100.100.200",
  "0.0.0.0",
  "224.0.0.251",
  "192.88.99.1",
  "198.19.0.1",
  "255.255.255.255",
  "::1",
  "::",
  "::ffff:10.0.0.1",
  "::ffff:93.184.216.34",
  "64:ff9b::1.1.1.1",
  "64:ff9b:1::a00:1",
  "2002:c0a8:101::1",
  "2001:10::1",
  "2001:20::1",
  "fd12:3456::1",
  "fe80::1",
  "ff05::2",
  "fe80::1%eth0",
  "nonsense",
];

const PUBLIC_URLS = [
  "https://news.org/feed",
  "http://93.184.216.34/",
  "https://[2606:2800:220:1:248:1893:25c8:1946]/",
  "http://news.org:8080/rss",
  "https://xn--80aswg.xn--p1ai/",
  "https://news.org./",
];

describe("address guard", () => {
  it.each(REFUSED_URLS)("refuses %s", (url) => {
    expect(judgeUrl(new URL(url), {}).ok).toBe(false);
  });

  it.each(REFUSED_ADDRESSES)("refuses a name that leads to %s", (address) => {
    expect(specialAddress(address)).toBeDefined();
    expect(judgeAddresses("news.org", 443, [address], {}).ok).toBe(false);
    expect(judgeAddresses("news.org", 443, ["93.184.216.34", address], {}).ok).toBe(false);
  });

  it.each(PUBLIC_URLS)("lets %s through", (url) => {
    expect(judgeUrl(new URL(url), {}).ok).toBe(true);
  });

  it("refuses a name without address and lets public addresses through", () => {
    expect(judgeAddresses("news.org", 443, [], {}).ok).toBe(false);
    expect(
      judgeAddresses("news.org", 443, ["93.184.216.34", "2606:2800:220:1:248:1893:25c8:1946"], {}).ok,
    ).toBe(true);
  });

  it("makes exceptions only for what was named", () => {
    const rules = { allowPrivate: ["127.0.0.1:8080", "intranet"] };
    expect(judgeUrl(new URL("http://127.0.0.1:8080/"), rules).ok).toBe(true);
    expect(judgeUrl(new URL("http://127.0.0.1:8081/"), rules).ok).toBe(false);
    expect(judgeUrl(new URL("http://intranet/"), rules).ok).toBe(true);
    expect(judgeUrl(new URL("http://10.0.0.1/"), rules).ok).toBe(false);
    expect(judgeUrl(new URL("http://10.0.0.1/"), { allowPrivate: true }).ok).toBe(true);
    expect(judgeUrl(new URL("file:///etc/passwd"), { allowPrivate: true }).ok).toBe(false);
  });
});
