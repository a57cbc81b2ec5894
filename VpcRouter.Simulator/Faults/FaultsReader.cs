using System.Collections.Frozen;
using System.Text.Json;
using VpcRouter.Simulator.Documents;
using VpcRouter.Simulator.Endpoint;
using VpcRouter.Simulator.Model;

namespace VpcRouter.Simulator.Faults;

/// <summary>Reads a faults document; whatever is wrong with it lands in the errors.</summary>
internal sealed class FaultsReader
{
    // A day: longer than any test, and short enough for every kind of timer.
    private const double MaxSeconds = 86_400;

    private static readonly string[] TriggerProperties =
        ["actions", "probability", "skipCalls", "calls", "afterSeconds", "forSeconds"];

    private readonly DocumentErrors _errors;

    private FaultsReader(DocumentErrors errors) => _errors = errors;

    public static FaultSections Read(JsonElement root, DocumentErrors errors) =>
        new FaultsReader(errors).Read(new JsonCursor(root, "$", errors, "seed", "throttling", "latency", "errors", "staleReads", "pages",
            "sharedVpc", "blackholes", "credentials", "denied", "quotas", "hosts"));

    private FaultSections Read(JsonCursor root) => new()
    {
        Seed = root.Number("seed", 0, int.MinValue, int.MaxValue),
        Throttling = root.Has("throttling") ? ReadThrottling(root) : null,
        Latency = ReadRules(root, "latency", ReadLatency, "seconds", "randomSeconds"),
        Credentials = ReadRules(root, "credentials", CredentialFailures.Read, "state"),
        Denied = ReadRules(root, "denied", ReadDenial, "routeTables"),
        Quotas = [.. root.Objects("quotas", "routeTables", "routes").Select(ReadQuota)],
        Hosts = [.. root.Objects("hosts", HostFateReader.Properties)
            .Select(cursor => HostFateReader.Read(cursor, Seconds(cursor, "afterSeconds") ?? TimeSpan.Zero))],
        Errors = ReadRules(root, "errors", FailureReader.Read, FailureReader.Properties),
        StaleReads = ReadRules(root, "staleReads", ReadStaleness, "seconds", "randomSeconds", "frozen"),
        Pages = ReadRules(root, "pages", ReadPageCap, "maxItems"),
        Shape = ReadShape(root),
    };

    private List<FaultRule<TEffect>> ReadRules<TEffect>(JsonCursor root, string name, Func<JsonCursor, TEffect> readEffect,
        params ReadOnlySpan<string> properties)
    {
        var rules = new List<FaultRule<TEffect>>();
        foreach (var cursor in root.Objects(name, [.. properties, .. TriggerProperties]))
            rules.Add(new FaultRule<TEffect>(ReadTrigger(cursor), readEffect(cursor)));
        return rules;
    }

    private FaultTrigger ReadTrigger(JsonCursor cursor) => new(cursor.Path, ReadActions(cursor),
        cursor.Decimal("probability", 0, 1) ?? 1,
        cursor.Number("skipCalls", 0, 0, int.MaxValue),
        cursor.Has("calls") ? cursor.Number("calls", 1, 1, int.MaxValue) : null,
        Seconds(cursor, "afterSeconds") ?? TimeSpan.Zero,
        Seconds(cursor, "forSeconds"));

    private ActionPattern ReadActions(JsonCursor cursor)
    {
        if (!cursor.Has("actions"))
            return ActionPattern.All;
        var patterns = cursor.TextOrTexts("actions");
        foreach (var (path, pattern) in patterns)
        {
            if (!ActionCatalog.Names.Any(a => ActionPattern.Matches(pattern, a)))
                _errors.Add(path, $"no action is called '{pattern}'", "use for example ReplaceRoute, Describe* or *");
        }

        if (patterns.Count == 0 && cursor.IsEmptyArray("actions"))
            cursor.Refuse("actions", "no action", "name some, or leave it out for all");
        return new ActionPattern([.. patterns.Select(p => p.Value)]);
    }

    private List<ThrottleLimit> ReadThrottling(JsonCursor root)
    {
        if (root.Object("throttling", "{}", "limits") is not { } section)
            return [];
        var limits = section.Objects("limits", "actions", "unfilteredOnly", "burst", "refillPerSecond").Select(cursor =>
        {
            if (!cursor.Has("burst") || !cursor.Has("refillPerSecond"))
                _errors.Add(cursor.Path, "burst or refillPerSecond missing", "give both, for example 50 and 5");
            return new ThrottleLimit(cursor.Path, ReadActions(cursor), cursor.Flag("unfilteredOnly", false),
                cursor.Decimal("burst", 0, 1e6) ?? 0, cursor.Decimal("refillPerSecond", 0, 1e6) ?? 0);
        });
        // EC2's own limits hold for whatever the document doesn't name.
        return [.. limits, .. ThrottleDefaults.Limits];
    }

    private static Denial ReadDenial(JsonCursor cursor) => new(ReadRouteTables(cursor));

    private static RouteQuota ReadQuota(JsonCursor cursor)
    {
        if (!cursor.Has("routes"))
            cursor.Refuse("routes", "missing", "add it, for example 500");
        return new RouteQuota(ReadRouteTables(cursor), cursor.Number("routes", VpcModel.DefaultRouteQuota, 0, 1000));
    }

    private static FrozenSet<string> ReadRouteTables(JsonCursor cursor)
    {
        if (cursor.IsEmptyArray("routeTables"))
            cursor.Refuse("routeTables", "no route table", "name some, or leave it out for all");
        return cursor.TextOrTexts("routeTables").Select(table => table.Value).ToFrozenSet(StringComparer.Ordinal);
    }

    private static Latency ReadLatency(JsonCursor cursor)
    {
        if (!cursor.Has("seconds") && !cursor.Has("randomSeconds"))
            cursor.Refuse("seconds", "missing", "add seconds, randomSeconds or both, for example 0.2");
        return new Latency(Seconds(cursor, "seconds") ?? TimeSpan.Zero, Seconds(cursor, "randomSeconds") ?? TimeSpan.Zero);
    }

    private static Staleness ReadStaleness(JsonCursor cursor)
    {
        var frozen = cursor.Flag("frozen", false);
        var age = Seconds(cursor, "seconds");
        var random = Seconds(cursor, "randomSeconds");
        if (frozen == (age is not null || random is not null))
            cursor.Refuse("frozen", "one of frozen and an age is needed", "give \"frozen\": true, or seconds and randomSeconds");
        var oldest = (age ?? TimeSpan.Zero) + (random ?? TimeSpan.Zero);
        if (oldest > ModelHistory.MaxAge)
        {
            cursor.Refuse("seconds", $"the history goes back {ModelHistory.MaxAge.TotalSeconds} seconds only, not {oldest.TotalSeconds}",
                "use less, or \"frozen\": true");
        }

        return new Staleness(age ?? TimeSpan.Zero, random ?? TimeSpan.Zero, frozen);
    }

    private static PageCap ReadPageCap(JsonCursor cursor)
    {
        if (!cursor.Has("maxItems"))
            cursor.Refuse("maxItems", "missing", "add it, for example 2, or 0 for empty pages");
        return new PageCap(cursor.Number("maxItems", 1, 0, 1000));
    }

    private static AnswerShape ReadShape(JsonCursor root)
    {
        var shape = AnswerShape.Usual with { SharedVpc = root.Flag("sharedVpc", false) };
        if (!root.Has("blackholes") || root.Object("blackholes", "{}", "instanceId", "interfaceId") is not { } section)
            return shape;
        return shape with { BlackholeInstanceId = section.Flag("instanceId"), BlackholeInterfaceId = section.Flag("interfaceId", true) };
    }

    private static TimeSpan? Seconds(JsonCursor cursor, string name) =>
        cursor.Decimal(name, 0, MaxSeconds) is { } seconds ? TimeSpan.FromSeconds(seconds) : null;
}
