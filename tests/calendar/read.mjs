// Reads calendar files as many calendar programs do, and says what they would show: moments, numbers, words.
import ICAL from "ical.js";
import { readFileSync } from "node:fs";

const read = (text) => {
  const calendar = new ICAL.Component(ICAL.parse(text));
  for (const zone of calendar.getAllSubcomponents("vtimezone")) ICAL.TimezoneService.register(zone);
  const events = calendar.getAllSubcomponents("vevent").map((part) => {
    const event = new ICAL.Event(part);
    const all = [];
    const each = event.iterator();
    for (let at = each.next(); at && all.length < 60; at = each.next()) all.push(at.toJSDate().toISOString());
    return {
      all,
      uid: event.uid,
      number: event.sequence,
      starts: event.startDate.toJSDate().toISOString(),
      ends: event.endDate.toJSDate().toISOString(),
      wall: event.startDate.toString(),
      title: event.summary,
      place: event.location,
      status: part.getFirstPropertyValue("status"),
      stamp: part.getFirstPropertyValue("dtstamp").zone.tzid,
    };
  });
  return { method: calendar.getFirstPropertyValue("method"), events };
};

console.log(JSON.stringify(JSON.parse(readFileSync(0, "utf-8")).map(read)));
