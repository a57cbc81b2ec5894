using System.Globalization;
using VpcRouter.Hosting;
using VpcRouter.Reconciliation;
using VpcRouter.Vpc;

namespace VpcRouter.Cli.Output;

/// <summary>Prints an explanation for a person or for a program.</summary>
internal static class ExplanationPrinter
{
    public static void Print(RouteExplanation explanation, string asked, bool json, TextWriter output)
    {
        if (json)
            output.WriteLine(JsonText.Of(ToJson(explanation, asked)));
        else
            PrintText(explanation, asked, output);
    }

    private static void PrintText(RouteExplanation explanation, string asked, TextWriter output)
    {
        var destination = explanation.Destination.ToString();
        output.WriteLine($"{destination}{(asked == destination ? "" : $" (asked for {asked})")}: {explanation.Summary}.");
        if (!explanation.Candidates.IsEmpty)
            output.WriteLine("Hosts, in the spec's order:");
        foreach (var candidate in explanation.Candidates)
            output.WriteLine($"  {candidate.Host}: {(candidate.CanBeChosen ? "can be chosen" : "can't be chosen")}: {candidate.Reason}{AgeOf(candidate)}{PlaceOf(candidate)}");
        output.WriteLine(explanation.Tables.IsEmpty ? "No route table is managed: none serves a subnet with a host of the spec." : "Managed route tables:");
        foreach (var table in explanation.Tables)
            Print(table, output);
    }

    private static void Print(RouteTableExplanation table, TextWriter output)
    {
        output.WriteLine($"  {table.RouteTableId}{(table.Name is { } name ? $" ({name})" : "")}: {NowIn(table)}");
        output.WriteLine($"    {table.Rule}");
        if (table.HeldBack is { } held)
            output.WriteLine($"    held back: {held}");
        else if (table.Change is { } change)
            output.WriteLine($"    pending: {Pending(change)}");
    }

    // The reason stands in the line above already.
    private static string Pending(RouteChange change) => change.ToString()[..^(change.Reason.Length + 2)];

    private static string NowIn(RouteTableExplanation table)
    {
        if (table.Route is { } route)
            return $"leads to {(table.Router is { } router ? $"{router} ({route.Target})" : route.Target)}{(route.State == RouteState.Active ? "" : $", {route.State.ToString().ToLowerInvariant()}")}";
        return table.CoveredBy is { } wider ? $"no route; {wider.Destination} takes its packets to {wider.Target}" : "no route";
    }

    private static string AgeOf(CandidateExplanation candidate) =>
        candidate.Age is { } age ? string.Create(CultureInfo.InvariantCulture, $", for {Math.Max(0, Math.Round(age.TotalSeconds, 1))} s") : "";

    private static string PlaceOf(CandidateExplanation candidate) =>
        candidate.InterfaceId is { } networkInterface ? $"; {networkInterface}{(candidate.InstanceId is { } instance ? $" of {instance}" : "")} in {candidate.Zone}" : "";

    private static object ToJson(RouteExplanation explanation, string asked) => new
    {
        Destination = explanation.Destination.ToString(),
        Asked = asked,
        explanation.Summary,
        IsInSpec = explanation.Entry is not null,
        CoveredBy = explanation.CoveredBy?.Destination.ToString(),
        Select = explanation.Entry?.Select.ToString().ToLowerInvariant(),
        Fallback = explanation.Entry?.Fallback?.ToString(),
        Hosts = explanation.Candidates.Select(candidate => new
        {
            Address = candidate.Host.ToString(),
            candidate.CanBeChosen,
            candidate.Reason,
            Health = candidate.Health.ToString().ToLowerInvariant(),
            candidate.Since,
            AgeSeconds = candidate.Age?.TotalSeconds,
            NetworkInterface = candidate.InterfaceId,
            Instance = candidate.InstanceId,
            candidate.Zone,
        }),
        RouteTables = explanation.Tables.Select(table => new
        {
            Id = table.RouteTableId,
            table.Name,
            table.Zones,
            Target = table.Route?.Target.ToString(),
            State = table.Route?.State.ToString().ToLowerInvariant(),
            Router = table.Router?.ToString(),
            CoveredBy = table.CoveredBy?.Destination.ToString(),
            table.Rule,
            Change = table.Change is { } change ? RoutePlanJson.ToJson(change) : null,
            table.HeldBack,
            table.ReturnsAt,
        }),
    };
}
