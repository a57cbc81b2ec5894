using System.Text.Json;
using VpcRouter.AspNetCore.Responses;
using VpcRouter.AspNetCore.Routes;
using VpcRouter.Health;
using VpcRouter.Hosting;

namespace VpcRouter.AspNetCore.Pages;

/// <summary>
/// The page <c>/topology</c>: the whole at a glance. Zones, tables and hosts with their figures, what is wrong and what holds the router
/// back; its size depends on how many hosts and tables there are, never on how many routes.
/// </summary>
internal sealed class TopologyPage(RouteBoard board, IReadOnlyList<ReadinessCheck> checks, bool dryRun, int mostHosts, DateTimeOffset now)
{
    /// <summary>The page as it can be shared.</summary>
    public PageContent Content => new(board.Status, Math.Min(mostHosts, board.Spec.Hosts.Count) + board.Tables.Length, WriteAsync) { ReadAt = board.ReadAt };

    private async ValueTask WriteAsync(JsonSink sink)
    {
        var json = sink.Json;
        var status = board.Status;
        json.WriteStartObject();
        json.WriteString("time", now);
        json.WriteString("version", OverviewPage.Version);
        json.WriteString("started_at", status.StartedAt);
        json.WriteBoolean("dry_run", dryRun);
        json.WriteString("vpc", status.Snapshot?.VpcId);
        RouteJson.WriteTime(json, "seen_at", status.Snapshot?.TakenAt);
        RouteJson.WriteTime(json, "in_line_since", status.LastInLineAt);
        WriteSpec(json, status);
        json.WriteStartObject("routes");
        foreach (var condition in Enum.GetValues<RouteCondition>().Where(condition => condition != RouteCondition.Foreign))
            json.WriteNumber(QueryReader.NameOf(condition), board.CountOf(condition));
        json.WriteEndObject();
        WriteChecks(json);
        RouteJson.WriteGuards(json, status, now);
        json.WriteStartArray("warnings");
        foreach (var warning in status.Plan?.Warnings ?? [])
            json.WriteStringValue(warning);
        json.WriteEndArray();
        WriteTables(json);
        await WriteHostsAsync(sink, status).ConfigureAwait(false);
        json.WriteEndObject();
    }

    private static void WriteSpec(Utf8JsonWriter json, RouterStatus status)
    {
        if (status.Spec is not { } spec)
        {
            json.WriteNull("spec");
            return;
        }

        json.WriteStartObject("spec");
        json.WriteNumber("destinations", spec.Entries.Length);
        json.WriteNumber("hosts", spec.Hosts.Count);
        RouteJson.WriteTime(json, "received_at", status.SpecReceivedAt);
        json.WriteEndObject();
    }

    private void WriteChecks(Utf8JsonWriter json)
    {
        json.WriteStartArray("checks");
        foreach (var check in checks)
        {
            json.WriteStartObject();
            json.WriteString("name", check.Name);
            json.WriteBoolean("ok", check.IsOk);
            json.WriteString("message", check.Message);
            if (check.Age is { } age)
                json.WriteNumber("age_seconds", Math.Round(age.TotalSeconds, 3));
            else
                json.WriteNull("age_seconds");
            json.WriteEndObject();
        }

        json.WriteEndArray();
    }

    private void WriteTables(Utf8JsonWriter json)
    {
        json.WriteStartArray("tables");
        foreach (var table in board.Tables)
        {
            json.WriteStartObject();
            json.WriteString("id", table.Id);
            json.WriteString("name", table.Name);
            json.WriteBoolean("main", table.IsMain);
            json.WriteStartArray("zones");
            foreach (var zone in table.Zones.Order(StringComparer.Ordinal))
                json.WriteStringValue(zone);
            json.WriteEndArray();
            json.WriteNumber("subnets", table.SubnetIds.Length);
            json.WriteNumber("routes", table.Routes.Length);
            json.WriteEndObject();
        }

        json.WriteEndArray();
    }

    // The sick first: where not all hosts can be shown, those matter.
    private async ValueTask WriteHostsAsync(JsonSink sink, RouterStatus status)
    {
        var json = sink.Json;
        json.WriteStartArray("hosts");
        foreach (var host in board.Spec.Hosts.OrderByDescending(board.HealthOf).ThenBy(HostOrder.KeyOf, StringComparer.Ordinal).Take(mostHosts))
        {
            var carrier = status.Snapshot?.InterfaceOf(host);
            json.WriteStartObject();
            json.WriteString("host", host.ToString());
            RouteJson.WriteHealth(json, host, board, now);
            json.WriteNumber("routes", board.RoutesOf.GetValueOrDefault(host));
            json.WriteString("zone", carrier?.Zone);
            json.WriteString("subnet", carrier?.SubnetId);
            json.WriteString("interface", carrier?.Id);
            json.WriteString("instance", carrier?.InstanceId);
            json.WriteBoolean("attached", carrier?.IsAttached == true);
            json.WriteEndObject();
            await sink.RestAsync().ConfigureAwait(false);
        }

        json.WriteEndArray();
        json.WriteStartObject("health");
        json.WriteString("observer", status.Health?.Observer);
        RouteJson.WriteTime(json, "observed_at", status.Health?.ObservedAt);
        foreach (var state in Enum.GetValues<HealthState>())
            json.WriteNumber(QueryReader.NameOf(state), status.Health is null ? 0 : board.Spec.Hosts.Count(host => board.HealthOf(host) == state));
        json.WriteEndObject();
    }
}
