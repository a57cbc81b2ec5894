using System.Buffers;
using System.Net;
using System.Text.Json;
using VpcRouter.AspNetCore.Responses;
using VpcRouter.AspNetCore.Routes;
using VpcRouter.Health;
using VpcRouter.Hosting.Events;
using VpcRouter.Reconciliation;

namespace VpcRouter.AspNetCore.Events;

/// <summary>Writes events as JSON on one line, none of them longer than a screen or two however large the VPC is.</summary>
internal static class EventJson
{
    private const int MostHosts = 100;
    private const int MostChanges = 20;

    /// <summary>The type and JSON of an event.</summary>
    public static (string Type, ReadOnlyMemory<byte> Data) Of(RouterEvent happened) => happened switch
    {
        SpecEvent spec => ("spec", Write(json => Spec(json, spec))),
        VerdictEvent verdict => ("verdict", Write(json => Verdict(json, verdict))),
        PlanEvent plan => ("plan", Write(json => Plan(json, plan))),
        WriteEvent write => ("write", Write(json => WriteOutcome(json, write.Outcome))),
        GuardEvent guard => ("guard", Write(json => Guard(json, guard))),
        _ => ("other", Write(json => json.WriteString("at", happened.At))),
    };

    /// <summary>The JSON of a failover.</summary>
    public static ReadOnlyMemory<byte> Of(Failover failover) => Write(json =>
    {
        json.WriteString("at", failover.VerdictAt ?? failover.DecidedAt);
        json.WriteString("id", failover.Id);
        json.WriteString("from", failover.From);
        json.WriteString("reason", failover.Reason);
        RouteJson.WriteTime(json, "verdict_at", failover.VerdictAt);
        json.WriteString("decided_at", failover.DecidedAt);
        RouteJson.WriteTime(json, "requested_at", failover.RequestedAt);
        RouteJson.WriteTime(json, "completed_at", failover.IsComplete ? failover.LastAnsweredAt : null);
        WriteMs(json, "decision_ms", failover.DecisionMs);
        WriteMs(json, "api_ms", failover.ApiMs);
        WriteMs(json, "total_ms", failover.TotalMs);
        json.WriteNumber("moved", failover.Moved);
        json.WriteNumber("remaining", failover.Remaining);
        json.WriteNumber("refused", failover.Refused);
        json.WriteBoolean("complete", failover.IsComplete);
        json.WriteStartObject("to");
        foreach (var (router, routes) in failover.To.Take(MostHosts))
            json.WriteNumber(router, routes);
        json.WriteEndObject();
    });

    /// <summary>The JSON that says how many events a reader missed.</summary>
    public static ReadOnlyMemory<byte> Lost(long count) => Write(json => json.WriteNumber("count", count));

    private static ReadOnlyMemory<byte> Write(Action<Utf8JsonWriter> write)
    {
        var buffer = new ArrayBufferWriter<byte>();
        using var json = new Utf8JsonWriter(buffer, new JsonWriterOptions { Encoder = JsonOutput.Compact.Encoder });
        json.WriteStartObject();
        write(json);
        json.WriteEndObject();
        json.Flush();
        return buffer.WrittenSpan.ToArray();
    }

    private static void Spec(Utf8JsonWriter json, SpecEvent happened)
    {
        json.WriteString("at", happened.At);
        json.WriteNumber("destinations", happened.Spec.Entries.Length);
        json.WriteNumber("hosts", happened.Spec.Hosts.Count);
    }

    private static void Verdict(Utf8JsonWriter json, VerdictEvent happened)
    {
        var (before, report) = (happened.Before ?? HealthReport.AllHealthy, happened.Report);
        json.WriteString("at", happened.At);
        json.WriteString("observed_at", report.ObservedAt);
        json.WriteString("observer", report.Observer);
        json.WriteBoolean("first", happened.Before is null);
        WriteHosts(json, "failed", report.Failed.Where(host => !before.Failed.Contains(host)));
        WriteHosts(json, "questionable", report.Questionable.Where(host => !before.Questionable.Contains(host)));
        WriteHosts(json, "recovered", before.Failed.Concat(before.Questionable).Where(host => report.StateOf(host) == HealthState.Healthy));
        json.WriteNumber("failed_total", report.Failed.Count);
        json.WriteNumber("questionable_total", report.Questionable.Count);
    }

    private static void Plan(Utf8JsonWriter json, PlanEvent happened)
    {
        json.WriteString("at", happened.At);
        json.WriteBoolean("dry_run", happened.DryRun);
        json.WriteNumber("changes", happened.Plan.Changes.Length);
        json.WriteStartObject("by_kind");
        foreach (var kind in happened.Plan.Changes.CountBy(change => change.Kind).OrderBy(pair => pair.Key))
            json.WriteNumber(QueryReader.NameOf(kind.Key), kind.Value);
        json.WriteEndObject();
        json.WriteStartArray("first");
        foreach (var change in happened.Plan.Changes.Take(MostChanges))
        {
            json.WriteStartObject();
            WriteChange(json, change);
            json.WriteEndObject();
        }

        json.WriteEndArray();
        json.WriteStartArray("warnings");
        foreach (var warning in happened.Plan.Warnings.Take(MostChanges))
            json.WriteStringValue(warning);
        json.WriteEndArray();
    }

    private static void WriteOutcome(Utf8JsonWriter json, RouteChangeOutcome outcome)
    {
        json.WriteString("at", outcome.At);
        json.WriteString("requested_at", outcome.RequestedAt);
        WriteMs(json, "api_ms", (outcome.At - outcome.RequestedAt).TotalMilliseconds);
        WriteChange(json, outcome.Change);
        json.WriteBoolean("ok", outcome.Succeeded);
        if (outcome.Error is not { } error)
        {
            json.WriteNull("error");
            return;
        }

        json.WriteStartObject("error");
        json.WriteString("code", error.Code);
        json.WriteString("message", error.Message);
        json.WriteEndObject();
    }

    private static void Guard(Utf8JsonWriter json, GuardEvent happened)
    {
        json.WriteString("at", happened.At);
        json.WriteString("name", happened.Guard.Name);
        json.WriteBoolean("active", happened.Guard.IsActive);
        json.WriteString("message", happened.Guard.Message);
    }

    private static void WriteChange(Utf8JsonWriter json, RouteChange change)
    {
        json.WriteString("kind", QueryReader.NameOf(change.Kind));
        json.WriteString("table", change.RouteTableId);
        json.WriteString("destination", change.Destination.ToString());
        json.WriteString("from", change.From?.ToString());
        json.WriteString("to", change.To?.ToString());
        json.WriteString("old_router", change.OldRouter?.ToString());
        json.WriteString("new_router", change.NewRouter?.ToString());
        json.WriteString("reason", change.Reason);
    }

    private static void WriteHosts(Utf8JsonWriter json, string name, IEnumerable<IPAddress> hosts)
    {
        json.WriteStartArray(name);
        foreach (var host in hosts.Select(host => host.ToString()).Order(StringComparer.Ordinal).Take(MostHosts))
            json.WriteStringValue(host);
        json.WriteEndArray();
    }

    private static void WriteMs(Utf8JsonWriter json, string name, double? milliseconds)
    {
        if (milliseconds is { } known)
            json.WriteNumber(name, Math.Round(known, 2));
        else
            json.WriteNull(name);
    }
}
