/** What is paid with in a time zone, where it is not the euro of most of Europe. By city: a zone's name says no more. */
const ofCity: Record<string, string> = {
  GBP: "Europe/London Europe/Belfast Europe/Jersey Europe/Guernsey Europe/Isle_of_Man",
  SEK: "Europe/Stockholm",
  NOK: "Europe/Oslo Arctic/Longyearbyen",
  DKK: "Europe/Copenhagen Atlantic/Faroe America/Nuuk America/Godthab",
  CHF: "Europe/Zurich Europe/Vaduz",
  PLN: "Europe/Warsaw",
  CZK: "Europe/Prague",
  HUF: "Europe/Budapest",
  RON: "Europe/Bucharest",
  ISK: "Atlantic/Reykjavik",
  RSD: "Europe/Belgrade",
  TRY: "Europe/Istanbul Asia/Istanbul",
  UAH: "Europe/Kyiv Europe/Kiev",
  CNY: "Asia/Shanghai Asia/Chongqing Asia/Harbin Asia/Urumqi",
  HKD: "Asia/Hong_Kong",
  TWD: "Asia/Taipei",
  JPY: "Asia/Tokyo",
  KRW: "Asia/Seoul",
  SGD: "Asia/Singapore",
  INR: "Asia/Kolkata Asia/Calcutta",
  PKR: "Asia/Karachi",
  BDT: "Asia/Dhaka",
  IDR: "Asia/Jakarta Asia/Makassar Asia/Jayapura",
  MYR: "Asia/Kuala_Lumpur Asia/Kuching",
  PHP: "Asia/Manila",
  THB: "Asia/Bangkok",
  VND: "Asia/Ho_Chi_Minh Asia/Saigon",
  AED: "Asia/Dubai",
  SAR: "Asia/Riyadh",
  ILS: "Asia/Jerusalem Asia/Tel_Aviv",
  NZD: "Pacific/Auckland Pacific/Chatham",
  CAD: "America/Toronto America/Montreal America/Vancouver America/Edmonton America/Winnipeg America/Halifax America/Regina America/St_Johns America/Moncton",
  MXN: "America/Mexico_City America/Tijuana America/Monterrey America/Cancun America/Merida America/Hermosillo",
  BRL: "America/Sao_Paulo America/Bahia America/Fortaleza America/Recife America/Manaus America/Belem",
  ARS: "America/Argentina/Buenos_Aires America/Buenos_Aires America/Argentina/Cordoba",
  CLP: "America/Santiago",
  COP: "America/Bogota",
  PEN: "America/Lima",
  USD: "America/New_York America/Detroit America/Chicago America/Denver America/Phoenix America/Los_Angeles America/Anchorage America/Boise America/Puerto_Rico Pacific/Honolulu",
  ZAR: "Africa/Johannesburg",
  EGP: "Africa/Cairo",
  NGN: "Africa/Lagos",
  KES: "Africa/Nairobi",
  MAD: "Africa/Casablanca",
};
const ofRegion: Record<string, string> = {
  SE: "SEK",
  US: "USD",
  GB: "GBP",
  CN: "CNY",
  CH: "CHF",
  NO: "NOK",
  DK: "DKK",
  CA: "CAD",
  AU: "AUD",
  NZ: "NZD",
  JP: "JPY",
  PL: "PLN",
  IN: "INR",
  BR: "BRL",
  MX: "MXN",
};

/** What is probably paid with: as in the time zone, since a clock is set right more often than a browser's language; by
 * the languages' regions where the zone says nothing; else euros. */
export function guessCurrency(zone: string, languages: readonly string[]): string {
  const found = Object.keys(ofCity).find((code) => ofCity[code]?.split(" ").includes(zone));
  if (found) return found;
  const area = zone.split("/")[0];
  if (area === "Australia") return "AUD";
  if (area === "US") return "USD";
  if (area === "Canada") return "CAD";
  if (area === "Europe") return "EUR";
  const region = languages.map((tag) => new Intl.Locale(tag).region).find(Boolean) ?? "";
  return ofRegion[region] ?? "EUR";
}
