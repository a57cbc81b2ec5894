using VpcRouter.Simulator.Documents;
using VpcRouter.Simulator.Model;

namespace VpcRouter.Simulator.Control;

/// <summary>Reads scheduled events: <c>{ "events": [{ "code": "instance-stop", "outcome": "ahead", "noticeSeconds": 3600 }] }</c>.</summary>
internal static class EventsReader
{
    private const int LongestNotice = 365 * 86400;

    public static IReadOnlyList<SimulatedEvent> Read(string json, DocumentErrors errors)
    {
        using var document = errors.Parse(json);
        if (document is null)
            return [];
        var root = new JsonCursor(document.RootElement, "$", errors, "events");
        return [.. root.Objects("events", "code", "outcome", "noticeSeconds").Select(Read)];
    }

    private static SimulatedEvent Read(JsonCursor cursor)
    {
        var code = cursor.RequiredText("code", "instance-stop") ?? "";
        if (code.Length > 0 && !SimulatedEvent.Codes.Contains(code))
            cursor.Refuse("code", $"'{code}' is no event of EC2's", $"use one of {string.Join(", ", SimulatedEvent.Codes)}");
        var outcome = EventOutcome.Ahead;
        if (cursor.Text("outcome") is { } text && (!text.All(char.IsAsciiLetter) || !Enum.TryParse(text, ignoreCase: true, out outcome)))
            cursor.Refuse("outcome", $"'{text}' is no outcome", $"use one of {ChoiceReader.ValidChoices<EventOutcome>()}");
        var read = new SimulatedEvent(code) { Outcome = outcome };
        return cursor.Decimal("noticeSeconds", 0, LongestNotice) is { } notice ? read with { Notice = TimeSpan.FromSeconds(notice) } : read;
    }
}
