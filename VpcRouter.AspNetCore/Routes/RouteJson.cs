using System.Net;
using System.Text.Json;
using VpcRouter.Hosting;
using VpcRouter.Reconciliation;
using VpcRouter.Vpc;

namespace VpcRouter.AspNetCore.Routes;

/// <summary>Writes what is told of a route, the same on every page.</summary>
internal static class RouteJson
{
    /// <summary>Writes since when, why and what went wrong last.</summary>
    /// <param name="json">The writer, within an object.</param>
    /// <param name="target">Where the route points now; <see langword="null"/> when it is missing.</param>
    /// <param name="outcome">What was written to it last.</param>
    public static void WriteLastWrite(Utf8JsonWriter json, RouteTarget? target, RouteChangeOutcome? outcome)
    {
        // Only a write whose result still stands says since when the route is as it is.
        var stands = outcome is { Succeeded: true } && outcome.Change.To == target;
        WriteTime(json, "since", stands ? outcome!.At : null);
        json.WriteString("reason", outcome?.Change.Reason);
        json.WriteString("previous_router", outcome?.Change.OldRouter?.ToString());
        if (outcome?.Error is not { } error)
        {
            json.WriteNull("last_error");
            return;
        }

        json.WriteStartObject("last_error");
        json.WriteString("code", error.Code);
        json.WriteString("message", error.Message);
        WriteTime(json, "at", outcome.At);
        json.WriteEndObject();
    }

    /// <summary>Writes a host of an entry with its health.</summary>
    public static void WriteCandidate(Utf8JsonWriter json, IPAddress host, RouteBoard board, DateTimeOffset now)
    {
        json.WriteStartObject();
        json.WriteString("host", host.ToString());
        WriteHealth(json, host, board, now);
        var carrier = board.Status.Snapshot?.InterfaceOf(host);
        json.WriteString("zone", carrier?.Zone);
        json.WriteString("interface", carrier?.Id);
        json.WriteString("instance", carrier?.InstanceId);
        json.WriteEndObject();
    }

    public static void WriteHealth(Utf8JsonWriter json, IPAddress host, RouteBoard board, DateTimeOffset now)
    {
        var since = board.Status.HealthHistory.Since(host);
        if (board.Status.Health is null)
            json.WriteNull("health");
        else
            json.WriteString("health", QueryReader.NameOf(board.HealthOf(host)));
        WriteTime(json, "health_since", since);
        if (since is null)
            json.WriteNull("health_age_seconds");
        else
            json.WriteNumber("health_age_seconds", Math.Round((now - since.Value).TotalSeconds, 3));
    }

    public static void WriteTime(Utf8JsonWriter json, string name, DateTimeOffset? at)
    {
        if (at is null)
            json.WriteNull(name);
        else
            json.WriteString(name, at.Value);
    }

    public static void WriteGuards(Utf8JsonWriter json, RouterStatus status, DateTimeOffset now)
    {
        json.WriteStartArray("guards");
        foreach (var guard in status.Guards)
        {
            json.WriteStartObject();
            json.WriteString("name", guard.Name);
            json.WriteBoolean("active", guard.IsActive);
            json.WriteString("message", guard.Message);
            json.WriteString("since", guard.Since);
            json.WriteNumber("age_seconds", Math.Round((now - guard.Since).TotalSeconds, 3));
            json.WriteEndObject();
        }

        json.WriteEndArray();
    }
}
