using System.Buffers;
using System.Collections.Immutable;
using System.Net;
using System.Text.Encodings.Web;
using System.Text.Json;
using VpcRouter.Health;
using VpcRouter.Hosting.Events;
using VpcRouter.Reconciliation;

namespace VpcRouter.Hosting.Journaling;

/// <summary>
/// Turns events into lines of JSON. A plan's changes are decisions; a change that the plan before held as well is the same decision
/// and makes no line. Not thread-safe.
/// </summary>
/// <param name="vpcId">The VPC that a line is about, as far as it is known by then.</param>
internal sealed class JournalLines(Func<string?> vpcId)
{
    public const string Written = "ok";

    private static readonly JsonWriterOptions Readable = new() { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };
    private readonly ArrayBufferWriter<byte> _line = new();
    private ImmutableDictionary<RouteKey, RouteChange> _decided = ImmutableDictionary<RouteKey, RouteChange>.Empty;

    /// <summary>Adds the lines of an event.</summary>
    public void Add(RouterEvent happened, IBufferWriter<byte> lines)
    {
        switch (happened)
        {
            case PlanEvent plan:
                AddDecisions(plan, lines);
                break;
            case WriteEvent write:
                AddLine(lines, write.At, "write", json => Describe(json, write.Outcome));
                break;
            case VerdictEvent verdict:
                AddLine(lines, verdict.At, "verdict", json => Describe(json, verdict));
                break;
            case SpecEvent spec:
                AddLine(lines, spec.At, "spec", json =>
                {
                    json.WriteNumber("destinations", spec.Spec.Entries.Length);
                    json.WriteNumber("hosts", spec.Spec.Hosts.Count);
                });
                break;
            case GuardEvent guard:
                AddLine(lines, guard.At, "guard", json =>
                {
                    json.WriteString("guard", guard.Guard.Name);
                    json.WriteBoolean("active", guard.Guard.IsActive);
                    json.WriteString("message", guard.Guard.Message);
                });
                break;
        }
    }

    /// <summary>Adds a line that says how many events are missing before it.</summary>
    public void AddLost(DateTimeOffset at, long count, IBufferWriter<byte> lines) =>
        AddLine(lines, at, "lost", json => json.WriteNumber("events", count));

    /// <summary>Adds a line that marks the beginning or the end of a run.</summary>
    public void AddMark(DateTimeOffset at, string kind, IBufferWriter<byte> lines) => AddLine(lines, at, kind, static _ => { });

    private void AddDecisions(PlanEvent happened, IBufferWriter<byte> lines)
    {
        var decided = ImmutableDictionary.CreateBuilder<RouteKey, RouteChange>();
        foreach (var change in happened.Plan.Changes)
        {
            var key = RouteKey.Of(change);
            decided[key] = change;
            if (_decided.TryGetValue(key, out var before) && before.From == change.From && before.To == change.To && before.Reason == change.Reason)
                continue;
            AddLine(lines, happened.At, "decision", json =>
            {
                Describe(json, change);
                if (happened.DryRun)
                    json.WriteBoolean("dry_run", true);
            });
        }

        _decided = decided.ToImmutable();
    }

    private void AddLine(IBufferWriter<byte> lines, DateTimeOffset at, string kind, Action<Utf8JsonWriter> describe)
    {
        _line.ResetWrittenCount();
        using (var json = new Utf8JsonWriter(_line, Readable))
        {
            json.WriteStartObject();
            json.WriteString("time", at.UtcDateTime);
            json.WriteString("kind", kind);
            json.WriteString("vpc", vpcId());
            describe(json);
            json.WriteEndObject();
        }

        lines.Write(_line.WrittenSpan);
        lines.Write("\n"u8);
    }

    private static void Describe(Utf8JsonWriter json, RouteChange change)
    {
        json.WriteString("change", change.Kind.ToString().ToLowerInvariant());
        json.WriteString("destination", change.Destination.ToString());
        json.WriteString("table", change.RouteTableId);
        json.WriteString("from", change.From?.ToString());
        json.WriteString("to", change.To?.ToString());
        json.WriteString("old_router", change.OldRouter?.ToString());
        json.WriteString("new_router", change.NewRouter?.ToString());
        json.WriteString("reason", change.Reason);
        if (change.VerdictAt is { } verdictAt)
            json.WriteString("verdict_time", verdictAt.UtcDateTime);
    }

    private static void Describe(Utf8JsonWriter json, RouteChangeOutcome outcome)
    {
        Describe(json, outcome.Change);
        json.WriteString("action", outcome.Action.ToString());
        json.WriteString("request_time", outcome.RequestedAt.UtcDateTime);
        json.WriteNumber("duration_ms", Math.Round((outcome.At - outcome.RequestedAt).TotalMilliseconds, 3));
        json.WriteString("answer", outcome.Error?.Code ?? Written);
        if (outcome.Error is { } error)
            json.WriteString("message", error.Message);
    }

    private static void Describe(Utf8JsonWriter json, VerdictEvent verdict)
    {
        var (before, report) = (verdict.Before ?? HealthReport.AllHealthy, verdict.Report);
        json.WriteString("observer", report.Observer);
        json.WriteString("verdict_time", report.ObservedAt.UtcDateTime);
        json.WriteNumber("failed", report.Failed.Count);
        json.WriteNumber("questionable", report.Questionable.Count);
        WriteHosts(json, "now_failed", report.Failed.Where(host => !before.Failed.Contains(host)));
        WriteHosts(json, "now_questionable", report.Questionable.Where(host => !before.Questionable.Contains(host)));
        WriteHosts(json, "now_healthy", before.Failed.Concat(before.Questionable).Where(host => report.StateOf(host) == HealthState.Healthy));
    }

    private static void WriteHosts(Utf8JsonWriter json, string name, IEnumerable<IPAddress> hosts)
    {
        json.WriteStartArray(name);
        foreach (var host in hosts)
            json.WriteStringValue(host.ToString());
        json.WriteEndArray();
    }
}
