using System.Text.Json;

namespace VpcRouter.Simulator.Control;

/// <summary>What <c>GET /_simulator/faults</c> shows: the document in force and how often each of its faults struck.</summary>
internal sealed record ControlFaults(JsonElement Faults, DateTimeOffset Since, IReadOnlyDictionary<string, long> Struck);
